"""Values of query columns: as text for people, by their unit, and as numbers for files and scripts."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from cockpit.formats import BREAKS, INVISIBLE, UNKNOWN, Formatter, harmless
from cockpit.language import gettext as _

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse.catalog import Column

_COUNTS = frozenset({"customers", "orders", "purchases", "rows", "count", "score"})
_NAMES = frozenset({"year", "key"})
NUMERIC = _COUNTS | _NAMES | {"money", "share", "days", "one in", "ratio", "number"}
"""Units of numbers, which line up at their right ends."""

SILENCE_CAP = 1_000
"""From here on a silence is one in so many or more."""
MONEY_DECIMALS = 2
OTHER_DECIMALS = 6
DIGITS_WITHOUT_UNIT = 12
"""Enough to keep what an owner's own statement counts, too few to show how a computer adds."""


def write(formatter: Formatter, column: "Column", value: object, *, short: bool = False) -> str:
    """Write one value of a query's column; a code in its words, and nothing where there is none."""
    if column.unit == "code":
        if value is None:
            return ""
        return _(column.sentences.get(str(value), harmless(str(value))))
    return write_unit(formatter, column.unit, value, short=short)


def write_unit(formatter: Formatter, unit: str, value: object, *, short: bool = False) -> str:
    """Write one value of a unit as text; None and NaN read `–`, what has no unit as what it is.

    `short` takes about three figures for money and counts.
    """
    if value is None:
        return UNKNOWN
    # Floats first: a list is made mostly of them.
    if isinstance(value, float) or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
        return _number(formatter, unit, value, short)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{formatter.date(value.date())} {value:%H:%M}"
    if isinstance(value, dt.date):
        return formatter.date(value)
    return harmless(str(value))


def write_goal(formatter: Formatter, unit: str, goal: float) -> str:
    """Write a goal as short as it was set: `5 %`, `2.5 %`, money with about three figures."""
    if unit == "share":
        return formatter.percent(goal, 0 if math.isclose(goal * 100, round(goal * 100)) else 1)
    return write_unit(formatter, unit, goal, short=unit == "money")


def _number(  # noqa: PLR0911 - one a unit
    formatter: Formatter, unit: str, value: int | float | Decimal, short: bool
) -> str:
    if math.isnan(value):
        return UNKNOWN
    if unit in _NAMES:
        return str(int(value))
    if unit == "one in" and value >= SILENCE_CAP:
        return f"{formatter.number(SILENCE_CAP)}+"
    if unit in _COUNTS or unit == "one in" or (isinstance(value, int) and not unit):
        return formatter.number_short(value) if short and unit != "one in" else formatter.number(value)
    if unit == "money":
        return formatter.money_short(value) if short else formatter.money(value)
    if unit == "share":
        return formatter.percent(value)
    if unit == "number" and -1 < value < 1:
        return formatter.number(value, _decimals_of_a_small(float(value)))
    return formatter.days(value) if unit == "days" else formatter.ratio(value)


def _decimals_of_a_small(value: float) -> int:
    """Three decimals, and more for what would have fewer than three figures with them."""
    return min(max(3, 2 - math.floor(math.log10(abs(value)))), OTHER_DECIMALS) if value else 3


def plain(value: object, unit: str = "") -> object:
    """What JSON can hold: dates as ISO 8601, money to the cent, other figures to six decimals.

    NaN and infinity are not known, thus None.
    """
    if isinstance(value, float | Decimal):
        return _finite(value, unit)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _finite(value: float | Decimal, unit: str) -> float | int | None:
    if not math.isfinite(value):
        return None
    # duckdb's sums of whole numbers arrive as Decimal.
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if not unit:
        return float(f"{value:.{DIGITS_WITHOUT_UNIT}g}")
    return round(float(value), MONEY_DECIMALS if unit == "money" else OTHER_DECIMALS)


def harmless_frame(frame: "pl.DataFrame") -> "pl.DataFrame":
    """`cockpit.formats.harmless` for every text of a frame, nested ones too, and the names of its columns."""
    safe = frame.select(_harmless(frame[name]) for name in frame.columns)
    names: dict[str, str] = {}
    for name in frame.columns:
        base = free = harmless(name)
        number = 1
        while free in names.values():
            free, number = f"{base}_{number}", number + 1
        names[name] = free
    return safe.rename(names)


def _harmless(column: "pl.Series") -> "pl.Series":
    import polars as pl

    if isinstance(column.dtype, pl.Categorical | pl.Enum):
        column = column.cast(pl.String)
    if isinstance(column.dtype, pl.String):
        spaced = column.str.replace_all(f"[{BREAKS}]+", " ")
        return spaced.str.replace_all(f"[{INVISIBLE}]", "").str.strip_chars()
    if isinstance(column.dtype, pl.Array):
        column = column.arr.to_list()
    if isinstance(column.dtype, pl.Map):
        entries = pl.Struct({"key": column.dtype.key, "value": column.dtype.value})
        return _harmless(column.cast(pl.List(entries))).cast(column.dtype)
    if isinstance(column.dtype, pl.List):
        return column.list.eval(pl.element().map_batches(_harmless))
    if isinstance(column.dtype, pl.Struct):
        return harmless_frame(column.struct.unnest()).to_struct(column.name)
    return column


def shown(frame: "pl.DataFrame", columns: "Mapping[str, Column]") -> "pl.DataFrame":
    """The columns that people see, with their numbers rounded as `plain` does."""
    import polars as pl
    import polars.selectors as cs

    def rounded(name: str) -> pl.Expr:
        unit = columns[name].unit if name in columns else ""
        if not unit:
            return pl.col(name).round_sig_figs(DIGITS_WITHOUT_UNIT)
        return pl.col(name).round(MONEY_DECIMALS if unit == "money" else OTHER_DECIMALS)

    hidden = [column.name for column in columns.values() if column.hidden]
    kept = frame.drop(hidden, strict=False)
    return kept.with_columns(rounded(name) for name in kept.select(cs.float()).columns)


def listed(frame: "pl.DataFrame", columns: "Mapping[str, Column]") -> "pl.DataFrame":
    """A list as a file holds it: what people see, rounded, with codes in their words."""
    import polars as pl

    kept = shown(frame, columns)
    worded = [
        pl.col(name).replace({code: _(words) for code, words in columns[name].sentences.items()})
        for name in kept.columns
        if name in columns and columns[name].unit == "code" and columns[name].sentences
    ]
    return kept.with_columns(worded)
