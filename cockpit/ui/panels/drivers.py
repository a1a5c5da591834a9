"""Drivers: how those who left had come, beside all others. What goes together, never what causes it."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Figures
from cockpit.formats import UNKNOWN, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.panels.boxes import BOX, MUTED, Plain
from cockpit.ui.panels.several import Several, SeveralPanel, dimension_name
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import Switch, SwitchLine
from cockpit.ui.widgets.dumbbells import OTHER, OWN, Dumbbell, Dumbbells
from cockpit.ui.widgets.palette import Tone
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import Column, VirtualTable

if TYPE_CHECKING:
    from cockpit.formats import Formatter

MOST_LINES = 60
LOW = 20
"""Lines of the panel below which the sentence on top is left out."""
TINY = 16
"""Lines of the panel below which the picture stands without the table."""

_QUERIES = ("drivers", "drivers_lapsed")
_LEFT = (
    _("made no second purchase within 90 days"),
    _("have lapsed"),
)
_TONES: dict[str, Tone] = {"leave": "bad", "stay": "good"}
_TOO_FEW = (
    _(
        "Too few customers to compare: a trait is held against the rest from 30 customers on each side, who"
        " have been seen for 90 days after their first order."
    ),
    _(
        "Too few customers to compare: a trait is held against the rest from 30 customers on each side, who"
        " came at least one lapse window ago. Less than 90 days of history have no lapse window."
    ),
)


class Drivers(SeveralPanel):
    """Two views of one kind: who did not come back, and who has lapsed."""

    key: ClassVar[str] = "drivers"
    digit: ClassVar[str] = "7"
    title: ClassVar[str] = _("Drivers")
    has_views: ClassVar[bool] = True

    DEFAULT_CSS = f"""
    Drivers {{
        .said {{ height: auto; padding: 0 1; }}
        .why {{ height: auto; min-height: 2; padding: 0 1; color: $text-muted; }}
        Dumbbells {{ {BOX} padding: 0 1; height: auto; max-height: 50%; }}
        FiguresTable {{ {BOX} height: 1fr; }}
        &.-low .said {{ display: none; }}
        &.-tiny FiguresTable {{ display: none; }}
        &.-tiny Dumbbells {{ height: 1fr; max-height: 100%; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = 0

    def body(self) -> ComposeResult:
        """What was compared, the picture, the line under the cursor in words, the figures."""
        yield SwitchLine()
        yield Static(classes="said", markup=False)
        with Plain():
            yield Dumbbells(id="drivers-lines")
            yield Static(classes="why", markup=False)
            yield FiguresTable(id="drivers-table")

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self.set_class(event.size.height < LOW, "-low")
        self.set_class(event.size.height < TINY, "-tiny")

    # What is wanted -----------------------------------------------------------------------------------

    def queries(self) -> tuple[str, ...]:
        """What the view in force shows."""
        return (_QUERIES[self._view],)

    def switches(self) -> tuple[Switch, ...]:
        """By what somebody counts as having left."""
        return (Switch("view", "< >", (_("not back within 90 days"), _("lapsed")), self._view),)

    def turn(self, switch: str, option: int) -> None:  # noqa: ARG002 - there is one switch
        """Show the other view."""
        self._view = option
        self.turned()

    def why_nothing(self, answer: Several) -> str | None:
        """Too few customers to compare."""
        if answer.figures[_QUERIES[self._view]].frame.height:
            return None
        return f"{_TOO_FEW[self._view]} {_('< and > go to the other view.')}"

    # Showing ------------------------------------------------------------------------------------------

    def show(self, answer: Several) -> None:
        """Fill picture and table."""
        figures = answer.figures[_QUERIES[self._view]]
        formatter, rows = self.formatter, figures.frame.rows(named=True)
        clear = sum(row["verdict"] in _TONES for row in rows)
        found = ngettext(
            "{n} of {all} traits clearly goes with leaving or staying.",
            "{n} of {all} traits clearly go with leaving or staying.",
            clear,
        ).format(n=formatter.number(clear), all=formatter.number(len(rows)))
        warning = _("What goes together need not be the cause.")
        tell(self.query_one(".said", Static), Content.assemble((found, "bold"), " ", (warning, MUTED)))
        lines = self.query_one(Dumbbells)
        lines.border_title = Content(_(figures.query.title))
        lines.border_subtitle = Content(
            _("{own} with the trait  {other} the rest  ├─┤ 95 %").format(own=OWN, other=OTHER)
        )
        lines.show([_dumbbell(row, formatter) for row in rows[:MOST_LINES]], keep_place=True)
        self._show_table(figures)
        self._say_why(lines.cursor)

    def _show_table(self, figures: Figures) -> None:
        formatter, columns = self.formatter, figures.query.columns
        table = self.query_one(FiguresTable)
        table.border_title = Content(_("By trait of the first order"))
        own = {
            "attribute": Column("attribute", _("attribute"), format=lambda name: dimension_name(str(name))),
            "q": Column("q", "q", "right", lambda q: _chance(formatter, q), 8),
            "excess": Column(
                "excess", _(columns["excess"].heading), "right", lambda more: _signed(formatter, more, 0)
            ),
        }
        table.show_figures(
            figures,
            formatter,
            without=("p", "rest", "rest_left"),
            own=own,
            last=("q", "verdict", "excess", "ratio", "ratio_low"),
        )

    def _say_why(self, row: int) -> None:
        figures = self.figures(_QUERIES[self._view])
        if figures is not None and row < figures.frame.height:
            said = sentence(figures.frame.row(row, named=True), _LEFT[self._view], self.formatter)
            tell(self.query_one(".why", Static), Content(said))

    def on_virtual_table_cursor_moved(self, message: VirtualTable.CursorMoved) -> None:
        """Say the row in words."""
        message.stop()
        self._say_why(message.row)

    # Opening ------------------------------------------------------------------------------------------

    @on(Dumbbells.LineMoved)
    def _line_moved(self, message: Dumbbells.LineMoved) -> None:
        message.stop()
        self._say_why(message.index)

    @on(Dumbbells.LineOpened)
    def _open_line(self, message: Dumbbells.LineOpened) -> None:
        message.stop()
        figures = self.figures(_QUERIES[self._view])
        if figures is not None:
            self.open_figure(figures, "people", message.index)

    def figure_for(self, figures: Figures, column: str) -> str:
        """The figure to open for a column: one that is none opens those with the trait."""
        return column if figures.query.figure(column) is not None else "people"

    def help_text(self) -> str:
        """How to read the panel."""
        return _(
            "For every trait of the first order that 30 customers or more share: how many of them left, and"
            " how many of all others. > turns from no second purchase within 90 days to lapsed today. Only"
            " what was known with the first order is compared, so that nothing can be its own effect; those"
            " whose first order was refunded or cancelled are among them. Where the ring lies outside the"
            " bracket, and q, which allows for so many comparisons at once, is at most 0.05, the difference"
            " is clear; the others are no clear difference. It is an association: those with the trait may"
            " differ in something else that is at work. For lapsed, who came long ago has had more time to"
            " lapse, so the month of the first order is left out. Enter opens the customers, also those who"
            " never had an order that counts."
        )


def sentence(row: dict[str, Any], left: str, formatter: "Formatter") -> str:
    """A row in words: what goes with what, how surely, and that it is no more than that."""
    name = harmless(str(row["trait"]))
    shares = _("{trait} ({attribute}): of {n} customers {share} {left}, of the rest {rest_share}.").format(
        trait=name,
        attribute=dimension_name(row["attribute"]),
        n=formatter.number(row["people"]),
        share=formatter.percent(row["share_left"]),
        left=left,
        rest_share=formatter.percent(row["rest_share"]),
    )
    return f"{shares} {_judgement(row, formatter)}"


def _judgement(row: dict[str, Any], formatter: "Formatter") -> str:
    low, high = (_signed(formatter, row[f"difference_{end}"] * 100, 1) for end in ("low", "high"))
    if row["verdict"] == "too_few":
        return _("Too few left, or too few stayed, to tell the two apart.")
    if row["verdict"] == "leave":
        said = _("It goes with leaving, by {low} to {high} points (q {q}).")
    elif row["verdict"] == "stay":
        said = _("It goes with staying, by {low} to {high} points (q {q}).")
    elif row["difference_low"] <= 0 <= row["difference_high"]:
        said = _("No clear difference: it may be {low} to {high} points, and so none at all.")
    else:
        said = _("No clear difference: among so many comparisons chance brings such ones (q {q}).")
    return said.format(low=low, high=high, q=_chance(formatter, row["q"]))


def _dumbbell(row: dict[str, Any], formatter: "Formatter") -> Dumbbell:
    return Dumbbell(
        label=f"{dimension_name(row['attribute'])}: {harmless(str(row['trait']))}",
        own=row["share_left"],
        other=row["rest_share"],
        low=row["rest_share"] + row["difference_low"],
        high=row["rest_share"] + row["difference_high"],
        text=_signed(formatter, row["difference"] * 100, 1),
        beside=_("{share} of {n}").format(
            share=formatter.percent(row["share_left"]), n=formatter.number(row["people"])
        ),
        tone=_TONES.get(row["verdict"], "muted"),
    )


def _signed(formatter: "Formatter", value: Any, decimals: int) -> str:
    if value is None:
        return UNKNOWN
    text = formatter.number(value, decimals)
    return f"+{text}" if value > 0 else text


def _chance(formatter: "Formatter", q: Any) -> str:
    if q is None:
        return UNKNOWN
    return formatter.number(q, 3) if q >= 0.001 else f"< {formatter.number(0.001, 3)}"
