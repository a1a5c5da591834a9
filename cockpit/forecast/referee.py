"""Forecasts tested on the shop's own past: which method to trust, how far, and how wide the band is.

Rolling origins, at least a horizon apart: at each one every method says who will buy, knowing only what was
known that day, and is then held against what came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np

from cockpit.forecast.calibration import Bin, Estimate, auc, brier, calibration_bins, rank, top_decile_lift
from cockpit.forecast.history import Floats
from cockpit.forecast.methods import METHODS, RANKINGS, Chances, Method, Seen, train
from cockpit.forecast.purchases import MbgNbd, fit
from cockpit.forecast.snapshots import Snapshot
from cockpit.progress import Progress, Step, silent

LEAST_ORIGINS = 3
TIE = 0.002
"""Of the Brier score: closer than this to the best, the purchase model keeps its place."""
LEAST_AUC = 0.60
YEAR = 365
_GRID = 10_000


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did at one origin; `auc` and `lift` are None where nobody or everybody bought.

    `expected_buyers` is the sum of its chances, to be held against the buyers who came.
    """

    method: Method
    auc: Estimate | None
    brier: Estimate
    lift: Estimate | None
    expected_buyers: float


@dataclass(frozen=True, slots=True)
class OriginResult:
    """One origin: what the purchase model expected of all customers together, what came, who ranked how.

    `last_year` is actual over expected of the origin a year before, None where there is none. `scores` is
    empty at the first origin, where nothing earlier could be learned from.
    """

    origin: date
    customers: float
    buyers: float
    purchases: float
    expected_purchases: float
    last_year: float | None
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A method over all origins at which methods were compared, means weighted by customers.

    Intervals take origins as independent. `bias` is expected over actual buyers, less 1 (None if nobody
    bought); `bins` are calibration deciles.
    """

    method: Method
    auc: Estimate | None
    brier: Estimate
    lift: Estimate | None
    bias: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """How far totals of expected purchases are off in this shop.

    spread: root mean square of ln((actual + 1/2) / (expected + 1/2)) over the origins; season: what to
    multiply an expected total by, last year's actual over expected for the same season (1 without a year
    of history, or where the backtests got worse by it).
    """

    spread: float
    season: float
    seasonal: bool

    def of(self, total: float) -> Estimate:
        """Total in season, with its 90 % band; works for purchases and for their value."""
        centre = total * self.season
        return Estimate(
            centre, centre * float(np.exp(-1.645 * self.spread)), centre * float(np.exp(1.645 * self.spread))
        )


Reason = Literal["untested", "one_kind", "unpredictable", "best_model", "tied_model", "best"]
"""Why a method was chosen.

untested: fewer than three origins; one_kind: nobody or everybody bought at all of them; unpredictable: AUC
below .60; best_model, best: the least Brier score, by the purchase model or another; tied_model: the
purchase model, too close to the least to give way.
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which method supplies the chance of no purchase, and why.

    `tests` counts the origins at which methods were compared, or, where that was too few to compare, all.
    `predicts` is False where history was tested and does not tell buyers from others, None where it could
    not be tested. `band` is None below three origins.
    """

    horizon: int
    method: Method
    predicts: bool | None
    reason: Reason
    tests: int
    standings: tuple[Standing, ...]
    origins: tuple[OriginResult, ...]
    band: Band | None
    _chances: Chances = field(repr=False, compare=False)

    @property
    def chosen(self) -> Standing | None:
        """How the method did; None where it was not tested."""
        return next((standing for standing in self.standings if standing.method == self.method), None)

    @property
    def rival(self) -> Standing | None:
        """The best of the other methods by Brier score; None where none was tested."""
        others = [standing for standing in self.standings if standing.method != self.method]
        return min(others, key=lambda standing: standing.brier.value, default=None)

    def chances(self, today: Snapshot, model: MbgNbd) -> Floats:
        """Chance of each row to buy within the horizon, by the chosen method.

        `model` is the purchase model fitted to today's customers.
        """
        if today.horizon != self.horizon:
            raise ValueError("a verdict holds for the horizon that was tested")
        return self._chances(Seen(today, model))


def judge(snapshots: Sequence[Snapshot], as_of: date, horizon: int, progress: Progress = silent) -> Verdict:
    """Test all methods at the origins of the snapshots, the earliest first, and choose one.

    Snapshots without a customer are passed over. ValueError if origins are less than a horizon apart (a
    method could learn what it is asked), reach beyond as-of, or don't know what came.
    """
    past = [snapshot for snapshot in snapshots if snapshot.customers > 0]
    _check(past, as_of, horizon)
    seen: list[Seen] = []
    results: list[OriginResult] = []
    pools = {method: _Pool() for method in METHODS}
    for number, snapshot in enumerate(past):
        progress(Step("forecast", number, len(past), snapshot.origin.isoformat()))
        here = Seen(snapshot, fit(snapshot.history()))
        scores = tuple(_score(method, seen, here, pools[method]) for method in METHODS) if seen else ()
        results.append(_result(here, scores, results, horizon))
        seen.append(here)
    progress(Step("forecast", len(past), len(past)))

    if len(past) < LEAST_ORIGINS:
        untrained = train("mbg", ())
        return Verdict(horizon, "mbg", None, "untested", len(past), (), tuple(results), None, untrained)

    standings = tuple(_standing(method, results, pools[method]) for method in METHODS)
    method = _choose(standings)
    reason = _reason(method, standings)
    predicts = reason not in ("one_kind", "unpredictable")
    band, chances = _band(results, as_of, horizon), train(method, seen)
    return Verdict(horizon, method, predicts, reason, len(past) - 1, standings, tuple(results), band, chances)


class _Pool:
    """Customers of several origins by their chance, in steps of 1/10,000: how many, how many bought."""

    def __init__(self) -> None:
        self.customers = np.zeros(_GRID + 1)
        self.buyers = np.zeros(_GRID + 1)

    def add(self, chance: Floats, bought: Floats, weight: Floats) -> None:
        cell = np.rint(chance * _GRID).astype(np.intp)
        self.customers += np.bincount(cell, weights=weight, minlength=_GRID + 1)
        self.buyers += np.bincount(cell, weights=weight * bought, minlength=_GRID + 1)

    def bins(self) -> tuple[Bin, ...]:
        used = np.flatnonzero(self.customers)
        share = self.buyers[used] / self.customers[used]
        return calibration_bins(used / _GRID, share, self.customers[used])


def _check(past: Sequence[Snapshot], as_of: date, horizon: int) -> None:
    days = [snapshot.origin for snapshot in past]
    if any(snapshot.bought is None or snapshot.horizon != horizon for snapshot in past):
        raise ValueError("a past snapshot knows what came within the horizon")
    if any((later - day).days < horizon for day, later in pairwise([*days, as_of])):
        raise ValueError("origins must rise and lie at least a horizon apart, and before as-of")


def _score(method: Method, earlier: Sequence[Seen], here: Seen, pool: _Pool) -> Score:
    """Let a method learn from the earlier origins and hold its chances here against what came."""
    snapshot = here.snapshot
    bought, weight = np.asarray(snapshot.bought), snapshot.weight
    chance = train(method, earlier)(here)
    ranking = rank(RANKINGS[method](snapshot) if method in RANKINGS else chance, bought, weight)
    pool.add(chance, bought, weight)
    return Score(
        method=method,
        auc=auc(ranking),
        brier=brier(chance, bought, weight),
        lift=top_decile_lift(ranking),
        expected_buyers=float(weight @ chance),
    )


def _result(
    here: Seen, scores: tuple[Score, ...], before: Sequence[OriginResult], horizon: int
) -> OriginResult:
    s = here.snapshot
    return OriginResult(
        origin=s.origin,
        customers=s.customers,
        buyers=float(s.weight @ np.asarray(s.bought)),
        purchases=float(s.weight @ np.asarray(s.purchases)),
        expected_purchases=float(s.weight @ here.model.expected_purchases(s.x, s.t_x, s.T, horizon)),
        last_year=_last_year(before, s.origin, horizon),
        scores=scores,
    )


def _last_year(results: Sequence[OriginResult], day: date, horizon: int) -> float | None:
    """Actual over expected at the origin nearest to a year before, if most of the season overlaps."""
    distance = {result.origin: abs((day - result.origin).days - YEAR) for result in results}
    nearest = min(results, key=lambda result: distance[result.origin], default=None)
    if nearest is None or distance[nearest.origin] > horizon / 2:
        return None
    return _ratio(nearest)


def _ratio(result: OriginResult) -> float:
    return (result.purchases + 0.5) / (result.expected_purchases + 0.5)


def _standing(method: Method, results: Sequence[OriginResult], pool: _Pool) -> Standing:
    pairs = [(r, score) for r in results for score in r.scores if score.method == method]
    buyers = sum(r.buyers for r, _score in pairs)
    expected = sum(score.expected_buyers for _result, score in pairs)
    ranked = [(r.customers, score.auc) for r, score in pairs if score.auc]
    lifted = [(r.customers, score.lift) for r, score in pairs if score.lift]
    return Standing(
        method=method,
        auc=_average(ranked) if ranked else None,
        brier=_average([(r.customers, score.brier) for r, score in pairs]),
        lift=_average(lifted) if lifted else None,
        bias=expected / buyers - 1 if buyers else None,
        bins=pool.bins(),
    )


def _average(parts: Sequence[tuple[float, Estimate]]) -> Estimate:
    """Weighted mean of estimates; half-widths add up in squares."""
    weight = np.array([customers for customers, _estimate in parts])
    value, low, high = np.array([estimate for _customers, estimate in parts]).T
    share = weight / weight.sum()
    mean = float(share @ value)
    below, above = (float(np.linalg.norm(share * (end - value))) for end in (low, high))
    return Estimate(mean, mean - below, mean + above)


def _choose(standings: Sequence[Standing]) -> Method:
    """The least Brier score; the purchase model if it is within a tie of it."""
    best = min(standings, key=lambda standing: standing.brier.value)
    model = next(standing for standing in standings if standing.method == "mbg")
    return "mbg" if model.brier.value <= best.brier.value + TIE else best.method


def _reason(method: Method, standings: Sequence[Standing]) -> Reason:
    chosen = next(standing for standing in standings if standing.method == method)
    if chosen.auc is None:
        return "one_kind"
    if chosen.auc.value < LEAST_AUC:
        return "unpredictable"
    if method != "mbg":
        return "best"
    least = min(standing.brier.value for standing in standings)
    return "best_model" if chosen.brier.value <= least else "tied_model"


def _band(results: Sequence[OriginResult], as_of: date, horizon: int) -> Band:
    """Spread of the totals' errors, in season where a year of history allows and it has not done harm."""
    plain = np.array([np.log(_ratio(result)) for result in results])
    repeated = np.array([result.last_year is not None for result in results])
    scaled = np.array([np.log(_ratio(r) / r.last_year) for r in results if r.last_year is not None])
    season = _last_year(results, as_of, horizon)
    enough = scaled.size >= LEAST_ORIGINS
    harmful = enough and _rms(scaled) > _rms(plain[repeated])
    if season is None or harmful:
        return Band(_rms(plain), 1.0, seasonal=False)
    return Band(_rms(scaled if enough else plain), season, seasonal=True)


def _rms(errors: Floats) -> float:
    return float(np.sqrt(np.mean(errors**2)))
