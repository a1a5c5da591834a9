"""One condition on customers, as an owner types it: `FIELD OP VALUE`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _

Operator = Literal["=", "!=", ">=", "<=", ">", "<", "in", "not in", "contains", "is known", "is not known"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

_SPELLINGS: Mapping[str, Operator] = MappingProxyType(
    {"==": "=", "<>": "!=", "≠": "!=", "≥": ">=", "≤": "<="}
)
_LISTS = ("in", "not in")
_ALONE = ("is known", "is not known")

_FIELD = r"[^\W\d]\w*"
_SYMBOL = r"==|!=|<>|>=|<=|[=<>≠≥≤]"
_WORD = r"not\s+in|in|contains|is\s+not\s+known|is\s+known"
_CONDITION = re.compile(
    rf"\s*(?P<field>{_FIELD})\s*(?:(?P<symbol>{_SYMBOL})|(?<=\s)(?P<word>{_WORD})(?!\w))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^\s",][^",]*))')
_VALUES = re.compile(rf"{_VALUE.pattern}(?:,{_VALUE.pattern})*")
_NEEDS_NO_QUOTES = re.compile(r'[^\s",=<>≠≥≤](?:[^",]*[^\s",])?')


@dataclass(frozen=True, slots=True)
class Condition:
    """`field op values`: a column of the customers table, an operator, and its values as text.

    The field is kept in lower case. `in` and `not in` take one value or more, `is known` and
    `is not known` none, all others one. `str()` writes the condition so that `parse` reads it back.
    Raises UsageError if it makes no sense.
    """

    field: str
    op: Operator
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", self.field.lower())
        if not re.fullmatch(_FIELD, self.field):
            raise _wrong(self.field, _("the field's name has letters, digits and _ only"))
        if self.op not in OPERATORS:
            raise _wrong(f"{self.field} {self.op}", _("there is no such comparison"))
        if self.op in _ALONE:
            if self.values:
                raise _wrong(f"{self.field} {self.op}", _("no value follows “known”"))
        elif not self.values:
            raise _wrong(f"{self.field} {self.op}", _("the value is missing"))
        elif len(self.values) > 1 and self.op not in _LISTS:
            raise _wrong(f"{self.field} {self.op}", _("several values go with “in”, or one in quotes"))

    def __str__(self) -> str:
        gap = " " if self.op[0].isalpha() else ""
        return f"{self.field}{gap}{self.op}{gap}{','.join(map(_quoted, self.values))}".rstrip()


def parse(text: str) -> Condition:
    """Read `country=NO`, `orders>=3`, `first_category in Garden,"Pots, pans"`, `email is not known`.

    A value with a comma, a quotation mark or outer spaces stands in double quotes, a mark inside doubled.
    Raises UsageError, which shows an example.
    """
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise _wrong(text, _("a field, a comparison and a value are needed"))
    written = match["symbol"] or " ".join(match["word"].lower().split())
    op = _SPELLINGS.get(written) or cast(Operator, written)
    return Condition(match["field"], op, _values(match["rest"], text))


def _values(rest: str, text: str) -> tuple[str, ...]:
    """Split what stands behind the comparison at the commas outside quotes."""
    if not rest.strip():
        return ()
    if not _VALUES.fullmatch(rest):
        raise _wrong(text, _("between commas stands one value, in quotes if it holds a comma or a mark"))
    found = _VALUE.finditer(rest)
    return tuple(item[2].strip() if item[1] is None else item[1].replace('""', '"') for item in found)


def _quoted(value: str) -> str:
    if _NEEDS_NO_QUOTES.fullmatch(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _wrong(text: str, reason: str) -> UsageError:
    example = 'country=NO, orders>=3, first_category in Garden,"Pots, pans", email is known'
    problem = _("The filter {text} can't be read: {reason}.").format(
        text=harmless(repr(text), 80), reason=reason
    )
    return UsageError(problem, _("For example: {example}").format(example=example))
