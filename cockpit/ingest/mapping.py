"""What helps an owner to say which column is which: columns with samples, guesses, a trial reading."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

import polars as pl

from cockpit.errors import CockpitError, InputError
from cockpit.formats import harmless
from cockpit.ingest.clean import harmless_columns
from cockpit.ingest.dialects.catalog import FIELDS, dialect_named
from cockpit.ingest.dialects.detector import detect, likeness, resolve
from cockpit.ingest.intake import Intake
from cockpit.ingest.lifting import as_text
from cockpit.ingest.reading import read
from cockpit.ingest.sources import Refused, Workspace, open_tables
from cockpit.ingest.sources.opening import named_files, readable, shown_names
from cockpit.ingest.sources.sniff import SUFFIXES
from cockpit.ingest.values import read_amounts, read_moments
from cockpit.language import gettext as _
from cockpit.progress import Progress, silent
from cockpit.scratch import private_folder
from cockpit.settings import NO_COLUMNS, Settings

TRIAL_ROWS = 5_000
SAMPLES = 5  # of each column
LONGEST_SAMPLE = 60  # characters
LIKE = 0.75
"""How like a known name a column's must be to be guessed where its cells prove nothing."""

BY_CELLS = ("ordered_at", "email")
"""Fields that are guessed by what the cells hold, whatever the column is called."""

BY_NAME = ("order_id", "gross")
"""Fields that no export must have, but that are worth a guess."""

MOST = 0.5
"""More than this share of a column's filled cells must fit what it is guessed to hold."""

ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
NUMBER = r"^[+-]?[\d.,\s]+$"
DAY_IN_DIGITS = r"^(\d{1,2}\.\d{1,2}\.\d{2,4}|(19|20)\d{6})$"

NEEDED: tuple[tuple[str, ...], ...] = (("ordered_at",), ("email", "customer_id", "phone"))
"""Of each of these an export must have at least one."""

_FIRST = (
    "ordered_at", "email", "customer_id", "phone", "order_id", "gross", "status", "refund", "currency",
    "discount", "shipping", "tax", "name", "country", "channel", "discount_code", "tags", "consent", "sku",
    "product", "category", "quantity", "unit_price", "line_value",
)  # fmt: skip
OFFERED = (*_FIRST, *(field for field in FIELDS if field not in _FIRST))
"""All fields, those that matter most first."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file, and the first different values in it, harmless."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a table that is not recognised, and what is thought of its columns.

    `whole` counts all rows of the table; `known` are the columns that are recognised, `guessed` those that
    might be meant for what the owner has not named (field to column). `rows` are as in the file.
    """

    file: str
    rows: pl.DataFrame
    whole: int
    columns: tuple[Column, ...]
    known: Mapping[str, str]
    guessed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unused:
    """Rows of the trial that make no order: why, how many, and the first (from 1) with its text."""

    reason: str
    rows: int
    record: int
    detail: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping would load of the first rows, or the `problem` because of which it loads nothing.

    `gross` is what all orders say was paid, whatever became of them; None without a column for it.
    """

    rows: int = 0
    orders: int = 0
    customers: int = 0
    anonymous: int = 0
    first: datetime | None = None
    last: datetime | None = None
    gross: float | None = None
    currency: str | None = None
    unused: tuple[Unused, ...] = ()
    says: tuple[str, ...] = ()
    problem: CockpitError | None = None


def sample(paths: Sequence[Path], file: str, settings: Settings, progress: Progress = silent) -> Sample:
    """Return the first rows of one table of the files; `file` is the name that the reading gave it.

    Raises InputError when it is gone, or was damaged since; `progress` may raise `Cancelled`.
    """
    with Workspace(settings.encoding, settings.memory) as workspace:
        for path, name in shown_names(named_files(paths)):
            if name != file and not file.startswith(f"{name} ›"):
                continue
            inside = file.removeprefix(name)
            for table in open_tables([path], workspace, progress):
                if isinstance(table, Refused):
                    if table.within:
                        continue
                    raise table.problem
                if not table.file.endswith(inside):
                    continue
                with readable(file):
                    rows = table.frame.head(TRIAL_ROWS).collect()
                    return _understood(file, rows, table.rows, settings)
    raise InputError(_("There is no file {file}.").format(file=file), _("Check the name and the folder."))


def try_mapping(taken: Sample, columns: Mapping[str, str], settings: Settings) -> Trial:
    """Read the sample as the settings say, with these columns (field to column)."""
    settings = replace(settings, columns=MappingProxyType(dict(columns)), remember=False)
    with private_folder() as folder:
        copy = Path(folder) / _plain_name(taken.file)
        taken.rows.write_parquet(copy)
        try:
            intake = read([copy], settings)
        except CockpitError as problem:
            return Trial(rows=taken.rows.height, problem=problem)
    return _tried(intake)


def missing(columns: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return of which fields one is still needed."""
    return tuple(names for names in NEEDED if not any(name in columns for name in names))


def map_line(columns: Mapping[str, str]) -> str:
    """Return the options of the command line that say the same, quoted for a shell."""
    return " ".join(f"--map {shlex.quote(f'{field}={column}')}" for field, column in columns.items())


def _understood(file: str, rows: pl.DataFrame, whole: int, settings: Settings) -> Sample:
    texts = _texts(rows)
    columns = tuple(
        Column(name, tuple(harmless(value, LONGEST_SAMPLE) for value in _different(texts[name])))
        for name in texts.columns
    )
    dialect = detect(rows.columns, settings)
    found = resolve(file, rows.columns, dialect, replace(settings, columns=NO_COLUMNS))
    known = {field: found.columns[field][0] for field in OFFERED if field in found.columns}
    asked = {field: column for field, column in settings.columns.items() if column in rows.columns}
    return Sample(file, rows, whole, columns, known, _guesses(rows, texts, {**known, **asked}))


def _texts(rows: pl.DataFrame) -> pl.DataFrame:
    plain = [name for name, dtype in rows.schema.items() if not dtype.is_nested()]
    texts = rows.select(as_text(name, rows.schema[name]).alias(name) for name in plain)
    return harmless_columns(texts)


def _different(cells: pl.Series) -> list[str]:
    return cells.drop_nulls().unique(maintain_order=True).head(SAMPLES).to_list()


def _guesses(rows: pl.DataFrame, texts: pl.DataFrame, known: Mapping[str, str]) -> dict[str, str]:
    """Guess what is lacking: a date and an address by the cells, the rest by names like known ones."""
    free = [name for name in texts.columns if name not in known.values() and texts[name].count()]
    guessed: dict[str, str] = {}
    lacking = {field for names in missing(known) for field in names if field != "phone"}
    for field in OFFERED:
        if field not in lacking and (field not in BY_NAME or field in known):
            continue
        if field == "customer_id" and "email" in guessed:
            continue
        likely = [
            (likeness(name, _names_of(field)), name)
            for name in free
            if _may_hold(field, rows[name], texts[name])
        ]
        best, name = max(likely, key=lambda each: each[0], default=(0.0, ""))
        if name and (field in BY_CELLS or best >= LIKE):
            guessed[field] = name
            free.remove(name)
    return guessed


@cache
def _names_of(field: str) -> tuple[str, ...]:
    return dialect_named("generic").columns.get(field, (field,))


def _may_hold(field: str, cells: pl.Series, texts: pl.Series) -> bool:
    """Tell whether the cells speak for the field, or at least not against it."""
    filled = texts.drop_nulls()
    if field == "email":
        return _share(filled.str.contains(ADDRESS)) > MOST
    if field == "gross":
        return _share(read_amounts(filled).unreadable) < 1 - MOST
    if field != "ordered_at" or cells.dtype.is_temporal():
        return True
    if _share(filled.str.contains(NUMBER)) > 0 and _share(filled.str.contains(DAY_IN_DIGITS)) < 1:
        return False  # any number could be a spreadsheet's day
    return _share(read_moments(filled).unreadable) < 1 - MOST


def _share(truths: pl.Series) -> float:
    return int(truths.sum()) / len(truths)


def _plain_name(file: str) -> str:
    """Return a name for the copy that its sentences can use: no folder, and no ending that claims a kind."""
    name = file.rpartition("›")[2].rpartition("/")[2].strip()
    while Path(name).suffix.lower() in SUFFIXES:
        name = Path(name).stem
    return name or "export"


def _tried(intake: Intake) -> Trial:
    orders = intake.orders
    unused = intake.excluded.group_by("reason", maintain_order=True).agg(
        pl.len(), pl.col("record").first(), pl.col("detail").first()
    )
    gross = orders["gross"]
    return Trial(
        rows=int(intake.files["rows"].sum()),
        orders=orders.height,
        customers=orders["customer_id"].drop_nulls().n_unique(),
        anonymous=orders["customer_id"].null_count(),
        first=orders["ordered_at"].min(),  # type: ignore[arg-type]
        last=orders["ordered_at"].max(),  # type: ignore[arg-type]
        gross=None if gross.null_count() == len(gross) else float(gross.sum()),
        currency=intake.currency,
        unused=tuple(
            Unused(reason, rows, record, harmless(detail or "", LONGEST_SAMPLE))
            for reason, rows, record, detail in unused.iter_rows()
        ),
        says=(*intake.warnings, *intake.assumptions),
    )
