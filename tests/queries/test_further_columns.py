"""The export's own columns are attributes like any other: to break down by, to filter by, to open."""

from pathlib import Path

import polars as pl
import pytest

from cockpit.conditions import parse
from cockpit.shop import Shop
from cockpit.warehouse.catalog import load_catalog

SAMPLE = Path(__file__).parents[2] / "sample_data" / "shop.parquet"
EVERY = 8  # rows


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Some rows of the sample shop, whose column `delivery` no field has a place for."""
    path = tmp_path_factory.mktemp("further") / "shop.parquet"
    pl.read_parquet(SAMPLE).gather_every(EVERY).write_parquet(path)
    with Shop.open(path) as opened:
        yield opened


@pytest.fixture
def deliveries(shop) -> dict[str | None, int]:
    """Customers by the delivery of their first eligible order, counted without the cockpit's tables."""
    first = shop.sql(
        "select arg_min(order_id, (ordered_at, order_key)) as order_id from orders group by customer_key"
    )
    rows = pl.read_parquet(SAMPLE, columns=["order_id", "delivery"]).unique("order_id", keep="first")
    counted = first.frame.join(rows, on="order_id").group_by("delivery").len()
    return dict(counted.rows())


def test_it_is_offered_and_broken_down_by(shop, deliveries):
    assert "delivery" in shop.dimensions()
    assert shop.fields()["delivery"] == "VARCHAR"

    figures = shop.panel("segments", by="delivery")

    assert dict(figures.frame.select("bucket", "customers").rows()) == deliveries
    for row in range(figures.frame.height):
        opened = shop.open_figure(figures, "customers", row)
        assert opened.frame.height == figures.frame["customers"][row]


def test_it_is_filtered_by(shop, deliveries):
    shop.filter([parse("delivery=late")])
    try:
        assert shop.listing("customers").frame.height == deliveries["late"] > 0
    finally:
        shop.filter([])


@pytest.mark.parametrize(("kind", "table"), [("view", "customers"), ("table", "first_orders")])
def test_it_stands_beside_the_columns_of_the_dictionary(shop, kind, table):
    documented = list(load_catalog().get(kind, table).columns)

    described = shop.sql(f"describe from {table}").frame["column_name"].to_list()
    assert sorted(described) == sorted([*documented, "delivery"])


def test_without_further_columns_the_tables_are_as_documented(regular_shop):
    assert "delivery" not in regular_shop.fields()
