"""The forecast put to the test on the shop's own past, and what follows from it for today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cockpit.outlook import model_of
from cockpit.progress import Progress, Step, silent

if TYPE_CHECKING:
    import polars as pl

    from cockpit.forecast.referee import OriginResult, Standing, Verdict
    from cockpit.forecast.snapshots import Snapshot

HORIZONS = (30, 90, 180)
HEADLINE = 90
ENOUGH_CUSTOMERS = 50_000
"""A test on so many customers is as sharp as one on all, and far quicker."""

_SCHEMAS: Mapping[str, tuple[str, ...]] = {
    "backtest_verdicts": (
        "horizon_days", "method", "predicts", "reason", "tests", "auc", "brier", "model_brier",
        "rival", "rival_brier", "spread", "season", "seasonal", "one_of",
    ),
    "backtest_methods": (
        "horizon_days", "method", "auc", "auc_low", "auc_high", "brier", "brier_low", "brier_high",
        "lift", "lift_low", "lift_high", "bias",
    ),
    "backtest_origins": (
        "horizon_days", "origin", "customers", "buyers", "purchases", "expected_purchases", "last_year",
    ),
    "backtest_bins": (
        "horizon_days", "method", "tenth", "customers", "forecast", "happened", "low", "high",
    ),
}  # fmt: skip

_TRAITS = ("category", "product", "country", "channel", "discount", "size")
"""Attributes of the first order by which customers may be alike."""

Look = Callable[[date, int, int], "pl.DataFrame"]
"""Asks for the shop on a past day: (day, horizon in days, one of so many customers)."""


@dataclass(frozen=True)
class Backtest:
    """What the tests found, by horizon in days, and each customer's chances by the methods they chose.

    `one_of` is 1 where all customers took part, else one customer in so many did. `chances` is None where
    the purchase model won every test: its scores stand already.
    """

    verdicts: "Mapping[int, Verdict]"
    one_of: int
    chances: "pl.DataFrame | None"

    def tables(self) -> "dict[str, pl.DataFrame]":
        """The findings as tables, named and shaped as the query files `backtest_…` of the tables say."""
        import polars as pl

        rows: dict[str, list[dict[str, object]]] = {name: [] for name in _SCHEMAS}
        for horizon, verdict in self.verdicts.items():
            rows["backtest_verdicts"].append(_verdict_row(horizon, verdict, self.one_of))
            for origin in verdict.origins:
                rows["backtest_origins"].append(_origin_row(horizon, origin, self.one_of))
            for standing in verdict.standings:
                about: dict[str, object] = {"horizon_days": horizon, "method": standing.method}
                rows["backtest_methods"].append({**about, **_scores(standing)})
                for tenth, found_bin in enumerate(standing.bins, start=1):
                    bin_row = {**found_bin._asdict(), "customers": found_bin.customers * self.one_of}
                    rows["backtest_bins"].append({**about, "tenth": tenth, **bin_row})
        return {name: pl.DataFrame(rows[name], schema=_types(columns)) for name, columns in _SCHEMAS.items()}

    @property
    def headline(self) -> "Verdict":
        """The verdict on forecasts over 90 days."""
        return self.verdicts[HEADLINE]


def run(
    look: Look,
    parameters: "pl.DataFrame",
    first_day: date,
    as_of: date,
    customers: int,
    *,
    progress: Progress = silent,
) -> Backtest:
    """Test every method at past days, a horizon apart, for each horizon.

    `parameters` is the purchase model's row; `progress` counts looks at past days, two a day and horizon,
    and may raise `Cancelled` at each.
    """
    from cockpit.forecast.referee import judge
    from cockpit.forecast.snapshots import origins

    one_of = max(1, customers // ENOUGH_CUSTOMERS)
    days = {horizon: origins(first_day, as_of, horizon) for horizon in HORIZONS}
    total, done = 2 * sum(map(len, days.values())), 0
    verdicts = {}
    for horizon in HORIZONS:
        past = []
        for day in days[horizon]:
            progress(Step("forecast", done, total, day.isoformat()))
            past.append(_snapshot(look(day, horizon, one_of), day, horizon, known=True))
            done += 1
        verdicts[horizon] = judge(past, as_of, horizon, _onwards(progress, done, total))
        done += len(past)
    return Backtest(verdicts, one_of, _chances(look, parameters, as_of, verdicts))


def _onwards(progress: Progress, before: int, total: int) -> Progress:
    """Reports a part of the work as steps of the whole."""
    return lambda step: progress(Step(step.stage, before + step.done, total, step.note))


def _chances(
    look: Look, parameters: "pl.DataFrame", as_of: date, verdicts: "Mapping[int, Verdict]"
) -> "pl.DataFrame | None":
    import polars as pl

    if all(verdict.method == "mbg" for verdict in verdicts.values()):
        return None
    model = model_of(parameters)
    seen = look(as_of, HEADLINE, 1)
    columns = {}
    for horizon, verdict in verdicts.items():
        today = _snapshot(seen, as_of, horizon, known=False)
        columns[f"p_no_order_{horizon}d"] = pl.Series(1 - verdict.chances(today, model), dtype=pl.Float64)
    alike = _alike(seen, as_of, judged=verdicts[HEADLINE].method == "look_alikes")
    return pl.concat([seen.select("customer_key").with_columns(**columns), alike], how="horizontal")


def _alike(seen: "pl.DataFrame", as_of: date, *, judged: bool) -> "pl.DataFrame":
    """For each one-time buyer the look-alikes by whom the chance over 90 days was judged, if it was."""
    import polars as pl

    from cockpit.forecast.look_alikes import look_alikes

    types = dict.fromkeys(("alike_by", "alike_value"), pl.String) | dict.fromkeys(
        ("alike_customers", "alike_back"), pl.Int64
    )
    if not judged:
        return pl.DataFrame(schema=types).clear(seen.height)
    found = look_alikes(_snapshot(seen, as_of, HEADLINE, known=False))
    of_a_kind = pl.Series(found.alike)
    by = pl.when(of_a_kind).then(pl.lit(found.by)).otherwise(pl.lit("everyone"))
    value = seen[found.by] if found.by is not None else pl.Series([None], dtype=pl.String)
    known = pl.Series(found.chance).is_not_nan()
    return seen.select(
        pl.when(known).then(column).cast(types[name]).alias(name)
        for name, column in (
            ("alike_by", by),
            ("alike_value", pl.when(of_a_kind).then(value)),
            ("alike_customers", pl.lit(pl.Series(found.silent))),
            ("alike_back", pl.lit(pl.Series(found.back))),
        )
    )


def _snapshot(seen: "pl.DataFrame", day: date, horizon: int, known: bool) -> "Snapshot":
    import numpy as np
    import polars as pl

    from cockpit.forecast.snapshots import Snapshot

    def column(name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        return seen[name].cast(pl.Float64).to_numpy()

    def codes(name: str) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        values = seen[name].cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
        distinct, position = np.unique(values, return_inverse=True)
        return position - int(distinct.size > 0 and distinct[0] == -1)

    bought = column("purchases")
    return Snapshot(
        origin=day,
        horizon=horizon,
        x=column("x"),
        t_x=column("t_x"),
        T=column("age"),
        weight=np.ones(seen.height),
        orders_365=column("orders_365"),
        value=column("value"),
        first_gap=column("first_gap"),
        traits={name: codes(name) for name in _TRAITS},
        bought=(bought > 0).astype(np.float64) if known else None,
        purchases=bought if known else None,
    )


def _verdict_row(horizon: int, verdict: "Verdict", one_of: int) -> dict[str, object]:
    band, chosen, rival = verdict.band, verdict.chosen, verdict.rival
    model = next((standing for standing in verdict.standings if standing.method == "mbg"), None)
    return {
        "horizon_days": horizon,
        "method": verdict.method,
        "predicts": verdict.predicts,
        "reason": verdict.reason,
        "tests": verdict.tests,
        "auc": chosen.auc.value if chosen is not None and chosen.auc is not None else None,
        "brier": chosen.brier.value if chosen is not None else None,
        "model_brier": model.brier.value if model is not None else None,
        "rival": rival.method if rival is not None else None,
        "rival_brier": rival.brier.value if rival is not None else None,
        "spread": band.spread if band is not None else None,
        "season": band.season if band is not None else None,
        "seasonal": band.seasonal if band is not None else None,
        "one_of": one_of,
    }


def _origin_row(horizon: int, origin: "OriginResult", one_of: int) -> dict[str, object]:
    """One past day; what was counted of a part of the customers is scaled up to all."""
    row: dict[str, object] = {"horizon_days": horizon, "origin": origin.origin, "last_year": origin.last_year}
    for name in ("customers", "buyers", "purchases", "expected_purchases"):
        row[name] = getattr(origin, name) * one_of
    return row


def _scores(standing: "Standing") -> dict[str, object]:
    found: dict[str, object] = {"bias": standing.bias}
    for name in ("auc", "brier", "lift"):
        estimate = getattr(standing, name)
        ends = (None, None, None) if estimate is None else estimate
        found |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
    return found


def _types(columns: tuple[str, ...]) -> "dict[str, pl.DataType | type[pl.DataType]]":
    import polars as pl

    whole, flags = {"horizon_days", "tenth", "one_of", "tests"}, {"predicts", "seasonal"}
    words = {"method", "reason", "rival"}
    types: dict[str, pl.DataType | type[pl.DataType]] = {}
    for name in columns:
        if name in whole:
            types[name] = pl.Int32
        elif name in words:
            types[name] = pl.String
        elif name in flags:
            types[name] = pl.Boolean
        else:
            types[name] = pl.Date if name == "origin" else pl.Float64
    return types
