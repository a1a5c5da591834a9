"""Questions in threads: stale answers, cancelling, what goes wrong, how long the event loop waits."""

import asyncio
import threading

from textual.widgets import Static

from cockpit.errors import Cancelled, QueryError
from cockpit.ui import main_screen
from cockpit.ui.panels.base import Panel
from tests.ui import stubs


class Slow(Panel[str]):
    """Answers when the test lets it, unless it is cancelled first."""

    key, digit, title = "churn", "2", "Slow"
    answers: list[object]
    go: threading.Event

    def body(self):
        yield Static(id="slow")

    def ask(self, shop, ticket):
        mine = self.answers.pop(0)
        while not self.go.wait(0.01):
            if ticket.cancelled:
                raise Cancelled
        if isinstance(mine, BaseException):
            raise mine
        return mine

    def show(self, answer):
        self.query_one("#slow", Static).update(answer)

    def help_text(self):
        return ""


def slow(monkeypatch, *answers: object) -> None:
    monkeypatch.setattr(Slow, "answers", list(answers), raising=False)
    monkeypatch.setattr(Slow, "go", threading.Event(), raising=False)
    monkeypatch.setattr(stubs, "PANELS", (stubs.Overview, Slow))
    monkeypatch.setattr(main_screen, "all_panels", lambda: stubs.PANELS)


async def test_escape_cancels_and_the_digit_asks_again(cockpit, monkeypatch):
    async with cockpit() as session:
        slow(monkeypatch, "first", "second")
        session.app.screen._kinds["churn"] = Slow
        await session.pilot.press("2")
        panel = session.app.screen.panel
        assert panel.state == "waiting"
        assert panel.sentence
        await session.press("escape")
        assert panel.state == "cancelled"
        assert "Cancelled" in panel.sentence
        Slow.go.set()
        await session.press("2")
        assert panel.answer == "second"
        assert panel.state == "ready"


async def test_the_answer_to_an_older_question_is_dropped(cockpit, monkeypatch):
    async with cockpit() as session:
        slow(monkeypatch, "old", "new")
        session.app.screen._kinds["churn"] = Slow
        await session.pilot.press("2")
        panel = session.app.screen.panel
        panel.renew()
        Slow.go.set()
        await session.settle()
        assert panel.answer == "new"
        assert panel.query_one("#slow", Static).content == "new"


async def test_what_goes_wrong_is_one_sentence(cockpit, monkeypatch):
    class Panic(BaseException):
        """As polars raises it."""

    async with cockpit() as session:
        slow(monkeypatch, QueryError("The tables are gone."), Panic("ann@secret.example"))
        session.app.screen._kinds["churn"] = Slow
        Slow.go.set()
        await session.press("2")
        panel = session.app.screen.panel
        assert (panel.state, panel.sentence) == ("error", "The tables are gone.")
        panel.renew()
        await session.settle()
        assert "failed inside the cockpit (Panic)" in panel.sentence
        assert "secret" not in panel.sentence


async def test_the_event_loop_goes_on_while_a_panel_is_asked(cockpit, monkeypatch):
    async with cockpit() as session:
        slow(monkeypatch, "answer")
        session.app.screen._kinds["churn"] = Slow
        await session.pilot.press("2")
        turns = 0
        for _ in range(20):
            await asyncio.sleep(0.001)
            turns += 1
        assert turns == 20
        await session.pilot.press("1")
        assert session.app.screen.panel.key == "overview"
        Slow.go.set()
        await session.settle()


async def test_an_answer_that_comes_when_the_screen_is_taken_down_is_not_shown(cockpit, monkeypatch):
    async with cockpit() as session:
        slow(monkeypatch, "too late")
        session.app.screen._kinds["churn"] = Slow
        await session.pilot.press("2")
        panel = session.app.screen.panel
        monkeypatch.setattr(session.app, "is_leaving", True)
        Slow.go.set()
        for _ in range(100):
            if all(worker.is_finished for worker in session.app.workers):
                break
            await asyncio.sleep(0.02)
        await session.pilot.pause()
        assert panel.answer is None
        assert panel.state == "waiting"
