"""What all lines of a widget that draws its own have in common, looked up once for a picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from cockpit.ui.widgets.palette import Palette, palette_of

if TYPE_CHECKING:
    from textual.widget import Widget

    Base = Widget
else:
    Base = object  # a widget takes its styles from the first of its bases that is one: that is not this mixin


@dataclass(frozen=True, slots=True)
class Sight:
    """The colours, the cells in view, how far they are scrolled, and whether there is the focus.

    `beneath` is the style of what is not drawn.
    """

    palette: Palette
    beneath: Style
    width: int
    height: int
    left: int
    top: int
    focused: bool


class Sighted(Base):
    """Mixin of widgets with a `render_line`: a look at styles and regions climbs to the screen and back."""

    _sight: Sight | None = None
    _in_picture = False
    _is_put_off = False

    @property
    def sight(self) -> Sight:
        """What holds for every line of this picture; for a line on its own, what holds now."""
        if self._sight is not None:
            return self._sight
        left, top = self.scroll_offset
        width, height = self.scrollable_content_region.size
        sight = Sight(palette_of(self), self.rich_style, width, height, left, top, self.has_focus)
        if self._in_picture:
            self._sight = sight
        return sight

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a picture that are other than they were."""
        self._in_picture = True
        try:
            return super().render_lines(crop)
        finally:
            self._in_picture, self._sight = False, None

    def draw_ahead(self) -> None:
        """Draw what has changed in a turn of its own, for widgets that keep what they have drawn.

        A picture is one turn of the event loop: all widgets of a panel drawn within it keep keys waiting.
        """
        self.call_later(self._draw_ahead)

    def _draw_ahead(self) -> None:
        if self.is_attached and self.size and self.is_on_screen:
            self.render_line(0)

    def put_off(self) -> bool:
        """Within a picture, have this drawn in a turn of its own instead, and say so: so long it is blank."""
        if self._in_picture and not self._is_put_off:
            self._is_put_off = True
            self.call_later(self._draw_now)
        return self._in_picture

    def _draw_now(self) -> None:
        self._is_put_off = False
        if self.is_attached and self.size:
            self.render_line(0)
            self.refresh()
