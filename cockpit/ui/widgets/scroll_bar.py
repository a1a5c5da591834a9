"""How scroll bars are drawn: as Textual does it, without rich's console.

A bar is drawn again at every page. Textual sends its handful of different cells one by one through the
console, which takes 5 ms for a bar of the height of a screen: as long as all the rows beside it.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import cast

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.css.styles import RulesMap
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual


class Bar(ScrollBarRender, Visual):
    """A renderer of scroll bars that gives its lines itself."""

    def render_strips(
        self, width: int, height: int | None, style: VisualStyle, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the bar."""
        del options
        colours = cast("Style", self.style)
        size, thickness = (height or 0, width) if self.vertical else (width, height or 0)
        drawn = self.render_bar(
            size=size,
            virtual_size=self.virtual_size,
            window_size=self.window_size,
            position=self.position,
            thickness=thickness,
            vertical=self.vertical,
            back_color=cast("Color", colours.bgcolor),
            bar_color=cast("Color", colours.color),
        )
        cells = list(_on(style.rich_style, drawn.segments[:size]))
        if self.vertical:
            return [Strip([cell], width) for cell in cells]
        return [Strip(cells, width)] * thickness

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All there is."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """A line; a bar is as high as it is told."""
        del rules, width
        return 1


def _on(beneath: Style, cells: list[Segment]) -> Iterator[Segment]:
    """The cells on what lies beneath; the few different ones stand side by side."""
    for _same, run in groupby(cells, key=id):
        alike = list(run)
        text, style, _control = alike[0]
        cell = Segment(text, beneath + style)
        yield from (cell for _each in alike)


def draw_so() -> None:
    """Draw every scroll bar so."""
    ScrollBar.renderer = Bar
