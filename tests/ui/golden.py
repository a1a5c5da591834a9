"""Golden screens: what a screen shows, as plain text, in files beside the tests."""

import asyncio
import re
import time
from pathlib import Path

from textual.app import App

FOLDER = Path(__file__).parent.parent / "screens" / "golden"
STILL = 0.15
"""Seconds without a change after which a screen counts as drawn."""
SIZES = ((160, 48), (100, 30), (80, 24), (60, 18))


def text_of(app: App) -> str:
    """The screen as its rendered lines, without spaces at their ends and without measured times."""
    strips = app.screen._compositor.render_strips(app.size)
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "".join(f"{_without_time(line)}\n" for line in lines)


def _without_time(line: str) -> str:
    """The line as if its query had taken no time, as wide as before up to its border, where it has one."""
    timeless = re.sub(r"in [\d,]+ ms", "in 0 ms", line)
    if timeless.endswith("ms"):
        return timeless
    return timeless[:-1] + " " * (len(line) - len(timeless)) + timeless[-1:]


class Golden:
    """Compares screens with their files, or writes them; `differing` are the names of those that differ."""

    def __init__(self, update: bool) -> None:
        self.update = update
        self.differing: list[str] = []

    async def check(self, app: App, name: str) -> None:
        path = FOLDER / f"{name}-{app.size.width}x{app.size.height}.txt"
        shown = await _still(app)
        if self.update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(shown, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != shown:
            self.differing.append(path.name)
            (path.parent.parent / "seen").mkdir(exist_ok=True)
            (path.parent.parent / "seen" / path.name).write_text(shown, "utf-8")


async def _still(app: App) -> str:
    """The screen once it has been the same for a while: a footer is put together in several steps."""
    shown, since = text_of(app), time.monotonic()
    while time.monotonic() - since < STILL:
        await asyncio.sleep(0.02)
        now = text_of(app)
        if now != shown:
            shown, since = now, time.monotonic()
    return shown
