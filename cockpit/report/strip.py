"""The figures of the strip, in the order of the report."""

from typing import TYPE_CHECKING

from cockpit.figures import Kpi
from cockpit.language import gettext as _
from cockpit.values import plain

if TYPE_CHECKING:
    import polars as pl

    from cockpit.shop import Shop

NAMES = (
    "active_customers",
    "customers",
    "churn_rate",
    "retention_rate",
    "repeat_rate_90d",
    "clv_12m",
    "historic_clv",
    "value_at_stake",
    "at_risk_customers",
    "returning_revenue_share",
    "orders_per_customer",
    "average_order_value",
    "net_revenue_retention",
)
"""Every figure that a script may count on, in the order of the report."""

STRIP = "kpis"
"""The panel that is made of the strip."""

TITLE = _("The figures")


def strip(shop: "Shop") -> dict[str, Kpi]:
    """Every figure of the strip, by name."""
    others = [name for name in shop.kpi_names() if name not in NAMES]
    return {name: shop.kpi(name) for name in (*NAMES, *others)}


def strip_frame(shop: "Shop") -> "pl.DataFrame":
    """The strip as a table: one row a figure, each in its own unit."""
    import polars as pl

    rows = [_row(name, kpi) for name, kpi in strip(shop).items()]
    schema = {
        "name": pl.String, "title": pl.String, "unit": pl.String,
        "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "n": pl.Int64,
        "previous": pl.Float64, "previous_is": pl.String, "why_null": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(name: str, kpi: Kpi) -> tuple[object, ...]:
    value, low, high, previous = (
        plain(each, kpi.unit) for each in (kpi.value, kpi.low, kpi.high, kpi.previous)
    )
    return name, _(kpi.title), kpi.unit, value, low, high, kpi.n, previous, kpi.previous_is, why(kpi)


def why(kpi: Kpi) -> str | None:
    """Why a figure is not known; None where it is."""
    if kpi.value is not None:
        return None
    return _(kpi.why_null) if kpi.why_null else _("There is too little to count.")
