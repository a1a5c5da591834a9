import math

import pytest

from cockpit.ui.widgets.heat_table import EMPTY, HeatCell, HeatGrid, HeatTable
from cockpit.ui.widgets.palette import TEXT_CONTRAST, contrast, palette_of, readable


def triangle(size: int = 30) -> HeatGrid:
    cells = tuple(
        tuple(
            EMPTY
            if month > size - row
            else HeatCell(
                1 / (month + 1), f"{100 // (month + 1)} %", "young" if month == size - row else "normal"
            )
            for month in range(size)
        )
        for row in range(size)
    )
    return HeatGrid(
        tuple(f"Cohort {row}" for row in range(size)),
        tuple(f"m{month}" for month in range(size)),
        cells,
        "Since",
    )


async def test_the_cursor_opens_cells_and_the_view_follows_both_ways(stage):
    app = stage(HeatTable(triangle()))
    async with app.run_test(size=(60, 12)) as pilot:
        table = app.query_one(HeatTable)
        table.focus()
        await pilot.press("down", "right", "enter")
        await pilot.press("end")
        assert "m29" in app.lines()[0] and app.lines()[0].startswith("Since")
        await pilot.press("G", "home")
        assert "Cohort 29" in app.text()
        await pilot.press("g", "end", "down", "down", "enter")
        await pilot.pause()
        opened = [(told.row, told.column) for told in app.heard(HeatTable.CellOpened)]
        assert opened == [(1, 1)]
        assert table.cursor_cell == EMPTY
        assert app.heard(HeatTable.CellMoved)


async def test_a_second_click_opens(stage):
    app = stage(HeatTable(triangle(4)))
    async with app.run_test(size=(60, 12)) as pilot:
        table = app.query_one(HeatTable)
        await pilot.click(HeatTable, offset=(20, 2), times=2)
        await pilot.click(HeatTable, offset=(2, 0))
        await pilot.click(HeatTable, offset=(59, 2))
        await pilot.pause()
        assert [(told.row, told.column) for told in app.heard(HeatTable.CellOpened)] == [table.cursor_at]


async def test_young_cells_are_hatched_and_empty_ones_are_not_coloured(stage):
    app = stage(HeatTable(triangle(3)))
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.pause()
        assert "░" in app.lines()[2]
        assert "·" in app.lines()[3]


def test_the_scale_runs_from_lowest_to_highest_or_as_given():
    cells = ((HeatCell(1.0, "1"), HeatCell(3.0, "3"), HeatCell(math.nan, "?"), HeatCell(None, "n")),)
    grid = HeatGrid(("a",), ("1", "2", "3", "4"), cells)
    assert grid.shares() == ((0.0, 1.0, None, None),)
    assert HeatGrid(("a",), ("1", "2", "3", "4"), cells, low=0, high=2).shares() == ((0.5, 1.0, None, None),)
    assert HeatGrid(("a",), ("1",), ((HeatCell(2.0, "2"),),)).shares() == ((0.5,),)
    with pytest.raises(ValueError, match="1 × 2"):
        HeatGrid(("a",), ("1", "2"), ((EMPTY,),))


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "gruvbox", "solarized-light"])
async def test_text_can_be_read_at_every_heat(stage, theme):
    table = HeatTable(triangle(3))
    app = stage(table)
    async with app.run_test(size=(60, 8)):
        app.theme = theme
        palette = palette_of(table)
        for step in range(11):
            back = palette.scale(step / 10, palette.series[0])
            assert contrast(readable(palette.foreground, back), back) >= TEXT_CONTRAST


async def test_nothing_and_hostile_names(stage):
    app = stage(HeatTable(empty="No cohort yet."))
    async with app.run_test(size=(40, 6)) as pilot:
        table = app.query_one(HeatTable)
        table.focus()
        await pilot.press("down", "enter", "end")
        assert "No cohort yet." in app.text()
        assert table.cursor_cell is None
        table.show(HeatGrid(("\x1b[2J",), ("\x07[b]",), ((HeatCell(1.0, "\x9b1"),),), corner="\x1b"))
        await pilot.pause()
        assert not any(char in app.text() for char in "\x1b\x07\x9b")
        assert "␛[2J" in app.text() and "␇[b]" in app.text()


async def test_the_place_is_kept_as_far_as_there_are_cells(stage):
    app = stage(HeatTable(triangle()))
    async with app.run_test(size=(60, 12)) as pilot:
        table = app.query_one(HeatTable)
        table.focus()
        await pilot.press("G", "end")
        table.show(triangle(5), keep_place=True)
        assert table.cursor_at == (4, 4)
        table.show(triangle(5))
        assert table.cursor_at == (0, 0)
