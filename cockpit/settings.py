"""The owner's settings: flags over a TOML file over defaults, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Grain = Literal["month", "quarter", "year"]
ValueBasis = Literal["paid", "goods"]
ZeroOrders = Literal["exclude", "keep"]
DateOrder = Literal["dmy", "mdy", "ymd"]

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes what is loaded or counted; `None` means: find it from the shop.

    `window` is in days; `period_from` is d0, the day before the first day counted, and `period_to` is d1.
    `columns` maps canonical field to the export's column name.
    """

    as_of: date | None = None
    window: int | None = None
    period: Grain = "quarter"
    period_from: date | None = None
    period_to: date | None = None
    filters: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: NO_COLUMNS)
    dialect: str | None = None
    date_order: DateOrder | None = None
    currency: str | None = None
    value: ValueBasis = "paid"
    zero_orders: ZeroOrders = "exclude"
    queries: Path | None = None
    memory: str | None = None
    threads: int | None = None
