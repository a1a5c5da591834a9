"""One-time buyers judged by what others did who had been silent as long after their own first purchase.

The days to the second purchase, by Kaplan and Meier, are those of customers alike in one attribute of the
first order, the one that by then had told second orders apart best, or of the whole shop where none did.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cockpit.forecast.history import Floats
from cockpit.forecast.snapshots import Snapshot
from cockpit.forecast.survival import Survival, kaplan_meier

LEAST_WATCHED = 30
"""Customers of a group who were watched, and silent, to the end of the horizon; below, the shop speaks."""
LEAST_GROUP = 100
MOST_GROUPS = 200
SHRINKAGE = 30.0
"""Customers of the whole shop that are reckoned into each group."""
TOLD_APART = 3.0
"""Standard deviations by which an attribute's log-rank statistic must beat chance."""

_SHOP = 0

Whole = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class LookAlikes:
    """For each row of a snapshot what its look-alikes say; arrays as long as the snapshot.

    by: the attribute that makes them alike; None: all first-time buyers are taken together.
    chance: to buy within the horizon; NaN for who has bought twice, and where too few were watched so long.
    silent: customers alike who had been silent for longer than this one is; back: of those, came back since.
    alike: whether `silent` counts those of the same attribute, else the whole shop's.
    """

    by: str | None
    chance: Floats
    silent: Floats
    back: Floats
    alike: npt.NDArray[np.bool_]


def look_alikes(snapshot: Snapshot) -> LookAlikes:
    """Judge the one-time buyers of a snapshot by those who had bought by then, and by nothing later."""
    by, groups = _most_telling(snapshot)
    watched = _Watched.of(snapshot, groups)
    once = snapshot.x == 0
    silence = snapshot.T.astype(np.intp)
    end = silence + snapshot.horizon
    alike = once & (groups > _SHOP) & (watched.beyond(groups, end) >= LEAST_WATCHED)
    known = once & (alike | (watched.beyond(_SHOP, end) >= LEAST_WATCHED))

    chance = np.full(once.size, np.nan)
    chance[known] = watched.curve(_SHOP).within(snapshot.horizon, snapshot.T[known])
    for group in np.unique(groups[alike]).tolist():
        mine = alike & (groups == group)
        own = watched.curve(group).within(snapshot.horizon, snapshot.T[mine])
        trust = watched.beyond(group, silence[mine])
        chance[mine] = (trust * own + SHRINKAGE * chance[mine]) / (trust + SHRINKAGE)
    judged_by = np.where(alike, groups, _SHOP)
    return LookAlikes(
        by=by,
        chance=np.clip(chance, 0.0, 1.0),
        silent=watched.beyond(judged_by, silence),
        back=watched.back_after(judged_by, silence),
        alike=alike,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Watched:
    """Customers by group (the first row is the shop) and by days from first to second purchase, so far.

    ended, left: whose days ended so, and who were watched no longer, of shape (groups, days).
    """

    ended: Floats
    left: Floats

    @classmethod
    def of(cls, snapshot: Snapshot, groups: Whole) -> "_Watched":
        """Count them; group 0 of `groups` is in the shop's row only."""
        days = snapshot.first_gap.astype(np.intp)
        width, count = int(days.max(initial=0)) + 1, int(groups.max(initial=0)) + 1
        cell = groups * width + days

        def counted(rows: npt.NDArray[np.bool_]) -> Floats:
            weight = snapshot.weight * rows
            table = np.bincount(cell, weights=weight, minlength=count * width).reshape(count, width)
            table[_SHOP] = np.bincount(days, weights=weight, minlength=width)
            return np.asarray(table, dtype=np.float64)

        return cls(counted(snapshot.x > 0), counted(snapshot.x == 0))

    @property
    def at_risk(self) -> Floats:
        """Still silent, and watched, at the beginning of each day."""
        return _from_the_end(self.ended + self.left)

    def curve(self, group: int) -> Survival:
        """Shares of a group that have bought again by each day."""
        days = np.arange(self.ended.shape[1], dtype=float)
        happened = np.repeat([True, False], days.size)
        weight = np.concatenate([self.ended[group], self.left[group]])
        return kaplan_meier(np.tile(days, 2), happened, weight)

    def beyond(self, group: int | Whole, day: Whole) -> Floats:
        """How many of the group were watched and silent for longer than so many days."""
        return self._after(self.at_risk, group, day)

    def back_after(self, group: int | Whole, day: Whole) -> Floats:
        """How many of the group came back after more than so many days."""
        return self._after(_from_the_end(self.ended), group, day)

    @staticmethod
    def _after(table: Floats, group: int | Whole, day: Whole) -> Floats:
        width = table.shape[1]
        return np.asarray(np.where(day + 1 < width, table[group, np.minimum(day + 1, width - 1)], 0.0))


def _from_the_end(table: Floats) -> Floats:
    return np.asarray(np.cumsum(table[:, ::-1], axis=1)[:, ::-1])


def _most_telling(snapshot: Snapshot) -> tuple[str | None, Whole]:
    """The attribute that tells second orders apart best, and each row's group in it; 0 is no group."""
    best, told, groups = None, TOLD_APART, np.zeros(snapshot.x.size, dtype=np.intp)
    for name, codes in snapshot.traits.items():
        found = _numbered(codes, snapshot.weight)
        difference = _told_apart(_Watched.of(snapshot, found))
        if difference > told:
            best, told, groups = name, difference, found
    return best, groups


def _numbered(codes: Whole, weight: Floats) -> Whole:
    """Groups of at least `LEAST_GROUP` customers, the largest ones, numbered from 1; 0 for all others."""
    known = codes >= 0
    sizes = np.bincount(codes[known], weights=weight[known]) if known.any() else np.zeros(1)
    largest = np.argsort(-sizes, kind="stable")[:MOST_GROUPS]
    largest = largest[sizes[largest] >= LEAST_GROUP]
    numbers = np.zeros(sizes.size, dtype=np.intp)
    numbers[largest] = np.arange(1, largest.size + 1)
    return np.where(known, numbers[np.maximum(codes, 0)], 0)


def _told_apart(watched: _Watched) -> float:
    """The log-rank statistic over all groups, in standard deviations from what equal groups would give.

    N. Mantel, Cancer Chemotherapy Reports 50 (1966), in its conservative form Σ (O − E)² ÷ E.
    """
    groups = watched.ended.shape[0] - 1
    if groups < 2:
        return 0.0
    at_risk = watched.at_risk[1:]
    ended = watched.ended[1:]
    everyone = at_risk.sum(axis=0)
    rate = np.divide(ended.sum(axis=0), everyone, out=np.zeros_like(everyone), where=everyone > 0)
    expected = at_risk @ rate
    some = expected > 0
    squares = (ended.sum(axis=1)[some] - expected[some]) ** 2 / expected[some]
    return float((squares.sum() - (groups - 1)) / np.sqrt(2.0 * (groups - 1)))
