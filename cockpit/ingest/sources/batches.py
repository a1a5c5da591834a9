"""Rows that are read by Python become a table batch by batch; all but the first wait in private files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from cockpit.ingest.sources.table import Part, Workspace

ROWS = 50_000
"""Rows of a batch."""


@dataclass(slots=True)
class Batches:
    """Frames of text, and of lists of objects of text, one after the other; later ones may have more columns.

    A column that holds lists in one batch and text in another is one of lists, and the text is dropped.
    """

    workspace: Workspace
    rows: int = 0
    _frames: list[pl.LazyFrame] = field(default_factory=list)
    _heights: list[int] = field(default_factory=list)
    _schema: dict[str, pl.DataType] = field(default_factory=dict)

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows behind the others."""
        for name, dtype in frame.schema.items():
            self._schema[name] = _wider(self._schema.get(name, pl.String()), dtype)
        if self._frames:
            path = self.workspace.new_file()
            frame.write_ipc(path)
            self._frames.append(pl.scan_ipc(path))
        else:
            self._frames.append(frame.lazy())
        self._heights.append(frame.height)
        self.rows += frame.height

    def parts(self) -> Iterator[Part]:
        """Yield the batches, each with all columns."""
        before = 0
        for frame, height in zip(self._frames, self._heights, strict=True):
            yield Part(before, self._fitted(frame))
            before += height

    def table(self) -> pl.LazyFrame:
        """Return all of them as one; there must be one at least."""
        return pl.concat([part.frame for part in self.parts()])

    def _fitted(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        held = frame.collect_schema()
        return frame.select(
            _as(name, held[name], dtype) if name in held else pl.lit(None, dtype).alias(name)
            for name, dtype in self._schema.items()
        )


def _wider(one: pl.DataType, other: pl.DataType) -> pl.DataType:
    """Return a type that holds both: text, or lists of objects with the fields of both."""
    keys = dict.fromkeys((*_keys(one), *_keys(other)))
    is_nested = isinstance(one, pl.List) or isinstance(other, pl.List)
    return pl.List(pl.Struct(dict.fromkeys(keys, pl.String()))) if is_nested else pl.String()


def _keys(dtype: pl.DataType) -> list[str]:
    if not isinstance(dtype, pl.List) or not isinstance(dtype.inner, pl.Struct):
        return []
    return [inner.name for inner in dtype.inner.fields]


def _as(name: str, held: pl.DataType, dtype: pl.DataType) -> pl.Expr:
    if held == dtype:
        return pl.col(name)
    if not isinstance(held, pl.List):
        return pl.lit(None, dtype).alias(name)
    keys, own = _keys(dtype), set(_keys(held))
    fields = [
        (pl.element().struct.field(key) if key in own else pl.lit(None, pl.String)).alias(key) for key in keys
    ]
    return pl.col(name).list.eval(pl.struct(fields))
