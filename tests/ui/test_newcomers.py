"""What is put into a screen while it is drawn is drawn itself, and hears of its size."""

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

from cockpit.ui import newcomers


@pytest.fixture(autouse=True)
def _mended(monkeypatch):
    monkeypatch.setattr(Compositor, "full_map", Compositor.full_map)  # taken back afterwards
    monkeypatch.setattr(Compositor, "reflow", Compositor.reflow)
    newcomers.mend()


class Sized(Static):
    heard: tuple[int, int] | None = None

    def on_resize(self, event):
        self.heard = event.size


class Lines(App[None]):
    CSS = "Static { height: 2; }"

    def compose(self):
        yield Static("above", id="above")
        yield Static("below", id="below")


@pytest.mark.parametrize("looks", [0, 1, 2])
async def test_a_look_at_the_layout_hides_no_newcomer(looks, monkeypatch):
    assert newcomers.are_as_known()
    app, drawn = Lines(), []
    async with app.run_test(size=(20, 10)) as pilot:
        screen, below = app.screen, app.query_one("#below")
        with monkeypatch.context() as patched:
            patched.setattr(Screen, "_on_timer_update", lambda _screen: None)
            came = Sized("came")
            await app.mount(came, after="#above")
            for _look in range(looks):
                screen._compositor.update_widgets({came, below})
                assert below.region.y == 4
        screen._compositor._dirty_regions.clear()
        refresh = Screen._compositor_refresh
        monkeypatch.setattr(
            Screen,
            "_compositor_refresh",
            lambda shown: drawn.extend(shown._compositor._dirty_regions) or refresh(shown),
        )
        screen._refresh_layout()
        await pilot.pause()
        assert came.heard == (20, 2)
        assert {came.region, below.region} <= set(drawn)


async def test_what_has_only_moved_is_drawn_once(monkeypatch):
    app = Lines()
    async with app.run_test(size=(20, 10)) as pilot:
        await app.mount(Sized("came"), after="#above")
        await pilot.pause()
        compositor = app.screen._compositor
        compositor._full_map_invalidated = True
        assert app.query_one("#below").region.y == 4
        compositor._dirty_regions.clear()
        compositor.reflow(app.screen, app.size)
        assert not compositor._dirty_regions
