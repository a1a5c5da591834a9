"""The sample shop on the screen, as it was loaded on one day."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.settings import Settings
from cockpit.shop import Shop
from tests.ui.golden import Golden

SAMPLE = Path(__file__).parents[2] / "sample_data" / "shop.parquet"
TODAY = dt.date(2026, 1, 3)


@pytest.fixture(scope="session")
def sample_shop() -> Iterator[Shop]:
    with Shop.open(SAMPLE, settings=Settings(), today=TODAY) as shop:
        yield shop


@pytest.fixture
def shop(sample_shop: Shop) -> Iterator[Shop]:
    yield sample_shop
    if sample_shop.conditions:
        sample_shop.filter(())


@pytest.fixture
def golden(update_golden: bool) -> Golden:
    return Golden(update_golden)
