"""The rows of one file become its orders and their lines."""

from dataclasses import dataclass

import polars as pl

from cockpit.ingest.deciding import tally
from cockpit.ingest.further import further_names, without_line_columns
from cockpit.ingest.intake import EXCLUDED, ORDERS, shaped
from cockpit.ingest.lines import NAMES, NUMBERS, lines_of
from cockpit.ingest.rows import Rows
from cockpit.language import gettext as _
from cockpit.language import ngettext

ONCE = (
    "order_id", "email", "customer_id", "phone", "name", "consent", "ordered_at", "status", "currency",
    "country", "channel", "discount_code", "tags",
)  # fmt: skip
MONEY = ("gross", "adjusted", "outstanding", "discount", "shipping", "tax", "refund")
ROUNDING = 6  # decimals kept of a sum of lines
CENT = 0.005
REPEATING = 0.98
"""Share of orders with several rows that repeat their total, beyond which it is no coincidence."""
MADE_ID = "row "
"""Begins the order id of a row to which neither the file nor a customer and day give one."""
MAY_BE_REFUND = ("paid", "refunded", "partially_refunded", "unknown")
"""What a row below zero may say of itself, that is one."""
IS_REFUND = (pl.col("status") == "refund").fill_null(value=False)


@dataclass(slots=True)
class FileOrders:
    """The orders of one file, or of a part of it; `order_key` counts from 0 within it.

    `orders` has the columns of Intake, further ones, and `made`: true where the file gives no order number.
    `members` tells which order each record belongs to (columns order_key, file_no, record).
    """

    orders: pl.DataFrame
    lines: pl.DataFrame
    excluded: pl.DataFrame
    members: pl.DataFrame
    differing: frozenset[str]  # further columns that say different things of one order


def gather(rows: Rows, frame: pl.DataFrame) -> FileOrders:
    """Return the orders of rows of one file that `with_ids` has seen, all rows of each order."""
    frame = _with_later_refunds(rows, _without_dates(_with_keys(frame)))
    if rows.dialect.lone_refund == "none":
        frame = _without_lone_refunds(frame)
    used = frame if frame["reason"].null_count() == frame.height else frame.filter(pl.col("reason").is_null())
    excluded = frame.filter(pl.col("reason").is_not_null()).select("record", "reason", "detail")
    key = pl.col("order_key")
    key = key.rle_id() if used["order_key"].is_sorted() else key.rank("dense") - 1
    used, differing = without_line_columns(used.with_columns(key.cast(pl.Int64)))
    orders, lines = _orders(rows, used), lines_of(rows, used)
    if "order_id" not in rows.mapping and lines.is_empty():
        _say_identical_rows(rows, used)
    file_no = pl.lit(rows.file_no, pl.Int32).alias("file_no")
    made = pl.col("order_id").str.starts_with(MADE_ID)
    further = orders.select(further_names(orders))
    return FileOrders(
        shaped(orders.with_columns(file_no), ORDERS).with_columns(further, made=made),
        lines,
        shaped(excluded.with_columns(file_no), EXCLUDED),
        used.select("order_key", file_no, "record"),
        differing,
    )


def with_ids(rows: Rows) -> pl.DataFrame:
    """Return the rows, each with an order id: its own, or customer and day where the file has none."""
    frame, notes = rows.frame, rows.notes
    usable = pl.col("reason").is_null()
    if "reference" in frame.columns:
        original = pl.when(IS_REFUND).then("reference")
        frame = frame.with_columns(order_id=pl.coalesce(original, "order_id"))
    if "order_id" in frame.columns:
        frame = frame.with_columns(pl.col("order_id").str.strip_prefix("'"))
        lacking = usable & pl.col("order_id").is_null() & pl.col("ordered_at").is_not_null()
        count = int(frame.select(lacking.sum()).item())
        notes.warn_when_known("lacking ids", rows.counted("lacking ids", count, _lacking_numbers))
        if count:
            own = pl.concat_str(pl.lit(MADE_ID), pl.col("record"))
            frame = frame.with_columns(order_id=pl.when(lacking).then(own).otherwise("order_id"))
        return frame
    notes.assume(
        _("{file}: there is no order number; what a customer bought on one day is one order.").format(
            file=rows.file
        )
    )
    keys = [name for name in ("email", "customer_id") if name in frame.columns]
    someone = pl.coalesce(*keys) if keys else pl.lit(None, pl.String)
    made = pl.concat_str(someone, pl.col("ordered_at").dt.strftime("%Y-%m-%d"), separator=" ")
    own = pl.concat_str(pl.lit(MADE_ID), pl.col("record"))
    return frame.with_columns(order_id=pl.coalesce(made, own))


def _lacking_numbers(count: int) -> str:
    return ngettext(
        "{file}: {count} row has no order number and counts as an order of its own.",
        "{file}: {count} rows have no order number; each counts as an order of its own.",
        count,
    )


def _with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `order_key`: equal for the rows of one order, rising with its first appearance.

    Rows of one order number belong together, unless they name different customers: numbers do repeat.
    """
    numbers = frame["order_id"].hash()  # much quicker to count; a collision only costs the quick way
    usable = frame["reason"].is_null()
    distinct = numbers if usable.all() else numbers.filter(usable)
    if distinct.n_unique() == len(distinct):
        return frame.with_columns(order_key=pl.int_range(pl.len(), dtype=pl.Int64))
    frame = _numbered(frame, ["order_id"])
    names = [name for name in ("email", "customer_id") if name in frame.columns]
    if not names:
        return frame
    frame = frame.with_columns(someone=pl.coalesce(*names).str.to_lowercase().str.strip_chars())
    # The customer of a refund may be the shop itself, so it never tells orders apart.
    mark = pl.when(pl.col("someone").is_not_null() & ~IS_REFUND).then(pl.col("someone").hash())
    disputed = frame.group_by("order_key").agg(disputed=mark.min() != mark.max()).filter("disputed")
    if disputed.height:
        filled = pl.col("someone").forward_fill().backward_fill().over("order_key")
        among = pl.col("order_key").is_in(disputed["order_key"].implode())
        frame = frame.with_columns(someone=pl.when(among).then(filled)).drop("order_key")
        frame = _numbered(frame, ["order_id", "someone"])
    return frame.drop("someone")


def _numbered(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Add `order_key`: the place of the row's keys among all keys in order of appearance."""
    if len(keys) == 1:
        runs = frame[keys[0]].rle_id().cast(pl.Int64)
        if runs[-1] + 1 == frame[keys[0]].hash().n_unique():
            return frame.with_columns(order_key=runs)
    first = frame.group_by(keys).agg(pl.col("record").min()).sort("record").drop("record")
    first = first.with_columns(order_key=pl.int_range(pl.len(), dtype=pl.Int64))
    return frame.join(first, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _without_dates(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark as unreadable the rows of orders of which no row has a date."""
    dated = pl.col("ordered_at").is_not_null() & pl.col("reason").is_null()
    if bool(frame.select((dated | pl.col("reason").is_not_null()).all()).item()):
        return frame
    undated = pl.col("reason").is_null() & ~dated.any().over("order_key")
    return frame.with_columns(
        reason=pl.when(undated).then(pl.lit("unreadable")).otherwise("reason"),
        detail=pl.when(undated).then(pl.lit(_("no date"))).otherwise("detail"),
    )


def _with_later_refunds(rows: Rows, frame: pl.DataFrame) -> pl.DataFrame:
    """Mark in a table of no known platform what was paid back: rows below zero, later than their order."""
    name = next((name for name in ("gross", "value") if name in frame.columns), None)
    if rows.dialect.money != "decide" or name is None or not (frame[name] < 0).any():
        return frame
    amount, usable = pl.col(name), pl.col("reason").is_null()
    bought = pl.col("ordered_at").filter(usable & (amount > 0)).min().over("order_key")
    sold = pl.col("status").is_null() | pl.col("status").is_in(MAY_BE_REFUND)
    later = (usable & sold & (amount < 0) & (pl.col("ordered_at") > bought)).fill_null(value=False)
    count = int(frame.select(later.sum()).item())
    say = rows.counted("later refunds", count, _paid_back)
    rows.notes.assume_when_known("later refunds", say)
    return frame.with_columns(status=pl.when(later).then(pl.lit("refund")).otherwise("status"))


def _paid_back(count: int) -> str:
    return ngettext(
        "{file}: {count} row below zero, later than its order, is a refund of it.",
        "{file}: {count} rows below zero, later than their orders, are refunds of them.",
        count,
    )


def _say_identical_rows(rows: Rows, used: pl.DataFrame) -> None:
    """Say how many rows repeat another one, where no order number tells whether both are meant."""
    count = 0
    if not rows.decisions.made["single"]:
        cells = used.select(pl.struct(pl.exclude("record", "nested")).hash()).to_series()
        count = len(cells) - cells.n_unique()
    say = rows.counted("identical rows", count, _repeated)
    rows.notes.warn_when_known("identical rows", say)


def _repeated(count: int) -> str:
    return ngettext(
        "{file}: {count} row repeats another one in all cells that are read; it is counted.",
        "{file}: {count} rows repeat another one in all cells that are read; they are counted.",
        count,
    )


def _without_lone_refunds(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark refunds of which the file does not have the order as no order."""
    usable = pl.col("reason").is_null()
    sold = (usable & ~IS_REFUND).any().over("order_key")
    lone = usable & IS_REFUND & ~sold
    return frame.with_columns(
        reason=pl.when(lone).then(pl.lit("not_an_order")).otherwise("reason"),
        detail=pl.when(lone)
        .then(pl.lit(_("a refund of an order that is not in the file")))
        .otherwise("detail"),
    )


def _orders(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Return one row an order."""
    orders_seen = int(used["order_key"].max() or 0) + 1 if used.height else 0  # type: ignore[arg-type]
    single = rows.decisions.decide(
        "single", tally(more=used.height - orders_seen), lambda seen: not seen["more"]
    )
    money = _where_money_stands(rows, used, single=single)
    if "gross" not in used.columns and "value" in used.columns:
        used = used.with_columns(gross=pl.col("value"))
        money = "sum"
    rows.summed = money == "sum"
    refunds = rows.decisions.decide(
        "refunds", tally(rows=int(used.select(IS_REFUND.sum()).item())), lambda seen: bool(seen["rows"])
    )
    if single and not refunds:
        return _settled(rows, used.with_columns(row_count=pl.lit(1, pl.Int32)))
    among, back = None, []
    if refunds:  # a refund's own cells stand behind those of the order, and its money beside the order's
        status = (
            pl.when(IS_REFUND).then("status").otherwise(pl.col("status").fill_null(rows.dialect.no_status))
        )
        used = used.sort("order_key", IS_REFUND, maintain_order=True).with_columns(status=status)
        among = ~IS_REFUND
        back = (
            [pl.col("gross").filter(IS_REFUND).abs().sum().alias("back")] if "gross" in used.columns else []
        )
    combine = _sum if money == "sum" else _first
    orders = used.group_by("order_key", maintain_order=True).agg(
        *(_first(name) for name in ONCE if name in used.columns),
        *(combine(name, among) for name in MONEY if name in used.columns),
        *(_first(name) for name in further_names(used)),
        *back,
        pl.col("record").min(),
        pl.len().cast(pl.Int32).alias("row_count"),
    )
    return _settled(rows, orders.sort("order_key"))


def _first(name: str, among: pl.Expr | None = None) -> pl.Expr:
    cell = pl.col(name) if among is None else pl.col(name).filter(among)
    return cell.first(ignore_nulls=True)


def _sum(name: str, among: pl.Expr | None = None) -> pl.Expr:
    cell = pl.col(name) if among is None else pl.col(name).filter(among)
    return pl.when(cell.is_not_null().any()).then(cell.sum().round(ROUNDING)).alias(name)


def _where_money_stands(rows: Rows, used: pl.DataFrame, *, single: bool) -> str:
    """Return `first` or `sum`; a table of no known platform says it by repeating its totals, or not."""
    if rows.dialect.money != "decide":
        return rows.dialect.money
    if "gross" not in used.columns:
        return "sum"
    if single:
        return "first"
    if "order_id" not in rows.mapping and not any(name in used.columns for name in (*NAMES, *NUMBERS)):
        return "sum"  # rows of one customer and day are purchases, not lines that repeat their order
    several = used.filter(~IS_REFUND).filter(pl.len().over("order_key") > 1)
    same = several.group_by("order_key").agg(same=pl.col("gross").drop_nulls().n_unique() <= 1)["same"]
    seen = tally(orders=len(same), same=int(same.sum()))
    repeats = rows.decisions.decide("repeats", seen, lambda all_: all_["same"] > REPEATING * all_["orders"])
    if several.is_empty():
        return "first" if repeats else "sum"
    sentence = (
        _("{file}: {column} repeats on each row of an order and is counted once.")
        if repeats
        else _("{file}: {column} differs between the rows of an order; an order is worth their sum.")
    )
    column = ", ".join(rows.mapping.columns["gross"])
    rows.notes.assume(sentence.format(file=rows.file, column=column))
    return "first" if repeats else "sum"


def _settled(rows: Rows, orders: pl.DataFrame) -> pl.DataFrame:
    """Make status and money agree: what is outstanding was not paid, and a refund shows in the status."""
    missing = [name for name in MONEY if name not in orders.columns]
    orders = orders.with_columns(pl.lit(None, pl.Float64).alias(name) for name in missing)
    orders = orders.with_columns(pl.col("discount").abs(), pl.col("refund").abs())
    if "back" in orders.columns:
        lone = pl.col("status") == "refund"
        orders = orders.with_columns(
            gross=pl.when(lone).then(0.0).otherwise("gross"),
            # A column and a row of its own tell the same refund.
            refund=pl.when(pl.col("back") > 0).then(pl.max_horizontal("refund", "back")).otherwise("refund"),
        )  # fmt: skip
    status = pl.col("status").replace("refund", "refunded").fill_null(rows.dialect.no_status)
    orders = orders.with_columns(status=status)
    part_paid = pl.col("status").is_in(["paid", "partially_refunded"]) & (pl.col("outstanding") > 0)
    lowered = pl.col("adjusted") < pl.col("gross")
    orders = orders.with_columns(
        gross=pl.when(part_paid).then(pl.col("gross") - pl.col("outstanding")).otherwise("gross"),
        refund=pl.when(pl.col("refund").is_null() & lowered).then(pl.col("gross") - pl.col("adjusted"))
        .otherwise("refund"),
    )  # fmt: skip
    counts = pl.col("status").is_in(["paid", "unknown", "partially_refunded"]) & (pl.col("refund") > 0)
    whole = pl.col("refund") >= pl.col("gross") - CENT
    wordless = (
        (pl.col("status") == "refunded") & (pl.col("gross") > 0) & pl.col("refund").fill_null(0.0).eq(0)
    )
    orders = orders.with_columns(
        status=pl.when(counts & (pl.col("gross") > 0) & whole).then(pl.lit("refunded"))
        .when(counts).then(pl.lit("partially_refunded"))
        .otherwise("status"),
        refund=pl.when(wordless).then("gross").otherwise("refund"),
    )  # fmt: skip
    if "currency" in orders.columns:
        orders = orders.with_columns(pl.col("currency").str.to_uppercase())
    return orders
