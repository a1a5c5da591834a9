"""A map of broad tiles coloured by their size: segments, lifecycle, movement between segments."""

import math
from dataclasses import dataclass

from textual import events
from textual.color import Color
from textual.geometry import Size
from textual.strip import Strip

from cockpit.language import gettext as _
from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cell_cursor import CellCursor
from cockpit.ui.widgets.cells import clean, fit, width_of, wrap
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import Palette, Tone, readable
from cockpit.ui.widgets.sight import Sight

NAMES_WIDEST = 22
HEADINGS_HIGHEST = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure and what is written on it, the first line in bold; without a value it is not coloured.

    One that is `hollow` is drawn faintly and does not open.
    """

    lines: tuple[str, ...]
    value: float | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Tiles by row and column; a name of a row is one or more lines, a heading is broken between words.

    `tone` is the colour of the highest value; `corner` stands above the names of the rows.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    tiles: tuple[tuple[Tile, ...], ...]
    corner: str = ""
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        """As many tiles as rows and columns say."""
        if len(self.tiles) != len(self.rows) or any(len(row) != len(self.columns) for row in self.tiles):
            raise ValueError(f"a map of {len(self.rows)} × {len(self.columns)} needs a tile for each")

    @property
    def highest(self) -> float:
        """The value that has the full colour."""
        values = (tile.value for row in self.tiles for tile in row)
        return max((value for value in values if value is not None and math.isfinite(value)), default=0.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes in cells: names of rows, lines of headings, tiles with the gap to the next."""

    names: int
    headings: int
    width: int
    height: int


class TileMap(CellCursor):
    """Draws a `TileGrid` into the room there is, and scrolls only where that is too little."""

    @dataclass
    class TileOpened(WidgetMessage):
        """A tile was chosen: its row and column, from 0."""

        row: int
        column: int

    @dataclass
    class TileMoved(WidgetMessage):
        """The cursor stands on another tile."""

        row: int
        column: int

    def __init__(
        self,
        grid: TileGrid | None = None,
        *,
        narrowest: int = 8,
        lowest: int = 1,
        highest: int = 6,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty or _("Nothing to show.")
        self.grid = grid or TileGrid((), (), ())
        self._narrowest, self._lowest, self._highest = narrowest, lowest, highest
        self._drawn: tuple[object, list[Strip]] | None = None
        self._planned: tuple[object, Plan] | None = None
        self._seen: tuple[Sight, Plan] | None = None

    def show(self, grid: TileGrid, *, keep_place: bool = False) -> None:
        """Show another map; with `keep_place` the cursor stays where it is, as far as there are tiles."""
        row, column = self.cursor_at if keep_place else (0, 0)
        self.grid = grid
        self.set_reactive(TileMap.cursor_at, (0, 0))
        self.on_resize()
        self.go(row, column)
        self.refresh()

    # The cursor

    def shape(self) -> tuple[int, int]:
        """Rows and columns of tiles."""
        return len(self.grid.rows), len(self.grid.columns)

    def plan(self) -> Plan:
        """How the room is divided."""
        key = (self.grid, self.size)
        if self._planned is None or self._planned[0] != key:
            self._planned = key, self._plan()
        return self._planned[1]

    def _plan(self) -> Plan:
        rows, columns = self.shape()
        names = [width_of(clean(line)) for name in (*self.grid.rows, (self.grid.corner,)) for line in name]
        kept = min(NAMES_WIDEST, max(names, default=0)) + 2
        size = self.size
        width = max(self._narrowest, (size.width - kept) // max(1, columns))
        broken = [wrap(clean(heading), width - 1) for heading in self.grid.columns]
        headings = min(HEADINGS_HIGHEST, max(map(len, broken), default=1))
        room = (size.height - headings) // max(1, rows)
        return Plan(kept, headings, width, max(self._lowest, min(self._highest, room)))

    def on_resize(self) -> None:
        """Measure anew, and keep the cursor in view."""
        plan = self.plan()
        rows, columns = self.shape()
        size = Size(plan.names + plan.width * columns, plan.headings + plan.height * rows)
        self.virtual_size = size if self.size and all(self.shape()) else Size(0, 0)
        self.keep_in_view()

    def scroll_x_for(self, column: int, width: int) -> float:
        """The sideways scroll that has `column` beside the names."""
        plan = self.plan()
        left = column * plan.width
        return max(0, min(max(self.scroll_target_x, left + plan.width - (width - plan.names)), left))

    def keep_in_view(self) -> None:
        """Scroll no further than needed to show the cursor's tile."""
        size = self.scrollable_content_region.size
        if not size or not all(self.shape()):
            return
        plan = self.plan()
        row, column = self.cursor_at
        top = row * plan.height
        y = min(max(self.scroll_target_y, top + plan.height - (size.height - plan.headings)), top)
        x = self.scroll_x_for(column, size.width)
        self.scroll_to(x, max(0, y), animate=False, force=True, immediate=True)

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        self.post_message(self.TileMoved(self, *self.cursor_at))

    @property
    def cursor_tile(self) -> Tile | None:
        """The tile under the cursor."""
        row, column = self.cursor_at
        return self.grid.tiles[row][column] if all(self.shape()) else None

    def action_open(self) -> None:
        """Open the tile under the cursor, unless it is hollow."""
        tile = self.cursor_tile
        if tile is not None and not tile.hollow:
            self.post_message(self.TileOpened(self, *self.cursor_at))

    def action_page(self, screens: float) -> None:
        """Go to the first or last row: a map is about a screen."""
        self.action_row("last" if screens > 0 else "first")

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the tile; the second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        plan = self.plan()
        row = (offset.y - plan.headings + self.scroll_offset.y) // plan.height
        column = (offset.x - plan.names + self.scroll_offset.x) // plan.width
        rows, columns = self.shape()
        if offset.y >= plan.headings and offset.x >= plan.names and row < rows and column < columns:
            self.go(row, column)
            if event.chain == 2:
                self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The line `y` of what is in view; headings and names of rows stay while the tiles scroll."""
        sight = self.sight
        plan, strips = self._picture(sight)
        width = sight.width
        line = y if y < plan.headings else y + sight.top
        if line >= len(strips):
            return Strip.blank(width, sight.beneath)
        drawn = strips[line]
        names = min(plan.names, width)
        x = plan.names + sight.left
        if not sight.left and names == plan.names and drawn.cell_length <= width:
            return drawn.extend_cell_length(width, sight.beneath)
        moving = drawn.crop_extend(x, x + width - names, sight.beneath)
        return Strip.join([drawn.crop(0, names), moving])

    def _picture(self, sight: Sight) -> tuple[Plan, list[Strip]]:
        """The plan and all its lines, which are asked for once in a picture."""
        if self._seen is None or self._seen[0] is not sight:
            key = (self.grid, self.size, sight.palette, self.cursor_at, sight.focused)
            if self._drawn is None or self._drawn[0] != key:
                self._drawn = key, self._draw(sight.palette).strips()
            self._seen = sight, self.plan()
        assert self._drawn is not None
        return self._seen[1], self._drawn[1]

    def _draw(self, palette: Palette) -> Canvas:
        plan, (rows, columns) = self.plan(), self.shape()
        if not rows or not columns:
            canvas = Canvas(self.size.width, max(2, self.size.height), palette.foreground, palette.background)
            canvas.write(1, 1, self.empty, palette.muted)
            return canvas
        width, height = plan.names + plan.width * columns, plan.headings + plan.height * rows
        canvas = Canvas(width, height, palette.foreground, palette.background)
        self._draw_names(canvas, plan, palette)
        highest = self.grid.highest
        for row in range(rows):
            for column in range(columns):
                self._draw_tile(canvas, plan, palette, (row, column), highest)
        return canvas

    def _draw_names(self, canvas: Canvas, plan: Plan, palette: Palette) -> None:
        at_row, at_column = self.cursor_at
        canvas.write(0, plan.headings - 1, fit(clean(self.grid.corner), plan.names - 1), palette.muted)
        for column, heading in enumerate(self.grid.columns):
            here = column == at_column
            lines = wrap(clean(heading), plan.width - 1)[: plan.headings]
            for y, line in enumerate(lines, start=plan.headings - len(lines)):
                x = plan.names + column * plan.width + 1
                canvas.write(x, y, line, palette.foreground if here else palette.muted, bold=here)
        for row, name in enumerate(self.grid.rows):
            here = row == at_row
            shown = name[: plan.height]
            top = plan.headings + row * plan.height + _margin(plan.height, len(shown))
            for y, line in enumerate(shown, start=top):
                colour = palette.foreground if here else palette.muted
                canvas.write(0, y, fit(clean(line), plan.names - 1), colour, bold=here)

    def _draw_tile(
        self, canvas: Canvas, plan: Plan, palette: Palette, at: tuple[int, int], highest: float
    ) -> None:
        tile = self.grid.tiles[at[0]][at[1]]
        back = self._background(tile, at, palette, highest)
        left, top = plan.names + at[1] * plan.width, plan.headings + at[0] * plan.height
        high = plan.height - 1 if plan.height >= 4 else plan.height
        for y in range(top, top + high):
            for x in range(left, left + plan.width - 1):
                canvas.tint(x, y, back)
        colour = palette.faint if tile.hollow else readable(palette.foreground, back)
        bold, text = _fitted(tile.lines, plan.width - 2, high)
        for number, line in enumerate(text):
            y = top + _margin(high, len(text)) + number
            canvas.write(left + 1, y, line, colour, bold=number < bold)

    def _background(self, tile: Tile, at: tuple[int, int], palette: Palette, highest: float) -> Color:
        if at == self.cursor_at:
            return palette.pointer if self.has_focus else palette.cursor_blurred
        if tile.value is None or not math.isfinite(tile.value) or highest <= 0:
            return palette.background
        hot = palette.series[0] if self.grid.tone == "plain" else palette.tone(self.grid.tone)
        return palette.scale(tile.value / highest, hot)


def _margin(height: int, lines: int) -> int:
    """Lines left free above so many lines."""
    return max(0, (height - lines) // 2)


def _fitted(lines: tuple[str, ...], width: int, height: int) -> tuple[int, list[str]]:
    """The lines cut to the room, and how many are bold: the first is broken between words where that fits.

    Where there is a single line, it is the second, the figure.
    """
    kept = [clean(line) for line in lines]
    if height == 1:
        return 1, [fit(kept[min(1, len(kept) - 1)], width)]
    name = wrap(kept[0], width)
    if len(name) + len(kept) - 1 > height:
        name = kept[:1]
    return len(name), [fit(line, width) for line in (*name, *kept[1:])][:height]
