"""One customer in words and charts, apart from the screen that shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from textual.content import Content

from cockpit.figures import CustomerPage
from cockpit.formats import UNKNOWN, Formatter, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.timeline import Event, TimelineSpec
from cockpit.values import write_unit

_STATUS = {
    "active": (_("active"), "$text-success"),
    "at_risk": (_("at risk"), "$text-warning"),
    "lapsed": (_("lapsed"), "$text-error"),
}
_WHY_NO_FORECAST = {
    "few_customers": _("Fewer than 30 customers: too few to forecast from."),
    "no_repeats": _("Nobody has bought twice: nothing to forecast from."),
    "short_history": _("Less than two lapse windows of history: too short to forecast from."),
}
_SEPARATOR = " · "


def who(page: CustomerPage) -> Content:
    """Name, addresses and status."""
    profile = page.profile
    names = [profile.get(part) for part in ("name", "customer_id", "email", "phone", "country")]
    known = list(dict.fromkeys(harmless(str(name)) for name in names if name))
    status, tone = _STATUS.get(str(profile.get("status")), (_("no lapse window yet"), MUTED))
    return Content.assemble(
        (known[0] if known else _("unknown"), "bold"),
        "".join(f"{_SEPARATOR}{name}" for name in known[1:]),
        _SEPARATOR,
        (status, f"bold {tone}"),
    )


def facts(page: CustomerPage, formatter: Formatter) -> Content:
    """History; rhythm, or why on a list; segment, first purchase and consent."""
    if page.reasons:
        on_list = _("On the list At risk:")
        rhythm = [
            Content.assemble((on_list, "bold $text-warning"), " ", harmless(reason))
            for reason in page.reasons
        ]
    else:
        rhythm = [Content(_rhythm(page.profile, formatter))]
    return Content("\n").join(
        [
            Content(_history(page.profile, formatter)),
            *rhythm,
            forecast(page, formatter),
            Content(_segment(page.profile)),
        ]
    )


def forecast(page: CustomerPage, formatter: Formatter) -> Content:
    """What the shop's past lets expect of the customer, or why nothing."""
    profile: Mapping[str, Any] = page.profile
    title = (_("Forecast:"), "bold")
    if profile["p_alive"] is None:
        why = _WHY_NO_FORECAST.get(str(profile["why_no_forecast"]), "")
        return Content.assemble(title, f" {UNKNOWN} ", (_(why), MUTED))
    none_in = [
        _("{chance} in {n}").format(chance=formatter.percent(profile[f"p_no_order_{days}d"], 0), n=days)
        for days in (30, 90, 180)
    ]
    ahead = _("{purchases} purchases expected in 12 months, worth {money}").format(
        purchases=formatter.number(profile["expected_purchases_12m"], 1),
        money=write_unit(formatter, "money", profile["clv_12m"], short=True),
    )
    due = profile["next_order_due"]
    due_by = _("next order due by {day}") if due >= _as_of(page) else _("next order was due by {day}")
    said = [
        _("{chance} still a customer").format(chance=formatter.percent(profile["p_alive"], 0)),
        _("no order: {chances} days").format(chances=", ".join(none_in)),
        ahead,
        due_by.format(day=formatter.date(due)),
    ]
    if profile["value_at_stake"]:
        stake = write_unit(formatter, "money", profile["value_at_stake"], short=True)
        said.append(_("{money} at stake").format(money=stake))
    return Content.assemble(title, f" {_SEPARATOR.join(said)}")


def _history(profile: Mapping[str, Any], formatter: Formatter) -> str:
    purchases, orders = int(profile["purchases"]), int(profile["orders"])
    counts = [
        _("customer since {day}").format(day=formatter.date(profile["first_day"])),
        ngettext("{n} purchase", "{n} purchases", purchases).format(n=formatter.number(purchases)),
    ]
    if orders != purchases:
        counts.append(ngettext("{n} order", "{n} orders", orders).format(n=formatter.number(orders)))
    value = profile["value"]
    if value is not None:
        counts.append(_("{money} to date").format(money=formatter.money(value)))
        if purchases > 1:
            counts.append(_("{money} a purchase").format(money=formatter.money(value / purchases)))
    return _SEPARATOR.join(counts)


def _segment(profile: Mapping[str, Any]) -> str:
    segment = []
    if profile.get("segment"):
        segment.append(_("segment: {name}").format(name=harmless(str(profile["segment"]))))
    if all(profile.get(score) for score in "rfm"):
        words = _("recency {r}, frequency {f}, money {m} of 5")
        segment.append(words.format(r=profile["r"], f=profile["f"], m=profile["m"]))
    began = (profile.get(part) for part in ("first_product", "first_category"))
    first = [harmless(str(part)) for part in began if part]
    if first:
        segment.append(_("began with {what}").format(what=", ".join(first)))
    consent = {"yes": _("may be written to"), "no": _("does not want to be written to")}
    segment.append(consent.get(str(profile.get("consent")), _("consent not known")))
    return _SEPARATOR.join(segment)


def _rhythm(profile: Mapping[str, Any], formatter: Formatter) -> str:
    words = {
        "gap": formatter.days(profile["usual_gap_days"]),
        "last": formatter.date(profile["last_day"]),
        "silent": formatter.days(profile["days_since_last"]),
        "n": write_unit(formatter, "one in", profile["silence_one_in"]),
    }
    if int(profile["purchases"]) == 1:
        sentence = _("One purchase so far, on {last}; silent for {silent}.")
    elif profile["silence_one_in"] is None or profile["silence_one_in"] < 2:
        sentence = _("Usually buys every {gap}; the last time on {last}, silent for {silent}.")
    else:
        sentence = _(
            "Usually buys every {gap}; the last time on {last}, silent for {silent}:"
            " one silence in {n} is that long."
        )
    return sentence.format(**words)


def timeline(page: CustomerPage, formatter: Formatter) -> TimelineSpec:
    """Every purchase by its value, up to the as-of date."""
    events = []
    for row in page.purchases.frame.rows(named=True):
        gap = row["gap_days"]
        after = "" if gap is None else _(", {days} after the one before").format(days=formatter.days(gap))
        events.append(Event(row["day"], row["value"], f"{formatter.money(row['value'])}{after}"))
    return TimelineSpec(
        tuple(events),
        today=_as_of(page),
        usual_gap=_usual_gap(page),
        title=_("Purchases up to {day}").format(day=formatter.date(_as_of(page))),
        write_day=formatter.date,
        write_month=formatter.month,
    )


def gaps(page: CustomerPage, formatter: Formatter) -> ChartSpec:
    """Days between purchases, then today's silence; the usual gap is a line across."""
    known = [row for row in page.purchases.frame.rows(named=True) if row["gap_days"] is not None]
    silence = int(str(page.profile["days_since_last"]))
    labels = (*(formatter.date(row["day"]) for row in known), _("today"))
    days = [row["gap_days"] for row in known]
    usual = _usual_gap(page)
    texts = (*map(formatter.days, days), UNKNOWN)
    nothing = [None] * len(days)
    quiet = (*(UNKNOWN for _day in days), formatter.days(silence))
    unusual = usual is not None and silence > usual
    return ChartSpec(
        "stacked",
        labels,
        (
            Series(_("between purchases"), (*days, None), texts=texts),
            Series(_("silent now"), (*nothing, silence), texts=quiet, tone="bad" if unusual else "muted"),
        ),
        title=_("Days"),
        write=formatter.number,
        goal=usual if known else None,
        goal_label=_("usual gap {days}").format(days=formatter.days(usual)),
        cursor=len(labels) - 1,
    )


def years(page: CustomerPage, formatter: Formatter) -> ChartSpec:
    """Money by calendar year, years without a purchase included."""
    found = {row["year"]: row["value"] for row in page.years.frame.rows(named=True)}
    span = range(min(found), _as_of(page).year + 1) if found else range(0)
    values = tuple(found.get(year, 0.0) for year in span)
    return ChartSpec(
        "bars",
        tuple(map(str, span)),
        (Series(_("value"), values, texts=tuple(map(formatter.money, values))),),
        title=_("Money by year"),
        write=lambda amount: formatter.money_short(amount) if amount else formatter.number(0),
        empty=_("The export has no money column."),
    )


def day_of_gap(page: CustomerPage, index: int) -> date | None:
    """The purchase that ended the gap at this place of the chart; None for today's silence."""
    days = [day for day, gap in page.purchases.frame.select("day", "gap_days").rows() if gap is not None]
    return days[index] if index < len(days) else None


def _as_of(page: CustomerPage) -> date:
    day = page.profile["as_of"]
    assert isinstance(day, date)
    return day


def _usual_gap(page: CustomerPage) -> float | None:
    gap = page.profile["usual_gap_days"]
    return gap if isinstance(gap, float) else None
