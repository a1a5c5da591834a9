"""What wrote a table, and which of its columns hold what: known from its header, before any row is read."""

from collections.abc import Mapping as FieldMap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cockpit.errors import InputError, NotRecognisedError
from cockpit.ingest.deciding import Decisions
from cockpit.ingest.dialects import Dialect, Mapping, detect, resolve
from cockpit.ingest.dialects.catalog import dialect_named
from cockpit.ingest.dialects.detector import closest, owned
from cockpit.ingest.further import Further, find_further
from cockpit.ingest.intake import Notes
from cockpit.ingest.remembered import with_remembered
from cockpit.ingest.rows import Rows, complaint_of
from cockpit.ingest.sources import RawTable
from cockpit.ingest.sources.opening import readable
from cockpit.language import gettext as _
from cockpit.settings import Settings

CUSTOMER_FIELDS = ("customer_id", "email", "phone")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table, what wrote it and what its columns hold; `notes` say so."""

    table: RawTable
    dialect: Dialect
    mapping: Mapping
    further: Further
    notes: Notes

    def begin(self, file_no: int, made: FieldMap[str, object]) -> Rows:
        """Return the rows of the file, none read yet, under what has been decided about it."""
        table, notes = self.table, Notes()
        rows = Rows(file_no, table, self.dialect, self.mapping, self.further, notes, Decisions(dict(made)))
        notes.warn_when_known("words", lambda: complaint_of(rows))
        return rows


def recognised(table: RawTable, settings: Settings) -> Recognised:
    """Find out what wrote the table and what its columns hold.

    Raises InputError when the file holds no orders, NotRecognisedError when a date or a customer is lacking.
    """
    notes = Notes()
    settings = with_remembered(table.file, table.header, settings, notes)
    dialect = detect(table.header, settings)
    if dialect.refusal:
        problem, remedy = dialect.refusal
        raise InputError(_(problem).format(file=table.file), _(remedy))
    own = replace(settings, columns=owned(table.header, settings.columns))
    mapping = resolve(table.file, table.header, dialect, own)
    try:
        _require(table, dialect, mapping, notes)
    except NotRecognisedError:
        # A column that is not there is the better reason.
        resolve(table.file, table.header, dialect, settings)
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
        further = find_further(table, dialect, mapping)
    return Recognised(table, dialect, mapping, further, notes)


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


def require_mapped(tables: Sequence[RawTable], settings: Settings) -> None:
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


def _listed(header: Sequence[str], most: int = 12) -> str:
    return ", ".join(header[:most]) + (", …" if len(header) > most else "")


def _quoted(column: str) -> str:
    return f"'{column}'" if " " in column else column
