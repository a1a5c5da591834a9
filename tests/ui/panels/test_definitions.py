from dataclasses import replace

import pytest

from cockpit.figures import LapseWindow
from cockpit.formats import Formatter
from cockpit.settings import Settings
from cockpit.ui.panels.definitions import definitions, window_sentences
from tests.ui.stubs import END

FORMATTER = Formatter.for_currency("EUR")
FOUND = LapseWindow(180, "found", 180, 165, 365, 29394)


def said(window):
    return " ".join(window_sentences(window, FORMATTER)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (FOUND, "have done so within 165 days; rounded up, that is 180 days."),
        (
            replace(FOUND, why="capped", days=120, cap_days=124),
            "third of the history (124 days), so 120 days",
        ),
        (replace(FOUND, why="few_gaps", observed_gaps=7), "too few gaps to find it from the shop; 180 days"),
        (replace(FOUND, why="chosen", days=30), "You chose it; the shop's own gaps would give 180 days."),
        (replace(FOUND, why="chosen", days=30, suggested_days=None), "You chose it."),
        (replace(FOUND, why="short_history", days=None), "shorter than 90 days: there is no lapse window"),
    ],
)
def test_the_lapse_window_says_how_it_came_about(window, sentence):
    assert sentence in said(window)


def test_gaps_are_always_counted():
    assert "29.394 gaps between purchases were seen." in said(FOUND)


def test_the_definitions_in_force(shop):
    facts = replace(shop.facts, as_of=END)
    default = " ".join(definitions(facts, Settings(), FORMATTER)).replace("\u00a0", " ")
    assert "up to 31 Dec 2025, the day of the last order that counts" in default
    assert "shipping and tax included" in default
    assert "Orders worth nothing do not count." in default
    assert "Money is in NOK" in default
    own = Settings(as_of=END, value="goods", zero_orders="keep")
    chosen = " ".join(definitions(replace(facts, currency=None), own, FORMATTER)).replace("\u00a0", " ")
    assert "as you chose; later orders are left out" in chosen
    assert "shipping and tax are taken off" in chosen
    assert "count as purchases" in chosen
    assert "names no currency" in chosen
