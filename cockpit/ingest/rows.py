"""A raw table becomes typed rows: each cell in its canonical field, each row with the reason it is left out.

Columns of the result: `record`, the fields that the file has (text, `ordered_at`, `status`, money, numbers of
lines), `value` (of the line), `reason` and `detail`. A field that the file lacks has no column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import gettext as _

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.clean import harmless_columns
from cockpit.ingest.dialects import Dialect, Mapping, words
from cockpit.ingest.dialects.catalog import LINE_NUMBERS, MONEY_FIELDS, TEXT_FIELDS
from cockpit.ingest.further import Further, find_further
from cockpit.ingest.intake import Notes, Task
from cockpit.ingest.lifting import as_text, lifted_fields
from cockpit.ingest.sources import RawTable
from cockpit.ingest.values import Amounts, Moments, local_moments, read_amounts, read_moments
from cockpit.ingest.values.dates import Order

DECISIVE = ("gross", "refund", "quantity", "unit_price", "line_value")
"""Numbers that change what an order was worth: a row on which one can't be read is left out."""

KEYS = ("order_id", "customer_id", "email", "phone", "ordered_at", "gross", "line_value", "unit_price", "sku")
"""Fields of which a row that means anything has at least one."""


ORDER_NAMES: dict[Order, str] = {
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
    "ymd": _("year, month, day"),
}


@dataclass(slots=True)
class Rows:
    """The rows of one file, what its money was written in, and in which order its dates.

    `date_order` is None where the dates leave no choice; `date_is_proven` tells whether a row proves it.
    """

    file_no: int
    table: RawTable
    dialect: Dialect
    mapping: Mapping
    frame: pl.DataFrame
    further: Further
    symbol: str | None = None
    unknown_words: dict[str, int] = field(default_factory=dict)
    date_order: Order | None = None
    date_is_proven: bool = False

    @property
    def file(self) -> str:
        """The name of the file, harmless."""
        return self.table.file


def read_rows(file_no: int, table: RawTable, found: tuple[Dialect, Mapping], task: Task) -> Rows:
    """Return the typed rows of a raw table, read by its dialect and mapping."""
    dialect, mapping = found
    further = find_further(table, dialect, mapping)
    lifted = lifted_fields(table, dialect, mapping, further.columns).collect(engine="streaming")
    task.beat()
    rows = Rows(file_no, table, dialect, mapping, harmless_columns(lifted), further)
    del lifted
    for step in (_read_dates, _read_numbers, _drop_rates, _read_status, _value_lines, _mark_left_out):
        task.beat()
        step(rows, task)
    if dialect.fill_down and "order_id" in rows.frame.columns:
        filled = pl.when(pl.col("reason").is_null()).then(pl.col("order_id").forward_fill())
        rows.frame = rows.frame.with_columns(order_id=pl.coalesce("order_id", filled))
    return rows


def _read_dates(rows: Rows, task: Task) -> None:
    """Read `ordered_at`, with the time of day from a column of its own where there is one."""
    frame = rows.frame
    if "ordered_at" not in frame.columns:
        return
    cells = frame["ordered_at"]
    if "time" in frame.columns:
        day = cells.cast(pl.String) if cells.dtype != pl.String else cells
        cells = frame.select(
            pl.concat_str(day, pl.col("time"), separator=" ", ignore_nulls=True).alias("ordered_at")
        ).to_series()
    moments = read_moments(cells, task.settings.date_order, _usual_order(rows, cells))
    _say_dates(rows, moments, cells, asked=task.settings.date_order is not None, notes=task.notes)
    values = _on_the_shops_clock(rows, moments, cells, task)
    rows.frame = (
        frame.drop("time", strict=False)
        .with_columns(values.alias("ordered_at"))
        .with_columns(_complaint("ordered_at", cells, moments.unreadable))
    )


def _usual_order(rows: Rows, cells: pl.Series) -> Order:
    """Return the order to take for granted: the platform's, else what the currency or the dots suggest."""
    if rows.dialect.date_order:
        return rows.dialect.date_order
    dotted = cells.dtype == pl.String and cells.drop_nulls().head(100).str.contains(r"\d\.\d{1,2}\.").any()
    dollars = rows.dialect.currency == "USD"
    if "currency" in rows.frame.columns:
        dollars = rows.frame["currency"].drop_nulls().head(100).str.to_uppercase().eq("USD").any()
    return "mdy" if dollars and not dotted else "dmy"


def _say_dates(rows: Rows, moments: Moments, cells: pl.Series, *, asked: bool, notes: Notes) -> None:
    rows.date_order, rows.date_is_proven = moments.order, moments.evidence is not None
    if moments.order and moments.evidence is not None:
        notes.assume(
            _("{file}: dates are read as {order}: row {row} says {cell}.").format(
                file=rows.file,
                order=_(ORDER_NAMES[moments.order]),
                row=f"{rows.frame['record'][moments.evidence]:,}",
                cell=harmless(str(cells[moments.evidence]), 40),
            )
        )
    elif moments.order:
        sentence = _("{file}: dates are taken as {order}; no row proves it.").format(
            file=rows.file, order=_(ORDER_NAMES[moments.order])
        )
        notes.assume(sentence)
        if not asked:
            notes.warn(sentence + " " + _("If that is wrong, use --date-order."))
    if moments.serial:
        notes.assume(_("{file}: dates are a spreadsheet's day numbers.").format(file=rows.file))


def _on_the_shops_clock(rows: Rows, moments: Moments, cells: pl.Series, task: Task) -> pl.Series:
    """Bring moments whose zone the file tells to the owner's; without one the file's own clock is kept."""
    in_utc = re.search(r"\b(UTC|GMT)\b", _column(rows, "ordered_at")) is not None
    seen = moments.zone or ("UTC" if in_utc else None)
    if task.settings.timezone is None:
        if seen:
            task.notes.assume(
                _("{file}: times are kept as the file's clock shows them ({zone}).").format(
                    file=rows.file, zone=harmless(seen)
                )
            )
        return moments.values
    values, told = local_moments(cells, moments.values, task.settings.timezone, in_utc=in_utc)
    known = moments.values.count()
    if told:
        task.notes.assume(
            _("{file}: {count} times that tell their zone are brought to {zone}.").format(
                file=rows.file, count=f"{told:,}", zone=task.settings.timezone
            )
        )
    if told < known:
        task.notes.assume(
            _("{file}: {count} times tell no zone and are taken to be {zone}.").format(
                file=rows.file, count=f"{known - told:,}", zone=task.settings.timezone
            )
        )
    return values


def _read_numbers(rows: Rows, task: Task) -> None:
    _add_up(rows, task.notes)
    for name in (*MONEY_FIELDS, *LINE_NUMBERS):
        if name not in rows.frame.columns or name in rows.mapping.added:
            continue
        cells = rows.frame[name]
        if pattern := rows.dialect.within.get(name):
            cells = _sum_within(cells, pattern)
        amounts = read_amounts(cells, grouped=name != "quantity")
        rows.frame = rows.frame.with_columns(amounts.values.alias(name))
        if name in DECISIVE:
            rows.frame = rows.frame.with_columns(_complaint(name, cells, amounts.unreadable))
        elif unread := int(amounts.unreadable.sum()):
            task.notes.warn(
                _("{file}: {count} cells of {column} hold no number and are taken as empty.").format(
                    file=rows.file, count=f"{unread:,}", column=_column(rows, name)
                )
            )
        rows.symbol = rows.symbol or amounts.currency
        _say_notation(rows, name, amounts, task.notes)


def _add_up(rows: Rows, notes: Notes) -> None:
    """Add up the fields that a platform spreads over several columns."""
    for name, columns in rows.mapping.added.items():
        total = pl.lit(0.0)
        complaints = []
        for column in columns:
            cells = rows.frame[f"{name} {column}"]
            amounts = read_amounts(cells)
            rows.symbol = rows.symbol or amounts.currency
            _say_notation(rows, column.removeprefix("-"), amounts, notes)
            part = pl.lit(amounts.values.fill_null(0.0))
            total = total - part.abs() if column.startswith("-") else total + part
            complaints.append(_complaint(name, cells, amounts.unreadable))
        known = pl.any_horizontal(pl.col(f"{name} {column}").is_not_null() for column in columns)
        rows.frame = rows.frame.with_columns(
            pl.when(known).then(total).alias(name), pl.coalesce(*complaints).alias(f"bad {name}")
        ).drop(f"{name} {column}" for column in columns)
        listed = ", ".join(columns).replace(", -", _(" less "))
        notes.assume(
            _("{file}: {field} is the sum of {columns}.").format(file=rows.file, field=name, columns=listed)
        )


def _sum_within(cells: pl.Series, pattern: str) -> pl.Series:
    """Return the sum of the amounts that the pattern finds in each cell."""
    found = cells.str.extract_all(pattern)
    amounts = found.list.eval(pl.element().str.extract(pattern).cast(pl.Float64, strict=False))
    return amounts.list.sum().set(found.list.len() == 0, None).alias(cells.name)


def _say_notation(rows: Rows, name: str, amounts: Amounts, notes: Notes) -> None:
    if amounts.decimal == ",":
        notes.assume(
            _("{file}: in {column} a comma stands before the decimals.").format(
                file=rows.file, column=_column(rows, name)
            )
        )
    if amounts.doubtful:
        reading = _("thousands") if (amounts.decimal == ",") == ("." in amounts.doubtful) else _("decimals")
        notes.warn(
            _("{file}: {column} could be read in two ways; {cell} is taken to end in {reading}.").format(
                file=rows.file, column=_column(rows, name), cell=amounts.doubtful, reading=reading
            )
        )


def _drop_rates(rows: Rows, task: Task) -> None:
    """Drop a column of discounts that holds shares (0.2) instead of money, in tables of no known platform."""
    if rows.dialect.money != "decide" or "discount" not in rows.frame.columns:
        return
    discount = rows.frame["discount"].drop_nulls()
    if len(discount) and discount.is_between(0, 1).all() and (discount % 1 != 0).any():
        rows.frame = rows.frame.drop("discount")
        task.notes.assume(
            _("{file}: {column} holds rates between 0 and 1, not money, and is not used.").format(
                file=rows.file, column=_column(rows, "discount")
            )
        )


def _complaint(name: str, cells: pl.Series, unreadable: pl.Series) -> pl.Expr:
    """Return the column `bad <field>`: the text that could not be read, else null."""
    if not unreadable.any():
        return pl.lit(None, pl.String).alias(f"bad {name}")
    text = cells.cast(pl.String, strict=False).set(~unreadable, None).str.slice(0, 80)
    return pl.lit(text).alias(f"bad {name}")


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


def _mark_left_out(rows: Rows, _task: Task) -> None:
    """Add `reason` and `detail`: blank rows, rows with a cell that can't be read, rows that are no order."""
    frame = rows.frame
    present = [name for name in KEYS if name in frame.columns]
    complaints = [name for name in frame.columns if name.startswith("bad ")]
    silent = pl.all_horizontal(pl.col(name).is_null() for name in (*present, *complaints))
    candidates = frame.filter(silent)["record"]
    blank = _wholly_empty(rows.table, candidates) if len(candidates) else candidates
    detail = [
        pl.when(pl.col(f"bad {name}").is_not_null()).then(
            pl.lit(f"{_column(rows, name)}: ") + pl.col(f"bad {name}")
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


def _wholly_empty(table: RawTable, candidates: pl.Series) -> pl.Series:
    """Return which of the candidate records have no filled cell at all."""
    cells = [
        as_text(column, dtype).str.strip_chars().fill_null("") == ""
        for column, dtype in table.frame.collect_schema().items()
        if not dtype.is_nested()
    ]
    return (
        table.frame.with_row_index("record", offset=1)
        .filter(pl.col("record").is_in(candidates.implode()))
        .filter(pl.all_horizontal(cells))
        .select("record")
        .collect(engine="streaming")
        .to_series()
    )


def _column(rows: Rows, name: str) -> str:
    return ", ".join(rows.mapping.columns.get(name, (name,)))


def complaints_of(rows: Rows) -> Iterator[str]:
    """Yield sentences about status words that no dialect knows."""
    if rows.unknown_words:
        listed = ", ".join(
            f"{harmless(word, 30)} ({count:,})"
            for word, count in sorted(rows.unknown_words.items(), key=lambda item: -item[1])[:5]
        )
        yield _("{file}: status words not known: {words}; such orders count as ordinary ones.").format(
            file=rows.file, words=listed
        )
