"""What other widgets hide is not drawn.

Textual 8.2.8 paints from front to back and drops what is hidden only after it has drawn and cut it: under
each panel lie half a dozen boxes, all lines of which are made for nothing, and for a scroll bar that moves
the lines of all its neighbours are gone through.
"""

from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from itertools import pairwise
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

_ASKED = "self crop is_rendered_line"

_rendered = Compositor._render_chops


def are_as_known() -> bool:
    """Whether the Textual at hand puts a picture together as this module knows it."""
    has_parts = all(hasattr(Compositor, name) for name in ("cuts", "visible_widgets"))
    return has_parts and list(signature(_rendered).parameters) == _ASKED.split()


def mend() -> None:
    """Leave out what is hidden, unless Textual asks otherwise by now."""
    if are_as_known():
        Compositor._render_chops = _render_chops  # type: ignore[method-assign]


def _render_chops(
    self: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip]]:
    """Each line of a picture in its pieces, a piece by the column it begins at."""
    cuts, (first, last) = self.cuts, crop.column_span
    chops: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
    missing = [
        {cut for cut, end in pairwise(line) if cut < last and end > first} if is_rendered_line(y) else set()
        for y, line in enumerate(cuts)
    ]
    for widget, (region, clip) in list(self.visible_widgets.items()):
        shown = region.intersection(clip)
        if not shown or not crop.overlaps(shown):
            continue
        left, right = shown.column_span
        wanted: list[tuple[int, list[int]]] = []
        for y in shown.line_range:
            if missing[y]:
                within = [cut for cut in cuts[y] if left <= cut <= right]
                if not missing[y].isdisjoint(within[:-1]):
                    wanted.append((y, within))
        if not wanted:
            continue
        strips = widget.render_lines(shown.translate(-region.offset))
        for y, within in wanted:
            at = y - shown.y
            if at >= len(strips):
                break
            line, strip = chops[y], strips[at]
            for cut, piece in zip(within, strip.divide([cut - left for cut in within[1:]]), strict=False):
                if cut in missing[y]:
                    line[cut] = piece
                    missing[y].discard(cut)
    return cast("Sequence[Mapping[int, Strip]]", chops)
