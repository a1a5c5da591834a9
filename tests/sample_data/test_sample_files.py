"""Both exports hold the same shop, the shop is believable, and it can be made again."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_series_equal

from sample_data import made, shopify, truth

ORDER_LEVEL = (
    "customer_id", "email", "name", "phone", "consent", "ordered_at", "status", "country", "channel",
    "discount_code", "tags", "currency", "total", "discount", "shipping", "tax", "refund", "delivered_at",
    "delivery_days", "delivery",
)  # fmt: skip


@pytest.fixture(scope="module")
def export(folder) -> pl.DataFrame:
    return pl.read_csv(folder / made.SHOPIFY, infer_schema=False)


@pytest.fixture(scope="module")
def exported_orders(export) -> pl.DataFrame:
    return export.filter(pl.col("Created at").is_not_null())


def test_an_order_says_the_same_on_each_of_its_lines(lines):
    differing = lines.group_by("order_id").agg(pl.col(ORDER_LEVEL).n_unique()).drop("order_id").max()
    assert set(differing.row(0)) == {1}


def test_money_adds_up(lines, orders):
    assert ((lines["unit_price"] * lines["quantity"] - lines["line_total"]).abs() < 0.005).all()
    paid = orders["goods"] - orders["discount"] + orders["shipping"]
    assert ((paid - orders["total"]).abs() < 0.005).all()
    assert (orders["refund"] <= orders["total"]).all()
    assert (orders["tax"] <= orders["total"] * 0.21).all()


def test_shopify_header_is_the_one_of_today():
    assert len(shopify.HEADER) == 79
    if data := os.environ.get("COCKPIT_DATA"):
        header = (Path(data) / "dialects/shopify/header_79.csv").read_text(encoding="utf-8").strip()
        assert list(shopify.HEADER) == header.split(",")


def test_both_exports_hold_the_same_orders_customers_and_money(orders, exported_orders):
    money = {"Total": "total", "Discount Amount": "discount", "Shipping": "shipping", "Taxes": "tax"}
    money["Refunded Amount"] = "refund"
    theirs = exported_orders.select(
        order_id="Name",
        email="Email",
        ordered_at=pl.col("Created at").str.head(19).str.to_datetime(time_unit="us"),
        channel="Source",
        discount_code="Discount Code",
        tags="Tags",
        **{ours: pl.col(column).cast(pl.Float64) for column, ours in money.items()},
    )
    assert_frame_equal(orders.select(theirs.columns), theirs)


def test_both_exports_hold_the_same_lines(lines, export):
    theirs = export.select(
        order_id="Name",
        email="Email",
        sku="Lineitem sku",
        product="Lineitem name",
        quantity=pl.col("Lineitem quantity").cast(pl.Int64),
        unit_price=pl.col("Lineitem price").cast(pl.Float64),
    )
    assert_frame_equal(lines.select(theirs.columns), theirs)


def test_shopify_says_in_its_own_words_what_became_of_an_order(orders, exported_orders):
    both = orders.select("status", theirs=exported_orders["Financial Status"]).unique()
    assert set(both.iter_rows()) == {
        ("paid", "paid"),
        ("partially_refunded", "partially_refunded"),
        ("refunded", "refunded"),
        ("pending", "pending"),
        ("cancelled", "voided"),
        ("cancelled", "refunded"),
        ("test", "paid"),
    }
    called_off = exported_orders["Cancelled at"].is_not_null()
    assert_series_equal(called_off, orders["status"] == "cancelled", check_names=False)
    bogus = exported_orders["Payment Method"] == "bogus"
    assert_series_equal(bogus, orders["status"] == "test", check_names=False)


def test_offsets_follow_the_summer_time_of_oslo(exported_orders):
    created = exported_orders["Created at"]
    march = date(2024, 3, 31)  # summer time begins
    day = created.str.head(10).str.to_date()
    assert set(created.filter((day > march) & (day < date(2024, 10, 27))).str.tail(5)) == {"+0200"}
    assert set(created.filter((day > date(2023, 10, 29)) & (day < march)).str.tail(5)) == {"+0100"}


def test_order_cells_stand_on_the_first_row_only(export):
    further = export.filter(~pl.col("Name").is_first_distinct())
    filled = {name for name in further.columns if further[name].null_count() < len(further)}
    assert filled == {
        "Name", "Email", "Vendor", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
    }  # fmt: skip


def test_the_shop_is_of_the_size_and_shape_promised(orders, purchases):
    assert orders["ordered_at"].dt.date().min() == truth.FIRST_DAY
    assert orders["ordered_at"].dt.date().max() == truth.LAST_DAY
    assert 43_000 < len(orders) < 47_000
    per_customer = purchases.group_by("customer_id").len()["len"]
    assert 11_700 < len(per_customer) < 12_100
    assert 0.54 < (per_customer == 1).mean() < 0.60
    assert 0.60 < 1 - purchases["first"].mean() < 0.75
    assert 0.02 < (orders["refund"] > 0).mean() < 0.06


def test_the_disorder_of_a_real_shop_is_there(orders):
    count = dict(orders.group_by("status").len().iter_rows())
    assert set(count) == {"paid", "partially_refunded", "refunded", "cancelled", "pending", "test"}
    assert 0 < count["test"] < count["pending"] < count["cancelled"] < 500
    anonymous = orders.filter(pl.col("customer_id").is_null())
    assert set(anonymous["channel"]) == {"pos"}
    assert anonymous["email"].null_count() == len(anonymous) > 500
    assert (orders["total"] == 0).sum() == 60
    a_day = orders.drop_nulls("customer_id").group_by("customer_id", pl.col("ordered_at").dt.date()).len()
    assert (a_day["len"] > 1).sum() > 1_000


def test_an_email_belongs_to_one_customer_however_it_is_spelt(lines):
    known = lines.drop_nulls("customer_id")
    normal = known.select("customer_id", pl.col("email").str.to_lowercase()).unique()
    assert normal["customer_id"].is_unique().all() and normal["email"].is_unique().all()
    spellings = known.group_by("customer_id").agg(pl.col("email").n_unique())["email"]
    assert 20 < (spellings == 2).sum() < 90


def test_nobody_real_can_be_reached(lines):
    assert lines["email"].drop_nulls().str.to_lowercase().str.contains(r"@example\.(com|org|net)$").all()
    fiction = r"^(\+470\d{7}|\+450\d{7}|\+467017406(0[5-9]|[1-9]\d)|\+493023125\d{3}|\+447700900\d{3})$"
    assert lines["phone"].drop_nulls().str.contains(fiction).all()


def test_names_are_norwegian(lines):
    names = "".join(lines["name"].drop_nulls().unique())
    assert set("æøåØÅ") <= set(names)


def test_the_files_stay_small_and_carry_no_date_of_making(folder):
    sizes = [(folder / name).stat().st_size for name in (made.SHOP, made.SHOPIFY, made.HIDDEN, made.TRUTH)]
    assert sum(sizes) < 4_500_000
    assert (folder / made.SHOPIFY).read_bytes()[4:8] == bytes(4)  # the time in a gzip header


def test_making_it_again_gives_the_same(folder, lines, export):
    again = made.make()
    assert_frame_equal(again.shop, lines)
    assert again.shopify.write_csv() == gzip.decompress((folder / made.SHOPIFY).read_bytes()).decode()
    assert_frame_equal(again.hidden, pl.read_parquet(folder / made.HIDDEN))
    assert again.truth == json.loads((folder / made.TRUTH).read_text(encoding="utf-8"))
