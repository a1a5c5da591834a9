"""Cohorts, segments and value against the reference, with and without a filter."""

import datetime as dt

import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

from cockpit.conditions import parse
from cockpit.shop import Shop
from tests.queries.compare import assert_opens, assert_rows
from tests.queries.random_shops import Case, cases, examples
from tests.reference import cohorts, segments, value
from tests.reference.strip import Reference
from tests.shops import Order, shop_from

ATTRIBUTES = (
    "country",
    "first_category",
    "first_discount",
    "first_month",
    "tags",
    "tier",
    "status",
    "segment",
)


@given(case=cases())
@examples(3)
def test_cohorts_segments_and_value_are_what_the_orders_say(case: Case):
    with case.opened() as shop:
        reference = case.beside(shop)
        check_cohorts(shop, reference)
        check_next_purchases(shop, reference)
        check_segments(shop, reference)
        check_breakdowns(shop, reference)
        check_value(shop, reference)


def check_cohorts(shop: Shop, reference: Reference) -> None:
    for grain in ("month", "quarter", "year"):
        by_calendar = cohorts.cohorts(reference, grain)
        by_days = cohorts.cohorts_by_days(reference, grain)
        assert_rows(shop.panel("cohorts", calendar=grain).frame, by_calendar)
        assert_rows(shop.panel("cohorts_by_days", calendar=grain).frame, by_days)
        assert_rows(shop.panel("cohort_averages", calendar=grain).frame, cohorts.averages(by_calendar))
        assert_rows(shop.panel("cohort_averages_by_days", calendar=grain).frame, cohorts.averages(by_days))


def check_next_purchases(shop: Shop, reference: Reference) -> None:
    assert_rows(shop.panel("second_order").frame, cohorts.second_order(reference))
    assert_rows(shop.panel("order_funnel").frame, cohorts.order_funnel(reference))


def check_segments(shop: Shop, reference: Reference) -> None:
    assert_rows(shop.panel("rfm").frame, segments.rfm_map(reference))
    assert_rows(shop.panel("rfm_cuts").frame, segments.rfm_cuts(reference))
    assert_rows(shop.panel("lifecycle").frame, segments.lifecycle(reference))
    moved = shop.panel("movement").frame.sort("before", "now")
    assert_rows(moved, segments.movement(reference, shop.span.day_before, shop.span.last_day))


def check_breakdowns(shop: Shop, reference: Reference) -> None:
    span = shop.span
    for by in ATTRIBUTES:
        groups = segments.breakdown(reference, by, span.day_before, span.last_day)
        frame = shop.panel("segments", by=by).frame
        assert frame["customers"].is_sorted(descending=True)
        assert_rows(frame, [{"bucket": bucket, **groups[bucket]} for bucket in frame["bucket"]])
        assert set(frame["bucket"]) == groups.keys()
        worth = shop.panel("value_by", by=by).frame
        assert_frame_equal(worth, frame.select(worth.columns))


def check_value(shop: Shop, reference: Reference) -> None:
    for grain in ("month", "quarter", "year"):
        assert_rows(shop.panel("value", calendar=grain).frame, value.value_by_cohort(reference, grain))
    assert_rows(shop.panel("value_bands").frame, value.value_bands(reference))
    assert_rows(shop.panel("concentration").frame, value.concentration(reference))
    assert_rows(shop.panel("revenue_retention").frame, value.revenue_retention(reference))
    assert_rows(shop.panel("textbook_clv").frame, [value.textbook_clv(reference)])


def test_a_group_none_of_whom_came_back_in_time_has_a_repeat_rate_of_nothing():
    orders = [("ann", "2025-01-01", 5.0), ("ann", "2025-07-01", 5.0), ("bob", "2025-02-01", 5.0)]
    with shop_from(orders, window=60) as shop:
        group = shop.panel("segments", by="country").frame.row(0, named=True)
        assert (group["repeat_rate"], group["repeat_low"]) == (0.0, None)
        assert shop.kpi("repeat_rate_90d").value == 0.0


def test_a_group_all_of_whom_came_back_at_once_has_a_repeat_rate_of_one():
    orders = [("ann", "2025-06-01", 5.0), ("ann", "2025-06-08", 5.0), ("ann", "2025-12-31", 5.0)]
    with shop_from(orders, window=60) as shop:
        assert shop.panel("segments", by="country").frame.item(0, "repeat_rate") == 1.0


def test_an_empty_choice_of_customers_has_a_lifecycle_of_noughts():
    with shop_from([("ann", "2025-01-01", 5.0), ("bob", "2025-07-01", 5.0)], window=60) as shop:
        shop.filter([parse("country=Nowhere")])
        assert set(shop.panel("lifecycle").frame["customers"]) == {0}


def test_without_a_money_column_the_revenue_kept_says_so():
    orders = [("ann", "2023-01-01", None), ("ann", "2025-06-01", None), ("bob", "2025-12-31", None)]
    with shop_from(orders, window=90) as shop:
        assert set(shop.panel("revenue_retention").frame["why_null"]) == {"no_money"}


@pytest.mark.parametrize("panel", ["revenue_retention", "textbook_clv"])
def test_what_looks_back_from_another_day_is_what_it_was_then(panel: str):
    case = Case(seed=5, customers=40, orders=300, days=1_200, window=200)
    with case.opened() as shop:
        now, day = shop.panel(panel).frame, shop.facts.as_of - dt.timedelta(days=150)
        figures = shop.panel(panel, as_of=day)
        assert_opens(shop, figures)
        assert shop.panel(panel).frame.equals(now)
        shop.change(as_of=day)
        then = shop.panel(panel).frame
        assert not then.equals(now)
        assert_rows(figures.frame, then.to_dicts())


def test_of_customers_who_spent_the_same_only_so_many_are_the_most_valuable():
    orders = [(f"c{n}", "2025-01-01", 10.0) for n in range(9)] + [("ann", "2025-01-01", 30.0)]
    with shop_from([*orders, ("bob", "2025-01-01", None), ("eve", "2025-01-01", None)]) as shop:
        figures = shop.panel("concentration")
        assert figures.frame.select("customers", "value").rows() == [
            (1, 30.0), (1, 30.0), (2, 40.0), (3, 50.0), (6, 80.0),
        ]  # fmt: skip
        assert_opens(shop, figures)


def test_a_value_on_the_border_of_two_bands_lies_in_the_upper_one():
    days = ("2025-01-01", "2025-01-02", "2025-01-03")
    orders = [("ann", day, value) for day, value in zip(days, (88.71, 0.19, 11.10), strict=True)]
    with shop_from(orders) as shop:
        bands = shop.panel("value_bands").frame.select("from_value", "to_value", "customers")
        assert bands.rows() == [(100.0, 200.0, 1)]


def test_a_customer_of_two_tags_counts_under_both_and_each_opens_to_its_own():
    tags = {"ann": "vip, Wholesale", "bob": "VIP;vip;", "eve": " , ", "joe": None}
    orders = [Order(name, "2025-01-01", 10.0, tags=cell) for name, cell in tags.items()]
    with shop_from(orders) as shop:
        figures = shop.panel("segments", by="tags")
        assert figures.frame.select("bucket", "customers", "value_share", "overlap").rows() == [
            ("VIP", 2, 0.5, True),
            (None, 2, 0.5, True),
            ("Wholesale", 1, 0.25, True),
        ]
        assert_opens(shop, figures)
        for condition, names in {
            "tags=Vip": {"ann", "bob"},
            "tags!=wholesale": {"bob", "eve", "joe"},
            "tags in wholesale,new": {"ann"},
            "tags contains sale": {"ann"},
            "tags is not known": {"eve", "joe"},
            'tags="vip, Wholesale"': set(),
        }.items():
            shop.filter([parse(condition)])
            assert set(shop.listing("customers").frame["customer_id"]) == names, condition
        shop.filter([parse("tags=wholesale")])
        assert shop.panel("segments", by="tags").frame.select(
            "bucket", "customers", "value_share"
        ).rows() == [
            ("VIP", 1, 1.0),
            ("Wholesale", 1, 1.0),
        ]


@pytest.mark.parametrize(("customers", "skewed"), [(1_999, True), (2_000, False)])
def test_a_mean_over_few_customers_has_the_interval_of_the_bootstrap(customers: int, skewed: bool):
    values = [10.0] * (customers - 3) + [1_000.0] * 3
    orders = [Order(f"c{n}", "2025-12-31", value, country="NO") for n, value in enumerate(values)]
    with shop_from([*orders, Order("alone", "2025-12-31", 7.0)]) as shop:
        group, alone = shop.panel("segments", by="country").frame.rows(named=True)
        assert (group["clv_high"] - group["clv"] > 1.2 * (group["clv"] - group["clv_low"])) == skewed
        assert (alone["clv"], alone["clv_low"], alone["clv_high"]) == (7.0, None, None)


@pytest.mark.parametrize(("seen_until", "young"), [("2025-02-02", True), ("2025-02-03", False)])
def test_thirty_days_are_lived_through_on_the_last_ones_own_day(seen_until: str, young: bool):
    orders = [("ann", "2025-01-01", 5.0), ("bob", "2025-01-05", 5.0), ("ann", seen_until, 5.0)]
    with shop_from(orders, window=30, period="month") as shop:
        first = shop.panel("cohorts_by_days", calendar="month").frame.row(0, named=True)
        assert (first["k"], first["young"], first["returned"]) == (0, young, None if young else 2)
        averages = shop.panel("cohort_averages_by_days", calendar="month")
        assert averages.frame["k"].to_list() == ([] if young else [0])
        assert_opens(shop, averages)


@pytest.mark.parametrize("filter", [None, "country=no"])
def test_the_predicted_value_of_a_cohort_is_that_of_its_customers(filter: str | None):
    case = Case(seed=3, customers=40, orders=200, days=800, filter=filter)
    with case.opened() as shop:
        wanted_rows = value.value_by_cohort(case.beside(shop), "quarter")
        assert sum(row["equity"] or 0 for row in wanted_rows) > 0
        assert_rows(shop.panel("value", calendar="quarter").frame, wanted_rows)
        assert_opens(shop, shop.panel("value", calendar="quarter"))


def test_a_purchase_that_everyone_followed_up_is_followed_up_by_all():
    first = dt.date(2024, 1, 1)
    orders = [(f"c{n}", first + dt.timedelta(days=days), 5.0) for n in range(40) for days in (0, n + 1)]
    with shop_from([*orders, ("late", "2025-12-31", 5.0)]) as shop:
        step = shop.panel("order_funnel").frame.row(0, named=True)
        assert (step["customers"], step["made_next"], step["share_next"]) == (41, 40, 1.0)
