"""The line of keys at the foot: as many as fit, and always the one that leads to all others."""

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Footer

_PADDING = 3


class KeyFooter(Footer):
    """Textual's footer, cut to the keys that fit in their order; what `kept` does is never cut."""

    def __init__(self, kept: str = "app.help") -> None:
        super().__init__(show_command_palette=False)
        self._kept = kept

    def compose(self) -> ComposeResult:
        """The keys of where the focus is, as many as fit."""
        keys = list(super().compose())
        room = self.app.size.width - sum(_width(key) for key in keys if self._is_kept(key))
        for key in keys:
            if self._is_kept(key):
                yield key
            elif _width(key) <= room:
                room -= _width(key)
                yield key
            else:
                room = 0

    def on_resize(self, event: Resize) -> None:
        """Find out anew what fits."""
        del event
        self.call_after_refresh(self.recompose)

    def _is_kept(self, key: Widget) -> bool:
        return getattr(key, "action", None) == self._kept


def _width(key: Widget) -> int:
    words = f"{getattr(key, 'key_display', '')}{getattr(key, 'description', '')}"
    return Content(words).cell_length + _PADDING
