"""What lies beneath a dialog or a page: the screen below, tinted."""

# ruff: noqa: ARG002 - what a visual is given is Textual's to say

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual, VisualType


def shaded(rendered: VisualType) -> VisualType:
    """What a screen that lies on another renders: Textual has Rich draw the one below, style by style."""
    return Shade(rendered.screen, rendered.color) if isinstance(rendered, BackgroundScreen) else rendered


class Shade(Visual):
    """A screen as it shows through a colour, without its links and what is bound to its cells."""

    def __init__(self, screen: Screen[object], colour: Color) -> None:
        self._screen, self._colour = screen, colour

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the screen; what of it is larger is cut off."""
        return [
            Strip(Segment(text, _tinted(of, self._colour)) for text, of, _control in strip.crop(0, width))
            for strip in self._screen._compositor.render_strips()[:height]
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the screen."""
        return int(self._screen.size.height)


@lru_cache(maxsize=4096)
def _tinted(style: RichStyle | None, colour: Color) -> RichStyle:
    plain = RichStyle() if style is None else style.clear_meta_and_links()
    if colour.a == 0:
        return plain
    return plain + RichStyle.from_color(
        None if plain.color is None else (Color.from_rich_color(plain.color) + colour).rich_color,
        None if plain.bgcolor is None else (Color.from_rich_color(plain.bgcolor) + colour).rich_color,
    )
