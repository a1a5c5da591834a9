"""The time to the second purchase: the curve thinned to what a chart can show, and its marks."""

from bisect import bisect_right
from functools import partial

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui.widgets.chart_spec import ChartSpec, Series

MARKS = (30, 60, 90, 180, 365)
"""Days at which the curve is written out."""
LONGEST_DAYS = 730
FEWEST_WAITING = 30
"""With fewer customers left, the curve does not go on beyond its marks."""
MOST_POINTS = 160
CURSOR_DAYS = 90
"""Where the cursor begins."""


def at_mark(waiting: Figures, days: int) -> int | None:
    """The row that holds the share on day `days`; None where nobody has been seen for so long."""
    seen = waiting.frame.get_column("days").to_list()
    return bisect_right(seen, days) - 1 if seen and seen[0] <= days <= seen[-1] else None


def _last_day(waiting: Figures) -> int:
    """The last day of the curve: to the last mark there is, and on while enough have not bought again."""
    rows = waiting.frame.select("days", "waiting").rows()
    enough = (day for day, count in rows if count >= FEWEST_WAITING and day <= LONGEST_DAYS)
    return int(max(max(enough, default=0), min(MARKS[-1], rows[-1][0])))


def curve_points(waiting: Figures) -> tuple[tuple[int, int | None], ...]:
    """The days that the chart shows, evenly spaced from 0 on, and for each the row that holds its share."""
    days = waiting.frame.get_column("days").to_list()
    if not days:
        return ()
    last = _last_day(waiting)
    step = 1 if last <= MOST_POINTS else 5
    rows = ((day, bisect_right(days, day) - 1) for day in range(0, last + 1, step))
    return tuple((day, row if row >= 0 else None) for day, row in rows)


def curve(waiting: Figures, formatter: Formatter) -> ChartSpec:
    """The share that has bought again by each day, with its band."""
    points = curve_points(waiting)
    days = [day for day, _row in points]
    share, low, high = (
        tuple(None if row is None else waiting.frame.item(row, name) for _day, row in points)
        for name in ("share_returned", "low", "high")
    )
    share = tuple(0.0 if row is None else value for value, (_day, row) in zip(share, points, strict=True))
    return ChartSpec(
        "step",
        tuple(formatter.days(day) for day in days),
        (Series(_("bought again"), share, low=low, high=high),),
        title=_(waiting.query.title),
        x=tuple(map(float, days)),
        write=partial(percent, formatter),
        cursor=max(0, bisect_right(days, CURSOR_DAYS) - 1),
        from_zero=True,
        empty=_("Nobody has been seen after a first purchase yet."),
    )


def percent(formatter: Formatter, value: float) -> str:
    """Whole hundredths without a decimal: a tick reads `20 %`, a share `27.5 %`."""
    return formatter.percent(value, 0 if abs(value * 100 - round(value * 100)) < 1e-9 else 1)
