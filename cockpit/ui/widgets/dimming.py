"""What is asked for anew stands dimmed until the answer is there, unless it is there at once."""

from collections.abc import Iterator
from functools import partial
from weakref import WeakKeyDictionary

from textual.timer import Timer
from textual.widget import Widget

DIMMED = 0.6
"""How much is left of the contrast."""
PATIENCE = 0.2
"""Seconds that an answer may take before anything is dimmed: to draw all twice is what would be slow."""

_awaited: WeakKeyDictionary[Widget, Timer] = WeakKeyDictionary()
"""What is dimmed when its timer is due, unless it is answered before."""


def dim(widget: Widget, dimmed: bool) -> None:
    """Dim a widget with all that is in it, unless that is taken back in a while; or take it back at once."""
    if not dimmed:
        if widget in _awaited:
            _awaited.pop(widget).stop()
        _dim(widget, False)
    elif widget not in _awaited:
        _awaited[widget] = widget.set_timer(PATIENCE, partial(_due, widget))


def _due(widget: Widget) -> None:
    # A timer that was due is not stopped any more: Textual has queued what it calls.
    if _awaited.pop(widget, None) is not None:
        _dim(widget, True)


def _dim(widget: Widget, dimmed: bool) -> None:
    # A class would say the same, but for each class Textual asks of every rule whether it now holds for every
    # widget within.
    before = widget.styles.inline.has_rule("opacity")
    if dimmed == before:
        return
    widget.styles.opacity = DIMMED if dimmed else None
    for within in widget.walk_children(Widget, with_self=True):
        for each in (within, *_bars(within)):
            each.notify_style_update()
            each.refresh()


def _bars(widget: Widget) -> Iterator[Widget]:
    """Its scroll bars, which are no children of a widget."""
    if widget.show_vertical_scrollbar:
        yield widget.vertical_scrollbar
    if widget.show_horizontal_scrollbar:
        yield widget.horizontal_scrollbar
    if widget.show_vertical_scrollbar and widget.show_horizontal_scrollbar:
        yield widget.scrollbar_corner
