"""The time to the second purchase: the curve thinned to what a chart can show, and its marks."""

from bisect import bisect_right
from functools import partial
from gettext import gettext as _

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.ui.widgets.chart_spec import ChartSpec, Series

MARKS = (30, 60, 90, 180, 365)
"""Days at which the curve is written out."""
LONGEST_DAYS = 730
FEWEST_WAITING = 30
"""With fewer customers still seen, the end of the curve says nothing."""
MOST_POINTS = 160
CURSOR_DAYS = 90
"""Where the cursor begins."""


def at_mark(waiting: Figures, days: int) -> int | None:
    """The row that holds the share on day `days`; None while nobody has been seen for so long."""
    seen = waiting.frame.get_column("days").to_list()
    if not seen or seen[-1] < days or seen[0] > days:
        return None
    return bisect_right(seen, days) - 1


def curve_points(waiting: Figures) -> tuple[tuple[int, int], ...]:
    """The days that the chart shows, evenly spaced, and for each the row that holds its share."""
    days = waiting.frame.get_column("days").to_list()
    if not days:
        return ()
    seen = waiting.frame.get_column("waiting").to_list()
    enough = [day for day, count in zip(days, seen, strict=True) if count >= FEWEST_WAITING]
    last = min(max(enough, default=days[-1]), LONGEST_DAYS)
    step = 1 if last <= MOST_POINTS else 5
    wanted = range(-(-days[0] // step) * step, last + 1, step)
    return tuple((day, bisect_right(days, day) - 1) for day in wanted)


def curve(waiting: Figures, formatter: Formatter) -> ChartSpec:
    """The share that has bought again by each day, with its band."""
    points = curve_points(waiting)
    days = [day for day, _row in points]
    frame = waiting.frame[[row for _day, row in points]]
    share, low, high = (tuple(frame.get_column(name).to_list()) for name in ("share_returned", "low", "high"))
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
