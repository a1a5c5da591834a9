"""A random walk over the cockpit: keys, clicks and sizes in a seeded order, until something breaks.

`python -m tests.walk 50000 1` posts 50,000 events with seed 1 and ends with a count of where it has been.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from textual import events
from textual.keys import _character_to_key

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui.app import CockpitApp
from cockpit.ui.keymap import KEYS
from tests.idle import until_idle
from tests.shops import intake_from, open_intake
from tests.ui import stubs

SIZES = ((100, 30), (80, 24), (60, 18), (40, 10), (120, 40), (160, 48))
"""The first is what it begins with."""
_LEAVING = {"q", "ctrl+q"}
_BOUND = sorted({name for key in KEYS for name in key.keys} - _LEAVING - {"ctrl+r"})
_TYPED = "abcdefghijklmnoprstuvwxyz0123456789 =<>'\"(),.*_%-åø漢"
_EDITING = ("backspace", "delete", "enter", "tab", "shift+tab", "escape", "home", "end", "ctrl+z", "ctrl+v")
_FOLLOWING = 0.06
"""Share of the events after which the cockpit gets time to follow: what comes between meets it half-way."""
_ANSWERED = 0.02
"""Share of the events after which its questions are answered first."""
_PATIENCE = 60.0
"""Seconds until a question that does not end is a failure."""


def events_of(seed: int) -> Iterator[events.Event | tuple[int, int]]:
    """Endless events; a pair is a new size of the terminal."""
    dice = random.Random(seed)
    while True:
        throw = dice.random()
        if throw < 0.70:
            name = dice.choice(_BOUND)
            yield _key(name)
        elif throw < 0.78:
            yield _key(dice.choice(_EDITING))
        elif throw < 0.82:
            yield _key("escape")
        elif throw < 0.90:
            for letter in dice.sample(_TYPED, dice.randint(1, 4)):
                yield events.Key(_character_to_key(letter), letter)
        elif throw < 0.985:
            yield from _click(dice.randrange(100), dice.randrange(30), dice.choice((0, 0, 0, 1)))
        else:
            yield dice.choice(SIZES)


def _key(name: str) -> events.Key:
    character = {
        "space": " ", "question_mark": "?", "slash": "/", "colon": ":", "comma": ",", "full_stop": ".",
        "asterisk": "*", "left_square_bracket": "[", "right_square_bracket": "]",
        "less_than_sign": "<", "greater_than_sign": ">",
    }.get(name, name if len(name) == 1 else None)  # fmt: skip
    return events.Key(name, character)


def _click(x: int, y: int, wheel: int) -> Iterator[events.Event]:
    if wheel:
        yield _mouse(events.MouseScrollDown, x, y, 0)
        return
    yield _mouse(events.MouseDown, x, y, 1)
    yield _mouse(events.MouseUp, x, y, 1)


def _mouse(kind: type[events.MouseEvent], x: int, y: int, button: int) -> events.MouseEvent:
    return kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)


async def walk(shop: Shop, steps: int, seed: int, every: int = 0) -> Counter[str]:
    """Post so many events to the cockpit on a shop; raises what it fails of. Where it was, and how often.

    `every` so many events it says how far it is.
    """
    app = CockpitApp([Path(name) for name in shop.facts.files], Settings(), shop)
    app.animation_level = "none"
    app.test_forecast = lambda: None  # type: ignore[method-assign]
    been: Counter[str] = Counter()
    source = events_of(seed)
    pace = random.Random(seed)
    async with app.run_test(size=SIZES[0]) as pilot:
        await _answered(app)
        for step in range(steps):
            event = next(source)
            if isinstance(event, tuple):
                await pilot.resize_terminal(*event)
            elif isinstance(event, events.MouseEvent):
                if event.x < app.size.width and event.y < app.size.height:
                    app.screen._forward_event(event)
            else:
                app.post_message(event)
            if app.crashed_by or app._exception is not None:
                raise AssertionError(f"step {step} of seed {seed}: {app.crashed_by}") from app._exception
            assert app.is_running, f"step {step} of seed {seed}: the cockpit has left"
            if every and step % every == 0:
                print(f"{step:,} {_where(app)}", flush=True)
            throw = pace.random()
            if throw < _FOLLOWING:
                await until_idle()
                been[_where(app)] += 1
            if throw < _ANSWERED:
                await _answered(app)
        await _answered(app)
    return been


async def _answered(app: CockpitApp) -> None:
    """Wait for what was asked, and until it is drawn."""
    end = time.monotonic() + _PATIENCE
    await until_idle()
    while any(not worker.is_finished for worker in app.workers):
        assert time.monotonic() < end, f"still at work: {list(app.workers)} at {_where(app)}"
        await asyncio.sleep(0.001)
        await until_idle()


def _where(app: CockpitApp) -> str:
    panel = getattr(app.screen, "panel", None)
    return f"{type(app.screen).__name__} {panel.key}" if panel is not None else type(app.screen).__name__


def the_shop(folder: Path) -> Shop:
    """A small shop, with an owner's folder of query files that may be written into."""
    return open_intake(intake_from(stubs.orders(), currency="NOK"), window=90, queries=folder)


def main() -> None:
    """Walk as the command line says."""
    steps, seed = (int(each) for each in (*sys.argv[1:], "50000", "1")[:2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        started = time.monotonic()
        with the_shop(Path(folder)) as shop:
            been = asyncio.run(walk(shop, steps, seed, every=250))
        print(f"{steps:,} events in {time.monotonic() - started:.0f} s, seed {seed}; no crash. Been at:")
        for place, times in been.most_common():
            print(f"  {times:6,}  {place}")


if __name__ == "__main__":
    main()
