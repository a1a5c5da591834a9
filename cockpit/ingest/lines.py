"""What was bought: one line for each row, or those that a platform packs into one cell or one list."""

import polars as pl

from cockpit.ingest.clean import harmless_columns
from cockpit.ingest.dialects import dialect_named, plain
from cockpit.ingest.intake import LINES, shaped
from cockpit.ingest.lifting import BETWEEN_LINES
from cockpit.ingest.row_numbers import amounts_of
from cockpit.ingest.rows import Rows

NAMES = ("sku", "product", "category")
NUMBERS = ("quantity", "unit_price", "line_value")
TITLES = {"product": ("title", "name", "product name", "product")}
"""What a thing is called inside the lines of an order, where no other name can be meant."""


def lines_of(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of the used rows, with the order key of each."""
    if "packed" in used.columns or rows.dialect.money == "first":
        given_back = (pl.col("status") == "refund").fill_null(value=False)
        used = used.filter(~given_back | given_back.all().over("order_key"))  # it names what was bought again
    if "packed" in used.columns:
        lines = _unpacked(rows, used)
    elif "nested" in used.columns:
        lines = _unnested(rows, used)
    else:
        lines = _own(rows, used)
    return shaped(lines.with_columns(file_no=pl.lit(rows.file_no)), LINES)


def _own(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Return one line for each row; none for rows that hold an order's own cells and no article."""
    named = [name for name in NAMES if name in used.columns]
    if not named and not any(name in used.columns for name in ("quantity", "value")):
        return used.clear()
    if rows.dialect.money == "first" and named:
        return used.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in named))
    return used


def _unpacked(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Take the lines out of the cells into which the platform packs them."""
    packed = rows.dialect.packed
    assert packed is not None
    marked = pl.col("packed").str.replace_all(packed.between, f"{BETWEEN_LINES}$1")
    cells = used.select("order_key", "record", line=marked.str.split(BETWEEN_LINES)).explode("line")
    cells = cells.with_columns(pl.col("line").str.strip_chars(" |,;")).filter(pl.col("line") != "")
    fields = cells.with_columns(
        pl.col("line").str.extract(pattern).str.strip_chars().alias(name)
        for name, pattern in packed.fields.items()
    )
    return _valued(rows, fields.drop("line"))


def _unnested(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Take the lines out of a list of objects."""
    objects = used.select("order_key", "record", "nested").explode("nested")
    objects = objects.filter(pl.col("nested").is_not_null()).unnest("nested", separator=".")
    inner = {
        plain(name.removeprefix("nested.")): name for name in objects.columns if name.startswith("nested.")
    }
    chosen = []
    for field in (*NAMES, *NUMBERS):
        names = (*TITLES.get(field, ()), *dialect_named("generic").columns[field])
        column = next((inner[plain(name)] for name in names if plain(name) in inner), None)
        if column is not None and not objects.schema[column].is_nested():
            cell = pl.col(column)
            chosen.append((cell.cast(pl.String) if field in NAMES else cell).alias(field))
    return _valued(rows, harmless_columns(objects.select("order_key", "record", *chosen)))


def _valued(rows: Rows, lines: pl.DataFrame) -> pl.DataFrame:
    """Read the numbers of lines and add their value."""
    for name in NUMBERS:
        if name in lines.columns:
            amounts = amounts_of(rows, f"inner {name}", lines[name], grouped=name != "quantity")
            lines = lines.with_columns(amounts.values.alias(name))
    parts = [pl.col("line_value")] if "line_value" in lines.columns else []
    if "unit_price" in lines.columns:
        quantity = pl.col("quantity").fill_null(1.0) if "quantity" in lines.columns else pl.lit(1.0)
        parts.append(pl.col("unit_price") * quantity)
    return lines.with_columns(value=pl.coalesce(*parts)) if parts else lines
