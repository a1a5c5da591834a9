"""The action lists: who is on them, for how much money, and what is said where nobody can tell."""

import datetime as dt
import io
from hashlib import md5
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import lists
from cockpit.conditions import parse
from cockpit.shop import Shop
from cockpit.values import listed
from tests.queries.compare import assert_opens, close
from tests.queries.random_shops import Case, cases, examples
from tests.reference import actions as wanted
from tests.reference.figures import total
from tests.shops import Order, regulars, shop_from

SAMPLE = Path(__file__).parents[2] / "sample_data" / "shop.parquet"


@given(case=cases())
@examples(4)
def test_lists_have_whom_the_orders_say(case: Case):
    with case.opened() as shop:
        check_lists(shop, case)


@given(seed=st.integers(0, 10_000))
@examples(1)
def test_lists_of_regulars_have_whom_the_orders_say(seed: int):
    case = Case(seed=seed, customers=40, orders=400, days=700)
    with case.opened() as shop:
        check_lists(shop, case)


def check_lists(shop: Shop, case: Case) -> None:
    reference = case.beside(shop)
    stakes = dict(shop.sql("select customer_id, value_at_stake from customers").frame.rows())
    on_lists = wanted.on_lists(reference, stakes)
    figures = shop.panel("actions")
    panel = {row["list"]: row for row in figures.frame.to_dicts()}
    for name, members in on_lists.items():
        listing = shop.listing(name)
        money = "worth" if "worth" in listing.frame.columns else "value_at_stake"
        found = dict(listing.frame.select("customer_id", money).rows())
        if money == "value_at_stake" and stakes and set(stakes.values()) == {None}:
            found = dict(listing.frame.select("customer_id", "value").rows())
        assert found.keys() == members.keys(), name
        assert all(close(found[who], members[who]) for who in members), name
        row = panel[name]
        assert row["why_null"] == wanted.why_unknown(reference, name)
        assert row["customers"] == (len(members) if row["why_null"] is None else None)
        if row["why_null"] is None and wanted.has_money(reference):
            assert close(row["money"], total(members.values()) if members else 0)
        else:
            assert row["money"] is None
        assert listing.frame["reason"].null_count() == listing.frame["action"].null_count() == 0
    assert {name: panel[name]["why_null"] for name in panel.keys() - on_lists.keys()} == {
        "birthdays": "no_birthdays",
        "complaints": "no_complaints",
    }
    assert_opens(shop, figures, at_most=4)


@pytest.mark.parametrize(
    ("first", "day"),
    [("2024-02-29", "2025-02-27"), ("2024-02-29", "2025-02-28"), ("2024-02-29", "2027-12-31"),
     ("2024-02-29", "2028-02-28"), ("2025-06-01", "2025-06-01"), ("2023-01-05", "2025-12-31"),
     ("2023-12-28", "2025-12-25"), ("2023-06-01", "2025-06-01")],
)  # fmt: skip
def test_an_anniversary_is_the_next_there_is(first: str, day: str):
    with shop_from([("ann", "2025-01-01", 5.0)]) as shop:
        found = shop.sql(f"select next_anniversary(date '{first}', date '{day}')").frame.item()
    assert found == wanted.next_anniversary(dt.date.fromisoformat(first), dt.date.fromisoformat(day))


def test_what_goes_together_is_found_and_those_without_the_other_are_listed():
    def buys(who: str, n: int, thing: str, value: float) -> Order:
        return Order(f"{who}{n}", f"2025-12-{n % 28 + 1:02}", value, category=thing)

    tents = [buys("t", n, "Tents", 300.0) for n in range(60)]
    pegs = [buys("t", n, "Pegs", 20.0) for n in range(45)]
    books = [buys("b", n, "Books", 15.0) for n in range(90)]
    with shop_from([*tents, *pegs, *books], window=60) as shop:
        pair = shop.sql("from goes_together").frame.row(0, named=True)
        assert (pair["a"], pair["b"], pair["buyers"], pair["shared"]) == ("Pegs", "Tents", 45, 45)
        assert shop.panel("actions").frame.filter(list="bought_a_not_b")["customers"].item() == 0
    with shop_from([*tents, *pegs, *books, buys("p", 0, "Pegs", 20.0)], window=60) as shop:
        listing = shop.listing("bought_a_not_b")
        assert listing.frame["customer_id"].to_list() == ["p0"]
        assert listing.frame["worth"].item() == pytest.approx(45 / 46 * 300)
        assert listing.frame["reason"].item() == (
            "Bought Pegs, never Tents: 98 of 100 who bought Pegs bought Tents too, 2.5 times the share of all"
            " customers."
        )


def test_where_nothing_goes_together_the_list_is_not_known():
    orders = [Order(f"c{n}", f"2025-12-{n % 28 + 1:02}", 5.0, category=("A", "B")[n % 2]) for n in range(80)]
    with shop_from(orders, window=60) as shop:
        row = shop.panel("actions").frame.filter(list="bought_a_not_b").row(0, named=True)
    assert (row["customers"], row["money"], row["why_null"]) == (None, None, "no_pair")


def test_lists_are_of_the_window_in_force():
    buys = [Order("ann", f"2025-12-{day:02}", 9.0) for day in range(1, 6)]
    with shop_from([*buys, Order("bob", "2025-12-20", 5.0)], window=90) as changed:
        assert people_on(changed, "win_back") == people_on(changed, "lapsed_sample") == []
        changed.change(window=10)
        with shop_from([*buys, Order("bob", "2025-12-20", 5.0)], window=10) as fresh:
            assert changed.panel("actions").frame.equals(fresh.panel("actions").frame)
        assert people_on(changed, "win_back") == people_on(changed, "lapsed_sample") == ["ann"]
        assert people_on(changed, "milestones") == ["ann"]


def people_on(shop: Shop, name: str) -> list[str]:
    return sorted(shop.listing(name).frame["customer_id"])


def test_lists_stand_after_a_test_of_the_forecast():
    """Who is on a list, and for what money, rests on nothing that a test of the forecast makes anew."""
    with shop_from(regulars(), window=90) as shop:
        before = members(shop)
        assert shop.backtest() is not None
        assert members(shop).equals(before)
        shop.change(window=90)
        assert members(shop).equals(before)


def members(shop: Shop) -> pl.DataFrame:
    statement = "select list, customer_key, worth from action_lists($window) order by all"
    return shop.sql(statement).frame


# -- the sample shop -------------------------------------------------------------------------------------


def test_what_goes_together_in_the_sample_shop_is_what_its_lines_say(sample_shop):
    lines = sample_shop.sql("select customer_key, coalesce(category, product), value from lines").frame.rows()
    assert sample_shop.sql("from goes_together").frame.row(0, named=True) == pytest.approx(
        wanted.goes_together(lines)
    )


def test_the_sample_of_the_lapsed_is_the_same_again(sample_shop):
    once, again = (sample_shop.listing("lapsed_sample").frame for _time in range(2))
    assert once.equals(again)
    assert once.height == 30
    assert "no" not in once["consent"].to_list()


def test_a_filter_draws_its_own_sample_of_the_lapsed(sample_shop):
    lapsed = sample_shop.listing("lapsed").frame.filter(pl.col("consent").ne_missing("no"))
    at_home = lapsed.filter(country="NO")["customer_id"]
    by_lot = sorted(at_home, key=lambda who: md5(f"interview {who}".encode()).hexdigest())
    sample_shop.filter([parse("country=NO")])
    assert people_on(sample_shop, "lapsed_sample") == sorted(by_lot[:30])


@pytest.mark.parametrize("name", wanted.NAMES)
def test_every_list_can_be_uploaded(sample_shop, name):
    listing = sample_shop.listing(name)
    for preset in ("spreadsheet", "klaviyo", "meta"):
        frame = listed(listing.frame, listing.query.columns)
        report = lists.to_stream(frame, io.BytesIO(), lists.preset(preset), title=listing.about)
        assert report.shown == listing.frame.height
        counted = (report.no_consent, report.no_address, report.duplicates)
        assert report.written == report.shown - sum(counted)
    assert frame["action"].dtype == pl.String
