"""Plain lines are what Textual makes of them; all others are left to it."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget

from cockpit.ui import plain_lines

CSS = """
Lines { width: 20; height: 4; background: red 20%; color: white; }
#outlined { outline: round green; }
#bordered { border: round blue; }
#padded { padding: 1 2; }
#tinted { tint: blue 30%; }
#faint { opacity: 50%; }
#pale { text-opacity: 40%; }
#hatched { hatch: cross yellow; }
"""
LOOKS = ("plain", "short", "outlined", "bordered", "padded", "tinted", "faint", "pale", "hatched")


class Lines(Widget):
    def render_line(self, y):
        text = "ab" if self.id == "short" else "line " * 4
        return Strip([Segment(text, Style(bold=y == 1))])


class Looks(App[None]):
    CSS = CSS

    def compose(self):
        for look in LOOKS:
            yield Lines(id=look)


async def _drawn() -> dict[str, list[list[tuple[str, Style | None]]]]:
    app = Looks()
    async with app.run_test(size=(40, 48)):
        return {
            look: [
                [(char, style) for text, style, _ in strip for char in text]
                for strip in widget.render_lines(widget.size.region.at_offset((0, 0)))
            ]
            for look, widget in ((look, app.query_one(f"#{look}")) for look in LOOKS)
        }


async def test_every_look_is_cell_for_cell_that_of_textual(monkeypatch):
    monkeypatch.setattr(StylesCache, "render_line", plain_lines._adorned)
    before = await _drawn()
    plain_lines.mend()
    after = await _drawn()
    for look in LOOKS:
        assert after[look] == before[look], look


async def test_only_plain_lines_are_taken_as_they_are(monkeypatch):
    plain_lines.mend()
    adorned: set[str] = set()

    def noted(_cache, styles, *asked):
        adorned.add(styles.node.id)
        return real(_cache, styles, *asked)

    real = plain_lines._adorned
    monkeypatch.setattr(plain_lines, "_adorned", noted)
    await _drawn()
    assert set(LOOKS) - adorned == {"plain", "short"}


def test_the_textual_at_hand_is_known():
    assert plain_lines.are_as_known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_lines, "_adorned", lambda self: None)
        assert not plain_lines.are_as_known()
