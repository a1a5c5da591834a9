"""A picture without what is hidden is the one that Textual makes."""

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Static

from cockpit.ui import covered

drawn: list[str] = []


class Noted(Static):
    def render_lines(self, crop):
        drawn.append(self.id or "")
        return super().render_lines(crop)


class Layers(App[None]):
    CSS = """
    Screen { layers: below above; background: blue; }
    #hidden { width: 20; height: 6; }
    #sides, #list { height: 1fr; }
    #list > Static { height: 3; border: round red; }
    #above { layer: above; width: 30; height: 8; background: green; }
    #half { layer: above; offset: 25 5; width: 10; height: 4; border: heavy white; }
    """

    def compose(self):
        yield Noted("hidden", id="hidden")
        with Horizontal(id="sides"):
            with VerticalScroll(id="list"):
                for number in range(20):
                    yield Static(f"line {number} 日本", id=f"line-{number}")
            with Vertical():
                yield Noted("beside", id="beside")
        yield Noted("above", id="above")
        yield Noted("half", id="half")


class Asks(ModalScreen[None]):
    CSS = "Asks { align: center middle; background: black 50%; } Static { width: 10; height: 3; }"

    def compose(self):
        yield Static("asks")


def _picture(app: App[None], crop: Region, spans: set[int]) -> list[dict[int, str]]:
    compositor = app.screen._compositor
    lines = compositor._render_chops(crop, spans.__contains__)
    return [
        {x: str(list(piece)) for x, piece in line.items() if piece is not None and crop.contains(x, y)}
        for y, line in enumerate(lines)
        if y in spans
    ]


@pytest.fixture
def _as_before(monkeypatch):
    monkeypatch.setattr(Compositor, "_render_chops", Compositor._render_chops)


@pytest.mark.usefixtures("_as_before")
async def test_every_piece_is_that_of_textual(monkeypatch):
    app = Layers()
    async with app.run_test(size=(60, 30)) as pilot:
        for asks in (False, True):
            if asks:
                await app.push_screen(Asks())
            await pilot.pause()
            for crop in (Region(0, 0, 60, 30), Region(20, 4, 20, 9), Region(29, 0, 1, 30)):
                spans = set(crop.line_range)
                pictures = []
                for render in (covered._rendered, covered._render_chops):
                    monkeypatch.setattr(Compositor, "_render_chops", render)
                    pictures.append(_picture(app, crop, spans))
                assert pictures[0] == pictures[1], crop


@pytest.mark.usefixtures("_as_before")
async def test_what_is_hidden_and_what_lies_elsewhere_is_not_drawn(monkeypatch):
    app = Layers()
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(Compositor, "_render_chops", covered._render_chops)
        drawn.clear()
        _picture(app, Region(0, 0, 60, 30), set(range(30)))
        assert sorted(drawn) == ["above", "beside", "half"]
        drawn.clear()
        _picture(app, Region(40, 6, 5, 2), {6, 7})
        assert drawn == ["beside"]
        drawn.clear()
        _picture(app, Region(32, 0, 1, 30), set(range(30)))
        assert sorted(drawn) == ["beside", "half"]


def test_the_textual_at_hand_is_known():
    assert covered.are_as_known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(covered, "_rendered", lambda self: None)
        assert not covered.are_as_known()
