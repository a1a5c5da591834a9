"""A screen is left once, however often that is asked for."""

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.reactive import Reactive
from textual.screen import ScreenResultType
from textual.widget import Widget

from cockpit.ui.screens.showing import ShownOnce


class LeftOnce(ShownOnce[ScreenResultType]):
    """A second Escape may be on its way when the first takes effect: it must not close what is below.

    Beside another kind of screen it comes second: Textual takes a screen's looks from the first.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in Textual, which draws the whole screen again where two widgets have changed their looks."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave this screen with a result, if it is the one on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


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
