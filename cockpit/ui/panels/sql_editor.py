"""A place to write SQL: coloured, with what may be meant by a word offered below it."""

import re
from collections.abc import Mapping
from typing import Any

from pygments.lexers.sql import SqlLexer
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String, _TokenType
from rich.style import Style
from rich.text import Text
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from cockpit.formats import BREAKS, INVISIBLE
from cockpit.ui.completion import NOTHING, Completion, Vocabulary, complete
from cockpit.ui.widgets.palette import Palette, ink, palette_of

LONGEST_COLOURED = 20_000
"""Letters beyond which a statement stays plain, so that typing in it never waits."""
ROWS_OFFERED = 6

_UNSEEN = re.compile(rf"(?!\t)[{BREAKS}{INVISIBLE}\x00-\x1f\x7f]")
_LEXER = SqlLexer(stripnl=False, ensurenl=False)

Spans = Mapping[int, list[tuple[int, int, _TokenType]]]


class Offers(OptionList, can_focus=False):
    """The words on offer, drawn over what stands below the cursor."""

    DEFAULT_CSS = """
    Offers {
        display: none; overlay: screen; constrain: inside inflect; position: absolute;
        width: auto; min-width: 24; max-width: 48; height: auto; max-height: 8;
        padding: 0; border: round $primary; background: $panel; color: $foreground;
        scrollbar-size: 1 1;
        & > .option-list--option-highlighted { background: $primary 40%; color: $foreground; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True)
        self.completion = NOTHING

    def show(self, completion: Completion, at: Offset) -> None:
        """Offer this at a place of the screen; nothing, when nothing is on offer."""
        self.completion = completion
        self.display = bool(completion.offers)
        if not completion.offers:
            return
        width = max(len(offer.word) for offer in completion.offers)
        self.clear_options()
        self.add_options(
            Option(Content.assemble(offer.word.ljust(width), "  ", (offer.what, "$foreground 65%")))
            for offer in completion.offers
        )
        self.highlighted = 0
        self.absolute_offset = at + Offset(-completion.typed - 1, 1)

    def step(self, lines: int) -> None:
        """Go up or down, round the end."""
        self.highlighted = ((self.highlighted or 0) + lines) % self.option_count

    @property
    def chosen(self) -> str:
        """The word under the cursor."""
        return self.completion.offers[self.highlighted or 0].word


class SqlEditor(TextArea):
    """Text with SQL's colours. Tab takes the word on offer, up and down choose it, Escape declines."""

    DEFAULT_CSS = """
    SqlEditor {
        border: none; padding: 0; background: $background; scrollbar-size: 1 1;
        &:focus { border: none; background-tint: $foreground 0%; }
    }
    """

    class Written(Message):
        """The statement was changed by its owner."""

    def __init__(self, offers: Offers, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)
        self.vocabulary: Vocabulary = {}
        self._offers = offers
        self._coloured: tuple[str, Spans] = ("", {})

    # What may be meant -----------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Put a statement in, the cursor behind it."""
        self.hide_offers()
        with self.prevent(TextArea.Changed):
            self.text = text
        self.move_cursor(self.document.end)
        self.scroll_home(animate=False)

    def hide_offers(self) -> None:
        """Offer nothing."""
        self._offers.show(NOTHING, Offset())

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Offer what may be meant by the word before the cursor."""
        message.stop()
        self.post_message(self.Written())
        if not self.has_focus or len(self.text) > LONGEST_COLOURED:
            return
        start, end = self.document.start, self.document.end
        before = self.get_text_range(start, self.cursor_location)
        after = self.get_text_range(self.cursor_location, end)
        found = complete(before, after, self.vocabulary)
        self.call_after_refresh(lambda: self._offers.show(found, self.cursor_screen_offset))

    def on_blur(self) -> None:
        """Offer nothing to someone who is elsewhere."""
        self.hide_offers()

    async def _on_key(self, event: events.Key) -> None:
        taken = {"tab": self._take, "escape": self.hide_offers, "up": self._up, "down": self._down}
        if self._offers.display and event.key in taken:
            event.stop()
            event.prevent_default()
            taken[event.key]()
            return
        if event.key in {"left", "right", "home", "end", "enter"}:
            self.hide_offers()
        await super()._on_key(event)

    def _up(self) -> None:
        self._offers.step(-1)

    def _down(self) -> None:
        self._offers.step(1)

    def _take(self) -> None:
        self.take(self._offers.chosen)

    def take(self, word: str) -> None:
        """Put a word on offer in the place of what was typed of it."""
        row, column = self.cursor_location
        typed = self._offers.completion.typed
        self.hide_offers()
        with self.prevent(TextArea.Changed):
            self.replace(word, (row, column - typed), (row, column), maintain_selection_offset=False)
        self.move_cursor((row, column - typed + len(word)))
        self.post_message(self.Written())

    # Drawing ---------------------------------------------------------------------------------------

    def get_line(self, line_index: int) -> Text:
        """The line with its colours; a sign that a terminal might act on is drawn as a dot."""
        written = self.document.get_line(line_index)
        line = Text(_UNSEEN.sub("·", written), end="", no_wrap=True)
        palette = palette_of(self)
        for start, end, kind in self._spans().get(line_index, ()):
            style = _style(kind, palette)
            if style is not None:
                line.stylize(style, start, end)
        return line

    def _spans(self) -> Spans:
        text = self.text
        if self._coloured[0] != text:
            self._coloured = (text, spans(text) if len(text) <= LONGEST_COLOURED else {})
        return self._coloured[1]


def spans(statement: str) -> Spans:
    """For each line of a statement, where its words begin and end, and of what kind they are."""
    found: dict[int, list[tuple[int, int, Any]]] = {}
    row = column = 0
    for kind, text in _LEXER.get_tokens(statement):
        for number, part in enumerate(text.split("\n")):
            if number:
                row, column = row + 1, 0
            if part.strip():
                found.setdefault(row, []).append((column, column + len(part), kind))
            column += len(part)
    return found


def _style(kind: _TokenType, palette: Palette) -> Style | None:
    if kind in Comment:
        return ink(palette.muted, italic=True)
    if kind in Keyword or kind in Name.Builtin or kind in Operator.Word:
        return ink(palette.series[0], bold=True)
    if kind in String or kind in Literal.String:
        return ink(palette.good)
    if kind in Number:
        return ink(palette.accent)
    return None
