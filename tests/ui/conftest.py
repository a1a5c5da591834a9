"""A small shop with stub panels, and the cockpit on it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from types import ModuleType

import pytest

from cockpit.shop import Shop
from cockpit.ui import main_screen
from tests.shops import intake_from, open_intake
from tests.ui import stubs
from tests.ui.session import Session, running


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
def cockpit(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "asynccontextmanager[Session]"]:
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
        async with running(shop, size) as session:
            if panel != "1":
                await session.press(panel)
            yield session

    return run
