"""Shops made by hand: a few purchases become an opened `Shop`, without a file and without the reader."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl

from cockpit import ingest
from cockpit.ingest import Intake
from cockpit.settings import Settings
from cockpit.shop import Shop

Purchase = tuple[str, dt.date | str, float | None]
"""Customer, day (a date or `2025-01-31`) and value."""

TODAY = dt.date(2026, 1, 1)

ORDERS = pl.Schema({
    "order_key": pl.Int64, "order_id": pl.String, "customer_id": pl.String,
    "email": pl.String, "phone": pl.String, "name": pl.String, "consent": pl.String,
    "ordered_at": pl.Datetime("us"), "status": pl.String,
    "gross": pl.Float64, "discount": pl.Float64, "shipping": pl.Float64, "tax": pl.Float64,
    "refund": pl.Float64, "currency": pl.String, "country": pl.String, "channel": pl.String,
    "discount_code": pl.String, "tags": pl.String,
    "file_no": pl.Int32, "record": pl.Int64, "row_count": pl.Int32,
})  # fmt: skip
LINES = pl.Schema({
    "order_key": pl.Int64, "sku": pl.String, "product": pl.String, "category": pl.String,
    "quantity": pl.Float64, "value": pl.Float64, "file_no": pl.Int32, "record": pl.Int64,
})  # fmt: skip
EXCLUDED = pl.Schema({"file_no": pl.Int32, "record": pl.Int64, "reason": pl.String, "detail": pl.String})
FILES = pl.Schema({
    "file_no": pl.Int32, "file": pl.String, "dialect": pl.String, "rows": pl.Int64,
    "modified": pl.Datetime("us"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one row; `customer` None is anonymous, `value` None has no money column."""

    customer: str | None
    day: dt.date | str
    value: float | None = 100.0
    hour: int = 12
    status: str = "paid"
    refund: float | None = None
    discount: float | None = None
    shipping: float | None = None
    tax: float | None = None
    country: str | None = None
    channel: str | None = None
    discount_code: str | None = None
    tags: str | None = None
    product: str | None = None
    category: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    consent: str | None = None


def intake_from(
    orders: Iterable[Order | Purchase],
    *,
    excluded: Sequence[tuple[str, str]] = (),
    currency: str | None = "EUR",
    assumptions: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
    file: str = "made.csv",
) -> Intake:
    """What the reader would hand over for these orders, and for rows `excluded` as (reason, detail)."""
    made = [each if isinstance(each, Order) else Order(*each) for each in orders]
    rows, lines = [], []
    for key, order in enumerate(made):
        day = dt.date.fromisoformat(order.day) if isinstance(order.day, str) else order.day
        place = {"file_no": 0, "record": key + 1}
        rows.append({
            "order_key": key, "order_id": f"A{key + 1}", "customer_id": order.customer,
            "ordered_at": dt.datetime.combine(day, dt.time(order.hour)), "gross": order.value,
            "currency": currency, "row_count": 1, **place,
            **{name: getattr(order, name) for name in (
                "email", "phone", "name", "consent", "status", "discount", "shipping", "tax", "refund",
                "country", "channel", "discount_code", "tags",
            )},
        })  # fmt: skip
        if order.product is not None or order.category is not None:
            lines.append({
                "order_key": key, "product": order.product, "category": order.category,
                "quantity": 1.0, "value": order.value, **place,
            })  # fmt: skip
    left_out = [
        {"file_no": 0, "record": len(made) + n, "reason": reason, "detail": detail}
        for n, (reason, detail) in enumerate(excluded, start=1)
    ]
    files = [
        {"file_no": 0, "file": file, "dialect": "generic", "rows": len(made) + len(left_out),
         "modified": dt.datetime(2026, 1, 1)}
    ]  # fmt: skip
    return Intake.of(
        orders=pl.DataFrame(rows, schema=ORDERS),
        lines=pl.DataFrame(lines, schema=LINES),
        excluded=pl.DataFrame(left_out, schema=EXCLUDED),
        files=pl.DataFrame(files, schema=FILES),
        assumptions=assumptions,
        warnings=warnings,
        currency=currency,
    )


def with_frames(intake: Intake, **frames: pl.DataFrame) -> Intake:
    """The same intake with other `orders`, `lines`, `excluded` or `files`."""
    kept = ("orders", "lines", "excluded", "files", "assumptions", "warnings", "currency")
    return Intake.of(**{**{name: getattr(intake, name) for name in kept}, **frames})


@contextmanager
def reading(intake: Any) -> Iterator[None]:
    """While inside, every file named is read as this intake, of which a shop that opens uses up a copy."""
    with patch.object(ingest, "read", lambda *_arguments, **_options: with_frames(intake), create=True):
        yield


def open_intake(intake: Any, today: dt.date = TODAY, **settings: Any) -> Shop:
    """Open a shop on an intake, with these fields of `Settings`; one thread counts so little soonest."""
    with reading(intake):
        return Shop.open(Path("made.csv"), settings=Settings(**{"threads": 1, **settings}), today=today)


def shop_from(purchases: Iterable[Order | Purchase], **settings: Any) -> Shop:
    """Open a shop that sold exactly this: `shop_from([("ann", "2025-01-01", 20.0)], window=90)`."""
    return open_intake(intake_from(purchases), **settings)


def regulars(customers: int = 40, days: int = 800, end: dt.date = dt.date(2025, 12, 31)) -> list[Order]:
    """A small believable shop, the same each time: customer n buys every 20 + n days, every third stops."""
    orders = []
    for n in range(customers):
        gap = 20 + n
        stop = days // 2 if n % 3 == 0 else days
        for day in range(n, stop + 1, gap):
            orders.append(
                Order(
                    customer=f"c{n:03d}",
                    day=end - dt.timedelta(days=days - day),
                    value=50.0 + 7 * n + day % 13,
                    country=("NO", "SE", "DK")[n % 3],
                    category=("Garden", "Kids")[n % 2],
                    product=("Spade", "Kite")[n % 2],
                    name=f"Customer {n}",
                    email=f"c{n:03d}@example.com",
                    consent=("yes", "no", None)[n % 3],
                )
            )
    return sorted(orders, key=lambda order: order.day)
