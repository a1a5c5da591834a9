"""Boxes that panels and screens are made of."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import ContentSwitcher, OptionList
from textual.widgets.option_list import Option

from cockpit.ui.widgets.keys import LIST_KEYS

BOX = """
    border: round $foreground 25%;
    border-title-color: $foreground;
    border-title-style: bold;
    border-subtitle-color: $foreground 75%;
    &:focus { border: round $primary; }
"""
"""The border of a part of the screen, lit while it has the focus."""

MUTED = "$foreground 65%"
"""The style of what matters less within a text; Textual's `$text-muted` is no colour there."""

_THIN = """
    scrollbar-size: 1 1;
    scrollbar-color: $foreground 25%;
    scrollbar-background: $foreground 5%;
    scrollbar-corner-color: $background;
"""


class Plain(Vertical):
    """Holds other widgets and shows nothing of its own: no border, no padding, thus nothing to draw.

    Textual draws what lies beneath, too, line by line, each time that it may have changed.
    """

    BLANK = True


class PlainRow(Horizontal):
    """Holds other widgets side by side, and shows nothing of its own."""

    BLANK = True


class PlainGrid(Grid):
    """Holds other widgets in a grid, and shows nothing of its own."""

    BLANK = True


class Switcher(ContentSwitcher):
    """Shows one panel at a time, and nothing of its own."""

    BLANK = True


class Scrolled(VerticalScroll, can_focus=False):
    """Scrolls to the part that has the focus; shows nothing of its own but the bar."""

    BLANK = True
    DEFAULT_CSS = f"Scrolled {{ {_THIN} }}"


class Reading(VerticalScroll, can_focus=True):
    """Text that is scrolled by keys while it has the focus."""

    DEFAULT_CSS = f"Reading {{ height: auto; padding: 0 1; {BOX} {_THIN} & > Static {{ height: auto; }} }}"


class Sentences(OptionList):
    """Sentences to choose from; long ones go on in the next line."""

    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]
    DEFAULT_CSS = f"""
    Sentences {{
        height: auto; background: $background; padding: 0; {BOX} {_THIN}
        &:focus {{ background-tint: $foreground 0%; }}
        & > .option-list--option {{ padding: 0 1; }}
        & > .option-list--option-highlighted {{
            background: $foreground 7%; color: $foreground; text-style: none;
        }}
        &:focus > .option-list--option-highlighted {{
            background: $foreground 22%; color: $foreground; text-style: bold;
        }}
    }}
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._before = 0
        self._measured: tuple[Size, ...] = ()
        self._drawn_into: Region | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew for another size; one that comes back as it was has them."""
        measured = (event.size, event.virtual_size, event.container_size)
        if measured == self._measured:
            event.prevent_default()
        else:
            self.resized()
        self._measured = measured

    def resized(self) -> None:
        """Heirs do here what another size asks for."""

    @property
    def scrollable_content_region(self) -> Region:
        """Where the lines stand; Textual looks for it three times for each line that it draws."""
        return self._drawn_into or super().scrollable_content_region

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines, all of them into one region."""
        self._drawn_into = super().scrollable_content_region
        try:
            return super().render_lines(crop)
        finally:
            self._drawn_into = None

    def show(self, sentences: Sequence[Content], *, nothing_opens: bool = False) -> None:
        """Show these, the cursor on the first or where it was; where `nothing_opens` without one."""
        self._before = self._before if self.highlighted is None else self.highlighted
        self.clear_options()
        self.add_options([Option(sentence, disabled=nothing_opens) for sentence in sentences])
        openable = bool(sentences) and not nothing_opens
        self.highlighted = min(self._before, len(sentences) - 1) if openable else None

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        if self.option_count:
            self.highlighted = max(0, min((self.highlighted or 0) + lines, self.option_count - 1))

    def action_open(self) -> None:
        """Choose the sentence under the cursor."""
        self.action_select()
