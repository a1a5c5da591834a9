"""When customers buy again: the MBG/NBD model, fitted on counted histories and scored on arrays.

While a customer they buy at random at a rate of their own, rates spread over customers by a gamma
distribution (r, alpha); after each purchase, the first included, they leave for good with a probability of
their own, spread by a beta distribution (a, b). E. P. Batislam, M. Denizel, A. Filiztekin, "Empirical
validation and comparison of models for customer base analysis", Int. J. of Research in Marketing 24 (2007);
the notation follows P. S. Fader, B. G. S. Hardie, K. L. Lee, Marketing Science 24 (2005).

`silence_one_in`, `p_alive`, `p_no_purchase` and `gap_quantile` are made of exponentials and logarithms only:
a query can compute them from r, alpha, a, b as they stand in their docstrings. The expected purchases need a
hypergeometric function and depend on few distinct (x, T): compute them here and join.
"""

# ruff: noqa: N803, N806 - T is the literature's name for it

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, expit, hyp2f1

from cockpit.forecast.history import Floats, PurchaseHistory, distinct_pairs
from cockpit.forecast.likelihood import log_likelihood
from cockpit.forecast.optimise import Prior, maximise

WEAK_PRIOR = Prior(centre=(0.5, 60.0, 1.0, 2.5), spread=(1.5, 2.0, 1.5, 1.5))
"""Of r, alpha in days, a, b: keeps a shop of thirty customers sane, vanishes beside a thousand."""
MONTH = 365 / 12
LONGEST_GAP = 36_525.0
"""Days; a gap beyond a hundred years is not a forecast but an overflow of dates."""
RAREST_SILENCE = 1e9
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(64)


@dataclass(frozen=True, slots=True)
class MbgNbd:
    """A fitted model, and every score that follows from it.

    alpha is in the unit of time of the history (days, if it was in days), the other parameters are pure.
    `log_likelihood` is without the prior; `covariance` is that of (ln r, ln alpha, ln a, ln b).
    Scores take numbers or arrays that broadcast (x repeat purchases, t_x and T as in `PurchaseHistory`)
    and are finite for every possible history.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    covariance: npt.NDArray[np.float64]
    customers: float
    converged: bool

    def silence_one_in(self, x: npt.ArrayLike, t_x: npt.ArrayLike, T: npt.ArrayLike) -> Floats:
        """One silence in so many is as long as today's, if still a customer; at most 1e9.

        ((alpha + T) / (alpha + t_x)) ** (r + x)
        """
        return np.asarray(np.exp(np.minimum(self._log_silence(x, t_x, T), np.log(RAREST_SILENCE))))

    def p_alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, T: npt.ArrayLike) -> Floats:
        """Chance of still being a customer: 1 / (1 + a / (b + x) * silence_one_in)."""
        odds = np.log(self.a) - np.log(self.b + np.asarray(x, dtype=float)) + self._log_silence(x, t_x, T)
        return np.asarray(expit(-odds))

    def p_no_purchase(
        self, x: npt.ArrayLike, t_x: npt.ArrayLike, T: npt.ArrayLike, horizon: npt.ArrayLike
    ) -> Floats:
        """Chance of no purchase in the next `horizon` days, one horizon or several that broadcast.

        1 - p_alive * (1 - (1 + horizon / (alpha + T)) ** -(r + x))
        """
        return 1 - self.p_alive(x, t_x, T) * self._p_buys_if_alive(x, T, horizon)

    def expected_purchases(
        self,
        x: npt.ArrayLike,
        t_x: npt.ArrayLike,
        T: npt.ArrayLike,
        horizon: float,
    ) -> Floats:
        """Expected number of purchases in the next `horizon` days."""
        return self.p_alive(x, t_x, T) * self.expected_if_alive(x, T, horizon)

    def expected_if_alive(self, x: npt.ArrayLike, T: npt.ArrayLike, horizon: float) -> Floats:
        """Expected purchases in `horizon` days of one known to be still a customer.

        c / (a - 1) * (1 - (A / (A + H)) ** (a - 1) * 2F1(d, a - 1; c; H / (A + H))) with A = alpha + T,
        c = a + b + x, d = a + b - r: the published form after Euler's transformation, in which nothing
        overflows. Evaluated once for each distinct (x, T).
        """
        return self._per_pair(x, T, lambda x, T: self._purchases_if_alive(x, T, horizon))

    def discounted_purchases(
        self,
        x: npt.ArrayLike,
        t_x: npt.ArrayLike,
        T: npt.ArrayLike,
        discount: float = 0.1,
        months: int = 12,
    ) -> Floats:
        """Expected purchases of the next months, each month's discounted from its end; T in days.

        A month is 365/12 days and `discount` a yearly rate, (1 + discount) ** (1/12) - 1 a month.
        Multiply by the value of a purchase for the predicted customer lifetime value.
        """
        return self.p_alive(x, t_x, T) * self.discounted_if_alive(x, T, discount, months)

    def discounted_if_alive(
        self,
        x: npt.ArrayLike,
        T: npt.ArrayLike,
        discount: float = 0.1,
        months: int = 12,
    ) -> Floats:
        """`discounted_purchases` of one known to be still a customer; it depends on (x, T) only."""
        if discount <= -1:
            raise ValueError("a yearly discount is above -1")

        def total(x: Floats, T: Floats) -> Floats:
            value, before = np.zeros_like(x), np.zeros_like(x)
            for month in range(1, months + 1):
                by_then = np.maximum(self._purchases_if_alive(x, T, month * MONTH), before)
                value += (by_then - before) / (1 + discount) ** (month / 12)
                before = by_then
            return value

        return self._per_pair(x, T, total)

    def gap_quantile(self, q: float, x: npt.ArrayLike, t_x: npt.ArrayLike) -> Floats:
        """Days after the last purchase by which the next has come with chance q, if still a customer.

        (alpha + t_x) * ((1 - q) ** (-1 / (r + x)) - 1); at most a hundred years.
        """
        if not 0 <= q < 1:
            raise ValueError("q is a share below 1")
        x, t_x = np.asarray(x, dtype=float), np.asarray(t_x, dtype=float)
        growth = np.minimum(-np.log1p(-q) / (self.r + x), 600.0)
        return np.asarray(np.minimum((self.alpha + t_x) * np.expm1(growth), LONGEST_GAP))

    def expected_repeat_purchases(self, t: npt.ArrayLike) -> Floats:
        """Expected repeat purchases of a new customer by `t` days after the first purchase."""
        t = np.asarray(t, dtype=float)
        still = self.b / (self.a + self.b)
        return np.asarray(still * self._purchases_if_alive(np.zeros_like(t), np.zeros_like(t), t))

    def draws(self, count: int, seed: int = 1) -> tuple["MbgNbd", ...]:
        """Models drawn from the normal approximation around the fit: how uncertain the parameters are."""
        centre = np.log([self.r, self.alpha, self.a, self.b])
        random = np.random.default_rng(seed)
        drawn = np.exp(random.multivariate_normal(centre, self.covariance, size=count, method="eigh"))
        return tuple(replace(self, r=r, alpha=alpha, a=a, b=b) for r, alpha, a, b in drawn.tolist())

    def _log_silence(self, x: npt.ArrayLike, t_x: npt.ArrayLike, T: npt.ArrayLike) -> Floats:
        x, t_x, T = (np.asarray(column, dtype=float) for column in (x, t_x, T))
        return np.asarray((self.r + x) * np.log1p((T - t_x) / (self.alpha + t_x)))

    def _p_buys_if_alive(self, x: npt.ArrayLike, T: npt.ArrayLike, horizon: npt.ArrayLike) -> Floats:
        x, T = np.asarray(x, dtype=float), np.asarray(T, dtype=float)
        horizon = np.asarray(horizon, dtype=float)
        return np.asarray(-np.expm1(-(self.r + x) * np.log1p(horizon / (self.alpha + T))))

    @staticmethod
    def _per_pair(x: npt.ArrayLike, T: npt.ArrayLike, score: Callable[[Floats, Floats], Floats]) -> Floats:
        """Evaluate a costly score once for each distinct (x, T)."""
        x, T = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(T, dtype=float))
        distinct_x, distinct_T, position = distinct_pairs(x.ravel(), T.ravel())
        return score(distinct_x, distinct_T)[position].reshape(x.shape)

    def _purchases_if_alive(self, x: Floats, T: Floats, horizon: npt.ArrayLike) -> Floats:
        """`expected_if_alive`, row by row."""
        horizon = np.asarray(horizon, dtype=float)
        # the limit at a = 1 exists; a step of 1e-6 beside it costs as little accuracy
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6
        c, d = a + self.b + x, a + self.b - self.r
        z = horizon / (self.alpha + T + horizon)
        with np.errstate(all="ignore"):
            series = np.log(hyp2f1(d, a - 1, c, z))
            expected = -c / (a - 1) * np.expm1((a - 1) * np.log1p(-z) + series)
        # a customer buys at least as often as they buy at all, at most as often as without ever leaving
        least = self._p_buys_if_alive(x, T, horizon)
        most = (self.r + x) * horizon / (self.alpha + T)
        broken = ~((expected >= least * (1 - 1e-6)) & (expected <= most * (1 + 1e-6)))
        if broken.any():
            where = np.nonzero(broken)
            x, T, horizon = np.broadcast_arrays(x, T, horizon)
            expected[where] = self._purchases_by_quadrature(x[where], T[where], horizon[where])
        return np.asarray(np.clip(expected, least, np.maximum(least, most)))

    def _purchases_by_quadrature(self, x: Floats, T: Floats, horizon: Floats) -> Floats:
        """The same as the mean of (1 - (1 + p H / A) ** -(r + x)) / p over p ~ Beta(a, b + x + 1).

        Serves where the parameters are so far out that the hypergeometric series breaks down.
        """
        share = (_NODES + 1) / 2
        leaving = betaincinv(self.a, self.b + x[:, None] + 1, share)
        leaving = np.clip(np.nan_to_num(leaving, nan=1.0), 1e-300, 1.0)
        growth = np.log1p(leaving * (horizon / (self.alpha + T))[:, None])
        bought = -np.expm1(-(self.r + x[:, None]) * growth) / leaving
        return np.asarray(bought @ (_NODE_WEIGHTS / 2))


def fit(history: PurchaseHistory, prior: Prior | None = WEAK_PRIOR) -> MbgNbd:
    """Fit the model to counted histories: maximum a posteriori, or maximum likelihood without a prior.

    The prior is stated for histories in days. ValueError if there is no customer.
    """
    if not history.x.size:
        raise ValueError("a purchase model needs at least one customer")
    best = maximise(log_likelihood(history), _start(history), prior, history.customers)
    r, alpha, a, b = best.parameters.tolist()
    return MbgNbd(r, alpha, a, b, best.log_likelihood, best.covariance, history.customers, best.converged)


def _start(history: PurchaseHistory) -> Floats:
    """Parameters of the right order: the average rate, as if nobody had left."""
    repeats = float(history.weight @ history.x) + 0.5
    exposure = max(float(history.weight @ history.T), 1.0)
    return np.array([0.5, 0.35 * exposure / repeats, 1.0, 2.5])
