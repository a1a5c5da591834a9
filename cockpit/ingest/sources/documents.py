"""JSON, one document or one a line: each order an object, its lines a list inside it."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from cockpit.errors import InputError
from cockpit.ingest import room
from cockpit.ingest.sources import batches
from cockpit.ingest.sources.batches import Batches
from cockpit.ingest.sources.table import Tick, Workspace, unique_names
from cockpit.language import gettext as _

WRAPPERS = 4  # how deep an API may wrap its list: {"data": {"orders": {"edges": […]}}}
PIECE_BYTES = 1 << 20
LONGEST_LINE = 1 << 26  # bytes; what is longer is a document, or damaged
LONGEST_OBJECT = 1 << 26  # characters
BYTES_A_BYTE = 10
"""What a document that is read at once takes for each of its bytes, about."""
LIST = re.compile(r"\s*\[")
WRAPPED_LIST = re.compile(r'\s*\{\s*"[^"\\]*"\s*:\s*\[(?=\s*\{)')
BLANK = re.compile(r"\s*")
LIKE_WRITTEN = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _word: None)
"""Leaves numbers as they are written, and takes NaN for nothing."""
Flat = dict[str, str | list[dict[str, str | None]] | None]


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of a JSON file, and what to tell of its reading."""

    rows: Batches
    warnings: tuple[str, ...] = ()


def read_json(path: Path, name: str, workspace: Workspace, tick: Tick) -> Document:
    """Return one row an object: scalars as text (numbers as written), nested objects as `outer.inner`.

    A list of objects stays one column, List(Struct) of text. A list of orders, plain or under one name, and
    objects line by line are read part by part, other shapes at once. Raises InputError when the text is no
    JSON, holds no objects, or needs more memory than the machine has.
    """
    try:
        read = _read(path, name, workspace, tick)
    except RecursionError as error:
        raise InputError(
            _("{file} is JSON of which objects are nested too deeply.").format(file=name),
            _("Export the orders as a list of objects, or as CSV."),
        ) from error
    if not read.rows.rows:
        raise InputError(
            _("{file} is JSON without a list of orders.").format(file=name),
            _("Export the orders as a list of objects, or as CSV."),
        )
    return read


def _read(path: Path, name: str, workspace: Workspace, tick: Tick) -> Document:
    with path.open("rb") as file:
        head = file.read(PIECE_BYTES).decode("utf-8-sig", "replace")
        file.seek(0)
        opening = next((shape for shape in (LIST, WRAPPED_LIST) if shape.match(head)), None)
        if opening is not None:
            try:
                return Document(_gathered(_from_list(file, opening, tick), workspace))
            except json.JSONDecodeError:
                tick(0)
        elif _has_lines(file):
            return Document(_gathered(_from_lines(file, name, tick), workspace))
        if opening is not LIST:
            warning = room.beyond_grant(
                _("{file} is JSON that has to be read at once: that takes about {size:,.1f} GB of memory"),
                name,
                path.stat().st_size * BYTES_A_BYTE,
                workspace.memory,
                _("Export the orders as a list, one order a line, or as CSV."),
            )
            file.seek(0)
            try:
                parsed = LIKE_WRITTEN.decode(file.read().decode("utf-8-sig", "replace").strip())
            except json.JSONDecodeError:
                pass
            else:
                return Document(_gathered(_objects(parsed), workspace), warning)
        return Document(_gathered(_from_lines(file, name, tick), workspace))


def _has_lines(file: BinaryIO) -> bool:
    """Tell whether the first line is an object and others follow."""
    file.seek(0)
    line = b""
    while not line.strip() and (read := file.readline(LONGEST_LINE)):
        line = read
    if not line.endswith(b"\n"):
        return False
    try:
        first = LIKE_WRITTEN.decode(line.decode("utf-8-sig", "replace").strip())
    except json.JSONDecodeError:
        return False
    return isinstance(first, dict) and any(map(bytes.strip, iter(file.readline, b"")))


def _from_lines(file: BinaryIO, name: str, tick: Tick) -> Iterator[dict[str, Any]]:
    """Yield the objects of newline-delimited JSON."""
    file.seek(0)
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        if number % 10_000 == 0:
            tick(file.tell())
        text = line.decode("utf-8-sig", "replace").strip()
        if not text:
            continue
        try:
            parsed = LIKE_WRITTEN.decode(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(
                _("{file} is not complete JSON: line {line} can't be read.").format(file=name, line=number),
                _("Download or export it again."),
            ) from error
        if isinstance(parsed, dict):
            yield parsed


def _from_list(file: BinaryIO, opening: re.Pattern[str], tick: Tick) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list that is the document, or all that the document wraps.

    Raises JSONDecodeError where it is neither.
    """
    text = _Text(file, tick)
    text.pass_by(opening)
    mark = "" if text.next_mark("]") else ","
    while mark == ",":
        parsed = text.value()
        if isinstance(parsed, dict):
            yield parsed["node"] if isinstance(parsed.get("node"), dict) else parsed
        elif opening is WRAPPED_LIST:
            text.refuse()
        mark = text.next_mark(",]") or text.refuse()
    if opening is WRAPPED_LIST and not text.next_mark("}"):
        text.refuse()
    if not text.is_over():
        text.refuse()


class _Text:
    """The text of a file, of which only as much is held as is needed."""

    def __init__(self, file: BinaryIO, tick: Tick) -> None:
        self._file, self._tick = file, tick
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._held, self._at, self._ended = "", 0, False
        self._read_on()

    def refuse(self) -> str:
        """Raise the error of what stands here."""
        raise json.JSONDecodeError("Not a plain list", self._held, self._at)

    def pass_by(self, pattern: re.Pattern[str]) -> None:
        """Go behind what stands here."""
        found = pattern.match(self._held, self._at)
        self._at = found.end() if found else self._at

    def next_mark(self, marks: str) -> str:
        """Go behind the next mark and return it, if it is one of these; else return nothing."""
        if self.is_over() or (mark := self._held[self._at]) not in marks:
            return ""
        self._at += 1
        return mark

    def is_over(self) -> bool:
        """Tell whether nothing but blanks is left."""
        self.pass_by(BLANK)
        while self._at == len(self._held) and self._read_on():
            self.pass_by(BLANK)
        return self._at == len(self._held)

    def value(self) -> Any:
        """Return the value that stands here."""
        self.pass_by(BLANK)
        while True:
            try:
                found, end = LIKE_WRITTEN.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                if len(self._held) - self._at > LONGEST_OBJECT or not self._read_on():
                    raise
            else:
                if end < len(self._held) or isinstance(found, (dict, list)) or not self._read_on():
                    self._at = end
                    return found

    def _read_on(self) -> bool:
        if self._ended:
            return False
        piece = self._file.read(max(PIECE_BYTES, len(self._held) - self._at))
        self._ended = not piece
        self._held = self._held[self._at :] + self._decoder.decode(piece, final=self._ended)
        self._at = 0
        self._tick(self._file.tell())
        return True


def _objects(parsed: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list that the document is, wraps, or holds column by column."""
    if isinstance(parsed, list):
        for one in parsed:
            if isinstance(one, dict):
                yield one["node"] if isinstance(one.get("node"), dict) else one
    elif isinstance(parsed, dict) and depth < WRAPPERS:
        if _is_columns(parsed):
            yield from _transposed(parsed)
            return
        lists = [value for value in parsed.values() if isinstance(value, list) and _has_objects(value)]
        inner = [value for value in parsed.values() if isinstance(value, dict)]
        own = any(isinstance(value, str) for value in parsed.values())
        if lists and not (own and depth == 0 and _looks_like_order(parsed)):
            yield from _objects(max(lists, key=len), depth + 1)
        elif own or not inner:
            yield parsed
        else:
            yield from _objects(max(inner, key=len), depth + 1)


def _looks_like_order(one: dict[str, Any]) -> bool:
    """Tell an order that stands alone, with its lines, from the wrapper of a list of orders."""
    scalars = sum(not isinstance(value, (list, dict)) for value in one.values())
    return scalars >= 3


def _has_objects(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)


def _is_columns(parsed: dict[str, Any]) -> bool:
    """Tell whether each value is a column: lists of scalars of one length, or maps from row labels."""
    values = list(parsed.values())
    if len(values) < 2:
        return False
    if all(isinstance(value, list) for value in values):
        return len({len(value) for value in values}) == 1 and not any(_has_objects(value) for value in values)
    if all(isinstance(value, dict) for value in values):
        scalars = all(not isinstance(cell, (dict, list)) for value in values for cell in value.values())
        return scalars and len({tuple(value) for value in values}) == 1
    return False


def _transposed(columns: dict[str, Any]) -> Iterator[dict[str, Any]]:
    cells = [list(column.values()) if isinstance(column, dict) else column for column in columns.values()]
    for row in zip(*cells, strict=True):
        yield dict(zip(columns, row, strict=True))


def _flat(one: dict[str, Any], prefix: str = "") -> Flat:
    flat: Flat = {}
    for key, value in one.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat.update(_flat(value, f"{name}."))
        elif isinstance(value, list) and _has_objects(value):
            flat[name] = [{inner: _text(cell) for inner, cell in _flat(item).items()} for item in value]
        else:
            flat[name] = _text(value)
    return flat


def _text(value: Any) -> str | None:
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _gathered(objects: Iterable[dict[str, Any]], workspace: Workspace) -> Batches:
    """Return a row for each object."""
    gathered, names = Batches(workspace), dict[str, None]()
    rows: list[Flat] = []
    for one in objects:
        rows.append(_flat(one))
        names.update(dict.fromkeys(rows[-1]))
        if names and len(rows) >= batches.ROWS:
            gathered.add(_frame(rows, names))
            rows.clear()
    if names and rows:
        gathered.add(_frame(rows, names))
    return gathered


def _frame(rows: list[Flat], names: Iterable[str]) -> pl.DataFrame:
    """Return the rows as columns of text, and of lists of objects of text."""
    keys = list(names)
    columns = []
    for column, key in zip(unique_names(keys), keys, strict=True):
        cells = [row.get(key) for row in rows]
        nested = any(isinstance(cell, list) for cell in cells)
        columns.append(_nested(column, cells) if nested else pl.Series(column, cells, pl.String))
    return pl.DataFrame(columns)


def _nested(column: str, values: list[Any]) -> pl.Series:
    keys = list(
        dict.fromkeys(key for value in values if isinstance(value, list) for item in value for key in item)
    )
    inner = pl.Struct({key: pl.String() for key in keys})
    cells = [
        [{key: item.get(key) for key in keys} for item in value] if isinstance(value, list) else None
        for value in values
    ]
    return pl.Series(column, cells, pl.List(inner))
