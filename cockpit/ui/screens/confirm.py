"""A question with yes or no."""

from collections.abc import Iterable
from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cockpit.formats import harmless
from cockpit.ui.screens.dialog import Dialog


class ConfirmDialog(Dialog[bool]):
    """Asks `question`; `y` or ctrl+s is yes, everything else no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "done", _("Yes")),
        Binding("n", "close", _("No")),
    ]

    def __init__(self, heading: str, question: str) -> None:
        super().__init__()
        self.heading = heading
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """The question."""
        yield Static(Content(harmless(self._question)))

    def action_done(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_close(self) -> None:
        """No."""
        self.dismiss(False)
