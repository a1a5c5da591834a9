"""The active filter: conditions narrow the table of customers that every panel and list reads through."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

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
    "<": ("at_least", False),
    ">": ("more_than", True),
    "<=": ("more_than", False),
}


def widen(writer: Writer, catalog: Catalog) -> None:
    """Put everyone in scope."""
    for table in ("scope", "purchases_of_the_filter"):
        writer.run(catalog.get("table", table).statement)
    writer.run(catalog.get("view", "purchases_here").statement)


def narrowing(
    catalog: Catalog, conditions: Sequence[Condition], fields: Mapping[str, str]
) -> Iterator[tuple[str, Parameters]]:
    """Statements that narrow a full scope, and the purchases here, to the customers who meet every condition.

    `fields` maps the columns of `customers` to their duckdb types. Raises `UsageError` for a field that
    does not exist or a value that is not of its type.
    """
    for condition in conditions:
        field = _field(condition.field, fields)
        kind = fields[field]
        name, keep = _QUERIES[condition.op]
        parameters: dict[str, object] = {"field": field, "keep": keep}
        if condition.op in ("<", "<=", ">", ">="):
            parameters["value"] = _typed(condition.values[0], field, kind)
            if not keep:
                # What is not known is not below a value either, though it is not above it.
                yield catalog.get("scope", "has_value").statement, {"field": field}
        elif name == "is_one_of" and kind != "VARCHAR":
            name = "is_one_of_values"
            parameters["values"] = [_typed(value, field, kind) for value in condition.values]
        elif name == "is_one_of":
            parameters["values"] = list(condition.values)
        elif name == "contains":
            parameters["value"] = condition.values[0]
        yield catalog.get("scope", name).statement, parameters
    if conditions:
        for name in ("copied", "put_before"):
            yield catalog.get("scope", name).statement, {}


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
            return float(text)
    except (ValueError, KeyError):
        wanted = {"DATE": "a date such as 2025-12-31", "BOOLEAN": "yes or no"}.get(kind, "a number")
        raise UsageError(f"{field} is compared with {wanted}, not with {text}.") from None
    return text
