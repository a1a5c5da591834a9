"""Delimited text, record by record: slower than any fast reader, and never surprised.

Rules beyond RFC 4180, each seen in exports: blanks may stand before an opening quote; a quote inside an
unquoted field is a character (`5" pipe`); text after a closing quote belongs to the field; an opening quote
that is not closed within `LONGEST_CELL_LINES` lines is a character too, lest it swallow the rest.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_CELL_LINES = 5_000


@dataclass(slots=True)
class Record:
    """The fields of one record; `line` is the physical line, from 1, where it begins, `lines` its height."""

    fields: list[str]
    line: int
    lines: int


def records_of(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[Record]:
    """Yield the records of the physical lines, empty lines as one empty field."""
    waiting: deque[str] = deque()
    line = 0
    while True:
        first = waiting.popleft() if waiting else next(lines, None)
        if first is None:
            return
        text = _without_end(first)
        height = 1
        fields = _split(text, delimiter, quote) if quote in text else text.split(delimiter)
        if fields is None:
            fields, height = _across_lines(first, lines, waiting, delimiter, quote)
        line += height
        yield Record(fields, line - height + 1, height)


def _across_lines(
    first: str, lines: Iterator[str], waiting: deque[str], delimiter: str, quote: str
) -> tuple[list[str], int]:
    """Read on until the quote closes; if it never does, it was a character and the lines are put back."""
    taken = [first]
    while len(taken) < LONGEST_CELL_LINES:
        following = waiting.popleft() if waiting else next(lines, None)
        if following is None:
            break
        taken.append(following)
        if quote in following:
            fields = _split(_without_end("".join(taken)), delimiter, quote)
            if fields is not None:
                return fields, len(taken)
    waiting.extendleft(reversed(taken[1:]))
    return _without_end(first).split(delimiter), 1


def _split(text: str, delimiter: str, quote: str) -> list[str] | None:
    """Split one record; None when a quoted field is still open at the end."""
    fields: list[str] = []
    at, end = 0, len(text)
    while True:
        start = at
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] != quote:
            stop = text.find(delimiter, at)
            fields.append(text[at : stop if stop >= 0 else end])
        else:
            cell, close = _quoted_cell(text, start + 1, quote)
            if close < 0:
                return None
            stop = text.find(delimiter, close)
            fields.append(cell + text[close : stop if stop >= 0 else end].rstrip())
        if stop < 0:
            return fields
        at = stop + 1


def _quoted_cell(text: str, at: int, quote: str) -> tuple[str, int]:
    """Return the cell that begins at `at`, and the place after its closing quote (-1: not closed)."""
    pieces: list[str] = []
    while True:
        stop = text.find(quote, at)
        if stop < 0:
            return "", -1
        pieces.append(text[at:stop])
        if text[stop + 1 : stop + 2] != quote:
            return "".join(pieces), stop + 1
        pieces.append(quote)
        at = stop + 2


def _without_end(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")
