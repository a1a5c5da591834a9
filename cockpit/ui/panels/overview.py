"""Overview: what changed, whom to write to, and where the customers and the money of a period came from."""

from dataclasses import dataclass
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import OptionList

from cockpit.figures import Figures
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import BOX, Scrolled, Sentences
from cockpit.ui.panels.changes import Change, changes
from cockpit.ui.panels.periods import last_known, period_names
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.bridge import Bridge, BridgeTerm
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.palette import Tone
from cockpit.values import write

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

ROOM_FOR_TWO = 96
"""Columns of the panel from which bridge and work stand side by side."""

_MONEY = {"returning_value": _("from returning customers"), "new_value": _("from new customers")}

_CHANGES = {"lost": _("lost"), "new": _("new"), "won_back": _("won back")}
_TERMS: tuple[tuple[str, int, Literal["level", "change"], Tone], ...] = (
    ("customers_start", 1, "level", "plain"),
    ("lost", -1, "change", "bad"),
    ("new", 1, "change", "good"),
    ("won_back", 1, "change", "accent"),
    ("customers_end", 1, "level", "plain"),
)
"""Terms of the bridge: figure, sign, kind, tone."""


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """What the panel shows; bridge and revenue have the same periods."""

    bridge: Figures
    revenue: Figures
    today: Figures


class Overview(Panel[OverviewFigures]):
    """Sentences on top, the bridge of a period beside today's work, the money of all periods below."""

    key: ClassVar[str] = "overview"
    digit: ClassVar[str] = "1"
    title: ClassVar[str] = _("Overview")
    has_periods: ClassVar[bool] = True

    DEFAULT_CSS = f"""
    Overview {{
        Bridge {{ {BOX} padding: 0 1; }}
        Grid {{ grid-size: 2; grid-rows: auto; height: auto; }}
        #overview-today {{ height: 100%; }}
        #overview-money {{ min-height: 9; }}
        &.-one Grid {{ grid-size: 1; }}
        &.-one #overview-today {{ height: auto; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._changes: tuple[Change, ...] = ()

    def body(self) -> ComposeResult:
        """The parts, from top to bottom."""
        with Scrolled():
            yield Sentences(id="overview-changes")
            with Grid():
                yield Bridge(id="overview-bridge")
                yield Sentences(id="overview-today")
            yield Chart(id="overview-money")

    def on_resize(self, event: events.Resize) -> None:
        """Put bridge and work below each other where there is no room."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")

    def ask(self, shop: "Shop", ticket: "Ticket") -> OverviewFigures:
        """Ask for the three answers."""
        return OverviewFigures(
            shop.panel("bridge", ticket), shop.panel("revenue", ticket), shop.panel("today", ticket)
        )

    def show(self, answer: OverviewFigures) -> None:
        """Begin at the latest period that is over, or stay at the one looked at."""
        chart = self.query_one(Chart)
        chart.show(self._money(answer.revenue), keep_place=chart.spec is not None)
        self._show_work(answer.today)
        self._look_at(chart.cursor)

    def _show_work(self, today: Figures) -> None:
        """Each kind of work: how many, how much, whom."""
        formatter, work = self.formatter, today.query.columns["work"]
        rows = [
            (
                formatter.number(row["customers"]),
                formatter.money_short(row["value"]),
                write(formatter, work, row["work"]),
            )
            for row in today.frame.rows(named=True)
        ]
        people, money = (max((len(row[at]) for row in rows), default=0) for at in (0, 1))
        box = self.query_one("#overview-today", Sentences)
        box.border_title = Content(_(today.query.title))
        box.show(
            [
                Content.assemble((count.rjust(people), "bold"), "  ", value.rjust(money), "  ", whom)
                for count, value, whom in rows
            ]
        )

    def _money(self, revenue: Figures) -> ChartSpec:
        frame, formatter = revenue.frame, self.formatter
        series = []
        for name, label in _MONEY.items():
            values = frame.get_column(name).to_list()
            series.append(Series(label, tuple(values), texts=tuple(map(formatter.money_short, values))))
        over = frame.get_column("finished")
        return ChartSpec(
            "stacked",
            period_names(revenue, formatter),
            tuple(series),
            title=_("Money"),
            write=lambda amount: formatter.money_short(amount) if amount else formatter.number(0),
            unfinished=None if over[-1] else frame.height - 1,
            cursor=last_known(over.replace_strict({False: None}, default=True)),
            empty=_("The export has no money column."),
        )

    # One period at a time -----------------------------------------------------------------------------

    def move_period(self, step: int) -> None:
        """Look at an earlier or later period."""
        if self.answer is not None:
            self._look_at(max(0, min(self._row + step, self.answer.bridge.frame.height - 1)))

    def on_chart_period_moved(self, message: Chart.PeriodMoved) -> None:
        """Look at the period under the cursor."""
        message.stop()
        self._look_at(message.index)

    def _look_at(self, row: int) -> None:
        answer, formatter = self.answer, self.formatter
        if answer is None or not 0 <= row < answer.bridge.frame.height:
            return
        self._row = row
        self.query_one(Chart).cursor = row
        self._changes = changes(answer.bridge, answer.revenue, row, formatter)
        name = period_names(answer.bridge, formatter)[row]
        said = self.query_one("#overview-changes", Sentences)
        said.border_title = Content(name)
        said.show([Content(change.sentence) for change in self._changes])
        self._show_bridge(answer.bridge, row, name)

    def _show_bridge(self, figures: Figures, row: int, name: str) -> None:
        values, number = figures.frame.row(row, named=True), self.formatter.number
        bridge = self.query_one(Bridge)
        bridge.border_title = Content(_("Customers in {period}").format(period=name))
        if values["lost"] is None or values["customers_end"] is None:
            why = write(self.formatter, figures.query.columns["why_null"], values["why_null"])
            bridge.empty = _("No bridge: {why}.").format(why=why)
            bridge.show(())
            return
        before = values["period_start"] - timedelta(days=1)
        active = _("active on {day}")
        labels = {
            "customers_start": active.format(day=self.formatter.date(before)),
            "customers_end": active.format(day=self.formatter.date(values["period_end"])),
            **_CHANGES,
        }
        bridge.show(
            [
                BridgeTerm(term, labels[term], sign * values[term], number(values[term]), kind, tone)
                for term, sign, kind, tone in _TERMS
            ],
            keep_place=True,
        )

    # Opening ------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open what the sentence is about, or the customers of a kind of work."""
        message.stop()
        if message.option_list.id == "overview-today" and self.answer is not None:
            self.open_figure(self.answer.today, "customers", message.option_index)
            return
        change = self._changes[message.option_index]
        self.open_figure(change.figures, change.column, change.row)

    def on_bridge_term_opened(self, message: Bridge.TermOpened) -> None:
        """Open the customers of the term."""
        message.stop()
        if self.answer is not None:
            self.open_figure(self.answer.bridge, message.name, self._row)

    def on_chart_period_opened(self, message: Chart.PeriodOpened) -> None:
        """Open the purchases that brought the money."""
        message.stop()
        names = {label: name for name, label in _MONEY.items()}
        if self.answer is not None:
            self.open_figure(self.answer.revenue, names[message.series], message.index)

    def shown(self) -> tuple[Shown, ...]:
        """The answers, the one with the focus first."""
        answer = self.answer
        if answer is None:
            return ()
        if self.query_one("#overview-today").has_focus:
            return (answer.today, answer.bridge, answer.revenue)
        if self.query_one(Chart).has_focus:
            return (answer.revenue, answer.bridge, answer.today)
        return (answer.bridge, answer.revenue, answer.today)

    def help_text(self) -> str:
        """How to read the panel."""
        return _(
            "The sentences say what the period brought; a rate has risen or fallen only if its interval has"
            " nothing in common with that of the period before. The bridge: start − lost + new + won back ="
            " end. Today's work counts the customers to write to and what they have been worth so far. The"
            " bars are the money of each period. Earlier and later periods: the keys below, or the arrows in"
            " the chart. Enter opens whatever the cursor stands on."
        )
