"""The fields of a raw table are lifted out of its columns: text as text, numbers and dates as they stand."""

import re
from collections.abc import Mapping as FieldMap

import polars as pl

from cockpit.ingest.dialects import Dialect, Mapping, Rule
from cockpit.ingest.dialects.catalog import TEXT_FIELDS
from cockpit.ingest.further import FURTHER
from cockpit.ingest.sources import Part

BETWEEN_LINES = "\ue000"
"""Stands between packed lines: a character for private use, that no export has a use for."""


def lifted_fields(
    part: Part, dialect: Dialect, mapping: Mapping, further: FieldMap[str, str]
) -> pl.LazyFrame:
    """Select the fields out of the file's columns, text as text and numbers still as they stand."""
    schema = part.frame.collect_schema()
    chosen = [pl.col("record")]
    for name, columns in mapping.columns.items():
        is_text = name in TEXT_FIELDS or name in ("status", "time")
        parts = [as_text(column, schema[column]) if is_text else pl.col(column) for column in columns]
        if len(parts) > 1:
            parts = [as_text(column, schema[column]) for column in columns]
            chosen.append(pl.coalesce(*(_filled(part) for part in parts)).alias(name))
        else:
            chosen.append(parts[0].alias(name))
    for name, columns in mapping.joined.items():
        parts = [_filled(as_text(column, schema[column])) for column in columns]
        chosen.append(pl.concat_str(*parts, separator=" ", ignore_nulls=True).alias(name))
    for name, columns in mapping.added.items():
        chosen += [pl.col(column.removeprefix("-")).alias(f"{name} {column}") for column in columns]
    for number, rule in enumerate(dialect.rules):
        if column := mapping.ruled(rule):
            holds = _holds(rule, as_text(column, schema[column]))
            if rule.where and (where := mapping.column(rule.where)):
                holds &= _filled(as_text(where, schema[where])).is_not_null()
            chosen.append(holds.alias(f"rule {number}"))
    if mapping.packed:
        cells = [_filled(pl.col(column)) for column in mapping.packed]
        chosen.append(pl.concat_str(*cells, separator=BETWEEN_LINES, ignore_nulls=True).alias("packed"))
    chosen += [as_text(column, schema[column]).alias(f"{FURTHER}{slug}") for slug, column in further.items()]
    nested = next((name for name, dtype in schema.items() if _holds_lines(name, dtype)), None)
    if nested is not None:
        chosen.append(pl.col(nested).alias("nested"))
    return part.frame.with_row_index("record", offset=1 + part.before).select(chosen)


def _holds_lines(name: str, dtype: pl.DataType) -> bool:
    """Tell whether a column holds the lines of an order as a list of objects."""
    objects = isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)
    return objects and re.search("line|item|product", name.casefold()) is not None


def as_text(column: str, dtype: pl.DataType) -> pl.Expr:
    """Return the column as text; a whole number that is stored as a float loses its `.0`."""
    cell = pl.col(column)
    if dtype.is_float():
        whole = (cell == cell.floor()) & (cell.abs() < 1e15)
        return (
            pl.when(whole)
            .then(cell.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(cell.cast(pl.String))
        )
    return cell if dtype == pl.String else cell.cast(pl.String, strict=False)


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.strip_chars() != "").then(text)


def _holds(rule: Rule, text: pl.Expr) -> pl.Expr:
    """Return whether the rule applies to a row."""
    cell = text.str.strip_chars()
    if rule.matches:
        found = cell.str.contains(rule.matches)
    elif rule.values:
        found = cell.str.to_lowercase().is_in(rule.values)
    else:
        found = cell != ""
    found = found.fill_null(value=False)
    return ~found if rule.unless else found
