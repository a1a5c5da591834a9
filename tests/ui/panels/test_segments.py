import pytest

from cockpit.ui.panels.segments import SEGMENTS
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.ranked_bars import RankedBars
from cockpit.ui.widgets.tile_map import TileMap
from tests.shops import Order, shop_from
from tests.ui.whole import text, whole

LATER, EARLIER = "greater_than_sign", "less_than_sign"


def opened(session):
    assert isinstance(session.app.screen, ListScreen)
    return session.app.screen.listing.frame


@pytest.fixture(scope="module")
def half_known():
    """Customers of a country, and two of whom it is not known."""
    orders = [
        Order(f"c{n}", f"2025-{month:02}-0{1 + n}", 10.0 * (n + 1), country="NO" if n < 4 else None)
        for n in range(6)
        for month in range(1, 2 + n)
    ]
    with shop_from(orders) as shop:
        yield shop


async def test_a_cell_of_the_map_opens_its_customers_or_their_money(shop):
    async with whole(shop, "5") as session:
        panel = session.app.screen.panel
        rfm = panel.figures("rfm").frame
        tiles = panel.query_one("#segments-rfm", TileMap)
        assert session.app.focused is tiles
        at = max(range(25), key=lambda row: rfm.item(row, "customers"))
        tiles.go(*divmod(at, 5))
        await session.press("enter")
        assert opened(session).height == rfm.item(at, "customers") > 0
        await session.press("escape", "m", "enter")
        assert opened(session)["value"].sum() == pytest.approx(rfm.item(at, "value"))


async def test_names_and_cut_points_stand_on_the_map(shop):
    async with whole(shop, "5") as session:
        shown = text(session)
        assert "R5" in shown and "F5" in shown and "champions" in shown
        cut = session.app.screen.panel.figures("rfm_cuts").frame.row(0, named=True)
        assert f"{cut['silent_from']}–{cut['silent_to']} days" in shown
        assert f"{cut['purchases_from']}–{cut['purchases_to']}" in shown


def test_the_names_are_those_of_the_tables(shop):
    assert set(shop.panel("rfm").frame["segment"]) == set(SEGMENTS)


async def test_the_lifecycle_and_the_cut_points_open(shop):
    async with whole(shop, "5") as session:
        panel = session.app.screen.panel
        lifecycle = panel.figures("lifecycle").frame
        tiles = panel.query_one("#segments-lifecycle", TileMap)
        tiles.focus()
        tiles.go(2, 2)
        await session.press("enter")
        assert opened(session).height == lifecycle.item(8, "customers")
        await session.press("escape")
        table = panel.query_one("#segments-cuts", FiguresTable)
        table.focus()
        table.move_to(0, "recency_customers")
        await session.press("enter")
        assert opened(session).height == panel.figures("rfm_cuts").frame.item(0, "recency_customers")


async def test_what_is_not_known_is_a_line_that_opens(half_known):
    async with whole(half_known, "5", LATER) as session:
        panel = session.app.screen.panel
        table = panel.query_one("#segments-table", FiguresTable)
        assert "not known" in text(session)
        row = panel.figures("segments").frame["bucket"].to_list().index(None)
        table.move_to(row, "bucket")
        await session.press("enter")
        assert opened(session).height == 2
        assert opened(session)["country"].to_list() == [None, None]
        await session.press("escape")
        bars = panel.query_one("#segments-bars", RankedBars)
        bars.focus()
        await session.press("m", "m", "down", "enter")
        assert opened(session).height == panel.figures("segments").frame.item(1, "customers")


async def test_b_leads_to_the_breakdown_by_another_attribute(half_known):
    async with whole(half_known, "5", "b", "end", "enter") as session:
        panel = session.app.screen.panel
        assert panel.by == half_known.dimensions()[-1]
        assert f"Customers by {panel.by}" in text(session)


def test_attributes_in_words_of_which_something_is_known_are_offered(half_known):
    dimensions = half_known.dimensions()
    assert "country" in dimensions and "first_month" in dimensions
    assert not {"channel", "email", "name", "customer_id", "value", "first_day"} & set(dimensions)


async def test_movement_opens_who_moved(shop):
    async with whole(shop, "5", EARLIER) as session:
        panel = session.app.screen.panel
        movement = panel.figures("movement").frame
        tiles = panel.query_one("#segments-movement", TileMap)
        assert session.app.focused is tiles
        place, row = next(iter(panel._moved.items()))
        tiles.go(*place)
        await session.press("enter")
        assert opened(session).height == movement.item(row, "customers")
        await session.press("escape")
        hollow = next(
            (r, c) for r, line in enumerate(tiles.grid.tiles) for c, tile in enumerate(line) if tile.hollow
        )
        tiles.go(*hollow)
        await session.press("enter")
        assert session.app.screen.panel is panel


async def test_no_window_leaves_the_lifecycle_unknown():
    with shop_from([("a", "2025-12-01", 10.0), ("b", "2025-12-20", 20.0)]) as shop:
        async with whole(shop, "5") as session:
            tiles = session.app.screen.panel.query_one("#segments-lifecycle", TileMap).grid.tiles
            assert all(tile.hollow for row in tiles for tile in row)


async def test_it_fits_small_terminals(shop):
    async with whole(shop, "5", size=(80, 24)) as session:
        panel = session.app.screen.panel
        for size in ((80, 24), (60, 18), (100, 30)):
            await session.pilot.resize_terminal(*size)
            panel.query_one("#segments-cuts").focus()
            await session.settle()
            assert "silent to" in text(session)
        await session.press(EARLIER)
        assert "champions" in text(session)
