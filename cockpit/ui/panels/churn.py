"""Churn: the rates and the bridge of every period, and what another lapse window would say."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.side_by_side import side_by_side
from cockpit.ui.kpis import goal_words
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import PlainRow, Scrolled
from cockpit.ui.panels.periods import last_known, period_column, period_names, unfinished
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.shown import Shown
from cockpit.ui.widgets import palette
from cockpit.ui.widgets.cells import width_of
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series, Tone
from cockpit.ui.widgets.virtual_table import Column, VirtualTable
from cockpit.values import write

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

ROOM_FOR_THREE = 130
ROOM_FOR_TWO = 76
"""Columns of the panel from which so many charts stand side by side; the third repeats the table below."""

_MOVES: dict[str, tuple[str, int, Tone]] = {
    "new": (_("new"), 1, "good"),
    "won_back": (_("won back"), 1, "accent"),
    "lost": (_("lost"), -1, "bad"),
}
"""Terms of the bridge: name, direction, tone."""

_SHORT_VISITS = ("new_gone", "back_gone")
"""Who came and went within a period: there are such only where the window is shorter than it."""


@dataclass(frozen=True, slots=True)
class ChurnFigures:
    """What the panel shows."""

    bridge: Figures
    windows: Figures


class Churn(Panel[ChurnFigures]):
    """Three charts over the same periods, the bridge below them, and the windows."""

    key: ClassVar[str] = "churn"
    digit: ClassVar[str] = "2"
    title: ClassVar[str] = _("Churn")
    has_periods: ClassVar[bool] = True

    DEFAULT_CSS = """
    Churn {
        Horizontal { height: 2fr; min-height: 10; }
        Chart { width: 1fr; }
        #churn-bridge { height: 2fr; min-height: 9; margin-top: 1; }
        #churn-windows { margin-top: 1; }
        &.-two #churn-moves, &.-one #churn-moves { display: none; }
        &.-two Horizontal { height: 9; min-height: 9; }
        &.-one Horizontal { layout: vertical; height: 18; }
        &.-two #churn-bridge, &.-one #churn-bridge { height: auto; max-height: 16; }
    }
    """

    def body(self) -> ComposeResult:
        """Charts above tables; what has no room is scrolled to."""
        with Scrolled():
            with PlainRow():
                yield Chart(id="churn-rate")
                yield Chart(id="churn-crr")
                yield Chart(id="churn-moves")
            yield FiguresTable(id="churn-bridge")
            yield FiguresTable(id="churn-windows")

    def on_resize(self, event: events.Resize) -> None:
        """Put as many charts side by side as there is room for."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")
        self.set_class(ROOM_FOR_TWO <= event.size.width < ROOM_FOR_THREE, "-two")

    def ask(self, shop: "Shop", ticket: "Ticket") -> ChurnFigures:
        """Ask for the bridge and for the windows."""
        names = ("bridge", "churn_by_window")
        return ChurnFigures(*side_by_side(*(partial(shop.panel, name, ticket) for name in names)))

    def show(self, answer: ChurnFigures) -> None:
        """Draw the charts and fill the tables."""
        bridge = answer.bridge
        again = self.query_one("#churn-rate", Chart).spec is not None
        self.query_one("#churn-rate", Chart).show(self._rates("churn_rate", bridge), keep_place=again)
        self.query_one("#churn-crr", Chart).show(self._rates("retention_rate", bridge), keep_place=again)
        self.query_one("#churn-moves", Chart).show(self._moves(bridge), keep_place=again)
        table = self.query_one("#churn-bridge", FiguresTable)
        unseen = [name for name in _SHORT_VISITS if not bridge.frame.get_column(name).sum()]
        table.show_figures(
            bridge,
            self.formatter,
            latest_first=True,
            without=("period_end", *unseen),
            last=(*_SHORT_VISITS, "why_null"),
            own={"period_start": period_column(bridge, self.formatter)},
        )
        self._show_windows(answer.windows)
        if not again:
            table.move_to(self.query_one("#churn-rate", Chart).cursor, "lost")

    def _rates(self, name: str, bridge: Figures) -> ChartSpec:
        frame, formatter = bridge.frame, self.formatter
        low, high = frame.get_column("churn_low"), frame.get_column("churn_high")
        churn, goal = name == "churn_rate", self.shop.settings.goals.get(name)
        if not churn:
            low, high = 1 - high, 1 - low
        series = Series(
            name,
            tuple(frame.get_column(name)),
            low=tuple(low),
            high=tuple(high),
            tone="bad" if churn else "good",
        )
        return ChartSpec(
            "line",
            period_names(bridge, formatter),
            (series,),
            title=_("Churn") if churn else _("CRR"),
            write=partial(_percent, formatter),
            unfinished=unfinished(bridge),
            cursor=last_known(frame.get_column("churn_rate")),
            goal=goal,
            goal_label=goal_words(formatter, "share", goal),
            from_zero=churn,
            empty=self._nothing_drawn(bridge),
        )

    def _why(self, bridge: Figures, row: int) -> str:
        code = bridge.frame.item(row, "why_null")
        why = bridge.query.columns["why_null"]
        return write(self.formatter, why, code)

    def _nothing_drawn(self, bridge: Figures) -> str:
        if not bridge.frame.height:
            return _("There is no period yet.")
        return _("No rate yet: {why}.").format(why=self._why(bridge, 0))

    def _moves(self, bridge: Figures) -> ChartSpec:
        frame, formatter = bridge.frame, self.formatter
        series = []
        for name, (label, sign, tone) in _MOVES.items():
            counts = frame.get_column(name).to_list()
            values = tuple(None if count is None else sign * count for count in counts)
            series.append(Series(label, values, texts=tuple(map(formatter.number, counts)), tone=tone))
        return ChartSpec(
            "stacked",
            period_names(bridge, formatter),
            tuple(series),
            title=_("Customers"),
            write=lambda value: formatter.number_short(abs(value)),
            unfinished=unfinished(bridge),
            cursor=last_known(frame.get_column("lost")),
            empty=_("There is no period yet."),
        )

    def _show_windows(self, windows: Figures) -> None:
        title = _("under a window of")
        days = partial(write, self.formatter, windows.query.columns["window_days"])
        own = {
            "window_days": Column("window_days", title, "left", days, width_of(title) + 2),
            "in_force": Column("in_force", "", "left", _in_force, tone=_accent),
        }
        self.query_one("#churn-windows", FiguresTable).show_figures(windows, self.formatter, own=own)

    # One period at a time -----------------------------------------------------------------------------

    def move_period(self, step: int) -> None:
        """Look at an earlier or later period."""
        chart = self.query_one("#churn-rate", Chart)
        if chart.spec is not None:
            self._look_at(max(0, min(chart.cursor + step, len(chart.spec.labels) - 1)))

    def _look_at(self, row: int) -> None:
        for chart in self.query(Chart):
            chart.cursor = row
        self.query_one("#churn-bridge", FiguresTable).move_to(row)

    def on_chart_period_moved(self, message: Chart.PeriodMoved) -> None:
        """Follow in the other charts and in the table, unless the cursor has gone on since.

        Two moves on their way would otherwise answer each other for ever.
        """
        message.stop()
        if isinstance(message.widget, Chart) and message.widget.cursor == message.index:
            self._look_at(message.index)

    @on(VirtualTable.CursorMoved, "#churn-bridge")
    def _follow_the_table(self, message: VirtualTable.CursorMoved) -> None:
        message.stop()
        if self.query_one("#churn-bridge", FiguresTable).cursor_row == message.row:
            for chart in self.query(Chart):
                chart.cursor = message.row

    # Opening ------------------------------------------------------------------------------------------

    def on_chart_period_opened(self, message: Chart.PeriodOpened) -> None:
        """Open the customers of the period and series."""
        message.stop()
        if self.answer is None:
            return
        names = {label: name for name, (label, _sign, _tone) in _MOVES.items()}
        self.open_figure(self.answer.bridge, names.get(message.series, message.series), message.index)

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open what stands behind the cell."""
        message.stop()
        table = message.widget
        if isinstance(table, FiguresTable) and table.figures is not None:
            self.open_figure(table.figures, table.figure_under(message.column), message.row)

    def shown(self) -> tuple[Shown, ...]:
        """The bridge, then the windows; the table with the focus first."""
        if self.answer is None:
            return ()
        both = (self.answer.bridge, self.answer.windows)
        return both[::-1] if self.query_one("#churn-windows").has_focus else both

    def help_text(self) -> str:
        """How to read the rates and the bridge."""
        return _(
            "Churn is the share of the customers active when a period started who were not active on its"
            " last day; CRR is the rest. Both need a whole lapse window of history before the period. Start"
            " − lost + new + won back = end; customers who came and lapsed again within a period stand"
            " beside that. The shade around a line, and the interval beside a rate, is Wilson's at 95 %. The"
            " last table shows the same span under other lapse windows. Enter on any figure opens its"
            " customers."
        )


def _percent(formatter: Formatter, value: float) -> str:
    """Whole hundredths without a decimal: a tick reads `20 %`, a rate `27.5 %`."""
    return formatter.percent(value, 0 if abs(value * 100 - round(value * 100)) < 1e-9 else 1)


def _in_force(value: object) -> str:
    return _("in force") if value else ""


def _accent(_value: object) -> palette.Tone:
    return "accent"
