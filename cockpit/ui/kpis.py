"""The figures of the strip, in the terms of a card."""

from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType

from cockpit.figures import Kpi
from cockpit.formats import Formatter
from cockpit.ui.widgets import kpi as cards
from cockpit.values import write_unit

STRIP = (
    "active_customers",
    "churn_rate",
    "retention_rate",
    "repeat_rate_90d",
    "historic_clv",
    "at_risk_customers",
)
"""The figures of the strip, in order; those that a shop's catalogue lacks are left out."""

_MORE_IS_BETTER: Mapping[str, bool] = MappingProxyType(
    {
        "active_customers": True,
        "churn_rate": False,
        "retention_rate": True,
        "repeat_rate_90d": True,
        "historic_clv": True,
        "at_risk_customers": False,
    }
)

_SHORT = {
    "active_customers": _("Active"),
    "churn_rate": _("Churn"),
    "retention_rate": _("CRR"),
    "repeat_rate_90d": _("90 d"),
    "historic_clv": _("CLV"),
    "at_risk_customers": _("At risk"),
}


def card(kpi: Kpi, formatter: Formatter, period: str) -> cards.Kpi:
    """One figure as written, with its change, its interval or base, and why it is not known.

    `period` names the span of the rates.
    """
    delta, direction, better = _change(kpi, formatter)
    label = kpi.title
    if kpi.name in {"churn_rate", "retention_rate"}:
        label = _("{title}, {period}").format(title=kpi.title, period=period)
    return cards.Kpi(
        name=kpi.name,
        label=label,
        value=write_unit(formatter, kpi.unit, kpi.value, short=kpi.unit == "money"),
        delta=delta,
        direction=direction,
        better=better,
        note=_note(kpi, formatter),
        short=_SHORT.get(kpi.name, ""),
    )


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
    return written, "up" if up else "down", up == _MORE_IS_BETTER.get(kpi.name)


def _note(kpi: Kpi, formatter: Formatter) -> str:
    if kpi.value is None:
        return kpi.why_null or _("not known")
    if kpi.money is not None:
        return formatter.money_short(kpi.money)
    if kpi.low is not None and kpi.high is not None:
        low, high = (write_unit(formatter, kpi.unit, end, short=True) for end in (kpi.low, kpi.high))
        return f"{low} … {high}"
    if kpi.previous is not None and kpi.previous_is is not None:
        before = write_unit(formatter, kpi.unit, kpi.previous, short=kpi.unit == "money")
        return f"{before} {_(kpi.previous_is)}"
    if kpi.n is not None and kpi.unit != "customers":
        return _("of {n}").format(n=formatter.number(kpi.n))
    return ""
