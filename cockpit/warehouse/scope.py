"""The active filter: conditions narrow the table of customers that every panel and list reads through."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from math import isfinite

from cockpit.conditions import Condition
from cockpit.errors import UsageError
from cockpit.warehouse.catalog import Catalog
from cockpit.warehouse.connection import Parameters, Writer

HIDDEN_FIELDS = frozenset({"customer_key"})

_QUERIES: Mapping[str, tuple[str, bool]] = {
    "=": ("is_one_of", True),
    "!=": ("is_one_of", False),
    "in": ("is_one_of", True),
    "not in": ("is_one_of", False),
    "contains": ("contains", True),
    "is known": ("is_known", True),
    "is not known": ("is_known", False),
    ">=": ("at_least", True),
    "<": ("less_than", True),
    ">": ("more_than", True),
    "<=": ("at_most", True),
}
"""Which query finds the customers of a comparison, and whether these are kept or the others."""

_OF_TAGS = {"is_one_of": "has_tag", "contains": "has_tag_with", "is_known": "has_any_tag"}
"""Which query does so where the field holds several values."""

_PARAMETER = re.compile(r"\$(\w+)")
_CUSTOMERS_WHERE = "select customer_key\nfrom customers\nwhere "
"""How these queries begin; the rest is a condition that may stand beside others."""


def widen(writer: Writer, catalog: Catalog) -> None:
    """Put everyone in scope."""
    writer.run(catalog.get("table", "scope").statement)
    writer.run(catalog.get("view", "purchases_here").statement)
    writer.run(catalog.get("view", "customers_here").statement)
    writer.run(catalog.get("scope", "no_customers_in_scope").statement)


def narrow(
    writer: Writer, catalog: Catalog, conditions: Sequence[Condition], fields: Mapping[str, str]
) -> None:
    """Put the customers in scope who meet every condition (one at least), and their purchases here.

    `fields` maps the columns of `customers` to their duckdb types. Raises `UsageError` for a field that
    does not exist or a value that is not of its type.
    """
    writer.run(*narrowing(catalog, conditions, fields))
    for name in ("purchases_here", "customers_in_scope", "customers_here"):
        writer.run(catalog.get("scope", name).statement)


def narrowing(
    catalog: Catalog, conditions: Sequence[Condition], fields: Mapping[str, str]
) -> tuple[str, Parameters]:
    """One statement that makes the scope of those who meet all conditions, and what it binds."""
    held: list[str] = []
    parameters: dict[str, object] = {}
    for number, condition in enumerate(conditions):
        name, keep, values = _question(condition, fields)
        met = catalog.get("scope", name).statement.removeprefix(_CUSTOMERS_WHERE)
        numbered = _PARAMETER.sub(rf"$\1_{number}", met)
        held.append(f"({numbered})" if keep else f"not coalesce(({numbered}), false)")
        parameters |= {f"{parameter}_{number}": value for parameter, value in values.items()}
    return f"create or replace table scope as\n{_CUSTOMERS_WHERE}" + "\nand ".join(held), parameters


def _question(condition: Condition, fields: Mapping[str, str]) -> tuple[str, bool, dict[str, object]]:
    """The name of the query of a condition, whether to keep whom it finds, and what it binds."""
    field = _field(condition.field, fields)
    kind = fields[field]
    name, keep = _QUERIES[condition.op]
    values: dict[str, object] = {"field": field}
    if condition.op in ("<", "<=", ">", ">="):
        values["value"] = _typed(condition.values[0], field, kind)
    elif name == "is_one_of" and kind != "VARCHAR":
        name = "is_one_of_values"
        values["values"] = [_typed(value, field, kind) for value in condition.values]
    elif name == "is_one_of":
        values["values"] = list(condition.values)
    elif name == "contains":
        values["value"] = condition.values[0]
    if field == "tags" and name in _OF_TAGS:
        return _OF_TAGS[name], keep, {name: value for name, value in values.items() if name != "field"}
    return name, keep, values


def _field(name: str, fields: Mapping[str, str]) -> str:
    offered = [field for field in fields if field not in HIDDEN_FIELDS]
    wanted = name.strip().lower().replace(" ", "_")
    if wanted in offered:
        return wanted
    close = get_close_matches(wanted, offered, n=1)
    remedy = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(offered)}."
    raise UsageError(f"There is nothing called {name} to filter by.", remedy)


def _typed(text: str, field: str, kind: str) -> object:
    try:
        if kind == "DATE":
            return date.fromisoformat(text)
        if kind == "BOOLEAN":
            return {"yes": True, "true": True, "no": False, "false": False}[text.lower()]
        if kind != "VARCHAR":
            return _number(text)
    except (ValueError, KeyError):
        wanted = {"DATE": "a date such as 2025-12-31", "BOOLEAN": "yes or no"}.get(kind, "a number")
        raise UsageError(f"{field} is compared with {wanted}, not with {text}.") from None
    return text


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number) or "_" in text:
        raise ValueError
    return number
