"""The log-likelihood of MBG/NBD with its first and second derivatives, one pass over counted histories."""

# ruff: noqa: N806 - T is the literature's name for it

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, gammaln, polygamma

from cockpit.forecast.history import Floats, PurchaseHistory
from cockpit.forecast.optimise import Evaluation

BLOCK = 8_192
"""Rows at a time: the columns stay in a core's cache, and too few for BLAS to start threads over."""


class _Rows(NamedTuple):
    """A block of histories in the order of x.

    `k` is the position of x among the distinct values of x, `starts` where in the block a new x begins.
    """

    x: Floats
    t_x: Floats
    T: Floats
    weight: Floats
    k: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]


def log_likelihood(history: PurchaseHistory) -> Callable[[Floats], Evaluation]:
    """Give the log-likelihood as a function of (r, alpha, a, b).

    For one customer, with D = ln a - ln(b + x) + (r + x) ln((alpha + T) / (alpha + t_x)):
    lnG(r + x) - lnG(r) + r ln alpha + lnB(a, b + x + 1) - lnB(a, b) - (r + x) ln(alpha + T) + ln(1 + e^D).
    What depends on x alone is summed over the histogram of x.
    """
    x, position = np.unique(history.x, return_inverse=True)
    count = np.bincount(position, weights=history.weight)
    n = float(count.sum())
    order = np.argsort(position, kind="stable")
    blocks = []
    for start in range(0, order.size, BLOCK):
        rows = order[start : start + BLOCK]
        k = position[rows]
        starts = np.flatnonzero(np.diff(k, prepend=-1))
        blocks.append(_Rows(x[k], history.t_x[rows], history.T[rows], history.weight[rows], k, starts))

    def evaluate(parameters: Floats) -> Evaluation:
        r, alpha, a, b = parameters
        log_odds = np.log(a) - np.log(b + x)
        parts = [_sums(rows, r, alpha, log_odds) for rows in blocks]
        sums = np.sum([of_all for of_all, _ in parts], axis=0)
        fit, age, out, rate_out, rate_out2, silence2, silence_pull, pull2, gap, curve = sums
        by_x = np.zeros((6, x.size))
        for rows, (_, of_x) in zip(blocks, parts, strict=True):
            by_x[:, rows.k[rows.starts]] += of_x
        lost, lost_silence, lost_pull, torn, torn_silence, torn_pull = by_x

        value = fit + n * r * np.log(alpha)
        value += count @ (gammaln(r + x) - gammaln(r) + betaln(a, b + x + 1) - betaln(a, b))

        both = digamma(a + b) - digamma(a + b + x + 1)
        gradient = np.array(
            [
                count @ (digamma(r + x) - digamma(r)) + n * np.log(alpha) - age + lost_silence.sum(),
                n * r / alpha - rate_out + lost_pull.sum(),
                count @ both + lost.sum() / a,
                count @ (digamma(b + x + 1) - digamma(b) + both) - (lost / (b + x)).sum(),
            ]
        )

        # of ln(1 + e^D): gone (1 - gone) D_i D_j + gone D_ij; D's own slopes by a and b are 1/a and -1/(b+x)
        by_b = -1 / (b + x)
        both = polygamma(1, a + b) - polygamma(1, a + b + x + 1)
        h = np.empty((4, 4))
        h[0, 0] = count @ (polygamma(1, r + x) - polygamma(1, r)) + silence2
        h[0, 1] = n / alpha - out + silence_pull + gap
        h[0, 2] = torn_silence.sum() / a
        h[0, 3] = torn_silence @ by_b
        h[1, 1] = -n * r / alpha**2 + rate_out2 + pull2 + curve
        h[1, 2] = torn_pull.sum() / a
        h[1, 3] = torn_pull @ by_b
        h[2, 2] = count @ both + (torn.sum() - lost.sum()) / a**2
        h[2, 3] = count @ both + (torn @ by_b) / a
        h[3, 3] = count @ (polygamma(1, b + x + 1) - polygamma(1, b) + both) + (torn + lost) @ by_b**2
        below = np.tril_indices(4, -1)
        h[below] = h.T[below]
        return Evaluation(float(value), gradient, h)

    return evaluate


def _sums(rows: _Rows, r: float, alpha: float, log_odds: Floats) -> tuple[Floats, Floats]:
    """Sum what the derivatives need over a block: over all of it, and for each x in it.

    `silence` is D's slope by r, `pull` by alpha; `gone` is the chance of having left, the slope of
    ln(1 + e^D) by D.
    """
    w, rate = rows.weight, r + rows.x
    inside, outside = 1 / (alpha + rows.t_x), 1 / (alpha + rows.T)
    log_age = -np.log(outside)
    silence = log_age + np.log(inside)
    gap = outside - inside
    pull = rate * gap
    D = log_odds[rows.k] + rate * silence
    tail = np.exp(-np.abs(D))
    soft = np.maximum(D, 0) + np.log1p(tail)
    gone = np.where(D >= 0, 1, tail) / (1 + tail)

    w_rate, lost = w * rate, w * gone
    torn = lost * (1 - gone)
    torn_silence, torn_pull = torn * silence, torn * pull
    w_rate_out = w_rate * outside
    sums = [
        w @ soft - w_rate @ log_age,
        w @ log_age,
        w @ outside,
        w_rate_out.sum(),
        w_rate_out @ outside,
        torn_silence @ silence,
        torn_silence @ pull,
        torn_pull @ pull,
        lost @ gap,
        -(lost * pull) @ (inside + outside),
    ]
    columns = (lost, lost * silence, lost * pull, torn, torn_silence, torn_pull)
    by_x = [np.add.reduceat(column, rows.starts) for column in columns]
    return np.array(sums), np.array(by_x)
