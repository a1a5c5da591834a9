"""Each platform's sample does what its index says, and its cells land where they belong."""

import csv
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cockpit.errors import InputError
from cockpit.ingest import Intake, read
from cockpit.ingest.dialects import every_dialect, plain
from cockpit.ingest.dialects.catalog import FIELDS
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles


def index() -> list[dict[str, str]]:
    folder = Path(os.environ.get("COCKPIT_DATA", "")) / "dialects"
    if not (folder / "INDEX.tsv").is_file():
        return []
    with (folder / "INDEX.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def orders_found(intake: Intake) -> int:
    """Orders of the sample: those kept, and those left out for their currency."""
    return intake.orders.height + intake.excluded.filter(pl.col("reason") == "currency").height


REFUSED = {
    "klaviyo_mailchimp_output": "contacts",
    "amazon": "names no customers",
    "payouts_transactions.csv": "payouts",
    "customers_header.csv": "list of Shopify customers",
    "etsy_statement_2026_9.csv": "statement",
    "transaction_report.csv": "payouts and fees",
}


@pytest.mark.parametrize("sample", index(), ids=lambda sample: f"{sample['platform']}/{sample['file']}")
def test_sample_does_what_the_index_says(data: Path, sample: dict[str, str]):
    path = data / "dialects" / sample["platform"] / sample["file"]
    refusal = REFUSED.get(sample["file"]) or REFUSED.get(sample["platform"])

    if refusal or not sample["orders"]:
        with pytest.raises(InputError, match=refusal or "no data rows"):
            read([path], Settings())
        return
    intake = read([path], Settings())
    assert_reconciles(intake)
    assert orders_found(intake) == int(sample["orders"])
    assert intake.files["dialect"][0].startswith(sample["platform"])


EXPECTED: dict[str, list[dict[str, Any]]] = {
    "bigcommerce/orders.csv": [
        {
            "order_id": "105",
            "customer_id": "ada@example.com",
            "gross": 47.0,
            "shipping": 5.0,
            "status": "paid",
        },
        {"order_id": "106", "customer_id": "bo@example.com", "refund": 25.0, "status": "refunded"},
    ],
    "ebay/eBay-OrdersReport.csv": [
        {
            "order_id": "12-34567-89012",
            "customer_id": "buyer_1",
            "gross": 74.0,
            "ordered_at": datetime(2025, 7, 21),
        },
        {"order_id": "12-34567-89013", "customer_id": "buyer_2", "gross": 1905.97, "status": "paid"},
    ],
    "etsy/EtsySoldOrders2026-9.csv": [
        {
            "order_id": "9001",
            "customer_id": "janedoe1",
            "gross": 76.0,
            "currency": "CAD",
            "country": "Canada",
        },
        {"order_id": "9002", "discount": 2.7, "discount_code": "SAVE10", "ordered_at": datetime(2026, 9, 12)},
    ],
    "etsy/EtsySoldOrderItems2026-9.csv": [
        {"order_id": "3812345671", "gross": 17.08, "tax": 1.08, "row_count": 1},
        {"order_id": "3812345672", "gross": 32.0, "discount": 8.0, "row_count": 2},
    ],
    "magento/export.csv": [
        {
            "order_id": "000000101",
            "gross": 47.0,
            "status": "paid",
            "ordered_at": datetime(2023, 1, 5, 10, 11, 12),
        },
        {"order_id": "000000102", "gross": 25.0, "refund": 25.0, "status": "refunded"},
    ],
    "odoo/sale.order.csv": [
        {"order_id": "S00021", "customer_id": "Ada Example", "gross": 47.0, "row_count": 2, "status": "paid"},
        {"order_id": "S00022", "status": "cancelled"},
    ],
    "paypal/Download_us.CSV": [
        {"order_id": "1AB", "gross": 1250.0, "refund": 50.0, "status": "partially_refunded", "row_count": 2},
    ],
    "prestashop/order_export.csv": [
        {"order_id": "5", "customer_id": "A. Example", "gross": 20.5, "status": "paid"},
        {"order_id": "6", "gross": 1250.0, "status": "cancelled"},
    ],
    "shopware/default_orders.csv": [
        {
            "order_id": "10001",
            "name": "Ada Example",
            "gross": 47.5,
            "ordered_at": datetime(2024, 5, 1, 10, 11, 12),
        },
    ],
    "square/transactions.csv": [
        {"order_id": "SQA1x", "customer_id": "CUST1", "gross": 31.16, "discount": 3.0, "tax": 2.16},
        {
            "order_id": "SQC3z",
            "customer_id": None,
            "gross": 1243.5,
            "ordered_at": datetime(2026, 8, 22, 14, 30),
        },
    ],
    "square/items.csv": [
        {"order_id": "SQA1x", "customer_id": "CUST1", "gross": 29.16, "row_count": 2},
        {"order_id": "SQB2y", "gross": 0.0, "refund": 12.96, "status": "refunded"},
    ],
    "squarespace/orders.csv": [
        {"order_id": "1", "customer_id": "ada@example.com", "gross": 30.0, "status": "paid", "row_count": 2},
        {"order_id": "2", "gross": 20.0, "refund": 20.0, "status": "cancelled"},
    ],
    "stripe/payments_classic.csv": [
        {
            "order_id": "ch_1",
            "customer_id": "ada@example.com",
            "gross": 56.29,
            "status": "paid",
            "currency": "USD",
        },
        {"order_id": "ch_3", "customer_id": None, "status": "test"},
    ],
    "wix/orders.csv": [
        {
            "order_id": "10001",
            "gross": 36.0,
            "country": "DEU",
            "ordered_at": datetime(2024, 12, 8, 9, 15, 51),
        },
        {"order_id": "10002", "gross": 25.0, "refund": 25.0, "ordered_at": datetime(2025, 1, 2, 0, 5)},
    ],
    "woocommerce/analytics_orders.csv": [
        {"order_id": "1501", "customer_id": "Ada Example", "gross": 42.0, "discount_code": "FALL5"},
        {"order_id": "1502", "gross": 0.0, "refund": 12.0, "status": "refunded"},
        {"order_id": "1503", "customer_id": None, "gross": 1250.0, "discount_code": "SUMMER, VIP10"},
    ],
    "woocommerce/import_export_suite_orders.csv": [
        {
            "order_id": "101",
            "customer_id": "ada@example.com",
            "gross": 47.0,
            "shipping": 5.0,
            "discount_code": "fall5",
        },
    ],
}


@pytest.mark.parametrize("sample", EXPECTED)
def test_cells_of_a_sample_land_in_their_fields(data: Path, sample: str):
    intake = read([data / "dialects" / sample], Settings())

    for expected, found in zip(EXPECTED[sample], intake.orders.to_dicts(), strict=True):
        assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("sample", "lines"),
    [
        (
            "woocommerce/analytics_orders.csv",
            [
                (None, "Botanical Fern Print", 2.0),
                (None, "Tote", 1.0),
                (None, "Mug", 1.0),
                (None, "Bulk, with comma", 10.0),
            ],
        ),
        (
            "woocommerce/import_export_suite_orders.csv",
            [("FERN-1", "Fern Print", 2.0), ("TOTE-1", "Tote", 1.0)],
        ),
        (
            "bigcommerce/orders.csv",
            [("FERN-1", "Fern Print", 2.0), ("TOTE-1", "Tote", 1.0), ("MUG-1", "Mug", 1.0)],
        ),
        ("shopware/default_orders.csv", [(None, "Fern Print", 2.0), (None, "Tote", 1.0)]),
        (
            "ebay/eBay-OrdersReport.csv",
            [("LAMP-1", "Vintage Lamp, brass", 1.0), ("SHADE-1", "Shade", 2.0), ("PH-1", "Test card", 1.0)],
        ),
        (
            "odoo/sale.order.csv",
            [(None, "[FERN-1] Fern Print", 2.0), (None, "[TOTE-1] Tote", 1.0), (None, "[MUG-1] Mug", 1.0)],
        ),
    ],
)
def test_lines_are_unpacked(data: Path, sample: str, lines: list[tuple[str | None, str, float]]):
    intake = read([data / "dialects" / sample], Settings())

    assert intake.lines.select("sku", "product", "quantity").rows() == lines


@pytest.mark.parametrize("dialect", every_dialect(), ids=lambda dialect: dialect.name)
def test_a_dialect_file_names_known_fields_and_its_own_signature(dialect):
    named = {*dialect.columns, *dialect.otherwise, *dialect.joined, *dialect.added, *dialect.within}
    assert named <= set(FIELDS)
    assert set(dialect.otherwise) <= set(dialect.columns)
    assert dialect.name == "generic" or dialect.signatures
    used = {
        plain(name.removeprefix("-"))
        for names in (dialect.columns, dialect.added)
        for each in names.values()
        for name in each
    }
    if not dialect.refusal and dialect.name != "generic":
        for signature in dialect.signatures:
            assert used & {plain(name) for name in signature}
