"""The rows of one file become its orders and their lines."""

from dataclasses import dataclass
from gettext import gettext as _

import polars as pl

from cockpit.ingest.intake import LINES, ORDERS, Notes, shaped
from cockpit.ingest.rows import Rows

ONCE = (
    "order_id", "email", "customer_id", "phone", "name", "consent", "ordered_at", "status", "currency",
    "country", "channel", "discount_code", "tags",
)  # fmt: skip
MONEY = ("gross", "outstanding", "discount", "shipping", "tax", "refund")
LINE_FIELDS = ("sku", "product", "category", "quantity", "value")
ROUNDING = 6  # decimals kept of a sum of lines


@dataclass(slots=True)
class FileOrders:
    """The orders of one file; `membership` tells which order each record belongs to."""

    orders: pl.DataFrame  # as in Intake, `order_key` from 0 within the file
    lines: pl.DataFrame
    excluded: pl.DataFrame
    membership: pl.DataFrame  # order_key, record


def gather(rows: Rows, notes: Notes) -> FileOrders:
    """Return the orders of one file's rows."""
    frame = _with_ids(rows, notes)
    frame = _with_keys(frame)
    frame = _without_dates(frame)
    used = frame.filter(pl.col("reason").is_null())
    excluded = frame.filter(pl.col("reason").is_not_null()).select("record", "reason", "detail")
    used = used.with_columns(
        pl.col("order_key").rle_id() if _in_order(used) else pl.col("order_key").rank("dense") - 1
    )
    orders = _orders(rows, used, notes)
    return FileOrders(
        shaped(orders.with_columns(file_no=pl.lit(rows.file_no)), ORDERS),
        _lines(rows, used),
        excluded.with_columns(file_no=pl.lit(rows.file_no, pl.Int32)),
        used.select(pl.col("order_key").cast(pl.Int64), "record"),
    )


def _with_ids(rows: Rows, notes: Notes) -> pl.DataFrame:
    """Give each row an order id: its own, or customer and day where the file has none."""
    frame = rows.frame
    usable = pl.col("reason").is_null()
    if "order_id" in frame.columns:
        frame = frame.with_columns(pl.col("order_id").str.strip_prefix("'"))
        lacking = usable & pl.col("order_id").is_null() & pl.col("ordered_at").is_not_null()
        count = int(frame.select(lacking.sum()).item())
        if count:
            notes.warn(
                _("{file}: {count} rows have no order number; each counts as an order of its own.").format(
                    file=rows.file, count=f"{count:,}"
                )
            )
            own = pl.concat_str(pl.lit("row "), pl.col("record"))
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
    own = pl.concat_str(pl.lit("row "), pl.col("record"))
    return frame.with_columns(order_id=pl.coalesce(made, own))


def _with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `order_key`: equal for the rows of one order, rising with its first appearance.

    Rows of one order number belong together, unless they name different customers: numbers do repeat.
    """
    numbers = frame["order_id"]
    usable = frame["reason"].is_null()
    if numbers.filter(usable).n_unique() == int(usable.sum()):
        return frame.with_columns(order_key=pl.int_range(pl.len(), dtype=pl.Int64))
    frame = _numbered(frame, ["order_id"])
    names = [name for name in ("email", "customer_id") if name in frame.columns]
    if not names:
        return frame
    frame = frame.with_columns(someone=pl.coalesce(*names).str.to_lowercase().str.strip_chars())
    mark = pl.col("someone").hash()
    mark = pl.when(pl.col("someone").is_not_null()).then(mark)
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
        if runs[-1] + 1 == frame[keys[0]].n_unique():
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


def _in_order(used: pl.DataFrame) -> bool:
    """Tell whether the rows of each order stand together, orders in their order."""
    return bool(used["order_key"].is_sorted())


def _orders(rows: Rows, used: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Return one row an order."""
    names = used.columns
    single = used["order_key"].n_unique() == used.height
    money = _where_money_stands(rows, used, single=single, notes=notes)
    if "gross" not in names and "value" in names:
        used = used.with_columns(gross=pl.col("value"))
        money = "sum"
    present = [name for name in MONEY if name in used.columns]
    if single:
        orders = used.sort("order_key").with_columns(row_count=pl.lit(1, pl.Int32))
    else:
        once = [pl.col(name).first(ignore_nulls=True) for name in ONCE if name in used.columns]
        sums = [
            pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum().round(ROUNDING))
            if money == "sum"
            else pl.col(name).first(ignore_nulls=True)
            for name in present
        ]
        orders = used.group_by("order_key").agg(
            *once, *sums, pl.col("record").first(), pl.len().cast(pl.Int32).alias("row_count")
        ).sort("order_key")  # fmt: skip
    return _settled(rows, orders)


def _where_money_stands(rows: Rows, used: pl.DataFrame, *, single: bool, notes: Notes) -> str:
    """Return `first` or `sum`; a table of no known platform says it by repeating its totals, or not."""
    if rows.dialect.money != "decide":
        return rows.dialect.money
    if "gross" not in used.columns:
        return "sum"
    column = ", ".join(rows.mapping.columns["gross"])
    if single:
        return "first"
    several = used.filter(pl.len().over("order_key") > 1)
    repeated = several.group_by("order_key").agg(
        same=pl.col("gross").drop_nulls().n_unique() <= 1, blank=pl.col("gross").is_null().any()
    )
    share = repeated["same"].mean()
    if isinstance(share, float) and share > 0.98:
        notes.assume(
            _("{file}: {column} repeats on each row of an order and is counted once.").format(
                file=rows.file, column=column
            )
        )
        return "first"
    notes.assume(
        _("{file}: {column} differs between the rows of an order; an order is worth their sum.").format(
            file=rows.file, column=column
        )
    )
    return "sum"


def _settled(rows: Rows, orders: pl.DataFrame) -> pl.DataFrame:
    """Make status and money agree: what is outstanding was not paid, and a refund shows in the status."""
    names = orders.columns
    if "outstanding" in names and "gross" in names:
        part_paid = pl.col("status").is_in(["paid", "partially_refunded"]) & (pl.col("outstanding") > 0)
        orders = orders.with_columns(
            gross=pl.when(part_paid).then(pl.col("gross") - pl.col("outstanding")).otherwise("gross")
        )
    orders = orders.with_columns(pl.col("status").fill_null(rows.dialect.no_status))
    if "refund" in names and "gross" in names:
        refund, gross = pl.col("refund").abs(), pl.col("gross")
        counts = pl.col("status").is_in(["paid", "unknown", "partially_refunded"]) & (refund > 0)
        orders = orders.with_columns(refund=refund).with_columns(
            status=pl.when(counts & (gross > 0) & (refund >= gross)).then(pl.lit("refunded"))
            .when(counts).then(pl.lit("partially_refunded"))
            .otherwise("status")
        )  # fmt: skip
    if "gross" in names:
        back = pl.col("refund") if "refund" in names else pl.lit(None, pl.Float64)
        wholly = (pl.col("status") == "refunded") & (pl.col("gross") > 0) & back.fill_null(0.0).eq(0)
        orders = orders.with_columns(refund=pl.when(wholly).then(pl.col("gross")).otherwise(back))
    if "currency" in names:
        orders = orders.with_columns(pl.col("currency").str.to_uppercase())
    return orders


def _lines(rows: Rows, used: pl.DataFrame) -> pl.DataFrame:
    """Return the lines: one for each row, where the file has anything to say about what was bought."""
    if not any(name in used.columns for name in LINE_FIELDS):
        return shaped(used.clear(), LINES)
    named = [name for name in ("sku", "product", "category") if name in used.columns]
    lines = used
    if rows.dialect.money == "first" and named:
        lines = used.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in (*named, "record")))
    return shaped(lines.with_columns(file_no=pl.lit(rows.file_no)), LINES)
