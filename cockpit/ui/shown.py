"""What is on the screen, in the terms of the shop: to open, to explain and to write to a file."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cockpit.figures import Figures, Listing
from cockpit.values import listed

if TYPE_CHECKING:
    import polars as pl

Shown = Figures | Listing


@dataclass(frozen=True)
class Exportable:
    """Rows of a list to write: `rows` are row numbers of the listing's frame in the order shown.

    `marked` says that the owner chose them one by one; without `rows` all are meant.
    """

    listing: Listing
    rows: "pl.Series | None" = None
    marked: bool = False

    @property
    def frame(self) -> "pl.DataFrame":
        """The rows as a file holds them, with the columns that the list shows, in its order."""
        listing = self.listing
        frame = listing.frame if self.rows is None else listing.frame[self.rows]
        return listed(frame, listing.query.columns)

    @property
    def height(self) -> int:
        """How many rows there are to write."""
        return self.listing.frame.height if self.rows is None else len(self.rows)
