"""Cohorts: what became of those who came at the same time, and how one purchase leads to the next."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui.panels.boxes import BOX, Plain, PlainGrid, Scrolled
from cockpit.ui.panels.columns import interval
from cockpit.ui.panels.heat import Triangle, triangle
from cockpit.ui.panels.several import Several, SeveralPanel
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import Switch, SwitchLine
from cockpit.ui.panels.waiting import MARKS, at_mark, curve, curve_points, percent
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.chart_spec import ChartSpec, Series
from cockpit.ui.widgets.heat_table import HeatTable
from cockpit.ui.widgets.ranked_bars import RankedBar, RankedBars
from cockpit.values import write_unit

if TYPE_CHECKING:
    from textual.widget import Widget

    from cockpit.warehouse.catalog import Column

ROOM_FOR_TWO = 110
"""Columns of the panel from which the parts of the last view stand side by side."""
ROOM_FOR_CHART = 26
"""Lines of the panel from which there is a chart below the triangle."""

_VIEWS = ("returned_share", "repurchased_share", "retained_share")
_STEPS = len(_VIEWS)
"""The view after those of the triangle: from order to order."""
_MEASURES = ("", "value_per_customer", "orders_per_customer")


class Cohorts(SeveralPanel):
    """The triangle with a chart of one cohort beside the average; the funnel and the curve behind it."""

    key: ClassVar[str] = "cohorts"
    digit: ClassVar[str] = "3"
    title: ClassVar[str] = _("Cohorts")
    has_views: ClassVar[bool] = True
    has_measures: ClassVar[bool] = True
    has_dimensions: ClassVar[bool] = True

    DEFAULT_CSS = f"""
    Cohorts {{
        #cohorts-triangle {{ height: 1fr; }}
        HeatTable {{ height: auto; max-height: 62%; {BOX} padding: 0 1; }}
        #cohorts-lines {{ height: 1fr; min-height: 9; }}
        &.-low #cohorts-lines {{ display: none; }}
        &.-low HeatTable {{ height: 1fr; max-height: 100%; }}
        RankedBars {{ {BOX} padding: 0 1; }}
        #cohorts-steps {{
            Grid {{ grid-size: 2; grid-columns: 10fr 7fr; grid-rows: 1fr; height: 1fr; min-height: 26; }}
            Grid > Vertical {{ height: 100%; }}
            FiguresTable {{ {BOX} }}
            Chart {{ min-height: 12; }}
        }}
        &.-one #cohorts-steps Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: auto; height: auto; }}
        &.-one #cohorts-steps Grid > Vertical {{ height: auto; }}
        &.-one #cohorts-steps Chart {{ height: 12; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = 0
        self._measure = 0
        self._by_days = False
        self._triangle: Triangle | None = None
        self._spec: Column | None = None

    def body(self) -> ComposeResult:
        """The triangle above its chart; the last view beside them, hidden."""
        yield SwitchLine()
        with Plain(id="cohorts-triangle"):
            yield HeatTable(id="cohorts-heat")
            yield Chart(id="cohorts-lines")
        with Scrolled(id="cohorts-steps"), PlainGrid():
            with Plain():
                yield RankedBars(id="cohorts-funnel")
                yield FiguresTable(id="cohorts-funnel-table")
            with Plain():
                yield Chart(id="cohorts-waiting")
                yield RankedBars(id="cohorts-marks")

    def on_mount(self) -> None:
        """Begin with the triangle."""
        self._choose_part()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what has no room."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")
        self.set_class(event.size.height < ROOM_FOR_CHART, "-low")

    # What is wanted -----------------------------------------------------------------------------------

    @property
    def column(self) -> str:
        """The figure in the triangle."""
        return _MEASURES[self._measure] or _VIEWS[min(self._view, _STEPS - 1)]

    def queries(self) -> tuple[str, ...]:
        """Two answers for either kind of view."""
        if self._view == _STEPS:
            return ("order_funnel", "second_order")
        if self._by_days:
            return ("cohorts_by_days", "cohort_averages_by_days")
        return ("cohorts", "cohort_averages")

    def switches(self) -> tuple[Switch, ...]:
        """View, measure, and by what time is counted."""
        views = (_("returning"), _("repurchased by"), _("retained until later"), _("order to order"))
        view = Switch("view", "< >", views, self._view)
        if self._view == _STEPS:
            return (view,)
        grains = {"month": _("months"), "quarter": _("quarters"), "year": _("years")}
        calendar = grains.get(self.shop.settings.period, _("periods"))
        return (
            view,
            Switch("measure", "m", (_("customers"), _("money"), _("orders")), self._measure),
            Switch("time", "b", (calendar, _("30 days")), int(self._by_days)),
        )

    def turn(self, switch: str, option: int) -> None:
        """Show another view, measure or time."""
        if switch == "view":
            self._view, self._measure = option, 0
            if option == _VIEWS.index("retained_share"):
                self._by_days = False
        elif switch == "measure":
            self._measure = option
        else:
            self._by_days = bool(option)
            if self._by_days and self.column == "retained_share":
                self._view = 0
        self.turned()

    def choose_dimension(self) -> None:
        """Count in calendar periods, or in days since the first purchase."""
        self._step("time", 1)

    def _choose_part(self) -> None:
        in_steps = self._view == _STEPS
        parts: tuple[Widget, ...] = (self.query_one("#cohorts-triangle"), self.query_one("#cohorts-steps"))
        changed = parts[1].display != in_steps
        had_focus = self.screen.focused is not None and self.screen.focused in self.query("*")
        parts[0].display, parts[1].display = not in_steps, in_steps
        if changed and had_focus:
            (self.query_one("#cohorts-funnel") if in_steps else self.query_one(HeatTable)).focus()

    def focus_first(self) -> None:
        """Put the focus on the part that is shown."""
        (self.query_one("#cohorts-funnel") if self._view == _STEPS else self.query_one(HeatTable)).focus()

    def show(self, answer: Several) -> None:
        """Fill the view in force."""
        self._choose_part()
        if self._view == _STEPS:
            self._show_funnel(answer.figures["order_funnel"])
            self._show_waiting(answer.figures["second_order"])
            return
        cohorts, averages = (answer.figures[name] for name in self.queries())
        self._triangle = triangle(cohorts, averages, self.column, self.formatter)
        heat = self.query_one(HeatTable)
        self._spec = spec = cohorts.query.columns[self.column]
        heat.border_title = Content(_(spec.heading).capitalize())
        heat.border_subtitle = Content(_(spec.says))
        again = heat.grid.rows == self._triangle.grid.rows
        heat.show(self._triangle.grid, keep_place=again)
        if not again:
            heat.go(min(1, len(self._triangle.grid.rows) - 1), 1)
        self._draw_line()

    # The triangle and one of its lines ----------------------------------------------------------------

    def _draw_line(self) -> None:
        """The cohort under the cursor beside the average."""
        shown, spec = self._triangle, self._spec
        if shown is None or spec is None or not shown.periods:
            return
        row, column = self.query_one(HeatTable).cursor_at
        names = shown.grid.rows
        series = [Series(names[0], shown.lines[0], tone="muted" if row else "")]
        if row:
            series.insert(0, Series(names[row], shown.lines[row]))
        chart = self.query_one("#cohorts-lines", Chart)
        chart.show(
            ChartSpec(
                "line",
                shown.periods,
                tuple(series),
                title=_(spec.heading).capitalize(),
                write=partial(_written, self.formatter, spec.unit),
                from_zero=True,
                cursor=max(0, column - 1),
                empty=_("No cohort has lived through a period yet."),
            )
        )

    @on(HeatTable.CellMoved)
    def _follow_the_cell(self, message: HeatTable.CellMoved) -> None:
        message.stop()
        self._draw_line()

    @on(HeatTable.CellOpened)
    def _open_cell(self, message: HeatTable.CellOpened) -> None:
        message.stop()
        self._open_place(message.row, message.column)

    def _open_place(self, row: int, column: int) -> None:
        place = self._triangle.places.get((row, column)) if self._triangle is not None else None
        if place is not None:
            self.open_figure(*place)

    @on(Chart.PeriodMoved, "#cohorts-lines")
    def _follow_the_chart(self, message: Chart.PeriodMoved) -> None:
        message.stop()

    @on(Chart.PeriodOpened, "#cohorts-lines")
    def _open_in_chart(self, message: Chart.PeriodOpened) -> None:
        message.stop()
        if self._triangle is not None and message.series in self._triangle.grid.rows:
            self._open_place(self._triangle.grid.rows.index(message.series), message.index + 1)

    # From order to order ------------------------------------------------------------------------------

    def _show_funnel(self, funnel: Figures) -> None:
        bars = [
            RankedBar(
                f"{row['nth']} → {row['nth'] + 1}",
                row["share_next"],
                self.formatter.percent(row["share_next"]),
                interval(self.formatter, row["low"], row["high"]),
                row["low"],
                row["high"],
            )
            for row in funnel.frame.rows(named=True)
        ]
        widget = self.query_one("#cohorts-funnel", RankedBars)
        widget.border_title = Content(_("The next purchase within a year, of those who made one"))
        widget.show(bars, keep_place=True)
        table = self.query_one("#cohorts-funnel-table", FiguresTable)
        table.border_title = Content(_(funnel.query.title))
        table.show_figures(funnel, self.formatter, without=("low", "high"))

    def _show_waiting(self, waiting: Figures) -> None:
        formatter = self.formatter
        self.query_one("#cohorts-waiting", Chart).show(curve(waiting, formatter), keep_place=True)
        bars = []
        for days in MARKS:
            row = at_mark(waiting, days)
            values: dict[str, Any] = {} if row is None else waiting.frame.row(row, named=True)
            bar = RankedBar(
                _("within {days}").format(days=formatter.days(days)),
                values.get("share_returned"),
                formatter.percent(values.get("share_returned")),
                interval(formatter, values.get("low"), values.get("high")),
            )
            bars.append(replace(bar, low=values.get("low"), high=values.get("high")))
        marks = self.query_one("#cohorts-marks", RankedBars)
        marks.border_title = Content(_("Bought a second time"))
        marks.show(bars, keep_place=True)

    @on(RankedBars.BarOpened)
    def _open_bar(self, message: RankedBars.BarOpened) -> None:
        message.stop()
        if message.widget.id == "cohorts-funnel":
            funnel = self.figures("order_funnel")
            if funnel is not None:
                self.open_figure(funnel, "made_next", message.index)
            return
        waiting = self.figures("second_order")
        row = at_mark(waiting, MARKS[message.index]) if waiting is not None else None
        if waiting is not None and row is not None:
            self.open_figure(waiting, "share_returned", row)

    @on(Chart.PeriodOpened, "#cohorts-waiting")
    def _open_in_curve(self, message: Chart.PeriodOpened) -> None:
        message.stop()
        waiting = self.figures("second_order")
        points = curve_points(waiting) if waiting is not None else ()
        row = points[message.index][1] if message.index < len(points) else None
        if waiting is not None and row is not None:
            self.open_figure(waiting, "share_returned", row)

    def help_text(self) -> str:
        """How to read the triangle and the rest."""
        return _(
            "A cohort is everyone whose first purchase lies in one period; +1 is the period after it."
            " Returning: bought in that period. Repurchased by: made the second purchase by its end."
            " Retained until later: bought in it or at any time after, known only where a lapse window has"
            " passed since. Hatched cells are not over yet. The average takes only cohorts that have lived"
            " through the period. m shows money or orders per customer up to that period; b counts in 30 days"
            " since each customer's own first purchase, which is fairer to those who joined late in a period."
            " The last view asks how one purchase leads to the next and how long that takes, by Kaplan–Meier:"
            " those who bought lately count for as long as they have been seen. Enter opens the customers."
        )


def _written(formatter: Formatter, unit: str, value: float) -> str:
    return percent(formatter, value) if unit == "share" else write_unit(formatter, unit, value, short=True)
