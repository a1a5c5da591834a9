"""The cockpit with the panels and screens that it has."""

from contextlib import asynccontextmanager
from pathlib import Path

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui.app import CockpitApp
from tests.ui.conftest import Session
from tests.ui.golden import text_of


@asynccontextmanager
async def whole(shop: Shop, *keys: str, size: tuple[int, int] = (160, 48)):
    """Run the cockpit on a shop and press keys."""
    app = CockpitApp([Path("made.csv")], Settings(), shop)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        session = Session(app, pilot)
        await session.settle()
        await session.press(*keys)
        yield session


def text(session: Session) -> str:
    """What is on the screen, with plain spaces."""
    return text_of(session.app).replace("\u00a0", " ")
