"""An order to be written, and what a platform can say of it.

A `Platform` states what gets lost: the orders that it does not write, statuses that come back as another
one, money that it counts otherwise, fields that it has no column for.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Oslo")
Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One article of an order."""

    sku: str
    product: str
    category: str
    quantity: int
    unit_price: float

    @property
    def value(self) -> float:
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the sample shop, whatever platform may have taken it; `at` is the shop's wall clock."""

    number: int
    customer_id: str | None
    email: str | None
    name: str | None
    phone: str | None
    at: datetime
    status: str
    gross: float
    discount: float
    shipping: float
    tax: float
    refund: float
    country: str
    channel: str
    discount_code: str | None
    tags: str | None
    lines: tuple[Line, ...]

    @property
    def goods(self) -> float:
        return sum(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class Platform:
    """How a platform writes orders, and what of them comes back.

    `person` names the mark by which its customers are told apart. `not_written` are statuses of orders that
    its export does not hold, `reads_as` those that it can't say. `carries` are further fields of an order,
    `lines` the cells of a line. `shown` is the moment that its clock shows; `gross` and `refund` what it
    says of an order's money.
    """

    write: Callable[[Sequence[Order]], Mapping[str, str]]
    person: str
    carries: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    not_written: tuple[str, ...] = ("test",)
    reads_as: Mapping[str, str] = field(default_factory=dict)
    number: Callable[[Order], str] = lambda order: str(order.number)
    shown: Callable[[Order], datetime] = lambda order: order.at
    gross: Callable[[Order], float] = lambda order: order.gross
    refund: Callable[[Order], float] | None = lambda order: order.refund
    currency: str | None = "NOK"


def table(rows: Iterable[Cells], **layout: Any) -> str:
    """The rows as delimited text; the header is every name, in order of appearance."""
    rows = list(rows)
    header = list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="", **{"lineterminator": "\n", **layout})
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def one_of(order: Order, **words: str) -> str:
    """The platform's word for the status; `other` for all that are not named."""
    return words.get(order.status, words["other"])


def midnight(order: Order) -> datetime:
    return order.at.replace(hour=0, minute=0, second=0)


def to_minute(order: Order) -> datetime:
    return order.at.replace(second=0)


def in_utc(order: Order) -> datetime:
    return order.at.replace(tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)


def hashed(order: Order) -> str:
    return f"#{order.number}"


def padded(order: Order) -> str:
    return f"{order.number:09d}"


def net(order: Order) -> float:
    """What was paid without shipping and tax."""
    return order.gross - order.shipping - order.tax


def net_back(order: Order) -> float:
    """What of that was given back."""
    return round(min(order.refund, net(order)), 2) if order.status != "cancelled" else 0.0
