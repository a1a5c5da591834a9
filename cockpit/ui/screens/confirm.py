"""A question with yes or no."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cockpit.formats import harmless
from cockpit.ui import keymap
from cockpit.ui.screens.dialog import Dialog


class ConfirmDialog(Dialog[bool], inherit_bindings=False):
    """Asks `question`; `y` or ctrl+s is yes, everything else no."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("question")]

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
