"""The sample shop, written as each platform writes, comes back with the same orders, customers and money."""

import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cockpit.ingest import Intake, read
from cockpit.ingest.dialects import every_dialect
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles
from tests.ingest.writers import PLATFORMS
from tests.ingest.written import Line, Order, Platform

SAMPLE = Path(__file__).parents[2] / "sample_data" / "shop.parquet"
ONE_OF = 80  # customers, and anonymous orders
WITHOUT_ORDERS = {dialect.name for dialect in every_dialect() if dialect.refusal}
COMPANIONS = {"etsy_items": "etsy_orders", "square_items": "square"}


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    """All orders of one in eighty customers, every status among them."""
    rows = pl.read_parquet(SAMPLE)
    whose = pl.coalesce("customer_id", "order_id").str.extract(r"(\d+)").cast(pl.Int64)
    kept = rows.filter(whose % ONE_OF == 0)
    found = []
    for (number,), lines in kept.group_by("order_id", maintain_order=True):
        first = lines.row(0, named=True)
        found.append(
            Order(
                number=int(number[1:]), at=first["ordered_at"], gross=first["total"],
                lines=tuple(
                    Line(line["sku"], line["product"], line["category"], line["quantity"], line["unit_price"])
                    for line in lines.iter_rows(named=True)
                ),
                **{name: first[name] for name in (
                    "customer_id", "email", "name", "phone", "status", "discount", "shipping", "tax",
                    "refund",
                    "country", "channel", "discount_code", "tags",
                )},
            )
        )  # fmt: skip
    return found


def test_the_chosen_orders_show_everything(orders: list[Order]):
    assert len(orders) > 300
    assert {order.status for order in orders} == {
        "paid", "partially_refunded", "refunded", "cancelled", "pending", "test",
    }  # fmt: skip
    assert any(order.email is None for order in orders)
    assert any(len(order.lines) > 2 for order in orders)


def test_every_platform_is_written():
    named = {dialect.name for dialect in every_dialect()} - WITHOUT_ORDERS
    assert named == set(PLATFORMS) | set(COMPANIONS)


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_a_platform_writes_comes_back(name: str, orders: list[Order], tmp_path: Path):
    platform = PLATFORMS[name]
    written = [order for order in orders if order.status not in platform.not_written]
    files = platform.write(written)
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8", newline="")

    intake = read([tmp_path / file for file in files], Settings())

    assert intake.files["dialect"][0] == name
    assert intake.currency == platform.currency
    assert_reconciles(intake)
    found = {row["order_id"]: row for row in intake.orders.iter_rows(named=True)}
    wanted = {platform.number(order): order for order in written}
    assert found.keys() == wanted.keys()
    for number, order in wanted.items():
        compare(platform, order, found[number])
    assert parties({number: row["customer_id"] for number, row in found.items()}) == parties(
        {number: mark(order, platform.person) for number, order in wanted.items()}
    )
    if platform.lines:
        compare_lines(platform, wanted, intake)


def compare(platform: Platform, order: Order, row: dict[str, Any]) -> None:
    assert row["ordered_at"] == platform.shown(order)
    assert row["status"] == platform.reads_as.get(order.status, order.status), order
    assert math.isclose(row["gross"], platform.gross(order), abs_tol=0.005), order
    if platform.refund and order.status in ("paid", "partially_refunded", "refunded"):
        assert math.isclose(row["refund"] or 0.0, platform.refund(order), abs_tol=0.005), order
    for field in platform.carries:
        said, meant = row[field], mark(order, field)
        same = math.isclose(said or 0.0, meant, abs_tol=0.005) if isinstance(meant, float) else said == meant
        assert same, (field, said, meant)


def mark(order: Order, field: str) -> Any:
    """What the order says, an e-mail in lower case: an address means the same in any."""
    value = getattr(order, field)
    return value.lower() if field == "email" and value else value


def compare_lines(platform: Platform, wanted: dict[str, Order], intake: Intake) -> None:
    numbers = intake.orders["order_id"].to_list()
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for line in intake.lines.iter_rows(named=True):
        found[numbers[line["order_key"]]].append(cells(line[name] for name in platform.lines))
    for number, order in wanted.items():
        meant = [cells(getattr(line, name) for name in platform.lines) for line in order.lines]
        assert sorted(found[number]) == sorted(meant), order


def cells(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(round(value, 2) if isinstance(value, (int, float)) else value for value in values)


def parties(whose: dict[str, str | None]) -> set[frozenset[str]]:
    """Which orders are of one customer, whatever the customer is called; anonymous ones are left out."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for number, customer in whose.items():
        if customer is not None:
            groups[customer].add(number)
    return {frozenset(numbers) for numbers in groups.values()}
