"""A short random walk; `python -m tests.walk` goes farther."""

import pytest

from tests.walk import the_shop, walk


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with the_shop(tmp_path_factory.mktemp("queries")) as shop:
        yield shop


@pytest.mark.parametrize("seed", range(4))
async def test_three_hundred_events_anywhere_do_no_harm(seed, shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shop.filter(())
    assert await walk(shop, 300, seed)
