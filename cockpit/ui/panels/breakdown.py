"""A breakdown by an attribute as bars: those values of which enough customers are known to say something."""

from dataclasses import dataclass

from cockpit.figures import Figures
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.ui.panels.columns import interval
from cockpit.ui.widgets.ranked_bars import RankedBar
from cockpit.values import write

MOST_BARS = 40
FEWEST_CUSTOMERS = 30

INTERVALS = {
    "churn_rate": ("churn_low", "churn_high"),
    "repeat_rate": ("repeat_low", "repeat_high"),
    "clv": ("clv_low", "clv_high"),
    "predicted": ("predicted_low", "predicted_high"),
}
"""The figures that can be drawn, with the columns of their interval."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, the row of the answer that each stands for, and what was left out, in words."""

    bars: tuple[RankedBar, ...]
    rows: tuple[int, ...]
    said: str


def bars_of(segments: Figures, column: str, formatter: Formatter) -> Bars:
    """The largest values of the attribute; all of them where none has enough customers."""
    low, high = INTERVALS[column]
    spec = segments.query.columns[column]
    every = list(enumerate(segments.frame.rows(named=True)))
    large = [(number, row) for number, row in every if row["customers"] >= FEWEST_CUSTOMERS]
    shown = (large or every)[:MOST_BARS]
    bars = tuple(
        RankedBar(
            bucket_name(row["bucket"]),
            row[column],
            write(formatter, spec, row[column], short=True),
            interval(formatter, row[low], row[high], spec.unit),
            row[low],
            row[high],
        )
        for _number, row in shown
    )
    said = ""
    if len(shown) < len(every):
        said = _("{n} of {all}; the others have fewer customers").format(
            n=formatter.number(len(shown)), all=formatter.number(len(every))
        )
    return Bars(bars, tuple(number for number, _row in shown), said)


def bucket_name(bucket: object) -> str:
    """A value of an attribute as it is read; what is not known has a name, since it opens."""
    return _("not known") if bucket is None else harmless(str(bucket))
