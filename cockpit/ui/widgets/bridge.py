"""A bridge in figures: start − lost + new + won back = end, a line and a floating bar for each term."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign
from typing import Literal

from textual.color import Color

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit, width_of
from cockpit.ui.widgets.line_cursor import LineCursor
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import GRAPHIC_CONTRAST, Palette, Tone, readable

CUT_ABOVE = 0.4
"""The bars' beginning is left out when the lowest level is higher than this share of the highest."""


@dataclass(frozen=True, slots=True)
class BridgeTerm:
    """A level (start, end), or a change with its sign in `value`, −0.0 for none lost; `text` is its size."""

    name: str
    label: str
    value: float
    text: str
    kind: Literal["level", "change"] = "change"
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term's bar lies, in the terms' unit."""

    low: float
    high: float


def spans(terms: Sequence[BridgeTerm]) -> tuple[Span, ...]:
    """Levels stand on zero; changes hang between the level before and after them."""
    drawn, level = [], 0.0
    for term in terms:
        if term.kind == "level":
            level = term.value
            drawn.append(Span(min(0.0, level), max(0.0, level)))
        else:
            after = level + term.value
            drawn.append(Span(min(level, after), max(level, after)))
            level = after
    return tuple(drawn)


def origin(terms: Sequence[BridgeTerm]) -> float:
    """Where the bars begin: zero, or so close below the lowest level that the changes can be seen."""
    parts = spans(terms)
    changes = [part for part, term in zip(parts, terms, strict=True) if term.kind == "change"]
    if not changes:
        return min((part.low for part in parts), default=0.0)
    low = min(part.low for part in changes)
    high = max(part.high for part in parts)
    if low <= CUT_ABOVE * high:
        return min(0.0, low)
    return max(0.0, low - (high - low) * 0.6)


class Bridge(LineCursor):
    """Draws the terms of a bridge as a waterfall; each opens."""

    @dataclass
    class TermOpened(WidgetMessage):
        """A term was chosen."""

        name: str

    def __init__(
        self,
        terms: Sequence[BridgeTerm] = (),
        *,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, name=name, id=id, classes=classes)
        self.terms = tuple(terms)

    def on_mount(self) -> None:
        """Measure the terms given at the start."""
        self.lines_changed(keep_place=True)

    def show(self, terms: Sequence[BridgeTerm], *, keep_place: bool = False) -> None:
        """Show another bridge."""
        self.terms = tuple(terms)
        self.lines_changed(keep_place=keep_place)

    def lines(self) -> int:
        """One line a term."""
        return len(self.terms)

    def action_open(self) -> None:
        """Open the term under the cursor."""
        if self.terms:
            self.post_message(self.TermOpened(self, self.terms[self.cursor].name))

    def draw(self, canvas: Canvas, palette: Palette, seen: range) -> None:
        """Draw the lines that are seen."""
        names = min(canvas.width // 2, max(width_of(clean(term.label)) for term in self.terms))
        texts = min(canvas.width // 3, max(width_of(clean(term.text)) for term in self.terms))
        left = names + texts + 5
        parts, start = spans(self.terms), origin(self.terms)
        high = max(part.high for part in parts)
        unit = max(0, canvas.width - left) / (high - start) if high > start else 0.0
        for y in seen:
            term, part = self.terms[y], parts[y]
            here, colour = y == self.cursor, _colour(term, palette)
            last = term.kind == "level" and y > 0
            sign = (
                "=" if last else " " if term.kind == "level" else "−" if copysign(1, term.value) < 0 else "+"
            )
            canvas.write(0, y, sign, palette.muted)
            canvas.write(2, y, fit(clean(term.label), names), palette.foreground, bold=here or last)
            text = fit(clean(term.text), texts, "right")
            ink = palette.foreground if term.kind == "level" else readable(colour, palette.background)
            canvas.write(names + 3, y, text, ink, bold=here or last)
            begin = left + (max(part.low, start) - start) * unit
            end = left + (part.high - start) * unit
            _bar(canvas, y, (begin, end), colour)
            if term.kind == "level" and start > 0 and end - begin > 6:
                for x in (left + 2, left + 3):
                    canvas.put(x, y, "╱", canvas.background_at(x, y), colour)


def _colour(term: BridgeTerm, palette: Palette) -> Color:
    if term.tone == "plain":
        return palette.series[0]
    return readable(palette.tone(term.tone), palette.background, GRAPHIC_CONTRAST)


def _bar(canvas: Canvas, y: int, place: tuple[float, float], colour: Color) -> None:
    """From one eighth of a cell to another; a change too small for one still leaves a line."""
    begin, end = place
    first = int(begin)
    offset = round((begin - first) * 8)
    if offset and end >= first + 1:
        back = canvas.background_at(first, y) if canvas.holds(first, y) else None
        canvas.put(first, y, " ▏▎▍▌▋▊▉█"[offset], back, colour)
        first += 1
    if end - first >= 1 / 8:
        canvas.bar(first, y, end - first, colour)
    elif end > begin and end < first + 1:
        canvas.put(min(first, canvas.width - 1), y, "▏", colour)
