"""How long until it happens, when for some it hasn't yet: the Kaplan-Meier curve.

E. L. Kaplan, P. Meier, JASA 53 (1958); variance by Greenwood's formula, intervals on the log-log scale
(J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time Data", 1980), which stay
within 0 and 1.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from cockpit.forecast.history import Floats


class Shares(NamedTuple):
    """Shares with the ends of their intervals, one for each day asked for."""

    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The curve, at the days on which something happened.

    days: those days, rising; at_risk: for how many it could have happened that day; happened: to how many;
    waiting: share to whom it hasn't happened by the end of that day; low, high: interval of the share to
    whom it has. `last_day` is the longest that anyone was watched.
    """

    days: Floats
    at_risk: Floats
    happened: Floats
    waiting: Floats
    low: Floats
    high: Floats
    last_day: float

    def at(self, t: npt.ArrayLike) -> Shares:
        """Share to whom it has happened by day `t`, with its interval; after `last_day`, as on that day."""
        step = np.searchsorted(self.days, np.asarray(t, dtype=float), side="right")
        columns = (1 - self.waiting, self.low, self.high)
        return Shares(*(np.concatenate(([0.0], column))[step] for column in columns))

    def quantile(self, q: float) -> float | None:
        """First day by which it has happened to a share `q`; None if the curve does not reach it."""
        return self._first(q)

    def normalised(self, q: float, least_at_risk: float = 0.0) -> float | None:
        """First day by which it has happened to a share `q` of all to whom it ever happens.

        "Ever" is by the last day that still has `least_at_risk` at risk: further out the curve hangs on a
        few. None if it happened to nobody by then.
        """
        supported = np.flatnonzero(self.at_risk >= least_at_risk)
        if not supported.size:
            return None
        return self._first(q * (1 - float(self.waiting[supported[-1]])))

    def within(self, horizon: float, silence: npt.ArrayLike) -> Floats:
        """Chance that it happens in the next `horizon` days to those still waiting after `silence` days.

        0 from where the curve has ended.
        """
        silence = np.asarray(silence, dtype=float)
        now, then = 1 - self.at(silence).share, 1 - self.at(silence + horizon).share
        return np.asarray(1 - np.divide(then, now, out=np.ones_like(now), where=now > 0))

    def _first(self, share: float) -> float | None:
        reached = np.flatnonzero(1 - self.waiting >= share - 1e-12)
        return float(self.days[reached[0]]) if reached.size else None


def kaplan_meier(
    duration: npt.ArrayLike,
    event: npt.ArrayLike,
    weight: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Survival:
    """Estimate the curve from durations in days, each ended by the event or by the end of watching.

    duration: days watched; event: whether it happened then; weight: how many such (default one each).
    Those no longer watched from a day on count as at risk on that day.
    """
    t = np.atleast_1d(np.asarray(duration, dtype=float))
    ended = np.atleast_1d(np.asarray(event, dtype=bool))
    w = np.ones_like(t) if weight is None else np.atleast_1d(np.asarray(weight, dtype=float))
    if t.ndim != 1 or not t.shape == ended.shape == w.shape:
        raise ValueError("duration, event and weight must be one-dimensional and equally long")
    if not (np.isfinite(t).all() and np.isfinite(w).all() and (t >= 0).all() and (w >= 0).all()):
        raise ValueError("durations and weights are finite and not negative")

    days, position = np.unique(t, return_inverse=True)
    happened = np.asarray(np.bincount(position, weights=w * ended, minlength=days.size), dtype=np.float64)
    leaving = np.asarray(np.bincount(position, weights=w, minlength=days.size), dtype=np.float64)
    at_risk = np.cumsum(leaving[::-1])[::-1]
    some = happened > 0
    last_day = float(days[-1]) if days.size else 0.0
    days, happened, at_risk = days[some], happened[some], at_risk[some]

    still = np.maximum(at_risk - happened, 0.0)
    still[still < 1e-9 * at_risk] = 0.0
    waiting = np.asarray(np.cumprod(still / at_risk), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(happened / (at_risk * still))
        width = ndtri(0.5 + confidence / 2) * np.sqrt(greenwood) / np.abs(np.log(waiting))
        low, high = 1 - waiting ** np.exp(-width), 1 - waiting ** np.exp(width)
    # where nobody is left the variance has no estimate: the interval of the day before stays open upwards
    over = waiting == 0
    before = low[~over][-1] if (~over).any() else 0.0
    low, high = np.where(over, before, low), np.where(over, 1.0, high)
    return Survival(days, at_risk, happened, waiting, low, high, last_day)
