import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.chart import Chart, dots
from cockpit.ui.widgets.chart_frame import frame_for, slot
from cockpit.ui.widgets.chart_spec import ChartSpec, Series, Tick

KINDS = ("line", "step", "stacked", "bars", "horizontal", "histogram")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")


def spec_of(kind: str, **kwargs) -> ChartSpec:
    churn = Series(
        "Churn", (0.05, 0.06, None, 0.07, 0.05, 0.06), texts=("5 %", "6 %", "", "7 %", "5 %", "6 %")
    )
    kept = Series("Kept", (-0.02, 0.04, 0.05, math.nan, -0.01, 0.02))
    return ChartSpec(kind, MONTHS, (churn, kept), title="Churn by month", **kwargs)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_drawn_from_small_to_large(stage, kind):
    app = stage(Chart(spec_of(kind, goal=0.06, goal_label="goal", unfinished=5)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Chart).focus()
        for size in ((30, 6), (12, 3), (3, 3)):
            await pilot.press("left", "right", "up", "down")
            assert "Apr" in app.text() or size != (30, 6)
            await pilot.resize_terminal(*size)
        await pilot.press("home", "end")
        assert len(app.lines()) == 3


async def test_the_cursor_tells_the_values_under_it(stage):
    app = stage(Chart(spec_of("line", unfinished=5)))
    async with app.run_test(size=(80, 16)) as pilot:
        chart = app.query_one(Chart)
        chart.focus()
        await pilot.pause()
        assert chart.cursor == 4
        await pilot.press("left")
        assert "Apr   ● 7 %   ◆ –" in app.lines()[-1]
        await pilot.press("right", "right")
        assert "not over yet" in app.lines()[-1]
        assert "● Churn   ◆ Kept" in app.lines()[0]
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        opened = app.heard(Chart.PeriodOpened)[-1]
        assert (opened.index, opened.series, opened.control) == (0, "Kept", chart)
        assert app.heard(Chart.PeriodMoved)


async def test_lying_bars_walk_up_and_down(stage):
    app = stage(Chart(spec_of("horizontal", cursor=0)))
    async with app.run_test(size=(60, 16)) as pilot:
        chart = app.query_one(Chart)
        chart.focus()
        await pilot.press("down", "right")
        assert (chart.cursor, chart.chosen) == (1, 1)


async def test_a_click_takes_the_nearest_period_and_twice_opens_it(stage):
    spec = spec_of("bars")
    app = stage(Chart(spec))
    async with app.run_test(size=(70, 16)) as pilot:
        chart = app.query_one(Chart)
        frame = frame_for(spec, *chart.size, chart.cursor)
        await pilot.click(Chart, offset=(slot(frame, 1)[0] + 2, 5), times=2)
        await pilot.pause()
        assert chart.cursor == 1
        assert app.heard(Chart.PeriodOpened)[-1].index == 1


async def test_nothing_to_draw_is_said(stage):
    empty = ChartSpec(
        "line", ("a", "b"), (Series("x", (None, math.inf)),), empty="Too few customers for a curve."
    )
    app = stage(Chart(empty))
    async with app.run_test(size=(40, 8)) as pilot:
        assert "Too few customers for a curve." in app.text()
        app.query_one(Chart).show(ChartSpec("bars", (), ()))
        await pilot.press("left", "enter", "up")
        assert "Nothing to draw yet." in app.text()
        assert app.heard(Chart.PeriodOpened) == []


async def test_the_unfinished_period_is_hatched(stage):
    app = stage(Chart(ChartSpec("bars", ("a", "b"), (Series("x", (4.0, 4.0)),), unfinished=1)))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert "█" in app.text() and "░" in app.text()


async def test_series_differ_without_colour(stage, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = stage(Chart(spec_of("stacked")))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert "█ Churn   ▒ Kept" in app.lines()[0]
        assert "▒" in "".join(app.lines()[1:-1])


async def test_bars_below_zero_hang_from_the_zero_line(stage):
    spec = ChartSpec("stacked", ("a",), (Series("up", (10.0,)), Series("down", (-5.0,))))
    frame = frame_for(spec, 30, 13, 0)
    assert frame.level(0.0) == pytest.approx(round(frame.level(0.0)))
    assert 0 < frame.level(0.0) < 12


async def test_the_place_stays_when_the_data_change(stage):
    app = stage(Chart(spec_of("line")))
    async with app.run_test(size=(60, 16)) as pilot:
        chart = app.query_one(Chart)
        chart.focus()
        await pilot.press("home", "right", "down")
        later = ChartSpec(
            "line", MONTHS[1:], (Series("Kept", (1.0, 2.0, 3.0, 4.0, 5.0)), Series("Else", (1.0,) * 5))
        )
        chart.show(later, keep_place=True)
        assert (chart.cursor, chart.chosen) == (0, 0)
        chart.show(later)
        assert chart.cursor == 4


async def test_labels_and_names_are_data_not_markup(stage):
    hostile = ChartSpec(
        "line",
        ("[@click=app.quit]x[/]", "\x1b[2J", "名前"),
        (Series("[b]\x07", (1.0, 2.0, 3.0)), Series("[/]", (1.0, 1.0, 1.0), texts=("\x1b]0;", "b", "\x9b"))),
        ticks=(Tick(0.0, "\x1b0"), Tick(4.0, "[/]")),
        title="[/nope] \x1b",
        goal=2.0,
        goal_label="\x1b",
    )
    app = stage(Chart(hostile))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert not any(char in app.text() for char in "\x1b\x07\x9b")
        assert "[/nope] ␛" in app.lines()[0]


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark", "nord"])
async def test_a_theme_recolours_chart_and_legend(stage, theme):
    assert theme in BUILTIN_THEMES
    app = stage(Chart(spec_of("stacked")))
    async with app.run_test(size=(60, 16)) as pilot:
        chart = app.query_one(Chart)
        await pilot.pause()
        before = [list(chart.render_line(y)) for y in range(10)]
        app.theme = theme
        await pilot.pause()
        assert [list(chart.render_line(y)) for y in range(10)] != before


async def test_a_crowd_of_periods_is_thinned_or_scrolled(stage):
    many = tuple(float(number % 17) for number in range(2000))
    labels = tuple(map(str, range(2000)))
    for kind in ("line", "bars"):
        app = stage(Chart(ChartSpec(kind, labels, (Series("x", many),))))
        async with app.run_test(size=(60, 12)) as pilot:
            chart = app.query_one(Chart)
            chart.focus()
            await pilot.press("home")
            assert "0" in app.lines()[-2]
            await pilot.press("end")
            assert "1999" in app.lines()[-2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats()), min_size=1, max_size=9),
    st.sampled_from(KINDS),
    st.integers(12, 40),
    st.integers(3, 12),
)
def test_any_numbers_find_a_place_in_the_frame(values, kind, width, height):
    spec = ChartSpec(kind, tuple(map(str, range(len(values)))), (Series("x", tuple(values)),))
    frame = frame_for(spec, width, height, 0)
    for index, value in enumerate(spec.series[0].values):
        if value is not None:
            assert 0 <= frame.row(value) < frame.height
        assert frame.left <= frame.column(spec, index) < width


def test_lines_run_through_the_cells_of_their_values():
    values = tuple(math.sin(number / 3) * 7 + 20 for number in range(40))
    for from_zero in (False, True):
        spec = ChartSpec("line", tuple(map(str, range(40))), (Series("x", values),), from_zero=from_zero)
        frame = frame_for(spec, 100, 30, 0)
        cells = {(x, y) for x, y, _char, _number in dots(spec, frame, [0])}
        missed = [
            index
            for index, value in enumerate(values)
            if (frame.column(spec, index) - frame.left, frame.row(value)) not in cells
        ]
        assert len(missed) <= 2  # a value on the border of two cells may fall to either


def test_a_column_is_filled_to_the_eighth():
    white, black, red = Color(255, 255, 255), Color(0, 0, 0), Color(255, 0, 0)
    canvas = Canvas(1, 3, white, black)
    canvas.columns((0,), 3, [(0.0, 1.5, white), (1.5, 2.25, red)])
    assert [canvas.char_at(0, y) for y in (2, 1, 0)] == ["█", "▄", "▂"]
    canvas = Canvas(1, 3, white, black)
    canvas.columns((0,), 3, [(1.5, 3.0, red)])
    assert [canvas.char_at(0, y) for y in (2, 1, 0)] == [" ", "▄", "█"]
    assert canvas.background_at(0, 1) == red
