import polars as pl
import pytest

from cockpit.ui.widgets import searching, virtual_table
from cockpit.ui.widgets.table_rows import PAGE_ROWS
from cockpit.ui.widgets.virtual_table import KEYS, Column, VirtualTable

COLUMNS = (
    Column("name", "Customer"),
    Column("value", "Value", align="right", format=lambda value: f"{value:,.0f}"),
    Column("city", "City"),
)
FRAME = pl.DataFrame(
    {
        "name": [f"Customer {number:03}" for number in range(200)],
        "value": [float(number * 37 % 200) for number in range(200)],
        "city": ["Oslo" if number % 3 else "名古屋" for number in range(200)],
        "key": list(range(1000, 1200)),
    }
)


async def shown(app, pilot, **kwargs) -> VirtualTable:
    table = app.query_one(VirtualTable)
    table.show(FRAME, COLUMNS, **kwargs)
    table.focus()
    await pilot.pause()
    return table


async def test_keys_move_the_cursor_and_the_view_follows(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(50, 12)) as pilot:
        table = await shown(app, pilot)
        await pilot.press("down", "j", "l")
        assert table.cursor_at == (2, 1)
        assert table.cursor_value == 74.0
        assert table.cursor_text == "74"
        await pilot.press("G")
        assert table.cursor_row == 199
        assert "Customer 199" in app.text()
        await pilot.press("g", "ctrl+d", "pagedown", "ctrl+u", "pageup", "end")
        assert table.cursor_at == (0, 2)
        await pilot.press("home", "k", "h", "up", "left")
        assert table.cursor_at == (0, 0)
        moved = app.heard(VirtualTable.CursorMoved)[-1]
        assert (moved.row, moved.column, moved.control) == (0, "name", table)


async def test_enter_and_a_second_click_open_the_cell(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(50, 12)) as pilot:
        await shown(app, pilot)
        await pilot.press("down", "enter")
        await pilot.click(VirtualTable, offset=(4, 5), times=2)
        await pilot.pause()
        assert [(told.row, told.column) for told in app.heard(VirtualTable.Opened)] == [
            (1, "name"),
            (4, "name"),
        ]


async def test_sorting_by_key_and_by_header_shows_an_arrow(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        await pilot.press("l", "s")
        assert table.sorted_by == ("value", True)
        assert "Value ▼" in app.lines()[0]
        assert table.index.to_list()[:2] == FRAME["value"].arg_sort(descending=True).to_list()[:2]
        await pilot.press("s")
        assert "Value ▲" in app.lines()[0]
        await pilot.click(VirtualTable, offset=(5, 0))
        await pilot.pause()
        assert table.sorted_by == ("name", False)
        assert [told.column for told in app.heard(VirtualTable.HeaderChosen)] == ["name"]
        assert len(app.heard(VirtualTable.Sorted)) == 3


async def test_marks_stay_with_their_rows(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        await pilot.press("space", "down", "space")
        assert table.marked_rows.to_list() == [0, 2]
        assert "●" in app.text()
        table.sort("value", True)
        assert sorted(table.marked_rows.to_list()) == [0, 2]
        await pilot.press("*")
        assert len(table.marked_rows) == 198
        await pilot.click(VirtualTable, offset=(0, 1))
        await pilot.press("u")
        assert [told.count for told in app.heard(VirtualTable.MarksChanged)] == [1, 2, 198, 197, 0]


async def test_search_goes_round_the_matches(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        table.search("customer 15")
        assert table.cursor_row == 150
        await pilot.press("n", "n", "N")
        assert table.cursor_row == 151
        await pilot.press("N", "N")
        assert table.cursor_row == 159
        await pilot.press("n")
        assert table.cursor_row == 150
        table.sort("name", True)
        await pilot.press("n")
        assert table.cursor_row == 159
        table.search("nobody")
        await pilot.pause()
        told = app.heard(VirtualTable.Searched)
        assert (told[0].hits, told[0].at, told[-1].hits, told[-1].at) == (10, 1, 0, 0)


async def test_a_long_list_is_sorted_and_searched_aside(stage, monkeypatch):
    for module in (virtual_table, searching):
        monkeypatch.setattr(module, "AT_ONCE_ROWS", 10)
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        table.sort("name", True)
        table.sort("value", False)
        await app.workers.wait_for_complete()
        await pilot.pause()
        table.search("Customer 199")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert table.index.to_list()[1] == FRAME["value"].arg_sort().to_list()[1]
        assert table.cursor_row == 199
        assert [told.column for told in app.heard(VirtualTable.Sorted)] == ["value"]


async def test_the_place_is_kept_when_the_frame_changes(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        table.sort("value", True)
        await pilot.press("down", "down", "space", "l")
        key = table.cursor_record["key"]
        table.show(FRAME.reverse(), COLUMNS, keep_place=True, key="key")
        await pilot.pause()
        assert table.sorted_by == ("value", True)
        assert table.cursor_record["key"] == key
        assert table.cursor_column == "value"
        assert len(table.marked_rows) == 1
        table.show(FRAME, COLUMNS)
        assert (table.cursor_at, table.sorted_by, len(table.marked_rows)) == ((0, 0), None, 0)


async def test_the_first_column_stays_while_the_others_scroll(stage):
    wide = FRAME.with_columns(pl.col("value").alias("w1"), pl.col("value").alias("w2"))
    columns = (*COLUMNS, Column("w1", "First", width=14), Column("w2", "Second", width=14))
    app = stage(VirtualTable())
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(VirtualTable)
        table.show(wide, columns)
        table.focus()
        await pilot.press("end")
        header = app.lines()[0]
        assert "Customer" in header and "Second" in header and "Value" not in header
        await pilot.press("home")
        assert "Value" in app.lines()[0]
        assert all(len(line.rstrip()) <= 40 for line in app.lines())


async def test_hostile_and_wide_text_keeps_to_its_cell(stage):
    frame = pl.DataFrame(
        {"name": ["\x1b]0;owned\x07[bold]x[/]", "[@click=app.quit]名前" * 9, None], "n": [1, 2, None]}
    )
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 8)) as pilot:
        table = app.query_one(VirtualTable)
        table.show(frame, (Column("name", "\x1bName"), Column("n", "N", align="right")))
        await pilot.pause()
        assert "\x1b" not in app.text() and "\x07" not in app.text()
        assert "␛]0;owned␇[bold]x[/]" in app.text()
        assert "…" in app.lines()[2]
        assert "–" in app.lines()[3]


async def test_an_empty_table_says_so(stage):
    app = stage(VirtualTable(empty="No customer is at risk."))
    async with app.run_test(size=(60, 8)) as pilot:
        table = app.query_one(VirtualTable)
        await pilot.pause()
        assert "No customer is at risk." in app.text()
        table.show(FRAME.head(0), COLUMNS)
        table.focus()
        await pilot.press("down", "enter", "space", "*", "s", "G", "n")
        table.search("x")
        assert table.cursor_value is None
        assert table.cursor_record == {}
        assert "No customer is at risk." in app.text()
        assert app.heard(VirtualTable.Opened) == []


async def test_a_row_can_be_gone_to(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot, index=pl.Series([5, 3, 1], dtype=pl.UInt32))
        table.move_to(3, "city")
        assert table.cursor_at == (1, 2)
        table.move_to(4)
        assert table.cursor_at == (1, 2)
        assert table.row_count == 3


async def test_a_theme_recolours_what_is_shown(stage):
    app = stage(VirtualTable())
    async with app.run_test(size=(60, 12)) as pilot:
        table = await shown(app, pilot)
        dark = table.render_line(3)
        app.theme = "textual-light"
        await pilot.pause()
        assert list(table.render_line(3)) != list(dark)


async def test_of_a_million_rows_only_those_around_a_screen_are_fetched(stage, monkeypatch):
    count = 1_000_000
    frame = pl.select(pl.int_range(count).alias("n"), pl.int_range(count).cast(pl.String).alias("name"))
    columns = (Column("name", "Name"), Column("n", "N", align="right"))
    app = stage(VirtualTable())
    async with app.run_test(size=(120, 50)) as pilot:
        table = app.query_one(VirtualTable)
        table.show(frame, columns)
        await pilot.pause()
        fetched = []
        fetch = pl.DataFrame.rows
        monkeypatch.setattr(
            pl.DataFrame, "rows", lambda part, *more: fetched.append(part.height) or fetch(part, *more)
        )
        for row in (333_333, 555_555, 777_777):
            table.go(row, 0)
            for y in range(50):
                table.render_line(y)
        assert 3 * 50 <= sum(fetched) <= 3 * 2 * PAGE_ROWS


def test_every_key_has_an_id_and_a_sentence():
    assert all(binding.id and binding.description and binding.tooltip for binding in KEYS)
    assert len({binding.id for binding in KEYS}) == len(KEYS)
    keys = [key for binding in KEYS for key in binding.key.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (20, 4)])
async def test_a_tiny_room_breaks_nothing(stage, size):
    app = stage(VirtualTable())
    async with app.run_test(size=size) as pilot:
        await shown(app, pilot)
        await pilot.press("down", "end", "G")
