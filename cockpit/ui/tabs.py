"""The row of panels with their digits."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from cockpit.formats import cell_width


class PanelTabs(Widget):
    """Digits and names; where they do not fit digits, and the name of the panel that is open."""

    DEFAULT_CSS = "PanelTabs { height: 1; padding: 0 1; }"

    current: reactive[str] = reactive("")
    """Key of the panel that is open."""

    @dataclass
    class Chosen(Message):
        """A panel was clicked."""

        key: str

    def __init__(self, tabs: tuple[tuple[str, str, str], ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs = tabs

    def _labels(self) -> list[tuple[str, str]]:
        whole = [(key, f" {digit} {title} ") for digit, key, title in self._tabs]
        if sum(cell_width(label) + 1 for _key, label in whole) - 1 <= self.content_size.width:
            return whole
        return [
            (key, label if key == self.current else f" {digit} ")
            for (key, label), (digit, _name, _title) in zip(whole, self._tabs, strict=True)
        ]

    def render(self) -> Content:
        """The row."""
        parts = [
            Content.styled(
                label, "bold $background on $primary" if key == self.current else "$foreground 65%"
            )
            for key, label in self._labels()
        ]
        return Content(" ").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Choose the panel under the mouse."""
        offset = event.get_content_offset(self)
        right = 0
        for key, label in self._labels():
            left, right = right, right + cell_width(label) + 1
            if offset is not None and left <= offset.x < right - 1:
                self.post_message(self.Chosen(key))
