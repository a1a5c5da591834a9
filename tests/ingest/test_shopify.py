"""Shopify's orders_export.csv: one row a line item, the order's own cells on its first row only."""

from datetime import datetime
from pathlib import Path

import pytest

from cockpit.ingest import Intake, read
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles


@pytest.fixture(scope="module")
def intake(data: Path) -> Intake:
    return read([data / "dialects/shopify/orders_export_constructed.csv"], Settings())


def test_each_name_is_one_order_with_its_lines(intake: Intake):
    assert_reconciles(intake)
    assert intake.orders["order_id"].to_list() == [f"#100{number}" for number in range(1, 8)]
    assert intake.orders["row_count"].to_list() == [2, 1, 1, 1, 1, 1, 1]
    assert intake.lines.select("order_key", "sku", "quantity", "value").rows()[:2] == [
        (0, "FERN-1", 2.0, 32.0),
        (0, "TOTE-1", 1.0, 15.0),
    ]


def test_statuses_come_from_words_and_from_columns_that_know_better(intake: Intake):
    assert dict(intake.orders.select("order_id", "status").iter_rows()) == {
        "#1001": "paid",
        "#1002": "refunded",
        "#1003": "cancelled",
        "#1004": "partially_refunded",
        "#1005": "paid",
        "#1006": "paid",
        "#1007": "test",
    }


def test_the_one_order_in_another_currency_is_left_out_and_said(intake: Intake):
    assert intake.currency == "USD"
    assert intake.excluded.select("record", "reason", "detail").rows() == [(9, "currency", "EUR")]
    assert any("1 in EUR (1,250.00)" in sentence for sentence in intake.warnings)


def test_money_is_before_refunds_and_refunds_stand_beside(intake: Intake):
    money = intake.orders.select("order_id", "gross", "refund", "shipping", "tax", "discount").rows()

    assert money[0] == ("#1001", 56.29, 0.0, 6.0, 3.29, 5.0)
    assert money[1] == ("#1002", 25.0, 25.0, 0.0, 0.0, 0.0)
    assert money[3] == ("#1004", 20.0, 4.0, 4.0, 0.0, 0.0)


def test_the_wall_clock_is_kept_and_guests_are_anonymous(intake: Intake):
    assert intake.orders["ordered_at"][0] == datetime(2023, 1, 5, 10, 11, 12)
    assert intake.orders["customer_id"].to_list()[3:6] == ["ada@example.com", None, "dee@example.com"]
    assert intake.orders["phone"][0] == "+16175550100"
    assert intake.orders["consent"][0] == "no"
