from cockpit.ui.panels.boxes import Sentences
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.bridge import Bridge
from cockpit.ui.widgets.chart import Chart
from tests.shops import shop_from
from tests.ui.whole import text, whole


def rows(session):
    assert isinstance(session.app.screen, ListScreen)
    return session.app.screen.listing.frame


async def test_it_begins_at_the_latest_period_that_is_over(shop):
    async with whole(shop) as session:
        shown = text(session)
        assert "Customers in Q3 2025" in shown and "active on 30 Sep 2025" in shown
        assert "Worth knowing about 1 Oct 2025 to 30 Dec 2025" in shown.replace("\u00a0", " ")
        assert "Churn is" in shown
        assert "Write before they are gone" in shown
        names = [shown.query.name for shown in session.app.screen.panel.shown()]
        assert names == ["worth_knowing", "bridge", "revenue", "actions"]


async def test_every_term_of_the_bridge_opens_to_its_count(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        figures, row = panel.answer.bridge, panel._row
        bridge = panel.query_one(Bridge)
        for place, term in enumerate(bridge.terms):
            bridge.focus()
            bridge.cursor = place
            await session.press("enter")
            expected = figures.frame.item(row, term.name)
            if expected is not None:
                assert rows(session).height == expected
                await session.press("escape")


async def test_a_sentence_opens_the_customers_it_is_about(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        assert session.app.focused is panel.query(Sentences).first()
        for place, expected in enumerate(panel._news.frame["missing"]):
            panel.query(Sentences).first().highlighted = place
            await session.press("enter")
            if expected is None:
                assert "Nothing stands behind this figure." in session.said
            else:
                assert rows(session).height == expected
                await session.press("escape")


async def test_sentences_and_work_open_by_mouse(shop):
    async with whole(shop) as session:
        news = session.app.screen.panel._news.frame
        for name, expected in (("#overview-news", news["missing"][1]), ("#overview-work", None)):
            await session.pilot.click(name, offset=(4, 2))
            await session.settle()
            assert rows(session).height == expected or expected is None
            await session.press("escape")


async def test_two_moves_at_once_end_at_the_second(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        chart = panel.query_one(Chart)
        chart.cursor -= 1
        chart.cursor -= 1
        there = chart.cursor
        await session.settle()
        assert chart.cursor == panel._row == there


async def test_sentences_follow_the_period_and_none_opens_while_they_are_counted(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        first = panel._news
        panel.move_period(-1)
        assert panel._news is None
        panel.query(Sentences).first().action_open()
        await session.settle()
        assert panel._news.parameters["last_day"] < first.parameters["last_day"]
        assert panel.answer.bridge.frame.item(panel._row, "lost") == panel._news.frame["missing"][0]


async def test_escape_stops_the_sentences(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        panel.move_period(-1)
        session.app.screen.action_back()
        await session.settle()
        assert panel._news is None
        assert "Cancelled. Another period asks again." in text(session)


async def test_work_opens_the_lists_of_the_panel_actions_and_its_sql_comes_first(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        work = panel.query_one("#overview-work", Sentences)
        work.focus()
        await session.settle()
        assert panel.shown()[0].query.name == "actions"
        to_do = panel.answer.actions.frame.filter(panel.answer.actions.frame["customers"] > 0)
        assert work.option_count == to_do.height > 1
        for place, (name, expected) in enumerate(to_do.select("list", "customers").rows()):
            work.highlighted = place
            await session.press("enter")
            assert session.app.screen.listing.query.name == name
            assert rows(session).height == expected
            await session.press("escape")


async def test_the_money_of_a_period_opens_to_its_sum(shop):
    async with whole(shop) as session:
        panel = session.app.screen.panel
        chart = panel.query_one(Chart)
        chart.focus()
        await session.settle()
        assert panel.shown()[0].query.name == "revenue"
        await session.press("left", "enter")
        expected = panel.answer.revenue.frame.item(chart.cursor, "returning_value")
        assert rows(session)["value"].sum() == expected
        assert rows(session)["nth"].min() > 1


async def test_brackets_and_the_chart_move_the_period_together(shop):
    async with whole(shop, "[") as session:
        panel = session.app.screen.panel
        assert "Customers in Q2 2025" in text(session)
        assert panel.query_one(Chart).cursor == panel._row
        panel.query_one(Chart).focus()
        await session.press("home")
        shown = text(session)
        assert "Customers in Q4 2023" in shown
        assert "No bridge: starts less than one lapse window after the first order." in shown
        await session.press("[")
        assert panel._row == 0
        panel.query_one(Bridge).focus()
        await session.press("enter")
        assert session.app.screen.panel is panel


async def test_too_young_a_shop_says_why_there_is_no_bridge():
    with shop_from([("a", "2025-12-01", 10.0), ("b", "2025-12-20", 20.0)]) as shop:
        async with whole(shop) as session:
            assert "No bridge: Less than 90 days of history" in text(session)
            assert "Churn is not known: less than 90 days of history" in text(session)
            await session.press("enter")
            assert "Nothing stands behind this figure." in session.said


async def test_a_shop_without_money_has_no_money_drawn():
    with shop_from([("a", f"2025-{month:02}-01", None) for month in range(1, 13)]) as shop:
        async with whole(shop) as session:
            assert "The export has no money column." in text(session)


async def test_it_fits_small_terminals(shop):
    async with whole(shop, size=(80, 24)) as session:
        assert "Churn is" in text(session)
        for size in ((60, 18), (100, 30)):
            await session.pilot.resize_terminal(*size)
            session.app.screen.panel.query_one(Chart).focus()
            await session.settle()
            assert "Money" in text(session)
