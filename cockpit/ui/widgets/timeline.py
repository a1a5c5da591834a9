"""What happened when: events on a time axis, the gaps between them, and the silence since the last."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit, width_of
from cockpit.ui.widgets.keys import CHART_KEYS
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import Palette
from cockpit.ui.widgets.sight import Sighted

SIZES = "·•●"
"""Signs of events by their value where there is no room for bars."""
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Months between the dates written under the axis."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day; `value` sizes it, `text` says it."""

    day: date
    value: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TimelineSpec:
    """Events up to `today`; `usual_gap` (days) says from when on silence is unusual."""

    events: tuple[Event, ...]
    today: date
    usual_gap: float | None = None
    title: str = ""
    write_day: Callable[[date], str] = date.isoformat
    write_month: Callable[[date], str] = "{:%Y-%m}".format

    def __post_init__(self) -> None:
        """Events in their order."""
        object.__setattr__(self, "events", tuple(sorted(self.events, key=lambda event: event.day)))

    @property
    def silence(self) -> int:
        """Days from the last event to today."""
        return max(0, (self.today - self.events[-1].day).days) if self.events else 0


@dataclass(frozen=True, slots=True)
class Axis:
    """Days laid over `width` cells."""

    first: date
    last: date
    width: int

    def column(self, day: date) -> int:
        """The cell of a day."""
        span = max(1, (self.last - self.first).days)
        return round(min(max((day - self.first).days / span, 0.0), 1.0) * (self.width - 1))

    def months(self, label: int) -> list[date]:
        """Firsts of months, so far apart that labels of `label` cells fit."""
        total = max(1.0, (self.last - self.first).days / 30.44)
        step = next((step for step in STEPS if self.width * step / total >= label + 2), STEPS[-1])
        number = self.first.year * 12 + self.first.month - 1
        number += -number % step
        ticks = []
        while number // 12 <= self.last.year:
            day = date(number // 12, number % 12 + 1, 1)
            if self.first <= day <= self.last:
                ticks.append(day)
            number += step
        return ticks


class Timeline(Sighted, Widget, can_focus=True):
    """Draws a `TimelineSpec`; a cursor walks over the events."""

    BINDINGS: ClassVar[list[BindingType]] = [*CHART_KEYS]
    DEFAULT_CSS = """
    Timeline {
        height: 8;
        border: round $foreground 25%;
        border-title-color: $foreground;
        border-subtitle-color: $foreground;
        padding: 0 1;
        &:focus { border: round $primary; }
    }
    """

    spec: reactive[TimelineSpec | None] = reactive(None)
    """What is shown."""
    cursor: reactive[int] = reactive(-1)
    """The event under the cursor; -1 when there is none."""

    @dataclass
    class EventOpened(WidgetMessage):
        """An event was chosen, from 0, in order of time."""

        index: int

    def __init__(
        self,
        spec: TimelineSpec | None = None,
        *,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty or _("Nothing has happened yet.")
        self._drawn: tuple[object, list[Strip]] | None = None
        self.set_reactive(Timeline.spec, spec)
        self.set_reactive(Timeline.cursor, len(spec.events) - 1 if spec is not None else -1)

    def show(self, spec: TimelineSpec) -> None:
        """Show other events, the cursor on the last."""
        self.spec = spec
        self.cursor = len(spec.events) - 1
        self._tell()

    def on_mount(self) -> None:
        """Write the border."""
        self._tell()

    def watch_cursor(self) -> None:
        """Write the event under the cursor."""
        self._tell()

    def _tell(self) -> None:
        spec = self.spec
        if spec is None:
            return
        self.border_title = Content(clean(spec.title)).stylize("bold")
        if 0 <= self.cursor < len(spec.events):
            event = spec.events[self.cursor]
            day = Content(clean(spec.write_day(event.day))).stylize("bold")
            self.border_subtitle = Content("   ").join([day, Content(clean(event.text))])
        else:
            self.border_subtitle = ""

    def action_move(self, steps: int) -> None:
        """Move to an earlier or later event."""
        if self.spec is not None and self.spec.events:
            self.cursor = max(0, min(self.cursor + steps, len(self.spec.events) - 1))

    def action_choose(self, steps: int) -> None:
        """Move to an earlier or later event."""
        self.action_move(steps)

    def action_open(self) -> None:
        """Open the event under the cursor."""
        if self.cursor >= 0:
            self.post_message(self.EventOpened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the nearest event; the second click opens it."""
        offset, spec = event.get_content_offset(self), self.spec
        if offset is None or spec is None or not spec.events:
            return
        axis = axis_of(spec, self.content_size.width)
        self.cursor = min(
            range(len(spec.events)), key=lambda at: abs(axis.column(spec.events[at].day) - offset.x)
        )
        if event.chain == 2:
            self.action_open()

    def render_line(self, y: int) -> Strip:
        """The line `y` of the drawing."""
        sight = self.sight
        palette = sight.palette
        width, height = self.content_size
        key = (self.spec, width, height, palette, self.cursor, sight.focused)
        if self._drawn is None or self._drawn[0] != key:
            canvas = Canvas(width, height, palette.foreground, palette.background)
            if self.spec is None or not self.spec.events:
                canvas.write(0, height // 2, fit(clean(self.empty), width, "center"), palette.muted)
            else:
                cursor = self.cursor if sight.focused else -1
                draw_timeline(canvas, self.spec, palette, cursor)
            self._drawn = key, canvas.strips()
        strips = self._drawn[1]
        return strips[y] if y < len(strips) else Strip.blank(width)


def axis_of(spec: TimelineSpec, width: int) -> Axis:
    """From the first event to today, or to an event after it."""
    return Axis(spec.events[0].day, max(spec.today, spec.events[-1].day), width)


def draw_timeline(canvas: Canvas, spec: TimelineSpec, palette: Palette, cursor: int) -> None:
    """Bars by value on the axis, lengths of the gaps below it, dates in the last row."""
    axis = axis_of(spec, canvas.width)
    row = max(0, canvas.height - 3)
    _draw_axis(canvas, spec, axis, palette, row)
    largest = max((_size(event) for event in spec.events), default=0.0)
    for at, event in sorted(enumerate(spec.events), key=lambda numbered: _size(numbered[1])):
        x, share = axis.column(event.day), _size(event) / largest if largest else 0.0
        colour = palette.accent if at == cursor else palette.series[0]
        if row:
            canvas.columns((x,), row, [(0.0, max(share * row, 1 / 8 if share else 0.0), colour)])
        sign = SIZES[min(2, int(share * 3))] if not row and largest else "●"
        canvas.put(x, row, sign, colour, bold=at == cursor)
    if canvas.height > row + 1:
        _draw_gaps(canvas, spec, axis, palette, row + 1)
    if canvas.height > row + 2:
        _draw_dates(canvas, spec, axis, palette, row + 2)


def _size(event: Event) -> float:
    return max(0.0, event.value) if event.value is not None and math.isfinite(event.value) else 0.0


def _draw_axis(canvas: Canvas, spec: TimelineSpec, axis: Axis, palette: Palette, row: int) -> None:
    last = axis.column(spec.events[-1].day)
    for x in range(last):
        canvas.put(x, row, "─", palette.faint)
    usual = spec.usual_gap or 0.0
    span = max(1, (axis.last - axis.first).days)
    for x in range(last + 1, axis.column(spec.today) + 1):
        days = (x - last) / max(1, axis.width - 1) * span
        canvas.put(x, row, "╌", palette.muted if days <= usual else palette.bad)
    if spec.silence:
        canvas.put(axis.column(spec.today), row, "┤", palette.muted)


def _draw_gaps(canvas: Canvas, spec: TimelineSpec, axis: Axis, palette: Palette, row: int) -> None:
    for before, after in zip(spec.events, spec.events[1:], strict=False):
        text = _("{days} d").format(days=(after.day - before.day).days)
        left, right = axis.column(before.day), axis.column(after.day)
        if right - left - 1 >= width_of(text) + 2:
            canvas.write(left + 1 + (right - left - 1 - width_of(text)) // 2, row, text, palette.muted)
    if not spec.silence:
        return
    text = ngettext("{days} day silent", "{days} days silent", spec.silence).format(days=spec.silence)
    unusual = spec.usual_gap is not None and spec.silence > spec.usual_gap
    left, right = axis.column(spec.events[-1].day), axis.column(spec.today)
    x = left + 1 + (right - left - 1 - width_of(text)) // 2
    x = max(0, min(x, canvas.width - width_of(text)))
    canvas.write(max(0, x - 1), row, " ", palette.muted)
    canvas.write(x, row, text, palette.bad if unusual else palette.foreground, bold=unusual)


def _draw_dates(canvas: Canvas, spec: TimelineSpec, axis: Axis, palette: Palette, row: int) -> None:
    widest = width_of(clean(spec.write_month(axis.first)))
    free = 0
    for day in axis.months(widest):
        text = clean(spec.write_month(day))
        x = min(axis.column(day), canvas.width - width_of(text))
        if x >= free:
            canvas.write(x, row, text, palette.muted)
            free = x + width_of(text) + 1
