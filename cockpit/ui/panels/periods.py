"""Periods as the panels name them, and which of them is looked at."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cockpit.figures import Figures
from cockpit.formats import UNKNOWN, Formatter
from cockpit.language import gettext as _
from cockpit.ui.widgets.virtual_table import Column

if TYPE_CHECKING:
    import polars as pl


def period_name(formatter: Formatter, start: date, end: date, grain: object) -> str:
    """A period in as few words as possible: `Dec 2025`, `Q4 2025`, `2025`, or its two days."""
    if grain == "month":
        return formatter.month(start)
    if grain == "quarter":
        return _("Q{quarter} {year}").format(quarter=(start.month + 2) // 3, year=start.year)
    if grain == "year":
        return str(start.year)
    return f"{formatter.date(start)} – {formatter.date(end)}"


def period_names(figures: Figures, formatter: Formatter) -> tuple[str, ...]:
    """The names of the periods of an answer, in its order."""
    grain = figures.parameters.get("grain")
    days = figures.frame.select("period_start", "period_end").rows()
    return tuple(period_name(formatter, start, end, grain) for start, end in days)


def period_column(figures: Figures, formatter: Formatter) -> Column:
    """The start of a period, written as the period's name; it sorts as the days do."""
    starts = figures.frame.get_column("period_start").to_list()
    names = dict(zip(starts, period_names(figures, formatter), strict=True))
    return Column("period_start", _("period"), "left", partial(_named, names))


def _named(names: Mapping[object, str], start: object) -> str:
    return names.get(start, UNKNOWN)


def last_known(values: "pl.Series") -> int | None:
    """The last row with a value."""
    import polars as pl

    known = values.is_not_null().arg_true()
    return None if known.is_empty() else int(known.cast(pl.Int64)[-1])


def unfinished(figures: Figures) -> int | None:
    """The last period of the bridge, if it is not over yet."""
    frame = figures.frame
    if frame.height and frame.get_column("why_null")[-1] == "unfinished":
        return frame.height - 1
    return None
