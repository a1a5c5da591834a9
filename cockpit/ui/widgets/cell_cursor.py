"""A scrolled grid with a cursor on one cell: what tables and heat tables share."""

from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from cockpit.ui.widgets.keys import GRID_KEYS
from cockpit.ui.widgets.sight import Sighted


class CellCursor(Sighted, ScrollView, can_focus=True):
    """Moves a cursor over `rows` × `columns` cells and keeps it in view; heirs say how many there are."""

    BINDINGS: ClassVar[list[BindingType]] = [*GRID_KEYS]
    DEFAULT_CSS = """
    CellCursor {
        height: 1fr;
        scrollbar-size: 1 1;
        scrollbar-color: $foreground 25%;
        scrollbar-background: $foreground 5%;
        scrollbar-corner-color: $background;
    }
    """

    cursor_at: reactive[tuple[int, int]] = reactive((0, 0), repaint=False)
    """Row and column of the cursor, as shown."""

    lines_above = 1
    """Lines of titles that do not scroll."""

    def shape(self) -> tuple[int, int]:
        """Rows and columns that the cursor can stand on."""
        raise NotImplementedError

    def scroll_x_for(self, column: int, width: int) -> float:
        """The sideways scroll that has `column` in view of `width` cells."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Open the cell under the cursor."""
        raise NotImplementedError

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        rows, columns = self.shape()
        if rows and columns:
            self.cursor_at = max(0, min(row, rows - 1)), max(0, min(column, columns - 1))

    def watch_cursor_at(self, before: tuple[int, int], now: tuple[int, int]) -> None:
        """Keep the cursor in view, draw what it left and where it came, and tell where it is."""
        seen_from = self.scroll_offset
        self.keep_in_view()
        if self.scroll_offset == seen_from:
            self.refresh(*self._titles, self._line(before[0]), self._line(now[0]))
        else:
            self.refresh()
        if all(self.shape()):
            self.cursor_moved()

    @property
    def _titles(self) -> list[Region]:
        return [Region(0, line, self.size.width, 1) for line in range(self.lines_above)]

    def _line(self, row: int) -> Region:
        return Region(0, row - self.scroll_offset.y + self.lines_above, self.size.width, 1)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.keep_in_view()

    def keep_in_view(self) -> None:
        """Scroll no further than needed to show the cursor."""
        size = self.scrollable_content_region.size
        if not size or not all(self.shape()):
            return
        row, column = self.cursor_at
        y = min(max(self.scroll_target_y, row - max(1, size.height - self.lines_above) + 1), row)
        x = self.scroll_x_for(column, size.width)
        self.scroll_to(x, max(0, y), animate=False, force=True, immediate=True)

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor."""
        self.go(self.cursor_at[0] + rows, self.cursor_at[1] + columns)

    def action_page(self, screens: float) -> None:
        """Move by screens."""
        lines = self.scrollable_content_region.height - self.lines_above - 1
        step = max(1, int(abs(screens) * lines))
        self.action_move(step if screens > 0 else -step, 0)

    def action_row(self, where: str) -> None:
        """Go to the first or last row."""
        self.go(0 if where == "first" else self.shape()[0] - 1, self.cursor_at[1])

    def action_column(self, where: str) -> None:
        """Go to the first or last column."""
        self.go(self.cursor_at[0], 0 if where == "first" else self.shape()[1] - 1)
