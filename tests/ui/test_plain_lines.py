"""Lines with border, padding and opacity are what Textual makes of them; all others are left to it."""

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
#sided { border-left: thick blue 50%; padding: 0 2 0 0; }
#all { border: heavy blue; padding: 0 1; opacity: 70%; border-title-color: green; }
"""
LOOKS = (
    *("plain", "short", "outlined", "bordered", "padded", "tinted"),
    *("faint", "pale", "hatched", "sided", "all"),
)
LEFT_TO_TEXTUAL = {"outlined", "tinted", "pale", "hatched"}


class Lines(Widget):
    def render_line(self, y):
        text = "ab" if self.id == "short" else "line " * 4
        return Strip([Segment(text, Style(bold=y == 1))])


class Looks(App[None]):
    CSS = CSS

    def compose(self):
        for look in LOOKS:
            lines = Lines(id=look)
            lines.border_title = "title" if look == "all" else None
            yield lines


async def _drawn() -> dict[str, list[list[tuple[str, Style | None]]]]:
    app = Looks()
    async with app.run_test(size=(40, 48)):
        return {
            look: [
                [(char, style) for text, style, _ in strip for char in text]
                for strip in widget.render_lines(widget.outer_size.region)
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


async def test_only_what_is_more_than_a_frame_is_left_to_textual(monkeypatch):
    plain_lines.mend()
    adorned: dict[str, set[int]] = {}

    def noted(_cache, styles, y, *asked):
        adorned.setdefault(styles.node.id, set()).add(y)
        return real(_cache, styles, y, *asked)

    real = plain_lines._adorned
    monkeypatch.setattr(plain_lines, "_adorned", noted)
    await _drawn()
    whole = {0, 1, 2, 3}
    assert {look for look, lines in adorned.items() if lines == whole} == LEFT_TO_TEXTUAL
    ends = {look: lines for look, lines in adorned.items() if lines != whole}
    assert ends == {"bordered": {0, 3}, "padded": {0, 3}, "all": {0, 3}}


async def test_another_look_is_seen_at_once():
    plain_lines.mend()
    app = Looks()
    async with app.run_test(size=(40, 48)) as pilot:
        lines = app.query_one("#plain", Lines)
        for rule, value in (("border_left", ("round", "blue")), ("padding", 1), ("opacity", 0.5)):
            before = [str(strip) for strip in lines.render_lines(lines.outer_size.region)]
            setattr(lines.styles, rule, value)
            await pilot.pause()
            assert [str(strip) for strip in lines.render_lines(lines.outer_size.region)] != before, rule


def test_the_textual_at_hand_is_known():
    assert plain_lines.are_as_known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_lines, "_adorned", lambda self: None)
        assert not plain_lines.are_as_known()
