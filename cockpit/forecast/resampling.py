"""The bootstrap: how far a figure would move had other customers come."""

import numpy as np

from cockpit.forecast.history import Floats

DRAWS = 1_000
_AT_ONCE = 2_000_000
_SEED = 19_790_101


def ratio_interval(amounts: Floats, bases: Floats) -> tuple[float, float]:
    """95 % interval of Σ amounts ÷ Σ bases over customers drawn with replacement (Efron's percentiles).

    Both are arrays of shape (customers,) with at least one base above nothing; equal bases make a mean.
    Always the same for the same customers in the same order. Draws without any base are left out.
    """
    random, n = np.random.default_rng(_SEED), len(amounts)
    ratios = []
    for done in range(0, DRAWS, rows := max(_AT_ONCE // n, 1)):
        drawn = random.integers(n, size=(min(rows, DRAWS - done), n))
        base = bases[drawn].sum(axis=1)
        ratios.append(amounts[drawn].sum(axis=1)[base > 0] / base[base > 0])
    low, high = np.quantile(np.concatenate(ratios), (0.025, 0.975))
    return float(low), float(high)
