import pytest

from cockpit.ui.widgets.tile_map import Tile, TileGrid, TileMap


def five() -> TileGrid:
    return TileGrid(
        tuple((f"R{row}", f"{row} days") for row in range(5)),
        tuple(f"F{column} some purchases" for column in range(5)),
        tuple(
            tuple(Tile(("potential loyalists", str(5 * row + column)), float(column)) for column in range(5))
            for row in range(5)
        ),
        "silent",
    )


async def test_tiles_fill_the_room_and_break_names_between_words(stage):
    app = stage(TileMap(five(), lowest=2))
    async with app.run_test(size=(100, 31)):
        lines = app.lines()
        assert "F4 some" in lines[0]
        assert any("potential" in line and "loyalists" not in line for line in lines)
        assert any("R4" in line for line in lines) and not any("…" in line for line in lines)


async def test_in_a_single_line_stands_the_figure(stage):
    app = stage(TileMap(five(), narrowest=6))
    async with app.run_test(size=(50, 7)):
        assert "24" in app.text() and "potential" not in app.text()


async def test_the_cursor_opens_tiles_and_scrolls_where_there_is_no_room(stage):
    app = stage(TileMap(five(), narrowest=20, lowest=4))
    async with app.run_test(size=(60, 12)) as pilot:
        tiles = app.query_one(TileMap)
        tiles.focus()
        await pilot.press("enter", "G", "end", "enter")
        await pilot.pause()
        assert [(told.row, told.column) for told in app.heard(TileMap.TileOpened)] == [(0, 0), (4, 4)]
        assert "24" in app.text() and "R4" in app.text() and "F4" in app.text()
        assert app.heard(TileMap.TileMoved)


async def test_a_hollow_tile_does_not_open_and_an_empty_map_says_so(stage):
    grid = TileGrid((("a",),), ("b",), ((Tile(("·",), hollow=True),),))
    app = stage(TileMap(grid, empty="No one moved."))
    async with app.run_test(size=(40, 8)) as pilot:
        tiles = app.query_one(TileMap)
        tiles.focus()
        await pilot.press("enter")
        await pilot.pause()
        assert not app.heard(TileMap.TileOpened)
        tiles.show(TileGrid((), (), ()))
        await pilot.pause()
        assert "No one moved." in app.text()


async def test_a_second_click_opens(stage):
    app = stage(TileMap(five()))
    async with app.run_test(size=(100, 31)) as pilot:
        await pilot.click(TileMap, offset=(30, 20), times=2)
        await pilot.click(TileMap, offset=(2, 20))
        await pilot.pause()
        assert len(app.heard(TileMap.TileOpened)) == 1


def test_a_map_needs_a_tile_for_each_place():
    with pytest.raises(ValueError, match="needs a tile"):
        TileGrid((("a",),), ("b", "c"), ((Tile(("1",)),),))
