"""A grid of figures coloured by their size: cohort triangles, RFM maps."""

import math
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.geometry import Size
from textual.strip import Strip

from cockpit.language import gettext as _
from cockpit.ui.widgets.cell_cursor import CellCursor
from cockpit.ui.widgets.cells import clean, cut, fit, width_of
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import Palette, Tone, ink, readable

State = Literal["normal", "young", "empty"]

NAMES_WIDEST = 24
CELL_WIDEST = 14


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure and how it is written; a cell without a value is not coloured, a young one is hatched."""

    value: float | None = None
    text: str = ""
    state: State = "normal"


EMPTY = HeatCell(state="empty")


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """Cells by row and column; `low` and `high` are the ends of the colour scale, else the cells' own.

    `tone` is the colour of the high end; `corner` stands above the names of the rows.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    corner: str = ""
    low: float | None = None
    high: float | None = None
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        """As many cells as rows and columns say."""
        if len(self.cells) != len(self.rows) or any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError(f"a grid of {len(self.rows)} × {len(self.columns)} needs a cell for each")

    def shares(self) -> tuple[tuple[float | None, ...], ...]:
        """Where each cell stands on the scale, 0…1; None without a value."""
        values = [value for row in self.cells for cell in row if (value := _known(cell)) is not None]
        low = min(values, default=0.0) if self.low is None else self.low
        high = max(values, default=0.0) if self.high is None else self.high

        def share(cell: HeatCell) -> float | None:
            value = _known(cell)
            if value is None:
                return None
            return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5

        return tuple(tuple(share(cell) for cell in row) for row in self.cells)


def _known(cell: HeatCell) -> float | None:
    return cell.value if cell.value is not None and math.isfinite(cell.value) else None


class HeatTable(CellCursor):
    """Draws a `HeatGrid` with a cell cursor; names of rows and columns stay while the cells scroll."""

    @dataclass
    class CellOpened(WidgetMessage):
        """A cell was chosen: its row and column, from 0."""

        row: int
        column: int

    @dataclass
    class CellMoved(WidgetMessage):
        """The cursor stands on another cell."""

        row: int
        column: int

    def __init__(
        self,
        grid: HeatGrid | None = None,
        *,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty or _("Nothing to show.")
        self.grid = HeatGrid((), (), ())
        self._shares: tuple[tuple[float | None, ...], ...] = ()
        self._names = 0
        self._cell = 1
        if grid is not None:
            self._take(grid)

    def show(self, grid: HeatGrid, *, keep_place: bool = False) -> None:
        """Show another grid; with `keep_place` the cursor stays where it is, as far as there are cells."""
        row, column = self.cursor_at if keep_place else (0, 0)
        self._take(grid)
        self.set_reactive(HeatTable.cursor_at, (0, 0))
        self.go(row, column)
        self.keep_in_view()
        self.refresh()

    def _take(self, grid: HeatGrid) -> None:
        self.grid = grid
        self._shares = grid.shares()
        names = [width_of(clean(name)) for name in (*grid.rows, grid.corner)]
        texts = [width_of(clean(text)) for text in grid.columns]
        texts += [width_of(clean(cell.text)) for row in grid.cells for cell in row]
        self._names = min(NAMES_WIDEST, max(names)) + 2
        self._cell = min(CELL_WIDEST, max(texts, default=1)) + 2
        self.virtual_size = Size(self._names + self._cell * len(grid.columns), len(grid.rows) + 1)

    # The cursor

    def shape(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return len(self.grid.rows), len(self.grid.columns)

    def scroll_x_for(self, column: int, width: int) -> float:
        """The sideways scroll that has `column` beside the names."""
        left = column * self._cell
        return max(0, min(max(self.scroll_target_x, left + self._cell - (width - self._names)), left))

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        self.post_message(self.CellMoved(self, *self.cursor_at))

    @property
    def cursor_cell(self) -> HeatCell | None:
        """The cell under the cursor."""
        row, column = self.cursor_at
        return self.grid.cells[row][column] if all(self.shape()) else None

    def action_open(self) -> None:
        """Open the cell under the cursor, unless it is empty."""
        cell = self.cursor_cell
        if cell is not None and cell.state != "empty":
            self.post_message(self.CellOpened(self, *self.cursor_at))

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the cell; the second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y - 1 + self.scroll_offset.y
        column = (offset.x - self._names + self.scroll_offset.x) // self._cell
        rows, columns = self.shape()
        if offset.y > 0 and offset.x >= self._names and row < rows and column < columns:
            self.go(row, column)
            if event.chain == 2:
                self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The line `y` of what is in view; line 0 names the columns."""
        sight = self.sight
        palette, width = sight.palette, sight.width
        plain = ink(palette.foreground, palette.background)
        row = y - 1 + sight.top
        rows, columns = self.shape()
        if not rows or not columns:
            if y != min(1, self.size.height - 1):
                return Strip.blank(width, plain)
            sentence = fit(clean(f" {self.empty}"), width)
            return Strip([Segment(sentence, ink(palette.muted, palette.background))], width)
        if y > 0 and row >= rows:
            return Strip.blank(width, plain)
        names = min(self._names, width)
        if y == 0:
            name, cells = self._header(palette)
        else:
            name, cells = self._row(row, palette)
        moving = Strip(cells, columns * self._cell)
        x = sight.left
        kept = Strip([name], self._names).crop(0, names)
        return Strip.join([kept, moving.crop_extend(x, x + width - names, plain)])

    def _header(self, palette: Palette) -> tuple[Segment, list[Segment]]:
        back = palette.background
        style = ink(palette.muted, back)
        here = ink(palette.foreground, back, bold=True)
        segments = [
            Segment(
                f"{fit(clean(title), self._cell - 1, 'right')} ", here if at == self.cursor_at[1] else style
            )
            for at, title in enumerate(self.grid.columns)
        ]
        return Segment(fit(clean(self.grid.corner), self._names), style), segments

    def _row(self, row: int, palette: Palette) -> tuple[Segment, list[Segment]]:
        on_row = row == self.cursor_at[0]
        style = ink(palette.foreground if on_row else palette.muted, palette.background, bold=on_row)
        name = Segment(fit(clean(self.grid.rows[row]), self._names), style)
        return name, [self._drawn(row, column, palette) for column in range(len(self.grid.columns))]

    def _drawn(self, row: int, column: int, palette: Palette) -> Segment:
        cell, share = self.grid.cells[row][column], self._shares[row][column]
        text = cut(clean(cell.text), self._cell - 2)
        back = palette.background
        if share is not None and cell.state == "normal":
            back = palette.scale(share, self._hot(palette))
        bold = False
        if (row, column) == self.cursor_at:
            back, bold = (palette.pointer if self.has_focus else palette.cursor_blurred), True
        if cell.state == "young":
            hatched = fit(text, self._cell - 2, "right").replace(" ", "░")
            return Segment(f"░{hatched}░", ink(readable(palette.muted, back), back, bold=bold))
        if cell.state == "empty":
            text = text or "·"
            return Segment(f" {fit(text, self._cell - 2, 'right')} ", ink(palette.faint, back, bold=bold))
        colour = readable(palette.foreground, back)
        return Segment(f" {fit(text, self._cell - 2, 'right')} ", ink(colour, back, bold=bold))

    def _hot(self, palette: Palette) -> Color:
        return palette.series[0] if self.grid.tone == "plain" else palette.tone(self.grid.tone)
