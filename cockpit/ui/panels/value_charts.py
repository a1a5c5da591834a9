"""What the pictures of the panel Value show: figures in the terms of charts and bars."""

from functools import partial
from typing import Any

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui.panels.periods import period_name
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.ranked_bars import RankedBar


def bands(figures: Figures, column: str, title: str, formatter: Formatter, empty: str) -> ChartSpec:
    """Customers, or their money, in bands of value; `empty` says why there are none."""
    values = figures.frame.get_column(column).to_list()
    is_money = column == "value"
    write = formatter.money_short if is_money else formatter.number
    return ChartSpec(
        "bars",
        tuple(_band(formatter, *ends) for ends in figures.frame.select("from_value", "to_value").rows()),
        (Series(column, tuple(values), texts=tuple(map(write, values))),),
        title=title,
        write=partial(_tick, formatter) if is_money else formatter.number_short,
        cursor=values.index(max(values)) if values else None,
        empty=empty,
    )


def _band(formatter: Formatter, low: float, high: float) -> str:
    short = formatter.number_short
    return f"{short(low)}–{short(high)}" if low else f"< {short(high)}"


def _tick(formatter: Formatter, value: float) -> str:
    if value.is_integer() and abs(value) < 100:
        return formatter.money(value, 0)
    return formatter.money_short(value)


def cohorts(figures: Figures, formatter: Formatter) -> ChartSpec:
    """Value per customer by the period of the first purchase, to date and as forecast."""
    frame, grain = figures.frame, figures.parameters.get("calendar")
    starts = frame.get_column("cohort_start").to_list()
    values, low, high = (tuple(frame.get_column(f"clv{end}").to_list()) for end in ("", "_low", "_high"))
    # A few customers of very different value have a symmetric interval that reaches below nought.
    low = tuple(None if end is None else max(0.0, end) for end in low)
    forecast = tuple(frame.get_column("predicted").to_list())
    known = any(value is not None for value in forecast)
    predicted = (Series(_("next 12 months"), forecast, tone="accent"),) if known else ()
    return ChartSpec(
        "line",
        tuple(period_name(formatter, start, start, grain) for start in starts),
        (Series(_("to date"), values, low=low, high=high), *predicted),
        title=_("Value each by period of the first purchase"),
        write=partial(_tick, formatter),
        from_zero=True,
    )


def top(concentration: Figures, formatter: Formatter) -> list[RankedBar]:
    """How much of all value the most valuable customers bring."""
    return [
        RankedBar(
            _("top {share}, {n}").format(
                share=formatter.percent(row["top_share"], 0), n=formatter.number(row["customers"])
            ),
            row["value_share"],
            formatter.percent(row["value_share"]),
            formatter.money_short(row["value"]),
        )
        for row in concentration.frame.rows(named=True)
    ]


def why_no_forecast(predicted: Figures) -> str:
    """Why the next 12 months are not known; "" where they are."""
    code = predicted.frame.item(0, "why_null")
    return _(predicted.query.columns["why_null"].sentences[code]) if code is not None else ""


def worth(historic: Figures, predicted: Figures, textbook: Figures, formatter: Formatter) -> list[RankedBar]:
    """What a customer is worth to date, in the next 12 months, and by the textbook."""
    money = formatter.money_short
    mean, ahead, book = (figures.frame.row(0, named=True) for figures in (historic, predicted, textbook))
    why = textbook.query.columns["why_null"].sentences.get(book["why_null"] or "", "")
    return [
        RankedBar(
            _("historic, to date"),
            mean["value"],
            money(mean["value"]),
            f"{money(mean['low'])} … {money(mean['high'])}",
            mean["low"],
            mean["high"],
        ),
        RankedBar(
            _("next 12 months, not lapsed"),
            ahead["value"],
            money(ahead["value"]),
            why_no_forecast(predicted) or f"{money(ahead['low'])} … {money(ahead['high'])}",
            ahead["low"],
            ahead["high"],
            tone="accent",
        ),
        RankedBar(
            _("textbook, a whole life"),
            book["textbook_clv"],
            money(book["textbook_clv"]),
            _(why) if why else _product(book, formatter),
            tone="muted",
        ),
    ]


def _product(book: dict[str, Any], formatter: Formatter) -> str:
    return _("{order} × {orders} a year × {years} years").format(
        order=formatter.money_short(book["average_order"]),
        orders=formatter.number(book["orders_a_year"], 1),
        years=formatter.number(book["years"], 1),
    )


def together(by_cohort: Figures, verdicts: Figures, formatter: Formatter, *, is_testing: bool) -> str:
    """The expected value of all customers, and how far such totals were off in the past; "" without one."""
    equity, money = by_cohort.frame.get_column("equity").sum(), formatter.money_short
    if not equity:
        return ""
    said = _("all customers together, next 12 months: {equity}").format(equity=money(equity))
    tested = verdicts.frame.drop_nulls("band_low").sort("horizon_days")
    if tested.is_empty():
        return f"{said} ({_('being tested') if is_testing else _('untested, no band')})"
    # The longest look ahead is nearest to a year, and a year has every season in it.
    longest = tested.row(-1, named=True)
    low, high = (money(equity * longest[end] / longest["season"]) for end in ("band_low", "band_high"))
    days = formatter.days(longest["horizon_days"])
    band = _("{low} … {high}, by how far totals over {days} were off in nine of ten past cases")
    return f"{said} ({band.format(low=low, high=high, days=days)})"
