"""Every panel against the reference, in every grain, with and without a filter."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given

from cockpit.conditions import parse
from tests.queries.compare import assert_opens, assert_rows, close
from tests.queries.random_shops import Case, cases, examples
from tests.shops import Order, intake_from, open_intake, regulars, shop_from, with_frames

A_DAY = dt.timedelta(days=1)
END = dt.date(2025, 12, 31)


@given(case=cases())
@examples(3)
def test_the_panels_are_what_the_orders_say(case: Case):
    with case.opened() as shop:
        reference, span = case.beside(shop), shop.span
        for grain in ("month", "quarter", "year"):
            assert_rows(shop.panel("bridge", grain=grain).frame, reference.bridge(grain, reference.window))
            assert_rows(shop.panel("revenue", grain=grain).frame, reference.revenue(grain))
        assert_rows(
            shop.panel("churn_by_window").frame, reference.churn_by_window(span.day_before, span.last_day)
        )
        check_intake(shop, case, reference)


@given(case=cases())
@examples(2)
def test_every_figure_opens_to_what_it_says(case: Case):
    with case.opened() as shop:
        assert (
            sum(assert_opens(shop, shop.panel(query.name), at_most=2) for query in shop.queries("panel")) > 0
        )
        check_lists(shop)


def check_intake(shop, case, reference):
    """Rows read = rows used + rows not used; reasons as the reference gives them."""
    intake = case.intake
    loaded = shop.panel("intake").frame
    assert loaded["rows_read"].to_list() == intake.files["rows"].to_list()
    assert (loaded["rows_used"] + loaded["rows_excluded"]).to_list() == loaded["rows_read"].to_list()
    wanted = reference.reasons()
    for reason in intake.excluded["reason"]:
        row = wanted.setdefault(reason, {"rows": 0, "orders": 0, "value": 0})
        row["rows"] += 1
    found = {row.pop("reason"): row for row in shop.panel("left_out").frame.to_dicts()}
    assert found.keys() == wanted.keys()
    for reason, row in wanted.items():
        assert all(close(found[reason][name], value) for name, value in row.items())
        assert close(found[reason]["share_of_rows"], row["rows"] / intake.files["rows"].sum())


def check_lists(shop):
    """Every list has as many rows as the table it shows."""
    counts = {
        "customers": "select count(*) from customers semi join scope using (customer_key)",
        "at_risk": "select count(*) from customers where status = 'at_risk' and customer_key in (from scope)",
        "lapsed": "select count(*) from customers where status = 'lapsed' and customer_key in (from scope)",
        "purchases": "select count(*) from purchases semi join scope using (customer_key)",
        "orders": "select count(*) from orders",
        "orders_left_out": "select count(*) from orders_left_out",
        "excluded": "select count(*) from excluded",
        "rows_used": "select sum(row_count) from orders",
    }
    for name, statement in counts.items():
        assert shop.listing(name).frame.height == shop.sql(statement).frame.item(), name


@pytest.mark.parametrize("window", [20, 30, 45, 90, 100, 400])
def test_the_bridge_closes_for_any_window_and_filter(window: int, own_shop):
    own_shop.change(window=window)
    for conditions in ([], ["country=NO"], ["purchases=1"], ["country=Nowhere"]):
        own_shop.filter([parse(text) for text in conditions])
        for grain in ("month", "quarter", "year"):
            frame = own_shop.panel("bridge", grain=grain).frame
            known = frame.drop_nulls(["lost", "customers_end"])
            closed = known["customers_start"] - known["lost"] + known["new"] + known["won_back"]
            assert closed.to_list() == known["customers_end"].to_list()
            assert (known["retained"] + known["lost"]).to_list() == known["customers_start"].to_list()
            assert known.height == frame["why_null"].fill_null("no_customers").eq("no_customers").sum()
            assert known.height > 0 or grain != "month"


def test_who_came_back_to_a_shop_without_active_customers_is_counted():
    orders = [("ann", "2025-01-10", 5.0), ("ann", "2025-06-10", 5.0), ("bob", "2025-06-30", 5.0)]
    with shop_from(orders, window=30, period="month") as shop:
        june = shop.panel("bridge").frame.row(-1, named=True)
    assert (june["customers_start"], june["lost"], june["retained"]) == (0, 0, 0)
    assert (june["won_back"], june["new"], june["customers_end"]) == (1, 1, 2)
    assert (june["churn_rate"], june["retention_rate"], june["why_null"]) == (None, None, "no_customers")


def test_one_who_lapses_and_returns_inside_a_period_is_retained():
    days = ("2024-12-20", "2025-03-20")
    orders = [("ann", day, 5.0) for day in days] + [("bob", "2024-01-01", 1.0), ("bob", "2025-03-31", 1.0)]
    with shop_from(orders, window=30) as shop:
        first_quarter = shop.panel("bridge", grain="quarter").frame.row(-1, named=True)
        assert (first_quarter["retained"], first_quarter["lost"], first_quarter["won_back"]) == (1, 0, 1)
        months = shop.panel("bridge", grain="month").frame
        assert months["lost"][-3:].to_list() == [1, 0, 0]
        assert months["won_back"][-3:].to_list() == [0, 0, 2]


def test_a_window_shorter_than_the_period_has_comers_who_go():
    orders = [
        ("old", "2023-06-01", 1.0),
        ("old", "2024-02-01", 1.0),
        ("new", "2024-02-02", 1.0),
        ("end", "2024-12-31", 1.0),
    ]
    with shop_from(orders, window=30) as shop:
        year = shop.panel("bridge", grain="year").frame.row(-1, named=True)
    assert (year["new_gone"], year["back_gone"], year["new"], year["customers_end"]) == (1, 1, 1, 1)


def test_the_first_window_of_days_has_no_rates():
    orders = [("ann", dt.date(2025, 1, 1) + 20 * n * A_DAY, 1.0) for n in range(18)]
    with shop_from(orders, window=59) as shop:
        months = shop.panel("bridge", grain="month").frame
    # Day before the period ≥ first day + 59 − 1 = 28 February: March is the first month with rates.
    assert months["why_null"].to_list()[:3] == ["too_early", "too_early", None]
    assert months["customers_end"][0] == 1
    with shop_from(orders, window=60) as shop:
        assert shop.panel("bridge", grain="month").frame["why_null"][2] == "too_early"


def test_an_unfinished_period_has_no_rates_yet():
    orders = [("ann", dt.date(2025, 1, 1) + 20 * n * A_DAY, 1.0) for n in range(8)]
    with shop_from(orders, window=30) as shop:
        last = shop.panel("bridge", grain="month").frame.row(-1, named=True)
        assert (last["why_null"], last["lost"], last["customers_end"]) == ("unfinished", None, None)
        assert shop.panel("revenue", grain="month").frame["finished"].to_list()[-2:] == [True, False]


def test_the_owners_own_period_is_the_only_row():
    orders = [("ann", "2025-01-01", 10.0), ("bob", "2025-02-15", 20.0), ("ann", "2025-06-30", 40.0)]
    own = {"period_from": dt.date(2025, 1, 31), "period_to": dt.date(2025, 6, 30)}
    with shop_from(orders, window=31, **own) as shop:
        bridge = shop.panel("bridge").frame
        assert bridge.select("period_start", "period_end").rows() == [
            (dt.date(2025, 2, 1), dt.date(2025, 6, 30))
        ]
        assert bridge.select("customers_start", "retained", "new_gone").row(0) == (1, 1, 1)
        assert shop.panel("revenue").frame.select("new_value", "returning_value").row(0) == (20.0, 40.0)
        assert shop.kpi("retention_rate").value == 1.0


def test_an_order_with_several_rows_is_left_out_row_by_row():
    orders = [("ann", "2025-01-01", 10.0), (None, "2025-01-02", 20.0)]
    intake = intake_from(orders, excluded=[("blank", "")])
    with open_intake(intake) as shop:
        rows = {row["reason"]: row for row in shop.panel("left_out").frame.to_dicts()}
        assert (rows["anonymous"]["rows"], rows["anonymous"]["orders"], rows["anonymous"]["value"]) == (
            1,
            1,
            20.0,
        )
        assert (rows["blank"]["rows"], rows["blank"]["orders"], rows["blank"]["value"]) == (1, 0, 0)


def test_the_rows_of_an_order_that_goes_on_in_another_file_count_there():
    intake = intake_from(
        [Order("ann", "2025-01-01", product="Spade"), Order("bob", "2025-01-02", product="Kite")]
    )
    orders = intake.orders.with_columns(row_count=pl.Series([3, 1], dtype=pl.Int32))
    further = [("Kite", 0, 3), ("Rake", 1, 1)]
    lines = pl.concat([
        intake.lines,
        *(
            intake.lines[:1].with_columns(
                product=pl.lit(product), file_no=pl.lit(file_no, pl.Int32), record=pl.lit(record, pl.Int64)
            )
            for product, file_no, record in further
        ),
    ])  # fmt: skip
    files = pl.concat(
        intake.files.with_columns(
            file_no=pl.lit(number, pl.Int32), file=pl.lit(name), rows=pl.lit(rows, pl.Int64)
        )
        for number, (name, rows) in enumerate([("january.csv", 3), ("february.csv", 1)])
    )
    with open_intake(with_frames(intake, orders=orders, lines=lines, files=files)) as shop:
        figures = shop.panel("intake")
        columns = ("rows_read", "rows_used", "rows_excluded", "eligible_orders")
        assert figures.frame.select(columns).rows() == [(3, 3, 0, 2), (1, 1, 0, 0)]
        assert_opens(shop, figures)


@pytest.fixture(scope="module")
def own_shop():
    """The regulars, for tests that change the window."""
    with shop_from(regulars(), window=90) as shop:
        yield shop
