"""The chart widget; the only module that imports plotext, and only while it draws."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cockpit.language import gettext as _
from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit, wrap
from cockpit.ui.widgets.chart_bars import Lying, draw_bars, draw_lying
from cockpit.ui.widgets.chart_frame import (
    Frame,
    Scene,
    draw_cursor,
    draw_goal,
    draw_grid,
    draw_labels,
    frame_for,
    slot,
)
from cockpit.ui.widgets.chart_lines import draw_band, runs
from cockpit.ui.widgets.chart_spec import ChartSpec
from cockpit.ui.widgets.chart_words import legend, marker_of, values_at
from cockpit.ui.widgets.keys import CHART_KEYS
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import Palette, palette_of
from cockpit.ui.widgets.sight import Sighted

SMALLEST = (12, 3)
"""Width and height in cells below which a chart says that it has no room."""

Dots = list[tuple[int, int, str, int]]
"""Column, row, braille character and number of the series."""

_ANSI = re.compile(r"\x1b\[(?P<code>(?:38;5;(?P<colour>\d+))?[\d;]*)m|[^\x1b]+")

_plotext = threading.Lock()
"""plotext draws on one figure, held by its module."""


class Chart(Sighted, Widget, can_focus=True):
    """Draws a `ChartSpec`; a cursor walks over its periods and series."""

    BINDINGS: ClassVar[list[BindingType]] = [*CHART_KEYS]
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        min-height: 5;
        border: round $foreground 25%;
        border-title-color: $foreground;
        border-subtitle-color: $foreground;
        &:focus { border: round $primary; }
    }
    """

    spec: reactive[ChartSpec | None] = reactive(None, repaint=True)
    """What is shown."""
    cursor: reactive[int] = reactive(-1)
    """The period under the cursor; -1 when there is none."""
    chosen: reactive[int] = reactive(0)
    """The series in front."""

    @dataclass
    class PeriodOpened(WidgetMessage):
        """A period of a series was chosen."""

        index: int
        series: str

    @dataclass
    class PeriodMoved(WidgetMessage):
        """The cursor stands on another period."""

        index: int
        series: str

    def __init__(
        self,
        spec: ChartSpec | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._drawn: tuple[object, list[Strip]] | None = None
        self._dots: tuple[object, Dots] | None = None
        self.set_reactive(Chart.spec, spec)
        if spec is not None:
            self.set_reactive(Chart.cursor, _first_cursor(spec))

    def show(self, spec: ChartSpec, *, keep_place: bool = False) -> None:
        """Show another spec; with `keep_place` the cursor stays on the period and series of the same name."""
        before, cursor, chosen = self.spec, self.cursor, self.chosen
        self.set_reactive(Chart.cursor, _first_cursor(spec))
        self.set_reactive(Chart.chosen, 0)
        if keep_place and before is not None and 0 <= cursor < len(before.labels):
            names = [series.name for series in spec.series]
            if before.labels[cursor] in spec.labels:
                self.set_reactive(Chart.cursor, spec.labels.index(before.labels[cursor]))
            if chosen < len(before.series) and before.series[chosen].name in names:
                self.set_reactive(Chart.chosen, names.index(before.series[chosen].name))
        self.spec = spec
        self._tell()
        self.draw_ahead()

    def on_mount(self) -> None:
        """Write the legend."""
        self._tell()

    def notify_style_update(self) -> None:
        """Write the legend in the colours of a new theme."""
        super().notify_style_update()
        if self.is_attached and self.is_mounted:
            self._tell()

    # The cursor

    def watch_cursor(self) -> None:
        """Write the values of the period."""
        self._tell()
        self._moved()

    def watch_chosen(self) -> None:
        """Bring a series to the front."""
        self._tell()
        self._moved()

    def _moved(self) -> None:
        spec = self.spec
        if spec is not None and self.is_mounted and 0 <= self.cursor < len(spec.labels) and spec.series:
            self.post_message(self.PeriodMoved(self, self.cursor, spec.series[self.chosen].name))

    def action_move(self, periods: int) -> None:
        """Move the cursor to an earlier or later period."""
        if self._lying:
            self._choose(periods)
        else:
            self._step(periods)

    def action_choose(self, steps: int) -> None:
        """Choose another series; in lying bars, whose periods stand below each other, another period."""
        if self._lying:
            self._step(steps)
        else:
            self._choose(steps)

    @property
    def _lying(self) -> bool:
        return self.spec is not None and self.spec.kind == "horizontal"

    def _step(self, periods: int) -> None:
        if self.spec is not None and self.spec.labels:
            self.cursor = max(0, min(self.cursor + periods, len(self.spec.labels) - 1))

    def _choose(self, steps: int) -> None:
        if self.spec is not None and self.spec.series:
            self.chosen = (self.chosen + max(-1, min(steps, 1))) % len(self.spec.series)

    def action_open(self) -> None:
        """Open the period under the cursor."""
        spec = self.spec
        if spec is not None and 0 <= self.cursor < len(spec.labels) and spec.series:
            self.post_message(self.PeriodOpened(self, self.cursor, spec.series[self.chosen].name))

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the nearest period; the second click opens it."""
        offset = event.get_content_offset(self)
        spec = self.spec
        if offset is None or spec is None or not spec.labels or spec.is_empty:
            return
        if self._lying:
            lying = Lying(spec, *self.size)
            line = lying.first(self.cursor, self.chosen) + offset.y
            if line >= lying.lines:
                return
            self.cursor, self.chosen = divmod(line, len(spec.series))
        else:
            frame = frame_for(spec, self.size.width, self.size.height, self.cursor)
            shown = range(frame.first, frame.first + frame.count)
            if spec.is_bars:
                hit = [index for index in shown if offset.x in slot(frame, index)]
                self.cursor = hit[0] if hit else self.cursor
            else:
                self.cursor = min(shown, key=lambda index: abs(frame.column(spec, index) - offset.x))
        if event.chain == 2:
            self.action_open()

    def _tell(self) -> None:
        """Legend above, the values of the period below."""
        if self.spec is None or not self.is_attached:
            return
        palette, textured = palette_of(self), bool(self.app.no_color)
        title = legend(self.spec, palette, self.chosen, textured=textured)
        values = values_at(self.spec, palette, self.cursor, self.chosen, textured=textured)
        self.border_title = title
        self.border_subtitle = values

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The line `y` of the drawing."""
        width, height = self.size
        sight = self.sight
        palette = sight.palette
        key = (self.spec, width, height, palette, self.cursor, self.chosen, sight.focused)
        if self._drawn is None and self.put_off():
            return Strip.blank(width, sight.beneath)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = key, self._draw(width, height, palette).strips()
        strips = self._drawn[1]
        return strips[y] if y < len(strips) else Strip.blank(width)

    def _draw(self, width: int, height: int, palette: Palette) -> Canvas:
        canvas = Canvas(width, height, palette.foreground, palette.background)
        spec = self.spec
        if spec is None or not spec.labels or spec.is_empty:
            sentence = spec.empty if spec is not None and spec.empty else _("Nothing to draw yet.")
            lines = wrap(clean(sentence), max(1, width - 2))[:height]
            for y, line in enumerate(lines, start=max(0, (height - len(lines)) // 2)):
                canvas.write(0, y, fit(line, width, "center"), palette.muted)
            return canvas
        if width < SMALLEST[0] or height < SMALLEST[1]:
            canvas.write(0, 0, _("Too small to draw."), palette.muted)
            return canvas
        chosen, textured = min(self.chosen, len(spec.series) - 1), bool(self.app.no_color)
        if spec.kind == "horizontal":
            lit = palette.cursor_blurred if self.has_focus else palette.row
            draw_lying(canvas, spec, palette, at=(self.cursor, chosen), textured=textured, lit=lit)
            return canvas
        frame = frame_for(spec, width, height, self.cursor)
        scene = Scene(canvas, frame, spec, palette, self.cursor, chosen, textured)
        draw_grid(canvas, frame, spec, palette)
        if self.has_focus:
            draw_cursor(canvas, frame, spec, palette, self.cursor)
        if spec.is_bars:
            draw_bars(scene)
        else:
            self._draw_lines(scene)
        draw_goal(canvas, frame, spec, palette)
        draw_labels(canvas, frame, spec, palette, self.cursor)
        return canvas

    def _draw_lines(self, scene: Scene) -> None:
        """Lines of braille dots with a sign on the periods, the chosen series in front."""
        order = [number for number in range(len(scene.spec.series)) if number != scene.chosen]
        order.append(scene.chosen)
        tinted: dict[tuple[int, int], Color] = {}
        for number in order:
            tinted |= draw_band(scene, number)
        key = (scene.spec, scene.frame, scene.chosen)
        if self._dots is None or self._dots[0] != key:
            self._dots = key, dots(scene.spec, scene.frame, order)
        for x, y, char, number in self._dots[1]:
            at = scene.frame.left + x
            scene.canvas.put(at, y, char, scene.colour(number), tinted.get((at, y)))
        for number in order:
            _draw_signs(scene, number)


def make_ready() -> None:
    """Import what draws lines, which takes longer than drawing them: in a thread, before it is wanted."""
    import plotext  # noqa: F401


def _first_cursor(spec: ChartSpec) -> int:
    """Where the cursor begins: as asked, else at the last period that is over."""
    if spec.cursor is not None and 0 <= spec.cursor < len(spec.labels):
        return spec.cursor
    last = len(spec.labels) - 1
    return last - 1 if spec.unfinished == last and last > 0 else last


def _draw_signs(scene: Scene, number: int) -> None:
    """Signs at the periods, as many as leave room for the line between; two series are shifted."""
    spec, frame = scene.spec, scene.frame
    room = 4 if spec.kind == "line" else 12
    every = max(1, -(-room * frame.count // frame.width))
    values = spec.series[number].values
    for index, value in enumerate(values):
        beside = [values[near] for near in (index - 1, index + 1) if 0 <= near < len(values)]
        alone = all(other is None for other in beside)
        due = (index + number * (every // 2)) % every == 0
        if value is not None and (due or alone or index == scene.cursor):
            sign = marker_of(number, hollow=index == spec.unfinished)
            x, y = frame.column(spec, index), frame.row(value)
            scene.canvas.put(x, y, sign, scene.colour(number), bold=index == scene.cursor)


def dots(spec: ChartSpec, frame: Frame, order: list[int]) -> Dots:
    """The cells of the plot through which lines run, as plotext draws them.

    plotext's cost grows with the cells it is given: it gets only the rows between lowest and highest value.
    It puts the limits into the middle of the outermost dots, of which a cell has 2 × 4.
    """
    import plotext

    values = [value for series in spec.series for value in series.values if value is not None]
    top, bottom = frame.row(max(values)), frame.row(min(values))
    a_row = (frame.high - frame.low) / frame.height
    low, high = frame.high - (bottom + 1 - 1 / 8) * a_row, frame.high - (top + 1 / 8) * a_row
    left, right = 1 / (4 * frame.width), 1 - 1 / (4 * frame.width)
    with _plotext:
        plotext.clear_figure()
        plotext.limit_size(False, False)
        plotext.plot_size(frame.width, bottom - top + 1)
        plotext.canvas_color("default")
        plotext.axes_color("default")
        plotext.frame(False)
        plotext.xaxes(False, False)
        plotext.yaxes(False, False)
        plotext.xticks([])
        plotext.yticks([])
        plotext.xlim(left, right)
        plotext.ylim(low, high)
        for number in order:
            for run in runs(spec, frame, spec.series[number]):
                across = [min(right, max(left, point[0])) for point in run.points]
                up = [min(high, max(low, point[1])) for point in run.points]
                draw = plotext.scatter if run.dotted else plotext.plot
                draw(across, up, marker="braille", color=number + 1)
        built = plotext.build()
    return [
        (x, y, char, number)
        for y, line in enumerate(built.split("\n")[: bottom - top + 1], start=top)
        for x, char, number in _coloured(line)
    ]


def _coloured(line: str) -> Iterator[tuple[int, str, int]]:
    """Column, character and colour, less one, of what is coloured in a line of ANSI text."""
    x, colour = 0, 0
    for part in _ANSI.finditer(line):
        if part["code"] is not None:
            colour = int(part["colour"] or 0)
            continue
        for char in part[0]:
            if colour and char != " ":
                yield x, char, colour - 1
            x += 1
