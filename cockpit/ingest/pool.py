"""The orders of several files become one shop: copies go, pieces come together, one currency stays.

Frames carry `order_key`, here a key over all files; every order that goes leaves its rows in `excluded`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from cockpit.errors import InputError, UsageError
from cockpit.ingest.dialects import Dialect
from cockpit.ingest.identity import Identities
from cockpit.ingest.intake import EXCLUDED, Notes, shaped
from cockpit.ingest.passes import FileOrders
from cockpit.language import gettext as _
from cockpit.language import ngettext

SAME_ORDER = ("order_id", "customer_id")
ADDED_UP = ("gross", "discount", "shipping", "tax", "refund")


@dataclass(slots=True)
class Pool:
    """The orders, lines and left-out rows of all files, and what is known of each file.

    `files` has the columns of Intake; `dialects` and `summed` are in the order of its rows.
    """

    orders: pl.DataFrame
    lines: pl.DataFrame
    excluded: pl.DataFrame
    members: pl.DataFrame
    files: pl.DataFrame
    dialects: list[Dialect]
    summed: list[bool]

    def leave_out(self, keys: pl.Series, reason: str, detail: pl.DataFrame | str) -> None:
        """Move orders to the rows that make none; `detail` is a text, or one for each order_key."""
        rows = self.members.filter(pl.col("order_key").is_in(keys.implode()))
        if isinstance(detail, str):
            rows = rows.with_columns(detail=pl.lit(detail))
        else:
            rows = rows.join(detail, on="order_key", how="left", maintain_order="left")
        rows = rows.with_columns(reason=pl.lit(reason))
        self.excluded = pl.concat([self.excluded, shaped(rows, EXCLUDED)])
        stays = ~pl.col("order_key").is_in(keys.implode())
        self.orders, self.lines = self.orders.filter(stays), self.lines.filter(stays)
        self.members = self.members.filter(stays)

    def join_into(self, pieces: pl.DataFrame, *, adding: bool) -> None:
        """Make each order `piece` part of the order `whole`; `adding` also adds its money.

        `pieces` has the columns piece and whole, order keys; no whole is itself a piece.
        """
        to_whole = pieces.rename({"piece": "order_key"})
        moved = pl.coalesce("whole", "order_key").alias("order_key")
        part = self.orders.join(to_whole, on="order_key").group_by("whole").agg(
            pl.col("row_count").sum().alias("more rows"),
            *(pl.col(name).sum().alias(f"more {name}") for name in ADDED_UP),
        )  # fmt: skip
        orders = self.orders.join(
            pieces.select(order_key="piece"), on="order_key", how="anti", maintain_order="left"
        )
        orders = orders.join(part, left_on="order_key", right_on="whole", how="left", maintain_order="left")
        more = [(pl.col("row_count") + pl.col("more rows").fill_null(0)).cast(pl.Int32).alias("row_count")]
        if adding:
            more += [(pl.col(name) + pl.col(f"more {name}").fill_null(0.0)).alias(name) for name in ADDED_UP]
        self.orders = orders.with_columns(more).drop(pl.selectors.starts_with("more "))
        for name in ("lines", "members"):
            frame = getattr(self, name).join(to_whole, on="order_key", how="left", maintain_order="left")
            setattr(self, name, frame.with_columns(moved).drop("whole"))


def pooled(parts: list[FileOrders], who: Identities, files: pl.DataFrame) -> Pool:
    """Put the orders of all files together, identified; each file was read as one part."""
    lines, members, offset = [], [], 0
    for part in parts:
        shift = pl.col("order_key") + offset
        lines.append(part.lines.whole().with_columns(shift))
        assert part.members is not None
        members.append(part.members.with_columns(shift))
        offset += part.orders.height
    orders = who.of(pl.concat([part.orders.whole() for part in parts], how="diagonal"))
    return Pool(
        orders.with_columns(order_key=pl.int_range(pl.len(), dtype=pl.Int64)),
        pl.concat(lines),
        pl.concat([part.excluded.whole() for part in parts]),
        pl.concat(members),
        files,
        [part.rows.dialect for part in parts],
        [part.rows.summed for part in parts],
    )


def without_copies(pool: Pool, notes: Notes) -> None:
    """Bring together what several files know of one order: its lines, its pieces, its newest copy."""
    if pool.files.height == 1:
        return
    _complete(pool, notes)
    _unite_cut_orders(pool, notes)
    _keep_newest(pool, notes)


def _complete(pool: Pool, notes: Notes) -> None:
    """Give the orders of one report the lines that its companion report holds."""
    companions = {
        number: dialect.completes for number, dialect in enumerate(pool.dialects) if dialect.completes
    }
    for number, completed in companions.items():
        wholes = [other for other, dialect in enumerate(pool.dialects) if dialect.name == completed]
        whole = pool.orders.filter(pl.col("file_no").is_in(wholes)).unique("order_id", keep="last")
        piece = pool.orders.filter(pl.col("file_no") == number)
        pieces = piece.join(whole, on="order_id", suffix=" whole").select(
            piece="order_key", whole="order_key whole"
        )
        if pieces.height:
            pool.join_into(pieces, adding=False)
            notes.assume(
                ngettext(
                    "{file} gives the lines of {count} order whose total another file holds.",
                    "{file} gives the lines of {count} orders whose totals another file holds.",
                    pieces.height,
                ).format(file=pool.files["file"][number], count=f"{pieces.height:,}")
            )


def _repeated(pool: Pool) -> pl.DataFrame:
    """Return the orders that stand in more than one file, newest file first within each order."""
    latest = pool.orders.group_by("file_no").agg(latest=pl.col("ordered_at").max())
    age = pool.files.join(latest, on="file_no", how="left", maintain_order="left").select(
        "file_no", minute=pl.col("modified").dt.truncate("1m"), latest="latest"
    )
    age = age.sort("minute", "latest", "file_no").with_row_index("age")
    known = pool.orders.filter(~pl.col("made"))
    return (
        known.filter(pl.col("file_no").n_unique().over(*SAME_ORDER) > 1)
        .join(age.select("file_no", "age"), on="file_no", maintain_order="left")
        .sort("age", descending=True, maintain_order=True)
    )


def _unite_cut_orders(pool: Pool, notes: Notes) -> None:
    """Unite an order whose last rows end one file and whose next rows begin another."""
    repeated = _repeated(pool)
    if repeated.is_empty() or not any(pool.summed):
        return
    last = pool.members.group_by("order_key").agg(last=pl.col("record").max())
    rows = pool.files.select("file_no", file_rows="rows")
    edges = repeated.join(last, on="order_key").join(rows, on="file_no")
    summed = [number for number, each in enumerate(pool.summed) if each]
    edges = edges.filter(pl.col("file_no").is_in(summed))
    ending = edges.filter(pl.col("last") == pl.col("file_rows"))
    beginning = edges.filter(pl.col("record") == 1)
    pairs = ending.join(beginning, on=SAME_ORDER, nulls_equal=True, suffix=" next")
    pairs = pairs.filter(
        pl.col("file_no") != pl.col("file_no next"), pl.col("order_key") != pl.col("order_key next")
    )
    pieces = pairs.select(whole="order_key", piece="order_key next")
    shared = pl.struct("sku", "product", "quantity", "value").hash().alias("line")
    lines = pool.lines.select("order_key", shared)
    same = pieces.join(lines, left_on="whole", right_on="order_key").join(
        lines, left_on=["piece", "line"], right_on=["order_key", "line"]
    )
    pieces = pieces.join(same, on=["whole", "piece"], how="anti").unique("piece").unique("whole")
    pieces = pieces.filter(~pl.col("whole").is_in(pieces["piece"].implode()))
    if pieces.height:
        pool.join_into(pieces, adding=True)
        notes.assume(
            ngettext(
                "{count} order that one file ends with and the next begins with was united.",
                "{count} orders that one file ends with and the next begins with were united.",
                pieces.height,
            ).format(count=f"{pieces.height:,}")
        )


def _keep_newest(pool: Pool, notes: Notes) -> None:
    """Keep of each order the copy in the newest file, whole: it knows later refunds."""
    repeated = _repeated(pool)
    if repeated.is_empty():
        return
    newest = pl.col("file_no").first().over(*SAME_ORDER)
    older = repeated.with_columns(newest=newest).filter(pl.col("file_no") != pl.col("newest"))
    names = pool.files.select(newest="file_no", newest_file="file")
    detail = older.join(names, on="newest").select(
        "order_key", detail=pl.concat_str(pl.lit(_("also in ")), pl.col("newest_file"))
    )
    rows = int(older["row_count"].sum())
    pool.leave_out(older["order_key"], "duplicate", detail)
    orders = older.select(SAME_ORDER).n_unique()
    notes.warn(
        ngettext(
            "{count} order stands in more than one file; the newest counts",
            "{count} orders stand in more than one file; the newest counts",
            orders,
        ).format(count=f"{orders:,}")
        + ngettext(
            ", {rows} row of an older one does not.", ", {rows} rows of older ones do not.", rows
        ).format(rows=f"{rows:,}")
    )


def say_identical_lines(copies: int, notes: Notes) -> None:
    """Report lines that repeat another line of their order in every cell; they stay: both may be meant."""
    if copies:
        notes.warn(
            ngettext(
                "{count} line repeats another line of its order in every cell; it is counted.",
                "{count} lines repeat another line of their order in every cell; they are counted.",
                copies,
            ).format(count=f"{copies:,}")
        )


def settled_currency(
    counts: Counter[str], wanted: str | None, fallback: str | None, rates: Mapping[str, float]
) -> str | None:
    """Return the code of the currency that is analysed: the wanted, or the most frequent of the counted.

    Raises InputError when no order is in the wanted currency, or comes into it, though orders name theirs;
    UsageError for rates into another currency.
    """
    wanted = wanted.upper() if wanted else None
    if not counts:
        return wanted or fallback
    codes = [code for code, _count in counts.most_common()]
    code = wanted or codes[0]
    if code not in codes and not rates.keys() & set(codes):
        raise InputError(
            _("No order is in {currency}.").format(currency=code),
            _("The orders are in {currencies}.").format(currencies=", ".join(codes)),
        )
    if rates.get(code, 1.0) != 1.0:
        raise UsageError(
            _("The rates are into another currency than {currency}, which is analysed.").format(
                currency=code
            ),
            _("Name the one that they are into with --currency."),
        )
    return code


def in_one_currency(pool: Pool, code: str, rates: Mapping[str, float], notes: Notes) -> None:
    """Convert orders in another currency where `rates` says what a unit of it is worth; leave out others."""
    _convert(pool, code, rates, notes)
    _leave_out_others(pool, code, notes)


def say_unnamed(orders: int, code: str, notes: Notes) -> None:
    """Say how many orders name no currency."""
    if orders:
        notes.assume(
            ngettext(
                "{count} order names no currency and is taken to be in {currency}.",
                "{count} orders name no currency and are taken to be in {currency}.",
                orders,
            ).format(count=f"{orders:,}", currency=code)
        )


def _convert(pool: Pool, code: str, rates: Mapping[str, float], notes: Notes) -> None:
    """Turn the money of orders in another currency into the one analysed, at one rate for all days."""
    other = pl.col("currency").is_in([each for each in rates if each != code])
    counts = pool.orders.filter(other)["currency"].value_counts(sort=True)
    if counts.is_empty():
        return
    at = pl.col("currency").replace_strict(dict(rates), default=1.0, return_dtype=pl.Float64)
    factors = pool.orders.filter(other).select("order_key", factor=at)
    pool.orders = pool.orders.with_columns(
        *(pl.col(name) * at for name in ADDED_UP),
        currency=pl.when(other).then(pl.lit(code)).otherwise("currency"),
    )
    lines = pool.lines.join(factors, on="order_key", how="left", maintain_order="left")
    pool.lines = lines.with_columns(pl.col("value") * pl.col("factor").fill_null(1.0)).drop("factor")
    for currency, count in counts.iter_rows():
        notes.assume(
            ngettext(
                "{count} order in {other} is converted: 1 {other} = {rate:g} {currency}, on every day.",
                "{count} orders in {other} are converted: 1 {other} = {rate:g} {currency}, on every day.",
                count,
            ).format(count=f"{count:,}", other=currency, rate=rates[currency], currency=code)
        )


def _leave_out_others(pool: Pool, code: str, notes: Notes) -> None:
    others = pool.orders.filter(pl.col("currency") != code)
    if others.is_empty():
        return
    sums = others.group_by("currency").agg(pl.len(), pl.col("gross").sum()).sort("len", descending=True)
    listed = ", ".join(f"{count:,} in {other} ({money:,.2f})" for other, count, money in sums.iter_rows())
    notes.warn(
        _(
            "Orders in {currency} are analysed; left out are {listed}. "
            "Use --currency for another one, or give rates in the settings file."
        ).format(currency=code, listed=listed)
    )
    pool.leave_out(others["order_key"], "currency", others.select("order_key", detail="currency"))
