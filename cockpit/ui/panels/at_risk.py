"""At risk: who has been silent for longer than is usual for them, the most valuable first."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Listing
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.messages import OpenCustomer
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.panels.tables import ListingTable
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket


class AtRisk(Panel[Listing]):
    """The list `at_risk`, whole."""

    key: ClassVar[str] = "at_risk"
    digit: ClassVar[str] = "6"
    title: ClassVar[str] = _("At risk")

    DEFAULT_CSS = """
    AtRisk .said { height: auto; padding: 0 1; margin-bottom: 1; }
    AtRisk .why { height: auto; padding: 0 1; color: $text-muted; }
    """

    def body(self) -> ComposeResult:
        """A sentence, and the customers."""
        yield Static(classes="said", markup=False)
        yield ListingTable(id="at-risk")
        yield Static(classes="why", markup=False)

    def ask(self, shop: "Shop", ticket: "Ticket") -> Listing:
        """Ask for the list."""
        return shop.listing("at_risk", ticket)

    def why_nothing(self, answer: Listing) -> str | None:
        """Nobody is at risk, or nobody can be."""
        if answer.frame.height:
            return None
        if answer.parameters.get("window") is None:
            return _("Less than 90 days of history: nobody can be told to be at risk yet.")
        if self.shop.conditions:
            return _("Nobody who meets the filter is silent for unusually long.")
        return _("Nobody is silent for unusually long.")

    def show(self, answer: Listing) -> None:
        """Write who they are together, and list them."""
        count, formatter = answer.frame.height, self.formatter
        value = answer.frame.get_column("value").sum() or None
        people = ngettext("{n} customer", "{n} customers", count).format(n=formatter.number(count))
        worth = _("worth {money} to date").format(money=formatter.money_short(value)) if value else ""
        stake = answer.frame.get_column("value_at_stake").sum() or None
        if stake:
            worth += _(", {money} at stake").format(money=formatter.money_short(stake))
        self.query_one(".said", Static).update(
            Content.assemble((people, "bold"), " ", (worth, "bold"), "  ", (_(answer.query.says), MUTED))
        )
        self.query_one(ListingTable).show_listing(answer, formatter)
        self._say_why()

    def shown(self) -> tuple[Shown, ...]:
        """The list."""
        return (self.answer,) if self.answer is not None else ()

    def exportable(self) -> Exportable | None:
        """The list in the order shown, or its marked rows."""
        return self.query_one(ListingTable).exportable()

    def help_text(self) -> str:
        """How to read the list."""
        return _(
            "Customers who are still active but silent for longer than three of four of their usual gaps,"
            " the most valuable first. “one in 9” says that one of nine silences that end is this long."
            " Someone with a single purchase is listed from the day by which three of four who ever come"
            " back have done so. Enter opens the customer."
        )

    def on_virtual_table_cursor_moved(self, message: VirtualTable.CursorMoved) -> None:
        """Say why the customer is on the list."""
        message.stop()
        self._say_why()

    def _say_why(self) -> None:
        tell(self.query_one(".why", Static), Content(self.query_one(ListingTable).reason_under_cursor))

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open the customer."""
        message.stop()
        key = self.query_one(ListingTable).customer_under_cursor
        if key is not None:
            self.post_message(OpenCustomer(key))
