"""What dialogs have in common: a frame, a sentence when something is wrong, and Escape."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static

from cockpit.errors import CockpitError
from cockpit.ui import keymap
from cockpit.ui.asking import Asking
from cockpit.ui.screens.leaving import LeftOnce
from cockpit.ui.widgets.footer import KeyFooter

Result = TypeVar("Result")

CHANGE = "change"
"""The topic of other definitions, window or period."""


class Dialog(Asking, ModalScreen[ScreenResultType], LeftOnce[ScreenResultType], Generic[ScreenResultType]):
    """A question to the owner; `heading` is its title, and it is dismissed with the answer or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("dialog"), keymap.help_in_dialogs()]

    heading = ""

    def parts(self) -> Iterable[Widget]:
        """The widgets of the dialog."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The parts in a frame, room for a sentence, and the keys."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = Content(self.heading)
            with VerticalScroll(classes="parts", can_focus=False):
                yield from self.parts()
            yield Static(classes="problem", markup=False)
        yield KeyFooter()

    def say(self, problem: CockpitError | str) -> None:
        """Say what is wrong; "" takes it back."""
        said = self.query_one(".problem", Static)
        said.update(Content(str(problem)))
        said.set_class(bool(str(problem)), "-said")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to finish only where there is something to do."""
        if action == "done":
            return type(self).action_done is not Dialog.action_done
        return super().check_action(action, parameters)

    def action_done(self) -> None:
        """Do what the dialog is about."""

    def action_close(self) -> None:
        """Leave without an answer; what was to be changed is stopped, if it can be."""
        if self.is_asking(CHANGE):
            self.shop.interrupt()
        self.dismiss(None)
