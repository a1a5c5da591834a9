"""The test of the forecast behind the screen: seen, never in the way, begun again, adopted or given up."""

import asyncio
import threading
from functools import partialmethod

import pytest

from cockpit import backtest
from cockpit.errors import Cancelled, QueryError
from cockpit.progress import Step
from cockpit.shop import Shop
from cockpit.ui.scope_line import ScopeLine
from tests.shops import regulars, shop_from
from tests.ui.session import running


def _run(shop, held, progress, ticket):
    held.run(shop, progress, ticket)


class Held:
    """Stands in for the test: reports its steps, and ends when the test of it says so."""

    def __init__(self, monkeypatch, adopts=False, problem=None):
        self.begun, self.go, self.calls = threading.Event(), threading.Event(), 0
        self.adopts, self.problem = adopts, problem
        monkeypatch.setattr(Shop, "backtest", partialmethod(_run, self))

    def run(self, shop, progress, ticket):
        self.calls += 1
        self.begun.set()
        while not self.go.wait(0.05):
            progress(Step("forecast", 4, 10))
            with shop._warehouse.reading(ticket) as reader:
                reader.frame("select 1")
        if self.problem is not None:
            raise self.problem
        if self.adopts:
            shop.filter(shop.conditions)


@pytest.fixture
def small_shop():
    with shop_from(regulars(), window=90) as shop:
        yield shop


async def until(session, condition):
    for _ in range(200):
        await session.pilot.pause()
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to be")


def note(session) -> str:
    return session.app.screen_stack[1].query_one(ScopeLine).content.plain


async def test_it_says_how_far_it_is_and_panels_answer_meanwhile(small_shop, monkeypatch):
    held = Held(monkeypatch)
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, lambda: "testing the forecast … 4 of 10" in note(session))
        await session.press("escape", "2", "escape")
        panel = session.app.screen.panel
        assert (panel.key, panel.state) == ("churn", "ready")
        answer = panel.answer
        held.go.set()
        await until(session, lambda: "testing" not in note(session))
        assert panel.answer is answer
        await session.press("w", "escape")
        assert held.calls == 1


async def test_other_chances_are_asked_for_anew(small_shop, monkeypatch):
    held = Held(monkeypatch, adopts=True)
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, held.begun.is_set)
        answer = session.app.screen.panel.answer
        held.go.set()
        await until(session, lambda: session.app.screen.panel.answer is not answer)
        assert session.app.screen.panel.state == "ready"


async def test_an_interrupted_test_begins_again_and_another_window_too(small_shop, monkeypatch):
    held = Held(monkeypatch, problem=Cancelled())
    held.go.set()
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, lambda: held.calls > 1)
        held.problem = None
        await until(session, session.app.trial.over)
        first = session.app.trial
        session.app.screen.change(window=60)
        await until(session, lambda: session.app.trial is not first)
        assert not first.wanted


async def test_a_test_that_fails_is_a_sentence(small_shop, monkeypatch):
    held = Held(monkeypatch, problem=QueryError("No room is left.", "Make some."))
    held.go.set()
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, lambda: any("No room is left." in said for said in session.said))
        assert "testing" not in note(session)


async def test_what_was_tested_is_not_tested_again(small_shop, monkeypatch):
    with small_shop._warehouse.writing() as writer:
        writer.run("insert into backtest_verdicts (horizon_days, method) values (90, 'mbg')")
    held = Held(monkeypatch)
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, session.app.trial.over)
        assert held.calls == 0


async def test_leaving_stops_it(small_shop, monkeypatch):
    held = Held(monkeypatch)
    async with running(small_shop, (160, 48), tests_itself=True) as session:
        await until(session, held.begun.is_set)
        trial = session.app.trial
        session.app.leave(0)
    assert trial.over(5)


def test_progress_counts_the_whole_work(small_shop, monkeypatch):
    monkeypatch.setattr(backtest, "HORIZONS", (90, 180))
    monkeypatch.setattr(backtest, "_chances", lambda *_asked: None)
    steps = []
    small_shop.backtest(steps.append)
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert {step.total for step in steps} == {done[-1]}
