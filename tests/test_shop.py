"""The one face: choices that hold or are taken back whole, filters, and figures that open."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from polars.testing import assert_frame_equal

from cockpit.conditions import parse
from cockpit.errors import InputError, QueryError, UsageError
from tests.shops import Order, regulars, shop_from


@pytest.fixture
def shop(regular_shop):
    return regular_shop


def test_a_choice_that_leaves_no_order_changes_nothing():
    with shop_from([("ann", "2025-01-01", 5.0), ("bob", "2025-03-01", 5.0)], window=30) as shop:
        before = shop.facts
        bridge = shop.panel("bridge").frame
        with pytest.raises(InputError, match="no usable order"):
            shop.change(as_of=dt.date(2020, 1, 1))
        assert shop.facts == before
        assert shop.settings.as_of is None
        assert shop.kpi("customers").value == 2
        assert shop.panel("bridge").frame.equals(bridge)


def test_a_choice_changes_what_it_touches_and_keeps_the_filter():
    with shop_from(regulars(), window=90) as shop:
        shop.filter([parse("country=SE")])
        swedes = shop.kpi("customers").value
        active = shop.kpi("active_customers").value
        shop.change(window=10)
        assert shop.facts.window.days == 10
        assert shop.kpi("active_customers").value < active
        assert shop.kpi("customers").value == swedes
        assert shop.listing("lapsed").frame["days_since_last"].min() >= 10
        shop.change(window=None)
        assert shop.facts.window.why in ("found", "capped")


def assert_same(one, other):
    """Equal but for the last digits: threads add up in an order of their own."""
    assert_frame_equal(one, other, rel_tol=1e-12, abs_tol=1e-9)


def test_a_past_as_of_day_is_the_file_cut_there():
    orders = [*regulars(), Order("c001", "2025-05-01", 9.0, refund=4.0)]
    day = dt.date(2025, 6, 15)
    cut = [order for order in orders if str(order.day) <= str(day)]
    with shop_from(orders, as_of=day) as then, shop_from(cut, as_of=day) as cut_there:
        assert then.facts.window == cut_there.facts.window
        for query in then.queries("panel"):
            if query.name not in ("intake", "left_out"):
                assert_same(then.panel(query.name).frame, cut_there.panel(query.name).frame)
        for name in then.kpi_names():
            assert_same(then.kpi(name).figures.frame, cut_there.kpi(name).figures.frame)
        for name in ("customers", "at_risk", "lapsed", "purchases"):
            assert_same(then.listing(name).frame, cut_there.listing(name).frame)
        assert then.facts.excluded == {"later": len(orders) - len(cut)}


def test_a_figure_of_an_earlier_filter_does_not_open(shop):
    figures = shop.panel("actions")
    row = figures.frame["customers"].to_list().index(figures.frame["customers"].max())
    shop.open_figure(figures, "customers", row)
    shop.filter([parse("country=NO")])
    with pytest.raises(QueryError, match="filter has changed"):
        shop.open_figure(figures, "customers", row)
    again = shop.panel("actions")
    assert shop.open_figure(again, "customers", row).frame.height == again.frame["customers"][row]


def test_a_figure_behind_which_nothing_stands_does_not_open(shop):
    with pytest.raises(QueryError, match="Nothing stands behind"):
        shop.open_figure(shop.panel("bridge"), "period_start")


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("country=NO", "country = 'NO'"),
        ("country = no", "country = 'NO'"),
        ("country in NO,SE", "country in ('NO', 'SE')"),
        ("country not in NO,SE", "country not in ('NO', 'SE')"),
        ("consent is not known", "consent is null"),
        ("consent != yes", "consent is distinct from 'yes'"),
        ("consent is known", "consent is not null"),
        ("purchases in 30,40", "purchases in (30, 40)"),
        ("purchases = 30.0", "purchases = 30"),
        ("first_value in 50,58.0", "first_value in (50, 58)"),
        ("purchases>=20", "purchases >= 20"),
        ("purchases<20", "purchases < 20"),
        ("value>2500", "value > 2500"),
        ("value<=2500", "value <= 2500"),
        ("last_day>=2025-06-01", "last_day >= date '2025-06-01'"),
        ("last_day in 2025-12-30,2025-12-31", "last_day >= date '2025-12-30'"),
        ("name contains MER 1", "name like '%mer 1%'"),
        ('name="Customer 1"', "name = 'Customer 1'"),
    ],
)
def test_a_filter_keeps_whom_it_says(shop, condition: str, wanted: str):
    expected = shop.sql(f"select customer_key from customers where {wanted} order by all").frame
    shop.filter([parse(condition)])
    kept = shop.listing("customers").frame.select("customer_key").sort("customer_key")
    assert kept.equals(expected) and kept.height
    assert 0 < kept.height < 40
    assert shop.kpi("customers").value == kept.height


def test_who_has_two_tags_that_meet_a_condition_is_one_customer():
    orders = [
        Order("ann", "2025-01-01", tags="vip, vip gold"),
        Order("bob", "2025-01-02", tags="vip"),
        Order("eve", "2025-01-03", tags="new"),
        Order("may", "2025-01-04"),
    ]
    with shop_from(orders) as shop:
        for condition, count in (("tags contains vip", 2), ("tags in vip,vip gold", 2), ("tags != vip", 2)):
            shop.filter([parse(condition)])
            assert shop.kpi("customers").value == shop.listing("customers").frame.height == count


def test_all_conditions_of_a_filter_hold(shop):
    conditions = ("country!=NO", "purchases>=20", "value<=2500", "consent is known")
    wanted = "country is distinct from 'NO' and purchases >= 20 and value <= 2500 and consent is not null"
    expected = shop.sql(f"select customer_key from customers where {wanted} order by all").frame
    shop.filter([parse(condition) for condition in conditions])
    kept = shop.listing("customers").frame.select("customer_key").sort("customer_key")
    assert kept.equals(expected) and kept.height


@pytest.mark.parametrize(
    "value",
    [
        "'; drop table customers; --",
        "x' or '1'='1",
        "NO'; delete from scope; --",
        "$field",
        "*",
        "%",
        "/*",
        "\\",
    ],
)
def test_a_hostile_value_is_only_a_value(shop, value: str):
    quoted = value.replace('"', '""')
    for op in ("=", " contains ", " in "):
        shop.filter([parse(f'country{op}"{quoted}"')])
        assert shop.kpi("customers").value == 0
    shop.filter([parse(f'country!="{quoted}"')])
    assert shop.kpi("customers").value == 40


@pytest.mark.parametrize(
    ("condition", "problem", "remedy"),
    [
        ("contry=NO", "nothing called contry", "Did you mean country?"),
        ("customer_key=1", "nothing called customer_key", ""),
        ("xyzzy=1", "nothing called xyzzy", "There are: customer_id"),
        ("purchases=many", "purchases is compared with a number", ""),
        ("purchases in 1,many", "purchases is compared with a number", ""),
        ("value<nan", "value is compared with a number", ""),
        ("value>=inf", "value is compared with a number", ""),
        ("purchases>=1_0", "purchases is compared with a number", ""),
        ("first_day>yesterday", "first_day is compared with a date", ""),
    ],
)
def test_a_filter_that_makes_no_sense_changes_nothing(shop, condition: str, problem: str, remedy: str):
    shop.filter([parse("country=NO")])
    with pytest.raises(UsageError, match=problem) as caught:
        shop.filter([parse(condition)])
    assert remedy in caught.value.remedy
    assert [str(each) for each in shop.conditions] == ["country=NO"]
    assert shop.kpi("customers").value == 14


def test_there_is_no_customer_with_a_key_that_nobody_has(shop):
    with pytest.raises(QueryError, match="no such customer"):
        shop.customer(10_000)


def test_what_the_backtest_adopts_is_in_the_customers_table_and_keeps_the_filter():
    with shop_from(regulars(), window=90) as shop:
        shop.filter([parse("country=SE")])
        before = shop.panel("actions")
        found = shop.backtest()
        assert found is not None
        assert shop.kpi("customers").value == 13
        if found.chances is not None:
            adopted = dict(found.chances.select("customer_key", "p_no_order_90d").rows())
            now = shop.sql("select customer_key, p_no_order_90d from customers").frame
            assert dict(now.rows()) == pytest.approx(adopted)
            with pytest.raises(QueryError, match="filter has changed"):
                shop.open_figure(before, "customers")


def test_an_answer_asked_for_while_choices_change_is_wholly_of_one_state():
    """Every answer has the window that made its tables, and a list the filter that it was made under."""
    over = threading.Event()
    with shop_from(regulars(), window=90) as shop, ThreadPoolExecutor(2) as pool:
        active = {}
        for window in (45, 90):
            shop.change(window=window)
            active[window] = shop.kpi("active_customers").value
        assert active[45] != active[90]

        def ask() -> int:
            asked = 0
            while not over.is_set():
                figures = shop.kpi("active_customers").figures
                value, everyone = figures.frame.select("value", "n").row(0)
                assert everyone < 40 or value == active[figures.parameters["window"]]
                listed = shop.listing("customers")
                assert (listed.definition["filters"] == ["country=NO"]) == (
                    set(listed.frame["country"]) == {"NO"}
                )
                asked += 1
            return asked

        asking = [pool.submit(ask) for _n in range(2)]
        try:
            for n in range(6):
                shop.change(window=(45, 90)[n % 2])
                shop.filter([parse("country=NO")] if n % 3 else [])
        finally:
            over.set()
        assert sum(future.result() for future in asking) > 1
