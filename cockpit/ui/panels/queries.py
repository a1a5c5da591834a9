"""Queries: every query file, the owner's own included, and a place to write SQL against the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from cockpit.errors import CockpitError
from cockpit.figures import Figures, Listing
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui import keymap
from cockpit.ui.messages import OpenCustomer
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import BOX, Plain, PlainRow
from cockpit.ui.panels.query_files import CALLED_BY_NAME, QueryFiles, about, groups
from cockpit.ui.panels.sql_editor import Offers, SqlEditor
from cockpit.ui.panels.tables import ListingTable
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.virtual_table import VirtualTable
from cockpit.warehouse.catalog import BrokenQuery, Query
from cockpit.workbench import MOST_ROWS, Draft, text_of

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

RUN = "run"
"""The topic of the statement that is being run."""
READ = "read"
"""The topic of a file that is being read."""
BEGINNING = "from customers\nwhere customer_key in (from scope)\nlimit 100"
ROOM_FOR_TWO = 100
"""Columns of the panel from which the files stand beside the statement."""

FEW_LINES = 16
"""Lines of the panel below which the part with the focus takes room from the others."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a statement can name."""

    vocabulary: Mapping[str, tuple[str, ...]]


class Queries(Panel[Bench]):
    """The query files, a statement, and its rows."""

    key: ClassVar[str] = "queries"
    digit: ClassVar[str] = "0"
    title: ClassVar[str] = _("Queries")
    follows_filter: ClassVar[bool] = False

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("queries")]
    DEFAULT_CSS = f"""
    Queries {{
        #query-sides {{ height: 1fr; }}
        #query-left {{ width: 38; height: 1fr; }}
        #query-right {{ width: 1fr; height: 1fr; }}
        QueryFiles {{ height: 1fr; }}
        .about {{ height: auto; max-height: 5; padding: 0 1; }}
        #query-box {{ height: 2fr; max-height: 16; padding: 0 1; {BOX} }}
        #query-box:focus-within {{ border: round $primary; }}
        SqlEditor {{ height: 1fr; }}
        .bound {{ height: auto; color: $text-muted; display: none; }}
        .said {{ height: auto; max-height: 4; padding: 0 1; }}
        .said.-problem {{ color: $text-error; }}
        ListingTable {{ height: 3fr; }}
        ListingTable.-again {{ opacity: 60%; }}
        &.-one #query-sides {{ layout: vertical; }}
        &.-one #query-left {{ width: 1fr; height: 2fr; max-height: 8; min-height: 3; }}
        &.-one #query-right {{ height: 5fr; }}
        &.-one .about {{ display: none; }}
        &.-few #query-left {{ height: 3; }}
        &.-few.-files #query-left {{ height: 6; }}
        &.-few #query-box {{ height: 4; }}
        &.-few #query-box:focus-within {{ height: 6; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft(BEGINNING)
        self._listing: Listing | None = None

    def body(self) -> ComposeResult:
        """Files, statement, what became of it, rows."""
        offers = Offers(id="query-offers")
        with PlainRow(id="query-sides"):
            with Plain(id="query-left"):
                yield QueryFiles(id="query-files")
                yield Static(classes="about", markup=False)
            with Plain(id="query-right"):
                with Vertical(id="query-box") as box:
                    box.border_title = Content(_("SQL"))
                    box.border_subtitle = Content(_("F5 runs it"))
                    yield SqlEditor(offers, id="query-editor")
                    yield Static(classes="bound", markup=False)
                yield Static(classes="said", markup=False)
                yield ListingTable(empty=_("Nothing has been asked yet: F5 asks."), id="query-rows")
        yield offers

    def on_mount(self) -> None:
        """Begin with something that can be run."""
        self.put(self.draft)

    def on_resize(self, event: events.Resize) -> None:
        """Put the files above the statement where there is no room beside it."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")
        self.set_class(event.size.height < FEW_LINES, "-few")
        self._give_files_room()

    def on_descendant_focus(self) -> None:
        """Give the files more lines while they have the focus, where there are few."""
        self._give_files_room()

    def on_descendant_blur(self) -> None:
        """Take the lines back."""
        self._give_files_room()

    def _give_files_room(self) -> None:
        # Not by `:focus-within`: for that, every rule is asked anew for each widget within at each focus.
        self.set_class(self.has_class("-few") and self.query_one(QueryFiles).has_focus, "-files")

    @property
    def editor(self) -> SqlEditor:
        """Where the statement is written."""
        return self.query_one(SqlEditor)

    @property
    def rows(self) -> ListingTable:
        """The rows of the answer."""
        return self.query_one(ListingTable)

    # What the panel asks by itself -----------------------------------------------------------------

    def ask(self, shop: "Shop", ticket: "Ticket") -> Bench:
        """Ask what a statement can name."""
        return Bench(shop.vocabulary(ticket))

    def show(self, answer: Bench) -> None:
        """List the files; ask again what was asked under another filter."""
        self.editor.vocabulary = answer.vocabulary
        self.show_files()
        if self._listing is not None and self._listing.generation != self.shop.generation:
            self.run_draft(self.draft)

    def show_files(self) -> None:
        """List the files as they are now."""
        kinds = self.shop.queries("panel", "list", "kpi", "table", "view", "fitted", "macro", "customer")
        self.query_one(QueryFiles).show_files(groups(kinds, self.shop.broken_queries))

    def shown(self) -> tuple[Shown, ...]:
        """The rows of the last statement."""
        return (self._listing,) if self._listing is not None else ()

    def exportable(self) -> Exportable | None:
        """The rows in the order shown, or the marked ones."""
        return self.rows.exportable() if self._listing is not None else None

    def help_text(self) -> str:
        """How to use the panel."""
        return _(
            "Enter on a query file puts its statement into the box and runs it; your own files stand first,"
            " with what is wrong with those that can't be used. i goes to the box, F5 runs what stands there"
            " and Escape stops it or leaves the box; F7 selects all of it. While you type, tables and columns"
            " are offered: tab takes one, Escape declines. A statement can read the tables and nothing else:"
            " no file, no network, no writing. Write `customer_key in (from scope)` to follow the filter."
            " Rows with a customer_key open the customer. ctrl+s keeps the statement as a panel file in your"
            " own folder."
        )

    # Files -----------------------------------------------------------------------------------------

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Say what the file is about."""
        message.stop()
        file = self.query_one(QueryFiles).file(message.option_id)
        self.query_one(".about", Static).update(about(file) if file is not None else "")

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Put the file's statement into the box and run it; a broken one is there to be mended."""
        message.stop()
        if isinstance(message.option_list, Offers):
            self.editor.take(message.option_list.chosen)
            return
        file = self.query_one(QueryFiles).file(message.option_id)
        if isinstance(file, BrokenQuery):
            self.ask_shop(
                lambda _shop, _ticket: text_of(file.path),
                partial(self._mend, file),
                topic=READ,
                failed=self._tell_problem,
            )
        elif file is not None:
            self._choose(file)

    def _mend(self, file: BrokenQuery, text: str) -> None:
        self.put(Draft(text.strip(), file.path.stem))
        self._tell(harmless(file.problem, 400), problem=True)
        self.editor.focus()

    def _choose(self, query: Query) -> None:
        if query.kind in CALLED_BY_NAME:
            draft = Draft(f"-- {query.says}\nfrom {query.name}\nlimit 1000", query.title)
        else:
            draft = Draft(query.statement, query.title, query)
        self.put(draft)
        if query.kind == "macro":
            self._tell(_("This defines a macro, to be named after “from” or in a formula."))
        else:
            self.run_draft(draft)

    # The statement ---------------------------------------------------------------------------------

    def put(self, draft: Draft) -> None:
        """Put a statement into the box."""
        self.draft = draft
        self.editor.write(draft.statement)
        bound = self.query_one(".bound", Static)
        bound.display = bool(draft.parameters)
        values = ", ".join(
            f"${name} = {harmless(str(value), 60)}" for name, value in draft.parameters.items()
        )
        bound.update(Content(_("with {values}").format(values=values)))
        self._tell("")

    def take(self, draft: Draft) -> None:
        """Take a statement from elsewhere, to be changed at once; its rows are asked for meanwhile."""
        self.put(draft)
        self.run_draft(draft)
        self.editor.focus()

    def written(self) -> Draft:
        """The statement as it stands in the box."""
        statement = self.editor.text.strip().rstrip(";")
        if statement == self.draft.statement:
            return self.draft
        title = "" if self.draft.query is not None else self.draft.title
        return Draft(statement, title, self.draft.query, self.draft.parameters)

    def action_run_query(self) -> None:
        """Run what stands in the box."""
        self.editor.hide_offers()
        self.run_draft(self.written())

    def action_write_query(self) -> None:
        """Go to the box."""
        self.editor.focus()

    def action_save_query(self) -> None:
        """Keep what stands in the box as a panel file."""
        from cockpit.ui.screens.save_query import SaveQueryDialog

        self.editor.hide_offers()
        self.app.push_screen(SaveQueryDialog(self.written()), self._saved)

    def _saved(self, saved: bool | None) -> None:
        if saved:
            self.show_files()

    def run_draft(self, draft: Draft) -> None:
        """Run a statement; its rows take the place of those before."""
        self.draft = draft
        self.ask_shop(
            lambda shop, ticket: shop.ask(draft, ticket),
            self._answered_rows,
            topic=RUN,
            failed=self._tell_problem,
            cancelled=lambda: self._tell(_("Stopped; F5 runs it again.")),
        )
        self._tell(_("Counting …  Escape stops it."))

    def _answered_rows(self, listing: Listing) -> None:
        again = self._listing is not None and self._listing.statement == listing.statement
        self._listing = listing
        rows = self.rows
        if not again:
            rows.listing = None  # other rows: no place to keep
        rows.empty = _("No row answers this.")
        rows.show_listing(listing, self.formatter)
        count = listing.frame.height
        words = ngettext("{n} row", "{n} rows", count).format(n=self.formatter.number(count))
        if count >= MOST_ROWS:
            words = _("the first {rows} of more").format(rows=words)
        ms = f"{listing.seconds * 1000:,.0f}"
        self._tell(
            _("{title}: {rows} in {ms} ms").format(title=harmless(_(listing.about)), rows=words, ms=ms)
        )
        if not self.editor.has_focus and not self.query_one(QueryFiles).has_focus:
            rows.focus()
        self.screen.refresh_bindings()

    def _tell_problem(self, problem: CockpitError) -> None:
        text = " ".join(line.strip() for line in str(problem).splitlines() if line.strip(" ^"))
        self._tell(harmless(text, 400), problem=True)

    def _tell(self, sentence: str, problem: bool = False) -> None:
        said = self.query_one(".said", Static)
        said.update(Content(sentence))
        said.set_class(problem, "-problem")
        self.rows.set_class(problem or self.is_asking(RUN), "-again")

    # Keys ------------------------------------------------------------------------------------------

    def cancel(self, topic: str = "") -> bool:
        """Stop the statement that is running, else the panel's own question."""
        return super().cancel(RUN) or super().cancel(topic)

    def step_back(self) -> bool:
        """Leave the box for the rows, or for the files while there are none."""
        if not self.editor.has_focus:
            return False
        (self.rows if self.rows.row_count else self.query_one(QueryFiles)).focus()
        return True

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open what stands behind the cell: the figure of a query file, else the customer of the row."""
        message.stop()
        listing, key = self._listing, self.rows.customer_under_cursor
        if listing is None:
            return
        figures = Figures(listing.query, listing.frame, listing.parameters, listing.generation)
        if message.column in listing.frame.columns and figures.opens(message.column, message.row) is not None:
            self.open_figure(figures, message.column, message.row)
        elif key is not None:
            self.post_message(OpenCustomer(key))
        else:
            self.notify(_("Nothing stands behind this cell: select customer_key to open customers."))
