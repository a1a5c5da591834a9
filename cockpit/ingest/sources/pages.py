"""The outline of a Parquet file, checked before its pages are decoded.

The decoder believes what a page says of its own size: a damaged header can make it ask for more memory than
there is, and that ends the whole process. So every header has to fit its column, and every column the file.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cockpit.ingest.sources.thrift import CutOffError, MalformedError, Struct, read_struct

TAIL = 8  # bytes: the length of the footer, and the mark
HEADER = 512  # bytes in which a page's header usually ends
MOST_VALUES = 2**31 - 1  # that a page can say it has

# Numbers of fields, as in Parquet's definition (parquet.thrift).
SCHEMA, FILE_ROWS, ROW_GROUPS = 2, 3, 4
REPETITION, NAME = 3, 4
REPEATED = 2  # as a value of REPETITION
GROUP_COLUMNS, GROUP_ROWS = 1, 3
COLUMN_META = 3
PATH, CHUNK_VALUES, PACKED_SIZE, DATA_AT, DICTIONARY_AT = 3, 5, 7, 9, 11
PAGE_KIND, UNPACKED, PACKED, PAGE_V1, DICTIONARY, PAGE_V2 = 1, 2, 3, 5, 7, 8
VALUES, V2_NULLS, V2_ROWS, V2_LEVELS, V2_REPEATS = 1, 2, 3, 5, 6


def is_sound(path: Path) -> bool:
    """Tell whether what the file says of its rows, columns and pages can be true of a file of its size."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - TAIL, 0))
        begin = size - TAIL - int.from_bytes(file.read(4), "little")
        if begin < 4:
            return False
        file.seek(begin)
        try:
            footer, _end = read_struct(file.read(size - TAIL - begin))
            schema = _structs(footer, SCHEMA)
            single = {_text(each.get(NAME)) for each in schema if each.get(REPETITION) != REPEATED}
            groups = _structs(footer, ROW_GROUPS)
            rows = sum(_check_group(file.fileno(), group, single, begin) for group in groups)
            return rows == _count(footer, FILE_ROWS)
        except MalformedError:
            return False


def _check_group(file: int, group: Struct, single: set[bytes], end: int) -> int:
    """Check the columns of a row group, which stand before byte `end`; return its rows.

    A column of a `single` name has a value in each row.
    """
    rows = _count(group, GROUP_ROWS, MOST_VALUES)
    for column in _structs(group, GROUP_COLUMNS):
        chunk = _part(column, COLUMN_META)
        values = _count(chunk, CHUNK_VALUES)
        path = _list(chunk, PATH)
        if values != rows and len(path) == 1 and _text(path[0]) in single:
            raise MalformedError
        begin = _count(chunk, DATA_AT)
        if 0 < _count(chunk, DICTIONARY_AT, absent=0) < begin:
            begin = chunk[DICTIONARY_AT]
        stop = begin + _count(chunk, PACKED_SIZE)
        if stop > end:
            raise MalformedError
        for page in _pages(file, begin, stop, values):
            _check_page(page)
    return rows


def _pages(file: int, at: int, stop: int, values: int) -> Iterator[Struct]:
    """Yield the headers of the pages from byte `at` on that hold so many values."""
    while values:
        page, at = _header(file, at, stop)
        at += _count(page, PACKED)
        if at > stop:
            raise MalformedError
        if PAGE_V1 in page or PAGE_V2 in page:
            values -= _count(_part(page, PAGE_V2 if PAGE_V2 in page else PAGE_V1), VALUES, values)
        yield page


def _header(file: int, at: int, stop: int) -> tuple[Struct, int]:
    """Return the header of the page at byte `at`, and where the page itself begins."""
    size = HEADER
    while True:
        data = os.pread(file, min(size, stop - at), at)
        try:
            page, length = read_struct(data)
        except CutOffError:
            if len(data) < size:
                raise
            size *= 8
        else:
            return page, at + length


def _check_page(page: Struct) -> None:
    """Check what a page says of itself alone."""
    unpacked = _count(page, UNPACKED)
    if DICTIONARY in page:
        _count(_part(page, DICTIONARY), VALUES, 8 * unpacked)
    if PAGE_V2 in page:
        header = _part(page, PAGE_V2)
        values = _count(header, VALUES)
        _count(header, V2_NULLS, values)
        _count(header, V2_ROWS, values)
        levels = _count(header, V2_LEVELS) + _count(header, V2_REPEATS)
        if levels > min(unpacked, _count(page, PACKED)):
            raise MalformedError


def _count(fields: Struct, number: int, most: int | None = None, absent: int | None = None) -> int:
    """Return a field that counts something: a whole number from nothing up to `most`."""
    value = fields.get(number, absent)
    if type(value) is not int or value < 0 or (most is not None and value > most):
        raise MalformedError
    return value


def _part(fields: Struct, number: int) -> Struct:
    value = fields.get(number)
    if not isinstance(value, dict):
        raise MalformedError
    return value


def _structs(fields: Struct, number: int) -> list[Struct]:
    found = _list(fields, number)
    if not all(isinstance(each, dict) for each in found):
        raise MalformedError
    return found


def _text(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise MalformedError
    return value


def _list(fields: Struct, number: int) -> list[Any]:
    value = fields.get(number)
    if not isinstance(value, list):
        raise MalformedError
    return value
