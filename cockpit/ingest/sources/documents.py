"""JSON, one document or one a line: each order an object, its lines a list inside it."""

import json
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl

from cockpit.errors import InputError
from cockpit.ingest.sources.table import Tick, unique_names

WRAPPERS = 4  # how deep an API may wrap its list: {"data": {"orders": {"edges": […]}}}
MISSING = {"NaN", "Infinity", "-Infinity"}
Flat = dict[str, str | list[dict[str, str | None]] | None]


def read_json(path: Path, name: str, tick: Tick) -> pl.DataFrame:
    """Return one row an object: scalars as text (numbers as written), nested objects as `outer.inner`.

    A list of objects stays one column, List(Struct) of text. Raises InputError when the text is no JSON, or
    holds no objects.
    """
    text = path.read_bytes().decode("utf-8-sig", "replace").strip()
    try:
        found = list(_objects(_parsed(text)))
    except json.JSONDecodeError:
        found = list(_from_lines(text, name, tick))
    rows = [_flat(one) for one in found]
    if not any(rows):
        raise InputError(
            _("{file} is JSON without a list of orders.").format(file=name),
            _("Export the orders as a list of objects, or as CSV."),
        )
    return _frame(rows)


def _parsed(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _word: None)


def _from_lines(text: str, name: str, tick: Tick) -> Iterator[dict[str, Any]]:
    """Yield the objects of newline-delimited JSON."""
    done = 0
    for number, line in enumerate(text.split("\n"), 1):
        done += len(line) + 1
        if number % 10_000 == 0:
            tick(done)
        if not line.strip():
            continue
        try:
            parsed = _parsed(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(
                _("{file} is not complete JSON: line {line} can't be read.").format(file=name, line=number),
                _("Download or export it again."),
            ) from error
        if isinstance(parsed, dict):
            yield parsed


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


def _frame(rows: Iterable[Flat]) -> pl.DataFrame:
    """Return the rows as columns of text, and of lists of objects of text."""
    names: dict[str, bool] = {}
    for row in rows:
        for key, value in row.items():
            names[key] = names.get(key, False) or isinstance(value, list)
    shown = unique_names(list(names))
    return pl.DataFrame(
        [
            _nested(column, [row.get(key) for row in rows])
            if nested
            else pl.Series(column, [row.get(key) for row in rows], pl.String)
            for column, (key, nested) in zip(shown, names.items(), strict=True)
        ]
    )


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
