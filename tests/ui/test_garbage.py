"""Garbage is looked for among what comes and goes, and what has left is found."""

import gc
import weakref

import pytest

from cockpit.ui import garbage


@pytest.fixture
def rarely():
    before = gc.get_threshold()
    with garbage.rarely():
        yield
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


class Ring:
    """What only a look for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


async def test_what_stands_once_a_shop_is_shown_is_not_looked_at_again(cockpit, rarely):
    async with cockpit():
        assert gc.get_freeze_count() > 100_000


async def test_one_cockpit_of_many_in_a_process_freezes_nothing(cockpit):
    async with cockpit():
        assert gc.get_freeze_count() == 0


def test_a_shop_that_was_to_stay_and_has_left_is_found(rarely):
    shop = Ring()
    left = weakref.ref(shop)
    garbage.settled()
    del shop
    gc.collect()
    assert left() is not None
    garbage.stirred()
    garbage.settled()
    assert left() is None
