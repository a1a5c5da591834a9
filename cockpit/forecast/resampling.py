"""The bootstrap: how far a figure would move had other customers come.

Its distribution is drawn where customers are few or one of them weighs much, and written down elsewhere: the
ratio of two sums is at most r where the sum of amount - r · base is at most nothing, and of such a sum over
customers drawn with replacement every moment is known (Cornish and Fisher's expansion, with the third and
fourth; A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application, 1997, chapters 2 and 9). That
comes nearer to the truth than 1,000 draws do.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from cockpit.forecast.history import Floats

DRAWS = 1_000
_LEVELS = (0.025, 0.975)
_NORMAL = (-1.959963984540054, 1.959963984540054)
_AT_ONCE = 2_000_000
_SEED = 19_790_101

_ENOUGH_TO_EXPAND = 200
"""Customers from which on steps between possible values of a sum are small beside its spread."""
_MOST_SKEW = 0.6
"""Skewness of the sum, and root of its excess kurtosis, up to which the expansion holds."""
_MOST_BASE_ERROR = 0.15
"""Standard error of the mean base beside it, beyond which draws without any base would matter."""
_MOST_STEPS = 60

Interval = tuple[float, float]


def ratio_interval(amounts: Floats, bases: Floats) -> Interval:
    """95 % interval of Σ amounts ÷ Σ bases over customers drawn with replacement (Efron's percentiles).

    Both are arrays of shape (customers,) with at least one base above nothing; equal bases make a mean.
    Always the same for the same customers in the same order. Draws without any base are left out.
    """
    return ratio_intervals([(amounts, bases)])[0]


def ratio_intervals(
    groups: Sequence[tuple[Floats, Floats]], beat: Callable[[], None] = lambda: None
) -> list[Interval]:
    """The same for many groups of customers, each a pair of amounts and bases.

    `beat` is called every few hundredths of a second, and may raise to stop.
    """
    found: dict[int, Interval] = {}
    to_draw: defaultdict[int, list[int]] = defaultdict(list)
    for number, (amounts, bases) in enumerate(groups):
        beat()
        interval = _expanded(amounts, bases) if len(amounts) >= _ENOUGH_TO_EXPAND else None
        if interval is None:
            to_draw[len(amounts)].append(number)
        else:
            found[number] = interval
    for size, numbers in to_draw.items():
        most = max(_AT_ONCE // max(size, DRAWS), 1)
        for first in range(0, len(numbers), most):
            some = numbers[first : first + most]
            amounts, bases = (np.stack([groups[number][side] for number in some], axis=1) for side in (0, 1))
            found.update(zip(some, _drawn(amounts, bases, beat), strict=True))
    return [found[number] for number in range(len(groups))]


def _drawn(amounts: Floats, bases: Floats, beat: Callable[[], None]) -> list[Interval]:
    """Intervals of groups of one size, from the same draws; both arrays are of shape (customers, groups)."""
    random, n = np.random.default_rng(_SEED), len(amounts)
    ratios = []
    for done in range(0, DRAWS, rows := max(_AT_ONCE // n, 1)):
        beat()
        rows = min(rows, DRAWS - done)
        drawn = random.integers(n, size=(rows, n)) + n * np.arange(rows)[:, None]
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)
        base = times @ bases
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios.append(np.where(base > 0, times @ amounts / base, np.nan))
    every = np.concatenate(ratios)
    quantiles = np.nanquantile if np.isnan(every).any() else np.quantile
    low, high = quantiles(every, _LEVELS, axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _expanded(amounts: Floats, bases: Floats) -> Interval | None:
    """The interval without drawing; None where the expansion does not hold."""
    root = np.sqrt(len(amounts))
    amount, base = amounts.mean(), bases.mean()
    if bases.std() > _MOST_BASE_ERROR * root * base:
        return None
    ends = []
    for z in _NORMAL:
        ratio = amount / base
        for _step in range(_MOST_STEPS):
            beyond = amounts - ratio * bases
            beyond -= beyond.mean()
            squares = beyond * beyond
            spread = np.sqrt(squares.mean())
            if spread <= 1e-12 * np.abs(amounts).max():
                break
            skew = (squares * beyond).mean() / spread**3 / root
            tails = ((squares * squares).mean() / spread**4 - 3) / root**2
            if max(abs(skew), np.sqrt(abs(tails))) > _MOST_SKEW:
                return None
            quantile = z + skew * (z**2 - 1) / 6 + tails * (z**3 - 3 * z) / 24
            quantile -= skew**2 * (2 * z**3 - 5 * z) / 36
            before, ratio = ratio, (amount + quantile * spread / root) / base
            if abs(ratio - before) <= 1e-10 * abs(ratio - amount / base):
                break
        else:
            return None
        ends.append(float(ratio))
    return ends[0], ends[1]
