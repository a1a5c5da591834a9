"""Intervals of means over few customers: the bootstrap's in place of the normal distribution's."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cockpit.answers import Answers
from cockpit.figures import Figures

if TYPE_CHECKING:
    from cockpit.forecast.history import Floats

_ENOUGH_CUSTOMERS = 2_000
"""From so many on, a mean's distribution is near enough to the normal one."""


def resampled(answers: Answers, figures: Figures) -> Figures:
    """The same; rows about few customers have the interval that drawing other customers gives.

    Of which figure, and over which customers, the query's header says. Rows without an interval stay so.
    Raises `Cancelled` when the question is cancelled meanwhile.
    """
    query = figures.query
    low, high = query.interval
    if query.sample is None or figures.frame.get_column(low).is_null().all():
        return figures
    import polars as pl

    from cockpit.forecast.resampling import ratio_intervals

    few = _of_few(figures)
    if few is None:
        return figures
    sample = answers.reader.frame(query.sample, {**figures.parameters, "few": few}).sort("amount", "base")
    keys = sample.columns[:-2]
    groups = sample.partition_by(keys, as_dict=True) if keys else {(): sample}
    lows, highs = figures.frame.get_column(low).to_list(), figures.frame.get_column(high).to_list()
    rows: list[int] = []
    drawn_from: list[tuple[Floats, Floats]] = []
    for row, key in enumerate(figures.frame.select(keys).rows() if keys else [()]):
        group = groups.get(key)
        if lows[row] is not None and group is not None and group.height < _ENOUGH_CUSTOMERS:
            amounts, bases = (group.get_column(name).cast(float).to_numpy() for name in ("amount", "base"))
            rows.append(row)
            drawn_from.append((amounts, bases))
    intervals = ratio_intervals(drawn_from, answers.reader.go_on)
    for row, interval in zip(rows, intervals, strict=True):
        lows[row], highs[row] = interval
    ends = pl.Series(low, lows, pl.Float64), pl.Series(high, highs, pl.Float64)
    return replace(figures, frame=figures.frame.with_columns(ends))


def _of_few(figures: Figures) -> list[str] | None:
    """What tells the rows about few customers from the others, as text; None: there are none.

    A question for one figure has one row, which nothing tells apart.
    """
    frame = figures.frame
    if figures.query.kind == "kpi":
        of_many = "n" in frame.columns and (frame.item(0, "n") or 0) >= _ENOUGH_CUSTOMERS
        return None if of_many else []
    few = frame.filter(frame.get_column("customers") < _ENOUGH_CUSTOMERS)
    return [str(key or "") for key in few.get_column(frame.columns[0])] or None
