"""A random walk over the cockpit: keys, clicks and sizes in a seeded order, until something breaks.

`python -m tests.walk 50000 1` posts 50,000 events with seed 1 and ends with a count of where it has been.
"""

import asyncio
import contextlib
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
from tests.shops import intake_from, open_intake
from tests.ui import stubs

SIZES = ((160, 48), (120, 40), (100, 30), (80, 24), (60, 18), (40, 10), (200, 60))
_LEAVING = {"q", "ctrl+q"}
_BOUND = sorted({name for key in KEYS for name in key.keys} - _LEAVING - {"ctrl+r"})
_TYPED = "abcdefghijklmnoprstuvwxyz0123456789 =<>'\"(),.*_%-åø漢"
_EDITING = ("backspace", "delete", "enter", "tab", "shift+tab", "escape", "home", "end", "ctrl+z", "ctrl+v")
_BURST = 30
"""Events that are posted before the cockpit gets time to follow."""


def events_of(seed: int) -> Iterator[events.Event | tuple[int, int]]:
    """Endless events; a pair is a new size of the terminal."""
    dice = random.Random(seed)
    while True:
        throw = dice.random()
        if throw < 0.70:
            name = dice.choice(_BOUND)
            yield _key(name)
        elif throw < 0.82:
            yield _key(dice.choice(_EDITING))
        elif throw < 0.90:
            for letter in dice.sample(_TYPED, dice.randint(1, 4)):
                yield events.Key(_character_to_key(letter), letter)
        elif throw < 0.985:
            yield from _click(dice.randrange(160), dice.randrange(48), dice.choice((0, 0, 0, 1)))
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
    async with app.run_test(size=SIZES[0]) as pilot:
        await _follow(pilot)
        for step in range(steps):
            event = next(source)
            if isinstance(event, tuple):
                await pilot.resize_terminal(*event)
            elif isinstance(event, events.MouseEvent):
                if event.x < app.size.width and event.y < app.size.height:
                    app.screen._forward_event(event)
            else:
                app.post_message(event)
            if step % _BURST == 0:
                await _follow(pilot)
                been[_where(app)] += 1
            if every and step % every == 0:
                print(f"{step:,} {_where(app)}", flush=True)
            if app.crashed_by or app._exception is not None:
                raise AssertionError(f"step {step} of seed {seed}: {app.crashed_by} ({_where(app)})")
            assert app.is_running, f"step {step} of seed {seed}: the cockpit has left"
        await _follow(pilot)
    return been


async def _follow(pilot) -> None:
    """Give the cockpit time for what it was told; a question may stay open."""
    with contextlib.suppress(Exception):
        await pilot.pause()
    await asyncio.sleep(0.002)


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
