"""What is asked for anew stands dimmed until the answer is there."""

from collections.abc import Iterator

from textual.widget import Widget

DIMMED = 0.6
"""How much is left of the contrast."""


def dim(widget: Widget, dimmed: bool) -> None:
    """Dim a widget with all that is in it, or take that back.

    A class would say the same, but for each class Textual asks of every rule whether it now holds for every
    widget within.
    """
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
