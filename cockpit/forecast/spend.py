"""What a customer spends on a purchase: the Gamma-Gamma model.

Values of a customer's purchases vary around a mean of their own, means are spread over customers, and mean
and frequency have nothing to do with each other: that last assumption is measured and reported.
P. S. Fader, B. G. S. Hardie, "The gamma-gamma model of monetary value" (2013), brucehardie.com/notes/025.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln, polygamma

from cockpit.forecast.history import Floats
from cockpit.forecast.optimise import Evaluation, Prior, maximise

WEAK_PRIOR = Prior(centre=(4.0, 2.0, 0.5), spread=(1.5, 1.5, 1.5))
"""Of p, q - 1 and gamma as a share of the average value."""
WINSORISED = 0.001


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted model of the value of a purchase, in the currency of the values.

    `ceiling` is the value at which customers' means are cut (None if the fit saw none), `customers` how many
    the fit has seen.
    `correlation` is Pearson's between ln x and ln value: far from 0, the model's assumption fails.
    `log_likelihood` is without the prior; `covariance` is that of (ln p, ln (q - 1), ln gamma).
    """

    p: float
    q: float
    gamma: float
    ceiling: float | None
    log_likelihood: float
    covariance: npt.NDArray[np.float64]
    customers: float
    correlation: float | None
    converged: bool

    @property
    def mean(self) -> float:
        """Mean value of a purchase over the population: p * gamma / (q - 1)."""
        return self.p * self.gamma / (self.q - 1)

    def expected_value(self, x: npt.ArrayLike, value: npt.ArrayLike) -> Floats:
        """Expected mean value of a customer's purchases.

        `x` counts repeat purchases and `value` is their mean; where x is 0 or the value is missing (NaN) or
        not above 0, the population's mean is expected:
        (p * (gamma + x * value)) / (p * x + q - 1), an average of own and population weighted by x.
        """
        times, own = np.asarray(x, dtype=float), np.asarray(value, dtype=float)
        known = (times > 0) & (own > 0) & np.isfinite(own)
        times = np.where(known, times, 0.0)
        own = np.where(known, own if self.ceiling is None else np.minimum(own, self.ceiling), 0.0)
        trust = self.p * times / (self.p * times + self.q - 1)
        return np.asarray(trust * own + (1 - trust) * self.mean)


def fit(
    x: npt.ArrayLike,
    value: npt.ArrayLike,
    typical: float | None = None,
    prior: Prior | None = WEAK_PRIOR,
    winsorise: float = WINSORISED,
) -> GammaGamma:
    """Fit the model to customers' repeat purchases: one entry a customer.

    x: number of repeat purchases; value: their mean value. Entries without repeats or with a value that is
    missing or not above 0 are left out; the top share `winsorise` of the values, at least one,
    is cut to the next below (0 cuts none).
    typical: a value of the shop's usual purchase, on which the weak prior is centred; by default the mean of
    the values fitted. q stays above 1, where the population has a mean.
    ValueError if there is neither a repeat customer with a value nor a typical value.
    """
    times, mean = np.asarray(x, dtype=float), np.asarray(value, dtype=float)
    if times.shape != mean.shape or times.ndim != 1:
        raise ValueError("x and value must be one-dimensional and equally long")
    used = np.isfinite(times) & np.isfinite(mean) & (times > 0) & (mean > 0)
    times, mean = times[used], mean[used]
    # a value that was seen: interpolating towards a wild one would let most of it through
    ceiling = float(np.quantile(mean, 1 - winsorise, method="lower")) if mean.size else None
    mean = mean if ceiling is None else np.minimum(mean, ceiling)
    scale = float(mean.mean()) if typical is None and mean.size else typical
    if scale is None or not 0 < scale < np.inf:
        raise ValueError("a model of spend needs a repeat customer with a value, or a typical value above 0")
    likelihood = _log_likelihood(times, mean / scale)
    best = maximise(likelihood, np.array([3.0, 2.0, 0.7]), prior, max(float(times.size), 1.0))
    p, above_one, gamma = best.parameters.tolist()
    return GammaGamma(
        p=p,
        q=1 + above_one,
        gamma=gamma * scale,
        ceiling=ceiling,
        log_likelihood=best.log_likelihood - times.size * float(np.log(scale)),
        covariance=best.covariance,
        customers=float(times.size),
        correlation=_correlation(np.log(times), np.log(mean)),
        converged=best.converged,
    )


def _log_likelihood(x: Floats, value: Floats) -> Callable[[Floats], Evaluation]:
    """Give the log-likelihood of (p, q - 1, gamma) with its derivatives.

    For one customer: lnG(px + q) - lnG(px) - lnG(q) + q ln gamma + (px - 1) ln value + px ln x
    - (px + q) ln(gamma + x value).
    """
    k, position = np.unique(x, return_inverse=True)
    n_k, n = np.bincount(position), x.size
    spent = x * value
    x_log_spent = float((x * np.log(spent)).sum())
    log_value = float(np.log(value).sum())

    def evaluate(parameters: Floats) -> Evaluation:
        p, above_one, gamma = parameters
        q = 1 + above_one
        total = gamma + spent
        inverse = 1 / total
        by_k = np.bincount(position, weights=np.log(total), minlength=k.size)
        inverse_by_k = np.bincount(position, weights=inverse, minlength=k.size)
        inverse2_by_k = np.bincount(position, weights=inverse * inverse, minlength=k.size)
        shape = p * k + q

        result = n_k @ (gammaln(shape) - gammaln(p * k)) + n * (q * np.log(gamma) - gammaln(q))
        result += p * x_log_spent - log_value - shape @ by_k

        psi = digamma(shape)
        gradient = np.array(
            [
                n_k @ (k * (psi - digamma(p * k))) + x_log_spent - k @ by_k,
                n_k @ psi + n * (np.log(gamma) - digamma(q)) - by_k.sum(),
                n * q / gamma - shape @ inverse_by_k,
            ]
        )
        psi_1 = polygamma(1, shape)
        pp = n_k @ (k**2 * (psi_1 - polygamma(1, p * k)))
        pq = n_k @ (k * psi_1)
        qq = n_k @ psi_1 - n * polygamma(1, q)
        pg = -(k @ inverse_by_k)
        qg = n / gamma - inverse_by_k.sum()
        gg = -n * q / gamma**2 + shape @ inverse2_by_k
        hessian = np.array([[pp, pq, pg], [pq, qq, qg], [pg, qg, gg]])
        return Evaluation(float(result), gradient, hessian)

    return evaluate


def _correlation(a: Floats, b: Floats) -> float | None:
    """Pearson's correlation; None where one of the two doesn't vary."""
    if not a.size:
        return None
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 1e-12 * a.size else None
