from cockpit.conditions import parse
from cockpit.ui.panels.tables import ListingTable
from cockpit.ui.screens.customer import CustomerScreen
from tests.shops import Order, intake_from, open_intake, shop_from
from tests.ui import stubs
from tests.ui.whole import text, whole


async def test_it_says_who_they_are_together_and_why_each_is_there(shop):
    count = shop.listing("at_risk").frame.height
    async with whole(shop, "6") as session:
        shown = text(session)
        assert f"{count} customers worth kr" in shown
        assert "silent for longer than three of four of their usual gaps" in shown
        reason = session.app.screen.panel.query_one(ListingTable).cursor_record["reason"]
        assert reason in shown


async def test_enter_opens_the_customer_and_escape_comes_back(shop):
    async with whole(shop, "6", "down", "enter") as session:
        assert isinstance(session.app.screen, CustomerScreen)
        key = shop.listing("at_risk").frame["customer_key"][1]
        assert session.app.screen.customer_key == key
        await session.press("escape")
        assert session.app.screen.panel.query_one(ListingTable).customer_under_cursor == key


async def test_the_marked_are_exported_else_all_in_the_order_shown(shop):
    async with whole(shop, "6") as session:
        panel = session.app.screen.panel
        assert panel.exportable().height == panel.answer.frame.height
        table = panel.query_one(ListingTable)
        table.sort("days_since_last", True)
        await session.settle()
        silent = panel.exportable().frame["days_since_last"].to_list()
        assert silent == sorted(silent, reverse=True)
        table.focus()
        await session.press("space", "space")
        assert panel.exportable().marked and panel.exportable().height == 2


async def test_a_filter_keeps_the_cursor_on_its_customer(shop):
    async with whole(shop, "6", "G") as session:
        table = session.app.screen.panel.query_one(ListingTable)
        while table.cursor_record["country"] != "NO":
            table.action_move(-1, 0)
        before = table.customer_under_cursor
        session.app.screen.narrow((parse("country=NO"),))
        await session.settle()
        assert table.customer_under_cursor == before
        assert set(table.listing.frame["country"]) == {"NO"}


async def test_nobody_at_risk_is_a_sentence(shop):
    shop.filter([parse("status=lapsed")])
    async with whole(shop, "6") as session:
        assert "Nobody who meets the filter is silent for unusually long." in text(session)
    with shop_from([("a", "2025-12-01", 10.0), ("b", "2025-12-20", 20.0)]) as young:
        async with whole(young, "6") as session:
            assert "nobody can be told to be at risk yet" in text(session)


async def test_text_from_data_is_never_markup():
    names = ["[@click=app.quit]Eve[/]", "[/]", "[VIP] Ann"]
    orders = [
        Order(order.customer, order.day, order.value, name=names[len(order.customer) % 3], country="[NO]")
        for order in stubs.orders()
    ]
    with open_intake(intake_from(orders), window=90) as shop:
        async with whole(shop, "6") as session:
            assert "[NO]" in text(session)
            await session.press("enter")
            assert any(name in text(session) for name in names)
