"""The dialect files, read and checked once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import gettext as _
from importlib.resources import files
from typing import Any, Literal

from cockpit.errors import UsageError

Money = Literal["first", "sum", "decide"]
"""Where an order's total stands: on its first row, as the sum over its rows, or to be found out."""

NOT_DIALECTS = ("words.toml",)
TEXT_FIELDS = (
    "order_id", "customer_id", "email", "phone", "name", "consent", "currency", "country", "channel",
    "discount_code", "tags", "sku", "product", "category",
)  # fmt: skip
MONEY_FIELDS = ("gross", "outstanding", "discount", "shipping", "tax", "refund")
LINE_NUMBERS = ("quantity", "unit_price", "line_value", "line_discount")
FIELDS = (*TEXT_FIELDS, "ordered_at", "time", "status", *MONEY_FIELDS, *LINE_NUMBERS)


@dataclass(frozen=True, slots=True)
class Rule:
    """When the cell of `column` is filled, one of `values`, or matches, the row has this status.

    `status` may also be `none`: the row is no order at all; then `detail` says what it is.
    """

    column: str
    status: str
    filled: bool = False
    values: tuple[str, ...] = ()
    matches: str | None = None
    unless: bool = False  # turns the condition round
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one platform writes its orders; see any file beside this one.

    `refusal` is set for reports that hold no orders: why, and what to use instead.
    """

    name: str
    title: str
    signatures: tuple[frozenset[str], ...]
    absent: frozenset[str]
    money: Money
    columns: Mapping[str, tuple[str, ...]]
    otherwise: Mapping[str, tuple[str, ...]]
    joined: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    no_status: str = "unknown"
    currency: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    refunds: str | None = None
    packed: Mapping[str, str] = field(default_factory=dict)
    fill_down: bool = False
    says: tuple[str, ...] = ()
    refusal: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that mean the same everywhere, lower case."""

    statuses: Mapping[str, str]
    consent: Mapping[str, str]
    nobody: frozenset[str]
    nobody_mail: frozenset[str]


@cache
def every_dialect() -> tuple[Dialect, ...]:
    """Return all dialects, generic last."""
    folder = files("cockpit.ingest.dialects")
    found = [
        _dialect(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml") and file.name not in NOT_DIALECTS
    ]
    return tuple(sorted(found, key=lambda dialect: dialect.name == "generic"))


def dialect_named(name: str) -> Dialect:
    """Return the dialect of that name.

    Raises UsageError when there is none.
    """
    for dialect in every_dialect():
        if dialect.name == name.casefold():
            return dialect
    known = ", ".join(dialect.name for dialect in every_dialect() if not dialect.refusal)
    raise UsageError(
        _("There is no dialect {name}.").format(name=name), _("Known are {known}.").format(known=known)
    )


@cache
def words() -> Words:
    """Return the words that every platform shares."""
    raw = tomllib.loads(files("cockpit.ingest.dialects").joinpath("words.toml").read_text(encoding="utf-8"))
    placeholders = raw["placeholders"]
    return Words(
        _turned(raw["status"]),
        _turned(raw["consent"]),
        frozenset(placeholders["any"]),
        frozenset(placeholders["email_names"]),
    )


def _dialect(raw: dict[str, Any]) -> Dialect:
    return Dialect(
        name=raw["name"],
        title=raw["title"],
        signatures=tuple(frozenset(names) for names in raw.get("signatures", ())),
        absent=frozenset(raw.get("absent", ())),
        money=raw.get("money", "first"),
        columns=_tuples(raw.get("columns", {})),
        otherwise=_tuples(raw.get("otherwise", {})),
        joined=_tuples(raw.get("joined", {})),
        statuses=_turned(raw.get("status", {})),
        rules=tuple(_rule(rule) for rule in raw.get("rules", ())),
        no_status=raw.get("no_status", "unknown"),
        currency=raw.get("currency"),
        date_order=raw.get("date_order"),
        refunds=raw.get("refunds"),
        packed=raw.get("packed", {}),
        fill_down=raw.get("fill_down", False),
        says=tuple(raw.get("says", ())),
        refusal=(raw["refusal"], raw.get("remedy", "")) if "refusal" in raw else None,
    )


def _rule(raw: dict[str, Any]) -> Rule:
    return Rule(
        column=raw["column"],
        status=raw["status"],
        filled=raw.get("filled", False),
        values=tuple(raw.get("in", ())),
        matches=raw.get("matches"),
        unless=raw.get("unless", False),
        detail=raw.get("detail", ""),
    )


def _tuples(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in table.items()}


def _turned(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: meaning for meaning, listed in table.items() for word in listed}
