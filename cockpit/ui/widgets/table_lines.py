"""How a table's lines are drawn: columns and their widths, the part that stays, cursor, marks, matches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from cockpit.ui.widgets.cells import clean, cut, fit, width_of
from cockpit.ui.widgets.palette import Palette, Tone, ink, readable

GUTTER = 2
PADDING = 2
WIDEST = 36
"""Cells that a measured column takes at most."""

Cell = tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of the frame is shown; `width` in cells or None: measured; `tone` colours a raw value."""

    name: str
    title: str
    align: Literal["left", "right"] = "left"
    format: Callable[[object], str] = str
    width: int | None = None
    tone: Callable[[object], Tone] | None = None

    def write(self, value: object) -> str:
        """`value` as it may be drawn; what is not known is an en dash."""
        return "–" if value is None else clean(self.format(value))

    def measure(self, values: Iterable[object]) -> int:
        """Cells that the title with its arrow and these values need."""
        if self.width is not None:
            return self.width
        widest = max((width_of(self.write(value)) for value in values), default=0)
        return min(WIDEST, max(widest, width_of(clean(self.title)) + 2))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand: `edges[n]` and `edges[n + 1]` bound column n; a `frozen` first one stays."""

    columns: tuple[Column, ...]
    edges: tuple[int, ...]
    frozen: bool

    @classmethod
    def of(cls, columns: tuple[Column, ...], samples: Iterable[Iterable[object]], frozen: bool) -> "Layout":
        """Columns side by side, each as wide as its sample asks for."""
        edges = [GUTTER]
        for column, sample in zip(columns, samples, strict=True):
            edges.append(edges[-1] + column.measure(sample) + PADDING)
        return cls(columns, tuple(edges), frozen)

    @property
    def width(self) -> int:
        """Cells of a whole line."""
        return self.edges[-1]

    def scrolls_from(self, width: int) -> int:
        """Where the part that scrolls begins; a first column wider than half of `width` is not kept."""
        if self.frozen and len(self.columns) > 1 and self.edges[1] * 2 <= width:
            return self.edges[1]
        return GUTTER

    def column_at(self, x: int, scrolled: int, width: int) -> int | None:
        """The column drawn at cell `x`."""
        if x >= self.scrolls_from(width):
            x += scrolled
        for number in range(len(self.columns)):
            if self.edges[number] <= x < self.edges[number + 1]:
                return number
        return None

    def scroll_for(self, column: int, scrolled: float, width: int) -> float:
        """The sideways scroll, nearest to `scrolled`, that has `column` in view."""
        if column == 0:
            return 0
        kept = self.scrolls_from(width)
        left, right = self.edges[column], self.edges[column + 1]
        return max(0, min(max(scrolled, right - width), left - kept))

    def cells(self, values: tuple[object, ...]) -> tuple[Cell, ...]:
        """A row of raw values, written, cut and padded to the columns."""
        return tuple(self._cells(values))

    def _cells(self, values: tuple[object, ...]) -> Iterator[Cell]:
        for number, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            width = self.edges[number + 1] - self.edges[number] - PADDING
            tone: Tone = "muted" if value is None else column.tone(value) if column.tone else "plain"
            yield f" {fit(column.write(value), width, column.align)} ", tone

    def titles(self, sorted_by: tuple[str, bool] | None) -> list[str]:
        """Column titles, the sorted one with its arrow."""
        return [self._title(number, sorted_by) for number in range(len(self.columns))]

    def _title(self, number: int, sorted_by: tuple[str, bool] | None) -> str:
        column = self.columns[number]
        width = self.edges[number + 1] - self.edges[number] - PADDING
        title = clean(column.title)
        if sorted_by is not None and sorted_by[0] == column.name:
            title = f"{cut(title, width - 2)} {'▼' if sorted_by[1] else '▲'}"
        return f" {fit(title, width, column.align)} "

    def line(self, mark: Segment, segments: list[Segment], scrolled: int, width: int, rest: Style) -> Strip:
        """A line of `width` cells out of a segment a column: what is kept, then what is scrolled."""
        start = self.scrolls_from(width)
        kept = [mark, *segments[:1]] if start > GUTTER else [mark]
        first = len(kept) - 1
        while first < len(segments) - 1 and self.edges[first + 1] <= start + scrolled:
            first += 1
        last = first
        while last < len(segments) and self.edges[last] < scrolled + width:
            last += 1
        moving = Strip(segments[first:last], self.edges[last] - self.edges[first])
        begin = start + scrolled - self.edges[first]
        return Strip.join([Strip(kept, start), moving.crop_extend(begin, begin + width - start, rest)])


_WHITE = Color(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a row stands out."""

    cursor_column: int | None = None
    focused: bool = False
    marked: bool = False


def header(
    layout: Layout, sorted_by: tuple[str, bool] | None, at: int, palette: Palette
) -> tuple[Segment, list[Segment], Style]:
    """Gutter, titles and the style of what remains."""
    back = palette.header
    plain = ink(readable(palette.foreground, back), back, bold=True)
    lit = ink(readable(palette.accent, back), back, bold=True)
    under = ink(readable(palette.foreground, back), back, bold=True, underline=True)
    segments = []
    for number, title in enumerate(layout.titles(sorted_by)):
        by_this = sorted_by is not None and sorted_by[0] == layout.columns[number].name
        segments.append(Segment(title, lit if by_this else under if number == at else plain))
    return Segment(" " * GUTTER, plain), segments, plain


def row(
    cells: tuple[Cell, ...], looks: Looks, needle: str, palette: Palette
) -> tuple[Segment, list[Segment], Style]:
    """Gutter, cells and the style of what remains."""
    on_row = looks.cursor_column is not None
    back = palette.row if on_row else palette.background
    mark = Segment("● " if looks.marked else "  ", ink(readable(palette.accent, back), back, bold=True))
    segments = []
    for number, (text, tone) in enumerate(cells):
        if number == looks.cursor_column:
            block = palette.cursor if looks.focused else palette.cursor_blurred
            front = _WHITE if looks.focused else palette.foreground
            style = ink(readable(front, block), block, bold=True)
        else:
            style = ink(readable(palette.tone(tone), back), back, bold=tone == "strong" or looks.marked)
        if needle and needle in text.casefold():
            style += ink(underline=True, bold=True)
        segments.append(Segment(text, style))
    return mark, segments, ink(palette.foreground, back)
