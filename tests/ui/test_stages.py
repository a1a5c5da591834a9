"""The stages of loading show how far the work is, how fast, and when it ends."""

from pathlib import Path

import pytest

from cockpit.progress import Pace, Standing, Step
from cockpit.settings import Settings
from cockpit.ui import loading
from cockpit.ui.app import CockpitApp
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.stages import lines
from cockpit.ui.widgets.stage_list import StageLine


def test_stages_before_are_done_and_the_running_one_tells_its_pace():
    standing = Standing("cleaning", 0.5, "a.csv", 210_000.0, 42.0)
    assert lines(standing) == (
        StageLine("Reading", "done"),
        StageLine("Cleaning", "running", 0.5, 1, "210,000 rows/s, about 42 s left", "a.csv"),
        StageLine("Tables"),
    )
    assert [line.state for line in lines(None)] == ["waiting"] * 3
    assert lines(Standing("forecast", None))[-1] == StageLine("Forecast", "running", 0, 0)


async def test_the_screen_tells_rate_and_end(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(loading.Loading, "start", lambda self: None)
    app = CockpitApp([Path("a.csv")], Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        assert isinstance(app.screen, LoadingScreen)
        app.screen._pace = Pace(lambda: now[0])
        for seconds, done in ((0.0, 0), (2.0, 40_000_000), (3.0, 45_000_000)):
            now[0] = seconds
            app.screen.post_message(LoadingScreen.Stepped(Step("reading", done, 100_000_000)))
            await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))
    assert "45 %" in shown
    assert "15 MB/s, about 4 s left" in shown, shown
