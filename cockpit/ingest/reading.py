"""Exports in, canonical orders out: the one way through this room."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

import polars as pl

from cockpit.errors import InputError, NotRecognisedError
from cockpit.ingest.date_order import proven_elsewhere
from cockpit.ingest.dialects import Dialect, Mapping, detect, resolve
from cockpit.ingest.dialects.catalog import dialect_named
from cockpit.ingest.dialects.detector import closest, owned
from cockpit.ingest.further import settled_further
from cockpit.ingest.identity import identified, normalised
from cockpit.ingest.intake import EXCLUDED, FILES, LINES, ORDERS, Intake, Notes, Task, shaped
from cockpit.ingest.orders import gather
from cockpit.ingest.pool import Pool, in_one_currency, pooled, say_identical_lines, without_copies
from cockpit.ingest.remembered import remember, with_remembered
from cockpit.ingest.rows import Rows, complaints_of, read_rows
from cockpit.ingest.sources import RawTable, Workspace, open_tables
from cockpit.ingest.sources.opening import named_files, readable
from cockpit.progress import Progress, Step, silent
from cockpit.settings import Settings

CUSTOMER_FIELDS = ("customer_id", "email", "phone")


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
    lenient = any(path.is_dir() for path in paths)
    pulse = _Pulse(progress, Step("reading"))
    task = Task(settings, notes, pulse.beat)
    with Workspace() as workspace:
        read_files: list[tuple[Rows, RawTable]] = []
        told: list[Notes] = []
        refused: list[InputError] = []
        for table in open_tables(files, workspace, pulse):
            try:
                if isinstance(table, InputError):
                    raise table
                own = Task(settings, Notes(), pulse.beat)
                read_files.append((_rows(len(read_files), table, own), table))
                told.append(own.notes)
            except InputError as error:
                if not lenient:
                    raise
                refused.append(error)
        if not read_files:
            raise refused[0]
        _require_mapped([table for _rows, table in read_files], settings)
        for number, order, proof in proven_elsewhere([rows for rows, _table in read_files], notes):
            table = read_files[number][1]
            again = Task(replace(settings, date_order=order), Notes(), pulse.beat)
            read_files[number] = _rows(number, table, again), table
            again.notes.assume(
                _("{file}: {proof} has the same columns and proves the order.").format(
                    file=table.file, proof=proof
                )
            )
            told[number] = again.notes
        for own_notes in told:
            notes.add(own_notes)
        for refusal in refused:
            notes.warn(_("Not read: {problem}").format(problem=refusal.problem))
        steps = len(read_files) + 2
        pulse(Step("cleaning", 0, steps))
        gathered = []
        for number, (rows, table) in enumerate(read_files):
            with readable(table.file):
                gathered.append(gather(rows, notes))
            pulse(Step("cleaning", number + 1, steps))
        orders = identified(normalised(pl.concat([part.orders for part in gathered], how="diagonal")), notes)
        pulse(Step("cleaning", steps - 1, steps))
        pool = pooled(gathered, orders, _files(read_files), [rows.dialect for rows, _table in read_files])
        if settings.remember and settings.columns:
            remember([table.header for _rows, table in read_files], settings.columns, notes)
        intake = _assembled(pool, [rows for rows, _table in read_files], task, reserved)
        pulse(Step("cleaning", steps, steps))
        return intake


@dataclass(slots=True)
class _Pulse:
    """Passes progress on, and repeats the last step where work has no measure: it can be cancelled there."""

    progress: Progress
    last: Step

    def __call__(self, step: Step) -> None:
        self.last = step
        self.progress(step)

    def beat(self) -> None:
        """Show a sign of life."""
        self.progress(self.last)


def _rows(file_no: int, table: RawTable, task: Task) -> Rows:
    """Recognise the table and read its rows."""
    notes = task.notes
    settings = with_remembered(table.file, table.header, task.settings, notes)
    dialect = detect(table.header, settings)
    if dialect.refusal:
        problem, remedy = dialect.refusal
        raise InputError(_(problem).format(file=table.file), _(remedy))
    own = replace(settings, columns=owned(table.header, settings.columns))
    mapping = resolve(table.file, table.header, dialect, own)
    try:
        _require(table, dialect, mapping, notes)
    except NotRecognisedError:
        resolve(
            table.file, table.header, dialect, settings
        )  # a column that is not there is the better reason
        raise
    for sentence in table.assumptions:
        notes.assume(sentence)
    for sentence in table.warnings:
        notes.warn(sentence)
    notes.assume(_("{file} is read as {title}.").format(file=table.file, title=_(dialect.title)))
    for sentence in dialect.says:
        notes.assume(_(sentence).format(file=table.file))
    _say_columns(table, dialect, mapping, notes)
    with readable(table.file):
        rows = read_rows(file_no, table, (dialect, mapping), task)
    for sentence in complaints_of(rows):
        notes.warn(sentence)
    return rows


def _require(table: RawTable, dialect: Dialect, mapping: Mapping, notes: Notes) -> None:
    """Raise NotRecognisedError unless the table has a date and a customer."""
    generic = dialect_named("generic").columns
    for names, missing in ((("ordered_at",), _("a date")), (CUSTOMER_FIELDS, _("a customer"))):
        if any(name in mapping for name in names):
            continue
        if dialect.anonymous and "ordered_at" not in names:
            notes.warn(_(dialect.anonymous).format(file=table.file))
            continue
        wanted = [synonym for name in names for synonym in generic[name]]
        free = [column for column in table.header if (column,) not in mapping.columns.values()]
        near = closest(free or list(table.header), wanted)
        raise NotRecognisedError(
            _("{file} has no column for {missing}: its columns are {columns}.").format(
                file=table.file, missing=missing, columns=_listed(table.header)
            ),
            _("Name the column, for example with --map {field}={near}; closest are {all}.").format(
                field=names[0], near=_quoted(near[0]), all=", ".join(near)
            ),
            file=table.file,
        )


def _require_mapped(tables: Sequence[RawTable], settings: Settings) -> None:
    """Raise NotRecognisedError, UsageError for a field, unless each mapped column is in one of the tables."""
    found = {field for table in tables for field in owned(table.header, settings.columns)}
    lost = {field: column for field, column in settings.columns.items() if field not in found}
    if lost:
        file, header = tables[0].file, tables[0].header
        resolve(file, header, detect(header, settings), replace(settings, columns=lost))


def _say_columns(table: RawTable, dialect: Dialect, mapping: Mapping, notes: Notes) -> None:
    used = {field: columns[0] for field, columns in mapping.columns.items()}
    listed = ", ".join(f"{field} = {column}" for field, column in used.items())
    notes.assume(_("{file}: columns used: {listed}.").format(file=table.file, listed=listed))
    for column in used.values():
        if f"{column} (2)" in table.header:
            notes.warn(
                _("{file} has more than one column {column}; the first is used.").format(
                    file=table.file, column=column
                )
            )
    if mapping.by_name_only:
        notes.warn(
            _("{file} tells customers apart only by their names ({column}): namesakes count as one.").format(
                file=table.file, column=mapping.columns["customer_id"][0]
            )
        )
    if "status" not in mapping and dialect.no_status == "unknown":
        notes.assume(
            _("{file} has no column for the status of an order: all count as paid.").format(file=table.file)
        )
    if not any(field in mapping for field in ("gross", "line_value", "unit_price")):
        notes.warn(
            _("{file} has no column for money: orders are counted, money figures stay empty.").format(
                file=table.file
            )
        )


def _files(read_files: list[tuple[Rows, RawTable]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (rows.file_no, table.file, rows.dialect.name, table.rows, table.modified)
            for rows, table in read_files
        ],
        schema=dict(FILES),
        orient="row",
    )


def _assembled(pool: Pool, read_files: list[Rows], task: Task, reserved: Collection[str]) -> Intake:
    """Settle what the files have in common, and number the orders."""
    settings, notes = task.settings, task.notes
    without_copies(pool, notes)
    fallback = _currency_of_cells(read_files, notes)
    currency = in_one_currency(pool, settings.currency, fallback, settings.rates, notes)
    say_identical_lines(pool, notes)
    if pool.orders["order_key"].is_empty() or int(pool.orders["order_key"][-1]) + 1 != pool.orders.height:
        numbers = pool.orders.select("order_key", number=pl.int_range(pl.len(), dtype=pl.Int64))
        pool.lines = pool.lines.join(numbers, on="order_key", maintain_order="left").with_columns(
            order_key="number"
        )
        pool.orders = pool.orders.with_columns(order_key=numbers["number"])
    further = settled_further(pool.orders, pool.unfit, reserved, notes)
    return Intake(
        shaped(pool.orders, ORDERS).with_columns(further),
        shaped(pool.lines, LINES),
        shaped(pool.excluded, EXCLUDED).sort("file_no", "record"),
        pool.files,
        tuple(notes.assumptions),
        tuple(notes.warnings),
        currency,
    )


def _currency_of_cells(read_files: list[Rows], notes: Notes) -> str | None:
    """Return the currency of the first file that tells it outside its orders: by dialect, or by symbol."""
    if any("currency" in rows.mapping for rows in read_files):
        return None
    for rows in read_files:
        if rows.dialect.currency:
            notes.assume(
                _("{file}: the currency is taken to be {code}.").format(
                    file=rows.file, code=rows.dialect.currency
                )
            )
            return rows.dialect.currency
        if rows.symbol:
            notes.assume(
                _("{file}: the currency is read from the cells: {code}.").format(
                    file=rows.file, code=rows.symbol
                )
            )
            return rows.symbol
    notes.assume(_("No currency is named; amounts are shown without one."))
    return None


def _listed(header: Sequence[str], most: int = 12) -> str:
    return ", ".join(header[:most]) + (", …" if len(header) > most else "")


def _quoted(column: str) -> str:
    return f"'{column}'" if " " in column else column
