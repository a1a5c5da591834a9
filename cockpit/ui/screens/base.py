"""What the main screen, lists and customers share: to open, filter, explain, export, search, copy."""

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from cockpit.conditions import Condition
from cockpit.figures import CustomerPage, Listing
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.progress import Step
from cockpit.ui import keymap
from cockpit.ui.asking import Asking
from cockpit.ui.messages import OpenCustomer, OpenFigure, OpenList
from cockpit.ui.screens.leaving import LeftOnce
from cockpit.ui.screens.search import SearchBar
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.virtual_table import VirtualTable

OPENING = "opening"
"""The topic of what is being opened from a screen."""

_TABLE_ACTIONS = {"search", "choose_sort", "copy"}


class ShopScreen(Asking, LeftOnce[None]):
    """A screen about the opened export. Heirs say what is shown, what can be exported, and how to read it."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("shop", "level", "table")]

    # What heirs write ------------------------------------------------------------------------------

    def shown(self) -> tuple[Shown, ...]:
        """The figures and lists on the screen, for the SQL view and for help."""
        return ()

    def exportable(self) -> Exportable | None:
        """The list that `e` writes, if there is one."""
        return None

    def help_text(self) -> str:
        """What is on the screen and how to read it."""
        raise NotImplementedError

    def scope_changed(self) -> None:
        """The filter, or what counts, has changed: whatever is shown must be asked for anew."""

    def forecast_tested(self, so_far: Step | None) -> None:
        """The test of the forecast has come so far; None: it is over."""

    def cancel_query(self) -> bool:
        """Stop the query that the owner waits for; False where there is none."""
        return self.cancel(OPENING)

    # Opening ---------------------------------------------------------------------------------------

    def on_open_figure(self, message: OpenFigure) -> None:
        """Open the rows behind a figure."""
        message.stop()
        figures, column, row = message.figures, message.column, message.row
        self.ask_shop(
            lambda shop, ticket: shop.open_figure(figures, column, row, ticket),
            self._show_list,
            topic=OPENING,
        )

    def on_open_list(self, message: OpenList) -> None:
        """Open a list by its name."""
        message.stop()
        name = message.name
        self.ask_shop(lambda shop, ticket: shop.listing(name, ticket), self._show_list, topic=OPENING)

    def on_open_customer(self, message: OpenCustomer) -> None:
        """Open a customer."""
        message.stop()
        key = message.customer_key
        self.ask_shop(lambda shop, ticket: shop.customer(key, ticket), self._show_customer, topic=OPENING)

    def _show_list(self, listing: Listing) -> None:
        from cockpit.ui.screens.listing import ListScreen

        self.app.push_screen(ListScreen(listing))

    def _show_customer(self, page: CustomerPage) -> None:
        from cockpit.ui.screens.customer import CustomerScreen

        self.app.push_screen(CustomerScreen(page))

    # The keys of every such screen -----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done here and now."""
        if action in _TABLE_ACTIONS:
            return isinstance(self.focused, VirtualTable)
        if action == "export":
            return self.exportable() is not None
        if action == "clear_filter":
            return bool(self.shop.conditions)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Ask for conditions."""
        from cockpit.ui.screens.filter import FilterDialog

        self.app.push_screen(FilterDialog(self.cockpit.in_view()), self._filtered)

    def _filtered(self, changed: bool | None) -> None:
        if changed:
            self.cockpit.catch_up()

    def action_clear_filter(self) -> None:
        """Show everyone again."""
        self.narrow(())

    def narrow(self, conditions: tuple[Condition, ...]) -> None:
        """Show only customers who meet all conditions, everywhere."""
        self.ask_shop(
            lambda shop, _ticket: shop.filter(conditions),
            lambda _done: self.cockpit.catch_up(),
            topic="scope",
        )

    def action_sql(self) -> None:
        """Show the SQL behind what is shown."""
        from cockpit.ui.screens.sql_view import SqlView

        shown = self.shown()
        if shown:
            self.app.push_screen(SqlView(shown))
        else:
            self.notify(_("Nothing has been asked here yet."), markup=False)

    def action_export(self) -> None:
        """Write the list to a file."""
        from cockpit.ui.screens.export import ExportDialog

        exportable = self.exportable()
        if exportable is not None and exportable.height:
            self.app.push_screen(ExportDialog(exportable))
        else:
            self.notify(_("There are no rows to write."), markup=False)

    def action_back(self) -> None:
        """Cancel what is being asked, else go one level back; never leave the cockpit."""
        if not self.cancel_query() and len(self.app.screen_stack) > 2:
            self.dismiss()

    # Tables ----------------------------------------------------------------------------------------

    @property
    def table(self) -> VirtualTable | None:
        """The table with the focus."""
        return self.focused if isinstance(self.focused, VirtualTable) else None

    def action_search(self) -> None:
        """Ask what to search for."""
        if self.table is not None:
            self.query(SearchBar).remove()
            self.mount(SearchBar(self.table))

    def on_virtual_table_searched(self, message: VirtualTable.Searched) -> None:
        """Say how many rows match."""
        if not message.text:
            return
        if message.hits:
            said = _("{at} of {hits} matches").format(at=message.at, hits=message.hits)
        else:
            said = _("No row has “{text}”.").format(text=harmless(message.text, 40))
        self.notify(said, timeout=2, markup=False)

    def action_choose_sort(self) -> None:
        """Ask which column to sort by."""
        from cockpit.ui.screens.choose import Choice, ChooseDialog

        table = self.table
        if table is not None:
            choices = [Choice(column.name, column.title) for column in table.columns]
            self.app.push_screen(ChooseDialog(_("Sort by"), choices), partial(_sort, table))

    def action_copy(self, what: str) -> None:
        """Send the cell or the row under the cursor to the terminal's clipboard."""
        table = self.table
        if table is None or table.cursor_row is None:
            return
        record = table.cursor_record
        cells = [harmless(column.write(record[column.name])) for column in table.columns]
        text = harmless(table.cursor_text) if what == "cell" else "\t".join(cells)
        self.app.copy_to_clipboard(text)
        self.notify(_("Sent to the terminal's clipboard."), timeout=2, markup=False)


def _sort(table: VirtualTable, column: str | None) -> None:
    if column is not None:
        before = table.sorted_by
        table.sort(column, before == (column, False))
