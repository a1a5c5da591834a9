"""Bars out of block glyphs: stacked around zero, side by side, lying, and histograms."""

from dataclasses import dataclass

from textual.color import Color

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, cut, fit, width_of
from cockpit.ui.widgets.chart_frame import Scene, series_colour, slot
from cockpit.ui.widgets.chart_spec import ChartSpec
from cockpit.ui.widgets.palette import Palette

TEXTURES = "█▒░▚"
"""Series told apart without colour, in their order."""
HATCH = "░"
BROADEST = 14


def draw_bars(scene: Scene) -> None:
    """Draw the bars of every period in view."""
    frame = scene.frame
    for index in range(frame.first, frame.first + frame.count):
        place = _bar_columns(slot(frame, index), scene.spec)
        if scene.spec.kind == "stacked":
            _stack(scene, index, place)
        else:
            _side_by_side(scene, index, place)


def _bar_columns(room: range, spec: ChartSpec) -> range:
    """The columns of a slot that its bar fills: histograms touch, others keep a distance."""
    if spec.kind == "histogram" or len(room) < 2:
        return room
    broadest = BROADEST * (len(spec.series) if spec.kind == "bars" else 1)
    gap = max(1, len(room) // 4, len(room) - broadest)
    return range(room.start + gap // 2, room.stop - (gap - gap // 2))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a bar, in cells above the lower edge."""

    low: float
    high: float
    number: int


def _stack(scene: Scene, index: int, place: range) -> None:
    above: list[Span] = []
    below: list[Span] = []
    zero = up = down = scene.frame.level(0.0)
    for number, series in enumerate(scene.spec.series):
        value = series.values[index]
        if not value:
            continue
        length = scene.frame.level(value) - zero
        if value > 0:
            above.append(Span(up, up + length, number))
            up += length
        else:
            below.insert(0, Span(down + length, down, number))
            down += length
    _fill(scene, place, index, [*below, *above])


def _side_by_side(scene: Scene, index: int, place: range) -> None:
    """Bars next to each other; where they have no room, only that of the chosen series."""
    numbers = list(range(len(scene.spec.series)))
    if len(place) < len(numbers):
        numbers = [scene.chosen]
    broad = len(place) // len(numbers)
    for nth, number in enumerate(numbers):
        value = scene.spec.series[number].values[index]
        if not value:
            continue
        low, high = sorted((scene.frame.level(0.0), scene.frame.level(value)))
        across = range(place.start + nth * broad, place.start + (nth + 1) * broad)
        _fill(scene, across, index, [Span(low, high, number)])


def _fill(scene: Scene, across: range, index: int, spans: list[Span]) -> None:
    """Fill columns in eighths of cells; by whole cells where a texture says more than precision."""
    hatched = index == scene.spec.unfinished
    if not hatched and not scene.textured:
        parts = [(span.low, span.high, scene.colour(span.number)) for span in spans]
        scene.canvas.columns(across, scene.frame.height, parts)
        return
    for span in spans:
        texture = HATCH if hatched else TEXTURES[span.number % len(TEXTURES)]
        first, last = round(span.low), round(span.high)
        if first == last:
            first, last = (first, first + 1) if first < scene.frame.height else (first - 1, first)
        colour = scene.colour(span.number)
        for level in range(first, last):
            for x in across:
                scene.canvas.put(x, scene.frame.height - 1 - level, texture, colour)


@dataclass(frozen=True, slots=True)
class Lying:
    """A chart of lying bars: a line for each series of each category, those in view around the cursor."""

    spec: ChartSpec
    width: int
    height: int

    @property
    def lines(self) -> int:
        """Lines of the whole chart."""
        return len(self.spec.labels) * len(self.spec.series)

    def first(self, cursor: int, chosen: int) -> int:
        """The first line in view."""
        at = cursor * len(self.spec.series) + chosen
        return max(0, min(at - self.height // 2, self.lines - self.height))

    def frame(self) -> tuple[int, int, float, float]:
        """Cells of the names and of the figures; where zero lies; cells a unit."""
        names = max((width_of(clean(label)) for label in self.spec.labels), default=0)
        figures = max(
            (
                width_of(clean(self.spec.text_of(series, index)))
                for series in self.spec.series
                for index in range(len(self.spec.labels))
            ),
            default=0,
        )
        names, figures = min(names, self.width // 3), min(figures, self.width // 3)
        low, high = self.spec.extent()
        unit = max(1, self.width - names - figures - 2) / (high - low) if high > low else 0.0
        return names, figures, names + 1 - low * unit, unit


def draw_lying(
    canvas: Canvas, spec: ChartSpec, palette: Palette, *, at: tuple[int, int], textured: bool, lit: Color
) -> None:
    """A category a line (a line for each series), its value behind; `lit` lies under the line `at`."""
    lying = Lying(spec, canvas.width, canvas.height)
    names, figures, zero, unit = lying.frame()
    first = lying.first(*at)
    for y in range(min(canvas.height, lying.lines - first)):
        index, number = divmod(first + y, len(spec.series))
        here = (index, number) == at
        if here:
            for x in range(canvas.width):
                canvas.tint(x, y, lit)
        if number == 0:
            canvas.write(0, y, fit(clean(spec.labels[index]), names), palette.foreground, bold=here)
        value = spec.series[number].values[index] or 0.0
        colour = series_colour(spec, palette, number)
        begin, length = (zero, value * unit) if value >= 0 else (zero + value * unit, -value * unit)
        if index == spec.unfinished or textured:
            texture = HATCH if index == spec.unfinished else TEXTURES[number % len(TEXTURES)]
            for x in range(round(begin), round(begin + length)):
                canvas.put(x, y, texture, colour)
        else:
            canvas.bar(round(begin), y, length, zebra(colour, palette, index))
        text = cut(clean(spec.text_of(spec.series[number], index)), figures)
        canvas.write(canvas.width - width_of(text), y, text, palette.foreground, bold=here)
        goal = round(zero + spec.goal * unit) if spec.goal is not None else -1
        canvas.rule(goal, y, "╎", palette.warn)


def zebra(colour: Color, palette: Palette, line: int) -> Color:
    """A little paler on every other line, so that neighbours don't melt into one."""
    return colour.blend(palette.background, 0.2) if line % 2 else colour
