from cockpit.conditions import parse
from cockpit.formats import Formatter
from cockpit.ui.panels.tables import ListingTable
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.listing import ListScreen, breadcrumb, counted
from tests.ui.whole import text, whole

NORWEGIAN = Formatter.for_currency("NOK")


def table_of(session):
    return session.app.screen.query_one(ListingTable)


def opened(shop, column="customers_end", row=2):
    return shop.open_figure(shop.panel("bridge"), column, row)


def test_the_breadcrumb_names_the_period(shop):
    assert breadcrumb(opened(shop), NORWEGIAN) == ("Churn and retention by period", "Q2 2024", "end")
    assert breadcrumb(shop.listing("lapsed"), NORWEGIAN) == ("Lapsed",)


def test_the_breadcrumb_writes_days_and_shares_and_no_figure_as_its_own_name(shop):
    def crumbs(figures, column):
        return breadcrumb(shop.open_figure(figures, column), NORWEGIAN)

    assert crumbs(shop.panel("concentration"), "value")[1] == "1.0%"
    assert crumbs(shop.panel("value"), "customers")[1] == "1\u00a0Oct\u00a02023"
    assert crumbs(shop.kpi("historic_clv").figures, "value") == ("Value per customer", "n")


def test_rows_are_counted_in_their_own_word_and_worth_their_sum(shop):
    def plain(name):
        return counted(shop.listing(name), NORWEGIAN).replace("\u00a0", " ")

    customers = shop.listing("customers").frame
    assert plain("customers").startswith(f"{customers.height} customers worth kr ")
    assert " purchases worth " in plain("purchases") and " orders worth " in plain("orders")
    assert plain("excluded") == "0 rows"


async def test_it_says_where_it_came_from_and_how_many_there_are(shop):
    async with whole(shop, "2") as session:
        session.app.push_screen(ListScreen(opened(shop)))
        await session.settle()
        shown = text(session)
        assert "Churn and retention by period › Q2 2024 › end" in shown
        assert "40 customers worth kr " in shown
        await session.press("space", "space")
        assert "2 marked" in text(session)
        assert session.app.screen.exportable().height == 2
        await session.press("escape")
        assert session.app.screen.panel.key == "churn"


async def test_enter_opens_the_customer_and_escape_goes_one_level_back(shop):
    async with whole(shop, "2") as session:
        session.app.push_screen(ListScreen(shop.listing("purchases")))
        await session.settle()
        await session.press("down", "enter")
        assert isinstance(session.app.screen, CustomerScreen)
        assert session.app.screen.customer_key == shop.listing("purchases").frame["customer_key"][1]
        await session.press("escape")
        assert isinstance(session.app.screen, ListScreen)


async def test_search_sort_and_copy(shop):
    async with whole(shop, "2") as session:
        session.app.push_screen(ListScreen(shop.listing("customers")))
        await session.settle()
        table = table_of(session)
        await session.press("slash")
        await session.type("Quiet 3")
        await session.press("enter")
        assert table.cursor_record["name"] == "Quiet 3"
        await session.press("s")
        assert table.sorted_by == (table.cursor_column, False)
        await session.press("y")
        assert session.app.clipboard == table.cursor_text
        await session.press("Y")
        assert len(session.app.clipboard.split("\t")) == len(table.columns)


async def test_another_filter_asks_the_same_again(shop):
    async with whole(shop, "2") as session:
        session.app.push_screen(ListScreen(opened(shop)))
        await session.settle()
        before = session.app.screen.listing
        table = table_of(session)
        await session.press("down")
        key = table.customer_under_cursor
        country = table.cursor_record["country"]
        session.app.screen.narrow((parse(f"country={country}"),))
        await session.settle()
        after = session.app.screen.listing
        assert 0 < after.frame.height < before.frame.height
        assert after.about == before.about
        assert table.customer_under_cursor == key
        assert f"country={country}" in text(session)
        await session.press("F")
        assert session.app.screen.listing.frame.equals(before.frame)


async def test_nobody_is_said(shop):
    async with whole(shop, "2") as session:
        session.app.push_screen(ListScreen(shop.listing("excluded")))
        await session.settle()
        assert "There is nothing here." in text(session)
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen)
