"""A table of any length: only the rows in view are read, formatted and drawn."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from cockpit.language import gettext as _
from cockpit.ui.widgets.cells import clean, fit
from cockpit.ui.widgets.keys import GRID_KEYS, TABLE_KEYS
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import ink
from cockpit.ui.widgets.searching import Searching
from cockpit.ui.widgets.table_lines import GUTTER, Cell, Column, Inks, Layout, Looks, View, header, row
from cockpit.ui.widgets.table_rows import AT_ONCE_ROWS, Rows, ordering
from cockpit.ui.widgets.table_search import Search
from cockpit.ui.widgets.table_written import Written

if TYPE_CHECKING:
    import polars as pl

__all__ = ["KEYS", "Column", "VirtualTable"]

KEYS = (*GRID_KEYS, *TABLE_KEYS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor comes to stand when the rows change: on a row of the frame, else at a position."""

    position: int = 0
    row: int | None = None


class VirtualTable(Searching):
    """A frame as a table with a cell cursor, sorting, searching and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*TABLE_KEYS]

    @dataclass
    class Opened(WidgetMessage):
        """A cell was chosen: row number in the frame, name of the column."""

        row: int
        column: str

    @dataclass
    class HeaderChosen(WidgetMessage):
        """A column title was clicked; the table sorts itself."""

        column: str

    @dataclass
    class CursorMoved(WidgetMessage):
        """The cursor stands on another cell: row number in the frame, name of the column."""

        row: int
        column: str

    @dataclass
    class MarksChanged(WidgetMessage):
        """So many of the rows shown are marked now."""

        count: int

    @dataclass
    class Sorted(WidgetMessage):
        """The rows are shown in a new order."""

        column: str
        descending: bool

    @dataclass
    class _Ordered(Message):
        """A thread has sorted the rows of this generation."""

        generation: int
        order: "pl.Series"
        place: Place

    def __init__(
        self,
        *,
        empty: str = "",
        frozen: bool = True,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty or _("Nothing to show.")
        self.frozen = frozen
        self.sorted_by: tuple[str, bool] | None = None
        self._layout = Layout((), (GUTTER,), frozen)
        self._written = Written(self._layout)
        self._view: tuple[object, View] | None = None
        self._inks: Inks | None = None

    # The rows

    def show(
        self,
        frame: "pl.DataFrame",
        columns: tuple[Column, ...],
        *,
        index: "pl.Series | None" = None,
        keep_place: bool = False,
        key: str | None = None,
    ) -> None:
        """Show `columns` of `frame`, or of its rows `index` (row numbers, in that order).

        With `keep_place` the sort, the cursor and the scroll stay; with `key`, the name of a column that
        identifies a row, the cursor and the marks follow their rows into the new frame.
        """
        before, (position, _column), name = self._rows, self.cursor_at, self.cursor_column
        rows = Rows(frame, tuple(column.name for column in columns), index)
        place = Place()
        if keep_place and before is not None:
            place = Place(position, rows.follow(before, key, position) if key else None)
        self._rows = rows
        self._generation += 1
        self._sought = Search()
        self._layout = Layout.of(columns, rows.samples(), self.frozen)
        self._written = Written(self._layout)
        self._view = None
        names = [column.name for column in columns]
        self.set_reactive(
            VirtualTable.cursor_at, (0, names.index(name) if keep_place and name in names else 0)
        )
        if keep_place and self.sorted_by is not None and self.sorted_by[0] in names:
            self._arrange(*self.sorted_by, place)
        else:
            self.sorted_by = None
            self._settle(place)

    def sort(self, column: str, descending: bool) -> None:
        """Sort by the raw values of `column`, nulls last, and go to the first row; marks stay."""
        self._generation += 1
        self._arrange(column, descending, Place())

    def _arrange(self, column: str, descending: bool, place: Place) -> None:
        rows = self._rows
        if rows is None:
            return
        self.sorted_by = (column, descending)
        order = partial(ordering, rows.frame, column, descending, rows.base)
        if len(rows) <= AT_ONCE_ROWS:
            self._ordered(self._Ordered(self._generation, order(), place))
            return
        generation = self._generation

        def sort_aside() -> None:
            self.post_message(self._Ordered(generation, order(), place))

        self.run_worker(sort_aside, thread=True, group="arrange")

    def on_virtual_table__ordered(self, message: _Ordered) -> None:
        """Take an order made in a thread, unless a later question was asked."""
        message.stop()
        self._ordered(message)

    def _ordered(self, message: _Ordered) -> None:
        if self._rows is None or message.generation != self._generation or self.sorted_by is None:
            return
        self._rows.arrange(message.order)
        self._settle(message.place)
        self.post_message(self.Sorted(self, *self.sorted_by))

    def _settle(self, place: Place) -> None:
        """Stand somewhere sensible among rows that have changed."""
        rows = self._rows
        if rows is None:
            return
        self._sought.rearranged()
        self.virtual_size = Size(self._layout.width, len(rows) + 1)
        position = rows.position_of(place.row) if place.row is not None else None
        position = place.position if position is None else position
        self.cursor_at = (max(0, min(position, len(rows) - 1)), self.cursor_at[1])
        self.keep_in_view()
        self.refresh()

    # What is there

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._layout.columns

    @property
    def row_count(self) -> int:
        """Rows shown."""
        return len(self._rows) if self._rows is not None else 0

    @property
    def index(self) -> "pl.Series":
        """Row numbers of the frame, in the order shown."""
        import polars as pl

        return self._rows.index if self._rows is not None else pl.Series([], dtype=pl.UInt32)

    @property
    def marked_rows(self) -> "pl.Series":
        """Row numbers of the marked rows, in the order shown."""
        return self._rows.marked() if self._rows is not None else self.index

    @property
    def marked_count(self) -> int:
        """How many of the rows shown are marked."""
        return self._rows.marked_count if self._rows is not None else 0

    @property
    def cursor_row(self) -> int | None:
        """Row number in the frame under the cursor."""
        return self._rows.row_at(self.cursor_at[0]) if self._rows is not None and len(self._rows) else None

    @property
    def cursor_column(self) -> str | None:
        """Name of the column under the cursor."""
        return self.columns[self.cursor_at[1]].name if self.columns else None

    @property
    def cursor_record(self) -> dict[str, object]:
        """All values of the frame's row under the cursor, by column name; empty on an empty table."""
        row_number = self.cursor_row
        if self._rows is None or row_number is None:
            return {}
        return self._rows.frame.row(row_number, named=True)

    @property
    def cursor_value(self) -> object:
        """The raw value under the cursor; None on an empty table."""
        return self.cursor_record.get(self.cursor_column or "")

    @property
    def cursor_text(self) -> str:
        """What is written under the cursor, whole."""
        return self.columns[self.cursor_at[1]].write(self.cursor_value) if self.cursor_row is not None else ""

    # Moving

    def move_to(self, row_number: int, column: str | None = None) -> None:
        """Put the cursor on a row of the frame, if it is shown."""
        position = self._rows.position_of(row_number) if self._rows is not None else None
        names = [shown.name for shown in self.columns]
        if position is not None:
            self.go(position, names.index(column) if column in names else self.cursor_at[1])

    def position_where(self, column: str, value: object) -> int | None:
        """Where the first row with this value is shown; None without one."""
        if self._rows is None or value is None or column not in self._rows.frame.columns:
            return None
        found = (self._rows.frame.get_column(column) == value).fill_null(False).arg_true()
        return self._rows.position_of(int(found[0])) if len(found) else None

    def shape(self) -> tuple[int, int]:
        """Rows and columns shown."""
        return self.row_count, len(self.columns)

    def scroll_x_for(self, column: int, width: int) -> float:
        """The sideways scroll that has `column` in view."""
        return self._layout.scroll_for(column, self.scroll_target_x, width)

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        row_number, column = self.cursor_row, self.cursor_column
        if row_number is not None and column is not None:
            self.post_message(self.CursorMoved(self, row_number, column))

    def action_open(self) -> None:
        """Open the cell under the cursor."""
        row_number, column = self.cursor_row, self.cursor_column
        if row_number is not None and column is not None:
            self.post_message(self.Opened(self, row_number, column))

    def action_sort_here(self) -> None:
        """Sort by the column under the cursor; again, the other way."""
        if self.cursor_column is not None:
            self._sort_or_flip(self.cursor_column)

    def _sort_or_flip(self, column: str) -> None:
        if self.sorted_by is not None and self.sorted_by[0] == column:
            self.sort(column, not self.sorted_by[1])
        elif self._rows is not None:
            self.sort(column, self._rows.frame.schema[column].is_numeric())

    def on_click(self, event: events.Click) -> None:
        """A title sorts, the gutter marks, a cell takes the cursor and opens on the second click."""
        offset = event.get_content_offset(self)
        if offset is None or not self.columns:
            return
        width = self.scrollable_content_region.width
        column = self._layout.column_at(offset.x, self.scroll_offset.x, width)
        position = self.scroll_offset.y + offset.y - 1
        if offset.y == 0 and column is not None:
            self.post_message(self.HeaderChosen(self, self.columns[column].name))
            self._sort_or_flip(self.columns[column].name)
        elif offset.y > 0 and position < self.row_count:
            self.go(position, self.cursor_at[1] if column is None else column)
            if offset.x < GUTTER:
                self.action_mark()
            elif event.chain == 2:
                self.action_open()

    # Marks

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor, and go one down."""
        row_number = self.cursor_row
        if self._rows is not None and row_number is not None:
            self._rows.marks[row_number] = not self._rows.marks[row_number]
            self._marks_changed()
            self.action_move(1, 0)

    def action_invert(self) -> None:
        """Mark what is not marked, and the other way round."""
        if self._rows is not None:
            self._rows.invert_marks()
            self._marks_changed()

    def action_unmark(self) -> None:
        """Take all marks away."""
        if self._rows is not None:
            self._rows.marks[:] = False
            self._marks_changed()

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.MarksChanged(self, self._rows.marked_count if self._rows is not None else 0))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The line `y` of what is in view; line 0 holds the titles."""
        sight = self.sight
        palette, width = sight.palette, sight.width
        position = sight.top + y - 1
        view = self._in_view(sight.left, width)
        if y == 0 and self.columns:
            mark, segments, rest = header(self._layout, view, self.sorted_by, self.cursor_at[1], palette)
        elif self._rows is not None and 0 <= position < len(self._rows) and y > 0:
            page, place = self._rows.page(position)
            cells = self._cells(page.drawn[place], page.values[place], view)
            looks = Looks(
                self.cursor_at[1] if position == self.cursor_at[0] else None,
                sight.focused,
                bool(self._rows.marks[page.rows[place]]),
            )
            if self._inks is None or self._inks.palette is not palette:
                self._inks = Inks(palette)
            mark, segments, rest = row(cells, view, looks, self._sought.text.casefold(), self._inks)
        elif not self.row_count and y == min(2, self.size.height - 1):
            text = fit(clean(f"  {self.empty}"), width)
            return Strip([Segment(text, ink(palette.muted, palette.background))], width)
        else:
            return Strip.blank(width, ink(palette.foreground, palette.background))
        return self._layout.line(view, mark, segments, rest)

    def _in_view(self, scrolled: int, width: int) -> View:
        key = (scrolled, width)
        if self._view is None or self._view[0] != key:
            self._view = key, self._layout.view(scrolled, width)
        return self._view[1]

    def _cells(self, drawn: dict[int, Cell], values: tuple[object, ...], view: View) -> dict[int, Cell]:
        """A row's cells in view, those that were not seen yet written now."""
        for number in view.columns:
            if number not in drawn:
                drawn[number] = self._written.cell(number, values[number])
        return drawn
