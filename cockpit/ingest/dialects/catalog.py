"""The dialect files, read and checked once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from cockpit.errors import UsageError
from cockpit.language import gettext as _

Money = Literal["first", "sum", "decide"]
"""Where an order's total stands: on its first row, as the sum over its rows, or to be found out."""

NOT_DIALECTS = ("words.toml",)
TEXT_FIELDS = (
    "order_id", "customer_id", "email", "phone", "name", "consent", "currency", "country", "channel",
    "discount_code", "tags", "sku", "product", "category", "reference",
)  # fmt: skip
MONEY_FIELDS = ("gross", "adjusted", "outstanding", "discount", "shipping", "tax", "refund")
LINE_NUMBERS = ("quantity", "unit_price", "line_value", "line_discount")
FIELDS = (*TEXT_FIELDS, "ordered_at", "time", "status", *MONEY_FIELDS, *LINE_NUMBERS)


@dataclass(frozen=True, slots=True)
class Rule:
    """When the cell of `column`, or of a `field`, is filled, one of `values`, or matches: this status.

    The first rule that holds decides. `unless` turns the condition round; `where` names a column that
    must be filled for the rule to apply. Two more statuses than orders have: `refund` (the row takes back
    money of the order it names) and `none` (the row is no order at all); then `detail` says what it is.
    """

    column: str
    status: str
    filled: bool = False
    values: tuple[str, ...] = ()
    matches: str | None = None
    unless: bool = False
    where: str | None = None
    detail: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """Lines packed into cells: `columns` matches the names of such columns.

    `between` matches what separates two lines; what its group catches belongs to the next line. `fields`
    maps a field of a line to a pattern whose group holds it.
    """

    columns: str
    between: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one platform writes its orders.

    `columns` gives for each field the names that it has had, of which the first that a file has is used;
    `otherwise` the columns that fill its empty cells; `joined` the columns whose cells are put together
    (a name); `added` those whose numbers are added up, or subtracted where the name begins with a minus;
    `instead` the columns that name customers where nothing better does; `within` a pattern for the part
    of a cell that counts. `lone_refund` says what becomes of a refund whose order the file does not have:
    `order` or `none`. `completes` names the dialect whose orders this one gives the lines of. `refusal`
    is set for reports that hold no orders: why, and what to use instead.
    """

    name: str
    title: str
    signatures: tuple[frozenset[str], ...]
    absent: frozenset[str]
    money: Money
    columns: Mapping[str, tuple[str, ...]]
    otherwise: Mapping[str, tuple[str, ...]]
    joined: Mapping[str, tuple[str, ...]]
    added: Mapping[str, tuple[str, ...]]
    within: Mapping[str, str]
    statuses: Mapping[str, str]
    rules: tuple[Rule, ...]
    instead: tuple[str, ...] = ()
    packed: Packed | None = None
    no_status: str = "unknown"
    lone_refund: Literal["order", "none"] = "order"
    completes: str | None = None
    currency: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    fill_down: bool = False
    says: tuple[str, ...] = ()
    anonymous: str | None = None
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
    return read_dialects(files("cockpit.ingest.dialects"))


def read_dialects(folder: Traversable) -> tuple[Dialect, ...]:
    """Return the dialects of the TOML files in a folder, generic last."""
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
        added=_tuples(raw.get("added", {})),
        within=raw.get("within", {}),
        statuses=_turned(raw.get("status", {})),
        rules=tuple(_rule(rule) for rule in raw.get("rules", ())),
        instead=tuple(raw.get("instead", ())),
        packed=Packed(**raw["packed"]) if "packed" in raw else None,
        no_status=raw.get("no_status", "unknown"),
        lone_refund=raw.get("lone_refund", "order"),
        completes=raw.get("completes"),
        currency=raw.get("currency"),
        date_order=raw.get("date_order"),
        fill_down=raw.get("fill_down", False),
        says=tuple(raw.get("says", ())),
        anonymous=raw.get("anonymous"),
        refusal=(raw["refusal"], raw.get("remedy", "")) if "refusal" in raw else None,
    )


def _rule(raw: dict[str, Any]) -> Rule:
    return Rule(
        column=raw.get("column", ""),
        status=raw["status"],
        filled=raw.get("filled", False),
        values=tuple(raw.get("in", ())),
        matches=raw.get("matches"),
        unless=raw.get("unless", False),
        where=raw.get("where"),
        detail=raw.get("detail", ""),
        field=raw.get("field", ""),
    )


def _tuples(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in table.items()}


def _turned(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: meaning for meaning, listed in table.items() for word in listed}
