"""Lines without border, padding or other adornment, which is most of them, taken as their widgets give them.

Textual 8.2.8 looks up border, outline, padding, tint, hatching and opacity of a widget for each of its lines,
and puts the line together anew even where there is nothing to put to it: in a page of a list that takes as
long as writing all the rows.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from inspect import signature
from typing import Any, cast

from rich.segment import Segment
from rich.style import Style
from textual import _opacity, _styles_cache
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.strip import Strip

ADORNED = (
    "outline_top",
    "outline_right",
    "outline_bottom",
    "outline_left",
    "tint",
    "text_opacity",
    "hatch",
)
"""Rules that change a line; border and padding show in the size."""
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


def _line(self: StylesCache, *asked: Any) -> Strip:
    styles, y, size, content_size, _padding, base_background, background, content_line, *_titles = asked
    opacity = asked[10]
    if size != content_size or opacity != 1.0 or styles.has_any_rules(*ADORNED):
        return _adorned(self, *asked)
    line: Strip = content_line(y)
    if line.cell_length == size.width:
        return line
    inner, _outer = self.get_inner_outer(base_background, background)
    return line.adjust_cell_length(size.width, inner.rich_style)


def _dimmed(segments: Iterable[Segment], beneath: Color, opacity: float) -> Iterator[Segment]:
    """As in Textual, which blends the colours of every segment of a dimmed panel: of a thousand, some ten."""
    for text, style, _control in segments:
        yield Segment(text, _dimmed_style(cast("Style", style), beneath, opacity))


@lru_cache(maxsize=4096)
def _dimmed_style(style: Style, beneath: Color, opacity: float) -> Style:
    (_text, dimmed, _control) = next(iter(_opacity._apply_opacity([Segment("", style)], beneath, opacity)))
    return cast("Style", dimmed)
