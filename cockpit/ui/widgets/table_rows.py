"""The rows behind a virtual table: their order, marks and matches over a frame that is never copied."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

PAGE_ROWS = 128
KEPT_PAGES = 48
SAMPLED_ROWS = 256
AT_ONCE_ROWS = 50_000
"""So many rows are sorted or searched within milliseconds; more go to a thread."""


@dataclass(slots=True)
class Page:
    """A stretch of rows: row numbers in the frame, raw values, cells once drawn by column."""

    rows: list[int]
    values: list[tuple[object, ...]]
    drawn: list[dict[int, Any]]


def ordering(
    frame: "pl.DataFrame", column: str, descending: bool, base: "pl.Series | None" = None
) -> "pl.Series":
    """Row numbers of `frame` (or of `base`) by the raw values of `column`.

    Stable; null and NaN last whatever the direction; text by its lower case. Nested values keep their order.
    """
    import polars as pl

    values = frame.get_column(column)
    if base is not None:
        values = values.gather(base)
    if values.dtype.is_nested() or values.dtype == pl.Object:
        return pl.int_range(frame.height, dtype=pl.UInt32, eager=True) if base is None else base
    if values.dtype == pl.Categorical:
        values = values.cast(pl.String)
    if values.dtype == pl.String:
        values = values.str.to_lowercase()
    elif values.dtype.is_float():
        values = values.fill_nan(None)
    order = values.to_frame("by").select(
        pl.arg_sort_by("by", descending=descending, nulls_last=True, maintain_order=True)
    )
    positions = order.to_series()
    return positions if base is None else base.gather(positions)


def matching(frame: "pl.DataFrame", columns: tuple[str, ...], text: str) -> "np.ndarray[Any, Any]":
    """For each row of `frame`, whether one of its text `columns` contains `text`, literally, in any case."""
    import polars as pl

    words = [name for name in columns if _is_text(frame.schema[name])]
    if not words or not text:
        return frame.select(pl.repeat(False, pl.len())).to_series().to_numpy()
    pattern = "(?i)" + pl.escape_regex(text)
    contains = [pl.col(name).cast(pl.String).str.contains(pattern).fill_null(False) for name in words]
    return frame.select(pl.any_horizontal(contains)).to_series().to_numpy()


def _is_text(dtype: "pl.DataType") -> bool:
    import polars as pl

    return dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum)


def _sample(first: "pl.Series", column: "pl.Series") -> Iterator[object]:
    yield from first.to_list()
    if column.dtype.is_numeric() and column.len():
        yield column.min()
        yield column.max()


class Rows:
    """Rows of a frame in an order; addressed by position on screen, marked by row number in the frame."""

    def __init__(
        self, frame: "pl.DataFrame", columns: tuple[str, ...], base: "pl.Series | None" = None
    ) -> None:
        import numpy as np

        self.frame = frame
        self.columns = columns
        self.base = base
        self.order = base
        self.marks = np.zeros(frame.height, dtype=np.bool_)
        self._shown = frame.select(columns)
        self._pages: OrderedDict[int, Page] = OrderedDict()

    def __len__(self) -> int:
        return self.frame.height if self.order is None else len(self.order)

    @property
    def index(self) -> "pl.Series":
        """Row numbers in the order shown."""
        import polars as pl

        if self.order is None:
            return pl.int_range(self.frame.height, dtype=pl.UInt32, eager=True)
        return self.order

    def arrange(self, order: "pl.Series | None") -> None:
        """Show the rows in another order."""
        self.order = order
        self.forget()

    def forget(self) -> None:
        """Drop what was read and drawn."""
        self._pages.clear()

    def page(self, position: int) -> tuple[Page, int]:
        """The page that holds `position`, and the place in it."""
        number, place = divmod(position, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number * PAGE_ROWS)
            self._pages[number] = page
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page, place

    def _read(self, start: int) -> Page:
        if self.order is None:
            part = self._shown.slice(start, PAGE_ROWS)
            rows = list(range(start, start + part.height))
        else:
            chosen = self.order.slice(start, PAGE_ROWS)
            part, rows = self._shown[chosen], chosen.to_list()
        return Page(rows, part.rows(), [{} for _row in rows])

    def row_at(self, position: int) -> int:
        """Row number in the frame of what is shown at `position`."""
        return position if self.order is None else int(self.order[position])

    def position_of(self, row: int) -> int | None:
        """Where a row of the frame is shown."""
        if self.order is None:
            return row if 0 <= row < self.frame.height else None
        found = (self.order == row).arg_true()
        return int(found[0]) if len(found) else None

    def marked(self) -> "pl.Series":
        """Row numbers of the marked rows, in the order shown."""
        import polars as pl

        return self.index.filter(pl.Series(self.marks[self.index.to_numpy()]))

    @property
    def marked_count(self) -> int:
        """Marked rows among those shown."""
        return int((self.marks if self.order is None else self.marks[self.order.to_numpy()]).sum())

    def follow(self, before: "Rows", key: str, position: int) -> int | None:
        """Take over the marks of other rows by the values of `key`; the row that was at `position` there."""
        import polars as pl

        if key not in before.frame.columns or key not in self.frame.columns:
            return None
        old, new = before.frame.get_column(key), self.frame.get_column(key)
        marked = old.filter(pl.Series(before.marks))
        self.marks = new.is_in(marked.implode()).fill_null(False).to_numpy().copy()
        if not len(before):
            return None
        same = (new == old[before.row_at(position)]).fill_null(False).arg_true()
        return int(same[0]) if len(same) else None

    def samples(self) -> Iterator[Iterator[object]]:
        """For each column some values to measure: those of the first rows shown, and a number's extremes."""
        rows = slice(SAMPLED_ROWS) if self.order is None else self.order.head(SAMPLED_ROWS)
        first = self._shown[rows]
        for name in self.columns:
            yield _sample(first.get_column(name), self._shown.get_column(name))

    def invert_marks(self) -> None:
        """Mark what is shown and was not marked, and the other way round."""
        shown = self.index.to_numpy()
        self.marks[shown] = ~self.marks[shown]

    def hits(self, matches: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """Positions, ascending, of the rows for which `matches` (one truth a row of the frame) holds."""
        import numpy as np

        shown = matches if self.order is None else matches[self.order.to_numpy()]
        return np.flatnonzero(shown)
