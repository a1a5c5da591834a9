"""What a purchase model sees of a shop: how often, how recently, for how long."""

# ruff: noqa: N803, N806 - T is the literature's name for it

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PACKED_LIMIT = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseHistory:
    """Customers as rows of equal history; the arrays are one-dimensional and equally long.

    x: repeat purchases, that is, days with a purchase after the first such day.
    t_x: days from the first purchase to the last (0 where x is 0).
    T: days from the first purchase to the day of observation.
    weight: customers with just this history.

    Any other unit of time does as well, as long as t_x and T share it; priors are stated in days.
    Rows need not be distinct, only the work grows with them. ValueError on an impossible row.
    """

    x: Floats
    t_x: Floats
    T: Floats
    weight: Floats

    def __post_init__(self) -> None:
        for name in ("x", "t_x", "T", "weight"):
            object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype=np.float64))
        x, t_x, T, weight = self.x, self.t_x, self.T, self.weight
        if x.ndim != 1 or not x.shape == t_x.shape == T.shape == weight.shape:
            raise ValueError("x, t_x, T and weight must be one-dimensional and equally long")
        if not all(np.isfinite(a).all() for a in (x, t_x, T, weight)):
            raise ValueError("a purchase history has only finite numbers")
        if (x < 0).any() or (t_x < 0).any() or (t_x > T).any() or (weight <= 0).any():
            raise ValueError("a purchase history needs x >= 0, 0 <= t_x <= T and weight > 0")
        if t_x[x == 0].any():
            raise ValueError("a customer without a repeat purchase has t_x = 0")

    @classmethod
    def compress(cls, x: npt.ArrayLike, t_x: npt.ArrayLike, T: npt.ArrayLike) -> "PurchaseHistory":
        """Count equal customers: one entry a customer goes in, distinct rows with weights come out.

        ValueError on arrays of different lengths and on an impossible history.
        """
        columns = tuple(np.atleast_1d(np.asarray(column, dtype=np.float64)) for column in (x, t_x, T))
        if columns[0].ndim != 1 or not columns[0].shape == columns[1].shape == columns[2].shape:
            raise ValueError("x, t_x and T must be one-dimensional and equally long")
        (x, t_x, T), weight = _count_distinct(columns)
        return cls(x, t_x, T, weight)

    @property
    def customers(self) -> float:
        """Number of customers."""
        return float(self.weight.sum())


def distinct_pairs(x: Floats, y: Floats) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Give the distinct pairs of two arrays and, for each entry, the position of its pair."""
    if _whole(x) and _whole(y):
        width = int(y.max(initial=0)) + 1
        cells = (int(x.max(initial=0)) + 1) * width
        if cells <= 4 * x.size + 100_000:
            key = x.astype(np.intp) * width + y.astype(np.intp)
            present = np.zeros(cells, dtype=bool)
            present[key] = True
            found = np.flatnonzero(present)
            position = (np.cumsum(present) - 1)[key]
            return (found // width).astype(np.float64), (found % width).astype(np.float64), position
    pairs, position = np.unique(x + 1j * y, return_inverse=True)
    return pairs.real.copy(), pairs.imag.copy(), position


def _count_distinct(columns: tuple[Floats, ...]) -> tuple[list[Floats], Floats]:
    """Sort rows and count equal ones; whole days are packed into one integer, which sorts fastest."""
    size = columns[0].size
    if all(_whole(column) for column in columns):
        bases = [int(column.max(initial=0)) + 1 for column in columns]
        if bases[0] * bases[1] * bases[2] < PACKED_LIMIT:
            key = columns[0].astype(np.int64)
            for column, base in zip(columns[1:], bases[1:], strict=True):
                key = key * base + column.astype(np.int64)
            key.sort()
            first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if size else key
            key = key[first]
            rest, t = np.divmod(key, bases[2])
            distinct = [part.astype(np.float64) for part in (*np.divmod(rest, bases[1]), t)]
            return distinct, np.diff(first, append=size).astype(np.float64)
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    change = np.zeros(size, dtype=bool)
    change[:1] = True
    for column in ordered:
        change[1:] |= column[1:] != column[:-1]
    first = np.flatnonzero(change)
    return [column[first] for column in ordered], np.diff(first, append=size).astype(np.float64)


def _whole(values: Floats) -> bool:
    """Whether all values are whole numbers from 0 to where a double still counts by ones."""
    if not values.size:
        return True
    in_range = bool(values.min() >= 0 and values.max() < 2**53)
    return in_range and bool((values == np.floor(values)).all())
