"""The cockpit with the panels and screens that it has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

from cockpit.shop import Shop
from cockpit.ui import main_screen
from tests.ui.golden import text_of
from tests.ui.session import Session, running


@asynccontextmanager
async def whole(
    shop: Shop,
    *keys: str,
    size: tuple[int, int] = (160, 48),
    strip: tuple[str, ...] = ("active_customers",),
) -> AsyncIterator[Session]:
    """Run the cockpit on a shop and press keys, with one figure in the strip unless it is about them."""
    with patch.object(main_screen, "STRIP", strip):
        async with running(shop, size) as session:
            await session.press(*keys)
            yield session


def text(session: Session) -> str:
    """What is on the screen, with plain spaces."""
    return text_of(session.app).replace("\u00a0", " ")
