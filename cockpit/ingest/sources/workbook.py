"""Spreadsheets: each sheet that holds a table, with its header found, every cell as text."""

from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

import fastexcel
import polars as pl

from cockpit.errors import InputError
from cockpit.ingest.sources.table import header_index, unique_names

HEADER_WITHIN = 60  # rows
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, name: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each sheet with rows below its header, and its name.

    Raises InputError when the workbook is protected, damaged, or has no sheet with rows.
    """
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
