"""Spreadsheets: each sheet that holds a table, with its header found, every cell as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

import fastexcel
import polars as pl

from cockpit.errors import InputError
from cockpit.ingest.sources.table import header_index, unique_names

HEADER_WITHIN = 60  # rows
MOST_CELLS = 150_000_000
"""Cells between the corners of a sheet, each of which the reader keeps in memory, filled or not."""
PIECE_BYTES = 1 << 22
LONGEST_TAG = 256  # bytes
FAR_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d{1,7}"[^<>]*(?<!/)>')  # of a cell with content beyond column Z
ROW = re.compile(rb'r="[A-Z]{1,3}(\d{1,7})"[^<>]*(?<!/)>')
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, name: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each sheet with rows below its header, and its name.

    Raises InputError when the workbook is protected, damaged, or has no sheet with rows.
    """
    if _is_vast(path):
        raise InputError(
            _("{file} has a filled cell so far out that the sheet is too large to read.").format(file=name),
            _("Delete the columns and rows beyond the table, or save it as CSV."),
        )
    try:
        book = fastexcel.read_excel(path.read_bytes())
    except fastexcel.FastExcelError as error:
        raise _refusal(path, name, error) from error
    found, failure = False, None
    for sheet in book.sheet_names:
        try:
            cells = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
        except fastexcel.FastExcelError as error:  # a chart sheet, or one that is damaged
            failure = error
            continue
        if (table := _table(cells)) is not None:
            found = True
            yield sheet, table
    if not found:
        if failure is not None:
            raise _refusal(path, name, failure) from failure
        raise InputError(
            _("{file} has no data rows in any sheet.").format(file=name),
            _("Export a period in which the shop had orders."),
        )


def _is_vast(path: Path) -> bool:
    """Tell whether a sheet of an XLSX file reaches beyond `MOST_CELLS`: allocating them ends the process."""
    if not zipfile.is_zipfile(path):
        return False
    with (
        suppress(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
        zipfile.ZipFile(path) as book,
    ):
        for part in book.infolist():
            if not part.filename.endswith(".xml") or "worksheets/" not in part.filename:
                continue
            columns, rows, before = set[bytes](), 0, b""
            with book.open(part) as file:
                while piece := file.read(PIECE_BYTES):
                    text = before + piece
                    columns.update(FAR_COLUMN.findall(text))
                    end = text[-PIECE_BYTES // 64 :]
                    rows = max([rows, *map(int, ROW.findall(end))])
                    before = text[-LONGEST_TAG:]
            width = max(map(_column_number, columns), default=26)
            if width * rows > MOST_CELLS:
                return True
    return False


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
