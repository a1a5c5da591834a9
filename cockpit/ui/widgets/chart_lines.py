"""Where the lines of a chart run: through gaps, as steps, dotted while unfinished, in their bands."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.color import Color

from cockpit.ui.widgets.chart_frame import Frame, Scene
from cockpit.ui.widgets.chart_spec import ChartSpec, Series, Values

BAND = 0.24
"""How much of a series' colour its interval has."""


@dataclass(frozen=True, slots=True)
class Run:
    """Points (share of the width, value) that belong together; `dotted` ones are not joined."""

    points: tuple[tuple[float, float], ...]
    dotted: bool = False


def runs(spec: ChartSpec, frame: Frame, series: Series) -> Iterator[Run]:
    """The unbroken parts of a line, at most two points a column."""
    points: list[tuple[float, float]] = []
    for index in _sampled(len(series.values), 2 * frame.width):
        value = series.values[index]
        if value is None:
            if points:
                yield Run(tuple(points))
            points = []
            continue
        here = (frame.share(spec, index), value)
        if index == spec.unfinished and points:
            yield Run(tuple(_between(points[-1], here, frame)), dotted=True)
            yield Run(tuple(points))
            points = []
            continue
        if points and spec.kind == "step":
            points.append((here[0], points[-1][1]))
        points.append(here)
    if points:
        yield Run(tuple(points))


def _sampled(count: int, most: int) -> list[int]:
    """All places, or evenly chosen ones with the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(place * (count - 1) / (most - 1)) for place in range(most)})


def _between(
    start: tuple[float, float], end: tuple[float, float], frame: Frame
) -> Iterator[tuple[float, float]]:
    """Points on the way, so far apart that they are seen as dots."""
    across = abs(end[0] - start[0]) * frame.width
    up = abs(end[1] - start[1]) / (frame.high - frame.low) * frame.height
    dots = max(2, int(max(across, up)))
    for dot in range(1, dots + 1):
        share = dot / dots
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def draw_band(scene: Scene, number: int) -> dict[tuple[int, int], Color]:
    """Tint the interval of a series; gives the cells that are tinted by half or more."""
    canvas, frame, spec = scene.canvas, scene.frame, scene.spec
    series = spec.series[number]
    if not series.low or not series.high:
        return {}
    tint = scene.palette.background.blend(scene.colour(number), BAND)
    tinted: dict[tuple[int, int], Color] = {}
    lows, highs = across(spec, frame, series.low), across(spec, frame, series.high)
    for x, (low, high) in enumerate(zip(lows, highs, strict=True), start=frame.left):
        if low is None or high is None or high <= low:
            continue
        span = (frame.level(low), frame.level(high), tint)
        canvas.columns((x,), frame.height, [span])
        for level in range(max(0, round(span[0])), min(frame.height, round(span[1]))):
            tinted[x, frame.height - 1 - level] = tint
    return tinted


def across(spec: ChartSpec, frame: Frame, values: Values) -> list[float | None]:
    """The value in the middle of each column of the plot, on the line between its neighbours."""
    drawn: list[float | None] = [None] * frame.width
    before: tuple[int, float] | None = None
    for index, value in enumerate(values):
        if value is None:
            before = None
            continue
        here = frame.column(spec, index) - frame.left
        drawn[here] = value
        if before is not None:
            start, level = before
            for x in range(start + 1, here):
                share = 0.0 if spec.kind == "step" else (x - start) / (here - start)
                drawn[x] = level + (value - level) * share
        before = here, value
    return drawn
