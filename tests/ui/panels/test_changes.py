from dataclasses import replace

import polars as pl
import pytest

from cockpit.formats import Formatter
from cockpit.ui.panels.changes import changes

POUNDS = Formatter.for_currency("GBP")


def plain(said):
    return said.sentence.replace("\u00a0", " ")


@pytest.fixture
def about(shop):
    """Sentences about the last of some periods, each (lost, start, low, high), after some months."""

    def make(*rates, why="too_early", grain="month", shares=(0.5, 0.75)):
        bridge, revenue = shop.panel("bridge", grain="month"), shop.panel("revenue", grain="month")
        n = len(rates)
        frame = bridge.frame.tail(n).with_columns(
            lost=pl.Series([r and r[0] for r in rates], dtype=pl.Int64),
            customers_start=pl.Series([r[1] if r else 10 for r in rates]),
            churn_rate=pl.Series([r and r[0] / r[1] for r in rates], dtype=pl.Float64),
            churn_low=pl.Series([r and r[2] for r in rates], dtype=pl.Float64),
            churn_high=pl.Series([r and r[3] for r in rates], dtype=pl.Float64),
            new=12,
            won_back=3,
            customers_end=110,
            why_null=pl.Series([None if r else why for r in rates], dtype=pl.String),
        )
        money = revenue.frame.tail(n).with_columns(
            returning_share=pl.Series([*[None] * n, *shares][-n:], dtype=pl.Float64),
            returning_value=1_234_567.0,
        )
        bridge = replace(bridge, frame=frame, parameters={**bridge.parameters, "grain": grain})
        return changes(bridge, replace(revenue, frame=money), n - 1, POUNDS)

    return make


def test_churn_rose_only_where_the_intervals_do_not_touch(about):
    said = about((5, 100, 0.02, 0.11), (20, 100, 0.13, 0.29))
    assert plain(said[0]) == "Churn rose to 20.0% (13.0–29.0%) in Dec 2025, from 5.0% in Nov 2025."
    said = about((20, 100, 0.13, 0.29), (5, 100, 0.02, 0.11))
    assert plain(said[0]) == "Churn fell to 5.0% (2.0–11.0%) in Dec 2025, from 20.0% in Nov 2025."
    said = about((8, 100, 0.04, 0.15), (10, 100, 0.055, 0.17))
    assert plain(said[0]) == (
        "Churn in Dec 2025, 10.0% (5.5–17.0%), shows no clear change from 8.0% in Nov 2025."
    )


def test_a_year_before_is_named_where_there_is_one(about):
    said = about(*[(5, 100, 0.02, 0.11)] * 12, (20, 100, 0.13, 0.29))
    assert plain(said[0]).endswith("from 5.0% in Nov 2025; it was 5.0% in Dec 2024.")


def test_without_a_period_before_there_is_only_the_rate(about):
    said = about((5, 100, 0.02, 0.11))
    assert plain(said[0]) == "Churn in Dec 2025 was 5.0% (2.0–11.0%): 5 of 100 customers lost."


def test_a_rate_that_is_not_known_says_why(about):
    said = about((5, 100, 0.02, 0.11), None, why="unfinished")
    assert plain(said[0]) == "No churn rate for Dec 2025: not over yet."
    assert [change.column for change in said] == ["churn_rate", "returning_value"]


def test_the_balance_of_customers(about):
    terms = "12 new and 3 won back"
    assert plain(about((5, 100, 0, 1))[1]) == (
        f"110 active customers at its end, 10 more than at its start: {terms} against 5 lost."
    )
    assert plain(about((25, 120, 0, 1))[1]) == (
        f"110 active customers at its end, 10 fewer than at its start: {terms} did not make up for 25 lost."
    )
    assert plain(about((15, 110, 0, 1))[1]) == (
        f"110 active customers at its end, as many as at its start: {terms} against 15 lost."
    )


def test_money_is_given_beside_the_period_before_without_a_verdict(about):
    said = about((5, 100, 0, 1), (5, 100, 0, 1))
    assert plain(said[2]) == "Returning customers brought £1.2 M, 75% of the money (50% in Nov 2025)."
    said = about((5, 100, 0, 1), (5, 100, 0, 1), shares=(None, 0.75))
    assert plain(said[2]) == "Returning customers brought £1.2 M, 75% of the money."
    assert len(about((5, 100, 0, 1), shares=(None,))) == 2
