"""Segments: the RFM map and the lifecycle, a breakdown by any attribute, and who moved where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.figures import Figures
from cockpit.formats import UNKNOWN
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.panels.boxes import BOX, Plain, PlainGrid, Scrolled
from cockpit.ui.panels.breakdown import INTERVALS, bars_of, bucket_name
from cockpit.ui.panels.several import Several, SeveralPanel, dimension_name
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import Switch, SwitchLine
from cockpit.ui.widgets.ranked_bars import RankedBars
from cockpit.ui.widgets.tile_map import Tile, TileGrid, TileMap
from cockpit.ui.widgets.virtual_table import Column

if TYPE_CHECKING:
    from textual.widget import Widget

ROOM_FOR_TWO = 120
"""Columns of the panel from which map and lifecycle stand side by side."""

ROOM_FOR_BARS = 24
"""Lines of the panel from which bars stand below the breakdown."""

SEGMENTS = (
    "champions", "loyal", "potential loyalists", "new", "promising", "need attention", "about to sleep",
    "can't lose", "slipping", "hibernating", "dormant",
)  # fmt: skip
"""The named segments, the best first."""
NEWCOMERS = "not yet a customer"

_MAP, _BREAKDOWN, _MOVEMENT = range(3)
_PARTS = ("#segments-map", "#segments-breakdown", "#segments-movement")
_FOCUS = ("#segments-rfm", "#segments-table", "#segments-movement")
_MEASURES = ("customers", "value")


@dataclass(frozen=True, slots=True)
class NamedBucket(Column):
    """A column in which what is not known has a name, since it opens."""

    def write(self, value: object) -> str:
        """The value, or its name."""
        return bucket_name(value)


class Segments(SeveralPanel):
    """Three views: maps, breakdown, movement."""

    key: ClassVar[str] = "segments"
    digit: ClassVar[str] = "5"
    title: ClassVar[str] = _("Segments")
    has_views: ClassVar[bool] = True
    has_measures: ClassVar[bool] = True
    has_dimensions: ClassVar[bool] = True
    broken_down: ClassVar[frozenset[str]] = frozenset({"segments"})

    DEFAULT_CSS = f"""
    Segments {{
        TileMap {{ {BOX} padding: 0 0 0 1; }}
        FiguresTable {{ {BOX} }}
        #segments-map {{
            height: 1fr;
            Grid {{ grid-size: 2; grid-columns: 5fr 3fr; height: 1fr; min-height: 22; }}
            Grid > Vertical {{ height: 100%; }}
            #segments-rfm {{ height: 100%; min-height: 17; }}
            #segments-lifecycle {{ height: 1fr; min-height: 8; }}
        }}
        &.-one #segments-map {{
            Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: auto; height: auto; }}
            Grid > Vertical {{ height: auto; }}
            #segments-rfm {{ height: 19; }}
            #segments-lifecycle {{ height: 12; }}
        }}
        RankedBars {{ {BOX} padding: 0 1; }}
        #segments-breakdown {{ height: 1fr; }}
        #segments-table {{ height: auto; max-height: 60%; }}
        #segments-bars {{ height: auto; max-height: 40%; }}
        &.-low #segments-bars {{ display: none; }}
        &.-low #segments-table {{ height: 1fr; max-height: 100%; }}
        #segments-movement {{ height: 1fr; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = _MAP
        self._measure = 0
        self._rate = 0
        self._bar_rows: tuple[int, ...] = ()
        self._moved: dict[tuple[int, int], int] = {}

    def body(self) -> ComposeResult:
        """The three views, one of which is shown."""
        yield SwitchLine()
        with Scrolled(id="segments-map"), PlainGrid():
            yield TileMap(id="segments-rfm", narrowest=11, lowest=3, highest=7)
            with Plain():
                yield TileMap(id="segments-lifecycle", narrowest=11, lowest=2, highest=8)
                yield FiguresTable(id="segments-cuts")
        with Plain(id="segments-breakdown"):
            yield FiguresTable(id="segments-table")
            yield RankedBars(id="segments-bars")
        yield TileMap(id="segments-movement", narrowest=12, highest=2)

    def on_mount(self) -> None:
        """Begin with the maps."""
        self._choose_part()

    def on_resize(self, event: events.Resize) -> None:
        """Put the maps below each other where there is no room."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")
        self.set_class(event.size.height < ROOM_FOR_BARS, "-low")

    # What is wanted -----------------------------------------------------------------------------------

    def queries(self) -> tuple[str, ...]:
        """What the view in force shows."""
        return (("rfm", "lifecycle", "rfm_cuts"), ("segments",), ("movement",))[self._view]

    def switches(self) -> tuple[Switch, ...]:
        """View, and what can be turned in it."""
        view = Switch("view", "< >", (_("map"), _("breakdown"), _("movement")), self._view)
        if self._view == _MAP:
            return (view, Switch("measure", "m", (_("customers"), _("money")), self._measure))
        if self._view == _BREAKDOWN:
            by = _("by {attribute}").format(attribute=dimension_name(self.by)) if self.by else _("by")
            rates = (_("churn"), _("90-day repeat"), _("value each"), _("next 12 months"))
            return (view, Switch("measure", "m", rates, self._rate), Switch("by", "b", (by,)))
        return (view,)

    def turn(self, switch: str, option: int) -> None:
        """Show another view or measure, or ask for another attribute."""
        if switch == "by":
            self.choose_dimension()
            return
        if switch == "view":
            self._view = option
        elif self._view == _BREAKDOWN:
            self._rate = option
        else:
            self._measure = option
        self.turned()

    def choose_dimension(self) -> None:
        """Ask by which attribute to break down, which is another view."""
        if self._view != _BREAKDOWN:
            self._view = _BREAKDOWN
            self.turned()
        super().choose_dimension()

    def _choose_part(self) -> None:
        parts: list[Widget] = [self.query_one(part) for part in _PARTS]
        focused = self.screen.focused
        had_focus = focused is not None and focused in self.query("*")
        changed = not parts[self._view].display or sum(part.display for part in parts) > 1
        for number, part in enumerate(parts):
            part.display = number == self._view
        if changed and had_focus:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the view that is shown."""
        self.query_one(_FOCUS[self._view]).focus()

    def show(self, answer: Several) -> None:
        """Fill the view in force."""
        self._choose_part()
        figures = answer.figures
        if self._view == _MAP:
            self._show_rfm(figures["rfm"], figures["rfm_cuts"])
            self._show_lifecycle(figures["lifecycle"])
        elif self._view == _BREAKDOWN:
            self._show_breakdown(figures["segments"])
        else:
            self._show_movement(figures["movement"])

    # The maps -----------------------------------------------------------------------------------------

    @property
    def _is_money(self) -> bool:
        return _MEASURES[self._measure] == "value"

    def _figure(self, row: dict[str, Any]) -> str:
        if self._is_money:
            return self.formatter.money_short(row["value"])
        return self.formatter.number(row["customers"])

    def _show_rfm(self, rfm: Figures, cuts: Figures) -> None:
        formatter, name = self.formatter, _MEASURES[self._measure]
        of_all = "value_share" if self._is_money else "share"
        cut = {row["score"]: row for row in cuts.frame.rows(named=True)}
        tiles: dict[tuple[int, int], Tile] = {}
        for row in rfm.frame.rows(named=True):
            lines = (row["segment"], self._figure(row), formatter.percent(row[of_all]))
            tiles[row["r"], row["f"]] = Tile(lines, row[name])
        scores = range(1, 6)
        widget = self.query_one("#segments-rfm", TileMap)
        widget.border_title = Content(_(rfm.query.title))
        widget.border_subtitle = Content(_("silence × purchases; money ranks within a cell"))
        widget.show(
            TileGrid(
                rows=tuple((f"R{r}", self._silence(cut[r])) for r in reversed(scores)),
                columns=tuple(f"F{f} · {self._times(cut[f])}" for f in scores),
                tiles=tuple(tuple(tiles[r, f] for f in scores) for r in reversed(scores)),
                corner=_("silent for"),
            ),
            keep_place=True,
        )
        table = self.query_one("#segments-cuts", FiguresTable)
        table.border_title = Content(_("What the scores mean"))
        counts = ("recency_customers", "frequency_customers", "money_customers")
        upper = {
            "silent_to": Column("silent_to", _("silent to"), "right", formatter.days),  # type: ignore[arg-type]
            "purchases_to": Column("purchases_to", _("purchases to"), "right"),
            "value_to": Column("value_to", _("value to"), "right", formatter.money_short),  # type: ignore[arg-type]
        }
        lower = ("silent_from", "purchases_from", "value_from")
        table.show_figures(cuts, formatter, without=lower, own=upper, last=counts)

    def _silence(self, cut: dict[str, Any]) -> str:
        if cut["silent_from"] is None:
            return UNKNOWN
        return _("{days} days").format(days=_span(cut["silent_from"], cut["silent_to"]))

    def _times(self, cut: dict[str, Any]) -> str:
        if cut["purchases_from"] is None:
            return UNKNOWN
        some = ngettext("{n} purchase", "{n} purchases", cut["purchases_to"])
        return some.format(n=_span(cut["purchases_from"], cut["purchases_to"]))

    def _show_lifecycle(self, lifecycle: Figures) -> None:
        formatter, name = self.formatter, _MEASURES[self._measure]
        stages, statuses = (lifecycle.query.columns[column].sentences for column in ("stage", "status"))
        tiles: dict[tuple[str, str], Tile] = {}
        for row in lifecycle.frame.rows(named=True):
            known = row[name] is not None
            share = formatter.percent(row["share"]) if not self._is_money else ""
            lines = (self._figure(row), share) if known else (UNKNOWN,)
            tiles[row["stage"], row["status"]] = Tile(lines, row[name], hollow=not known)
        widget = self.query_one("#segments-lifecycle", TileMap)
        widget.border_title = Content(_(lifecycle.query.title))
        widget.show(
            TileGrid(
                rows=tuple((_(text),) for text in stages.values()),
                columns=tuple(_(text) for text in statuses.values()),
                tiles=tuple(tuple(tiles[stage, status] for status in statuses) for stage in stages),
            ),
            keep_place=True,
        )

    # Breakdown and movement ---------------------------------------------------------------------------

    def _show_breakdown(self, segments: Figures) -> None:
        formatter = self.formatter
        table = self.query_one("#segments-table", FiguresTable)
        name = dimension_name(str(segments.parameters["by"]))
        table.border_title = Content(_("Customers by {attribute}").format(attribute=name))
        short = {
            column: Column(column, _(segments.query.columns[column].heading), "right", formatter.money_short)  # type: ignore[arg-type]
            for column in ("average_order", "clv", "predicted", "equity")
        }
        own = {"bucket": NamedBucket("bucket", name), **short}
        table.show_figures(segments, formatter, own=own, last=("at_start", "lost", "why_null"))
        overlap = segments.frame.get_column("overlap").any()
        groups = _("a customer counts under each of several tags: the groups do not add up to the shop")
        table.border_subtitle = Content(groups if overlap else "")
        self._show_bars(segments, name)

    def _show_bars(self, segments: Figures, attribute: str) -> None:
        column = list(INTERVALS)[self._rate]
        shown = bars_of(segments, column, self.formatter)
        self._bar_rows = shown.rows
        heading = _(segments.query.columns[column].heading)
        title = _("{figure} by {attribute}").format(figure=heading, attribute=attribute)
        widget = self.query_one("#segments-bars", RankedBars)
        widget.border_title = Content(title[:1].upper() + title[1:])
        widget.border_subtitle = Content(shown.said)
        widget.show(shown.bars, keep_place=True)

    def _show_movement(self, movement: Figures) -> None:
        formatter = self.formatter
        rows = movement.frame.rows(named=True)
        now = [name for name in SEGMENTS if any(row["now"] == name for row in rows)]
        names = (*SEGMENTS, NEWCOMERS)
        before = [name for name in names if any(row["before"] == name for row in rows)]
        self._moved = {
            (before.index(row["before"]), now.index(row["now"])): number for number, row in enumerate(rows)
        }
        empty = Tile(("·",), hollow=True)
        widget = self.query_one("#segments-movement", TileMap)
        span = self.shop.span
        widget.border_title = Content(
            _("Segments on {before} (rows) and on {now} (columns)").format(
                before=formatter.date(span.day_before), now=formatter.date(span.last_day)
            )
        )
        widget.border_subtitle = Content(_("those who stayed are not coloured"))

        def tile(row: int, column: int) -> Tile:
            number = self._moved.get((row, column))
            if number is None:
                return empty
            count = rows[number]["customers"]
            stayed = before[row] == now[column]
            return Tile((formatter.number(count),), None if stayed else float(count))

        widget.show(
            TileGrid(
                rows=tuple((name,) for name in before),
                columns=tuple(now),
                tiles=tuple(tuple(tile(r, c) for c in range(len(now))) for r in range(len(before))),
            ),
            keep_place=True,
        )

    # Opening ------------------------------------------------------------------------------------------

    def on_tile_map_tile_moved(self, message: TileMap.TileMoved) -> None:
        """The tile says it all."""
        message.stop()

    @on(TileMap.TileOpened)
    def _open_tile(self, message: TileMap.TileOpened) -> None:
        message.stop()
        name = _MEASURES[self._measure]
        if message.widget.id == "segments-movement":
            moved = self._moved.get((message.row, message.column))
            if moved is not None:
                self._open("movement", "customers", moved)
        elif message.widget.id == "segments-rfm":
            self._open("rfm", name, message.row * 5 + message.column)
        else:
            self._open("lifecycle", name, message.row * 3 + message.column)

    @on(RankedBars.BarOpened)
    def _open_bar(self, message: RankedBars.BarOpened) -> None:
        message.stop()
        if message.index < len(self._bar_rows):
            self._open("segments", list(INTERVALS)[self._rate], self._bar_rows[message.index])

    def _open(self, query: str, column: str, row: int) -> None:
        figures = self.figures(query)
        if figures is not None:
            self.open_figure(figures, column, row)

    def help_text(self) -> str:
        """How to read the maps, the breakdown and the movement."""
        return _(
            "R5 is the fifth of customers who bought last; F1 bought once, F2 to F5 rank those who came back;"
            " the days, purchases and money of each score in this shop stand beside the map. Each cell has a"
            " name; m shows their money instead of their number. The lifecycle says the same in plain words."
            " The breakdown gives the main figures for each value of an attribute that b chooses, with 95 %"
            " intervals; what is not known is a line too. Movement: in which segment customers were before"
            " the span of the strip, and in which they are now. Enter opens the customers."
        )


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
