"""The forecast: what query files ask for goes to the models, what these find goes back as tables."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from cockpit.warehouse.tables import Fit

if TYPE_CHECKING:
    import polars as pl

    from cockpit.forecast.purchases import MbgNbd

LEAST_CUSTOMERS = 30


def purchase_model(histories: "pl.DataFrame") -> "pl.DataFrame":
    """Fit the MBG/NBD model: one row, its parameters null with the reason where the shop can't carry it.

    `histories` are the distinct (x, t_x, age) in days with their number of customers.
    """
    import polars as pl

    from cockpit.forecast.history import PurchaseHistory
    from cockpit.forecast.purchases import fit

    customers = int(histories["customers"].sum())
    why = _too_little(histories, customers)
    row: dict[str, float | str | None] = dict.fromkeys(("r", "alpha", "a", "b"))
    if why is None:
        columns = (histories[name].cast(pl.Float64).to_numpy() for name in ("x", "t_x", "age", "customers"))
        model = fit(PurchaseHistory(*columns))
        row = {"r": model.r, "alpha": model.alpha, "a": model.a, "b": model.b}
    schema = dict.fromkeys(("r", "alpha", "a", "b"), pl.Float64) | {
        "customers": pl.Int64,
        "why_null": pl.String,
    }
    return pl.DataFrame([{**row, "customers": customers, "why_null": why}], schema=schema)


def _too_little(histories: "pl.DataFrame", customers: int) -> str | None:
    if customers < LEAST_CUSTOMERS:
        return "few_customers"
    if not (histories["x"] > 0).any():
        return "no_repeats"
    if histories["history_days"][0] < 2 * histories["window_days"][0]:
        return "short_history"
    return None


def spend_model(customers: "pl.DataFrame") -> "pl.DataFrame":
    """Fit the Gamma-Gamma model to customers' repeat purchases: one row, null where nothing has a price."""
    import polars as pl

    from cockpit.forecast.spend import fit

    typical = customers["value"].mean() if customers.height else None
    names = ("p", "q", "gamma", "ceiling", "mean", "correlation")
    row: dict[str, float | None] = dict.fromkeys(names)
    if isinstance(typical, float) and typical > 0:
        repeats = customers["repeat_value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        model = fit(customers["x"].cast(pl.Float64).to_numpy(), repeats, typical=typical)
        row = {name: getattr(model, name) for name in names}
    schema = dict.fromkeys(names, pl.Float64) | {"customers": pl.Int64}
    return pl.DataFrame([{**row, "customers": customers.height}], schema=schema)


def expected_purchases(ages: "pl.DataFrame") -> "pl.DataFrame":
    """Expected purchases over 12 months, plain and discounted, for each distinct (x, age in days)."""
    import polars as pl

    if ages.is_empty():
        return ages.select("x", "age", expected_12m=pl.lit(0.0), discounted_12m=pl.lit(0.0))
    model = model_of(ages)
    x, age = (ages[name].cast(pl.Float64).to_numpy() for name in ("x", "age"))
    return ages.select("x", "age").with_columns(
        expected_12m=pl.Series(model.expected_if_alive(x, age, 365.0)),
        discounted_12m=pl.Series(model.discounted_if_alive(x, age, float(ages["discount"][0]))),
    )


def model_of(parameters: "pl.DataFrame") -> "MbgNbd":
    """The fitted model whose parameters r, alpha, a, b stand in the first row."""
    import numpy as np

    from cockpit.forecast.purchases import MbgNbd

    r, alpha, a, b = (float(parameters[name][0]) for name in ("r", "alpha", "a", "b"))
    unknown = np.full((4, 4), np.nan)
    return MbgNbd(r, alpha, a, b, float("nan"), unknown, float("nan"), converged=True)


FITS: Mapping[str, Fit] = MappingProxyType(
    {
        "purchase_model": purchase_model,
        "spend_model": spend_model,
        "expected_purchases": expected_purchases,
    }
)
