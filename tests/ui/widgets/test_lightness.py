"""What a widget does for one picture: counted, never timed."""

import datetime as dt

import polars as pl
from rich.segment import Segment
from rich.style import Style
from textual.containers import Vertical
from textual.content import Content
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from cockpit.ui.widgets import dimming, sight
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.dimming import DIMMED, dim
from cockpit.ui.widgets.table_lines import Column, Layout, joined
from cockpit.ui.widgets.table_written import Written
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import VirtualTable

ROWS = 500
FRAME = pl.DataFrame(
    {"name": [f"c{number}" for number in range(ROWS)], "worth": [n / 7 for n in range(ROWS)]}
)


async def _table(app, pilot, columns) -> VirtualTable:
    table = app.query_one(VirtualTable)
    table.show(FRAME, columns)
    table.focus()
    await pilot.pause()
    app.lines()
    return table


async def test_a_page_writes_the_rows_that_it_brings_and_each_once(stage):
    written: list[float] = []
    columns = (
        Column("name", "Name"),
        Column("worth", "Worth", format=lambda v: written.append(v) or f"{v:.2f}"),
    )
    app = stage(VirtualTable())
    async with app.run_test(size=(50, 12)) as pilot:
        await _table(app, pilot, columns)
        await pilot.press("pagedown")
        app.lines()
        written.clear()
        for _page in range(3):
            await pilot.press("pagedown")
            app.lines()
        assert len(written) == len(set(written)) == 3 * 10
        written.clear()
        await pilot.press("up", "down", "pageup")
        app.lines()
        assert written == []


async def test_a_picture_looks_up_its_colours_once_for_all_lines(stage, monkeypatch):
    looked: list[object] = []
    palette_of = sight.palette_of
    monkeypatch.setattr(sight, "palette_of", lambda widget: looked.append(widget) or palette_of(widget))
    app = stage(VirtualTable())
    async with app.run_test(size=(50, 40)) as pilot:
        table = await _table(app, pilot, (Column("name", "Name"),))
        looked.clear()
        table.refresh()
        table.render_lines(table.size.region)
        assert len(looked) == 1
        table.render_line(3)
        assert len(looked) == 2


def test_a_day_is_written_once_and_an_amount_as_often_as_it_comes():
    written: list[object] = []
    column = Column("value", "Value", format=lambda value: written.append(value) or str(value))
    cells = Written(Layout.of((column,), [["x" * 12]], frozen=True))
    day = dt.date(2025, 12, 31)
    assert cells.cell(0, day) == cells.cell(0, dt.date(2025, 12, 31))
    assert cells.cell(0, True) != cells.cell(0, 1)
    assert cells.cell(0, 0.0) != cells.cell(0, -0.0)
    assert cells.cell(0, [1]) == cells.cell(0, [1])
    assert written[1:] == [day, True, 1, 0.0, -0.0, [1], [1]]


def test_neighbours_of_one_style_are_one():
    bold, plain = Style(bold=True), Style()
    cells = [Segment("a", bold), Segment("b", bold), Segment("c", plain), Segment("d", bold)]
    assert joined(cells) == [Segment("ab", bold), Segment("c", plain), Segment("d", bold)]


async def test_words_that_take_the_same_room_do_not_move_the_screen(stage, monkeypatch):
    laid_out: list[object] = []
    app = stage(Static(Content("one"), id="line"), Static("below"))
    async with app.run_test(size=(12, 6)) as pilot:
        refresh = Screen._refresh_layout
        monkeypatch.setattr(
            Screen,
            "_refresh_layout",
            lambda *asked, **more: laid_out.append(asked) or refresh(*asked, **more),
        )
        line = app.query_one("#line", Static)
        moving = {"one": False, "two": False, "more than twelve": True, "as much as before": False, "": True}
        for said, moves in moving.items():
            laid_out.clear()
            tell(line, Content(said))
            await pilot.pause()
            assert bool(laid_out) is moves, said
            assert line.content.plain == said
        tell(line, Content("two"))
        await pilot.pause()
        tell(line, Content.styled("two", "bold"))
        await pilot.pause()
        assert line.content.spans
        assert app.lines()[1].startswith("below")


async def test_dimming_asks_no_rule(stage, monkeypatch):
    monkeypatch.setattr(dimming, "PATIENCE", 0.001)
    asked: list[object] = []
    app = stage(Vertical(Static("one"), Static("two"), id="box"))
    async with app.run_test(size=(12, 6)) as pilot:
        box = app.query_one("#box")
        await pilot.pause()
        apply = Stylesheet.apply
        monkeypatch.setattr(
            Stylesheet, "apply", lambda sheet, node, **more: asked.append(node) or apply(sheet, node, **more)
        )
        before = app.screen._compositor.render_strips(app.size)
        dim(box, True)
        await pilot.pause(0.05)
        assert box.query(Static).first().opacity == DIMMED
        assert app.screen._compositor.render_strips(app.size) != before
        dim(box, False)
        await pilot.pause()
        assert box.query(Static).first().opacity == 1.0
        assert app.screen._compositor.render_strips(app.size) == before
        assert asked == []


async def test_what_is_answered_at_once_is_not_dimmed(stage, monkeypatch):
    monkeypatch.setattr(dimming, "PATIENCE", 0.02)
    app = stage(Vertical(Static("one"), id="box"))
    async with app.run_test(size=(12, 6)) as pilot:
        box = app.query_one("#box")
        dim(box, True)
        assert box.opacity == 1.0
        dim(box, False)
        await pilot.pause(0.1)
        assert box.opacity == 1.0
        dim(box, True)
        dim(box, True)
        await pilot.pause(0.1)
        assert box.opacity == DIMMED
        dim(box, False)
        assert box.opacity == 1.0


async def test_a_timer_that_was_due_when_the_answer_came_dims_nothing(stage, monkeypatch):
    monkeypatch.setattr(dimming, "PATIENCE", 60.0)
    due = []
    monkeypatch.setattr(
        Vertical, "set_timer", lambda self, after, call: due.append(call) or Timer(self, after)
    )
    app = stage(Vertical(Static("one"), id="box"))
    async with app.run_test(size=(12, 6)):
        box = app.query_one("#box")
        dim(box, True)
        dim(box, False)
        due.pop()()
        assert box.opacity == 1.0


async def test_a_chart_is_drawn_before_the_picture_it_stands_in(stage):
    spec, other = (
        ChartSpec("line", ("Jan", "Feb", "Mar"), (Series("a", values),))
        for values in ((1.0, 3.0, 2.0), (2.0, 1.0, 5.0))
    )
    app = stage(Chart(spec))
    async with app.run_test(size=(60, 16)) as pilot:
        chart = app.query_one(Chart)
        await pilot.pause()
        before = chart._drawn
        chart.render_lines = lambda _crop: []
        chart.show(other)
        await pilot.pause()
        assert chart._drawn is not before
        assert chart._drawn[0][0] == other
        chart.display = False
        await pilot.pause()
        hidden = chart._drawn
        chart.show(spec)
        await pilot.pause()
        assert chart._drawn is hidden


async def test_a_chart_never_seen_has_a_turn_of_its_own_after_the_picture(stage):
    app = stage(Chart(ChartSpec("line", ("Jan", "Feb", "Mar"), (Series("a", (1.0, 3.0, 2.0)),))))
    async with app.run_test(size=(60, 16)) as pilot:
        chart = app.query_one(Chart)
        first = app.screen._compositor.render_strips(app.size)
        assert chart._drawn is None
        assert not any("●" in strip.text for strip in first[1:-1])
        await pilot.pause()
        assert any("●" in strip.text for strip in app.screen._compositor.render_strips(app.size)[1:-1])
