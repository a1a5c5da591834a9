"""Widgets that come while others are drawn anew are shown and told their size.

Textual 8.2.8 lays all out for whoever asks where a widget is, when one has come that it does not know. The
layout that follows finds everything in its place: it draws nothing, and the newcomers never hear of their
size.
"""

from inspect import signature
from typing import cast

from textual._compositor import Compositor, CompositorMap, ReflowResult
from textual.geometry import Size
from textual.widget import Widget

_BEFORE = "_cockpit_map_before_newcomers"

_full_map = cast(property, Compositor.full_map).fget
_reflow = Compositor.reflow


def are_as_known() -> bool:
    """Whether the Textual at hand lays out as this module knows it."""
    known = list(signature(_reflow).parameters) == ["self", "parent", "size"]
    return known and _full_map is not None and "_full_map_invalidated" in _full_map.__code__.co_names


def mend() -> None:
    """Compare a layout with the one that was drawn last, unless Textual does so by now."""
    if are_as_known():
        Compositor.full_map = property(_looked_at)  # type: ignore[method-assign, assignment]
        Compositor.reflow = _laid_out  # type: ignore[method-assign]


def _looked_at(self: Compositor) -> CompositorMap:
    assert _full_map is not None
    before = self._full_map
    found: CompositorMap = _full_map(self)
    if found is not before and not hasattr(self, _BEFORE) and not found.keys() <= before.keys():
        setattr(self, _BEFORE, before)
    return found


def _laid_out(self: Compositor, parent: Widget, size: Size) -> ReflowResult:
    if hasattr(self, _BEFORE):
        self._full_map = getattr(self, _BEFORE)
        delattr(self, _BEFORE)
    return _reflow(self, parent, size)
