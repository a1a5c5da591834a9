"""A screen is left once, however often that is asked for."""

from collections.abc import Iterable
from typing import Any

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.visual import VisualType
from textual.widget import Widget

from cockpit.ui.shade import shaded


class LeftOnce(Screen[ScreenResultType]):
    """A second Escape may be on its way when the first takes effect: it must not close what is below.

    Beside another kind of screen it comes second: Textual takes a screen's looks from the first.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in Textual, which draws the whole screen again where two widgets have changed their looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_class(*_of_size(self))

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave this screen with a result, if it is the one on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def render(self) -> VisualType:  # type: ignore[override] # a screen may render whatever a widget may
        """What lies below, where it shows through."""
        return shaded(super().render())


def _of_size(screen: Screen[Any]) -> Iterable[str]:
    """The classes of the terminal's size, which Textual would set, and style all anew, once all is there."""
    app = screen.app
    for size, breakpoints in (
        (app.size.width, app.HORIZONTAL_BREAKPOINTS),
        (app.size.height, app.VERTICAL_BREAKPOINTS),
    ):
        yield from [name for least, name in sorted(breakpoints or ()) if size >= least][-1:]


class Palette(CommandPalette, LeftOnce[None]):
    """Textual's command palette, deaf while its list is not there yet or no longer: keys and timers go on."""

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        if self.query(CommandList):
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]

    def _action_command_list(self, action: str) -> None:
        if self.query(CommandList):
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        if self.query(CommandList):
            super()._action_cursor_down()

    def _watch__list_visible(self) -> None:
        if self.query(CommandList):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        if self.query(CommandList):
            await super()._watch__show_busy()
