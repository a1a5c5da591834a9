"""Moments in any notation; day and month are told apart over the whole column.

The wall clock of the file is kept: an offset or a zone is cut off, never converted.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from operator import add
from typing import Literal

import polars as pl

from cockpit.ingest.values.digits import with_ascii_digits, without_missing_words
from cockpit.ingest.values.months import count_croatian, count_doubtful, numbers_of

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
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

NUMERIC = r"(?:^|[^\d:])(?P<a>\d{1,2})\s?[./-]\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<c>\d{4})(?:[^\d:]|$)"
SHORT = NUMERIC.replace(r"\d{4}", r"\d{2}")
"""With a year of two digits, as `13.05.09`; where a day stands beside it, it is a time."""
YEAR_FIRST = r"(?:^|\D)(?P<y>\d{4})\s?[./年-]\s?(?P<m>\d{1,2})\s?[./月-]\s?(?P<d>\d{1,2})(?:\D|$)"
COMPACT = r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:t?\d{4,6})?$"
NAME = r"(?P<name>\p{L}[\p{L}\p{M}]{2,})"
DAY_NAME_YEAR = (
    r"(?:^|\D)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª)?[\s.,/-]*(?:de\s|of\s)?"
    rf"{NAME}\.?[\s.,/-]*(?:de\s|of\s)?(?P<y>\d{{4}}|\d{{2}})(?:[^\d:]|$)"
)
NAME_DAY_YEAR = (
    rf"{NAME}\.?[\s./-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,/-]+(?P<y>\d{{4}}|\d{{2}})"
    r"(?:[^\d:./-]|[./-](?:\D|$)|$)"
)
YEAR_NAME_DAY = rf"(?:^|\D)(?P<y>\d{{4}})[\s.,/-]*{NAME}\.?[\s.,/-]*(?P<d>\d{{1,2}})(?:\D|$)"
CLOCK = (
    r"(?:^|[t\s,년日일午前後전후])(?P<hour>\d{1,2})(?:[:.]|\s?h\s?)(?P<minute>\d{2})"
    r"(?:(?:[:.]|\s?min\s?)(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?:[^\d./]|$)"
)
HALVES = (
    ("p", r"下午|午後|오후|μ\.\s?μ|[\d\s]م(?:\s|$)|\bpm \d"),
    ("a", r"上午|午前|오전|π\.\s?μ|[\d\s]ص(?:\s|$)|\bam \d"),
)
"""Halves of the day in other languages, and before the clock."""

PACKED_CLOCK = r"^\d{8}t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?$"


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the moments of a column are written: in one of the `QUICK` forms, else in any, by people.

    `quick` is the place of the form in `QUICK`. Of the cells that no quick form fits, `order` is that of day,
    month and year, and `serial` is true where they are the day numbers of a spreadsheet; `croatian` where
    listopad is October.
    """

    quick: int | None
    order: Order
    serial: bool = False
    croatian: bool = False


@dataclass(frozen=True, slots=True)
class ShownMoments:
    """What the cells of a column, or of a part of it, show of its form; parts add up.

    `sample` holds its first texts. Of the cells that no quick form fits: how many prove each of `ORDERS`, the
    row of the first such proof and its text, how many there are, and whether all are spreadsheet days; how
    many have a word, name a month in Croatian only, and name one that is another month in Croatian.
    """

    sample: tuple[str, ...] = ()
    proofs: tuple[int, ...] = (0, 0, 0)
    first_proofs: tuple[tuple[int, str] | None, ...] = (None, None, None)
    others: int = 0
    serial: bool = True
    ordered: bool = False  # some cells are like 1/2/2024
    stored_zone: str | None = None
    named: int = 0
    croatian: int = 0
    doubtful: int = 0

    def __add__(self, other: "ShownMoments") -> "ShownMoments":
        return ShownMoments(
            (*self.sample, *other.sample)[:SAMPLE],
            tuple(map(add, self.proofs, other.proofs)),
            tuple(
                mine if mine is not None else its
                for mine, its in zip(self.first_proofs, other.first_proofs, strict=True)
            ),
            self.others + other.others,
            self.serial and other.serial,
            self.ordered or other.ordered,
            self.stored_zone or other.stored_zone,
            self.named + other.named,
            self.croatian + other.croatian,
            self.doubtful + other.doubtful,
        )

    @property
    def quick(self) -> int | None:
        """The place in `QUICK` of the form that all first cells have."""
        sample = pl.Series(self.sample, dtype=pl.String)
        fitting = (at for at, (pattern, _n, _f) in enumerate(QUICK) if sample.str.contains(pattern).all())
        return next(fitting, None) if self.sample else None

    def form(self, order: Order | None, fallback: Order) -> DateForm:
        """Return how the column is written; `order` and `fallback` as for `read_moments`."""
        serial = bool(self.others and self.serial)
        return DateForm(self.quick, order or self.proved_order or fallback, serial, self.croatian > 0)

    @property
    def proved_order(self) -> Order | None:
        """The order that most cells prove, if any."""
        most = max(self.proofs)
        return ORDERS[self.proofs.index(most)] if most else None

    @property
    def evidence(self) -> tuple[int, str] | None:
        """Row (from 0) and text of a cell that proves the order; None: it is taken for granted."""
        order = self.proved_order
        return None if order is None else self.first_proofs[ORDERS.index(order)]

    @property
    def zone(self) -> str | None:
        """The zone that the first cells name: UTC, or the first offset seen."""
        if self.stored_zone:
            return self.stored_zone
        sample = pl.Series(self.sample, dtype=pl.String)
        if sample.str.contains(r"(?:Z|UTC|[+-]00:?00)$").any():
            return "UTC"
        offsets = sample.str.extract(r":\d{2} ?([+-]\d{2}:?\d{2})$").drop_nulls()
        return str(offsets[0]) if len(offsets) else None


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of moments: `values` Datetime, `unreadable` true where there was text but no date.

    `shown` is what the cells show of their form: over a whole column, it decides how they are read.
    """

    values: pl.Series
    unreadable: pl.Series
    shown: ShownMoments


def read_moments(
    cells: pl.Series,
    order: Order | None = None,
    fallback: Order = "dmy",
    form: DateForm | None = None,
    first: int = 0,
) -> Moments:
    """Read a column of moments.

    `order` overrides what the cells say; `fallback` serves where they say nothing. `form` is that of the
    column of which the cells are a part, from its row `first` on; without it they are the whole.
    """
    if cells.dtype.is_numeric():
        text = cells.cast(pl.String)
        text = text.str.strip_suffix(".0") if cells.dtype.is_float() else text
        return _written(text, ShownMoments(), _Wish(None, "ymd", form), first)
    if cells.dtype != pl.String:
        return _typed(cells)
    shown, wish = ShownMoments(tuple(cells.drop_nulls().head(SAMPLE))), _Wish(order, fallback, form)
    quick = form.quick if form else shown.quick
    if quick is not None:
        return _quick(cells, shown, QUICK[quick], wish, first)
    return _written(without_missing_words(cells), shown, wish, first)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller of `read_moments` knows of the form."""

    order: Order | None
    fallback: Order
    form: DateForm | None


def _quick(
    cells: pl.Series, shown: ShownMoments, quick: tuple[str, int, str], wish: _Wish, first: int
) -> Moments:
    """Read a column of one ISO form at once, and cell by cell only what that leaves."""
    _pattern, length, layout = quick
    cut = (
        pl.col(cells.name).str.head(length)
        if (cells.str.len_bytes().max() or 0) != length
        else pl.col(cells.name)
    )
    parsed = cut.str.to_datetime(layout, time_unit="us", strict=False)
    values = _sensible(pl.LazyFrame([cells]).select(parsed).collect(engine="streaming").to_series())
    left = values.is_null() & cells.is_not_null()
    if not left.any():
        return Moments(values, left.alias(cells.name), shown)
    places = left.arg_true()
    rest = _written(without_missing_words(cells.filter(left)), shown, wish, places + first)
    values = values.scatter(places, rest.values)
    return Moments(values, left.scatter(places, rest.unreadable).alias(cells.name), rest.shown)


def _typed(cells: pl.Series) -> Moments:
    """Use dates and timestamps as they are."""
    dtype, zone = cells.dtype, None
    if isinstance(dtype, pl.Datetime):
        values, zone = cells.dt.replace_time_zone(None).cast(MICROSECONDS), dtype.time_zone
    else:
        values = cells.cast(MICROSECONDS, strict=False)
    return Moments(_sensible(values), _unread(cells, values), ShownMoments(stored_zone=zone))


def _written(text: pl.Series, sampled: ShownMoments, wish: _Wish, rows: int | pl.Series) -> Moments:
    """Read moments as people and programs write them, form by form, each on what the others left.

    `rows` is the row of the first cell in its column, or the rows of all.
    """
    plain = with_ascii_digits(text).str.replace_all(r"[\x{200e}\x{200f}]", "").str.replace_all(r"\s+", " ")
    plain = plain.str.strip_chars(" '").str.to_lowercase()
    sampled = sampled + _names_shown(plain)
    croatian = wish.form.croatian if wish.form else sampled.croatian > 0
    days, numeric, clocks = _told_days(plain, croatian=croatian)
    shown = sampled + _shown(plain, numeric, text, rows, asked=wish.order is not None)
    form = wish.form or shown.form(wish.order, wish.fallback)
    parts = dict(zip(form.order, "abc", strict=True))
    chosen = _midnight(numeric.select(y=parts["y"], m=parts["m"], d=parts["d"]))
    ordered = bool(chosen.is_not_null().any())
    days = pl.select(pl.coalesce(days, chosen)).to_series()
    counted = _days_of_spreadsheet(plain) if form.serial else _since_1970(plain)
    values = pl.select(pl.coalesce(counted, days + _time_of_day(clocks))).to_series().alias(text.name)
    values = _sensible(values)
    return Moments(values, _unread(text, values), replace(shown, ordered=ordered))


def _names_shown(plain: pl.Series) -> ShownMoments:
    """Return what the names of months show, if there are any."""
    named = int(plain.str.contains(r"\p{L}{3}").sum())
    if not named:
        return ShownMoments()
    return ShownMoments(named=named, croatian=count_croatian(plain), doubtful=count_doubtful(plain))


def _shown(
    plain: pl.Series, numeric: pl.DataFrame, text: pl.Series, rows: int | pl.Series, *, asked: bool
) -> ShownMoments:
    """Return what the cells show of the order of `1/2/2024`, if nobody has said it, and of their kind."""
    known = plain.drop_nulls()
    serial = bool(known.str.contains(SERIAL).all())
    if asked:
        return ShownMoments(others=len(known), serial=serial)
    one, two, three = (numeric[part].cast(pl.Int32, strict=False) for part in "abc")
    proofs = [
        proof.fill_null(value=False)
        for proof in (
            (one > 12) & (one < 32) & (two < 13),
            (two > 12) & (two < 32) & (one < 13),
            (one > 31) & (three < 32),
        )
    ]
    places = [proof.arg_max() if proof.any() else None for proof in proofs]
    return ShownMoments(
        proofs=tuple(int(proof.sum()) for proof in proofs),
        first_proofs=tuple(
            None if at is None else (rows + at if isinstance(rows, int) else int(rows[at]), str(text[at]))
            for at in places
        ),
        others=len(known),
        serial=serial,
    )


def _told_days(plain: pl.Series, *, croatian: bool) -> tuple[pl.Series, pl.DataFrame, pl.Series]:
    """Return the days that the cells tell by themselves, the parts of others, and what may hold a clock.

    The parts are a, b and c of dates like 1/2/2024, of which the column decides the order. Such a date is not
    in the third answer: `03.01.24, 13:05` would have two clocks.
    """
    numeric = _groups(plain, NUMERIC)
    rest = plain.set(numeric["a"].is_not_null(), None)
    clocks = plain
    if rest.null_count() < len(plain):
        clocks = pl.select(
            pl.when(rest.is_null()).then(plain.str.replace(NUMERIC, " ")).otherwise(plain)
        ).to_series()
    days = pl.repeat(None, len(plain), dtype=MICROSECONDS, eager=True)
    worded = rest.str.contains(r"[a-z]{3}|[^\x00-\x7f]").any()
    named = (DAY_NAME_YEAR, NAME_DAY_YEAR, YEAR_NAME_DAY)
    for pattern in (*(named if worded else ()), YEAR_FIRST, COMPACT):
        if rest.null_count() == len(rest):
            return days, numeric, clocks
        groups = _groups(rest, pattern)
        if "name" in groups.columns:
            groups = groups.with_columns(m=numbers_of(pl.col("name"), croatian=croatian))
        days = pl.select(pl.coalesce(days, _midnight(groups))).to_series()
        rest = rest.set(days.is_not_null(), None)
    short = _groups(rest, SHORT)
    told = short["a"].is_not_null()
    if told.any():
        numeric = pl.select(pl.coalesce(numeric[part], short[part]).alias(part) for part in "abc")
        clocks = pl.select(pl.when(told).then(clocks.str.replace(SHORT, " ")).otherwise(clocks)).to_series()
    return days, numeric, clocks


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
    if plain.str.contains(r"[^\x00-\x7f]|m \d").any():
        told = (pl.when(plain.str.contains(pattern)).then(pl.lit(half)) for half, pattern in HALVES)
        parts = parts.with_columns(half=pl.coalesce("half", *told))
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
