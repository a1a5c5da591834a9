"""Every figure of the strip against the reference, over any span, with and without a filter."""

import datetime as dt

import pytest
from hypothesis import given

from tests.queries.compare import assert_opens, close
from tests.queries.random_shops import Case, cases, examples
from tests.shops import Order, shop_from

A_DAY = dt.timedelta(days=1)
END = dt.date(2025, 12, 31)
NAMES = (
    "customers", "active_customers", "at_risk_customers", "churn_rate", "retention_rate", "repeat_rate_90d",
    "orders_per_customer", "average_order_value", "returning_revenue_share", "historic_clv",
    "net_revenue_retention",
)  # fmt: skip


@given(case=cases())
@examples(3)
def test_the_strip_is_what_the_orders_say(case: Case):
    with case.opened() as shop:
        reference = case.beside(shop)
        span = shop.span
        for name in NAMES:
            kpi = shop.kpi(name)
            found = shop.sql(kpi.figures.query.statement).frame.row(0, named=True)
            wanted = reference.kpi(name, span.day_before, span.last_day)
            differing = {
                key: (found[key], value) for key, value in wanted.items() if not close(found[key], value)
            }
            assert not differing, f"{name}: (found, wanted) {differing}"
            assert (kpi.why_null is not None) == (wanted.get("why_null") is not None)
            assert (kpi.value is None) == (kpi.why_null is not None)
            check_previous(kpi, reference, case, span)
            assert_opens(shop, kpi.figures)


def check_previous(kpi, reference, case, span):
    """The figure of a year earlier, or of the span before, is what it would have been on that day."""
    if kpi.previous is None:
        assert kpi.previous_is is None
        return
    if kpi.previous_is == "a year earlier":
        d0, d1 = _year_earlier(span.day_before), _year_earlier(span.last_day)
    else:
        d0, d1 = _months_earlier(span.day_before, 3), span.day_before
    assert close(kpi.previous, reference.kpi(kpi.name, d0, d1)["value"])


def _year_earlier(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return dt.date(day.year - 1, 2, 28)


def _months_earlier(day: dt.date, months: int) -> dt.date:
    month = dt.date(day.year, day.month, 1)
    for _month in range(months):
        month = (month - A_DAY).replace(day=1)
    last = ((month + 31 * A_DAY).replace(day=1) - A_DAY).day
    return month.replace(day=min(day.day, last))


def test_a_churn_of_nobody_is_not_known():
    orders = [("ann", "2024-01-01", 1.0), ("bob", "2024-12-31", 1.0)]
    with shop_from(orders, window=30) as shop:
        kpi = shop.kpi("churn_rate")
        assert (kpi.value, kpi.low, kpi.n) == (None, None, None)
        assert kpi.why_null == "Nobody was active when the period started."


def test_without_a_window_there_is_no_churn_and_the_reason_is_said():
    with shop_from([("ann", "2025-01-01", 1.0), ("ann", "2025-02-01", 1.0)]) as shop:
        assert shop.facts.window.why == "short_history"
        for name in ("churn_rate", "retention_rate", "active_customers", "at_risk_customers"):
            kpi = shop.kpi(name)
            assert kpi.value is None
            assert kpi.why_null == "Less than 90 days of history: no lapse window yet."


def test_without_a_money_column_money_is_not_known_and_counts_are():
    orders = [("ann", "2023-01-01", None), ("ann", "2024-06-01", None), ("bob", "2025-01-01", None)]
    with shop_from(orders, window=90) as shop:
        assert shop.kpi("customers").value == 2
        assert shop.kpi("orders_per_customer").value == 1
        for name in (
            "average_order_value", "returning_revenue_share", "historic_clv", "net_revenue_retention"
        ):  # fmt: skip
            assert shop.kpi(name).value is None
            assert shop.kpi(name).why_null == "The export has no money column."


def test_all_who_came_back_at_once_came_back_within_ninety_days():
    orders = [("ann", "2025-01-01", 1.0), ("ann", "2025-01-05", 1.0), ("ann", "2025-12-31", 1.0)]
    with shop_from(orders) as shop:
        kpi = shop.kpi("repeat_rate_90d")
        assert (kpi.value, kpi.n, kpi.why_null) == (1.0, 1, None)


@pytest.mark.parametrize(("gap", "active"), [(89, 2), (90, 1), (91, 1)])
def test_a_purchase_makes_active_for_exactly_the_window(gap: int, active: int):
    end = dt.date(2025, 12, 31)
    with shop_from([("ann", end - gap * A_DAY, 1.0), ("bob", end, 1.0)], window=90) as shop:
        assert shop.kpi("active_customers").value == active


def test_a_goods_value_is_never_below_nothing():
    orders = [
        Order("ann", "2025-01-01", 100.0, shipping=10.0, tax=20.0, refund=40.0),
        Order("ann", "2025-01-02", 100.0, shipping=10.0, tax=20.0, refund=95.0),
    ]
    with shop_from(orders, value="goods") as shop:
        assert shop.sql("select value from orders order by day").frame["value"].to_list() == [30.0, 0.0]
    with shop_from(orders, value="paid") as shop:
        assert shop.sql("select value from orders order by day").frame["value"].to_list() == [60.0, 5.0]


def test_few_customers_have_the_interval_of_the_bootstrap():
    """Not symmetrical where values are skewed, always the same, and about as wide as the normal one."""
    values = [10.0] * 150 + [200.0] * 10
    orders = [(f"c{n}", END - (n % 30) * A_DAY, value) for n, value in enumerate(values)]
    with shop_from(orders, window=90) as shop, shop_from(orders[::-1], window=90) as again:
        for name in ("historic_clv", "average_order_value"):
            kpi = shop.kpi(name)
            normal = shop.sql(kpi.figures.query.statement).frame.row(0, named=True)
            assert kpi.value == normal["value"] == 21.875
            assert kpi.high - kpi.low == pytest.approx(normal["high"] - normal["low"], rel=0.1)
            assert kpi.high - kpi.value > kpi.value - kpi.low
            assert (kpi.figures.frame["low"].item(), kpi.low) == (kpi.low, again.kpi(name).low)


def test_many_customers_have_the_interval_of_the_normal_distribution():
    orders = [(f"c{n}", END - (n % 30) * A_DAY, float(n % 7)) for n in range(2_000)]
    with shop_from(orders, window=90, zero_orders="keep") as shop:
        kpi = shop.kpi("historic_clv")
        assert kpi.high - kpi.value == pytest.approx(kpi.value - kpi.low)
