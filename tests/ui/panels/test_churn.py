from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.chart import Chart
from tests.shops import shop_from
from tests.ui.whole import text, whole


def opened(session):
    assert isinstance(session.app.screen, ListScreen)
    return session.app.screen.listing.frame.height


async def test_charts_begin_at_the_last_known_rate_with_values_written_out(shop):
    async with whole(shop, "2") as session:
        shown = text(session)
        assert "Q3 2025" in shown
        panel = session.app.screen.panel
        assert {chart.cursor for chart in panel.query(Chart)} == {panel.answer.bridge.frame.height - 2}
        assert session.app.focused is panel.query_one("#churn-rate")


async def test_a_period_of_a_rate_opens_whom_it_is_about(shop):
    async with whole(shop, "2") as session:
        panel = session.app.screen.panel
        lost = panel.answer.bridge.frame["lost"].to_list()
        row = max(row for row, count in enumerate(lost) if count)
        await session.press(*["["] * (panel.query_one("#churn-rate", Chart).cursor - row), "enter")
        assert opened(session) == lost[row]
        await session.press("escape", "tab", "enter")
        assert opened(session) == panel.answer.bridge.frame.item(row, "retained")


async def test_the_cells_of_a_period_open_to_their_counts(shop):
    async with whole(shop, "2") as session:
        panel = session.app.screen.panel
        table = panel.query_one("#churn-bridge", FiguresTable)
        row = table.cursor_row
        figures = panel.answer.bridge
        table.focus()
        for column in ("customers_start", "churn_low", "retention_rate"):
            table.move_to(row, column)
            await session.press("enter")
            target = figures.opens(table.figure_under(column), row)
            assert opened(session) == figures.frame.item(row, target.name), column
            await session.press("escape")
        table.move_to(row, "period_start")
        await session.press("enter")
        assert session.app.screen.panel is panel
        assert "Nothing stands behind this figure." in session.said


async def test_another_window_opens_too_and_the_one_in_force_is_marked(shop):
    async with whole(shop, "2") as session:
        panel = session.app.screen.panel
        table = panel.query_one("#churn-windows", FiguresTable)
        table.focus()
        await session.settle()
        assert panel.shown()[0].query.name == "churn_by_window"
        assert text(session).count("in force") == 1
        table.move_to(2, "customers_start")
        await session.press("enter")
        assert opened(session) == panel.answer.windows.frame.item(2, "customers_start") > 0


async def test_charts_and_table_look_at_the_same_period(shop):
    async with whole(shop, "2", "left", "left") as session:
        panel = session.app.screen.panel
        table = panel.query_one("#churn-bridge", FiguresTable)
        assert table.cursor_row == panel.query_one("#churn-crr", Chart).cursor
        assert table.cursor_column == "lost"
        table.focus()
        await session.press("down")
        assert {chart.cursor for chart in panel.query(Chart)} == {table.cursor_row}


async def test_another_grain_keeps_the_panel(shop):
    async with whole(shop, "2", "t") as session:
        table = session.app.screen.panel.query_one("#churn-bridge", FiguresTable)
        assert table.columns[0].write(table.cursor_record["period_start"]).isdigit()


async def test_no_rate_yet_says_why():
    with shop_from([("a", "2025-12-01", 10.0), ("b", "2025-12-20", 20.0)]) as shop:
        async with whole(shop, "2") as session:
            assert "No rate yet: Less than 90 days of history" in text(session)


async def test_it_fits_small_terminals(shop):
    async with whole(shop, "2", size=(80, 24)) as session:
        assert "Churn" in text(session)
        for size in ((60, 18), (100, 30)):
            await session.pilot.resize_terminal(*size)
            session.app.screen.panel.query_one("#churn-windows").focus()
            await session.settle()
            assert "in force" in text(session)


async def test_moves_of_two_charts_at_once_come_to_rest_on_one_period(shop):
    async with whole(shop, "2") as session:
        panel = session.app.screen.panel
        charts, table = list(panel.query(Chart)), panel.query_one("#churn-bridge", FiguresTable)
        charts[0].cursor, charts[1].cursor = 0, 2
        table.move_to(1)
        await session.settle()
        (row,) = {chart.cursor for chart in charts}
        assert table.cursor_row == row
