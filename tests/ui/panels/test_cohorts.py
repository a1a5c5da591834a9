import pytest

from cockpit.ui.panels.heat import triangle
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import SwitchLine
from cockpit.ui.panels.waiting import at_mark, curve_points
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.heat_table import HeatTable
from cockpit.ui.widgets.ranked_bars import RankedBars
from tests.shops import shop_from
from tests.ui.whole import text, whole

LATER, EARLIER = "greater_than_sign", "less_than_sign"


def opened(session):
    assert isinstance(session.app.screen, ListScreen)
    return session.app.screen.listing.frame.height


@pytest.fixture(scope="module")
def two_cohorts():
    """Two of January, of whom one is back in February and one in March; one of February, back in May."""
    purchases = [
        ("ann", "2025-01-10", 10.0), ("ann", "2025-02-10", 30.0),
        ("bob", "2025-01-20", 20.0), ("bob", "2025-03-20", 20.0),
        ("cat", "2025-02-01", 40.0), ("cat", "2025-05-15", 40.0),
    ]  # fmt: skip
    with shop_from(purchases, period="month") as shop:
        yield shop


def drawn(shop, column, query="cohorts"):
    from cockpit.formats import Formatter

    averages = {"cohorts": "cohort_averages", "cohorts_by_days": "cohort_averages_by_days"}
    return triangle(shop.panel(query), shop.panel(averages[query]), column, Formatter())


def test_the_triangle_has_sizes_periods_since_and_averages(two_cohorts):
    shown = drawn(two_cohorts, "returned_share")
    assert shown.grid.rows == ("average", "Jan\u00a02025", "Feb\u00a02025")
    assert shown.grid.columns == ("size", "+1", "+2", "+3", "+4")
    assert [cell.text for cell in shown.grid.cells[1]] == ["2", "50.0%", "50.0%", "0.0%", ""]
    assert [cell.state for cell in shown.grid.cells[1]][-1] == "young"
    assert [cell.state for cell in shown.grid.cells[2]] == ["normal", "normal", "normal", "young", "empty"]


def test_averages_take_cohorts_that_have_lived_through_the_period_on_both_sides(two_cohorts):
    averages = two_cohorts.panel("cohort_averages").frame
    assert averages.select("k", "cohorts", "size", "returned", "repurchased").rows() == [
        (0, 2, 3, 3, 0),
        (1, 2, 3, 1, 1),
        (2, 2, 3, 1, 2),
        (3, 1, 2, 0, 2),
    ]
    assert averages["value_per_customer"].to_list() == pytest.approx([70 / 3, 100 / 3, 40, 40])


def test_thirty_days_since_the_own_first_purchase(two_cohorts):
    shown = drawn(two_cohorts, "repurchased_share", "cohorts_by_days")
    assert shown.grid.columns[1:4] == ("0–29", "30–59", "60–89")
    assert [cell.text for cell in shown.grid.cells[1]][:4] == ["2", "0.0%", "100.0%", "100.0%"]
    assert [cell.state for cell in shown.grid.cells[2]][1:5] == ["normal", "normal", "normal", "young"]


def test_a_cohort_of_few_does_not_set_the_colours():
    many = [(f"c{n}", "2025-01-05", 10.0) for n in range(40)] + [("c0", "2025-02-05", 10.0)]
    with shop_from(
        [*many, ("x", "2025-02-01", 10.0), ("x", "2025-03-01", 10.0), ("y", "2025-04-30", 1.0)],
        period="month",
    ) as shop:
        assert drawn(shop, "returned_share").grid.high == pytest.approx(1 / 40)


async def test_every_cell_opens_to_its_count(shop):
    async with whole(shop, "3") as session:
        panel = session.app.screen.panel
        heat = panel.query_one(HeatTable)
        assert session.app.focused is heat
        for row, column in ((0, 1), (1, 0), (1, 1), (2, 2)):
            figures, name, at = panel._triangle.places[row, column]
            heat.go(row, column)
            await session.press("enter")
            assert opened(session) == figures.frame.item(at, figures.query.figure(name).name)
            await session.press("escape")
            assert session.app.screen.panel is panel


async def test_the_chart_shows_the_cohort_of_the_cursor_beside_the_average(shop):
    async with whole(shop, "3", "down") as session:
        panel = session.app.screen.panel
        heat, chart = panel.query_one(HeatTable), panel.query_one("#cohorts-lines", Chart)
        row = heat.cursor_at[0]
        assert [series.name for series in chart.spec.series] == [heat.grid.rows[row], "average"]
        chart.focus()
        await session.press("home", "enter")
        figures, name, at = panel._triangle.places[row, 1]
        assert opened(session) == figures.frame.item(at, figures.query.figure(name).name)


async def test_views_measures_and_times_are_turned_by_keys_and_clicks(shop):
    async with whole(shop, "3") as session:
        panel = session.app.screen.panel
        assert panel.column == "returned_share"
        await session.press(LATER, LATER)
        assert panel.column == "retained_share"
        await session.press("m", "m")
        assert panel.column == "orders_per_customer"
        await session.press("b")
        assert panel.shown()[0].query.name == "cohorts_by_days"
        assert "░" in text(session)
        await session.press(EARLIER)
        assert panel.column == "repurchased_share"
        line = panel.query_one(SwitchLine)
        x = sum(len(piece.text) for piece in line._pieces()[:1]) + 3
        await session.pilot.click(line, offset=(x, 0))
        await session.settle()
        assert panel.column == "returned_share"


async def test_what_is_there_is_not_asked_again(shop):
    async with whole(shop, "3") as session:
        panel = session.app.screen.panel
        first = panel.figures("cohorts")
        await session.press(EARLIER, LATER)
        assert panel.figures("cohorts") is first
        await session.press("t")
        assert panel.figures("cohorts") is not first


async def test_funnel_curve_and_marks_open(shop):
    async with whole(shop, "3", EARLIER) as session:
        panel = session.app.screen.panel
        funnel, waiting = panel.figures("order_funnel"), panel.figures("second_order")
        assert session.app.focused is panel.query_one("#cohorts-funnel", RankedBars)
        await session.press("enter")
        assert opened(session) == funnel.frame.item(0, "made_next")
        await session.press("escape")
        panel.query_one("#cohorts-marks").focus()
        await session.press("down", "enter")
        assert opened(session) == waiting.frame.item(at_mark(waiting, 60), "returned_by")
        await session.press("escape")
        table = panel.query_one("#cohorts-funnel-table", FiguresTable)
        table.focus()
        table.move_to(1, "customers")
        await session.press("enter")
        assert opened(session) == funnel.frame.item(1, "customers")


async def test_the_point_under_the_cursor_opens_who_had_returned_by_then(shop):
    async with whole(shop, "3", EARLIER) as session:
        panel = session.app.screen.panel
        chart, waiting = panel.query_one("#cohorts-waiting", Chart), panel.figures("second_order")
        chart.focus()
        await session.press("end", "enter")
        row = curve_points(waiting)[-1][1]
        assert opened(session) == waiting.frame.item(row, "returned_by")


def test_the_curve_begins_at_nought_and_marks_beyond_what_was_seen_are_not_known(two_cohorts):
    waiting = two_cohorts.panel("second_order")
    assert waiting.frame["days"].to_list() == [31, 59, 103]
    assert curve_points(waiting)[0] == (0, None)
    assert [at_mark(waiting, days) for days in (30, 60, 90, 180)] == [None, 1, 1, None]


async def test_one_purchase_each_is_a_shop_too():
    purchases = [(f"c{n}", f"2025-{1 + n % 4:02}-10", 10.0) for n in range(8)]
    with shop_from(purchases) as shop:
        async with whole(shop, "3", LATER, LATER, LATER) as session:
            assert "1 → 2" in text(session)
            assert session.app.screen.panel.state == "ready"


async def test_it_fits_small_terminals(shop):
    async with whole(shop, "3", size=(80, 24)) as session:
        panel = session.app.screen.panel
        assert "average" in text(session)
        for size in ((60, 18), (100, 30)):
            await session.pilot.resize_terminal(*size)
            await session.settle()
            assert "average" in text(session)
        await session.press(EARLIER)
        panel.query_one("#cohorts-marks").focus()
        await session.settle()
        assert "within 90 days" in text(session)


async def test_a_move_in_the_triangle_that_comes_after_the_view_was_turned_does_nothing(shop):
    async with whole(shop, "3") as session:
        panel = session.app.screen.panel
        heat, lines = panel.query_one(HeatTable), panel.query_one("#cohorts-lines", Chart)
        await session.press("<")
        panel.post_message(HeatTable.CellMoved(heat, 99, 99))
        panel.post_message(Chart.PeriodOpened(lines, 99, "no such cohort"))
        panel.post_message(Chart.PeriodOpened(panel.query_one("#cohorts-waiting", Chart), 9999, ""))
        await session.settle()
        assert session.app.screen.panel is panel
        assert session.app.is_running
