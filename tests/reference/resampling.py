"""Means with the interval that the bootstrap gives."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from cockpit.forecast.resampling import ratio_interval


def mean_with_interval(values: Iterable[float | None]) -> tuple[Any, Any, Any]:
    """The mean and its bootstrap interval; one value has none."""
    known = [value for value in values if value is not None]
    if not known:
        return None, None, None
    mean = math.fsum(known) / len(known)
    return mean, *(bootstrap([(value, 1) for value in known]) if len(known) > 1 else (None, None))


def bootstrap(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Interval of the ratio by the product's own draws, which tests/forecast holds to account."""
    amounts, bases = np.array(sorted(pairs), dtype=float).T
    return ratio_interval(amounts, bases)
