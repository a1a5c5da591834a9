"""Value: what customers have been worth so far, to whom it is owed, and how much of it stays."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Figures
from cockpit.language import gettext as _
from cockpit.progress import Step
from cockpit.ui.messages import PanelChanged
from cockpit.ui.panels import value_charts
from cockpit.ui.panels.boxes import BOX, Plain, PlainGrid, Scrolled
from cockpit.ui.panels.breakdown import bars_of
from cockpit.ui.panels.proof import HORIZONS, QUERIES, Proof, why_no_proof
from cockpit.ui.panels.several import Several, SeveralPanel, dimension_name
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import Switch, SwitchLine
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.ranked_bars import RankedBars
from cockpit.ui.widgets.telling import tell

ROOM_FOR_TWO = 110
"""Columns of the panel from which the parts stand side by side."""

_BANDS = (("value_bands", "customers"), ("value_bands", "value"), ("predicted_bands", "customers"))
"""What the bands show, by measure: a query and its column."""
_TITLES = (
    _("Customers by value to date"),
    _("Value by customers' value to date"),
    _("Customers by what the next 12 months are expected to bring"),
)
_VERDICTS = "backtest_verdicts"
_AHEAD = 2
"""The measure that looks ahead."""
_KPI = "historic_clv"
_PREDICTED = "clv_12m"
_WORTH = (_KPI, _PREDICTED)


class Value(SeveralPanel):
    """Bands and concentration, cohorts and any attribute, revenue kept, and the textbook's figure."""

    key: ClassVar[str] = "value"
    digit: ClassVar[str] = "4"
    title: ClassVar[str] = _("Value")
    has_views: ClassVar[bool] = True
    has_measures: ClassVar[bool] = True
    has_dimensions: ClassVar[bool] = True

    broken_down: ClassVar[frozenset[str]] = frozenset({"value_by"})

    DEFAULT_CSS = f"""
    Value {{
        #value-now > Grid {{ grid-size: 2; grid-columns: 3fr 2fr; grid-rows: 11; height: auto; }}
        Chart {{ height: 100%; }}
        RankedBars {{ height: 100%; {BOX} padding: 0 1; }}
        FiguresTable {{ {BOX} }}
        #value-worth {{ height: auto; }}
        #value-now {{ height: auto; }}
        .log-start {{ height: auto; padding: 0 1; color: $text-warning; display: none; }}
        & Proof {{ display: none; }}
        &.-proof #value-now {{ display: none; }}
        &.-proof Proof {{ display: block; }}
        &.-one #value-now > Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: 12 auto 12 auto; }}
        &.-one RankedBars {{ height: auto; max-height: 14; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = 0
        self._measure = 0
        self._horizon = 0
        self._rows: tuple[int, ...] = ()

    def body(self) -> ComposeResult:
        """Pictures on top, tables below."""
        yield SwitchLine()
        with Scrolled():
            yield Static(classes="log-start", markup=False)
            with Plain(id="value-now"):
                with PlainGrid():
                    yield Chart(id="value-bands")
                    yield RankedBars(id="value-top")
                    yield Chart(id="value-cohorts")
                    yield RankedBars(id="value-by")
                yield RankedBars(id="value-worth")
                yield FiguresTable(id="value-kept")
                yield FiguresTable(id="value-textbook")
            yield Proof()

    def on_resize(self, event: events.Resize) -> None:
        """Put the parts below each other where there is no room."""
        narrow = event.size.width < ROOM_FOR_TWO
        self.set_class(narrow, "-one")
        self.query_one(Proof).set_class(narrow, "-one")

    # What is wanted -----------------------------------------------------------------------------------

    def queries(self) -> tuple[str, ...]:
        """All that the view shows."""
        if self._proves:
            return QUERIES
        ahead = ("predicted_bands",) if self._looks_ahead else ()
        return (
            "value", "value_bands", *ahead, "concentration", "value_by", "revenue_retention",
            "textbook_clv", _VERDICTS,
        )  # fmt: skip

    def kpis(self) -> tuple[str, ...]:
        """What customers are worth, beside the textbook's figure."""
        return () if self._proves else _WORTH

    @property
    def _proves(self) -> bool:
        return self._view == 1

    def switches(self) -> tuple[Switch, ...]:
        """Which view; what the bands count, and by what value is broken down; how far ahead."""
        view = Switch("view", "< >", (_("value"), _("forecast, tested")), self._view)
        if self._proves:
            ahead = tuple(_("{days} ahead").format(days=self.formatter.days(days)) for days in HORIZONS)
            return (view, Switch("measure", "m", ahead, self._horizon))
        return (
            view,
            Switch("measure", "m", (_("customers"), _("money"), _("next 12 months")), self._measure),
            Switch("by", "b", (_("by {attribute}").format(attribute=dimension_name(self.by)),)),
        )

    def turn(self, switch: str, option: int) -> None:
        """Count customers or money, look ahead; ask for another attribute."""
        if switch == "view":
            self._view = option
            self.set_class(self._proves, "-proof")
            self.turned()
            self.post_message(PanelChanged())
        elif switch == "measure":
            if self._proves:
                self._horizon = option
            else:
                self._measure = option
            self.turned()
        else:
            self.choose_dimension()

    def forecast_tested(self, so_far: Step | None) -> None:
        """Ask again for what was not tested when it was asked for."""
        verdicts = self.figures(_VERDICTS)
        if so_far is None and verdicts is not None and verdicts.frame.is_empty():
            dropped = {*QUERIES, _PREDICTED}
            self._held = {name: held for name, held in self._held.items() if name not in dropped}
            self.stale = True
            self.drop()
            if self.display:
                self.expect()

    def why_nothing(self, answer: Several) -> str | None:
        """An export without money has no value to show, a shop without a model no forecast to test."""
        if self._proves:
            return why_no_proof(answer.figures, is_testing=self.cockpit.tested_so_far is not None)
        if answer.figures["value_bands"].frame.is_empty():
            return _("The export has no money column.")
        return None

    def show(self, answer: Several) -> None:
        """Draw the pictures and fill the tables."""
        figures = answer.figures
        start = self.query_one(".log-start", Static)
        start.display = self.shop.facts.log_start is not None
        tell(start, Content(self.shop.facts.log_start or ""))
        if self._proves:
            self.query_one(Proof).show(figures, HORIZONS[self._horizon], self.formatter)
            return
        self._show_bands(figures[_BANDS[self._measure][0]], figures[_PREDICTED])
        self._show_top(figures["concentration"])
        self._show_cohorts(figures["value"])
        self._show_attribute(figures["value_by"])
        self._show_worth(figures)
        for name, query in (("kept", "revenue_retention"), ("textbook", "textbook_clv")):
            table = self.query_one(f"#value-{name}", FiguresTable)
            table.border_title = Content(_(figures[query].query.title))
            table.show_figures(figures[query], self.formatter)

    # The parts ----------------------------------------------------------------------------------------

    @property
    def _looks_ahead(self) -> bool:
        return self._measure == _AHEAD

    def _show_bands(self, bands: Figures, predicted: Figures) -> None:
        chart = self.query_one("#value-bands", Chart)
        title, column = _(_TITLES[self._measure]), _BANDS[self._measure][1]
        why_none = value_charts.why_no_forecast(predicted) if self._looks_ahead else ""
        spec = value_charts.bands(bands, column, title, self.formatter, why_none)
        chart.show(spec, keep_place=chart.spec is not None)

    def _show_top(self, concentration: Figures) -> None:
        top = self.query_one("#value-top", RankedBars)
        top.border_title = Content(_("Share of value of the most valuable"))
        top.show(value_charts.top(concentration, self.formatter), keep_place=True)

    def _show_cohorts(self, cohorts: Figures) -> None:
        chart = self.query_one("#value-cohorts", Chart)
        chart.show(value_charts.cohorts(cohorts, self.formatter), keep_place=chart.spec is not None)

    def _show_attribute(self, worth: Figures) -> None:
        shown = bars_of(worth, self._worth_each, self.formatter)
        self._rows = shown.rows
        by = self.query_one("#value-by", RankedBars)
        name = dimension_name(str(worth.parameters["by"]))
        title = (
            _("Next 12 months by {attribute}")
            if self._looks_ahead
            else _("Value per customer by {attribute}")
        )
        by.border_title = Content(title.format(attribute=name))
        by.border_subtitle = Content(shown.said)
        by.show(shown.bars, reference=self._mean())

    @property
    def _worth_each(self) -> str:
        """The figure by which attributes are compared."""
        return "predicted" if self._looks_ahead else "clv"

    def _mean(self) -> float | None:
        """The figure by which attributes are compared, of all customers."""
        historic, cohorts = self.figures(_KPI), self.figures("value")
        if not self._looks_ahead:
            return historic.frame.item(0, "value") if historic is not None else None
        if cohorts is None:
            return None
        sums = cohorts.frame.select("equity", "customers").sum().row(0)
        known = cohorts.frame.get_column("equity").count() > 0
        return float(sums[0] / sums[1]) if known else None

    def _show_worth(self, figures: Mapping[str, Figures]) -> None:
        predicted = figures[_PREDICTED]
        worth = self.query_one("#value-worth", RankedBars)
        worth.border_title = Content(_("What a customer is worth"))
        worth.border_subtitle = Content(
            ""
            if value_charts.why_no_forecast(predicted)
            else value_charts.together(
                figures["value"],
                figures[_VERDICTS],
                self.formatter,
                is_testing=self.cockpit.tested_so_far is not None,
            )
        )
        bars = value_charts.worth(figures[_KPI], predicted, figures["textbook_clv"], self.formatter)
        worth.show(bars, keep_place=True)

    # Opening ------------------------------------------------------------------------------------------

    def on_chart_period_moved(self, message: Chart.PeriodMoved) -> None:
        """The border of the chart says it all."""
        message.stop()

    @on(Chart.PeriodOpened)
    def _open_in_chart(self, message: Chart.PeriodOpened) -> None:
        message.stop()
        if message.widget.id == "value-bands":
            self._open(*_BANDS[self._measure], message.index)
        elif message.widget.id == "value-cohorts":
            self._open("value", "clv", message.index)

    @on(RankedBars.BarOpened)
    def _open_bar(self, message: RankedBars.BarOpened) -> None:
        message.stop()
        match message.widget.id:
            case "value-top":
                self._open("concentration", "value_share", message.index)
            case "value-by":
                if message.index < len(self._rows):
                    self._open("value_by", self._worth_each, self._rows[message.index])
            case _ if message.index < len(_WORTH):
                self._open(_WORTH[message.index], "value", 0)
            case _:
                self._open("textbook_clv", "textbook_clv", 0)

    def _open(self, name: str, column: str, row: int) -> None:
        figures = self.figures(name)
        if figures is not None:
            self.open_figure(figures, column, row)

    def help_text(self) -> str:
        """How to read the view."""
        if self._proves:
            return _(
                "The forecast is tested at days of the shop's own past: it is told only what was known then,"
                " and held against what came. The first picture sorts customers by the chance that they were"
                " told: on the line of points, of those told 30 % three of ten bought. The second adds up"
                " what was expected of everybody, and what came. The table holds the methods against each"
                " other; the one that erred least supplies the chances on all lists and customers. m looks"
                " 30 or 180 days ahead instead of 90."
            )
        return _(
            "Value to date is what a customer paid and did not get back. The first chart counts customers, or"
            " with m their money, in bands of value; beside it stands how much of all value the most valuable"
            " customers bring. Then value per customer, by the period of the first purchase (older ones have"
            " had more time) and by an attribute that b chooses; the dashed line is the mean of all,"
            " whiskers and shade are 95 % intervals. The next 12 months are what the forecast expects. The"
            " textbook's figure takes every customer for the average one and is there for comparison only."
            " NRR: what those who bought in one span bring in the next; GRR: the same with everyone's growth"
            " left out. Enter opens the customers."
        )
