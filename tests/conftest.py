"""Options of all tests, and shops that many of them look at: opened once, filtered perhaps, never changed."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import idle

if TYPE_CHECKING:
    from cockpit.shop import Shop

for _folder in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):  # no test reads or writes what its runner keeps at home
    os.environ[_folder] = tempfile.mkdtemp(prefix="cockpit-tests-")

idle.install()
idle.spare()

SAMPLE = Path(__file__).parents[1] / "sample_data" / "shop.parquet"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden screens anew")


@pytest.fixture(scope="session")
def _regulars() -> "Iterator[Shop]":
    from tests.shops import regulars, shop_from

    with shop_from(regulars(), window=90) as shop:
        yield shop


@pytest.fixture
def regular_shop(_regulars: "Shop") -> "Iterator[Shop]":
    """The shop of the regulars with a window of 90 days, without a filter whatever the test before did."""
    yield _regulars
    if _regulars.conditions:
        _regulars.filter(())


@pytest.fixture(scope="session")
def _sample() -> "Iterator[Shop]":
    from cockpit.shop import Shop

    with Shop.open(SAMPLE, today=dt.date(2026, 1, 3)) as shop:
        yield shop


@pytest.fixture
def sample_shop(_sample: "Shop") -> "Iterator[Shop]":
    """The sample shop as it was loaded on one day, without a filter whatever the test before did."""
    yield _sample
    if _sample.conditions:
        _sample.filter(())


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a tenth of the sample shop's customers, as `sample_data/shop.parquet` of a folder."""
    import polars as pl

    path = tmp_path_factory.mktemp("small") / "sample_data" / "shop.parquet"
    path.parent.mkdir()
    pl.scan_parquet(SAMPLE).filter(pl.col("customer_id").str.ends_with("7")).sink_parquet(path)
    return path


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
