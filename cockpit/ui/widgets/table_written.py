"""What the cells of a table say: the same value of a column is written once."""

import datetime as dt

from cockpit.ui.widgets.table_lines import Cell, Layout

KEPT = 2_000
"""Values of a column that are remembered; more are forgotten at once and written anew."""

_REPEATED = (int, str, dt.date, dt.time)
"""Counts, codes, countries and days come back; amounts hardly do, and equal ones may differ in their sign."""


class Written:
    """Writes the cells of a layout; dates and counts of a page are much the same as those before."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: list[dict[object, Cell]] = [{} for _column in layout.columns]

    def cell(self, number: int, value: object) -> Cell:
        """A value of a column, written, cut and padded to it."""
        if not isinstance(value, _REPEATED):
            return self._layout.cell(number, value)
        known = self._known[number]
        # True equals 1, and is written otherwise.
        key = (value,) if isinstance(value, bool) else value
        cell = known.get(key)
        if cell is None:
            if len(known) >= KEPT:
                known.clear()
            cell = known[key] = self._layout.cell(number, value)
        return cell
