"""Things in order of their size: name, bar, figure, share; each line opens."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from textual.color import Color

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit, width_of
from cockpit.ui.widgets.chart_bars import zebra
from cockpit.ui.widgets.line_cursor import LineCursor
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import GRAPHIC_CONTRAST, Palette, Tone, readable


@dataclass(frozen=True, slots=True)
class RankedBar:
    """A line: `text` and `share` as written; `low` and `high` bound an interval; `tone` colours the bar."""

    label: str
    value: float | None
    text: str
    share: str = ""
    low: float | None = None
    high: float | None = None
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells: names, bars, figures, shares."""

    names: int
    bars: int
    texts: int
    shares: int


class RankedBars(LineCursor):
    """Draws bars from zero, a whisker for an interval, and a line across at `reference`."""

    @dataclass
    class BarOpened(WidgetMessage):
        """A line was chosen, from 0."""

        index: int

    def __init__(
        self,
        bars: Sequence[RankedBar] = (),
        *,
        reference: float | None = None,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, name=name, id=id, classes=classes)
        self.bars = tuple(bars)
        self.reference = reference

    def on_mount(self) -> None:
        """Measure the lines given at the start."""
        self.lines_changed(keep_place=True)

    def show(
        self, bars: Sequence[RankedBar], *, reference: float | None = None, keep_place: bool = False
    ) -> None:
        """Show other bars."""
        self.bars, self.reference = tuple(bars), reference
        self.lines_changed(keep_place=keep_place)

    def lines(self) -> int:
        """One line a bar."""
        return len(self.bars)

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self.bars:
            self.post_message(self.BarOpened(self, self.cursor))

    def draw(self, canvas: Canvas, palette: Palette, seen: range) -> None:
        """Draw the lines that are seen."""
        columns = measure(self.bars, canvas.width)
        scale = Scale.of(self.bars, self.reference, columns)
        for y in seen:
            bar, here = self.bars[y], y == self.cursor
            canvas.write(0, y, fit(clean(bar.label), columns.names), palette.foreground, bold=here)
            _draw_bar(canvas, y, bar, scale, palette)
            if known(self.reference) is not None:
                canvas.rule(scale.cell(self.reference or 0.0), y, "╎", palette.warn)
            x = scale.left + scale.width + 1
            canvas.write(x, y, fit(clean(bar.text), columns.texts, "right"), palette.foreground, bold=here)
            x += columns.texts + 1
            canvas.write(x, y, fit(clean(bar.share), columns.shares, "right"), palette.muted)


def known(value: float | None) -> float | None:
    """A value that can be drawn."""
    return value if value is not None and math.isfinite(value) else None


def measure(bars: Sequence[RankedBar], width: int) -> Columns:
    """Names get a third of `width` at most, figures a quarter; bars a third and what shares leave."""
    names = min(width // 3, max((width_of(clean(bar.label)) for bar in bars), default=0))
    texts = min(width // 4, max((width_of(clean(bar.text)) for bar in bars), default=0))
    room = max(width // 4, width - names - texts - 3 - width // 3)
    shares = min(room, max((width_of(clean(bar.share)) for bar in bars), default=0))
    return Columns(names, max(1, width - names - texts - shares - 3), texts, shares)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values lie between two columns; zero is among them."""

    left: int
    width: int
    low: float
    high: float

    @classmethod
    def of(cls, bars: Sequence[RankedBar], reference: float | None, columns: Columns) -> "Scale":
        """The scale that holds every bar, interval and the reference."""
        values = [0.0, known(reference) or 0.0]
        for bar in bars:
            values += [known(value) or 0.0 for value in (bar.value, bar.low, bar.high)]
        low, high = min(values), max(values)
        return cls(columns.names + 1, columns.bars, low, high if high > low else low + 1.0)

    def at(self, value: float) -> float:
        """The place of a value, in cells."""
        return self.left + (value - self.low) / (self.high - self.low) * self.width

    def cell(self, value: float) -> int:
        """The cell of a value."""
        return min(self.left + self.width - 1, max(self.left, int(self.at(value))))


def _colour(bar: RankedBar, palette: Palette) -> Color:
    if bar.tone == "plain":
        return palette.series[0]
    return readable(palette.tone(bar.tone), palette.background, GRAPHIC_CONTRAST)


def _draw_bar(canvas: Canvas, y: int, bar: RankedBar, scale: Scale, palette: Palette) -> None:
    value, low, high = known(bar.value), known(bar.low), known(bar.high)
    if value is None:
        return
    colour = zebra(_colour(bar, palette), palette, y)
    begin = scale.at(min(0.0, value))
    canvas.bar(round(begin), y, scale.at(max(0.0, value)) - begin, colour)
    if low is None or high is None:
        return
    first, last = scale.cell(low), scale.cell(high)
    for x in range(first, last + 1):
        filled = canvas.char_at(x, y) == "█"
        back = colour if filled else canvas.background_at(x, y)
        sign = "┼" if first == last else "├" if x == first else "┤" if x == last else "─"
        canvas.put(x, y, sign, readable(palette.foreground, back), back)
