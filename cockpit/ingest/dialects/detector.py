"""Which platform wrote a header, and which of its columns holds what."""

import difflib
import re
from collections.abc import Mapping as FieldMap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cockpit.errors import NotRecognisedError, UsageError
from cockpit.formats import harmless
from cockpit.ingest.dialects.catalog import FIELDS, Dialect, Rule, dialect_named, every_dialect
from cockpit.language import gettext as _
from cockpit.settings import Settings


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns of one file hold each field: the first, then those that fill its empty cells.

    `joined` and `added` hold the columns of fields that are put together; `packed` those in which lines are
    packed; `by_name_only` is true where nothing but a name tells customers apart.
    """

    columns: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[str, ...]]
    added: dict[str, tuple[str, ...]]
    by_plain: dict[str, str]
    packed: tuple[str, ...] = ()
    by_name_only: bool = False

    def __contains__(self, field: str) -> bool:
        return field in self.columns or field in self.joined or field in self.added

    def column(self, name: str) -> str | None:
        """Return the file's own column for a dialect's name of it."""
        return self.by_plain.get(plain(name))

    def ruled(self, rule: Rule) -> str | None:
        """Return the file's column that a rule looks at."""
        return self.columns.get(rule.field, (None,))[0] if rule.field else self.column(rule.column)


@cache
def plain(name: str) -> str:
    """Return a column's name without case, blanks and signs, as names are compared."""
    return re.sub(r"[\s_.\-–:'\"\x00-\x1f\xa0\ufeff]+", "", name.casefold())


def detect(header: Sequence[str], settings: Settings) -> Dialect:
    """Return the dialect whose signature the header fulfils best, or the generic one."""
    if settings.dialect:
        return dialect_named(settings.dialect)
    names = {plain(name) for name in header}
    best, most = dialect_named("generic"), 0
    for dialect in every_dialect():
        if any(plain(name) in names for name in dialect.absent):
            continue
        for signature in dialect.signatures:
            if len(signature) > most and all(plain(name) in names for name in signature):
                best, most = dialect, len(signature)
    return best


def resolve(file: str, header: Sequence[str], dialect: Dialect, settings: Settings) -> Mapping:
    """Find the file's columns for the dialect's fields; the owner's own choice goes before everything.

    Raises UsageError for a field that does not exist, NotRecognisedError for a column that is not there.
    """
    by_plain: dict[str, str] = {}
    for name in header:
        by_plain.setdefault(plain(name), name)
    columns: dict[str, tuple[str, ...]] = {}
    for field, names in dialect.columns.items():
        first = [by_plain[plain(name)] for name in names if plain(name) in by_plain][:1]
        more = [by_plain[plain(name)] for name in dialect.otherwise.get(field, ()) if plain(name) in by_plain]
        if chosen := tuple(dict.fromkeys(first + more)):
            columns[field] = chosen
    joined = _all_present(dialect.joined, by_plain, columns)
    added = _all_present(dialect.added, by_plain, columns)
    for field, wanted in settings.columns.items():
        if field not in FIELDS:
            raise UsageError(
                _("There is no field {field} to map a column to.").format(field=field),
                _("Fields are {fields}.").format(fields=", ".join(FIELDS)),
            )
        columns[field] = (_own_column(file, wanted, header, by_plain),)
        joined.pop(field, None)
        added.pop(field, None)
    by_name_only = not any(field in columns for field in ("email", "customer_id"))
    by_name = [by_plain[plain(name)] for name in dialect.instead if plain(name) in by_plain]
    if by_name_only and by_name:
        columns["customer_id"] = (by_name[0],)
    packed = dialect.packed
    cells = tuple(name for name in header if packed and re.match(packed.columns, name.casefold()))
    return Mapping(columns, joined, added, by_plain, cells, by_name_only and bool(by_name))


def owned(header: Sequence[str], columns: FieldMap[str, str]) -> dict[str, str]:
    """Return those of the owner's columns (by field) that the file has, whatever their spelling."""
    names = {plain(name) for name in header}
    return {field: column for field, column in columns.items() if column in header or plain(column) in names}


def _all_present(
    fields: FieldMap[str, tuple[str, ...]], by_plain: dict[str, str], taken: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the file's columns for fields made of several; a minus before a name stays before the column."""
    found = {}
    for field, names in fields.items():
        present = tuple(
            name[: name.startswith("-")] + by_plain[plain(name)] for name in names if plain(name) in by_plain
        )
        if present and field not in taken:
            found[field] = present
    return found


def likeness(name: str, wanted: Sequence[str]) -> float:
    """Return how like the likest of the wanted names a column's name is, from 0 to 1."""
    targets = [plain(each) for each in wanted if len(plain(each)) > 3] or [plain(each) for each in wanted]
    own = plain(name)
    return max((difflib.SequenceMatcher(None, own, target).ratio() for target in targets), default=0.0)


def closest(header: Sequence[str], wanted: Sequence[str], count: int = 3) -> list[str]:
    """Return the columns whose names are most like the wanted ones, likeliest first."""
    return sorted(header, key=lambda name: likeness(name, wanted), reverse=True)[:count]


def _own_column(file: str, wanted: str, header: Sequence[str], by_plain: dict[str, str]) -> str:
    if wanted in header:
        return wanted
    if found := by_plain.get(plain(wanted)):
        return found
    near = ", ".join(closest(header, [wanted]))
    raise NotRecognisedError(
        _("{file} has no column {column}.").format(file=file, column=harmless(wanted)),
        _("Closest are {columns}.").format(columns=near),
        file=file,
    )
