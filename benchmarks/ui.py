"""How quick the screen is, each measure beside its limit.

    python benchmarks/ui.py [CUSTOMERS] [--limits]

Default: 1,000,000 customers with 2.5 orders each. Every time is the best of several, because a busy machine
makes all but the best say something about the machine; with --limits one above its limit is an exit status
of 1. The first paint is that of the program on a terminal; then the screen is driven without one: what it
would send there is made, but not sent.
"""

import argparse
import asyncio
import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
import time
from asyncio.events import Handle
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import made  # noqa: E402
from tests import idle  # noqa: E402

SAMPLE = ROOT / "sample_data" / "shop.parquet"
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
HESITATION = 0.5  # seconds from the last key of a condition to Enter
REST = 0.02  # seconds without output after which a frame is whole


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, in milliseconds, beside its limit; None: there is none."""

    what: str
    took: float
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        return self.limit is None or self.took <= self.limit


class Longest:
    """The longest that the event loop was kept by one piece of work, in CPU time of its thread."""

    def __init__(self) -> None:
        self.took, self.what, self.doing = 0.0, "", ""

    def watch(self) -> None:
        run = Handle._run

        def timed(handle: Handle) -> None:
            began = time.thread_time()
            run(handle)
            took = (time.thread_time() - began) * 1000
            if took > self.took:
                task = getattr(handle._callback, "__self__", None)
                name = task.get_name() if isinstance(task, asyncio.Task) else repr(handle._callback)
                self.took, self.what = took, f"{self.doing}: {name.removeprefix('message pump ')[:40]}"

        Handle._run = timed  # type: ignore[method-assign]


async def timed(
    act: Callable[[], object], then: Callable[[], Awaitable[None]], clock=time.perf_counter
) -> float:
    """Milliseconds from an act until what follows is over."""
    began = clock()
    act()
    await then()
    return (clock() - began) * 1000


def first_paint(times: int = 5) -> list[Measure]:
    """From starting the program on a terminal until its first frame, and until it offers its keys."""
    with tempfile.TemporaryDirectory() as home:
        took = [_painted(home) for _ in range(times)]
    return [
        Measure("first paint, from the start of the process", min(seen for seen, _keys in took), 400),
        Measure("… until Textual has drawn the keys", min(keys for _seen, keys in took)),
    ]


def _painted(home: str) -> tuple[float, float]:
    """Milliseconds until a whole frame with the file's name has arrived, and until the footer's keys have."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (48, 160))
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "cockpit", str(SAMPLE)],
        stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, start_new_session=True,
        env={**os.environ, **TERMINAL, "XDG_STATE_HOME": home},
    )  # fmt: skip
    os.close(slave)
    output, last, seen, keys = b"", 0.0, 0.0, 0.0
    try:
        while not (seen and keys):
            if select.select([master], [], [], REST)[0]:
                output += os.read(master, 1 << 16)
                last = (time.perf_counter() - began) * 1000
                keys = keys or (last if b"ctrl+p" in output else 0.0)
            elif SAMPLE.name.encode() in output:
                seen = seen or last
    finally:
        child.terminate()
        while child.poll() is None:  # what it still draws must not keep it
            if select.select([master], [], [], REST)[0]:
                with suppress(OSError):
                    os.read(master, 1 << 16)
        os.close(master)
    return seen, keys


class Driver:
    """Presses keys on a cockpit that stands, and waits until all is answered and drawn."""

    def __init__(self, app, longest: Longest) -> None:
        self.app, self.longest = app, longest

    def press(self, key: str) -> Callable[[], object]:
        from textual.events import Key

        return lambda: self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def answered(self) -> None:
        await idle.until_idle()
        while any(not worker.is_finished for worker in self.app.workers):
            await asyncio.sleep(0.001)
            await idle.until_idle()

    async def switches(self) -> list[Measure]:
        """To every panel for the first time, and again."""
        from cockpit.ui.keymap import PANEL_DIGITS

        first, figures, again = [], [], []
        for digit, _key, title in (*PANEL_DIGITS[1:], PANEL_DIGITS[0]):
            self.longest.doing = title
            began = time.perf_counter()
            first.append((await timed(self.press(digit), idle.until_idle), title))
            await self.answered()
            figures.append(((time.perf_counter() - began) * 1000, title))
        for digit, _key, title in (*PANEL_DIGITS, *PANEL_DIGITS, *PANEL_DIGITS):
            again.append((await timed(self.press(digit), idle.until_idle), title))
            await self.answered()
        best = {title: min(took for took, of in again if of == title) for _took, title in again}
        return [
            Measure("panel switch, the first time", max(first)[0], 150, max(first)[1]),
            Measure("… until all its figures are there", max(figures)[0], None, max(figures)[1]),
            Measure("panel switch, later", max(best.values()), 50, max(best, key=best.__getitem__)),
        ]

    async def filters(self) -> list[Measure]:
        """At every panel: a filter out of nowhere, one from the dialog after a hesitation, and none again.

        Never one that was there before: answers are remembered.
        """
        from cockpit.conditions import parse
        from cockpit.ui.keymap import PANEL_DIGITS

        main, at_once, chosen, back = self.app.screen, [], [], []
        norwegians = (parse("country=NO"),)
        for digit, _key, title in PANEL_DIGITS[:-1]:
            self.longest.doing = f"filter at {title}"
            await timed(self.press(digit), self.answered)
            for _again in range(2):
                conditions = (*norwegians, parse(f"value>={len(at_once) / 100}"))
                at_once.append((await timed(partial(main.narrow, conditions), self.answered), title))
            for _again in range(2):
                await timed(partial(main.narrow, norwegians), self.answered)
                await timed(self.press("f"), self.answered)
                for key in f"value>={len(chosen) / 100 + 1}":
                    await timed(self.press(key), idle.until_idle)
                await asyncio.sleep(HESITATION)
                chosen.append((await timed(self.press("enter"), self.answered), title))
            back.append((await timed(partial(main.narrow, ()), self.answered), title))
        return [
            *(
                Measure(f"{what} to {title}", min(took for took, of in taken if of == title), 300)
                for what, taken in (("filter from its dialog", chosen), ("filter at once", at_once))
                for _digit, _key, title in PANEL_DIGITS[:-1]
            ),
            Measure("… and back to everyone", max(back)[0], 300, max(back)[1]),
        ]

    async def pages(self) -> Measure:
        """Through the list of all customers."""
        from cockpit.ui.messages import OpenList

        self.longest.doing = "list of all"
        main = self.app.screen
        await timed(lambda: main.post_message(OpenList("customers")), self.answered)
        rows = self.app.screen.exportable().height
        pages = [await timed(self.press("pagedown"), idle.until_idle, time.thread_time) for _ in range(30)]
        return Measure(f"a page in a list of {rows:,}, CPU", sorted(pages)[15], 16, "median")


async def on_the_screen(path: Path, longest: Longest) -> list[Measure]:
    """Drive the cockpit over an export."""
    from cockpit.settings import Settings
    from cockpit.shop import Shop
    from cockpit.ui import garbage
    from cockpit.ui.app import CockpitApp

    began = time.perf_counter()
    with garbage.rarely(), Shop.open(path, settings=Settings()) as shop:
        measures = [Measure("loading", (time.perf_counter() - began) * 1000)]
        app = CockpitApp([path], Settings(), shop)
        app.animation_level = "none"
        app.test_forecast = lambda: None  # type: ignore[method-assign]
        driver = Driver(app, longest)
        async with app.run_test(size=(160, 48)):
            await driver.answered()
            longest.watch()
            measures += await driver.switches()
            measures += await driver.filters()
            measures.append(await driver.pages())
    measures.append(Measure("longest piece of work on the event loop, CPU", longest.took, 50, longest.what))
    return measures


def main() -> int:
    """Make the export, measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("customers", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--limits", action="store_true", help="fail where a limit is not met")
    asked = parser.parse_args()
    orders = int(asked.customers * 2.5)
    measures = first_paint()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.parquet"
        made.write(path, orders, asked.customers)
        idle.install()
        measures += asyncio.run(on_the_screen(path, Longest()))
    print(f"{orders:,} orders of {asked.customers:,} customers")
    print(f"{'':46}{'ms':>9}{'limit':>8}")
    for each in measures:
        limit = f"{each.limit:8,.0f}" if each.limit is not None else f"{'':8}"
        print(f"{each.what:46}{each.took:9,.1f}{limit}  {'' if each.met else 'ABOVE '}{each.note}".rstrip())
    return int(asked.limits and not all(each.met for each in measures))


if __name__ == "__main__":
    sys.exit(main())
