"""Two figures side by side on one line each, with the interval of their distance; each line opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit, width_of
from cockpit.ui.widgets.line_cursor import LineCursor
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import GRAPHIC_CONTRAST, Palette, Tone, readable

OTHER, OWN = "○", "●"
"""The signs of what is compared with, and of what it is about."""
FEWEST_CELLS = 12
"""With less room, no picture is drawn."""
_MOST_NAMES = 0.4  # of the width


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A line: `own` beside `other`, which `low` and `high` bound where the distance is uncertain.

    `low` and `high` are on the scale of `own`: where `other` lies outside them, the two differ.
    """

    label: str
    own: float
    other: float
    low: float
    high: float
    text: str
    beside: str = ""
    tone: Tone = "plain"


class Dumbbells(LineCursor):
    """Draws what is compared with as a ring, what it is about as a dot between the ends of its interval."""

    @dataclass
    class LineOpened(WidgetMessage):
        """A line was chosen, from 0."""

        index: int

    @dataclass
    class LineMoved(WidgetMessage):
        """The cursor stands on another line."""

        index: int

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(empty=empty, id=id)
        self.dumbbells: tuple[Dumbbell, ...] = ()

    def show(self, dumbbells: Sequence[Dumbbell], *, keep_place: bool = False) -> None:
        """Show these."""
        self.dumbbells = tuple(dumbbells)
        self.lines_changed(keep_place=keep_place)

    def lines(self) -> int:
        """One line each."""
        return len(self.dumbbells)

    def watch_cursor(self) -> None:
        """Keep the cursor in view, and say where it is."""
        super().watch_cursor()
        if self.dumbbells:
            self.post_message(self.LineMoved(self, self.cursor))

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self.dumbbells:
            self.post_message(self.LineOpened(self, self.cursor))

    def draw(self, canvas: Canvas, palette: Palette, seen: range) -> None:
        """Draw the lines that are seen."""
        names, texts, besides = (
            max(width_of(clean(text)) for text in column)
            for column in zip(*((each.label, each.text, each.beside) for each in self.dumbbells), strict=True)
        )
        names = min(names, int(canvas.width * _MOST_NAMES))
        left = names + 2
        cells = canvas.width - left - texts - besides - 4
        if cells < FEWEST_CELLS:
            cells, besides = cells + besides + 2, 0
        low = min(min(each.low, each.other) for each in self.dumbbells)
        high = max(max(each.high, each.other) for each in self.dumbbells)
        scale = _Scale(left, cells, low, high)
        for y in seen:
            each, here = self.dumbbells[y], y == self.cursor
            canvas.write(0, y, fit(clean(each.label), names), palette.foreground, bold=here)
            if cells >= FEWEST_CELLS:
                _draw(canvas, y, each, scale, palette)
            x = canvas.width - texts - (besides + 2 if besides else 0)
            canvas.write(x, y, fit(clean(each.text), texts, "right"), palette.foreground, bold=here)
            if besides:
                beside = fit(clean(each.beside), besides, "right")
                canvas.write(canvas.width - besides, y, beside, palette.muted)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values lie: `cells` from `left` on hold all of them."""

    left: int
    cells: int
    low: float
    high: float

    def at(self, value: float) -> int:
        """The cell of a value."""
        return self.left + round((value - self.low) / ((self.high - self.low) or 1.0) * (self.cells - 1))


def _draw(canvas: Canvas, y: int, each: Dumbbell, scale: _Scale, palette: Palette) -> None:
    colour = readable(palette.tone(each.tone), palette.background, GRAPHIC_CONTRAST)
    own, other, first, last = map(scale.at, (each.own, each.other, each.low, each.high))
    for x in range(scale.left, scale.left + scale.cells):
        canvas.put(x, y, "┈", palette.faint)
    for x in range(min(own, other), max(own, other)):
        canvas.put(x, y, "╌", palette.muted)
    for x in range(first, last + 1):
        canvas.put(x, y, "├" if x == first else "┤" if x == last else "─", colour)
    canvas.put(other, y, OTHER, palette.foreground, bold=True)
    canvas.put(own, y, OWN, colour, bold=True)
