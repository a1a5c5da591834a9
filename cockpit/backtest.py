"""The forecast put to the test on the shop's own past, and what follows from it for today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cockpit.outlook import model_of
from cockpit.progress import Progress, Step, silent

if TYPE_CHECKING:
    import polars as pl

    from cockpit.forecast.referee import Verdict
    from cockpit.forecast.snapshots import Snapshot

HORIZONS = (30, 90, 180)
HEADLINE = 90
ENOUGH_CUSTOMERS = 50_000
"""A test on so many customers is as sharp as one on all, and far quicker."""

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

    `parameters` is the purchase model's row; `progress` may raise `Cancelled` between two past days.
    """
    from cockpit.forecast.referee import judge
    from cockpit.forecast.snapshots import origins

    one_of = max(1, customers // ENOUGH_CUSTOMERS)
    verdicts = {}
    for horizon in HORIZONS:
        past = []
        days = origins(first_day, as_of, horizon)
        for number, day in enumerate(days):
            progress(Step("forecast", number, len(days), day.isoformat()))
            past.append(_snapshot(look(day, horizon, one_of), day, horizon, one_of, known=True))
        verdicts[horizon] = judge(past, as_of, horizon, progress)
    return Backtest(verdicts, one_of, _chances(look, parameters, as_of, verdicts))


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
        today = _snapshot(seen, as_of, horizon, 1, known=False)
        columns[f"p_no_order_{horizon}d"] = pl.Series(1 - verdict.chances(today, model), dtype=pl.Float64)
    return seen.select("customer_key").with_columns(**columns)


def _snapshot(seen: "pl.DataFrame", day: date, horizon: int, one_of: int, known: bool) -> "Snapshot":
    import numpy as np
    import polars as pl

    from cockpit.forecast.snapshots import Snapshot

    def column(name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        return seen[name].cast(pl.Float64).to_numpy()

    bought = column("purchases")
    return Snapshot(
        origin=day,
        horizon=horizon,
        x=column("x"),
        t_x=column("t_x"),
        T=column("age"),
        weight=np.full(seen.height, float(one_of)),
        orders_365=column("orders_365"),
        value=column("value"),
        bought=(bought > 0).astype(np.float64) if known else None,
        purchases=bought if known else None,
    )
