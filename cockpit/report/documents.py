"""The JSON documents, as the README describes them: names and meanings here are promises."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cockpit.figures import Figures, Kpi
from cockpit.language import gettext as _
from cockpit.report.strip import STRIP, TITLE, strip, strip_frame, why
from cockpit.values import plain

if TYPE_CHECKING:
    from cockpit.shop import Shop

Document = dict[str, object]

FORECAST = "forecast"
PARAMETERS = ("r", "alpha", "a", "b", "spend_p", "spend_q", "spend_gamma")


def dumps(document: Document) -> str:
    """Write a document as JSON; a NaN in it would be a mistake, and raises ValueError."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def check_document(shop: "Shop") -> Document:
    """What was loaded, and what was not: `cockpit check --json`."""
    facts = shop.facts
    return {
        "files": list(facts.files),
        "dialect": ", ".join(dict.fromkeys(facts.dialects)),
        "rows": facts.rows,
        "orders": facts.all_orders,
        "eligible_orders": facts.orders,
        "customers": facts.customers,
        "first_order": plain(facts.first_day),
        "last_order": plain(facts.last_day),
        "as_of": plain(facts.as_of),
        "currency": facts.currency,
        "value": plain(facts.value, "money"),
        "excluded": dict(facts.excluded),
        "findings": {
            row["finding"]: {
                "orders": row["orders"],
                "value": plain(row["value"], "money"),
                "share_of_orders": plain(row["share_of_orders"], "share"),
                "share_of_value": plain(row["share_of_value"], "share"),
            }
            for row in shop.panel("doubtful").frame.iter_rows(named=True)
        },
        "assumptions": list(facts.assumptions),
        "warnings": list(facts.warnings),
    }


def report_document(shop: "Shop") -> Document:
    """The strip, and the definitions in force: `cockpit report --json`."""
    chosen = shop.settings
    own = chosen.period_from is not None and chosen.period_to is not None
    return {
        "as_of": plain(shop.facts.as_of),
        "window_days": shop.facts.window.days,
        "period": f"{chosen.period_from}/{chosen.period_to}" if own else chosen.period,
        "filters": [str(condition) for condition in shop.conditions],
        "kpis": {name: kpi_document(kpi) for name, kpi in strip(shop).items()},
        "forecast": _forecast_document(shop),
    }


def _forecast_document(shop: "Shop") -> Document:
    """The models in force, tested on the shop's own past; null, with the reason, where it can't carry one."""
    shop.backtest()
    figures = shop.panel(FORECAST)
    found = figures.frame.row(0, named=True)
    reason = figures.query.columns["why_null"].sentences.get(str(found["why_null"]))
    fitted = {name: plain(found[name], "number") for name in PARAMETERS}
    return {
        "method": found["method"],
        "parameters": fitted if reason is None else None,
        "customers": found["customers"],
        "backtest": answer_document(shop.panel("backtest"))["rows"],
        "why_null": reason and _(reason),
    }


def kpi_document(kpi: Kpi) -> Document:
    """One figure of the strip, and what the owner wants it to be."""
    return {
        "value": plain(kpi.value, kpi.unit),
        "low": plain(kpi.low, kpi.unit),
        "high": plain(kpi.high, kpi.unit),
        "n": kpi.n,
        "previous": plain(kpi.previous, kpi.unit),
        "goal": kpi.goal,
        "why_null": why(kpi),
    }


def panel_document(shop: "Shop", name: str, **parameters: str) -> Document:
    """One panel's figures: `cockpit report --panel NAME --json`; `parameters` as for `Shop.panel`."""
    if name == STRIP:
        frame = strip_frame(shop)
        return _document(TITLE, dict.fromkeys(frame.columns), frame.iter_rows(named=True))
    return answer_document(shop.panel(name, None, **parameters))


def answer_document(figures: Figures) -> Document:
    """The answer of a query: its title, its columns with their units (null: none known), its rows."""
    columns = figures.query.columns
    units: dict[str, str | None] = {}
    for name in figures.frame.columns:
        column = columns.get(name)
        if column is None or not column.hidden:
            units[name] = column.unit or None if column is not None else None
    return _document(figures.query.title, units, figures.frame.iter_rows(named=True))


def _document(title: str, units: Mapping[str, str | None], rows: Iterable[Mapping[str, object]]) -> Document:
    return {
        "title": title,
        "columns": [{"name": name, "unit": unit} for name, unit in units.items()],
        "rows": [{name: plain(row[name], unit or "") for name, unit in units.items()} for row in rows],
    }
