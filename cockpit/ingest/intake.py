"""What reading gives: canonical orders, their lines, and an account of every row that made none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from cockpit.settings import Settings

ORDERS = MappingProxyType(
    {
        "order_key": pl.Int64(),
        "order_id": pl.String(),
        "customer_id": pl.String(),
        "email": pl.String(),
        "phone": pl.String(),
        "name": pl.String(),
        "consent": pl.String(),
        "ordered_at": pl.Datetime("us"),
        "status": pl.String(),
        "gross": pl.Float64(),
        "discount": pl.Float64(),
        "shipping": pl.Float64(),
        "tax": pl.Float64(),
        "refund": pl.Float64(),
        "currency": pl.String(),
        "country": pl.String(),
        "channel": pl.String(),
        "discount_code": pl.String(),
        "tags": pl.String(),
        "file_no": pl.Int32(),
        "record": pl.Int64(),
        "row_count": pl.Int32(),
    }
)
LINES = MappingProxyType(
    {
        "order_key": pl.Int64(),
        "sku": pl.String(),
        "product": pl.String(),
        "category": pl.String(),
        "quantity": pl.Float64(),
        "value": pl.Float64(),
        "file_no": pl.Int32(),
        "record": pl.Int64(),
    }
)
EXCLUDED = MappingProxyType(
    {"file_no": pl.Int32(), "record": pl.Int64(), "reason": pl.String(), "detail": pl.String()}
)
FILES = MappingProxyType(
    {
        "file_no": pl.Int32(),
        "file": pl.String(),
        "dialect": pl.String(),
        "rows": pl.Int64(),
        "modified": pl.Datetime("us"),
    }
)


@dataclass(frozen=True, slots=True)
class Intake:
    """The canonical form of one or more exports.

    `orders` holds every order found, eligible or not, and after the columns of `ORDERS` the further texts
    that the export says of an order (String, at most 20 of 2 to 200 values, named after their headers);
    `lines` their lines; `excluded` one row for each row of a file that makes no order, with its reason
    (`blank`, `unreadable`, `not_an_order`, `duplicate`, `currency`); `files` one row for each file. Data
    records read = sum of `orders.row_count` + height of `excluded`.
    `assumptions` and `warnings` are sentences for the owner; `currency` is the ISO 4217 code of the orders.
    """

    orders: pl.DataFrame
    lines: pl.DataFrame
    excluded: pl.DataFrame
    files: pl.DataFrame
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    currency: str | None


@dataclass(slots=True)
class Notes:
    """Sentences gathered while reading, in the order in which they were found, each once."""

    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def assume(self, sentence: str) -> None:
        """Add what was taken for granted."""
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)

    def add(self, others: "Notes") -> None:
        """Add the sentences of others behind one's own."""
        for sentence in others.assumptions:
            self.assume(sentence)
        for sentence in others.warnings:
            self.warn(sentence)

    def warn(self, sentence: str) -> None:
        """Add what the owner should look at."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


@dataclass(frozen=True, slots=True)
class Task:
    """What each step of a reading may need: the owner's settings, where to put sentences, a sign of life.

    `beat` is called between steps and may raise `Cancelled`.
    """

    settings: Settings
    notes: Notes
    beat: Callable[[], None]


def shaped(frame: pl.DataFrame, schema: MappingProxyType[str, pl.DataType]) -> pl.DataFrame:
    """Return the frame with exactly the schema's columns, in its order; absent ones are null."""
    present = frame.schema
    return frame.select(
        (pl.col(name) if name in present else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
