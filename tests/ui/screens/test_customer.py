import datetime as dt

import pytest

from cockpit.formats import Formatter
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens import portrait
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.widgets.chart import Chart
from tests.shops import Order, intake_from, open_intake, regulars, shop_from
from tests.ui import stubs
from tests.ui.whole import text, whole

KRONER = Formatter.for_currency("NOK")


@pytest.fixture(scope="module")
def with_ann():
    """The small shop, and Ann: four purchases on five orders, one of her orders cancelled."""
    days = ("2024-03-01", "2024-05-10", "2024-05-10", "2025-02-01", "2025-12-20")
    ann = [
        Order(
            "ann", day, 100.0 + n, hour=8 + n, name="Ann [b]", email="ann@example.com", country="NO",
            product="Kite", category="Kids", consent="no",
        )
        for n, day in enumerate(days)
    ]  # fmt: skip
    ann.append(Order("ann", "2025-03-03", 70.0, status="cancelled", name="Ann [b]"))
    once = [Order("bob", "2025-12-29", None)]
    with open_intake(intake_from([*stubs.orders(), *ann, *once], currency="NOK"), window=90) as shop:
        yield shop


def page_of(shop, customer):
    keys = shop.listing("customers").frame
    key = keys.filter(keys["customer_id"] == customer)["customer_key"][0]
    return shop.customer(key)


def plain(content):
    return content.plain.replace("\u00a0", " ")


def test_who_it_is_and_how_they_stand(with_ann):
    page = page_of(with_ann, "ann")
    assert plain(portrait.who(page)) == "Ann [b] · ann · ann@example.com · NO · active"
    said = plain(portrait.facts(page, KRONER))
    assert "customer since 1 Mar 2024 · 4 purchases · 5 orders · kr 510,00 to date" in said
    assert "the last time on 20 Dec 2025" in said
    assert "began with Kite, Kids · does not want to be written to" in said


def test_one_purchase_has_no_rhythm(with_ann):
    page = page_of(with_ann, "bob")
    said = plain(portrait.facts(page, KRONER))
    assert "One purchase so far, on 29 Dec 2025" in said
    assert "to date" not in said
    assert portrait.gaps(page, KRONER).goal is None
    assert portrait.gaps(page, KRONER).labels == ("today",)


def test_a_reason_stands_in_place_of_the_rhythm(with_ann):
    key = with_ann.listing("at_risk").frame["customer_key"][0]
    page = with_ann.customer(key)
    said = plain(portrait.facts(page, KRONER))
    assert f"On the list At risk: {page.reasons[0]}" in said
    assert "the last time on" not in said


def test_gaps_end_in_todays_silence_and_years_have_no_holes(with_ann):
    page = page_of(with_ann, "ann")
    gaps = portrait.gaps(page, KRONER)
    assert gaps.series[0].values == (70.0, 267.0, 322.0, None)
    assert gaps.series[1].values[-1] == page.profile["days_since_last"]
    assert portrait.day_of_gap(page, 0) == dt.date(2024, 5, 10)
    assert portrait.day_of_gap(page, 3) is None
    assert portrait.years(page, KRONER).labels == ("2024", "2025")
    assert len(portrait.timeline(page, KRONER).events) == 4


async def test_left_out_orders_stand_with_their_reason(with_ann):
    async with whole(with_ann, "6") as session:
        session.app.push_screen(CustomerScreen(page_of(with_ann, "ann")))
        await session.settle()
        shown = text(session)
        assert "Ann [b]" in shown and "Purchases up to 30 Dec 2025" in shown
        orders = session.app.screen.query_one("#customer-orders", FiguresTable)
        assert orders.row_count == 6
        assert "cancelled, voided, or a credit" in shown


async def test_enter_on_a_purchase_goes_to_its_order(with_ann):
    async with whole(with_ann, "6") as session:
        session.app.push_screen(CustomerScreen(page_of(with_ann, "ann")))
        await session.settle()
        await session.press("home", "enter")
        orders = session.app.screen.query_one("#customer-orders", FiguresTable)
        assert session.app.focused is orders
        assert orders.cursor_record["day"] == dt.date(2024, 3, 1)
        gaps = session.app.screen.query_one("#customer-gaps", Chart)
        gaps.focus()
        await session.press("home", "enter")
        assert orders.cursor_record["day"] == dt.date(2024, 5, 10)
        years = session.app.screen.query_one("#customer-years", Chart)
        years.focus()
        await session.press("end", "enter")
        assert orders.cursor_record["day"] == dt.date(2025, 12, 20)


async def test_neighbours_in_the_order_of_the_list(with_ann):
    async with whole(with_ann, "6", "enter") as session:
        keys = with_ann.listing("at_risk").frame["customer_key"].to_list()
        screen = session.app.screen
        assert screen.customer_key == keys[0]
        await session.press("]", "]")
        assert screen.customer_key == keys[2]
        await session.press("[", "[", "[")
        assert screen.customer_key == keys[0]
        assert "This is the first customer of the list." in session.said
        await session.press("escape")
        assert session.app.screen.panel.key == "at_risk"


async def test_without_a_list_there_are_no_neighbours(with_ann):
    async with whole(with_ann) as session:
        session.app.push_screen(CustomerScreen(page_of(with_ann, "ann")))
        await session.settle()
        assert session.app.screen.check_action("turn", (1,)) is False


async def test_everything_is_reached_on_a_small_terminal(with_ann):
    async with whole(with_ann, "6", size=(80, 24)) as session:
        session.app.push_screen(CustomerScreen(page_of(with_ann, "ann")))
        await session.settle()
        assert "customer since" in text(session)
        for part in ("gaps", "orders", "products"):
            session.app.screen.query_one(f"#customer-{part}").focus()
            await session.settle()
        assert "Kite" in text(session)


def test_the_forecast_of_a_customer_is_that_of_the_tables(regular_shop):
    page = regular_shop.customer(1)
    said = portrait.forecast(page, KRONER).plain.replace("\u00a0", " ")
    profile = page.profile
    for figure in ("p_alive", "p_no_order_30d", "p_no_order_90d", "p_no_order_180d"):
        assert KRONER.percent(profile[figure], 0).replace("\u00a0", " ") in said
    assert KRONER.money_short(profile["clv_12m"]).replace("\u00a0", " ") in said
    assert KRONER.date(profile["next_order_due"]).replace("\u00a0", " ") in said


def test_without_a_model_the_reason_stands_in_place_of_the_forecast():
    with shop_from(regulars(customers=9), window=90) as shop:
        said = portrait.forecast(shop.customer(1), KRONER).plain
    assert said == "Forecast: – Fewer than 30 customers: too few to forecast from."
