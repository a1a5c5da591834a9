"""The figures of the strip, in the terms of a card."""

from cockpit.figures import Kpi
from cockpit.formats import MINUS, Formatter
from cockpit.language import gettext as _
from cockpit.ui.widgets import kpi as cards
from cockpit.values import write_goal, write_unit

STRIP = (
    "active_customers",
    "churn_rate",
    "retention_rate",
    "repeat_rate_90d",
    "clv_12m",
    "at_risk_customers",
)
"""The figures of the strip, in order; those that a shop's catalogue lacks are left out."""

BESIDE = {"at_risk_customers": "value_at_stake"}
"""Figures whose card has the money of another one beside its count."""

_SHORT = {
    "active_customers": _("Active"),
    "churn_rate": _("Churn"),
    "retention_rate": _("CRR"),
    "repeat_rate_90d": _("90 d"),
    "clv_12m": _("CLV"),
    "at_risk_customers": _("At risk"),
}


def card(kpi: Kpi, formatter: Formatter, period: str, beside: Kpi | None = None) -> cards.Kpi:
    """One figure as written, with its goal, its change, its interval or base, and why it is not known.

    `period` names the span of the rates; `beside` is the figure that `BESIDE` names, where there is one.
    """
    delta, direction, better = _change(kpi, formatter)
    label = kpi.title
    if kpi.name in {"churn_rate", "retention_rate"}:
        label = _("{title}, {period}").format(title=kpi.title, period=period)
    value = write_unit(formatter, kpi.unit, kpi.value, short=kpi.unit == "money")
    return cards.Kpi(
        name=kpi.name,
        label=label,
        value=f"{value} {_give_or_take(kpi, formatter)}".strip(),
        delta=delta,
        direction=direction,
        better=better,
        goal=goal_words(formatter, kpi.unit, kpi.goal) if kpi.value is not None else "",
        met=kpi.met,
        note=_note(kpi, formatter, beside),
        short=_SHORT.get(kpi.name, ""),
        brief=value,
    )


def goal_words(formatter: Formatter, unit: str, goal: float | None) -> str:
    """`goal 5 %`; nothing without a goal."""
    return "" if goal is None else _("goal {goal}").format(goal=write_goal(formatter, unit, goal))


def _give_or_take(kpi: Kpi, formatter: Formatter) -> str:
    """The interval of money in one word: it lies evenly around the figure."""
    if kpi.unit != "money" or kpi.value is None or kpi.high is None:
        return ""
    return f"± {formatter.number_short(kpi.high - kpi.value)}"


def _change(kpi: Kpi, formatter: Formatter) -> tuple[str, cards.Direction | None, bool | None]:
    if kpi.value is None or kpi.previous is None:
        return "", None, None
    change = kpi.value - kpi.previous
    if kpi.unit == "share":
        written = formatter.delta_points(change).split("\u00a0", 1)[-1]
    elif kpi.previous:
        written = formatter.percent(abs(change) / abs(kpi.previous), 0)
    else:
        return "", None, None
    if not any(digit in written for digit in "123456789"):
        return written, "level", None
    up = change > 0
    if kpi.change_is_clear is False:
        return f"{'+' if up else MINUS}{written}", "level", None
    return written, "up" if up else "down", up == kpi.more_is_better


def _note(kpi: Kpi, formatter: Formatter, beside: Kpi | None) -> str:
    if kpi.value is None:
        return _(kpi.why_null) if kpi.why_null else _("not known")
    if kpi.money is not None:
        return _money_note(kpi.money, beside, formatter)
    if kpi.name == "clv_12m":
        return _with_doubt(_("mean of {n}").format(n=formatter.number(kpi.n)), kpi)
    return _beside_a_rate(kpi, formatter)


def _money_note(money: float, stake: Kpi | None, formatter: Formatter) -> str:
    """What is at stake; where that is not known, what they brought to date, and why."""
    if stake is not None and stake.value is not None:
        said = _("{money} at stake").format(money=formatter.money_short(stake.value))
        return _with_doubt(said, stake)
    said = _("{money} to date").format(money=formatter.money_short(money))
    if stake is None or not stake.why_null:
        return said
    return _("{said}; stake not known: {why}").format(said=said, why=_(stake.why_null))


def _with_doubt(said: str, kpi: Kpi) -> str:
    return _("{said}, {doubt}").format(said=said, doubt=_(kpi.doubt)) if kpi.doubt else said


def _beside_a_rate(kpi: Kpi, formatter: Formatter) -> str:
    if kpi.low is not None and kpi.high is not None:
        low, high = (write_unit(formatter, kpi.unit, end, short=True) for end in (kpi.low, kpi.high))
        return f"{low} … {high}"
    if kpi.previous is not None and kpi.previous_is is not None:
        before = write_unit(formatter, kpi.unit, kpi.previous, short=kpi.unit == "money")
        return f"{before} {_(kpi.previous_is)}"
    if kpi.n is not None and kpi.unit != "customers":
        return _("of {n}").format(n=formatter.number(kpi.n))
    return ""
