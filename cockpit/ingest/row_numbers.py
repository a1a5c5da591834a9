"""Numbers of rows: money and quantities, each column in the notation of the whole file."""

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.deciding import tally
from cockpit.ingest.dialects.catalog import LINE_NUMBERS, MONEY_FIELDS
from cockpit.ingest.intake import Task
from cockpit.ingest.rows import Rows, bad_cells, column_of
from cockpit.ingest.values import Amounts, currencies_of, read_amounts
from cockpit.language import gettext as _
from cockpit.language import ngettext

DECISIVE = ("gross", "refund", "quantity", "unit_price", "line_value")
"""Numbers that change what an order was worth: a row on which one can't be read is left out."""


VALUED = ("gross", "line_value", "unit_price")
"""The first of these that a file has tells its currencies, where no column does."""


def read_numbers(rows: Rows, _task: Task) -> None:
    """Read money and the numbers of lines; a cell that holds no number is said, or complained about."""
    _add_up(rows)
    _tell_currencies(rows)
    for name in (*MONEY_FIELDS, *LINE_NUMBERS):
        if name not in rows.frame.columns or name in rows.mapping.added:
            continue
        cells = rows.frame[name]
        if pattern := rows.dialect.within.get(name):
            cells = _sum_within(cells, pattern)
        amounts = amounts_of(rows, f"money {name}", cells, grouped=name != "quantity")
        rows.frame = rows.frame.with_columns(amounts.values.alias(name))
        if name in DECISIVE:
            rows.frame = rows.frame.with_columns(bad_cells(name, cells, amounts.unreadable))
        else:
            unread = int(amounts.unreadable.sum())
            say = rows.counted(f"unread {name}", unread, _without_number, column=column_of(rows, name))
            rows.notes.warn_when_known(f"unread {name}", say)
        _say_notation(rows, f"money {name}", column_of(rows, name))


def _tell_currencies(rows: Rows) -> None:
    """Give each row the currency that its cell of money tells, where the cells tell several."""
    name = next((name for name in VALUED if name in rows.frame.columns), None)
    if name is None or "currency" in rows.mapping or rows.frame.schema[name] != pl.String:
        return
    told = currencies_of(rows.frame[name])
    seen = tally(**dict(told.drop_nulls().value_counts().iter_rows()))
    if rows.decisions.decide("currencies", seen, lambda all_: len(all_) > 1):
        rows.frame = rows.frame.with_columns(currency=told)


def _without_number(count: int) -> str:
    return ngettext(
        "{file}: {count} cell of {column} holds no number and is taken as empty.",
        "{file}: {count} cells of {column} hold no number and are taken as empty.",
        count,
    )


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
            complaints.append(bad_cells(name, cells, amounts.unreadable))
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

    def unit() -> str | None:
        word = rows.decisions.made[name].word
        if word is None:
            return None
        return _("{file}: “{word}” beside the numbers of {column} is taken for a currency.").format(
            file=rows.file, word=harmless(word, 20), column=column
        )

    rows.notes.assume_when_known(f"comma {name}", comma)
    rows.notes.assume_when_known(f"unit {name}", unit)
    rows.notes.warn_when_known(f"doubt {name}", doubt)


def drop_rates(rows: Rows, _task: Task) -> None:
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
                file=rows.file, column=column_of(rows, "discount")
            )
        )
