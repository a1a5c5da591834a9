"""What is worth knowing about a span: against the reference, and what the interval allows to say."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.conditions import parse
from tests.queries.compare import assert_opens, assert_rows
from tests.queries.random_shops import Case, cases, examples
from tests.reference.missing import worth_knowing
from tests.shops import Order, regulars, shop_from

A_DAY = dt.timedelta(days=1)
END = dt.date(2025, 12, 31)


@given(case=cases())
@examples(3)
def test_the_three_things_are_what_the_orders_say(case: Case):
    check(case)


@given(seed=st.integers(0, 10_000))
@examples(1)
def test_the_three_things_of_regulars_are_what_the_orders_say(seed: int):
    check(Case(seed=seed, customers=40, orders=400, days=800, window=60))


def check(case: Case) -> None:
    with case.opened() as shop:
        reference = case.beside(shop)
        bridge = shop.panel("bridge", grain="quarter").frame.tail(2)
        quarters = bridge.select("period_start", "period_end").rows()
        spans = [(start - A_DAY, end, "quarter") for start, end in quarters]
        spans += [(shop.span.day_before, shop.span.last_day, grain) for grain in ("month", "own")]
        for d0, d1, grain in spans:
            figures = shop.panel("worth_knowing", day_before=d0, last_day=d1, grain=grain)
            assert_rows(figures.frame, worth_knowing(reference, d0, d1, grain))
            assert_opens(shop, figures, at_most=2)


def buyers(year: int, of: int, back: int) -> list[Order]:
    """So many first orders on 1 February, of whom some come back after a month."""
    first = dt.date(year, 2, 1)
    names = [f"{year}-{n}" for n in range(of)]
    again = [Order(name, first + 30 * A_DAY) for name in names[:back]]
    return [Order(name, first) for name in names] + again


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        ((100, 50), (100, 50), "unclear"),
        ((100, 50), (100, 30), "rose"),
        ((100, 30), (100, 50), "fell"),
        # Ten points on fewer people: the interval of the difference holds nought.
        ((100, 50), (100, 40), "unclear"),
        ((20, 10), (20, 6), "unclear"),
    ],
)
def test_a_share_changes_only_where_the_interval_of_the_difference_leaves_out_nought(then, now, verdict):
    orders = [*buyers(2024, *then), *buyers(2025, *now), Order("early", "2023-01-01"), Order("last", END)]
    with shop_from(sorted(orders, key=lambda order: str(order.day)), window=90) as shop:
        spring = {"day_before": dt.date(2025, 3, 31), "last_day": dt.date(2025, 6, 30)}
        row = shop.panel("worth_knowing", **spring).frame.row(2, named=True)
    assert (row["missing"], row["of_all"]) == (now[0] - now[1], now[0])
    assert (row["compared"], row["verdict"]) == ("year", verdict)
    assert (row["difference_low"] > 0, row["difference_high"] < 0) == (verdict == "rose", verdict == "fell")


def test_without_the_same_span_a_year_earlier_it_stands_beside_the_span_before():
    with shop_from(regulars(days=500), window=90) as shop:
        frame = shop.panel("worth_knowing").frame
    assert frame["compared"].to_list() == ["before", "year", None]


def test_nothing_is_said_of_a_shop_too_young():
    with shop_from([("ann", "2025-12-01", 10.0), ("bob", "2025-12-20", 20.0)]) as shop:
        frame = shop.panel("worth_knowing").frame
    assert frame["why_null"].to_list() == ["no_window", "no_window", "too_early"]
    assert frame["missing"].null_count() == frame["verdict"].null_count() == 3


def test_the_filter_narrows_everyone(regular_shop):
    whole = regular_shop.panel("worth_knowing").frame
    regular_shop.filter([parse("country=SE")])
    narrowed = regular_shop.panel("worth_knowing").frame
    assert narrowed["of_all"][0] < whole["of_all"][0]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2025-02-28", "2024-02-29"), ("2024-02-29", "2023-02-28"), ("2025-12-31", "2024-12-31"),
     ("2025-03-30", "2024-03-30")],
)  # fmt: skip
def test_the_end_of_a_period_has_its_like_a_year_before(day: str, wanted: str):
    with shop_from(regulars(customers=2)) as shop:
        found = shop.sql(f"select year_before(date '{day}')").frame.item()
    assert found == dt.date.fromisoformat(wanted)
