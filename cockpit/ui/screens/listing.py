"""A list: the rows behind a figure, or a list by its name."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import Listing
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.messages import OpenCustomer
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.panels.periods import period_name
from cockpit.ui.panels.tables import ListingTable
from cockpit.ui.scope_line import ScopeLine
from cockpit.ui.screens.base import OPENING, ShopScreen
from cockpit.ui.screens.raw_row import Place, RawRowPage
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.telling import tell
from cockpit.ui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    import polars as pl

AGAIN = "again"
"""The topic of the same list under another filter."""

_STEP = " › "


def breadcrumb(listing: Listing, formatter: Formatter) -> tuple[str, ...]:
    """Where the list came from, from the outside in; a period by its name, other days as the shop writes."""
    known = listing.parameters
    start, end = known.get("row_period_start"), known.get("row_period_end")
    days = [value for name, value in known.items() if name.startswith("row_") and isinstance(value, date)]
    names = {str(day): formatter.date(day) for day in days}
    if isinstance(start, date) and isinstance(end, date):
        names[str(start)] = period_name(formatter, start, end, known.get("grain"))
    return tuple(names.get(step, harmless(step)) for step in listing.about.split(_STEP))


def counted(listing: Listing, formatter: Formatter) -> str:
    """How many rows there are, in the list's own word, and what they are worth together."""
    n = listing.frame.height
    if listing.of_customers:
        words = ngettext("{n} customer", "{n} customers", n)
    elif listing.query.name == "purchases":
        words = ngettext("{n} purchase", "{n} purchases", n)
    elif listing.query.name in {"orders", "orders_left_out"}:
        words = ngettext("{n} order", "{n} orders", n)
    else:
        words = ngettext("{n} row", "{n} rows", n)
    said = words.format(n=formatter.number(n))
    value = listing.query.columns.get("value")
    if value is None or value.unit != "money" or listing.query.name == "excluded":
        return said
    worth = listing.frame.get_column("value")
    if worth.null_count() == n:
        return said
    return _("{count} worth {money}").format(count=said, money=formatter.money(worth.sum()))


class ListScreen(ShopScreen):
    """One list over the whole screen."""

    DEFAULT_CSS = """
    ListScreen {
        & > Static { height: auto; padding: 0 1; }
        & > .crumbs { background: $surface; }
        & > .why { color: $text-muted; display: none; }
        & > ListingTable { margin-top: 1; }
    }
    """
    TITLE: ClassVar[str] = ""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing

    def compose(self) -> ComposeResult:
        """Where it came from, how much it is, whom it is about, and the rows."""
        yield Static(classes="crumbs", markup=False)
        yield Static(classes="count", markup=False)
        yield ScopeLine(id="scope")
        yield ListingTable(id="rows")
        yield Static(classes="why", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the list."""
        table = self.query_one(ListingTable)
        table.empty = _("There is nobody here.") if self.listing.of_customers else _("There is nothing here.")
        self.show(self.listing)
        table.focus()

    def show(self, listing: Listing) -> None:
        """Show a list, or the same list under another filter."""
        self.listing = listing
        steps = breadcrumb(listing, self.formatter)
        before = "".join(f"{step}{_STEP}" for step in steps[:-1])
        tell(self.query_one(".crumbs", Static), Content.assemble((before, MUTED), (steps[-1], "bold")))
        self.query_one(ListingTable).show_listing(listing, self.formatter)
        self.query_one(".why").display = listing.of_customers and "reason" in listing.frame.columns
        self._say_count()
        self._say_why()
        scope = self.query_one(ScopeLine)
        scope.display = bool(self.shop.conditions)
        scope.show(self.shop.conditions, None, self.formatter)

    def _say_count(self) -> None:
        marked = self.query_one(ListingTable).marked_count
        marks = _("{n} marked").format(n=self.formatter.number(marked)) if marked else ""
        said = counted(self.listing, self.formatter)
        says = _(self.listing.query.says)
        tell(
            self.query_one(".count", Static),
            Content.assemble(
                (said, "bold"), "  ", (marks, "bold $accent"), "  " if marks else "", (says, MUTED)
            ),
        )

    def scope_changed(self) -> None:
        """Ask the same under the filter now in force."""
        listing = self.listing
        self.ask_shop(lambda shop, ticket: shop.ask_again(listing, ticket), self.show, topic=AGAIN)

    def cancel_query(self) -> bool:
        """Stop what is being opened or asked again."""
        return super().cancel_query() or self.cancel(AGAIN)

    def shown(self) -> tuple[Shown, ...]:
        """The list."""
        return (self.listing,)

    def exportable(self) -> Exportable | None:
        """The list in the order shown, or its marked rows."""
        return self.query_one(ListingTable).exportable()

    def help_text(self) -> str:
        """What the list is, and what can be done with it."""
        return _(
            "{says} The line at the top says from which figure you came; the count below it is that figure."
            " Marked rows are what an export writes; without marks it writes all. Enter opens the customer;"
            " on a row of a file it shows the line and what is written there, which an export writes too."
        ).format(says=_(self.listing.query.says))

    def on_virtual_table_marks_changed(self, message: VirtualTable.MarksChanged) -> None:
        """Say how many are marked."""
        message.stop()
        self._say_count()

    def on_virtual_table_cursor_moved(self, message: VirtualTable.CursorMoved) -> None:
        """Say why the customer under the cursor is on the list, where the list knows."""
        message.stop()
        self._say_why()

    def _say_why(self) -> None:
        tell(self.query_one(".why", Static), Content(self.query_one(ListingTable).reason_under_cursor))

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open the customer of the row, or show where the row stands in its file."""
        message.stop()
        table = self.query_one(ListingTable)
        key = table.customer_under_cursor
        if key is not None:
            self.post_message(OpenCustomer(key))
        elif self.listing.of_rows:
            self._open_row(message.row)

    def _open_row(self, at: int) -> None:
        listing, formatter = self.listing, self.formatter
        row = listing.frame.row(at, named=True)
        file = self.shop.facts.files[row["file_no"]]
        place = listing.frame.select("file_no", "record")[[at]]

        def show(found: "pl.DataFrame") -> None:
            line, text = found.row(0)
            self.app.push_screen(RawRowPage(listing, row, Place(file, line, text), formatter))

        self.ask_shop(lambda shop, _ticket: shop.raw_texts(place), show, topic=OPENING)
