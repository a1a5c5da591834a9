"""Ways to say who will buy: the purchase model, with and without look-alikes for those who bought once, two
plain rankings, and a logistic regression on the past.

Each learns from past snapshots only, whose outcomes were known by the day it is asked about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from cockpit.forecast.calibration import calibrate
from cockpit.forecast.history import Floats
from cockpit.forecast.look_alikes import look_alikes
from cockpit.forecast.purchases import MbgNbd
from cockpit.forecast.snapshots import Snapshot

Method = Literal["mbg", "look_alikes", "orders", "recency", "learned"]
METHODS: tuple[Method, ...] = ("mbg", "look_alikes", "orders", "recency", "learned")

SAMPLE = 50_000
"""Rows of a snapshot that are learned from: ten parameters need no more, and memory stays small."""
RIDGE = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A snapshot with the purchase model fitted to it, so without knowledge of what came after."""

    snapshot: Snapshot
    model: MbgNbd


Chances = Callable[[Seen], Floats]
"""The chance of each row of a snapshot to buy within its horizon."""


def train(method: Method, earlier: Sequence[Seen]) -> Chances:
    """Learn from earlier snapshots how a method's figures turn into chances.

    The model needs no lesson, and look-alikes are part of the snapshot that is asked about.
    """
    if method == "mbg":
        return _model_chances
    if method == "look_alikes":
        return _look_alikes_chances
    lessons = [_sample(seen) for seen in earlier]
    weight = np.concatenate([seen.snapshot.weight for seen in lessons])
    bought = np.concatenate([_bought(seen.snapshot) for seen in lessons])
    if method == "learned":
        return _regression(np.concatenate([_features(seen) for seen in lessons]), bought, weight)
    rank = RANKINGS[method]
    curve = calibrate(np.concatenate([rank(seen.snapshot) for seen in lessons]), bought, weight)
    return lambda seen: curve(rank(seen.snapshot))


def _rank_by_recency(snapshot: Snapshot) -> Floats:
    """The fewer days since the last purchase, the higher."""
    return -snapshot.silence


def _rank_by_orders(snapshot: Snapshot) -> Floats:
    """The more purchases in the last 365 days, the higher; equal ones by recency."""
    return snapshot.orders_365 + 1 / (2 + snapshot.silence)


RANKINGS: Mapping[Method, Callable[[Snapshot], Floats]] = {
    "orders": _rank_by_orders,
    "recency": _rank_by_recency,
}
"""Methods that only say who is likelier; the past says how likely."""


def _model_chances(seen: Seen) -> Floats:
    s = seen.snapshot
    return 1 - seen.model.p_no_purchase(s.x, s.t_x, s.T, s.horizon)


def _look_alikes_chances(seen: Seen) -> Floats:
    """The model's, but what look-alikes did for those who bought once, where enough of them were watched."""
    judged = look_alikes(seen.snapshot).chance
    return np.where(np.isnan(judged), _model_chances(seen), judged)


def _features(seen: Seen) -> Floats:
    """What the regression looks at: the model's opinion, recency, frequency and spend, on log scales."""
    s = seen.snapshot
    silence, times = np.log1p(s.silence), np.log1p(s.x)
    columns = [
        logit(np.clip(_model_chances(seen), 1e-6, 1 - 1e-6)),
        silence,
        silence**2,
        times,
        silence * times,
        s.x == 0,
        np.log1p(s.t_x),
        np.log1p(s.orders_365),
        np.log1p(np.maximum(s.value, 0)),
    ]
    return np.column_stack(columns).astype(np.float64)


def _regression(features: Floats, bought: Floats, weight: Floats) -> Chances:
    """Logistic regression by Newton's method, standardised, with a small ridge."""
    n = float(weight.sum())
    mean = weight @ features / n
    spread = np.sqrt(weight @ (features - mean) ** 2 / n)
    spread[spread < 1e-9] = 1.0

    def design(columns: Floats) -> Floats:
        return np.column_stack([np.ones(len(columns)), (columns - mean) / spread])

    rows = design(features)
    coefficients = np.zeros(rows.shape[1])
    for _step in range(50):
        chance = expit(rows @ coefficients)
        slope = rows.T @ (weight * (bought - chance)) - RIDGE * coefficients
        curvature = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows
        step = np.linalg.solve(curvature + RIDGE * np.eye(coefficients.size), slope)
        coefficients += step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-8:
            break
    return lambda seen: np.asarray(expit(design(_features(seen)) @ coefficients))


def _sample(seen: Seen) -> Seen:
    """At most SAMPLE rows, the same ones every time."""
    size = seen.snapshot.x.size
    if size <= SAMPLE:
        return seen
    rows = np.sort(np.random.default_rng(1).choice(size, SAMPLE, replace=False))
    return Seen(seen.snapshot.take(rows), seen.model)


def _bought(snapshot: Snapshot) -> Floats:
    if snapshot.bought is None:
        raise ValueError("a past snapshot knows who bought")
    return snapshot.bought
