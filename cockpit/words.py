"""Sentences about rows, filled from templates in the query files."""

from collections.abc import Mapping
from string import Formatter as Template
from typing import TYPE_CHECKING

from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.values import SILENCE_CAP, write

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse.catalog import Column


def with_sentences(
    frame: "pl.DataFrame", columns: "Mapping[str, Column]", formatter: Formatter
) -> "pl.DataFrame":
    """Fill every column of unit `sentence`: the template chosen by the column `by`, with the row's values.

    Figures are written as the shop writes them; of days only the number, since their template has the word.
    """
    import polars as pl

    for column in columns.values():
        if column.unit != "sentence" or column.name not in frame.columns or column.by is None:
            continue
        filled = pl.lit(None, pl.String)
        for code, template in column.sentences.items():
            sentence = _sentence(_(template), frame, columns, formatter)
            filled = pl.when(pl.col(column.by) == code).then(sentence).otherwise(filled)
        frame = frame.with_columns(filled.alias(column.name))
    return frame


def _sentence(
    template: str, frame: "pl.DataFrame", columns: "Mapping[str, Column]", formatter: Formatter
) -> "pl.Expr":
    import polars as pl

    pieces: list[pl.Expr] = []
    for text, name, _spec, _conversion in Template().parse(template):
        pieces.append(pl.lit(text))
        if name:
            pieces.append(pl.lit(_written(frame[name], columns[name], formatter)))
    return pl.concat_str(pieces)


def _written(values: "pl.Series", column: "Column", formatter: Formatter) -> "pl.Series":
    """Each value as text; what is equal is written once, since lists are long."""
    import polars as pl

    if column.unit == "text":
        return values.cast(pl.String)
    if column.unit in ("days", "one in"):
        values = values.round(0).cast(pl.Int64)
    if column.unit == "one in":
        values = values.clip(upper_bound=SILENCE_CAP)
    distinct = values.unique()
    texts = [
        formatter.number(value) if column.unit == "days" else write(formatter, column, value)
        for value in distinct
    ]
    return values.replace_strict(distinct, texts, return_dtype=pl.String)
