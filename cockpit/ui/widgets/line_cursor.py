"""A scrolled list of drawn lines with a cursor on one: what ranked bars and the bridge share."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cockpit.language import gettext as _
from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, fit
from cockpit.ui.widgets.keys import LIST_KEYS
from cockpit.ui.widgets.palette import Palette
from cockpit.ui.widgets.sight import Sighted


class LineCursor(Sighted, ScrollView, can_focus=True):
    """Draws its lines on one canvas and moves a cursor over them; heirs say what a line holds."""

    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]
    DEFAULT_CSS = """
    LineCursor {
        height: auto;
        min-height: 1;
        overflow-x: hidden;
        scrollbar-size: 1 1;
        scrollbar-color: $foreground 25%;
        scrollbar-background: $foreground 5%;
    }
    """

    cursor: reactive[int] = reactive(0)
    """The line of the cursor, from 0."""

    def __init__(
        self,
        *,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.empty = empty or _("Nothing to show.")
        self._drawn: tuple[object, list[Strip]] | None = None

    def lines(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, canvas: Canvas, palette: Palette, seen: range) -> None:
        """Draw the lines that are seen."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Open the line under the cursor."""
        raise NotImplementedError

    def lines_changed(self, *, keep_place: bool) -> None:
        """Measure and draw anew, the cursor on the first line or where it was."""
        self.virtual_size = Size(0, max(1, self.lines()))
        self._drawn = None
        self.cursor = max(0, min(self.cursor, self.lines() - 1)) if keep_place else 0
        self.refresh(layout=True)
        self.draw_ahead()

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        height = self.scrollable_content_region.height
        if height:
            y = min(max(self.scroll_target_y, self.cursor - height + 1), self.cursor)
            self.scroll_to(0, max(0, y), animate=False, force=True, immediate=True)
        self.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        if self.lines():
            self.cursor = max(0, min(self.cursor + lines, self.lines() - 1))

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the line; the second click opens it."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < self.lines():
            self.cursor = offset.y + self.scroll_offset.y
            if event.chain == 2:
                self.action_open()

    def render_line(self, y: int) -> Strip:
        """The line `y` of what is in view."""
        sight = self.sight
        palette, width = sight.palette, sight.width
        top, bottom = sight.top, sight.top + sight.height
        key = (width, palette, self.cursor, sight.focused, bool(self.app.no_color), top, bottom)
        if self._drawn is None or self._drawn[0] != key:
            lines = self.lines()
            canvas = Canvas(width, max(1, lines), palette.foreground, palette.background)
            if not lines:
                canvas.write(0, 0, fit(clean(self.empty), width), palette.muted)
            else:
                back = palette.cursor_blurred if sight.focused else palette.row
                for x in range(width):
                    canvas.tint(x, self.cursor, back)
                self.draw(canvas, palette, range(top, min(bottom, lines)))
            self._drawn = key, canvas.strips(range(top, min(bottom, canvas.height)))
        strips = self._drawn[1]
        return strips[y] if y < len(strips) else Strip.blank(width, sight.beneath)
