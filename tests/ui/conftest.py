"""A small shop with stub panels, and the cockpit on it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

import pytest
from textual.pilot import Pilot

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui import main_screen
from cockpit.ui.app import CockpitApp
from tests.shops import intake_from, open_intake
from tests.ui import stubs


class Session:
    """The cockpit while it runs, with what a test asks of it again and again."""

    def __init__(self, app: CockpitApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.notes: list[str] = []

    async def settle(self) -> None:
        """Wait until no question is open and all is drawn."""
        for _ in range(3):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each with its consequences."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type into the field with the focus."""
        names = {" ": "space", "=": "equals_sign", ">": "greater_than_sign", ".": "full_stop", "/": "slash"}
        await self.pilot.press(*(names.get(letter, letter) for letter in text))
        await self.settle()

    @property
    def said(self) -> list[str]:
        """The notifications so far."""
        return [note.message for note in self.app._notifications]


@pytest.fixture(scope="session")
def the_shop() -> Iterator[Shop]:
    with open_intake(intake_from(stubs.orders(), currency="NOK"), window=90) as shop:
        yield shop


@pytest.fixture
def shop(the_shop: Shop) -> Iterator[Shop]:
    """The small shop, without a filter and by quarters, whatever the test before did."""
    yield the_shop
    if the_shop.conditions:
        the_shop.filter(())
    the_shop.change(period="quarter")
    if the_shop.facts.window.days != 90:
        the_shop.change(window=90)


@pytest.fixture
def cockpit(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., "asynccontextmanager[Session]"]:
    """Run the cockpit on the small shop, with few figures in the strip unless a test is about them."""
    listing = ModuleType("cockpit.ui.screens.listing")
    listing.ListScreen = stubs.ListScreen
    monkeypatch.setitem(sys.modules, "cockpit.ui.screens.listing", listing)
    monkeypatch.setattr(main_screen, "all_panels", lambda: stubs.PANELS)

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (160, 48), panel: str = "1", strip: tuple[str, ...] = ("active_customers",)
    ):
        monkeypatch.setattr(main_screen, "STRIP", strip)
        app = CockpitApp([Path("made.csv")], Settings(window=90), shop)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            session = Session(app, pilot)
            await session.settle()
            if panel != "1":
                await session.press(panel)
            yield session

    return run
