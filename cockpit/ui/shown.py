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
        return listed(self._chosen, self.listing.query.columns)

    @property
    def places(self) -> "pl.DataFrame":
        """Where rows of files stand: file_no and record of each."""
        return self._chosen.select("file_no", "record")

    @property
    def _chosen(self) -> "pl.DataFrame":
        frame = self.listing.frame
        return frame if self.rows is None else frame[self.rows]

    @property
    def height(self) -> int:
        """How many rows there are to write."""
        return self.listing.frame.height if self.rows is None else len(self.rows)
