"""Scroll bars look and work as Textual draws them."""

import pytest
from rich.style import Style
from textual.app import App
from textual.containers import VerticalScroll
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import Static

from cockpit.ui.widgets.scroll_bar import Bar


class Long(App[None]):
    CSS = "Static { width: 300; height: 90; } VerticalScroll { overflow-x: auto; }"

    def compose(self):
        with VerticalScroll():
            yield Static("long")


def _cells(app: App[None]) -> list[list[tuple[str, Style]]]:
    lines = []
    for strip in app.screen._compositor.render_strips():
        lines.append([(char, style) for text, style, _ in strip for char in text])
    return lines


@pytest.mark.parametrize("at", [(0, 0), (7, 5), (500, 500)])
async def test_bars_are_cell_for_cell_those_of_textual(monkeypatch, at):
    drawn = []
    for renderer in (ScrollBarRender, Bar):
        monkeypatch.setattr(ScrollBar, "renderer", renderer)
        app = Long()
        async with app.run_test(size=(40, 12)) as pilot:
            app.query_one(VerticalScroll).scroll_to(*at, animate=False, immediate=True)
            await pilot.pause()
            drawn.append(_cells(app))
    assert drawn[0] == drawn[1]
    assert drawn[1][3][-1][1].meta["@mouse.down"] in {"grab", "scroll_up", "scroll_down"}


async def test_a_bar_needs_no_console(monkeypatch):
    monkeypatch.setattr(ScrollBar, "renderer", Bar)
    monkeypatch.setattr(
        ScrollBarRender, "__rich_console__", lambda *_asked: pytest.fail("through the console")
    )
    async with Long().run_test(size=(40, 12)) as pilot:
        assert len(_cells(pilot.app)) == 12
