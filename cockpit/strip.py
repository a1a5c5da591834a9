"""The figures of the strip: each with its interval, its base, what it was before, and its goal."""

from collections.abc import Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from math import hypot
from typing import Any, Literal

from cockpit.answers import Answers
from cockpit.errors import UsageError
from cockpit.figures import Facts, Kpi, Span, a_year_earlier, just_before, trailing_span
from cockpit.intervals import resampled
from cockpit.language import gettext as _
from cockpit.settings import Grain, Settings
from cockpit.warehouse.catalog import Catalog, Query

_LOOKS_BACK = {"year": 365, "two_years": 730, None: 1}


def span_of(facts: Facts, chosen: Settings) -> Span:
    """The span of the strip's rates: the owner's own period, or the chosen grain up to the as-of date."""
    if chosen.period_from is not None and chosen.period_to is not None:
        return Span(chosen.period_from, chosen.period_to)
    return trailing_span(facts.as_of, chosen.period)


def grain_of(chosen: Settings) -> Grain | Literal["own"]:
    """The grain of the periods: the one chosen, or the owner's own period."""
    own = chosen.period_from is not None and chosen.period_to is not None
    return "own" if own else chosen.period


def spans(facts: Facts, chosen: Settings) -> tuple[Span, ...]:
    """The spans of the figures of the strip: first the one in force, none before the history."""
    return beside(span_of(facts, chosen), grain_of(chosen), facts)


def beside(span: Span, grain: Grain | Literal["own"], facts: Facts) -> tuple[Span, ...]:
    """A span, the same a year earlier and the one before it; of these two none before the history."""
    each = (span, a_year_earlier(span), just_before(span, grain))
    return tuple(dict.fromkeys(other for other in each if other == span or other.last_day >= facts.first_day))


def dates_of(span: Span, facts: Facts) -> dict[str, object]:
    """The parameters that say when: the span, the as-of date and the lapse window in days."""
    return {
        "day_before": span.day_before,
        "last_day": span.last_day,
        "as_of": facts.as_of,
        "window": facts.window.days,
    }


def measure(answers: Answers, query: Query, facts: Facts, chosen: Settings) -> Kpi:
    """One figure over the span in force, beside the same a year earlier, else over the span before."""
    span = span_of(facts, chosen)
    figures = resampled(answers, answers.figures(query, dates_of(span, facts)))
    row = figures.frame.row(0, named=True)
    previous: Mapping[str, Any] = {}
    previous_is = None
    for other, label in (
        (a_year_earlier(span), _("a year earlier")),
        (just_before(span, grain_of(chosen)), _("the span before")),
    ):
        if not _reaches(query, facts, other.last_day):
            continue
        previous = answers.figures(query, dates_of(other, facts)).frame.row(0, named=True)
        if previous["value"] is not None:
            previous_is = label
            break
    why, code = query.columns.get("why_null"), row.get("why_null")
    return Kpi(
        name=query.name,
        title=query.title,
        says=query.says,
        unit=query.columns["value"].unit,
        value=row["value"],
        low=row.get("low"),
        high=row.get("high"),
        n=row.get("n"),
        previous=previous.get("value"),
        previous_is=previous_is,
        goal=chosen.goals.get(query.name),
        more_is_better=query.more_is_better,
        why_null=why.sentences.get(code, code) if why is not None and code is not None else None,
        figures=figures,
        change_is_clear=_is_clear(row, previous),
    )


def _is_clear(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool | None:
    """Whether the 95 % interval of the difference leaves out nought, made from the intervals of both figures.

    Zou & Donner (2008), Statistics in Medicine 27, 1693–1702; of two Wilson intervals it is Newcombe's
    tenth method, as `newcombe` among the tables. Both are taken for independent.
    """
    ends = [row.get(name) for row in (now, then) for name in ("value", "low", "high")]
    known = [float(end) for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    value, low, high, value_then, low_then, high_then = known
    change = value - value_then
    below = hypot(value - low, high_then - value_then)
    above = hypot(high - value, value_then - low_then)
    return change - below > 0 or change + above < 0


def check_goals(goals: Mapping[str, float], catalog: Catalog) -> None:
    """Raises `UsageError` for a goal on a figure that does not exist."""
    names = [query.name for query in catalog.of("kpi")]
    for name in goals:
        if name not in names:
            close = get_close_matches(name, names, n=1)
            remedy = _("Did you mean {name}?").format(name=close[0]) if close else ", ".join(names)
            raise UsageError(_("There is no figure {name} to set a goal for.").format(name=name), remedy)


def _reaches(query: Query, facts: Facts, last_day: date) -> bool:
    """Whether a figure for that day would see all the days that it looks back on."""
    if query.looks_back == "never":
        return False
    days = facts.window.days or 1 if query.looks_back == "window" else _LOOKS_BACK[query.looks_back]
    return last_day - timedelta(days=days - 1) >= facts.first_day
