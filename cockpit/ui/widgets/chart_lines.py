"""Where the lines of a chart run: through gaps, as steps, dotted while unfinished, in their bands."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.color import Color

from cockpit.ui.widgets.canvas import LOWER
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
    for x in range(frame.width):
        share = (x + 0.5) / frame.width
        low, high = _at(spec, frame, series.low, share), _at(spec, frame, series.high, share)
        if low is None or high is None:
            continue
        for y in range(frame.height):
            floor = frame.height - 1 - y
            begin = round(8 * min(max(frame.level(low) - floor, 0.0), 1.0))
            end = round(8 * min(max(frame.level(high) - floor, 0.0), 1.0))
            if end <= begin:
                continue
            column = frame.left + x
            if end - begin >= 4:
                tinted[column, y] = tint
            if begin == 0 and end == 8:
                canvas.put(column, y, " ", background=tint)
            elif begin == 0:
                canvas.put(column, y, LOWER[end], tint)
            elif end == 8:
                canvas.put(column, y, LOWER[begin], canvas.background_at(column, y), tint)
    return tinted


def _at(spec: ChartSpec, frame: Frame, values: Values, share: float) -> float | None:
    """The value at a place across the plot, on the line between its neighbours."""
    before: tuple[float, float] | None = None
    for index, value in enumerate(values):
        place = frame.share(spec, index)
        if value is None:
            before = None
        elif place >= share:
            if before is None:
                return value if place - share < 1 / frame.width else None
            if spec.kind == "step":
                return before[1]
            reach = place - before[0]
            return before[1] + (value - before[1]) * ((share - before[0]) / reach if reach else 1.0)
        else:
            before = (place, value)
    return before[1] if before is not None and share - before[0] < 1 / frame.width else None
