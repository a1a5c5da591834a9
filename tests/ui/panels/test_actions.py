import json

from cockpit.conditions import parse
from cockpit.ui.panels.tables import FiguresTable, ListingTable
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.listing import ListScreen
from tests.shops import shop_from
from tests.ui.whole import text, whole


async def test_it_shows_each_list_with_count_money_and_what_to_do(shop):
    count = shop.listing("at_risk").frame.height
    async with whole(shop, "8") as session:
        shown = text(session)
        assert "Write before they are gone" in shown
        assert f"{count} customers on it, kr" in shown
        assert "cockpit list at_risk FILE" in shown
        assert "Past campaigns: none is loaded" in shown
        reason = shop.listing("at_risk").frame["reason"][0]
        assert reason in shown


async def test_what_the_export_does_not_say_reads_as_not_known_with_the_reason(shop):
    async with whole(shop, "8", "G") as session:
        table = session.app.screen.panel.query_one(FiguresTable)
        assert table.cursor_record["customers"] is None
        shown = text(session)
        assert "Not known: No complaints are loaded." in shown
        assert "No birthdays are loaded." in shown
        assert session.app.screen.exportable() is None
        await session.press("enter")
        assert "No complaints are loaded." in session.said[-1]
        assert not isinstance(session.app.screen, ListScreen)


async def test_enter_opens_the_list_under_the_cursor_and_tab_leads_to_the_customers(shop):
    height = shop.listing("at_risk").frame.height
    async with whole(shop, "8", "enter") as session:
        assert isinstance(session.app.screen, ListScreen)
        assert session.app.screen.exportable().height == height
        await session.press("escape")
        session.app.screen.panel.query_one(ListingTable).focus()
        await session.press("enter")
        assert isinstance(session.app.screen, CustomerScreen)


async def test_e_writes_the_list_under_the_cursor(shop, tmp_path):
    listing = shop.listing("at_risk")
    async with whole(shop, "8", "e") as session:
        session.app.screen.query_one("#file").value = str(tmp_path / "out.csv")
        await session.press("enter")
    written = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(written) == listing.frame.height + 1
    about = json.loads((tmp_path / "out.csv.about.json").read_text("utf-8"))
    assert about["list"] == "At risk"


async def test_a_filter_counts_anew_and_stays_on_the_list(shop):
    async with whole(shop, "8") as session:
        panel = session.app.screen.panel
        before = panel.answer.frame["customers"][0]
        session.app.screen.narrow((parse("country=NO"),))
        await session.settle()
        assert panel.answer.frame["customers"][0] < before
        assert panel.exportable().height == panel.answer.frame["customers"][0]
        assert panel.exportable().listing.about == "At risk"


async def test_a_young_shop_without_money_says_why(shop):
    with shop_from([("a", "2025-12-01", None), ("b", "2025-12-20", None)]) as young:
        async with whole(young, "8") as session:
            shown = text(session)
            assert "Not known: Less than 90 days of history" in shown
            rows = {row["list"]: row for row in session.app.screen.panel.answer.frame.to_dicts()}
            assert {row["money"] for row in rows.values()} == {None}
            assert rows["anniversaries"]["customers"] == 0
