"""The parts of a chart around its data: axes, ticks, grid, labels, goal and cursor."""

from dataclasses import dataclass

from textual.color import Color

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, cut, width_of
from cockpit.ui.widgets.chart_spec import ChartSpec, Tick, nice_ticks
from cockpit.ui.widgets.palette import GRAPHIC_CONTRAST, Palette, readable

LABEL_WIDEST = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's place on the canvas in cells, and the values at its lower and upper edge.

    `first` and `count` are the periods in view: bars that don't fit are scrolled, lines always fit.
    """

    left: int
    width: int
    height: int
    low: float
    high: float
    first: int
    count: int
    ticks: tuple[Tick, ...]

    def level(self, value: float) -> float:
        """Cells above the lower edge."""
        return (value - self.low) / (self.high - self.low) * self.height

    def row(self, value: float) -> int:
        """The row in which `value` lies."""
        return min(self.height - 1, max(0, int(self.height - self.level(value))))

    def share(self, spec: ChartSpec, index: int) -> float:
        """Where a period stands across the plot, 0…1."""
        if spec.x:
            extent = spec.x[-1] - spec.x[0]
            return (spec.x[index] - spec.x[0]) / extent if extent else 0.5
        return (index - self.first + 0.5) / self.count

    def column(self, spec: ChartSpec, index: int) -> int:
        """The column of a period."""
        return self.left + min(self.width - 1, int(self.share(spec, index) * self.width))


@dataclass(frozen=True, slots=True)
class Scene:
    """All that drawing the data needs; `textured` where series must differ without colour."""

    canvas: Canvas
    frame: Frame
    spec: ChartSpec
    palette: Palette
    cursor: int
    chosen: int
    textured: bool = False

    def colour(self, number: int) -> Color:
        """The colour of a series."""
        return series_colour(self.spec, self.palette, number)


def series_colour(spec: ChartSpec, palette: Palette, number: int) -> Color:
    """The colour of a series: by its tone, else the next in line; after the fourth only muted."""
    tone = spec.series[number].tone
    if tone:
        return readable(palette.tone(tone), palette.background, GRAPHIC_CONTRAST)
    return palette.series[number] if number < len(palette.series) else palette.muted


def frame_for(spec: ChartSpec, width: int, height: int, cursor: int) -> Frame:
    """Divide `width` × `height` cells: ticks on the left, labels in the last row, else the plot."""
    rows = max(1, height - 1)
    low, high = spec.extent()
    count = max(2, min(6, rows // 3 + 1))
    ticks = spec.ticks or tuple(Tick(at, spec.write(at)) for at in nice_ticks(low, high, count))
    low, high = min(low, ticks[0].at), max(high, ticks[-1].at)
    if not high > low:
        high = low + 1.0
    gutter = min(LABEL_WIDEST, max(width_of(clean(tick.label)) for tick in ticks)) + 1
    gutter = min(gutter, width // 3)
    if spec.is_bars and low < 0:
        low, high = _zero_between_cells(low, high, rows)
    periods = max(1, len(spec.labels))
    plot = width - gutter
    shown = min(periods, max(1, plot)) if spec.is_bars else periods
    first = max(0, min(cursor - shown // 2, periods - shown))
    return Frame(gutter, max(1, plot), rows, low, high, first, shown, ticks)


def _zero_between_cells(low: float, high: float, rows: int) -> tuple[float, float]:
    """The range widened so that zero lies on the border of two rows, with a row at least on either side."""
    if high <= 0:
        return low, 0.0
    below = min(rows - 1, max(1, round(rows * -low / (high - low)))) if rows > 1 else 0
    if not below:
        return low, high
    a_row = max(high / (rows - below), -low / below)
    return -below * a_row, (rows - below) * a_row


def draw_grid(canvas: Canvas, frame: Frame, spec: ChartSpec, palette: Palette) -> None:
    """Ticks and the lines across."""
    taken: set[int] = set()
    for tick in frame.ticks:
        if not frame.low <= tick.at <= frame.high:
            continue
        row = frame.row(tick.at)
        bottom = row == frame.height - 1 and frame.level(tick.at) < 0.5
        if row in taken:
            continue
        taken.add(row)
        char = ("▁" if bottom else "▔") if spec.is_bars else "┈"
        colour = palette.muted if tick.at == 0 and spec.is_bars else palette.faint
        for x in range(frame.left, canvas.width):
            canvas.put(x, row, char, colour)
        label = cut(clean(tick.label), frame.left - 1)
        canvas.write(frame.left - 1 - width_of(label), row, label, palette.muted)


def draw_goal(canvas: Canvas, frame: Frame, spec: ChartSpec, palette: Palette) -> None:
    """The goal across the plot, its name at the right."""
    if spec.goal is None:
        return
    row = frame.row(spec.goal)
    for x in range(frame.left, canvas.width):
        canvas.rule(x, row, "╌", palette.warn)
    if spec.goal_label:
        label = f" {cut(clean(spec.goal_label), frame.width // 2)} "
        place = row - 1 if row > 0 else row
        x = canvas.width - width_of(label)
        clear = all(canvas.char_at(at, place) in " ┈▔▁╌" for at in range(x, canvas.width))
        if clear:
            canvas.write(x, place, label, palette.warn)


def draw_labels(canvas: Canvas, frame: Frame, spec: ChartSpec, palette: Palette, cursor: int) -> None:
    """Names of the periods under the plot: as many as fit, the cursor's always."""
    row = frame.height
    labels = [cut(clean(label), min(LABEL_WIDEST, frame.width)) for label in spec.labels]
    shown = range(frame.first, frame.first + frame.count)
    taken = [False] * canvas.width

    def place(index: int, *, lit: bool) -> None:
        text = labels[index]
        width = width_of(text)
        x = frame.column(spec, index) - width // 2
        x = max(frame.left - 1 if frame.left else 0, min(x, canvas.width - width))
        room = range(max(0, x - 1), min(canvas.width, x + width + 1))
        if not width or any(taken[at] for at in room):
            return
        for at in room:
            taken[at] = True
        colour = palette.foreground if lit else palette.muted
        canvas.write(x, row, text, colour, palette.cursor_blurred if lit else None, bold=lit)

    if cursor in shown:
        place(cursor, lit=True)
    step = _step(frame, [width_of(labels[index]) for index in shown])
    if spec.x or spec.kind == "histogram":
        step = next(
            nice for power in range(9) for nice in (10**power, 2 * 10**power, 5 * 10**power) if nice >= step
        )
        due = [index for index in shown if index % step == 0]
    else:
        due = [index for index in reversed(shown) if (shown.stop - 1 - index) % step == 0]
    for index in due:
        place(index, lit=False)


def _step(frame: Frame, widths: list[int]) -> int:
    """Every how manieth label has room."""
    widest = max(widths, default=0) + 2
    fits = max(1, frame.width // max(1, widest))
    return max(1, -(-frame.count // fits))


def draw_cursor(canvas: Canvas, frame: Frame, spec: ChartSpec, palette: Palette, cursor: int) -> None:
    """Light up the column, or the bar's slot, of the cursor."""
    if not frame.first <= cursor < frame.first + frame.count:
        return
    for x in slot(frame, cursor) if spec.is_bars else (frame.column(spec, cursor),):
        for y in range(frame.height):
            canvas.tint(x, y, palette.cursor_blurred)


def slot(frame: Frame, index: int) -> range:
    """Columns that belong to a period of a bar chart."""
    place = index - frame.first
    begin = frame.left + place * frame.width // frame.count
    end = frame.left + (place + 1) * frame.width // frame.count
    return range(begin, max(begin + 1, end))
