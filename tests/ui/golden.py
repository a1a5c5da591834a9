"""Golden screens: what a screen shows, as plain text, in files beside the tests."""

import re
from difflib import unified_diff
from pathlib import Path

from textual._context import visible_screen_stack
from textual.app import App
from textual.strip import Strip

from cockpit.ui.widgets.chart import Chart
from tests.idle import until_idle
from tests.ui.session import Session

FOLDER = Path(__file__).parent.parent / "screens" / "golden"
SIZES = ((160, 48), (100, 30), (80, 24), (60, 18))


def picture(app: App) -> list[Strip]:
    """The lines of the screen once all that it puts off has had its turn."""
    strips = app.screen._compositor.render_strips(app.size)
    put_off = [widget for widget in app.screen.query(Chart) if widget._is_put_off]
    for widget in put_off:
        widget._draw_now()
    return app.screen._compositor.render_strips(app.size) if put_off else strips


def text_of(app: App) -> str:
    """The screen as its rendered lines, without spaces at their ends and without measured times."""
    visible_screen_stack.set(app._background_screens)
    return "".join(f"{_without_time(strip.text.rstrip())}\n" for strip in picture(app))


def _without_time(line: str) -> str:
    """The line as if its query had taken no time; what stands beside its sentence keeps its columns."""

    def timeless(said: re.Match[str]) -> str:
        return f"in 0 ms{said['rest']}".ljust(len(said[0]))

    return re.sub(r"in [\d,]+ ms(?P<rest>(?: ?[^ │]+)*)", timeless, line).rstrip()


class Golden:
    """Compares screens with their files, or writes them; `differing` says which differ, and where."""

    def __init__(self, update: bool) -> None:
        self.update = update
        self.differing: list[str] = []

    async def check(self, app: App, name: str) -> None:
        path = FOLDER / f"{name}-{app.size.width}x{app.size.height}.txt"
        await until_idle()
        shown = text_of(app)
        if self.update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(shown, "utf-8")
            return
        wanted = path.read_text("utf-8") if path.exists() else ""
        if wanted != shown:
            lines = unified_diff(
                wanted.splitlines(), shown.splitlines(), path.name, "found", lineterm="", n=0
            )
            self.differing.append("\n".join(lines))
            (path.parent.parent / "seen").mkdir(exist_ok=True)
            (path.parent.parent / "seen" / path.name).write_text(shown, "utf-8")

    async def check_at_all_sizes(self, session: Session, name: str, *, asking: bool = False) -> None:
        """Check it at each of `SIZES`, ending at the size it had; while `asking`, questions stay open."""
        at_first = tuple(session.app.size)
        for size in (*(size for size in SIZES if size != at_first), at_first):
            await session.pilot.resize_terminal(*size)
            if not asking:
                await session.settle()
            await self.check(session.app, name)
