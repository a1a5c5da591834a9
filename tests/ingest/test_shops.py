"""Real shops, read whole: the figures that everything later stands on."""

from pathlib import Path

import polars as pl
import pytest

from cockpit.ingest import read
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles, eligible


def test_online_retail_has_the_published_orders_customers_and_money(data: Path):
    intake = read([data / "online_retail/online_retail.parquet"], Settings())

    orders = eligible(intake)
    assert_reconciles(intake)
    assert (orders.height, orders["customer_id"].n_unique()) == (18_532, 4_338)
    assert orders["gross"].sum() == pytest.approx(8_911_407.90, abs=0.005)
    assert intake.orders.filter(pl.col("status") == "cancelled").height == 3_836
    assert intake.lines.height == 541_909
    assert intake.currency == "GBP"


def test_online_retail_as_latin1_csv_is_the_same_shop(data: Path):
    intake = read([data / "online_retail/OnlineRetail_kaggle_style_latin1.csv.gz"], Settings())

    orders = eligible(intake)
    assert_reconciles(intake)
    assert (orders.height, orders["customer_id"].n_unique()) == (18_532, 4_338)
    assert orders["gross"].sum() == pytest.approx(8_911_407.90, abs=0.005)
    assert intake.lines["product"].str.contains("£").sum() == 32


def test_cdnow_keeps_its_free_orders(data: Path):
    intake = read([data / "cdnow/cdnow_full.parquet"], Settings())

    assert_reconciles(intake)
    assert (intake.orders.height, intake.orders["customer_id"].n_unique()) == (69_659, 23_570)
    assert intake.orders.filter(pl.col("gross") == 0).height == 80
    assert intake.orders["gross"].sum() == pytest.approx(2_500_315.63, abs=0.005)


def test_superstore_sums_its_lines_and_takes_no_rate_for_a_discount(data: Path):
    intake = read([data / "superstore/superstore.parquet"], Settings())

    assert_reconciles(intake)
    assert (intake.orders.height, intake.orders["customer_id"].n_unique()) == (5_009, 793)
    assert intake.orders["gross"].sum() == pytest.approx(2_297_200.86, abs=0.005)
    assert intake.orders["discount"].null_count() == intake.orders.height


def test_olist_counts_what_was_paid_and_knows_its_words(data: Path):
    intake = read([data / "olist_sample/orders.parquet"], Settings())

    assert_reconciles(intake)
    assert (intake.orders.height, intake.orders["customer_id"].n_unique()) == (8_135, 8_016)
    assert intake.orders["gross"].sum() == pytest.approx(1_428_602.81, abs=0.005)
    assert set(intake.orders["status"]) == {"paid", "cancelled", "pending"}
