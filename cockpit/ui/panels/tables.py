"""The tables of panels and lists: they know which answer they show, and what stands behind a cell."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from cockpit.figures import Figures, Listing
from cockpit.formats import Formatter
from cockpit.ui.panels.columns import NO_COLUMNS, Sheet, sheet_of
from cockpit.ui.shown import Exportable
from cockpit.ui.widgets.virtual_table import Column, VirtualTable

if TYPE_CHECKING:
    import polars as pl

KEY = "customer_key"


class FiguresTable(VirtualTable):
    """A small table of figures, as high as its rows; a cell opens what stands behind it."""

    DEFAULT_CSS = """
    FiguresTable { height: auto; min-height: 2; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None, frozen: bool = True) -> None:
        super().__init__(id=id, classes=classes, frozen=frozen)
        self.figures: Figures | None = None
        self._sheet: Sheet | None = None

    def show_figures(
        self,
        figures: Figures,
        formatter: Formatter,
        *,
        latest_first: bool = False,
        without: Collection[str] = (),
        own: Mapping[str, Column] = NO_COLUMNS,
        last: Sequence[str] = (),
    ) -> None:
        """Show an answer; `latest_first` turns its rows round. A second answer keeps the place."""
        again = self.figures is not None
        self.figures = figures
        self._sheet = sheet_of(figures, formatter, without=without, own=own, last=last)
        index = backwards(figures.frame) if latest_first else None
        self.show(self._sheet.frame, self._sheet.columns, index=index, keep_place=again)

    def figure_under(self, column: str) -> str:
        """The figure that a cell of this column opens: an interval opens the figure it is about."""
        return self._sheet.figure_under.get(column, column) if self._sheet is not None else column


class ListingTable(VirtualTable):
    """The rows of a list, any number of them."""

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(empty=empty, id=id)
        self.listing: Listing | None = None

    def show_listing(self, listing: Listing, formatter: Formatter) -> None:
        """Show a list; another answer to the same question keeps place, sort, and marks of customers."""
        again = self.listing is not None
        self.listing = listing
        key = KEY if listing.of_customers else None
        sheet = sheet_of(listing, formatter)
        self.show(sheet.frame, sheet.columns, keep_place=again, key=key)

    @property
    def customer_under_cursor(self) -> int | None:
        """Key of the customer that the row under the cursor is about; None for a row without one."""
        key = self.cursor_record.get(KEY)
        return key if isinstance(key, int) else None

    @property
    def reason_under_cursor(self) -> str:
        """Why the row under the cursor is on the list, where the list says so."""
        return str(self.cursor_record.get("reason") or "")

    def neighbour(self, customer_key: int, step: int) -> int | None:
        """Key of the customer above (−1) or below (1) in the order shown, where the cursor then stands."""
        position = self.cursor_at[0]
        while self.customer_under_cursor is not None and 0 <= position + step < self.row_count:
            position += step
            self.go(position, self.cursor_at[1])
            if self.customer_under_cursor != customer_key:
                return self.customer_under_cursor
        return None

    def exportable(self) -> Exportable | None:
        """The marked rows where there are any, else all, in the order shown."""
        if self.listing is None:
            return None
        marked = self.marked_rows
        if len(marked):
            return Exportable(self.listing, marked, marked=True)
        return Exportable(self.listing, self.index if self.sorted_by is not None else None)


def backwards(frame: "pl.DataFrame") -> "pl.Series":
    """Row numbers of a frame from the last to the first."""
    import polars as pl

    return pl.int_range(frame.height, dtype=pl.UInt32, eager=True).reverse()
