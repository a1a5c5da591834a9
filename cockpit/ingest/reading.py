"""Exports in, canonical orders out: the one way through this room."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as FieldMap
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

import polars as pl

from cockpit.errors import InputError
from cockpit.ingest import frames
from cockpit.ingest.date_order import proven_elsewhere
from cockpit.ingest.frames import Frames
from cockpit.ingest.further import FurtherSeen, chosen_further
from cockpit.ingest.identity import Identities, KeysSeen, say_only_shared, settled_identities
from cockpit.ingest.intake import EXCLUDED, FILES, LINES, ORDERS, Intake, Notes, Task, shaped
from cockpit.ingest.passes import FileOrders, copies_among, file_orders, stand_alone, whole_file
from cockpit.ingest.pool import (
    Pool,
    in_one_currency,
    pooled,
    say_identical_lines,
    say_unnamed,
    settled_currency,
    without_copies,
)
from cockpit.ingest.recognised import Recognised, recognised, require_mapped
from cockpit.ingest.remembered import remember
from cockpit.ingest.room import Room, bound_of
from cockpit.ingest.rows import Rows
from cockpit.ingest.sources import Refused, Workspace, open_tables
from cockpit.ingest.sources import table as sources_table
from cockpit.ingest.sources.opening import named_files, readable
from cockpit.ingest.values.dates import Order
from cockpit.language import gettext as _
from cockpit.progress import Meter, Pass, Progress, silent
from cockpit.settings import Settings


def read(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress = silent,
    reserved: Collection[str] = (),
) -> Intake:
    """Read one shop's exports; further columns take none of the `reserved` names.

    A folder stands for the exports in it. Raises InputError when a file can't be read or holds no orders with
    dates and customers (in a folder such a file is passed over with a warning), UsageError for a setting that
    names no field or dialect. `progress` may raise `Cancelled`.
    """
    notes = Notes()
    files = named_files(paths)
    refusals = _Refusals(lenient=any(path.is_dir() for path in paths))
    with Workspace(settings.encoding, settings.memory) as workspace:
        tables: list[Recognised] = []
        for table in open_tables(files, workspace, progress):
            within = table.within if isinstance(table, Refused) else table.is_within
            with refusals.passed_over(within=within):
                if isinstance(table, Refused):
                    raise table.problem
                tables.append(recognised(table, settings))
        refusals.raise_unless(tables)
        require_mapped([found.table for found in tables], settings)
        meter = Meter(progress, "cleaning", sum(found.table.rows for found in tables))
        room = Room(bound_of(settings.memory) // frames.SHARE_HELD)
        task = Task(settings, notes, meter.move, meter.move, room)
        read_files = _read_tables(tables, task, meter, refusals)
        refusals.raise_unless(read_files)
        _follow_proofs(read_files, notes)
        for file in read_files:
            notes.take(file.found.notes)
            notes.take(file.orders.rows.notes)
        for problem in refusals.problems:
            notes.warn(_("Not read: {problem}").format(problem=problem.problem))
        if settings.remember and settings.columns:
            remember([file.found.table.header for file in read_files], settings.columns, notes)
        return _settled(read_files, task, reserved)


@dataclass(slots=True)
class _Refusals:
    """The files that can't be read.

    In a folder, an archive or a workbook they are passed over; elsewhere nothing is read then.
    """

    lenient: bool
    problems: list[InputError] = field(default_factory=list)

    @contextmanager
    def passed_over(self, *, within: bool) -> Iterator[None]:
        """Keep an InputError from inside, where files may be passed over; `within` says that this one may."""
        try:
            yield
        except InputError as problem:
            if not (self.lenient or within):
                raise
            self.problems.append(problem)

    def raise_unless(self, read: Sequence[object]) -> None:
        """Raise the first problem if nothing could be read."""
        if not read:
            raise self.problems[0]


@dataclass(slots=True)
class _File:
    """A recognised table and the orders that it gives under its task."""

    file_no: int
    found: Recognised
    task: Task
    orders: FileOrders

    def read_again(self, order: Order | None = None) -> None:
        """Read the rows again: in another order of day and month, or as they were but all at once."""
        self.orders.close()
        table, begin = self.found.table, partial(self.found.begin, self.file_no)
        with readable(table.file):
            if order is not None:
                self.task = replace(self.task, settings=replace(self.task.settings, date_order=order))
                self.orders = file_orders(table, begin, self.task)
            else:
                self.orders = whole_file(table, begin, self.task)


def _read_tables(tables: list[Recognised], task: Task, meter: Meter, refusals: _Refusals) -> list[_File]:
    """Read the rows of all tables."""
    read_files: list[_File] = []
    for found in tables:
        file_no = len(read_files)
        rows = Pass(meter, found.table.rows, found.table.file if len(tables) > 1 else "")
        own = replace(task, done=rows.at)
        with refusals.passed_over(within=found.table.is_within), readable(found.table.file):
            orders = file_orders(found.table, partial(found.begin, file_no), own)
            read_files.append(_File(file_no, found, own, orders))
        rows.end()
    return read_files


def _follow_proofs(read_files: list[_File], notes: Notes) -> None:
    """Read files whose order of day and month only other files prove again, in that order."""
    for number, order, proof in proven_elsewhere([file.orders.rows for file in read_files], notes):
        file = read_files[number]
        file.read_again(order)
        file.orders.rows.notes.assume(
            _("{file}: {proof} has the same columns and proves the order.").format(
                file=file.found.table.file, proof=proof
            )
        )


def _settled(read_files: list[_File], task: Task, reserved: Collection[str]) -> Intake:
    """Settle what the files have in common."""
    shop = Pieces([file.orders for file in read_files], task.notes)
    if not shop.is_small and shop.is_plain:
        return _in_parts(shop, task, reserved)
    for file in read_files:
        if file.orders.members is None:
            file.read_again()
    shop.files = [file.orders for file in read_files]
    return _from_pool(shop, task, reserved)


@dataclass(slots=True)
class Pieces:
    """The orders of all files, read, and what they show together."""

    files: list[FileOrders]
    notes: Notes
    keys: KeysSeen = field(default_factory=KeysSeen)
    further: FurtherSeen = field(default_factory=FurtherSeen)
    currencies: Counter[str] = field(default_factory=Counter)
    by_file: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put together what the files show; `by_file` is the currency of files that differ from others."""
        told = {}
        for file in self.files:
            self.keys.add(file.keys)
            self.further.join(file.further)
            self.currencies.update(file.currencies)
            code = file.rows.dialect.currency or file.rows.symbol
            if code and not file.currencies:
                told[file.rows.file_no] = code
        if len({*self.currencies, *told.values()}) > 1:
            self.by_file = told

    @property
    def is_small(self) -> bool:
        """Whether all files together are no more than a part."""
        return all(file.parts == 1 for file in self.files) and self.rows <= sources_table.PART_ROWS

    @property
    def is_plain(self) -> bool:
        """Whether each order stands in one file only, and all are in one currency."""
        if len(self.currencies) > 1 or self.by_file:
            return False
        if len(self.files) == 1:
            return True
        if any(file.rows.dialect.completes for file in self.files):
            return False
        return stand_alone([pl.concat(file.numbers).unique() for file in self.files])

    @property
    def rows(self) -> int:
        """How many records the files have."""
        return sum(file.rows.table.rows for file in self.files)

    @property
    def unfit(self) -> set[str]:
        """Further columns that some file has no use for."""
        return self.further.unfit.union(*(file.rows.further.unfit for file in self.files))

    def table(self) -> pl.DataFrame:
        """Return one row for each file, as Intake has them."""
        return pl.DataFrame(
            [
                (rows.file_no, rows.file, rows.dialect.name, rows.table.rows, rows.table.modified)
                for rows in (file.rows for file in self.files)
            ],
            schema=dict(FILES),
            orient="row",
        )

    def identities(self) -> Identities:
        """Settle who is who."""
        who = settled_identities(self.keys, self.notes)
        if who.shares:
            orders = chain.from_iterable(file.orders for file in self.files)
            say_only_shared(sum(map(who.only_shared, orders)), self.notes)
        return who


def _from_pool(shop: Pieces, task: Task, reserved: Collection[str]) -> Intake:
    """Settle what the files have in common with all orders in memory, and number the orders."""
    settings, notes = task.settings, task.notes
    pool = pooled(shop.files, shop.identities(), shop.table())
    without_copies(pool, notes)
    _tell_currencies(pool, shop, notes)
    counts = Counter(dict(pool.orders["currency"].drop_nulls().value_counts(sort=True).iter_rows()))
    currency = _currency(counts, shop, settings, notes)
    if currency and counts:
        in_one_currency(pool, currency, settings.rates, notes)
        say_unnamed(pool.orders["currency"].null_count(), currency, notes)
    if pool.lines.height != pool.orders.height:
        say_identical_lines(copies_among(pool.lines), notes)
    if pool.orders["order_key"].is_empty() or int(pool.orders["order_key"][-1]) + 1 != pool.orders.height:
        numbers = pool.orders.select("order_key", number=pl.int_range(pl.len(), dtype=pl.Int64))
        pool.lines = pool.lines.join(numbers, on="order_key", maintain_order="left").with_columns(
            order_key="number"
        )
        pool.orders = pool.orders.with_columns(order_key=numbers["number"])
    seen = FurtherSeen()
    seen.add(pool.orders)
    further = chosen_further(seen, shop.unfit, reserved, notes)
    return Intake.of(
        _canonical(pool.orders, further),
        shaped(pool.lines, LINES),
        shaped(pool.excluded, EXCLUDED).sort("file_no", "record"),
        pool.files,
        assumptions=tuple(notes.assumptions),
        warnings=tuple(notes.warnings),
        currency=currency,
    )


def _in_parts(shop: Pieces, task: Task, reserved: Collection[str]) -> Intake:
    """Settle what the files have in common, of which each order is whole in one part of one file."""
    settings, notes = task.settings, task.notes
    who = shop.identities()
    currency = _currency(shop.currencies, shop, settings, notes)
    orders, lines, excluded = Frames(), Frames(), Frames()
    unnamed = sum(file.orders.height for file in shop.files) - shop.currencies.total()
    if currency and shop.currencies:
        say_unnamed(unnamed, currency, notes)
    if sum(file.lines.height for file in shop.files) != sum(file.orders.height for file in shop.files):
        say_identical_lines(sum(file.copies for file in shop.files), notes)
    further = chosen_further(shop.further, shop.unfit, reserved, notes)
    for file in shop.files:
        file.orders.finish = partial(_finished, who=who, further=further, offset=orders.height)
        file.orders.changes = frozenset(("order_key", "customer_id"))
        file.lines.finish = partial(_shifted, offset=orders.height)
        file.lines.changes = frozenset(("order_key",))
        orders.follow(file.orders)
        lines.follow(file.lines)
        excluded.follow(file.excluded)
    return Intake(
        orders,
        lines,
        excluded,
        shop.table(),
        tuple(notes.assumptions),
        tuple(notes.warnings),
        currency,
    )


def _finished(
    orders: pl.DataFrame, who: Identities, further: FieldMap[str, str], offset: int
) -> pl.DataFrame:
    return _canonical(_shifted(who.of(orders), offset), further)


def _shifted(frame: pl.DataFrame, offset: int) -> pl.DataFrame:
    return frame.with_columns(pl.col("order_key") + offset) if offset else frame


def _canonical(orders: pl.DataFrame, further: FieldMap[str, str]) -> pl.DataFrame:
    """Return orders with the columns of Intake and the chosen further ones."""
    held = orders.schema
    more = [
        (pl.col(name) if name in held else pl.lit(None, pl.String)).alias(free)
        for name, free in further.items()
    ]
    return shaped(orders, ORDERS).with_columns(orders.select(more) if more else [])


def _tell_currencies(pool: Pool, shop: Pieces, notes: Notes) -> None:
    """Give orders the currency of their file, where files differ in it and no column names it."""
    if not shop.by_file:
        return
    for file_no, code in shop.by_file.items():
        _say_currency_of(shop.files[file_no].rows, code, notes)
    told = pl.col("file_no").replace_strict(shop.by_file, default=None, return_dtype=pl.String)
    pool.orders = pool.orders.with_columns(pl.coalesce("currency", told).alias("currency"))


def _say_currency_of(rows: Rows, code: str, notes: Notes) -> None:
    sentence = (
        _("{file}: the currency is taken to be {code}.")
        if rows.dialect.currency
        else _("{file}: the currency is read from the cells: {code}.")
    )
    notes.assume(sentence.format(file=rows.file, code=code))


def _currency(counts: "Counter[str]", shop: Pieces, settings: Settings, notes: Notes) -> str | None:
    fallback = _currency_of_cells([file.rows for file in shop.files], notes)
    return settled_currency(counts, settings.currency, fallback, settings.rates)


def _currency_of_cells(read_files: list[Rows], notes: Notes) -> str | None:
    """Return the currency of the first file that tells it outside its orders: by dialect, or by symbol."""
    if any("currency" in rows.mapping for rows in read_files):
        return None
    for rows in read_files:
        if code := rows.dialect.currency or rows.symbol:
            _say_currency_of(rows, code, notes)
            return code
    notes.assume(_("No currency is named; amounts are shown without one."))
    return None
