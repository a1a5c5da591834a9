"""Textual's strips, made light: a screen is drawn out of a thousand of them, and most are looked at once.

Textual 8.2.8 gives every strip seven caches when it is made, 14 objects, of which most strips use one or
two. A strip that is cut nowhere keeps itself in its own cache, so that only the garbage collector gets rid of
it, in pauses of many milliseconds. Here a cache is made when it is first looked into, and what is cut nowhere
keeps nothing. Measured on a walk through all panels: a tenth of the garbage is left.

Each strip on its way to the screen is also asked for its ANSI colours, to be made true ones, and put together
anew. Where there are none, which is nearly everywhere, a strip stays as it is.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.strip import Strip

SIZES = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""How much each cache of a strip holds, as in Textual."""
_OTHERS = {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}


def are_as_known() -> bool:
    """Whether the strips of the Textual at hand are those that this module knows."""
    return set(Strip.__slots__) == SIZES.keys() | _OTHERS


def mend() -> None:
    """Make all strips of this process light, unless they are or Textual has other ones by now."""
    if not are_as_known() or Strip.__init__ is _init:
        return
    Strip.__init__ = _init  # type: ignore[method-assign]
    Strip.__getattr__ = _cache  # type: ignore[attr-defined]
    Strip.divide = _divide  # type: ignore[method-assign]
    Strip.crop_extend = _crop_extend  # type: ignore[method-assign]
    Strip.apply_filter = _apply_filter  # type: ignore[method-assign, assignment]


def _init(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = None
    self._link_ids = None
    self._cell_count = None


def _cache(self: Strip, name: str) -> "FIFOCache[object, object]":
    """Make a cache; Python asks here for what a strip does not have."""
    size = SIZES.get(name)
    if size is None:
        raise AttributeError(name)
    cache: FIFOCache[object, object] = FIFOCache(size)
    setattr(self, name, cache)
    return cache


_divided, _cropped, _filtered = Strip.divide, Strip.crop_extend, Strip.apply_filter


def _divide(self: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    length = self.cell_length
    within = [cut for cut in cuts if cut <= length]
    return [self] if within == [length] else _divided(self, within)


def _crop_extend(self: Strip, start: int, end: int, style: Style | None) -> Strip:
    return self if start <= 0 and end == self.cell_length else _cropped(self, start, end, style)


def _apply_filter(self: Strip, line_filter: LineFilter, background: Color) -> Strip:
    if type(line_filter) is ANSIToTruecolor:
        for _text, style, control in self._segments:
            if control is not None or not (style is None or _is_true(style)):
                break
        else:
            return self
    return _filtered(self, line_filter, background)


@lru_cache(maxsize=4096)
def _is_true(style: Style) -> bool:
    """Whether there is nothing in a style for `ANSIToTruecolor` to change."""
    front, back = style.color, style.bgcolor
    if (front is not None and front.triplet is None) or (back is not None and back.triplet is None):
        return False
    return front is None or not style.dim
