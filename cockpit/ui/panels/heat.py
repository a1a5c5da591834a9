"""Long answers of cohorts as a triangle: rows are cohorts, columns periods since, and a line of averages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui.panels.periods import period_name
from cockpit.ui.widgets.heat_table import EMPTY, HeatCell, HeatGrid
from cockpit.values import write_unit

BUCKET_DAYS = 30
SMALL_COHORT = 30
"""Cohorts of fewer customers don't set the colours."""
MANY_COLUMNS = 16
"""With more, shares are written without decimals, if they are large enough to tell apart."""

Place = tuple[Figures, str, int]
"""A figure: the answer, its column, its row."""


@dataclass(frozen=True)
class Triangle:
    """The grid, the figure behind each of its cells, and the values of its lines without the sizes."""

    grid: HeatGrid
    places: Mapping[tuple[int, int], Place]
    lines: tuple[tuple[float | None, ...], ...]

    @property
    def periods(self) -> tuple[str, ...]:
        """The headings without that of the sizes."""
        return self.grid.columns[1:]


def triangle(cohorts: Figures, averages: Figures, column: str, formatter: Formatter) -> Triangle:
    """The triangle of one figure; the first line holds the averages, the first column the sizes.

    The own period of a cohort is left out where it is 100 % by definition.
    """
    first = 1 if column in {"returned_share", "retained_share"} else 0
    rows = cohorts.frame.select("cohort_start", "k", "size", "young", column).rows()
    starts = sorted({row[0] for row in rows})
    ks = [k for k in sorted({row[1] for row in rows}) if k >= first]
    at_row = {start: number for number, start in enumerate(starts, start=1)}
    at_column = {k: number for number, k in enumerate(ks, start=1)}
    values = {
        (at_row[start], at_column[k]): value for start, k, _size, _young, value in rows if k in at_column
    }
    average = dict(averages.frame.select("k", column).rows())
    values |= {(0, at_column[k]): value for k, value in average.items() if k in at_column}
    high = _highest(rows, first)
    unit, digits = cohorts.query.columns[column].unit, 0 if len(ks) > MANY_COLUMNS and high >= 0.1 else 1
    young_everywhere = column == "retained_share"

    cells = [[EMPTY] * (len(ks) + 1) for _line in range(len(starts) + 1)]
    places: dict[tuple[int, int], Place] = {}
    for number, (start, k, size, young, value) in enumerate(rows):
        row = at_row[start]
        if (row, 0) not in places:
            places[row, 0] = (cohorts, "size", number)
            cells[row][0] = HeatCell(None, formatter.number(size))
        if k in at_column:
            places[row, at_column[k]] = (cohorts, column, number)
            is_young = value is None and (young or young_everywhere)
            cells[row][at_column[k]] = _cell(formatter, unit, digits, value, young=is_young)
    for number, (k, value) in enumerate(averages.frame.select("k", column).rows()):
        if k in at_column and value is not None:
            places[0, at_column[k]] = (averages, column, number)
            cells[0][at_column[k]] = _cell(formatter, unit, digits, value)

    grain = cohorts.parameters.get("calendar")
    by_days = "days" in cohorts.query.name
    grid = HeatGrid(
        rows=(_("average"), *(period_name(formatter, start, start, grain) for start in starts)),
        columns=(_("size"), *(_heading(k, by_days=by_days) for k in ks)),
        cells=tuple(map(tuple, cells)),
        corner=_("days") if by_days else _GRAINS.get(str(grain), ""),
        low=0.0 if unit == "share" else None,
        high=high,
    )
    lines = tuple(
        tuple(values.get((row, column)) for column in range(1, len(ks) + 1)) for row in range(len(starts) + 1)
    )
    return Triangle(grid, places, lines)


_GRAINS = {"month": _("months later"), "quarter": _("quarters later"), "year": _("years later")}


def _heading(k: int, *, by_days: bool) -> str:
    return f"{k * BUCKET_DAYS}–{(k + 1) * BUCKET_DAYS - 1}" if by_days else f"+{k}"


def _highest(rows: list[tuple[Any, ...]], first: int) -> float:
    """The value of the full colour: the largest of a cohort that is no accident of a few customers."""
    known = [(row[2], row[4]) for row in rows if row[4] is not None and row[1] >= first]
    large = [value for size, value in known if size >= SMALL_COHORT]
    return max(large or [value for _size, value in known], default=1.0)


def _cell(
    formatter: Formatter, unit: str, digits: int, value: float | None, *, young: bool = False
) -> HeatCell:
    if value is None:
        return HeatCell(state="young") if young else EMPTY
    if unit == "share":
        return HeatCell(value, formatter.percent(value, digits))
    return HeatCell(value, write_unit(formatter, unit, value, short=True))
