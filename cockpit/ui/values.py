"""Values as text, by the unit that their query file gives them."""

from datetime import date, datetime
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from cockpit.formats import UNKNOWN, Formatter, harmless

if TYPE_CHECKING:
    from cockpit.warehouse.catalog import Column

_COUNTS = {"customers", "orders", "purchases", "rows", "count", "score"}
_SILENCE_CAP = 1_000


def write(formatter: Formatter, column: "Column", value: Any, *, short: bool = False) -> str:
    """Write one value of a query's column; None and NaN read `–`. `short` takes about three figures."""
    if column.unit == "code" and value is not None:
        return _(column.sentences.get(str(value), harmless(str(value))))
    return write_unit(formatter, column.unit, value, short=short)


def write_unit(formatter: Formatter, unit: str, value: Any, *, short: bool = False) -> str:  # noqa: PLR0911
    """Write one value of a unit; what has no unit is written as what it is."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return UNKNOWN
    if isinstance(value, datetime):
        return f"{formatter.date(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return formatter.date(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, int | float):
        return harmless(str(value))
    if unit == "money":
        return formatter.money_short(value) if short else formatter.money(value)
    if unit == "share":
        return formatter.percent(value)
    if unit == "days":
        return formatter.days(value)
    if unit == "one in":
        capped = value >= _SILENCE_CAP
        return f"{formatter.number(min(value, _SILENCE_CAP))}{'+' if capped else ''}"
    if unit == "ratio":
        return formatter.ratio(value)
    if unit in {"year", "key"}:
        return str(int(value))
    if unit in _COUNTS or isinstance(value, int):
        return formatter.number_short(value) if short else formatter.number(value)
    return formatter.number(value, 2)
