"""Actions: whom to write to today, why, and what it is worth; each list beside what it is for."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Figures, Listing
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.messages import OpenCustomer, OpenList, PanelChanged
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import BOX, MUTED, Plain, PlainGrid, Reading
from cockpit.ui.panels.tables import FiguresTable, ListingTable
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import Column, VirtualTable
from cockpit.values import write

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket
    from cockpit.warehouse.catalog import Query

ROOM_FOR_TWO = 120
"""Columns of the panel from which lists and what they are for stand side by side."""
ROOM_FOR_PEOPLE = 32
"""Lines of the panel from which there is room for the customers of a list, too."""
ROOM_BESIDE = 26
"""The same, where what the list is for stands beside the lists."""
ROOM_FOR_ALL_WORDS = 16
"""Lines of the panel below which the words about a list are scrolled, so that some lists are seen."""
LIST = "list"
"""The topic of the customers on the list under the cursor."""
_ACTION_WIDTH = 33


class Actions(Panel[Figures]):
    """The lists; beside them what the one under the cursor is for, and who is on it."""

    key: ClassVar[str] = "actions"
    digit: ClassVar[str] = "8"
    title: ClassVar[str] = _("Actions")

    DEFAULT_CSS = f"""
    Actions {{
        Grid {{ grid-size: 2; grid-columns: 7fr 3fr; grid-rows: auto; height: auto; grid-gutter: 0 1; }}
        .campaigns {{ height: auto; padding: 0 1; color: $text-muted; }}
        .why {{ height: auto; min-height: 1; padding: 0 1; color: $text-muted; }}
        FiguresTable {{ {BOX} height: auto; }}
        ListingTable {{ {BOX} height: 1fr; min-height: 4; }}
        Reading {{ height: 100%; }}
        &.-one Grid {{ grid-size: 1; grid-columns: 1fr; grid-rows: auto; }}
        &.-one Reading {{ height: auto; max-height: 10; }}
        &.-low .people {{ display: none; }}
        &.-low Grid {{ height: 1fr; grid-rows: 1fr auto; }}
        &.-low FiguresTable {{ height: 100%; }}
        &.-tiny Reading {{ max-height: 6; }}
        &.-tiny .campaigns {{ display: none; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._listing: Listing | None = None
        self._chosen = ""

    def body(self) -> ComposeResult:
        """Lists on one side, the one under the cursor on the other."""
        with PlainGrid():
            yield FiguresTable(id="actions-lists")
            yield Reading(Static(markup=False), id="actions-about")
        with Plain(classes="people"):
            yield ListingTable(id="actions-people")
            yield Static(classes="why", markup=False)
        yield Static(classes="campaigns", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Put both below each other where there is no room."""
        one = event.size.width < ROOM_FOR_TWO
        was_one = self.has_class("-one")
        self.set_class(one, "-one")
        if self.answer is not None and one != was_one:
            self._fill(self.answer)
        self.set_class(event.size.height < (ROOM_FOR_PEOPLE if one else ROOM_BESIDE), "-low")
        self.set_class(event.size.height < ROOM_FOR_ALL_WORDS, "-tiny")

    def ask(self, shop: "Shop", ticket: "Ticket") -> Figures:
        """Ask how many are on each list."""
        return shop.panel("actions", ticket)

    def show(self, answer: Figures) -> None:
        """Fill the table, and look at the list under the cursor."""
        self._fill(answer)
        campaigns = _("Past campaigns: none is loaded, so no effect of one can be shown.")
        tell(self.query_one(".campaigns", Static), Content(campaigns))
        self._chosen = ""
        self._look_at(self.query_one(FiguresTable).cursor_row or 0)

    def _fill(self, answer: Figures) -> None:
        """The lists; what the money is stands beside them, but in a narrow panel with the words below."""
        import polars as pl

        formatter = self.formatter
        table = self.query_one(FiguresTable)
        table.border_title = Content(_(answer.query.title))
        reasons, actions = (answer.query.columns[name].sentences for name in ("why_null", "action"))
        own = {
            "money": Column("money", _("money"), "right", formatter.money_short),  # type: ignore[arg-type]
            "action": Column(
                "action",
                _("what to do"),
                format=lambda code: _({**actions, **reasons}[str(code)]),
                width=_ACTION_WIDTH,
            ),
        }
        # What can't be done says why there, where it is seen.
        without = ("why_null", "money_is") if self.has_class("-one") else ("why_null",)
        excused = answer.frame.with_columns(action=pl.coalesce("why_null", "action"))
        table.show_figures(
            replace(answer, frame=excused), formatter, own=own, without=without, last=("money_is",)
        )

    # The list under the cursor ------------------------------------------------------------------------

    def on_virtual_table_cursor_moved(self, message: VirtualTable.CursorMoved) -> None:
        """Look at the list, or say why the customer is on it."""
        message.stop()
        if isinstance(message.widget, FiguresTable):
            self._look_at(message.row)
        else:
            self._say_why()

    def _say_why(self) -> None:
        tell(self.query_one(".why", Static), Content(self.query_one(ListingTable).reason_under_cursor))

    def _look_at(self, row: int) -> None:
        answer = self.answer
        if answer is None or answer.frame.item(row, "list") == self._chosen:
            return
        values = answer.frame.row(row, named=True)
        name = self._chosen = values["list"]
        self._listing = None
        self._tell(answer, values)
        self.query_one(".people").visible = bool(values["customers"])
        self.drop(LIST)
        if values["customers"]:
            self.ask_shop(lambda shop, ticket: shop.listing(name, ticket), self._show_people, topic=LIST)
        self.post_message(PanelChanged())

    def _tell(self, answer: Figures, values: dict[str, Any]) -> None:
        query = {query.name: query for query in self.shop.queries("list")}.get(values["list"])
        box = self.query_one(Reading)
        box.border_title = Content(write(self.formatter, answer.query.columns["list"], values["list"]))
        lines = about(answer, values, query, self.formatter)
        tell(box.query_one(Static), Content("\n").join(lines))

    def _show_people(self, listing: Listing) -> None:
        self._listing = listing
        people = self.query_one(ListingTable)
        people.border_title = Content(_("Who is on it"))
        people.show_listing(listing, self.formatter)
        people.go(0, 0)
        self._say_why()
        self.post_message(PanelChanged())

    def make_stale(self) -> None:
        """Neither the counts nor the list hold any longer."""
        super().make_stale()
        self.drop(LIST)
        self._listing, self._chosen = None, ""

    # Opening ------------------------------------------------------------------------------------------

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open the list, or the customer on it."""
        message.stop()
        table, answer = message.widget, self.answer
        if isinstance(table, ListingTable):
            if table.customer_under_cursor is not None:
                self.post_message(OpenCustomer(table.customer_under_cursor))
        elif answer is not None:
            values = answer.frame.row(message.row, named=True)
            if values["why_null"] is None:
                self.post_message(OpenList(values["list"]))
            else:
                self.notify(
                    write(self.formatter, answer.query.columns["why_null"], values["why_null"]), markup=False
                )

    def shown(self) -> tuple[Shown, ...]:
        """The catalogue, and the list under the cursor."""
        both = tuple(shown for shown in (self.answer, self._listing) if shown is not None)
        return both[::-1] if self.query_one(ListingTable).has_focus else both

    def exportable(self) -> Exportable | None:
        """The list under the cursor, or the marked on it."""
        return self.query_one(ListingTable).exportable() if self._listing is not None else None

    def help_text(self) -> str:
        """How to read the panel."""
        return _(
            "Each list says whom to write to and why; the count follows the filter. Money is what the list"
            " is about, and what that is stands beside it: value at stake, a usual order, what is missing to"
            " a tier, or the value to date. A list that the export can't fill reads – with the reason."
            " enter opens the list under the cursor, e writes it to a file; tab goes to those who are on it."
            " The sample of the lapsed is drawn at random and is the same each time."
        )


def about(
    figures: Figures, values: dict[str, Any], query: "Query | None", formatter: Formatter
) -> list[Content]:
    """What a list is for, how many are on it with how much, and what to do; or why nobody can tell."""
    money, action, why = (
        write(formatter, figures.query.columns[name], values[name])
        for name in ("money_is", "action", "why_null")
    )
    says = [Content(_(query.says))] if query is not None else []
    if values["why_null"] is not None:
        return [Content.styled(_("Not known: {why}").format(why=why), "bold"), *says]
    count = ngettext("{n} customer on it", "{n} customers on it", values["customers"])
    people = count.format(n=formatter.number(values["customers"]))
    worth = _(", {money}: {what}").format(money=formatter.money_short(values["money"]), what=money)
    how = _("enter opens it, e writes it to a file; without a screen: cockpit list {name} FILE")
    return [
        Content.styled(f"{people}{worth if values['money'] is not None else ''}.", "bold"),
        Content(_("What to do: {action}.").format(action=action)),
        *says,
        Content.styled(how.format(name=values["list"]), MUTED),
    ]
