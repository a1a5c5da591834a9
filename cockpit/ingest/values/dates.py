"""Moments in any notation; day and month are told apart over the whole column.

The wall clock of the file is kept: an offset or a zone is cut off, never converted.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import polars as pl

from cockpit.ingest.values.digits import with_ascii_digits, without_missing_words

Order = Literal["dmy", "mdy", "ymd"]
MICROSECONDS = pl.Datetime("us")
QUICK = (
    (r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$", 19, "%Y-%m-%d %H:%M:%S"),
    (r"^\d{4}-\d{2}-\d{2}$", 10, "%Y-%m-%d"),
    (r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?$", 19, "%Y-%m-%dT%H:%M:%S"),
    (
        r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)? ?(?:Z|UTC|[+-]\d{2}:?\d{2})?$",
        19,
        "%Y-%m-%d %H:%M:%S",
    ),
    (r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$", 16, "%Y-%m-%d %H:%M"),
)
SERIAL = r"^[2-7]\d{4}(?:\.\d+)?$"
EPOCH_SECONDS = r"^1\d{9}(?:\.\d+)?$"
EPOCH_MILLISECONDS = r"^1\d{12}$"
EXCEL_EPOCH_DAYS = 25_569  # 1970-01-01, counted from 1899-12-30
SAMPLE = 1_000
EARLIEST, LATEST = datetime(1985, 1, 1), datetime(2101, 1, 1)

NUMERIC = r"(?:^|[^\d:])(?P<a>\d{1,2})\s?[./-]\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<c>\d{4}|\d{2})(?:[^\d:]|$)"
YEAR_FIRST = r"(?:^|\D)(?P<y>\d{4})\s?[./年-]\s?(?P<m>\d{1,2})\s?[./月-]\s?(?P<d>\d{1,2})(?:\D|$)"
COMPACT = r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:t?\d{4,6})?$"
NAME = r"(?P<name>\p{L}[\p{L}\p{M}]{2,})"
DAY_NAME_YEAR = (
    r"(?:^|\D)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª)?[\s.,/-]*(?:de\s|of\s)?"
    rf"{NAME}\.?[\s.,/-]*(?:de\s|of\s)?(?P<y>\d{{4}}|\d{{2}})(?:\D|$)"
)
NAME_DAY_YEAR = (
    rf"{NAME}\.?[\s./-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,/-]+(?P<y>\d{{4}}|\d{{2}})(?:[^\d:]|$)"
)
YEAR_NAME_DAY = rf"(?:^|\D)(?P<y>\d{{4}})[\s.,/-]*{NAME}\.?[\s.,/-]*(?P<d>\d{{1,2}})(?:\D|$)"
CLOCK = (
    r"(?:^|[T\s,년日일])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b)?(?:[^\d./]|$)"
)
PACKED_CLOCK = r"^\d{8}t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?$"


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of moments: `values` Datetime, `unreadable` true where there was text but no date.

    `order` is that of day, month and year where cells like 1/2/2024 had to be decided; `evidence` the index
    of a cell that proves it (None: taken for granted). `zone` is a zone or offset seen in the cells, and cut
    off; `serial` is true where the cells were the day numbers of a spreadsheet.
    """

    values: pl.Series
    unreadable: pl.Series
    order: Order | None = None
    evidence: int | None = None
    zone: str | None = None
    serial: bool = False


def read_moments(cells: pl.Series, order: Order | None = None, fallback: Order = "dmy") -> Moments:
    """Read a column of moments.

    `order` overrides what the cells say; `fallback` serves where they say nothing.
    """
    if cells.dtype != pl.String:
        return _typed(cells)
    sample = cells.drop_nulls().head(SAMPLE)
    for pattern, length, form in QUICK:
        if len(sample) and sample.str.contains(pattern).all():
            return _quick(cells, length, form, (order, fallback))
    return _written(without_missing_words(cells), order, fallback)


def _quick(cells: pl.Series, length: int, form: str, orders: tuple[Order | None, Order]) -> Moments:
    """Read a column of one ISO form at once, and cell by cell only what that leaves."""
    cut = (
        pl.col(cells.name).str.head(length)
        if (cells.str.len_bytes().max() or 0) != length
        else pl.col(cells.name)
    )
    parsed = cut.str.to_datetime(form, time_unit="us", strict=False)
    values = _sensible(pl.LazyFrame([cells]).select(parsed).collect(engine="streaming").to_series())
    zone = _zone(cells.drop_nulls().head(SAMPLE))
    left = values.is_null() & cells.is_not_null()
    if not left.any():
        return Moments(values, left.alias(cells.name), zone=zone)
    rest = _written(without_missing_words(cells.filter(left)), *orders)
    places = left.arg_true()
    values = values.scatter(places, rest.values)
    unreadable = left.scatter(places, rest.unreadable).alias(cells.name)
    evidence = None if rest.evidence is None else int(places[rest.evidence])
    return Moments(values, unreadable, rest.order, evidence, zone)


def _typed(cells: pl.Series) -> Moments:
    """Use dates and timestamps as they are; plain numbers are days of a spreadsheet or seconds since 1970."""
    dtype = cells.dtype
    if isinstance(dtype, pl.Datetime):
        values = cells.dt.replace_time_zone(None).cast(MICROSECONDS)
        return Moments(_sensible(values), _unread(cells, values), zone=dtype.time_zone)
    if dtype.is_integer():
        return _written(cells.cast(pl.String), None, "ymd")
    if dtype.is_float():
        return _written(cells.cast(pl.String).str.strip_suffix(".0"), None, "ymd")
    values = cells.cast(MICROSECONDS, strict=False)
    return Moments(_sensible(values), _unread(cells, values))


def _written(text: pl.Series, order: Order | None, fallback: Order) -> Moments:
    """Read moments as people and programs write them, form by form, each on what the others left."""
    plain = with_ascii_digits(text).str.replace_all(r"[\x{200e}\x{200f}]", "").str.replace_all(r"\s+", " ")
    plain = plain.str.strip_chars(" '").str.to_lowercase()
    numeric = _groups(plain, NUMERIC)
    decided, evidence = _order_of(numeric, order, fallback)
    days = _days(plain, numeric, decided)
    serial = bool(len(plain.drop_nulls()) and plain.drop_nulls().str.contains(SERIAL).all())
    counted = _days_of_spreadsheet(plain) if serial else _since_1970(plain)
    values = pl.select(pl.coalesce(counted, days + _time_of_day(plain))).to_series().alias(text.name)
    values = _sensible(values)
    ordered = bool((numeric["a"].is_not_null() & days.is_not_null()).any())
    zone = _zone(text.drop_nulls().head(1_000))
    return Moments(values, _unread(text, values), decided if ordered else None, evidence, zone, serial)


def _order_of(numeric: pl.DataFrame, order: Order | None, fallback: Order) -> tuple[Order, int | None]:
    """Return the order of cells like `1/2/2024`, and the index of a cell that proves it."""
    if order:
        return order, None
    first, second, third = (numeric[part].cast(pl.Int32, strict=False) for part in "abc")
    proofs: tuple[tuple[Order, pl.Series], ...] = (
        ("dmy", (first > 12) & (first < 32) & (second < 13)),
        ("mdy", (second > 12) & (second < 32) & (first < 13)),
        ("ymd", (first > 31) & (third < 32)),
    )
    counts = {name: int(proof.fill_null(value=False).sum()) for name, proof in proofs}
    best = max(counts, key=counts.__getitem__)
    if not counts[best]:
        return fallback, None
    return best, dict(proofs)[best].fill_null(value=False).arg_max()


def _days(plain: pl.Series, numeric: pl.DataFrame, order: Order) -> pl.Series:
    """Return midnight of the day in each cell, by the first form that fits."""
    parts = dict(zip(order, "abc", strict=True))
    days = _midnight(numeric.select(y=parts["y"], m=parts["m"], d=parts["d"]))
    worded = plain.str.contains(r"[a-z]{3}|[^\x00-\x7f]").any()
    forms = (YEAR_FIRST, COMPACT, DAY_NAME_YEAR, NAME_DAY_YEAR, YEAR_NAME_DAY)
    for pattern in forms if worded else forms[:2]:
        if days.null_count() == plain.null_count():
            break
        groups = _groups(plain.set(days.is_not_null(), None), pattern)
        if "name" in groups.columns:
            numbers = pl.col("name").replace_strict(_months(), default=None, return_dtype=pl.String)
            groups = groups.with_columns(m=numbers)
        days = pl.select(pl.coalesce(days, _midnight(groups))).to_series()
    return days


def _groups(text: pl.Series, pattern: str) -> pl.DataFrame:
    """Return the named groups of the pattern, one String column each."""
    return text.str.extract_groups(pattern).struct.unnest()


def _midnight(parts: pl.DataFrame) -> pl.Series:
    """Return the day of the columns y, m, d (text) as a moment; impossible days are null."""
    short = pl.col("y").str.len_chars() == 2
    century = pl.when(pl.col("y") < "69").then(pl.lit("20")).otherwise(pl.lit("19"))  # as POSIX has it
    year = pl.when(short).then(century + pl.col("y")).otherwise(pl.col("y"))
    written = pl.concat_str(year, pl.col("m").str.zfill(2), pl.col("d").str.zfill(2), separator="-")
    return parts.select(written.str.to_datetime("%Y-%m-%d", time_unit="us", strict=False)).to_series()


def _time_of_day(plain: pl.Series) -> pl.Series:
    """Return the time in each cell as a duration: midnight where there is none, null where impossible."""
    clock, packed = _groups(plain, CLOCK), _groups(plain, PACKED_CLOCK)
    parts = clock.select(
        pl.coalesce(pl.col(part), packed[part]).cast(pl.Int64, strict=False).fill_null(0).alias(part)
        for part in ("hour", "minute", "second")
    ).with_columns(clock["half"])
    hour = pl.col("hour")
    by_half = (
        pl.when((pl.col("half") == "p") & (hour < 12)).then(hour + 12)
        .when((pl.col("half") == "a") & (hour == 12)).then(hour - 12)
        .otherwise(hour)
    )  # fmt: skip
    possible = (hour < 24) & (pl.col("minute") < 60) & (pl.col("second") < 61)
    whole = pl.duration(hours=by_half, minutes=pl.col("minute"), seconds=pl.col("second"), time_unit="us")
    return parts.select(pl.when(possible).then(whole)).to_series()


def _days_of_spreadsheet(plain: pl.Series) -> pl.Series:
    seconds = ((plain.cast(pl.Float64, strict=False) - EXCEL_EPOCH_DAYS) * 86_400).round(0)
    return (seconds.cast(pl.Int64) * 1_000_000).cast(MICROSECONDS)


def _since_1970(plain: pl.Series) -> pl.Series:
    return pl.select(
        pl.when(plain.str.contains(EPOCH_SECONDS)).then(plain.cast(pl.Float64, strict=False) * 1e6)
        .when(plain.str.contains(EPOCH_MILLISECONDS)).then(plain.cast(pl.Float64, strict=False) * 1e3)
    ).to_series().cast(pl.Int64).cast(MICROSECONDS)  # fmt: skip


def _sensible(values: pl.Series) -> pl.Series:
    """Return the moments, without those in years in which no export was written."""
    first, last = values.min(), values.max()
    if first is None or (first >= EARLIEST and last < LATEST):  # type: ignore[operator]
        return values
    return values.set(((values < EARLIEST) | (values >= LATEST)).fill_null(value=False), None)


def _unread(text: pl.Series, values: pl.Series) -> pl.Series:
    return (text.is_not_null() & values.is_null()).alias(text.name)


def _zone(sample: pl.Series) -> str | None:
    """Return the zone that the cells name: UTC, or the first offset seen."""
    if sample.str.contains(r"(?:Z|UTC|[+-]00:?00)$").any():
        return "UTC"
    offsets = sample.str.extract(r":\d{2} ?([+-]\d{2}:?\d{2})$").drop_nulls()
    return str(offsets[0]) if len(offsets) else None


@cache
def _months() -> dict[str, str]:
    """Return the number of each month's name, as text, in all the languages known."""
    text = files("cockpit.ingest.values").joinpath("months.toml").read_text(encoding="utf-8")
    return {name: number for number, names in tomllib.loads(text).items() for name in names}
