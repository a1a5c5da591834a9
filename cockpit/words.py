"""Sentences about rows, filled from templates in the query files."""

from collections.abc import Mapping
from gettext import gettext as _
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse.catalog import Column

SILENCE_CAP = 1_000


def with_sentences(frame: "pl.DataFrame", columns: "Mapping[str, Column]") -> "pl.DataFrame":
    """Fill every column of unit `sentence`: the template chosen by the column `by`, with the row's values."""
    import polars as pl

    for column in columns.values():
        if column.unit != "sentence" or column.name not in frame.columns or column.by is None:
            continue
        filled = pl.lit(None, pl.String)
        for code, template in column.sentences.items():
            sentence = _sentence(_(template), columns)
            filled = pl.when(pl.col(column.by) == code).then(sentence).otherwise(filled)
        frame = frame.with_columns(filled.alias(column.name))
    return frame


def _sentence(template: str, columns: "Mapping[str, Column]") -> "pl.Expr":
    import polars as pl

    pieces: list[pl.Expr] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        pieces.append(pl.lit(text))
        if name:
            pieces.append(_value(name, columns[name].unit))
    return pl.concat_str(pieces)


def _value(name: str, unit: str) -> "pl.Expr":
    import polars as pl

    value = pl.col(name)
    if unit == "one in":
        capped = value >= SILENCE_CAP
        return (
            pl.when(capped)
            .then(pl.lit(f"{SILENCE_CAP}+"))
            .otherwise(value.round(0).cast(pl.Int64).cast(pl.String))
        )
    if unit == "days":
        return value.round(0).cast(pl.Int64).cast(pl.String)
    return value.cast(pl.String)


def _whole(value: "pl.Expr") -> "pl.Expr":
    import polars as pl

    return value.round(0).cast(pl.Int64).cast(pl.String)
