"""The shop as it stood on past days, and what came after: what backtests are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from cockpit.forecast.history import Floats, PurchaseHistory

SHORTEST_HISTORY = 90
MOST_ORIGINS = 24
"""Two years of months: enough to see a season come back."""

_FIGURES = ("x", "t_x", "T", "weight", "orders_365", "value", "first_gap")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Every customer known by the end of `origin`, as rows of equal figures, one-dimensional arrays.

    x, t_x, T, weight: as in `PurchaseHistory`, in days, seen from the origin.
    orders_365: purchases in the 365 days up to and including the origin.
    value: mean value of their purchases up to the origin; all equal (say 0) if not known.
    first_gap: days from the first purchase to the second; T where there is none by the origin.
    traits: by attribute of the first order a code for each row, whole numbers from 0; -1 where not known.
    bought, purchases: whether (0 or 1) and how often they bought in the `horizon` days after the origin.
    For today both are unknown: leave them out.
    ValueError on figures that can't be.
    """

    origin: date
    horizon: int
    x: Floats
    t_x: Floats
    T: Floats
    weight: Floats
    orders_365: Floats
    value: Floats
    first_gap: Floats
    bought: Floats | None = None
    purchases: Floats | None = None
    traits: Mapping[str, npt.NDArray[np.intp]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = [name for name in ("bought", "purchases") if getattr(self, name) is not None]
        for name in (*_FIGURES, *known):
            object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype=np.float64))
            if getattr(self, name).shape != self.x.shape or not np.isfinite(getattr(self, name)).all():
                raise ValueError(f"{name} must be finite and as long as x")
        if any(codes.shape != self.x.shape for codes in self.traits.values()):
            raise ValueError("a trait is as long as x")
        if ((self.first_gap < 0) | (self.first_gap > self.T)).any():
            raise ValueError("a second purchase comes after the first and by the origin")
        if self.horizon < 1:
            raise ValueError("a horizon is at least a day")
        if (self.bought is None) != (self.purchases is None):
            raise ValueError("bought and purchases are known together or not at all")
        if self.bought is not None and self.purchases is not None:
            if not np.isin(self.bought, (0, 1)).all():
                raise ValueError("bought is 0 or 1")
            if ((self.purchases > 0) != (self.bought > 0)).any():
                raise ValueError("who bought has purchases, and who did not has none")

    @property
    def customers(self) -> float:
        """Number of customers."""
        return float(self.weight.sum())

    @property
    def silence(self) -> Floats:
        """Days since the last purchase."""
        return self.T - self.t_x

    def history(self) -> PurchaseHistory:
        """Give the part of it that the purchase model is fitted on."""
        if (self.weight == 1).all():
            return PurchaseHistory.compress(self.x, self.t_x, self.T)
        return PurchaseHistory(self.x, self.t_x, self.T, self.weight)

    def take(self, rows: npt.NDArray[np.intp]) -> "Snapshot":
        """Give the same snapshot with some of its rows."""
        known = [name for name in ("bought", "purchases") if getattr(self, name) is not None]
        columns = {name: getattr(self, name)[rows] for name in (*_FIGURES, *known)}
        traits = {name: codes[rows] for name, codes in self.traits.items()}
        return Snapshot(self.origin, self.horizon, **columns, traits=traits)


def origins(first: date, as_of: date, horizon: int, most: int = MOST_ORIGINS) -> tuple[date, ...]:
    """Days to look back from, the earliest first: `horizon` days apart, the last one `horizon` before as-of.

    first: day of the shop's first purchase. An origin has at least 90 days and one horizon behind it.
    """
    earliest = first + timedelta(days=max(SHORTEST_HISTORY, horizon))
    found = [as_of - timedelta(days=horizon * back) for back in range(1, most + 1)]
    return tuple(sorted(day for day in found if day >= earliest))
