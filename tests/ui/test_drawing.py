"""How much is drawn: counted, never timed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.content import Content
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from cockpit.ui.panels.boxes import Sentences
from cockpit.ui.widgets import chart


class Drawn:
    """Pictures since the last look, and how many of them were of the whole screen."""

    def __init__(self) -> None:
        self.pictures = self.whole = 0


@contextmanager
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    drawn, refresh = Drawn(), Screen._compositor_refresh

    def counted(screen: Screen) -> None:
        regions = screen._compositor._dirty_regions
        drawn.pictures += bool(regions)
        drawn.whole += screen._compositor.size.region in regions
        refresh(screen)
        regions.clear()

    with monkeypatch.context() as patched:
        patched.setattr(Screen, "_compositor_refresh", counted)
        yield drawn


async def test_another_focus_is_no_reason_to_draw_the_whole_screen(cockpit, monkeypatch):
    async with cockpit(strip=("active_customers", "churn_rate")) as session:
        await session.press("tab")
        with drawing(monkeypatch) as drawn:
            await session.press("tab")
        assert session.app.screen.focused is not None
        assert drawn.pictures >= 1
        assert drawn.whole == 0


async def test_a_panel_seen_before_comes_back_in_two_pictures(cockpit, monkeypatch):
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 60)  # a busy machine would draw in between
    async with cockpit() as session:
        await session.press("2", "1")
        with drawing(monkeypatch) as drawn:
            await session.press("2")
        assert session.app.screen.panel.key == "churn"
        assert 1 <= drawn.pictures <= 2
        assert drawn.whole == 0


async def test_what_only_holds_other_widgets_draws_nothing_itself(cockpit, monkeypatch):
    rendered: list[str] = []
    async with cockpit() as session:
        main = session.app.screen
        of_panel = [main.panel, main.panel.query_one(".panel-body")]
        frames = [*of_panel, main.query_one("#panels"), main.query_one("#frame")]
        for frame in frames:
            monkeypatch.setattr(frame, "render", lambda frame=frame: rendered.append(repr(frame)) or "")
        main.refresh(layout=True)
        for frame in frames:
            frame.refresh()
        await session.press("tab")
        main._compositor.render_strips()
    assert rendered == []


async def test_sentences_that_come_back_as_they_were_are_not_broken_into_lines_again(cockpit, monkeypatch):
    async with cockpit() as session:
        sentences = Sentences(id="said")
        await session.app.screen.panel.query_one(".panel-body").mount(sentences)
        sentences.show([Content("one"), Content("two")])
        await session.settle()
        forgotten: list[object] = []
        forget = Sentences._clear_caches
        monkeypatch.setattr(Sentences, "_clear_caches", lambda box: forgotten.append(box) or forget(box))
        await session.press("2", "1")
        assert forgotten == []


async def test_a_sentence_in_place_of_the_figures_asks_no_rule(cockpit, monkeypatch):
    async with cockpit() as session:
        panel = session.app.screen.panel
        asked: list[object] = []
        apply = Stylesheet.apply
        monkeypatch.setattr(
            Stylesheet, "apply", lambda sheet, node, **more: asked.append(node) or apply(sheet, node, **more)
        )
        for sentence, there in (("Nothing is known.", True), ("", False)):
            panel.say(sentence)
            assert panel.query_one(".panel-notice").display is there
            assert panel.query_one(".panel-body").display is not there
        assert asked == []


async def test_what_draws_lines_is_there_before_the_first_line_is_drawn(cockpit, monkeypatch):
    ready: list[str] = []
    monkeypatch.setattr(chart, "make_ready", lambda: ready.append(threading.current_thread().name))
    async with cockpit():
        assert len(ready) == 1
        assert ready[0] != threading.main_thread().name
