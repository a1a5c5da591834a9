"""A page of text over the whole screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cockpit.ui import keymap
from cockpit.ui.screens.leaving import LeftOnce
from cockpit.ui.widgets.footer import KeyFooter


class Page(ModalScreen[None], LeftOnce[None]):
    """Text that scrolls; heirs write it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings("dialog", "page"),
        keymap.help_in_dialogs(),
    ]

    def heading(self) -> str:
        """What stands in the border."""
        raise NotImplementedError

    def text(self) -> Content:
        """The text."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The text in a frame, and the keys."""
        with VerticalScroll(classes="page"):
            yield Static(id="text")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Write the text."""
        self.write()
        self.query_one(".page").focus()

    def write(self) -> None:
        """Write heading and text, from the top."""
        page = self.query_one(".page", VerticalScroll)
        page.border_title = Content(self.heading())
        self.query_one("#text", Static).update(self.text())
        page.scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to do here but read."""
        return action != "done" and super().check_action(action, parameters)

    def action_scroll(self, lines: int) -> None:
        """Move by lines."""
        self.query_one(".page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_end(self, last: bool) -> None:
        """Go to the first or last line."""
        page = self.query_one(".page", VerticalScroll)
        if last:
            page.scroll_end(animate=False)
        else:
            page.scroll_home(animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
