"""The line of switches on top of a panel: which view, which measure, by what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from cockpit.formats import cell_width, harmless
from cockpit.ui.panels.boxes import MUTED

GAP = 3
"""Cells between two switches."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Options to choose from, the one in force, and the key that turns to the next."""

    name: str
    key: str
    options: tuple[str, ...]
    at: int = 0

    def after(self, step: int) -> int:
        """The option so many steps on, round the end."""
        return (self.at + step) % len(self.options)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text in the line, and what a click on it chooses."""

    text: str
    style: str
    switch: str = ""
    option: int = 0


class SwitchLine(Widget):
    """Draws switches side by side; where they don't fit, only the options in force."""

    DEFAULT_CSS = "SwitchLine { height: 1; padding: 0 1; }"

    @dataclass
    class Chosen(Message):
        """An option was clicked, or the switch's key beside it: then `option` is None."""

        switch: str
        option: int | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.switches: tuple[Switch, ...] = ()

    def show(self, switches: Sequence[Switch]) -> None:
        """Show these."""
        self.switches = tuple(switches)
        self.refresh()

    def _pieces(self) -> list[_Piece]:
        for brief in (False, True):
            pieces = list(self._written(brief))
            if sum(cell_width(piece.text) for piece in pieces) <= self.content_size.width:
                break
        return pieces

    def _written(self, brief: bool) -> Iterator[_Piece]:
        for number, switch in enumerate(self.switches):
            if number:
                yield _Piece(" " * GAP, "")
            yield _Piece(f"{switch.key} ", "bold $primary", switch.name, -1)
            for at, option in enumerate(switch.options):
                text = f" {harmless(option)} "
                if at == switch.at:
                    yield _Piece(text, "bold on $primary 30%", switch.name, at)
                elif not brief:
                    yield _Piece(text, MUTED, switch.name, at)

    def render(self) -> Content:
        """The line."""
        return Content("").join([Content.styled(piece.text, piece.style) for piece in self._pieces()])

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the mouse."""
        offset = event.get_content_offset(self)
        right = 0
        for piece in self._pieces():
            left, right = right, right + cell_width(piece.text)
            if offset is not None and left <= offset.x < right and piece.switch:
                self.post_message(self.Chosen(piece.switch, None if piece.option < 0 else piece.option))
