"""The forecast held against the shop's own past: which method, how good, how far off."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Figures
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.panels.boxes import BOX, Plain, PlainGrid
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.waiting import percent
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.virtual_table import Column
from cockpit.values import write

if TYPE_CHECKING:
    import polars as pl

    from cockpit.ui.widgets.palette import Tone

QUERIES = ("backtest_verdicts", "backtest", "backtest_calibration", "backtest_tracking", "forecast")
"""What the proof is made of."""
HORIZONS = (90, 30, 180)
"""Days ahead, the one in front first."""

_FIRST = "chosen"
_SAID_ABOVE = ("horizon_days", "predicts", "band_low", "band_high")


class Proof(Plain):
    """A verdict in words, chances and totals against what came, and every method beside the chosen one."""

    DEFAULT_CSS = f"""
    Proof {{
        height: 1fr;
        min-height: 29;
        & > .verdict {{ height: auto; padding: 0 1; margin-bottom: 1; }}
        & > Grid {{ grid-size: 2; grid-columns: 1fr 1fr; grid-rows: 1fr; height: 1fr; min-height: 15; }}
        & Chart {{ height: 100%; }}
        & > FiguresTable {{ {BOX} height: auto; }}
        &.-one {{ height: auto; }}
        &.-one > Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: 12 12; height: auto; }}
    }}
    """

    def compose(self) -> ComposeResult:
        """Words above pictures above the table."""
        yield Static(classes="verdict", markup=False)
        with PlainGrid():
            yield Chart(id="proof-chances")
            yield Chart(id="proof-totals")
        yield FiguresTable(id="proof-methods")

    def show(self, figures: Mapping[str, Figures], horizon: int, formatter: Formatter) -> None:
        """Show what was found for so many days ahead."""
        verdict = _of(figures["backtest_verdicts"], horizon).row(0, named=True)
        self.query_one(".verdict", Static).update(
            Content("\n").join(verdict_lines(figures["backtest_verdicts"], verdict, formatter))
        )
        for name, spec in (
            ("chances", calibration(figures["backtest_calibration"], horizon, formatter)),
            ("totals", tracking(figures["backtest_tracking"], horizon, formatter)),
        ):
            self.query_one(f"#proof-{name}", Chart).show(spec)
        self._show_methods(figures["backtest"], horizon, formatter)

    def _show_methods(self, methods: Figures, horizon: int, formatter: Formatter) -> None:
        table = self.query_one("#proof-methods", FiguresTable)
        table.border_title = Content(_("Every method at the same past days"))
        half = formatter.number(0.5, 1)
        measures = _(
            "AUC: a buyer ranked above another, {half} is a coin · Brier: squared error, less is better"
        )
        table.border_subtitle = Content(measures.format(half=half))
        table.empty = _("Too few past days to hold methods against each other.")
        own = {_FIRST: Column(_FIRST, "", "left", _in_force, tone=_accent)}
        shown = Figures(
            methods.query, _of(methods, horizon), methods.parameters, methods.generation, methods.seconds
        )
        table.show_figures(shown, formatter, without=_SAID_ABOVE, own=own)


def why_no_proof(figures: Mapping[str, Figures], *, is_testing: bool) -> str | None:
    """Why there is nothing to show: no model, or not tested yet; None where there is."""
    model = figures["forecast"]
    code = model.frame.item(0, "why_null")
    if code is not None:
        return _(model.query.columns["why_null"].sentences.get(code, code))
    if not figures["backtest_verdicts"].frame.is_empty():
        return None
    if is_testing:
        return _("The forecast is being tested on the shop's own past. What is found will stand here.")
    return _("The forecast has not been tested yet.")


def verdict_lines(verdicts: Figures, verdict: Mapping[str, Any], formatter: Formatter) -> list[Content]:
    """Whether history predicts, what supplies the chances and why, how far off totals are, and the season."""
    days = formatter.days(verdict["horizon_days"])
    method = write(formatter, verdicts.query.columns["method"], verdict["method"])
    chances = _("Chances of an order in the next {days} come from: {method}.").format(
        days=days, method=method
    )
    lines = []
    if verdict["predicts"] is False:
        lines.append(Content.styled(_("History does not predict here."), "bold $text-warning"))
    lines += [Content.styled(chances, "bold"), Content(harmless(verdict["why"]))]
    lines.append(Content(_totals(verdict, formatter)))
    if verdict["one_of"] > 1:
        said = _("One customer in {n} took part in the test.")
        lines.append(Content(said.format(n=formatter.number(verdict["one_of"]))))
    return lines


def _totals(verdict: Mapping[str, Any], formatter: Formatter) -> str:
    if verdict["band_low"] is None:
        return _("Totals have no band: it takes three past days to know how far off they are.")
    season = verdict["season"]
    below, above = (formatter.percent(abs(verdict[end] / season - 1), 0) for end in ("band_low", "band_high"))
    said = _("A total of expected orders is off by −{below} to +{above} in nine of ten cases").format(
        below=below, above=above
    )
    if season == 1:
        return _("{said}; no season is reckoned with.").format(said=said)
    part = formatter.percent(season, 0)
    return _("{said}; for the season ahead it is taken at {part}, as last year came out.").format(
        said=said, part=part
    )


def calibration(bins: Figures, horizon: int, formatter: Formatter) -> ChartSpec:
    """Of those told 30 %, did three of ten buy? The share that bought by the chance that was forecast."""
    frame = _of(bins, horizon)
    frame = frame.filter(frame.get_column(_FIRST)).sort("forecast")
    forecast = tuple(frame.get_column("forecast").to_list())
    happened, low, high = (tuple(frame.get_column(name).to_list()) for name in ("happened", "low", "high"))
    return ChartSpec(
        "line",
        tuple(_("told {chance}").format(chance=formatter.percent(chance, 0)) for chance in forecast),
        (
            Series(_("bought"), happened, low=low, high=high),
            Series(_("as told"), forecast, tone="muted"),
        ),
        title=_("Of those told 30 %, did 3 of 10 buy?"),
        x=forecast,
        write=partial(percent, formatter),
        cursor=_nearest(forecast, 0.3),
        from_zero=True,
        empty=_("Too few past days to compare chances with what came."),
    )


def _nearest(chances: tuple[float, ...], wanted: float) -> int | None:
    places = range(len(chances))
    return min(places, key=lambda at: abs(chances[at] - wanted), default=None)


def tracking(totals: Figures, horizon: int, formatter: Formatter) -> ChartSpec:
    """What was expected of the days after each past day, and what came."""
    frame = _of(totals, horizon)
    came, expected = (tuple(frame.get_column(name).to_list()) for name in ("purchases", "expected_purchases"))
    days = ngettext("the {n} day after", "the {n} days after", horizon).format(n=horizon)
    return ChartSpec(
        "line",
        tuple(formatter.date(day) for day in frame.get_column("origin")),
        (
            Series(_("came"), came, texts=tuple(map(formatter.number, came))),
            Series(_("expected"), expected, texts=tuple(map(formatter.number, expected)), tone="accent"),
        ),
        title=_("Purchases in {days}").format(days=days),
        write=formatter.number_short,
        from_zero=True,
        empty=_("No past day is early enough to have its days after in the log."),
    )


def _of(figures: Figures, horizon: int) -> "pl.DataFrame":
    frame = figures.frame
    return frame.filter(frame.get_column("horizon_days") == horizon)


def _in_force(value: object) -> str:
    return _("in force") if value else ""


def _accent(_value: object) -> "Tone":
    return "accent"
