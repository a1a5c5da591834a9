"""Spreadsheets: each sheet that holds a table, with its header found, every cell as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from cockpit.errors import InputError
from cockpit.ingest import room
from cockpit.ingest.sources.table import Tick, header_index, unique_names
from cockpit.language import gettext as _

HEADER_WITHIN = 60  # rows
MOST_CELLS = 150_000_000
"""Cells between the corners of a sheet, each of which the reader keeps in memory, filled or not."""
PIECE_BYTES = 1 << 22
LONGEST_TAG = 256  # bytes
FIRST_CELLS = 65_536  # bytes
BYTES_A_CELL = 100
"""What a cell takes about, while all of a workbook is read at once."""
FAR_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d{1,7}"[^<>]*(?<!/)>')  # of a cell with content beyond column Z
COLUMN = re.compile(rb'r="([A-Z]{1,3})\d{1,7}"')
ROW = re.compile(rb'r="[A-Z]{1,3}(\d{1,7})"[^<>]*(?<!/)>')
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of a workbook, each with the name of its sheet, and what to tell of their reading."""

    sheets: tuple[tuple[str, pl.DataFrame], ...]
    warnings: tuple[str, ...]


def read_workbook(path: Path, name: str, memory: str | None, tick: Tick) -> Workbook:
    """Read each sheet with rows below its header; `memory` is what the owner grants.

    Raises InputError when the workbook is protected, damaged, has no sheet with rows, or needs more memory
    than the machine has.
    """
    size = path.stat().st_size
    extents = list(_extents(path, lambda done: tick(done // 2)))
    if any(extent.is_vast for extent in extents):
        raise InputError(
            _("{file} has a filled cell so far out that the sheet is too large to read.").format(file=name),
            _("Delete the columns and rows beyond the table, or save it as CSV."),
        )
    warnings = room.beyond_grant(
        _("{file} is a workbook, which has to be read at once: that takes about {size:,.1f} GB of memory"),
        name,
        BYTES_A_CELL * sum(extent.rows * extent.columns for extent in extents),
        memory,
        _("Save it as CSV, or export a shorter period."),
    )
    try:
        book = fastexcel.read_excel(path.read_bytes())
    except fastexcel.FastExcelError as error:
        raise _refusal(path, name, error) from error
    found, failure = [], None
    for number, sheet in enumerate(book.sheet_names, 1):
        try:
            cells = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
        except fastexcel.FastExcelError as error:  # a chart sheet, or one that is damaged
            failure = error
            continue
        if (table := _table(cells)) is not None:
            found.append((sheet, table))
        tick(size // 2 + size * number // (2 * len(book.sheet_names)))
    if not found:
        if failure is not None:
            raise _refusal(path, name, failure) from failure
        raise InputError(
            _("{file} has no data rows in any sheet.").format(file=name),
            _("Export a period in which the shop had orders."),
        )
    return Workbook(tuple(found), warnings)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet reaches: its last row, its last column (`far` if beyond Z, else about)."""

    rows: int
    columns: int
    far: bool

    @property
    def is_vast(self) -> bool:
        """Whether the reader would end the process by asking for its cells."""
        return self.rows * (self.columns if self.far else 26) > MOST_CELLS


def _extents(path: Path, tick: Tick) -> Iterator[Extent]:
    """Yield how far the sheets of an XLSX file reach; nothing for another kind of spreadsheet."""
    if not zipfile.is_zipfile(path):
        return
    with (
        suppress(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
        zipfile.ZipFile(path) as book,
    ):
        done = 0
        for part in book.infolist():
            if not part.filename.endswith(".xml") or "worksheets/" not in part.filename:
                continue
            columns, rows, before, at = set[bytes](), 0, b"", 0
            with book.open(part) as file:
                while piece := file.read(PIECE_BYTES):
                    text = before + piece
                    if not at:
                        columns.update(COLUMN.findall(text[:FIRST_CELLS]))
                    columns.update(FAR_COLUMN.findall(text))
                    end = text[-PIECE_BYTES // 64 :]
                    rows = max([rows, *map(int, ROW.findall(end))])
                    before = text[-LONGEST_TAG:]
                    at += len(piece)
                    tick(done + part.compress_size * at // max(part.file_size, at))
            done += part.compress_size
            width = max(map(_column_number, columns), default=26)
            yield Extent(rows, width, far=width > 26)


def _column_number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _table(cells: pl.DataFrame) -> pl.DataFrame | None:
    """Return the rows below the header; None where there are none."""
    if not cells.width:
        return None
    rows = [[cell or "" for cell in row] for row in cells.head(HEADER_WITHIN).iter_rows()]
    at = header_index(rows)
    if at is None or at + 1 >= cells.height:
        return None
    below = cells.slice(at + 1)
    below.columns = unique_names(rows[at])
    unnamed = [
        column
        for column, title in zip(below.columns, rows[at], strict=True)
        if not title.strip() and below[column].null_count() == below.height
    ]
    return below.drop(unnamed)


def _refusal(path: Path, name: str, error: Exception) -> InputError:
    if "password" in str(error).lower() or ENCRYPTED in path.read_bytes():
        return InputError(
            _("{file} is protected by a password.").format(file=name),
            _("Open it in a spreadsheet program and save it without the password."),
        )
    return InputError(
        _("{file} can't be read as a spreadsheet: it is damaged, or of a kind that is not known.").format(
            file=name
        ),
        _("Save it as XLSX or CSV, then open that."),
    )
