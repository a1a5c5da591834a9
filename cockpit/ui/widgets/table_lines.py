"""How a table's lines are drawn: columns and their widths, the part that stays, cursor, marks, matches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from cockpit.ui.widgets.cells import clean, cut, fit, part, width_of
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
class View:
    """What of a line is in view, `width` cells wide: what `keeps` its place, then columns `first` to `end`.

    The second part starts at cell `start` of the line, `begin` cells into the first of its columns; `end` is
    the first column beyond.
    """

    start: int
    first: int
    end: int
    begin: int
    width: int
    columns: tuple[int, ...]
    """Numbers of the columns in view."""

    @property
    def keeps(self) -> bool:
        """Whether the first column stays."""
        return self.start > GUTTER


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

    def view(self, scrolled: int, width: int) -> View:
        """What is in view `scrolled` cells to the right, in `width` cells."""
        start, last_column = self.scrolls_from(width), len(self.columns) - 1
        first = 1 if start > GUTTER else 0
        while first < last_column and self.edges[first + 1] <= start + scrolled:
            first += 1
        end = first
        while end <= last_column and self.edges[end] < scrolled + width:
            end += 1
        columns = (*((0,) if start > GUTTER else ()), *range(first, end))
        return View(start, first, end, start + scrolled - self.edges[first], width, columns)

    def cell(self, number: int, value: object) -> Cell:
        """A raw value of a column, written, cut and padded to it."""
        column = self.columns[number]
        width = self.edges[number + 1] - self.edges[number] - PADDING
        tone: Tone = "muted" if value is None else column.tone(value) if column.tone else "plain"
        return f" {fit(column.write(value), width, column.align)} ", tone

    def title(self, number: int, sorted_by: tuple[str, bool] | None) -> str:
        """A column's title, the sorted one's with its arrow."""
        column = self.columns[number]
        width = self.edges[number + 1] - self.edges[number] - PADDING
        title = clean(column.title)
        if sorted_by is not None and sorted_by[0] == column.name:
            title = f"{cut(title, width - 2)} {'▼' if sorted_by[1] else '▲'}"
        return f" {fit(title, width, column.align)} "

    def line(self, view: View, mark: Segment, segments: list[Segment], rest: Style) -> Strip:
        """A line out of a segment for each column in view: what is kept, then what is scrolled."""
        kept = 1 if view.keeps else 0
        length = self.edges[view.end] - self.edges[view.first] - view.begin
        room, moving = view.width - view.start, segments[kept:]
        if view.begin and moving:
            text, style, _control = moving[0]
            moving[0] = Segment(part(text, view.begin, width_of(text)), style)
        if length > room and moving:
            text, style, _control = moving[-1]
            moving[-1] = Segment(part(text, 0, max(0, width_of(text) - length + room)), style)
        elif length < room:
            moving.append(Segment(" " * (room - max(0, length)), rest))
        return Strip([mark, *segments[:kept], *joined(moving)], view.width)


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """The same with neighbours of one style in one: whatever draws them goes through them many times."""
    runs: list[Segment] = []
    texts: list[str] = []
    before: Style | None = None
    for text, style, _control in segments:
        if style is not before and texts:
            runs.append(Segment("".join(texts), before))
            texts = []
        before = style
        if text:
            texts.append(text)
    if texts:
        runs.append(Segment("".join(texts), before))
    return runs


_WHITE = Color(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a row stands out."""

    cursor_column: int | None = None
    focused: bool = False
    marked: bool = False


def header(
    layout: Layout, view: View, sorted_by: tuple[str, bool] | None, at: int, palette: Palette
) -> tuple[Segment, list[Segment], Style]:
    """Gutter, the titles in view and the style of what remains."""
    back = palette.header
    plain = ink(readable(palette.foreground, back), back, bold=True)
    lit = ink(readable(palette.accent, back), back, bold=True)
    under = ink(readable(palette.foreground, back), back, bold=True, underline=True)
    segments = []
    for number in view.columns:
        title = layout.title(number, sorted_by)
        by_this = sorted_by is not None and sorted_by[0] == layout.columns[number].name
        segments.append(Segment(title, lit if by_this else under if number == at else plain))
    return Segment(" " * GUTTER, plain), segments, plain


class Inks:
    """The styles of rows in the colours of one palette, each made once."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._known: dict[tuple[Tone, bool, bool], Style] = {}
        self._marks: dict[tuple[bool, bool], tuple[Segment, Style]] = {}

    def of(self, tone: Tone, on_row: bool, bold: bool) -> Style:
        """The style of a cell, on the row of the cursor or not."""
        style = self._known.get((tone, on_row, bold))
        if style is None:
            back = self._back(on_row)
            colour = readable(self.palette.tone(tone), back)
            style = self._known[tone, on_row, bold] = ink(colour, back, bold=bold or tone == "strong")
        return style

    def ends(self, on_row: bool, marked: bool) -> tuple[Segment, Style]:
        """The gutter of a row, and the style of what remains of it."""
        found = self._marks.get((on_row, marked))
        if found is None:
            back = self._back(on_row)
            mark = ink(readable(self.palette.accent, back), back, bold=True)
            found = Segment("● " if marked else "  ", mark), ink(self.palette.foreground, back)
            self._marks[on_row, marked] = found
        return found

    def _back(self, on_row: bool) -> Color:
        return self.palette.row if on_row else self.palette.background


def row(
    cells: Mapping[int, Cell], view: View, looks: Looks, needle: str, inks: Inks
) -> tuple[Segment, list[Segment], Style]:
    """Gutter, the cells in view by their columns and the style of what remains."""
    on_row, marked, palette = looks.cursor_column is not None, looks.marked, inks.palette
    mark, rest = inks.ends(on_row, marked)
    segments = []
    for number in view.columns:
        text, tone = cells[number]
        if number == looks.cursor_column:
            block = palette.cursor if looks.focused else palette.cursor_blurred
            front = _WHITE if looks.focused else palette.foreground
            style = ink(readable(front, block), block, bold=True)
        else:
            style = inks.of(tone, on_row, marked)
        if needle and needle in text.casefold():
            style += ink(underline=True, bold=True)
        segments.append(Segment(text, style))
    return mark, segments, rest
