"""Values of query columns: as text for people, by their unit, and as numbers for files and scripts."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING

from cockpit.formats import UNKNOWN, Formatter, harmless
from cockpit.words import SILENCE_CAP

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse.catalog import Column

_COUNTS = frozenset({"customers", "orders", "purchases", "rows", "count", "score"})
_NAMES = frozenset({"year", "key"})
NUMERIC = _COUNTS | _NAMES | {"money", "share", "days", "one in", "ratio"}
"""Units of numbers, which line up at their right ends."""

MONEY_DECIMALS = 2
OTHER_DECIMALS = 6


def write(formatter: Formatter, column: "Column", value: object) -> str:
    """Write one value of a query's column; a code in its words, and nothing where there is none."""
    if column.unit == "code":
        if value is None:
            return ""
        return _(column.sentences.get(str(value), harmless(str(value))))
    return write_unit(formatter, column.unit, value)


def write_unit(formatter: Formatter, unit: str, value: object) -> str:
    """Write one value of a unit as text; None and NaN read `–`, what has no unit as what it is."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{formatter.date(value.date())} {value:%H:%M}"
    if isinstance(value, dt.date):
        return formatter.date(value)
    if isinstance(value, int | float | Decimal):
        return _number(formatter, unit, value)
    return harmless(str(value))


def _number(formatter: Formatter, unit: str, value: int | float | Decimal) -> str:
    if unit in _NAMES:
        return str(int(value))
    if unit == "one in" and value >= SILENCE_CAP:
        return f"{formatter.number(SILENCE_CAP)}+"
    if unit in _COUNTS or unit == "one in" or (isinstance(value, int) and not unit):
        return formatter.number(value)
    if unit == "money":
        return formatter.money(value)
    if unit == "share":
        return formatter.percent(value)
    return formatter.days(value) if unit == "days" else formatter.ratio(value)


def plain(value: object, unit: str = "") -> object:
    """What JSON can hold: dates as ISO 8601, money to the cent, other fractions to six decimals.

    NaN and infinity are not known, thus None.
    """
    if isinstance(value, float | Decimal):
        return _finite(value, MONEY_DECIMALS if unit == "money" else OTHER_DECIMALS)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _finite(value: float | Decimal, decimals: int) -> float | int | None:
    if not math.isfinite(value):
        return None
    # duckdb's sums of whole numbers arrive as Decimal.
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return round(float(value), decimals)


def shown(frame: "pl.DataFrame", columns: "Mapping[str, Column]") -> "pl.DataFrame":
    """The columns that people see, money rounded to the cent and other fractions to six decimals."""
    import polars.selectors as cs

    hidden = [column.name for column in columns.values() if column.hidden]
    money = [column.name for column in columns.values() if column.unit == "money"]
    kept = frame.drop(hidden, strict=False)
    return kept.with_columns(
        (cs.float() & cs.by_name(*money, require_all=False)).round(MONEY_DECIMALS),
        (cs.float() - cs.by_name(*money, require_all=False)).round(OTHER_DECIMALS),
    )
