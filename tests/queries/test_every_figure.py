"""The drill rule on real shops: every figure of every query file opens to exactly its count or its sum.

All panels, in every grain and by every attribute, with COCKPIT_THOROUGH=1, of each so many rows that a shop
takes minutes: fewer of a larger one; else a few of the sample shop.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.cli.opening import sample_shop
from cockpit.figures import Figures
from cockpit.shop import Shop
from tests.queries.compare import assert_opens

DATA = Path(os.environ.get("COCKPIT_DATA") or "nowhere")
THOROUGH = bool(os.environ.get("COCKPIT_THOROUGH"))
SHOPS = {
    "superstore": ("superstore/superstore.parquet", 12),
    "cdnow": ("cdnow/cdnow_full.parquet", 12),
    "olist": ("olist_sample/orders.parquet", 6),
    "online_retail": ("online_retail/online_retail.parquet", 6),
}
"""Each shop's file, and how many rows of each answer are tried."""
GRAINS = ("month", "quarter", "year")


def answers(shop: Shop) -> Iterator[Figures]:
    """What every query file that has figures says, in every grain and by every attribute."""
    for name in shop.kpi_names():
        yield shop.kpi(name).figures
    for query in shop.queries("panel"):
        if "by" in query.params:
            yield from (shop.panel(query.name, by=field) for field in shop.dimensions())
        elif "grain" in query.params:
            yield from (shop.panel(query.name, grain=grain) for grain in GRAINS)
        elif "calendar" in query.params:
            yield from (shop.panel(query.name, calendar=grain) for grain in GRAINS)
        else:
            yield shop.panel(query.name)


def test_figures_of_the_sample_shop_open():
    with Shop.open(sample_shop()) as shop:
        at_most = 6 if THOROUGH else 2
        panels = answers(shop) if THOROUGH else map(shop.panel, ("segments", "movement", "second_order"))
        assert sum(assert_opens(shop, figures, at_most) for figures in panels) > 5


@pytest.mark.skipif(not THOROUGH, reason="minutes long: COCKPIT_THOROUGH=1 asks for it")
@pytest.mark.parametrize("name", SHOPS)
def test_every_figure_of_a_real_shop_opens(name: str):
    path, at_most = SHOPS[name]
    file = DATA / path
    if not file.is_file():
        pytest.skip("COCKPIT_DATA names no folder with this shop")
    with Shop.open(file) as shop:
        assert sum(assert_opens(shop, figures, at_most) for figures in answers(shop)) > 100
