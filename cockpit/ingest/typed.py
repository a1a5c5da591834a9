"""Raw rows become typed ones, part by part: each cell in its field, each row with why it is left out.

Columns of the result: `record`, the fields that the file has (text, `ordered_at`, `status`, money, numbers of
lines), `value` (of the line), `reason` and `detail`. A field that the file lacks has no column.
"""

import polars as pl

from cockpit.ingest.clean import harmless_columns
from cockpit.ingest.dialects import words
from cockpit.ingest.dialects.catalog import TEXT_FIELDS
from cockpit.ingest.intake import Task
from cockpit.ingest.lifting import as_text, lifted_fields
from cockpit.ingest.row_dates import read_dates
from cockpit.ingest.row_numbers import drop_rates, read_numbers
from cockpit.ingest.rows import Rows, column_of
from cockpit.ingest.sources import Part

KEYS = ("order_id", "customer_id", "email", "phone", "ordered_at", "gross", "line_value", "unit_price", "sku")
"""Fields of which a row that means anything has at least one."""


def decoded(rows: Rows, part: Part) -> pl.DataFrame:
    """Return the fields of a part of the raw table as written, made harmless; leaves `rows` alone."""
    lifted = lifted_fields(part, rows.dialect, rows.mapping, rows.further.columns)
    return harmless_columns(lifted.collect(engine="streaming"))


def read_part(rows: Rows, part: Part, task: Task) -> None:
    """Turn the frame of `rows`, the decoded fields of a part, into typed rows."""
    for step in (read_dates, read_numbers, drop_rates, _read_status, _value_lines):
        task.beat()
        step(rows, task)
    _mark_left_out(rows, part)
    if rows.dialect.fill_down and "order_id" in rows.frame.columns:
        filled = pl.col("order_id").forward_fill().fill_null(pl.lit(rows.last_id, pl.String))
        known = rows.frame["order_id"].drop_nulls()
        rows.last_id = known[-1] if len(known) else rows.last_id
        usable = pl.when(pl.col("reason").is_null()).then(filled)
        rows.frame = rows.frame.with_columns(order_id=pl.coalesce("order_id", usable))


def _read_status(rows: Rows, _task: Task) -> None:
    """Turn status words and rules into one canonical status a row; null where the row says nothing."""
    frame = rows.frame
    by_rule = [
        pl.when(pl.col(f"rule {number}")).then(pl.lit(rule.status))
        for number, rule in enumerate(rows.dialect.rules)
        if f"rule {number}" in frame.columns
    ]
    by_word = pl.lit(None, pl.String)
    if "status" in frame.columns:
        said = frame["status"].drop_nulls().value_counts()
        meanings = {written: _meaning(rows, written) for written in said["status"]}
        for written, count in said.iter_rows():
            if meanings[written] is None:
                word = written.lower()
                rows.unknown_words[word] = rows.unknown_words.get(word, 0) + count
        canonical = {written: meaning or "unknown" for written, meaning in meanings.items()}
        by_word = pl.col("status").replace_strict(canonical, default=None, return_dtype=pl.String)
    details = [
        pl.when(pl.col(f"rule {number}")).then(pl.lit(rule.detail))
        for number, rule in enumerate(rows.dialect.rules)
        if f"rule {number}" in frame.columns
    ]
    rows.frame = frame.with_columns(
        pl.coalesce(*by_rule, by_word).alias("status"),
        pl.coalesce(*details, pl.lit(None, pl.String)).alias("rule detail"),
    )
    for name, pattern in rows.dialect.within.items():
        if name in TEXT_FIELDS and name in frame.columns:
            rows.frame = rows.frame.with_columns(pl.col(name).str.extract(pattern))
    if "consent" in frame.columns:
        consent = pl.col("consent").str.to_lowercase()
        rows.frame = rows.frame.with_columns(
            consent.replace_strict(words().consent, default=None, return_dtype=pl.String).alias("consent")
        )


def _meaning(rows: Rows, written: str) -> str | None:
    word = written.strip().lower()
    return rows.dialect.statuses.get(word) or words().statuses.get(word)


def _value_lines(rows: Rows, _task: Task) -> None:
    """Add `value`, the total of each line, from the file's own total or from quantity and unit price."""
    names = rows.frame.columns
    priced = None
    if "unit_price" in names:
        priced = pl.col("unit_price")
        if "quantity" in names:
            priced *= pl.col("quantity")
        if "line_discount" in names:
            priced -= pl.col("line_discount").fill_null(0.0)
    parts = [pl.col("line_value")] if "line_value" in names else []
    parts += [priced] if priced is not None else []
    if parts:
        rows.frame = rows.frame.with_columns(pl.coalesce(*parts).alias("value"))


def _mark_left_out(rows: Rows, part: Part) -> None:
    """Add `reason` and `detail`: blank rows, rows with a cell that can't be read, rows that are no order."""
    frame = rows.frame
    present = [name for name in KEYS if name in frame.columns]
    complaints = [name for name in frame.columns if name.startswith("bad ")]
    silent = pl.all_horizontal(pl.col(name).is_null() for name in (*present, *complaints))
    candidates = frame.filter(silent)["record"]
    blank = _wholly_empty(part, candidates) if len(candidates) else candidates
    detail = [
        pl.when(pl.col(f"bad {name}").is_not_null()).then(
            pl.lit(f"{column_of(rows, name)}: ") + pl.col(f"bad {name}")
        )
        for name in (complaint.removeprefix("bad ") for complaint in complaints)
    ]
    empty = pl.lit(None, pl.String)
    frame = frame.with_columns(
        detail=pl.when(pl.col("status") == "none").then("rule detail").otherwise(pl.coalesce(*detail, empty)),
        reason=pl.when(pl.col("record").is_in(blank.implode())).then(pl.lit("blank"))
        .when(pl.col("status") == "none").then(pl.lit("not_an_order"))
        .when(pl.coalesce(*detail, empty).is_not_null()).then(pl.lit("unreadable")),
    )  # fmt: skip
    frame = frame.with_columns(detail=pl.when(pl.col("reason") != "blank").then("detail"))
    spent = [name for name in frame.columns if name.startswith(("bad ", "rule "))]
    rows.frame = frame.drop(spent).with_columns(pl.col("record").cast(pl.Int64))


def _wholly_empty(part: Part, candidates: pl.Series) -> pl.Series:
    """Return which of the candidate records have no filled cell at all."""
    cells = [
        as_text(column, dtype).str.strip_chars().fill_null("") == ""
        for column, dtype in part.frame.collect_schema().items()
        if not dtype.is_nested()
    ]
    return (
        part.frame.with_row_index("record", offset=1 + part.before)
        .filter(pl.col("record").is_in(candidates.implode()))
        .filter(pl.all_horizontal(cells))
        .select("record")
        .collect(engine="streaming")
        .to_series()
    )
