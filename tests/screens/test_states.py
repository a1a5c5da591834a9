"""What stands where there are no figures (yet), as text at four sizes."""

import time

import pytest

from cockpit.errors import Cancelled, QueryError
from cockpit.shop import Shop
from tests.idle import until_idle
from tests.shops import Order, shop_from
from tests.ui.golden import SIZES
from tests.ui.session import running

FEW = ("overview", "churn", "cohorts", "value", "segments", "at-risk", "drivers", "actions")


@pytest.fixture(scope="module")
def few():
    """Three customers with an order each: too little for most that is asked."""
    orders = [Order(f"c{n}", f"2025-12-0{n + 1}", 20.0 + n, country="NO") for n in range(3)]
    with shop_from(orders) as shop:
        yield shop


def _fail(*_asked, **_options):
    raise QueryError("Out of memory: 512 MB are in use.", "Give more with --memory, or narrow the filter.")


def _wait(_shop, _name, ticket=None, **_options):
    while not ticket.cancelled:
        time.sleep(0.001)
    raise Cancelled


async def test_too_little_data_and_what_may_become_of_a_question(few, golden, monkeypatch):
    async with running(few, SIZES[1]) as session:

        async def see(name: str, *keys: str) -> None:
            await session.press(*keys)
            await golden.check_at_all_sizes(session, name)

        for digit, panel in zip("12345678", FEW, strict=True):
            await see(f"few-{panel}", digit)
        with monkeypatch.context() as patched:
            patched.setattr(Shop, "panel", _fail)
            session.app.scope_changed()
            await see("error", "2")
            await session.press("3")
            patched.setattr(Shop, "panel", _wait)
            session.app.scope_changed()
            await until_idle()
            await golden.check_at_all_sizes(session, "counting", asking=True)
            await see("cancelled", "escape")
    assert golden.differing == []
