"""Data: what was loaded, as what, what is not used and why, and the definitions in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Facts, Figures
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.settings import Settings
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import BOX, MUTED, Plain, PlainGrid, Reading, Scrolled
from cockpit.ui.panels.definitions import definitions, window_sentences
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

ROOM_FOR_TWO = 110
"""Columns of the panel from which tables and text stand side by side."""


_EMPTY: Mapping[str, str] = {
    "left-out": _("Every row is used."),
    "doubtful": _("No order stands out."),
    "calendar": _("No month is missing, no day stands out."),
}
_OPENS: Mapping[str, str] = {"reason": "rows", "finding": "orders", "oddity": "orders"}
"""What a word in the first column opens."""


@dataclass(frozen=True, slots=True)
class DataFigures:
    """What the panel shows."""

    intake: Figures
    left_out: Figures
    doubtful: Figures
    calendar: Figures
    facts: Facts
    settings: Settings


class Data(Panel[DataFigures]):
    """Tables of what was read and left out, beside what is assumed and how it is counted."""

    key: ClassVar[str] = "data"
    digit: ClassVar[str] = "9"
    title: ClassVar[str] = _("Data")
    follows_filter: ClassVar[bool] = False

    DEFAULT_CSS = f"""
    Data {{
        FiguresTable {{ {BOX} min-height: 4; max-height: 18; }}
        .balance {{ height: auto; padding: 0 1; margin-bottom: 1; }}
        Grid {{ grid-size: 2; grid-columns: 7fr 6fr; grid-rows: auto; height: auto; grid-gutter: 0 1; }}
        Grid > Vertical {{ height: auto; }}
        Reading {{ max-height: 100vh; }}
        &.-one Grid {{ grid-size: 1; grid-columns: 1fr; }}
    }}
    """

    def body(self) -> ComposeResult:
        """The sum of rows, then tables and text."""
        with Scrolled():
            yield Static(classes="balance", markup=False)
            with PlainGrid():
                with Plain():
                    yield FiguresTable(id="data-files")
                    yield FiguresTable(id="data-left-out")
                    yield FiguresTable(id="data-doubtful")
                    yield FiguresTable(id="data-calendar")
                    yield Reading(Static(markup=False), id="data-warnings")
                with Plain():
                    yield Reading(Static(markup=False), id="data-window")
                    yield Reading(Static(markup=False), id="data-definitions")
                    yield Reading(Static(markup=False), id="data-assumptions")

    def on_resize(self, event: events.Resize) -> None:
        """Put tables and text below each other where there is no room."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")

    def ask(self, shop: "Shop", ticket: "Ticket") -> DataFigures:
        """Ask for the tables, and take what is known of the shop."""
        return DataFigures(
            shop.panel("intake", ticket),
            shop.panel("left_out", ticket),
            shop.panel("doubtful", ticket),
            shop.panel("calendar_gaps", ticket),
            shop.facts,
            shop.settings,
        )

    def show(self, answer: DataFigures) -> None:
        """Fill tables and texts."""
        facts, formatter = answer.facts, self.formatter
        self._show_balance(facts)
        for name, figures in _tables(answer).items():
            table = self.query_one(f"#data-{name}", FiguresTable)
            table.border_title = Content(_(figures.query.title))
            table.empty = _EMPTY.get(name, "")
            table.show_figures(figures, formatter)
        self._tell("window", _("The lapse window"), window_sentences(facts.window, formatter))
        self._tell("definitions", _("How it is counted"), definitions(facts, answer.settings, formatter))
        self._tell("assumptions", _("Assumed while reading"), facts.assumptions)
        self._tell("warnings", _("Warnings"), facts.warnings)

    def _show_balance(self, facts: Facts) -> None:
        number = self.formatter.number
        self.query_one(".balance", Static).update(
            Content.assemble(
                (_("{n} rows read").format(n=number(facts.rows)), "bold"),
                " = ",
                (_("{n} used").format(n=number(facts.rows_used)), "bold"),
                " + ",
                (_("{n} not used").format(n=number(sum(facts.excluded.values()))), "bold"),
                ".  ",
                _("They make {orders} orders of {customers} customers, worth {money}.").format(
                    orders=number(facts.orders),
                    customers=number(facts.customers),
                    money=self.formatter.money(facts.value),
                ),
            )
        )

    def _tell(self, name: str, title: str, sentences: tuple[str, ...]) -> None:
        """A box of sentences, each behind a dot; no box without any."""
        box = self.query_one(f"#data-{name}", Reading)
        box.display = bool(sentences)
        box.border_title = Content(title)
        lines = [Content.assemble(("· ", MUTED), harmless(sentence)) for sentence in sentences]
        tell(box.query_one(Static), Content("\n").join(lines))

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open the rows or orders behind the cell."""
        message.stop()
        table = message.widget
        if isinstance(table, FiguresTable) and table.figures is not None:
            column = table.figure_under(message.column)
            self.open_figure(table.figures, _OPENS.get(column, column), message.row)

    def shown(self) -> tuple[Shown, ...]:
        """The tables, the one with the focus first."""
        if self.answer is None:
            return ()
        tables = _tables(self.answer)
        first = [name for name in tables if self.query_one(f"#data-{name}").has_focus]
        return tuple(tables[name] for name in (*first, *(name for name in tables if name not in first)))

    def help_text(self) -> str:
        """How to read the panel."""
        return _(
            "Every row of the files is either part of an order that counts or stands under the first reason"
            " why not; the two add up to the rows read. A filter does not change what was loaded. Enter on a"
            " number opens the rows or orders behind it, and there on a row what is written in the file."
        )


def _tables(answer: DataFigures) -> dict[str, Figures]:
    """The tables by the names of their widgets, from the top."""
    return {
        "files": answer.intake,
        "left-out": answer.left_out,
        "doubtful": answer.doubtful,
        "calendar": answer.calendar,
    }
