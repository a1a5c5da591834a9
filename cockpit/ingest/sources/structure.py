"""The shape of delimited text, counted before anything parses it.

A file whose records all have the same number of fields, and whose quotes all stand where quotes belong, is
read by the fast reader. Any oddity sends it to the exact one.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CHUNK_BYTES = 1 << 24
QUOTE = ord('"')
NEWLINE = ord("\n")
RETURN = ord("\r")
BEGINS, ENDS = 1, 2  # what a byte beside a quote lets it do to a field

Tick = Callable[[int], None]
"""Called with the bytes done so far; it may raise to stop."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place between two records: how many stand before it, and the byte at which the next begins."""

    records: int
    byte: int


@dataclass(slots=True)
class _Scan:
    """What is carried from one chunk to the next."""

    fields: int  # expected in each record
    delimiter: int
    records: int = 0
    delimiters: int = 0  # seen in the record that is open
    quotes: int = 0  # seen so far, modulo 2
    before: int = NEWLINE  # the byte before the chunk
    last_end: int = -1  # where in the chunk its last whole record ends


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where delimiters, ends of lines and quotes stand in a chunk, and which of them are quotes."""

    bytes_: NDArray[np.uint8]
    places: NDArray[np.intp]
    quoted: NDArray[np.bool_]


def count_records(
    path: Path, start: int, delimiter: str, fields: int, tick: Tick, *, cuts: list[Cut] | None = None
) -> int | None:
    """Return how many records follow byte `start`, or None when the text is odd in any way.

    `cuts` is given the last place between two records in each `CHUNK_BYTES` of text.
    Odd: a record without exactly `fields` fields, an empty line, a quote in the middle of an unquoted field,
    text after a closing quote, an unclosed quote, a carriage return that ends no line.
    """
    scan = _Scan(fields, ord(delimiter))
    with path.open("rb") as file, ThreadPoolExecutor(1) as ahead:

        def following() -> tuple[bytes, "Future[_Marks]"]:
            chunk = file.read(CHUNK_BYTES)
            return chunk, ahead.submit(_marks, chunk, scan.delimiter)

        file.seek(start)
        done = start
        chunk, marks = following()
        while chunk:
            after, marks_after = following()
            before = scan.records
            if not _take(scan, chunk, marks.result(), after[:1]):
                return None
            if cuts is not None and scan.records > before:
                cuts.append(Cut(scan.records, done + scan.last_end + 1))
            done += len(chunk)
            tick(done)
            chunk, marks = after, marks_after
    if scan.quotes:
        return None
    if scan.before != NEWLINE:
        if scan.delimiters != fields - 1:
            return None
        scan.records += 1
    return scan.records


def _marks(chunk: bytes, delimiter: int) -> _Marks:
    bytes_ = np.frombuffer(chunk, np.uint8)
    marks = (bytes_ == NEWLINE) | (bytes_ == delimiter)
    if b'"' in chunk:
        marks |= bytes_ == QUOTE
    places = np.flatnonzero(marks)
    return _Marks(bytes_, places, bytes_[places] == QUOTE)


def _take(scan: _Scan, chunk: bytes, marks: _Marks, following: bytes) -> bool:
    """Count one chunk; False as soon as something is odd."""
    if not _returns_end_lines(chunk, following):
        return False
    bytes_, places, quoted = marks.bytes_, marks.places, marks.quoted
    if scan.quotes or quoted.any():
        parity = (np.cumsum(quoted) + scan.quotes) & 1
        if not _quotes_stand_right(scan, bytes_, following, places[quoted], parity[quoted]):
            return False
        scan.quotes = int(parity[-1]) if len(parity) else scan.quotes
        places = places[(parity == 0) & ~quoted]
    ends = np.flatnonzero(bytes_[places] == NEWLINE)
    if len(ends):
        counts = np.diff(ends, prepend=-1) - 1
        counts[0] += scan.delimiters
        if (counts != scan.fields - 1).any():
            return False
        if scan.fields == 1 and _has_empty_line(scan, bytes_, places[ends]):
            return False
        scan.records += len(ends)
        scan.last_end = int(places[ends[-1]])
        scan.delimiters = int(len(places) - 1 - ends[-1])
    else:
        scan.delimiters += len(places)
    scan.before = chunk[-1]
    return True


def _quotes_stand_right(
    scan: _Scan,
    bytes_: NDArray[np.uint8],
    following: bytes,
    at: NDArray[np.intp],
    parity: NDArray[np.intp],
) -> bool:
    """Tell whether each opening quote begins a field, and each closing one ends it (or is doubled)."""
    around = np.zeros(256, np.uint8)
    around[[scan.delimiter, NEWLINE, QUOTE]] = BEGINS
    around[[scan.delimiter, NEWLINE, RETURN, QUOTE]] |= ENDS
    padded = _between(scan.before, bytes_, following[0] if following else NEWLINE)
    begins = around[padded[at[parity == 1]]] & BEGINS
    ends = around[padded[at[parity == 0] + 2]] & ENDS
    return bool(begins.all() and ends.all())


def _between(before: int, bytes_: NDArray[np.uint8], *after: int) -> NDArray[np.uint8]:
    return np.concatenate((np.array([before], np.uint8), bytes_, np.array(after, np.uint8)))


def _has_empty_line(scan: _Scan, bytes_: NDArray[np.uint8], line_ends: NDArray[np.intp]) -> bool:
    padded = _between(scan.before, bytes_)
    before = padded[line_ends]
    two_before = _between(NEWLINE, padded)[line_ends]
    return bool(((before == NEWLINE) | ((before == RETURN) & (two_before == NEWLINE))).any())


def _returns_end_lines(chunk: bytes, following: bytes) -> bool:
    """Tell whether each carriage return stands before a newline."""
    returns = chunk.count(b"\r")
    alone = returns - chunk.count(b"\r\n") if returns else 0
    return alone == 0 or (alone == 1 and chunk.endswith(b"\r") and following in (b"\n", b""))
