"""The report, a panel and the check as text to read, or to mail from cron."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cockpit.figures import Facts, Figures, Kpi, LapseWindow
from cockpit.formats import UNKNOWN, Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.report.layout import bullets, heading, paragraph, table
from cockpit.report.strip import TITLE, strip, why
from cockpit.values import NUMERIC, write, write_goal, write_unit

if TYPE_CHECKING:
    from cockpit.shop import Shop

LAST_PERIODS = 6
OLD_AFTER_DAYS = 14

_BRIDGE = ("customers_start", "lost", "won_back", "new", "new_gone", "back_gone", "customers_end")
_ONLY_UNDER_SHORT_WINDOWS = ("new_gone", "back_gone")
_BRIDGE_RATES = ("churn_rate", "retention_rate")


def report_page(shop: "Shop") -> str:
    """One page: the shop, its figures, the bridge, today's work, what is not used, and how it was read."""
    formatter = Formatter.for_currency(shop.facts.currency)
    lines = [
        *_masthead(shop, formatter),
        *heading(TITLE),
        *_strip_lines(shop, formatter),
        *heading(_("Churn and retention: start − lost + won back + new = end")),
        *_bridge_lines(shop.panel("bridge"), formatter),
        *heading(_("Today's work")),
        *_work_lines(shop.panel("actions"), formatter),
        *_account(shop, formatter),
    ]
    return "\n".join(lines) + "\n"


def strip_page(shop: "Shop") -> str:
    """The strip with each figure's meaning."""
    formatter = Formatter.for_currency(shop.facts.currency)
    meanings = [f"{_(kpi.title)}: {_(kpi.says)}" for kpi in strip(shop).values()]
    lines = [TITLE, "", *_strip_lines(shop, formatter), "", *bullets(meanings)]
    return "\n".join(lines) + "\n"


def panel_page(shop: "Shop", name: str, **parameters: str) -> str:
    """One panel's figures, all columns; `parameters` as for `Shop.panel`."""
    formatter = Formatter.for_currency(shop.facts.currency)
    figures = shop.panel(name, None, **parameters)
    query = figures.query
    lines = [_(query.title), *paragraph(_(query.says)), "", *_lines_of(figures, formatter)]
    return "\n".join(lines) + "\n"


def check_page(shop: "Shop") -> str:
    """What was read, as what, what is left out and why."""
    facts = shop.facts
    formatter = Formatter.for_currency(facts.currency)
    counted = _("{all} orders found, {used} of them count: {customers} customers, {value}.").format(
        all=formatter.number(facts.all_orders),
        used=formatter.number(facts.orders),
        customers=formatter.number(facts.customers),
        value=formatter.money(facts.value),
    )
    days = _("First order {first}, last {last}; looked at as of {as_of}.").format(
        first=formatter.date(facts.first_day),
        last=formatter.date(facts.last_day),
        as_of=formatter.date(facts.as_of),
    )
    lines = [
        *_lines_of(shop.panel("intake"), formatter),
        "",
        *paragraph(counted),
        *paragraph(days),
        *paragraph(_window(facts.window, formatter)),
        *_account(shop, formatter),
    ]
    return "\n".join(lines) + "\n"


def _masthead(shop: "Shop", formatter: Formatter) -> list[str]:
    facts = shop.facts
    totals = _("{orders} orders · {customers} customers · {value} · {first} to {last}").format(
        orders=formatter.number(facts.orders),
        customers=formatter.number(facts.customers),
        value=formatter.money(facts.value),
        first=formatter.date(facts.first_day),
        last=formatter.date(facts.last_day),
    )
    lines = [", ".join(facts.files), *paragraph(totals), *paragraph(_as_of(facts, formatter))]
    lines += paragraph(_window(facts.window, formatter))
    if shop.conditions:
        conditions = " › ".join(str(condition) for condition in shop.conditions)
        lines += paragraph(_("Only customers with {conditions}.").format(conditions=conditions))
    return lines


def _as_of(facts: Facts, formatter: Formatter) -> str:
    day = formatter.date(facts.as_of)
    if facts.export_age_days <= OLD_AFTER_DAYS:
        return _("As of {day}.").format(day=day)
    age = formatter.days(facts.export_age_days)
    return _("As of {day}, which is {age} ago.").format(day=day, age=age)


def _window(window: LapseWindow, formatter: Formatter) -> str:
    reasons = {
        "chosen": _("as you chose."),
        "found": _("nine of ten who came back did so by day {found}."),
        "capped": _(
            "nine of ten who came back did so by day {found}, but the history is too short for more."
        ),
        "few_gaps": ngettext(
            "a common value, since only {gaps} gap between purchases is seen yet.",
            "a common value, since only {gaps} gaps between purchases are seen yet.",
            window.observed_gaps,
        ),
        "few_gaps_capped": ngettext(
            "a third of the history, since only {gaps} gap between purchases is seen yet.",
            "a third of the history, since only {gaps} gaps between purchases are seen yet.",
            window.observed_gaps,
        ),
    }
    if window.days is None:
        return _("No lapse window, and no churn, before there are 90 days of history.")
    why = "few_gaps_capped" if window.why == "capped" and window.found_days is None else window.why
    why_so = reasons.get(why, "").format(
        found=formatter.number(window.found_days), gaps=formatter.number(window.observed_gaps)
    )
    return _("Lapse window {days}: {why}").format(days=formatter.days(window.days), why=why_so)


def _strip_lines(shop: "Shop", formatter: Formatter) -> list[str]:
    span = shop.span
    about = _("Rates cover {first} to {last}; intervals are 95 %.").format(
        first=formatter.date(span.day_before + dt.timedelta(days=1)), last=formatter.date(span.last_day)
    )
    kpis = strip(shop).values()
    rows = [_strip_row(kpi, formatter) for kpi in kpis]
    headings = ("", "", _("interval"), _("of"), _("before"), "")
    lines = [*table(headings, rows, numbers={1, 2, 3, 4}), "", *paragraph(about)]
    goals = [_goal_row(kpi, kpi.goal, formatter) for kpi in kpis if kpi.goal is not None]
    if goals:
        lines += [*heading(_("Goals")), *table(("", _("now"), _("goal"), "", ""), goals, numbers={1, 2})]
    return lines


def _strip_row(kpi: Kpi, formatter: Formatter) -> list[str]:
    low, high, value, previous = (
        write_unit(formatter, kpi.unit, each) for each in (kpi.low, kpi.high, kpi.value, kpi.previous)
    )
    known = kpi.low is not None and kpi.high is not None
    note = why(kpi) or (_(kpi.previous_is) if kpi.previous_is else "")
    return [
        _(kpi.title),
        value,
        f"{low} … {high}" if known else "",
        formatter.number(kpi.n) if kpi.n is not None else "",
        previous if kpi.previous is not None else "",
        note,
    ]


def _goal_row(kpi: Kpi, goal: float, formatter: Formatter) -> list[str]:
    """A figure, its goal, whether it is met, and how far the way from what it was before is done."""
    met = {True: _("met"), False: _("missed"), None: _("not known")}[kpi.met]
    progress = kpi.progress
    if progress is None or kpi.met:
        way = ""
    elif progress < 0:
        way = _("farther off than {before}").format(before=_(kpi.previous_is or ""))
    else:
        way = _("{share} of the way from {before}").format(
            share=formatter.percent(progress, 0), before=write_unit(formatter, kpi.unit, kpi.previous)
        )
    value, wanted = write_unit(formatter, kpi.unit, kpi.value), write_goal(formatter, kpi.unit, goal)
    return [_(kpi.title), value, wanted, met, way]


def _bridge_lines(figures: Figures, formatter: Formatter) -> list[str]:
    columns = figures.query.columns
    recent = figures.frame.tail(LAST_PERIODS).rows(named=True)
    shown = [
        name
        for name in (*_BRIDGE, *_BRIDGE_RATES)
        if name not in _ONLY_UNDER_SHORT_WINDOWS or any(row[name] for row in recent)
    ]
    headings = [_("period"), *(_(columns[name].heading) for name in shown), ""]
    rows = [
        [
            _period(row, str(figures.parameters.get("grain")), formatter),
            *(write(formatter, columns[name], row[name]) for name in shown),
            write(formatter, columns["why_null"], row["why_null"]),
        ]
        for row in recent
    ]
    return table(headings, rows, numbers=range(1, len(shown) + 1))


def _work_lines(actions: Figures, formatter: Formatter) -> list[str]:
    """The lists that somebody is on: how many, the money that it is about, and the command that writes it."""
    columns = actions.query.columns
    shown = ("customers", "money", "money_is")
    rows = [
        [_(columns["list"].sentences[row["list"]])]
        + [write(formatter, columns[name], row[name]) for name in shown]
        + [f"cockpit list {row['list']} FILE"]
        for row in actions.frame.iter_rows(named=True)
        if row["customers"]
    ]
    if not rows:
        return paragraph(_("Nobody is on a list today."))
    return table(["", *(_(columns[name].heading) for name in shown), ""], rows, numbers={1, 2})


def _period(row: Mapping[str, object], grain: str, formatter: Formatter) -> str:
    start, end = row["period_start"], row["period_end"]
    if not (isinstance(start, dt.date) and isinstance(end, dt.date)):
        return UNKNOWN
    if grain == "month":
        return formatter.month(start)
    if grain == "quarter":
        return f"{start.year} Q{(start.month + 2) // 3}"
    if grain == "year":
        return str(start.year)
    return f"{formatter.date(start)} – {formatter.date(end)}"


def _lines_of(figures: Figures, formatter: Formatter) -> list[str]:
    """Every column that people see, as a table."""
    columns = [column for column in figures.query.columns.values() if not column.hidden]
    numbers = {place for place, column in enumerate(columns) if column.unit in NUMERIC}
    rows = [
        [write(formatter, column, row[column.name]) for column in columns]
        for row in figures.frame.iter_rows(named=True)
    ]
    return table([_(column.heading) for column in columns], rows, numbers)


def _account(shop: "Shop", formatter: Formatter) -> list[str]:
    """What is not used and why, what was taken for granted, and what the owner should look at."""
    facts = shop.facts
    not_used = facts.rows - facts.rows_used
    title = ngettext(
        "Not used: {n} of {all} row read", "Not used: {n} of {all} rows read", facts.rows
    ).format(n=formatter.number(not_used), all=formatter.number(facts.rows))
    lines = heading(title)
    if not_used:
        lines += _lines_of(shop.panel("left_out"), formatter)
    doubtful = shop.panel("doubtful")
    if doubtful.frame.height:
        lines += [*heading(_(doubtful.query.title)), *_lines_of(doubtful, formatter)]
    if facts.warnings:
        lines += [*heading(_("Please look at")), *bullets(facts.warnings)]
    if facts.assumptions:
        lines += [*heading(_("How it was read")), *bullets(facts.assumptions)]
    return lines
