"""The search of a table: which rows match, and which match comes next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cockpit.ui.widgets.table_rows import Rows

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Found:
    """A match by its position, which of how many it is (from 1); no position where nothing matches."""

    position: int | None
    at: int
    hits: int


class Search:
    """What is searched for ("" is nothing), and by row number of the frame what matches, once it is known."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.matches: np.ndarray[Any, Any] | None = None
        self._hits: np.ndarray[Any, Any] | None = None

    def rearranged(self) -> None:
        """The rows stand in another order: the same match, but elsewhere."""
        self._hits = None

    def from_here(self, rows: Rows, position: int, direction: int) -> Found:
        """The first match at or after `position` (`direction` 1), or at or before it (−1), round the end."""
        import numpy as np

        if self.matches is None:
            return Found(None, 0, 0)
        if self._hits is None:
            self._hits = rows.hits(self.matches)
        count = len(self._hits)
        if not count:
            return Found(None, 0, 0)
        target = position + (0 if direction > 0 else 1)
        place = int(np.searchsorted(self._hits, target))
        at = (place if direction > 0 else place - 1) % count
        return Found(int(self._hits[at]), at + 1, count)
