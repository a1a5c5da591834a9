"""A rectangle of terminal cells to draw on, layer over layer."""

import math
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip

from cockpit.ui.widgets.cells import clean, cut, width_of
from cockpit.ui.widgets.palette import ink, readable

LOWER = " ▁▂▃▄▅▆▇█"
LEFT = " ▏▎▍▌▋▊▉█"


class Canvas:
    """Characters with a colour and a background; what falls outside is dropped."""

    def __init__(self, width: int, height: int, colour: Color, background: Color) -> None:
        self.width = width
        self.height = height
        self._chars = [[" "] * width for _ in range(height)]
        self._colours = [[colour] * width for _ in range(height)]
        self._backgrounds = [[background] * width for _ in range(height)]
        self._bold = [[False] * width for _ in range(height)]

    def holds(self, x: int, y: int) -> bool:
        """Whether the cell is on the canvas."""
        return 0 <= x < self.width and 0 <= y < self.height

    def put(
        self,
        x: int,
        y: int,
        char: str,
        colour: Color | None = None,
        background: Color | None = None,
        *,
        bold: bool = False,
    ) -> None:
        """Draw one character of one cell; what is None stays as it is."""
        if not self.holds(x, y):
            return
        self._chars[y][x] = char
        self._bold[y][x] = bold
        if colour is not None:
            self._colours[y][x] = colour
        if background is not None:
            self._backgrounds[y][x] = background

    def char_at(self, x: int, y: int) -> str:
        """The character of a cell."""
        return self._chars[y][x] if self.holds(x, y) else " "

    def background_at(self, x: int, y: int) -> Color:
        """The background of a cell on the canvas."""
        return self._backgrounds[y][x]

    def rule(self, x: int, y: int, char: str, colour: Color) -> None:
        """Draw a line's sign where nothing but grid or a full bar is; on a bar in what can be read there."""
        if not self.holds(x, y):
            return
        beneath = self._chars[y][x]
        if beneath == "█":
            bar = self._colours[y][x]
            self.put(x, y, char, readable(self._backgrounds[y][x], bar), bar)
        elif beneath in " ┈▔▁":
            self.put(x, y, char, colour)

    def tint(self, x: int, y: int, background: Color) -> None:
        """Change the background of a cell."""
        if self.holds(x, y):
            self._backgrounds[y][x] = background

    def write(
        self, x: int, y: int, text: str, colour: Color, background: Color | None = None, *, bold: bool = False
    ) -> None:
        """Write text, made harmless and cut at the right edge."""
        for char in cut(clean(text), self.width - x):
            width = width_of(char)
            if width == 0:
                continue
            self.put(x, y, char, colour, background, bold=bold)
            if width == 2:
                self.put(x + 1, y, "", colour, background, bold=bold)
            x += width

    def columns(
        self, across: Iterable[int], floor_row: int, spans: Sequence[tuple[float, float, Color]]
    ) -> None:
        """Fill columns, in eighths of a cell, with spans (from, to, colour) in cells above `floor_row`.

        Spans ascend and don't overlap. Where more than two colours meet in one cell, two are drawn.
        """
        if not spans:
            return
        lowest, highest = max(0, math.floor(spans[0][0])), min(floor_row, math.ceil(spans[-1][1]))
        parts_by_row = [
            (floor_row - 1 - level, parts)
            for level in range(lowest, highest)
            if (parts := _parts(spans, level))
        ]
        for x in across:
            for y, parts in parts_by_row:
                self._fill(x, y, parts)

    def _fill(self, x: int, y: int, parts: list[tuple[int, int, Color]]) -> None:
        begin, end, colour = parts[0]
        if len(parts) > 1:
            self.put(x, y, LOWER[end], colour, parts[1][2])
        elif begin == 0:
            self.put(x, y, LOWER[end], colour)
        elif end == 8:
            self.put(x, y, LOWER[begin], self._backgrounds[y][x], colour)
        else:
            self.put(x, y, "█" if end - begin >= 4 else "━", colour)

    def bar(self, x: int, y: int, length: float, colour: Color) -> None:
        """Fill a row from `x` on, in eighths of a cell."""
        eighths = round(length * 8)
        for place in range(eighths // 8):
            self.put(x + place, y, "█", colour)
        if eighths % 8:
            self.put(x + eighths // 8, y, LEFT[eighths % 8], colour)

    def strips(self, seen: range | None = None) -> list[Strip]:
        """The lines, or those that are seen, neighbours of one style joined."""
        return [self._strip(y) for y in (seen if seen is not None else range(self.height))]

    def _strip(self, y: int) -> Strip:
        segments: list[Segment] = []
        chars, colours, backgrounds, bolds = (
            self._chars[y],
            self._colours[y],
            self._backgrounds[y],
            self._bold[y],
        )
        begin = 0
        for x in range(1, self.width + 1):
            if (
                x < self.width
                and colours[x] is colours[begin]
                and backgrounds[x] is backgrounds[begin]
                and bolds[x] == bolds[begin]
            ):
                continue
            style = ink(colours[begin], backgrounds[begin], bold=bolds[begin])
            segments.append(Segment("".join(chars[begin:x]), style))
            begin = x
        return Strip(segments, self.width)


def _parts(spans: Sequence[tuple[float, float, Color]], level: int) -> list[tuple[int, int, Color]]:
    """What of the spans lies in the cell above `level`, in eighths."""
    parts = []
    for low, high, colour in spans:
        begin = round(8 * min(max(low - level, 0.0), 1.0))
        end = round(8 * min(max(high - level, 0.0), 1.0))
        if end > begin:
            parts.append((begin, end, colour))
    return parts
