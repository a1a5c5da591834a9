"""Raw rows become typed ones, part by part: each cell in its field, each row with why it is left out.

Columns of the result: `record`, the fields that the file has (text, `ordered_at`, `status`, money, numbers of
lines), `value` (of the line), `reason` and `detail`. A field that the file lacks has no column.
"""

import re
from dataclasses import dataclass, field
from gettext import gettext as _

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.clean import harmless_columns
from cockpit.ingest.deciding import Decisions, tally
from cockpit.ingest.dialects import Dialect, Mapping, words
from cockpit.ingest.dialects.catalog import LINE_NUMBERS, MONEY_FIELDS, TEXT_FIELDS
from cockpit.ingest.further import Further
from cockpit.ingest.intake import Notes, Say, Task
from cockpit.ingest.lifting import as_text, lifted_fields
from cockpit.ingest.sources import Part, RawTable
from cockpit.ingest.values import Amounts, local_moments, read_amounts, read_moments
from cockpit.ingest.values.dates import DateForm, Order

DECISIVE = ("gross", "refund", "quantity", "unit_price", "line_value")
"""Numbers that change what an order was worth: a row on which one can't be read is left out."""

KEYS = ("order_id", "customer_id", "email", "phone", "ordered_at", "gross", "line_value", "unit_price", "sku")
"""Fields of which a row that means anything has at least one."""


ORDER_NAMES: dict[Order, str] = {
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
    "ymd": _("year, month, day"),
}

FIRST = 100  # cells


@dataclass(frozen=True, slots=True)
class FirstCells:
    """The first dates and currencies of a file, as they are written; None: it has no such column."""

    dates: tuple[str, ...]
    currencies: tuple[str, ...] | None

    def __add__(self, other: "FirstCells") -> "FirstCells":
        codes = None if self.currencies is None else (*self.currencies, *(other.currencies or ()))[:FIRST]
        return FirstCells((*self.dates, *other.dates)[:FIRST], codes)


@dataclass(slots=True)
class Rows:
    """The rows of one part of a file at a time, and what is known of the file so far.

    `frame` holds the typed rows of the part that was read last; `decisions` what holds for all parts.
    """

    file_no: int
    table: RawTable
    dialect: Dialect
    mapping: Mapping
    further: Further
    notes: Notes
    decisions: Decisions
    frame: pl.DataFrame = field(default_factory=pl.DataFrame)
    unknown_words: dict[str, int] = field(default_factory=dict)
    last_id: str | None = None
    summed: bool = False  # an order is worth the sum of its rows

    @property
    def file(self) -> str:
        """The name of the file, harmless."""
        return self.table.file

    @property
    def date_order(self) -> Order | None:
        """The order in which the dates are read; None where they leave no choice."""
        shown = self.decisions.shown.get("dates")
        if shown is None or not shown.ordered:
            return None
        form: DateForm = self.decisions.made["dates"]
        return form.order

    @property
    def date_is_proven(self) -> bool:
        """Whether a row proves that order."""
        shown = self.decisions.shown.get("dates")
        return shown is not None and shown.ordered and shown.evidence is not None

    @property
    def symbol(self) -> str | None:
        """What the money is written in: the ISO 4217 code of the first symbols found."""
        shown = (seen for name, seen in self.decisions.shown.items() if name.startswith(("money ", "part ")))
        return next((seen.currency for seen in shown if seen.currency), None)

    def counted(self, name: str, count: int, sentence: str, **fields: object) -> Say:
        """Add to a count of the whole file, and return what says it where it is not nothing."""
        self.decisions.count(name, count)

        def say() -> str | None:
            counted = self.decisions.shown[name]
            return sentence.format(file=self.file, count=f"{counted:,}", **fields) if counted else None

        return say


def read_part(rows: Rows, part: Part, task: Task) -> None:
    """Make the typed rows of a part of the raw table the frame of `rows`."""
    lifted = lifted_fields(part, rows.dialect, rows.mapping, rows.further.columns).collect(engine="streaming")
    task.beat()
    rows.frame = harmless_columns(lifted)
    del lifted
    for step in (_read_dates, _read_numbers, _drop_rates, _read_status, _value_lines):
        task.beat()
        step(rows, task)
    _mark_left_out(rows, part)
    if rows.dialect.fill_down and "order_id" in rows.frame.columns:
        filled = pl.col("order_id").forward_fill().fill_null(pl.lit(rows.last_id, pl.String))
        known = rows.frame["order_id"].drop_nulls()
        rows.last_id = known[-1] if len(known) else rows.last_id
        usable = pl.when(pl.col("reason").is_null()).then(filled)
        rows.frame = rows.frame.with_columns(order_id=pl.coalesce("order_id", usable))


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
    asked, made = task.settings.date_order, rows.decisions.made
    usual = _usual_order(rows, cells)
    first = int(frame["record"][0]) - 1 if frame.height else 0
    moments = read_moments(cells, asked, usual, made.get("dates"), first)
    rows.decisions.decide("dates", moments.shown, lambda shown: shown.form(asked, usual))
    _say_dates(rows, asked=asked is not None)
    values = _on_the_shops_clock(rows, moments.values, cells, task)
    rows.frame = (
        frame.drop("time", strict=False)
        .with_columns(values.alias("ordered_at"))
        .with_columns(_complaint("ordered_at", cells, moments.unreadable))
    )


def _usual_order(rows: Rows, cells: pl.Series) -> Order:
    """Return the order to take for granted: the platform's, else what the currency or the dots suggest."""
    if rows.dialect.date_order:
        return rows.dialect.date_order
    of_dollars = rows.dialect.currency == "USD"

    def usual(first: FirstCells) -> Order:
        dotted = any(re.search(r"\d\.\d{1,2}\.", cell) for cell in first.dates)
        dollars = "USD" in (code.upper() for code in first.currencies or ())
        return "mdy" if not dotted and (of_dollars if first.currencies is None else dollars) else "dmy"

    written = cells.drop_nulls().head(FIRST) if cells.dtype == pl.String else ()
    codes = None
    if "currency" in rows.frame.columns:
        codes = tuple(rows.frame["currency"].drop_nulls().head(FIRST))
    order: Order = rows.decisions.decide("usual order", FirstCells(tuple(written), codes), usual)
    return order


def _say_dates(rows: Rows, *, asked: bool) -> None:
    def proved() -> str | None:
        shown, form = rows.decisions.shown["dates"], rows.decisions.made["dates"]
        if not shown.ordered or shown.evidence is None:
            return None
        row, cell = shown.evidence
        return _("{file}: dates are read as {order}: row {row} says {cell}.").format(
            file=rows.file, order=_(ORDER_NAMES[form.order]), row=f"{row + 1:,}", cell=harmless(cell, 40)
        )

    def granted() -> str | None:
        shown, form = rows.decisions.shown["dates"], rows.decisions.made["dates"]
        if not shown.ordered or shown.evidence is not None:
            return None
        return _("{file}: dates are taken as {order}; no row proves it.").format(
            file=rows.file, order=_(ORDER_NAMES[form.order])
        )

    def doubted() -> str | None:
        sentence = None if asked else granted()
        return sentence and sentence + " " + _("If that is wrong, use --date-order.")

    def serial() -> str | None:
        form = rows.decisions.made["dates"]
        if form.quick is not None or not form.serial:
            return None
        return _("{file}: dates are a spreadsheet's day numbers.").format(file=rows.file)

    rows.notes.assume_when_known("proved dates", proved)
    rows.notes.assume_when_known("granted dates", granted)
    rows.notes.warn_when_known("doubted dates", doubted)
    rows.notes.assume_when_known("serial dates", serial)


def _on_the_shops_clock(rows: Rows, clock: pl.Series, cells: pl.Series, task: Task) -> pl.Series:
    """Bring moments whose zone the file tells to the owner's; without one the file's own clock is kept."""
    in_utc = re.search(r"\b(UTC|GMT)\b", _column(rows, "ordered_at")) is not None
    shown, zone = rows.decisions.shown, task.settings.timezone
    if zone is None:

        def kept() -> str | None:
            seen = shown["dates"].zone or ("UTC" if in_utc else None)
            sentence = _("{file}: times are kept as the file's clock shows them ({zone}).")
            return seen and sentence.format(file=rows.file, zone=harmless(seen))

        rows.notes.assume_when_known("kept clock", kept)
        return clock
    values, told = local_moments(cells, clock, zone, in_utc=in_utc)
    for name, count, sentence in (
        ("told", told, _("{file}: {count} times that tell their zone are brought to {zone}.")),
        (
            "untold",
            clock.count() - told,
            _("{file}: {count} times tell no zone and are taken to be {zone}."),
        ),
    ):
        say = rows.counted(f"zones {name}", count, sentence, zone=zone)
        rows.notes.assume_when_known(f"zones {name}", say)
    return values


def _read_numbers(rows: Rows, _task: Task) -> None:
    _add_up(rows)
    for name in (*MONEY_FIELDS, *LINE_NUMBERS):
        if name not in rows.frame.columns or name in rows.mapping.added:
            continue
        cells = rows.frame[name]
        if pattern := rows.dialect.within.get(name):
            cells = _sum_within(cells, pattern)
        amounts = amounts_of(rows, f"money {name}", cells, grouped=name != "quantity")
        rows.frame = rows.frame.with_columns(amounts.values.alias(name))
        if name in DECISIVE:
            rows.frame = rows.frame.with_columns(_complaint(name, cells, amounts.unreadable))
        else:
            sentence = _("{file}: {count} cells of {column} hold no number and are taken as empty.")
            unread = int(amounts.unreadable.sum())
            say = rows.counted(f"unread {name}", unread, sentence, column=_column(rows, name))
            rows.notes.warn_when_known(f"unread {name}", say)
        _say_notation(rows, f"money {name}", _column(rows, name))


def amounts_of(rows: Rows, name: str, cells: pl.Series, *, grouped: bool = True) -> Amounts:
    """Read a part of the column of numbers that decisions know by this name."""
    amounts = read_amounts(cells, grouped=grouped, notation=rows.decisions.made.get(name))
    rows.decisions.decide(name, amounts.shown, lambda shown: shown.notation(grouped=grouped))
    return amounts


def _add_up(rows: Rows) -> None:
    """Add up the fields that a platform spreads over several columns."""
    for name, columns in rows.mapping.added.items():
        total = pl.lit(0.0)
        complaints = []
        for column in columns:
            cells = rows.frame[f"{name} {column}"]
            amounts = amounts_of(rows, f"part {column}", cells)
            _say_notation(rows, f"part {column}", column.removeprefix("-"))
            part = pl.lit(amounts.values.fill_null(0.0))
            total = total - part.abs() if column.startswith("-") else total + part
            complaints.append(_complaint(name, cells, amounts.unreadable))
        known = pl.any_horizontal(pl.col(f"{name} {column}").is_not_null() for column in columns)
        rows.frame = rows.frame.with_columns(
            pl.when(known).then(total).alias(name), pl.coalesce(*complaints).alias(f"bad {name}")
        ).drop(f"{name} {column}" for column in columns)
        listed = ", ".join(columns).replace(", -", _(" less "))
        rows.notes.assume(
            _("{file}: {field} is the sum of {columns}.").format(file=rows.file, field=name, columns=listed)
        )


def _sum_within(cells: pl.Series, pattern: str) -> pl.Series:
    """Return the sum of the amounts that the pattern finds in each cell."""
    found = cells.str.extract_all(pattern)
    amounts = found.list.eval(pl.element().str.extract(pattern).cast(pl.Float64, strict=False))
    return amounts.list.sum().set(found.list.len() == 0, None).alias(cells.name)


def _say_notation(rows: Rows, name: str, column: str) -> None:
    grouped = name != "money quantity"

    def comma() -> str | None:
        if rows.decisions.made[name].decimal != ",":
            return None
        return _("{file}: in {column} a comma stands before the decimals.").format(
            file=rows.file, column=column
        )

    def doubt() -> str | None:
        cell = rows.decisions.shown[name].doubtful(grouped=grouped)
        if not cell:
            return None
        thousands = (rows.decisions.made[name].decimal == ",") == ("." in cell)
        reading = _("thousands") if thousands else _("decimals")
        return _("{file}: {column} could be read in two ways; {cell} is taken to end in {reading}.").format(
            file=rows.file, column=column, cell=cell, reading=reading
        )

    rows.notes.assume_when_known(f"comma {name}", comma)
    rows.notes.warn_when_known(f"doubt {name}", doubt)


def _drop_rates(rows: Rows, _task: Task) -> None:
    """Drop a column of discounts that holds shares (0.2) instead of money, in tables of no known platform."""
    if rows.dialect.money != "decide" or "discount" not in rows.frame.columns:
        return
    discount = rows.frame["discount"].drop_nulls()
    beyond = len(discount) - int(discount.is_between(0, 1).sum())
    seen = tally(beyond=beyond, fractions=int((discount % 1 != 0).sum()))
    if rows.decisions.decide("rates", seen, lambda all_: bool(all_["fractions"] and not all_["beyond"])):
        rows.frame = rows.frame.drop("discount")
        rows.notes.assume(
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


def _column(rows: Rows, name: str) -> str:
    return ", ".join(rows.mapping.columns.get(name, (name,)))


def complaint_of(rows: Rows) -> str | None:
    """Return a sentence about status words that no dialect knows."""
    if not rows.unknown_words:
        return None
    listed = ", ".join(
        f"{harmless(word, 30)} ({count:,})"
        for word, count in sorted(rows.unknown_words.items(), key=lambda item: -item[1])[:5]
    )
    return _("{file}: status words not known: {words}; such orders count as ordinary ones.").format(
        file=rows.file, words=listed
    )
