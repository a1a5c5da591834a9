"""A screen is styled, laid out and drawn once when it comes."""

import asyncio
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.events import Callback, Resize, ScreenResume
from textual.screen import Screen, ScreenResultType
from textual.visual import VisualType

from cockpit.ui.shade import shaded


class ShownOnce(Screen[ScreenResultType]):
    """What Textual does again when a screen is shown for the first time is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_class(*_of_size(self))
        self._was_shown = self._is_to_be_drawn = False
        self._is_next_apart = True

    @on(ScreenResume)
    def _styled_once(self, event: ScreenResume) -> None:
        """Textual styles all again when a screen is shown; the first time it has just been styled."""
        event.refresh_styles = event.refresh_styles and self._was_shown
        self._was_shown = True

    @on(Resize)
    def _laid_out_once(self, event: Resize) -> None:
        """Textual lays this screen and all beneath out again, though it was laid out for that size."""
        if self._was_shown and event.size == self._size:
            event.prevent_default()

    def draw_apart(self) -> None:
        """Lay out in one turn and draw in another what comes next, as when the screen itself came."""
        self._is_next_apart = True

    def _refresh_layout(self, *asked: Any, **named: Any) -> None:
        """Textual draws at once what it has laid out; within a batch it draws when it is called back.

        That is done where much is drawn for the first time; elsewhere it would draw more often.
        """
        if not self._is_next_apart:
            super()._refresh_layout(*asked, **named)
            return
        self._is_next_apart, self._is_to_be_drawn = False, True
        with self.app.batch_update():
            super()._refresh_layout(*asked, **named)

    def _compositor_refresh(self) -> None:
        """Draw with the layout what has changed since: Textual would take it for drawn."""
        self._compositor.update_widgets(self._dirty_widgets)
        super()._compositor_refresh()

    async def on_callback(self, _event: Callback) -> None:
        """Let keys have their turn before the first picture; Textual goes on to the next message without."""
        if self._is_to_be_drawn:
            self._is_to_be_drawn = False
            await asyncio.sleep(0)

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
