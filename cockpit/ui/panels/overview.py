"""Overview: what is worth knowing, whom to write to, and where the customers and the money came from."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import OptionList

from cockpit.figures import Figures
from cockpit.language import gettext as _
from cockpit.side_by_side import side_by_side
from cockpit.ui.messages import OpenList, PanelChanged
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import BOX, Plain, PlainGrid, Scrolled, Sentences
from cockpit.ui.panels.news import news
from cockpit.ui.panels.periods import last_known, period_names
from cockpit.ui.panels.work import Task, tasks
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.bridge import Bridge, BridgeTerm
from cockpit.ui.widgets.cells import width_of
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.palette import Tone
from cockpit.values import write

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

ROOM_FOR_TWO = 96
"""Columns of the panel from which bridge and money stand beside the work."""
ROOM_FOR_WORDS = 34
"""Lines of the panel from which each kind of work says what to do."""
NEWS = "news"
"""The topic of the sentences about the period under the cursor."""

_MONEY = {"returning_value": _("returning"), "new_value": _("new")}

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
    """What the panel shows: bridge and revenue by period, the news of the span of the strip."""

    bridge: Figures
    revenue: Figures
    actions: Figures
    news: Figures


class Overview(Panel[OverviewFigures]):
    """Sentences on top; the bridge of a period and the money of all of them, beside today's work."""

    key: ClassVar[str] = "overview"
    digit: ClassVar[str] = "1"
    title: ClassVar[str] = _("Overview")
    has_periods: ClassVar[bool] = True

    DEFAULT_CSS = f"""
    Overview {{
        Bridge {{ {BOX} padding: 0 1; }}
        Grid {{ grid-size: 2; grid-columns: 1fr 1fr; grid-rows: 1fr; height: 1fr; min-height: 17; }}
        #overview-figures {{ height: 100%; }}
        #overview-work {{ height: 100%; }}
        #overview-money {{ height: 1fr; min-height: 9; }}
        &.-one Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: auto; height: auto; }}
        &.-one #overview-figures {{ height: auto; }}
        &.-one #overview-work {{ height: auto; }}
        &.-one #overview-money {{ height: 12; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._looks_at_a_period = False
        self._measured: Size | None = None
        self._news: Figures | None = None
        self._tasks: tuple[Task, ...] = ()

    def body(self) -> ComposeResult:
        """The parts, from top to bottom."""
        with Scrolled():
            yield Sentences(id="overview-news")
            with PlainGrid():
                with Plain(id="overview-figures"):
                    yield Bridge(id="overview-bridge")
                    yield Chart(id="overview-money")
                yield Sentences(id="overview-work")

    def on_resize(self, event: events.Resize) -> None:
        """Put the parts below each other where there is no room."""
        if event.size == self._measured:
            return  # it comes back as it was
        self._measured = event.size
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Write the sentences as there is room, once the sizes are known."""
        self._show_work()
        if self._news is not None:
            self._show_news(self._news)

    def ask(self, shop: "Shop", ticket: "Ticket") -> OverviewFigures:
        """Ask for everything, with the sentences about the span of the strip."""
        names = ("bridge", "revenue", "actions", "worth_knowing")
        return OverviewFigures(*side_by_side(*(partial(shop.panel, name, ticket) for name in names)))

    def show(self, answer: OverviewFigures) -> None:
        """Begin at the latest period that is over, or stay at the one looked at."""
        chart = self.query_one(Chart)
        chart.show(self._money(answer.revenue), keep_place=chart.spec is not None)
        self._tasks = tasks(answer.actions, self.formatter)
        self.call_after_refresh(self._show_work)
        if self._looks_at_a_period:
            self._look_at(chart.cursor)
            return
        self._row = chart.cursor
        if answer.bridge.frame.height:
            self._show_bridge(
                answer.bridge, self._row, period_names(answer.bridge, self.formatter)[self._row]
            )
        self._show_news_of_the_strip(answer.news)

    def make_stale(self) -> None:
        """The sentences do not hold any longer either."""
        super().make_stale()
        self.drop(NEWS)
        self._news = None

    def cancel(self, topic: str = "") -> bool:
        """Stop what the panel asks for, the sentences after the rest."""
        return super().cancel(topic) or (not topic and super().cancel(NEWS))

    def _show_work(self) -> None:
        """Each kind of work: how many, how much, whom, and where there is room what to do."""
        box = self.query_one("#overview-work", Sentences)
        box.border_title = Content(_("Today's work"))
        people = max((width_of(task.customers) for task in self._tasks), default=0)
        money = max((width_of(task.money) for task in self._tasks), default=0)
        width = max(0, box.scrollable_content_region.width - 2)
        roomy = self.size.height >= ROOM_FOR_WORDS
        box.show([task.drawn(people, money, width, with_action=roomy) for task in self._tasks])
        if not self._tasks:
            box.show([Content(_("Nobody is on a list today."))], nothing_opens=True)

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
            title=_("Money from customers"),
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
        """Look at the period under the cursor, unless it is looked at already or the cursor has gone on.

        Two moves on their way would otherwise answer each other for ever, each with questions to the shop.
        """
        message.stop()
        if message.index != self._row and message.index == self.query_one(Chart).cursor:
            self._look_at(message.index)

    def _look_at(self, row: int) -> None:
        answer, formatter = self.answer, self.formatter
        if answer is None or not 0 <= row < answer.bridge.frame.height:
            return
        self._row, self._looks_at_a_period = row, True
        self.query_one(Chart).cursor = row
        name = period_names(answer.bridge, formatter)[row]
        self._ask_for_news(answer.bridge, row, name)
        self._show_bridge(answer.bridge, row, name)

    def _ask_for_news(self, bridge: Figures, row: int, name: str) -> None:
        """Ask what is worth knowing about the period; the sentences come when they are ready."""
        start, end = bridge.frame.select("period_start", "period_end").row(row)
        self._news = None
        box = self.query_one("#overview-news", Sentences)
        box.border_title = Content(_("Worth knowing about {period}").format(period=name))
        box.show([Content(_("Counting …")), Content(""), Content("")], nothing_opens=True)
        span = {"day_before": start - timedelta(days=1), "last_day": end}
        self.ask_shop(
            lambda shop, ticket: shop.panel("worth_knowing", ticket, **span),
            self._show_news,
            topic=NEWS,
            failed=lambda problem: box.show([Content(str(problem))], nothing_opens=True),
            cancelled=lambda: box.show(
                [Content(_("Cancelled. Another period asks again."))], nothing_opens=True
            ),
        )

    def _show_news_of_the_strip(self, figures: Figures) -> None:
        span, date = self.shop.span, self.formatter.date
        title = _("Worth knowing about {first} to {last}")
        self.query_one("#overview-news", Sentences).border_title = Content(
            title.format(first=date(span.day_before + timedelta(days=1)), last=date(span.last_day))
        )
        self._show_news(figures)

    def _show_news(self, figures: Figures) -> None:
        self._news = figures
        told = news(figures, self.formatter, brief=self.has_class("-one"))
        self.query_one("#overview-news", Sentences).show([each.drawn for each in told])
        self.post_message(PanelChanged())

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
                BridgeTerm(term, labels[term], sign * float(values[term]), number(values[term]), kind, tone)
                for term, sign, kind, tone in _TERMS
            ],
            keep_place=True,
        )

    # Opening ------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open whom the sentence counts, or the list of a kind of work."""
        message.stop()
        if message.option_list.id == "overview-work":
            self.post_message(OpenList(self._tasks[message.option_index].list))
        elif self._news is not None:
            self.open_figure(self._news, "missing", message.option_index)

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
        parts = {
            "overview-news": self._news,
            "overview-bridge": answer.bridge,
            "overview-money": answer.revenue,
            "overview-work": answer.actions,
        }
        focused = self.screen.focused
        first = focused.id if focused is not None else None
        order = sorted(parts, key=lambda name: name != first)
        return tuple(part for part in map(parts.get, order) if part is not None)

    def help_text(self) -> str:
        """How to read the panel."""
        return _(
            "The sentences say who is missing at the end of the strip's span, or of the period that the"
            " cursor was moved to: lost, at risk, or without a second order. A share rose or fell only if the"
            " 95 % interval of the difference to a year earlier, else to the span before, leaves out nought;"
            " enter opens exactly those missing. The bridge: start"
            " − lost + new + won back = end. Today's work are the lists of the panel Actions, with how many"
            " are on them and the money that they are about. The bars are the money of each period. Earlier"
            " and later periods: the keys below, or the arrows in the chart. Enter opens whatever the cursor"
            " stands on."
        )
