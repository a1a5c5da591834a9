"""The line at the bottom in which to type what to search for."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from cockpit.language import gettext as _
from cockpit.ui import keymap
from cockpit.ui.widgets.virtual_table import VirtualTable


class SearchBar(Input):
    """Searches `table` when Enter is pressed; Escape leaves all as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("search")]
    DEFAULT_CSS = """
    SearchBar { dock: bottom; height: 1; border: none; padding: 0 1; background: $panel; }
    SearchBar:focus { border: none; }
    """

    def __init__(self, table: VirtualTable) -> None:
        super().__init__(placeholder=_("Search; n and N go to the next and the previous match"))
        self._table = table

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Search."""
        message.stop()
        self.action_close()
        self._table.search(message.value)

    def action_close(self) -> None:
        """Give the keys back to the table."""
        self._table.focus()
        self.remove()
