"""The cockpit while it runs, with what a test asks of it again and again."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui.app import CockpitApp
from cockpit.ui.screens.mapping import MappingScreen
from tests.idle import until_idle

PATIENCE = 60.0
"""Seconds until a question that does not end is a failure."""


class Session:
    """Keys in, a settled screen out."""

    def __init__(self, app: CockpitApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until no question is open and all is drawn.

        Textual's own `wait_for_complete` waits for ever for a worker that was cancelled before it began.
        """
        end = time.monotonic() + PATIENCE
        await until_idle()
        while any(not worker.is_finished for worker in self.app.workers):
            assert time.monotonic() < end, f"still at work: {list(self.app.workers)}"
            await asyncio.sleep(0.001)
            await until_idle()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each with its consequences."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type into the field with the focus."""
        for letter in text:
            self.app.post_message(Key(_character_to_key(letter), letter))
        await self.settle()

    @property
    def said(self) -> list[str]:
        """The notifications so far."""
        return [note.message for note in self.app._notifications]


async def mapping_tried(app: CockpitApp, pilot: Pilot[None]) -> None:
    """Wait until the mapping screen has tried the latest mapping."""
    end = time.monotonic() + PATIENCE
    while not (isinstance(app.screen, MappingScreen) and app.screen.is_settled):
        assert time.monotonic() < end, "no mapping was tried"
        await pilot.pause(0.02)
    await pilot.pause()


@asynccontextmanager
async def running(shop: Shop, size: tuple[int, int], *, tests_itself: bool = False) -> AsyncIterator[Session]:
    """Run the cockpit on an opened shop; its forecast is tested only in tests about that."""
    app = CockpitApp([Path(name) for name in shop.facts.files], shop.settings or Settings(), shop)
    app.animation_level = "none"
    if not tests_itself:
        app.test_forecast = lambda: None
    async with app.run_test(size=size, notifications=True) as pilot:
        session = Session(app, pilot)
        await session.settle()
        yield session
