"""A filter made ready before it is wanted: it is there at once, or it leaves nothing behind."""

import threading
import time

import pytest

from cockpit import strip
from cockpit.asked import Question
from cockpit.conditions import parse
from cockpit.errors import UsageError
from cockpit.shop import Shop
from cockpit.warehouse.catalog import Query
from tests.shops import regulars, shop_from

SWEDES = (parse("country=SE"),)
DANES = (parse("country=DK"),)


@pytest.fixture
def shop():
    with shop_from(regulars(), window=90) as opened:
        yield opened


def foreseen(shop: Shop, conditions, panels: int = 0) -> None:
    """Wait until the strip and so many panels are answered under these conditions."""
    wanted = len(shop.kpi_names()) + panels
    for _ in range(500):
        asked = [question for question in shop._asked._remembered.latest() if isinstance(question, Question)]
        if sum(question.conditions == conditions for question in asked) >= wanted:
            return
        time.sleep(0.02)
    raise AssertionError("nothing was made ready")


def in_view(shop: Shop, *panels: str) -> list[Query]:
    """The queries of the strip and of these panels."""
    named = [query for query in shop.queries("panel") if query.name in panels]
    return [*shop.queries("kpi"), *named]


def test_what_was_made_ready_is_what_the_filter_would_have_made(shop):
    shop.filter(SWEDES)
    expected = {name: kpi.value for name, kpi in shop.kpis(shop.kpi_names()).items()}
    bridge = shop.panel("bridge").frame
    with shop_from(regulars(), window=90) as other:
        other.panel("bridge")
        other.prepare(SWEDES, in_view(other, "bridge"))
        foreseen(other, SWEDES, panels=1)
        assert other.conditions == ()
        assert other.kpi("customers").value == 40
        other.filter(SWEDES)
        assert other.conditions == SWEDES
        assert {name: kpi.value for name, kpi in other.kpis(other.kpi_names()).items()} == expected
        figures = other.panel("bridge")
        assert figures.frame.equals(bridge)
        assert other.open_figure(figures, "customers_end", -2).frame.height == bridge["customers_end"][-2]
        assert other.listing("customers").frame["country"].unique().to_list() == ["SE"]


def test_nothing_is_measured_anew_for_a_filter_that_is_ready(shop, monkeypatch):
    shop.prepare(SWEDES, in_view(shop))
    foreseen(shop, SWEDES)
    monkeypatch.setattr(strip, "measure", lambda *_: pytest.fail("measured anew"))
    shop.filter(SWEDES)
    assert shop.kpi("customers").figures.generation == shop.generation


def test_another_filter_than_the_one_made_ready_is_the_one_in_force(shop):
    shop.prepare(SWEDES)
    shop.prepare(DANES)
    shop.prepare(SWEDES)
    shop.filter(DANES)
    assert set(shop.listing("customers").frame["country"]) == {"DK"}
    shop.prepare(None)
    shop.filter(SWEDES)
    assert set(shop.listing("customers").frame["country"]) == {"SE"}


@pytest.mark.parametrize("wait", [True, False])
def test_what_is_made_ready_gives_way_to_all_that_write(shop, wait):
    shop.prepare(SWEDES, in_view(shop))
    if wait:
        foreseen(shop, SWEDES)
    shop.change(window=60)
    assert shop.facts.window.days == 60
    shop.prepare(SWEDES)
    shop.what_if(window=120)
    shop.prepare(SWEDES)
    assert shop.panel("bridge", grain="month").frame.height > shop.panel("bridge").frame.height
    shop.filter(SWEDES)
    assert shop.kpi("customers").value == shop.listing("customers").frame.height < 40


def test_a_filter_that_can_not_be_made_is_refused_when_it_is_asked_for(shop):
    nowhere = (parse("contry=SE"),)
    shop.prepare(nowhere)
    with pytest.raises(UsageError, match="contry"):
        shop.filter(nowhere)
    assert shop.conditions == ()
    assert shop.kpi("customers").value == 40


def test_a_shop_closes_under_a_filter_that_is_made_ready():
    for wait in (0, 0.3):
        shop = shop_from(regulars(), window=90)
        shop.prepare(SWEDES)
        time.sleep(wait)
        shop.close()
        assert not [thread for thread in threading.enumerate() if thread.name == "filter made ready"]


def test_cancelling_all_questions_cancels_what_is_made_ready(shop):
    shop.prepare(SWEDES, in_view(shop))
    foreseen(shop, SWEDES)
    shop.interrupt()
    shop.filter(DANES)
    assert set(shop.listing("customers").frame["country"]) == {"DK"}


def test_only_what_is_in_view_is_made_ready(shop):
    for panel in ("bridge", "cohorts"):
        shop.panel(panel)
    shop.prepare(SWEDES, in_view(shop, "bridge", "segments"))
    foreseen(shop, SWEDES, panels=1)
    shop.filter(SWEDES)
    under = {question.name for question in shop._asked._remembered.latest() if question.conditions == SWEDES}
    assert under == {*shop.kpi_names(), "bridge"}
