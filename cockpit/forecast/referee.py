"""Forecasts tested on the shop's own past: which method to trust, how far, and how wide the band is.

Rolling origins, at least a horizon apart: at each one every method says who will buy, knowing only what was
known that day, and is then held against what came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from itertools import pairwise

import numpy as np

from cockpit.forecast.calibration import Bin, Estimate, auc, brier, calibration_bins, rank, top_decile_lift
from cockpit.forecast.history import Floats
from cockpit.forecast.methods import METHODS, RANKINGS, Chances, Method, Seen, method_title, train
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which method supplies the chance of no purchase, and why, in a sentence for the owner.

    `predicts` is False where history was tested and does not tell buyers from others, None where it could
    not be tested. `band` is None below three origins.
    """

    horizon: int
    method: Method
    predicts: bool | None
    why: str
    standings: tuple[Standing, ...]
    origins: tuple[OriginResult, ...]
    band: Band | None
    _chances: Chances = field(repr=False, compare=False)

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
        why = _(
            "The history holds {count} past cut-offs with {days} days before and after; a test needs "
            "three. So the purchase model (MBG/NBD) is used, untested and without a band."
        ).format(count=len(past), days=horizon)
        return Verdict(horizon, "mbg", None, why, (), tuple(results), None, train("mbg", ()))

    standings = tuple(_standing(method, results, pools[method]) for method in METHODS)
    method = _choose(standings)
    predicts, why = _reason(method, standings, len(past) - 1)
    band = _band(results, as_of, horizon)
    return Verdict(horizon, method, predicts, why, standings, tuple(results), band, train(method, seen))


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


def _reason(method: Method, standings: Sequence[Standing], tests: int) -> tuple[bool, str]:
    """Whether history predicts, and the sentence that says why this method."""
    by_method = {standing.method: standing for standing in standings}
    chosen, model = by_method[method], by_method["mbg"]
    others = [standing for standing in standings if standing.method != method]
    rival = min(others, key=lambda standing: standing.brier.value)
    if chosen.auc is None:
        return False, _(
            "History can't be tested here: at all {tests} past cut-offs either nobody or everybody bought."
        ).format(tests=tests)
    if chosen.auc.value < LEAST_AUC:
        return False, _(
            "History does not predict here: over {tests} past cut-offs the method that erred least told "
            "buyers from others with an AUC of {auc:.2f}; 0.50 is a coin, 0.60 the least worth acting on."
        ).format(tests=tests, auc=chosen.auc.value)
    figures = {
        "tests": tests,
        "method": method_title(method),
        "brier": chosen.brier.value,
        "auc": chosen.auc.value,
        "rival": method_title(rival.method),
        "rival_brier": rival.brier.value,
        "model_brier": model.brier.value,
    }
    if method != "mbg":
        text = _(
            "Over {tests} past cut-offs {method} erred least (Brier {brier:.4f}, AUC {auc:.2f}; "
            "the purchase model {model_brier:.4f})."
        )
    elif chosen.brier.value <= rival.brier.value:
        text = _(
            "Over {tests} past cut-offs {method} erred least (Brier {brier:.4f}, AUC {auc:.2f}; "
            "next {rival}, {rival_brier:.4f})."
        )
    else:
        text = _(
            "Over {tests} past cut-offs {method} was as good as any (Brier {brier:.4f}, AUC {auc:.2f}; "
            "{rival}, {rival_brier:.4f}, is too close to prefer)."
        )
    return True, text.format(**figures)


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
