"""How good a forecast of yes or no was: ranking, sharpness, calibration; and how to calibrate a ranking.

`score` or `chance` is what was forecast, `happened` what came (0 or 1) and `weight` how many customers a row
stands for, everywhere; these arrays are one-dimensional and equally long. Intervals are of 95 %.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression

from cockpit.forecast.history import Floats

Z = 1.959963984540054


class Estimate(NamedTuple):
    """A figure with its interval."""

    value: float
    low: float
    high: float


class Bin(NamedTuple):
    """Customers with similar forecasts: how many, the mean forecast, the share to whom it happened."""

    customers: float
    forecast: float
    happened: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Isotonic:
    """A rising map from scores to chances: straight between its points, level beyond them."""

    score: Floats
    chance: Floats

    def __call__(self, score: npt.ArrayLike) -> Floats:
        """Chance for each score."""
        return np.asarray(np.interp(np.asarray(score, dtype=float), self.score, self.chance))


def calibrate(score: Floats, happened: Floats, weight: Floats) -> Isotonic:
    """Fit the rising map with the least squared error (pool adjacent violators); equal scores share one.

    ValueError if there is no row.
    """
    if not score.size:
        raise ValueError("a calibration needs at least one customer")
    points, position = np.unique(score, return_inverse=True)
    mass = np.bincount(position, weights=weight)
    share = np.bincount(position, weights=weight * happened) / mass
    level = np.clip(isotonic_regression(share, weights=mass).x, 0.0, 1.0)
    # only the ends of level stretches matter
    keep = np.ones(points.size, dtype=bool)
    keep[1:-1] = (level[1:-1] != level[:-2]) | (level[1:-1] != level[2:])
    return Isotonic(points[keep], level[keep])


class Ranking(NamedTuple):
    """Customers by distinct score, rising: to how many it happened, to how many not."""

    yes: Floats
    no: Floats


def rank(score: Floats, happened: Floats, weight: Floats) -> Ranking:
    """Sort customers by score and count them, equal scores together."""
    order = np.argsort(score)
    starts = np.flatnonzero(np.diff(score[order], prepend=np.nan) != 0)
    ordered, came = weight[order], happened[order]
    yes = np.add.reduceat(ordered * came, starts)
    return Ranking(yes, np.add.reduceat(ordered * (1 - came), starts))


def auc(ranking: Ranking) -> Estimate | None:
    """Chance that of two customers, one to whom it happened, that one has the higher score; ties count half.

    Interval by E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988). None where it
    happened to all or to none.
    """
    yes, no = ranking
    n_yes, n_no = float(yes.sum()), float(no.sum())
    if n_yes <= 0 or n_no <= 0:
        return None
    beats = (np.cumsum(no) - no / 2) / n_no
    beaten = 1 - (np.cumsum(yes) - yes / 2) / n_yes
    value = float(yes @ beats) / n_yes
    variance = float(yes @ (beats - value) ** 2) / n_yes / max(n_yes - 1, 1)
    variance += float(no @ (beaten - value) ** 2) / n_no / max(n_no - 1, 1)
    half = Z * variance**0.5
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0))


def brier(chance: Floats, happened: Floats, weight: Floats) -> Estimate:
    """Mean squared error of the chances; the smaller the better."""
    return _mean((chance - happened) ** 2, weight)


def calibration_bins(chance: Floats, happened: Floats, weight: Floats, count: int = 10) -> tuple[Bin, ...]:
    """Customers in `count` equal groups by rising chance, equal chances together (so there may be fewer).

    The interval of the share to whom it happened is Wilson's.
    """
    position = np.unique(chance, return_inverse=True)[1]
    mass = np.bincount(position, weights=weight)
    middle = np.cumsum(mass) - mass / 2
    group = np.minimum((count * middle / mass.sum()).astype(int), count - 1)[position]
    bins = []
    for number in range(count):
        inside = group == number
        n = float(weight[inside].sum())
        if n > 0:
            came = float(weight[inside] @ happened[inside])
            mean = float(weight[inside] @ chance[inside]) / n
            bins.append(Bin(n, mean, *wilson(came, n)))
    return tuple(bins)


def top_decile_lift(ranking: Ranking) -> Estimate | None:
    """How many times as often it happened to the tenth with the highest scores as to all.

    Where the tenth cuts through equal scores, their average counts. The interval follows from that of the
    risk ratio of the others to the tenth (D. Katz et al., Biometrics 34, 1978; half a case added to each).
    None where it happened to nobody.
    """
    came = ranking.yes[::-1]
    mass = came + ranking.no[::-1]
    total = float(mass.sum())
    if came.sum() <= 0:
        return None
    tenth = total / 10
    taken = np.clip(tenth - (np.cumsum(mass) - mass), 0.0, mass)
    top = float((taken * came / mass).sum())
    value = top / tenth / (float(came.sum()) / total)
    ours, theirs = (top + 0.5) / (tenth + 1), (float(came.sum()) - top + 0.5) / (total - tenth + 1)
    half = Z * ((1 - ours) / (top + 0.5) + (1 - theirs) / (float(came.sum()) - top + 0.5)) ** 0.5
    low, high = (1 / (0.1 + 0.9 * theirs / ours * np.exp(side * half)) for side in (1, -1))
    return Estimate(value, min(float(low), value), max(float(high), value))


def wilson(came: float, n: float) -> Estimate:
    """Share came / n with Wilson's interval (E. B. Wilson, JASA 22, 1927)."""
    share = came / n
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * (share * (1 - share) / n + Z**2 / (4 * n**2)) ** 0.5
    return Estimate(share, max(centre - half, 0.0), min(centre + half, 1.0))


def _mean(values: Floats, weight: Floats) -> Estimate:
    """Weighted mean, 1.96 standard errors to either side."""
    n = float(weight.sum())
    mean = float(weight @ values) / n
    half = Z * (float(weight @ (values - mean) ** 2) / n / max(n - 1, 1)) ** 0.5
    return Estimate(mean, max(mean - half, 0.0), mean + half)
