"""Lines with nothing but border and padding beside them, which is most of them, put together once a picture.

Textual 8.2.8 looks up border, outline, padding, tint, hatching and opacity of a widget for each of its lines,
and puts the line together anew even where there is nothing to put to it: in a page of a list that takes as
long as writing all the rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from inspect import signature
from typing import Any, NamedTuple, cast

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import _opacity, _styles_cache
from textual._border import get_box
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.css.types import EdgeType
from textual.geometry import Spacing
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

ADORNED = (
    "outline_top",
    "outline_right",
    "outline_bottom",
    "outline_left",
    "tint",
    "text_opacity",
    "hatch",
)
"""Rules that change a line otherwise than by border, padding and opacity."""
_ASKED = (
    "self styles y size content_size padding base_background background render_content_line"
    " border_title border_subtitle opacity ansi_theme native_ansi"
)

_adorned = StylesCache.render_line


def are_as_known() -> bool:
    """Whether the Textual at hand asks for a line as this module knows it."""
    return list(signature(_adorned).parameters) == _ASKED.split()


def mend() -> None:
    """Take plain lines as they are, unless Textual asks otherwise by now."""
    if are_as_known():
        StylesCache.render_line = _line  # type: ignore[method-assign, assignment]
    if getattr(_styles_cache, "_apply_opacity", None) is _opacity._apply_opacity:
        _styles_cache._apply_opacity = _dimmed  # type: ignore[attr-defined, assignment]


class Colours(NamedTuple):
    """Within the border and at it, as styles; what lies beneath, and how much of the widget covers that."""

    inner: Style
    outer: Style
    beneath: Color
    opacity: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the lines of a widget, looked up once for a picture.

    Lines `top` to `end` are content; `left` and `right` are border and padding beside them, `rest` the style
    of what a line leaves free. `adorned`: Textual has to draw them all.
    """

    adorned: bool
    top: int
    end: int
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    rest: RichStyle


def _line(self: StylesCache, *asked: Any) -> Strip:
    styles, y, size, content_size, padding, base_background, background, content_line, *_titles = asked
    opacity = asked[10]
    key = (styles, styles._cache_key, size, content_size, padding, base_background, background, opacity)
    kept: tuple[object, Frame] | None = getattr(self, "_cockpit_frame", None)
    if kept is None or kept[0] != key:
        colours = Colours(*self.get_inner_outer(base_background, background), base_background, opacity)
        frame = _frame(styles, content_size.height, padding, colours)
        self._cockpit_frame = kept = key, frame  # type: ignore[attr-defined]
    frame = kept[1]
    if frame.adorned or not frame.top <= y < frame.end:
        return _adorned(self, *asked)
    line: Strip = content_line(y - frame.top)
    width = content_size.width
    # What ends at the scroll bar is whole: the bar lies over the rest.
    if line.cell_length != width and (frame.right or line.cell_length != width - _bar(styles)):
        line = line.adjust_cell_length(width, frame.rest)
    if opacity == 1.0:
        if not frame.left and not frame.right:
            return line
        return Strip([*frame.left, *line, *frame.right], size.width)
    return Strip(_dimmed((*frame.left, *line, *frame.right), base_background, opacity), size.width)


def _bar(styles: RenderStyles) -> int:
    """Cells that the scroll bar at the right takes."""
    return styles.node.scrollbar_size_vertical if isinstance(styles.node, Widget) else 0


def _frame(styles: RenderStyles, height: int, padding: Spacing, colours: Colours) -> Frame:
    inner, outer, beneath, opacity = colours
    rest = inner.rich_style
    if styles.has_any_rules(*ADORNED):
        return Frame(True, 0, 0, (), (), rest)

    def side(edge: tuple[EdgeType, Color], place: int) -> tuple[Segment, ...]:
        kind, colour = edge
        if not kind:
            return ()
        style = Style(foreground=beneath + colour.multiply_alpha(opacity))
        return (get_box(kind, inner, outer, style)[1][place],)

    def pad(cells: int) -> tuple[Segment, ...]:
        return (Segment(" " * cells, rest),) if cells else ()

    top = styles.gutter.top
    left = (*side(styles.border_left, 0), *pad(padding.left))
    right = (*pad(padding.right), *side(styles.border_right, 2))
    return Frame(False, top, top + height, left, right, rest)


def _dimmed(segments: Iterable[Segment], beneath: Color, opacity: float) -> Iterator[Segment]:
    """As in Textual, which blends the colours of every segment of a dimmed panel: of a thousand, some ten."""
    for text, style, _control in segments:
        yield Segment(text, _dimmed_style(cast("RichStyle", style), beneath, opacity))


@lru_cache(maxsize=4096)
def _dimmed_style(style: RichStyle, beneath: Color, opacity: float) -> RichStyle:
    (_text, dimmed, _control) = next(iter(_opacity._apply_opacity([Segment("", style)], beneath, opacity)))
    return cast("RichStyle", dimmed)
