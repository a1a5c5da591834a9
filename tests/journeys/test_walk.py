"""A short random walk; `python -m tests.walk` goes farther."""

import pytest

from tests.walk import the_shop, walk


@pytest.mark.parametrize("seed", range(6))
async def test_five_hundred_events_anywhere_do_no_harm(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with the_shop(tmp_path) as shop:
        been = await walk(shop, 500, seed)
    assert been
