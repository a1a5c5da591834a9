"""Further columns of an export, that no field has a place for: what an owner may also want to break down by.

Such a column is text, says one thing about an order, and has few values. It goes through the reading as
`further <slug>` and leaves it under its own slug.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from cockpit.ingest.dialects import Dialect
from cockpit.ingest.dialects import Mapping as FieldMap
from cockpit.ingest.intake import ORDERS, Notes
from cockpit.ingest.sources import RawTable
from cockpit.ingest.values import read_amounts, read_moments
from cockpit.language import gettext as _

FURTHER = "further "
MOST_VALUES = 200
MOST_COLUMNS = 20
LONGEST_VALUE = 60  # characters; beyond it is free text
LONGEST_SLUG = 40  # characters
SAMPLE = 10_000  # rows
NOT_TEXT = 0.8  # share of values that are dates or amounts, from which a column counts as such

TEXTS = (pl.String, pl.Categorical, pl.Enum, pl.Boolean)
PERSONAL = re.compile(
    r"(^|_)(id|ids|uuid|guid|gid|key|token|hash|ip|e?mail|phone|mobile|tel|telephone|telefon|fax|name|vorname|"
    r"nachname|company|address\d?|addr|adresse|street|strasse|straße|zip|plz|postal|postcode|postnr|latitude|"
    r"longitude|notes?|comments?|message|memo|remarks?|description|text|url|link|reference|number|no|nr|vat)($|_)"
)
OF_LINES = re.compile(r"(lineitem|line_item|item|product|variant|sku)(_|$)")


@dataclass(frozen=True, slots=True)
class Further:
    """The further columns of one file: `columns` from slug to header; `unfit` slugs hold something else."""

    columns: Mapping[str, str]
    unfit: frozenset[str]


def find_further(table: RawTable, dialect: Dialect, mapping: FieldMap) -> Further:
    """Return the columns that nothing else reads, and whose first rows hold few different short texts."""
    taken = {column for columns in mapping.columns.values() for column in columns}
    taken.update(column for columns in mapping.joined.values() for column in columns)
    taken.update(column.removeprefix("-") for columns in mapping.added.values() for column in columns)
    taken.update(mapping.packed)
    taken.update(filter(None, (mapping.ruled(rule) for rule in dialect.rules)))
    free: dict[str, str] = {}
    for column, dtype in table.frame.collect_schema().items():
        slug = slug_of(column)
        if column not in taken and dtype in TEXTS and slug and not _is_no_attribute(slug):
            free.setdefault(slug, column)
    if not free:
        return Further({}, frozenset())
    sample = table.frame.select(free.values()).head(SAMPLE).collect()
    fit = {slug: column for slug, column in free.items() if _has_few_texts(sample[column].cast(pl.String))}
    return Further(fit, frozenset(free.keys() - fit.keys()))


def slug_of(header: str) -> str:
    """Return a header as the name of a column: lower case, underscores for all but letters and digits."""
    return re.sub(r"\W+", "_", header.casefold()).strip("_")[:LONGEST_SLUG].strip("_")


def without_line_columns(rows: pl.DataFrame) -> tuple[pl.DataFrame, frozenset[str]]:
    """Return the rows without the further columns that differ between rows of one order, and their slugs."""
    names = further_names(rows)
    if not names:
        return rows, frozenset()
    differing = (
        rows.group_by("order_key").agg(pl.col(name).min() != pl.col(name).max() for name in names)
        .select(pl.col(name).any() for name in names)
    )  # fmt: skip
    varying = [name for name, differs in differing.row(0, named=True).items() if differs]
    return rows.drop(varying), frozenset(name.removeprefix(FURTHER) for name in varying)


def further_names(frame: pl.DataFrame) -> list[str]:
    """Return the names of the further columns of a frame."""
    return [name for name in frame.columns if name.startswith(FURTHER)]


@dataclass(slots=True)
class FurtherSeen:
    """What orders hold in further columns: how many cells, and which values (`MOST_VALUES` and one more)."""

    cells: dict[str, int] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    unfit: set[str] = field(default_factory=set)

    def add(self, orders: pl.DataFrame, differing: Collection[str] = ()) -> None:
        """Add what these orders hold; slugs that differ within an order are unfit."""
        self.unfit.update(differing)
        for name in further_names(orders):
            cells = orders[name].drop_nulls()
            self.cells[name] = self.cells.get(name, 0) + len(cells)
            known = self.values.setdefault(name, set())
            if len(known) <= MOST_VALUES:
                known.update(cells.unique().head(MOST_VALUES + 1))

    def join(self, other: "FurtherSeen") -> None:
        """Add what the orders of another file hold."""
        self.unfit |= other.unfit
        for name, cells in other.cells.items():
            self.cells[name] = self.cells.get(name, 0) + cells
            self.values[name] = self.values.get(name, set()) | other.values[name]


def chosen_further(
    seen: FurtherSeen, unfit: Collection[str], reserved: Collection[str], notes: Notes
) -> dict[str, str]:
    """Return the further columns that have few values over all files, and a free name for each."""
    chosen: dict[str, str] = {}
    columns = {*ORDERS, "made", *seen.cells}
    for name, cells in seen.cells.items():
        slug = name.removeprefix(FURTHER)
        few = 2 <= len(seen.values[name]) <= min(MOST_VALUES, cells / 2)
        if slug in unfit or slug in seen.unfit or not few:
            continue
        chosen[name] = _free_name(slug, {*reserved, *columns, *chosen.values()})
        if len(chosen) == MOST_COLUMNS:
            break
    if chosen:
        notes.assume(
            _("Further columns, offered as attributes of each customer's first order: {names}.").format(
                names=", ".join(chosen.values())
            )
        )
    return chosen


def _free_name(slug: str, taken: Collection[str]) -> str:
    name, copy = slug, 1
    while name in taken:
        copy += 1
        name = f"{slug}_{copy}"
    return name


def _is_no_attribute(slug: str) -> bool:
    """Tell names of people, ids, addresses, notes, and of what belongs to a line."""
    moment = slug.endswith(("_at", "_on", "_date", "_time"))
    return moment or bool(PERSONAL.search(slug) or OF_LINES.match(slug))


def _has_few_texts(cells: pl.Series) -> bool:
    """Tell whether the cells hold few different short texts that are neither addresses, dates nor amounts."""
    values = cells.drop_nulls().str.strip_chars().unique()
    values = values.filter(values != "")
    if len(values) > MOST_VALUES:
        return False
    if values.str.len_chars().gt(LONGEST_VALUE).any() or values.str.contains(r"@|://").any():
        return False
    if values.is_empty():
        return True
    return not any(_mostly(read.values) for read in (read_moments(values), read_amounts(values)))


def _mostly(values: pl.Series) -> bool:
    return values.count() >= NOT_TEXT * len(values)
