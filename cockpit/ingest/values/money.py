"""Amounts of money, and other numbers, in any notation that an export may use.

What separates decimals is decided for the whole column: `1.250` alone says nothing, beside `12,50` it does.
"""

from dataclasses import dataclass

import polars as pl

from cockpit.ingest.values.digits import with_ascii_digits, without_missing_words

ONE_NUMBER = r"^[^\d]*?\d[\d.,\s\x{a0}\x{202f}\x{2009}'’`´٬_]*[^\d]*$|^[^\d]*[.,]\d+[^\d]*$"
SAMPLE = 1_000
WELL_GROUPED = r"^\d*(?:[.,]\d*)?$|^\d{1,3}(?:\.\d{3})+(?:,\d*)?$|^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$"
GROUPS = r"[\s\x{a0}\x{202f}\x{2009}'’`´٬_]"
LETTERS = r"[\p{L}\p{Sc}\p{M}#%*]+\.?(?:[\p{L}\p{Sc}\p{M}]+\.?)*"
UNSEEN = r"[\x{200e}\x{200f}\x{61c}\x{200b}\x{feff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
SYMBOLS = (
    (r"€|\bEUR\b", "EUR"),
    (r"£|\bGBP\b", "GBP"),
    (r"\bCHF\b", "CHF"),
    (r"R\$|\bBRL\b", "BRL"),
    (r"zł|\bPLN\b", "PLN"),
    (r"₹|\bINR\b", "INR"),
    (r"₺|\bTRY\b", "TRY"),
    (r"₩|\bKRW\b", "KRW"),
    (r"₪|\bILS\b", "ILS"),
    (r"₴|\bUAH\b", "UAH"),
    (r"Kč|\bCZK\b", "CZK"),
    (r"\bNOK\b", "NOK"),
    (r"\bSEK\b", "SEK"),
    (r"\bDKK\b", "DKK"),
    (r"C(?:A)?\$|\bCAD\b", "CAD"),
    (r"A(?:U)?\$|\bAUD\b", "AUD"),
    (r"\$|\bUSD\b", "USD"),
    (r"¥|￥|円|\bJPY\b", "JPY"),
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of numbers: `values` Float64, `unreadable` true where there was text but no number.

    `decimal` is the sign taken for the decimal sign; `doubtful` a cell that could have been read otherwise.
    `currency` is the ISO 4217 code that the symbols in the cells stand for, if they have any.
    """

    values: pl.Series
    unreadable: pl.Series
    decimal: str = "."
    doubtful: str | None = None
    currency: str | None = None


def read_amounts(cells: pl.Series, *, grouped: bool = True) -> Amounts:
    """Read a column of numbers; `grouped` false means that `1.000` is one (quantities), not a thousand."""
    if cells.dtype != pl.String:
        return _typed(cells)
    direct = cells.cast(pl.Float64, strict=False)
    if direct.null_count() == cells.null_count() and _is_plain(cells, direct, grouped=grouped):
        return Amounts(direct, _none(cells))
    return _written(without_missing_words(cells), grouped=grouped)


def _typed(cells: pl.Series) -> Amounts:
    values = cells.cast(pl.Float64, strict=False)
    finite = values.set((~values.is_finite()).fill_null(value=False), None)
    return Amounts(finite, _none(cells))


def _is_plain(cells: pl.Series, direct: pl.Series, *, grouped: bool) -> bool:
    """Tell whether `.` can only be the decimal sign, so that the direct reading stands."""
    if direct.is_nan().any() or direct.is_infinite().any():
        return False
    if not grouped:
        return True
    return _shows_decimals(cells.head(SAMPLE)) or _shows_decimals(cells) or not _has_three_decimals(cells)


def _shows_decimals(cells: pl.Series) -> bool:
    """Tell whether some cell has a dot before other than three digits: then all dots are decimal signs."""
    return bool(cells.str.contains(r"\.(?:\d{1,2}|\d{4,})?$").any())


def _has_three_decimals(cells: pl.Series) -> bool:
    return bool(cells.str.contains(r"\.\d{3}$").any())


def _written(cells: pl.Series, *, grouped: bool) -> Amounts:
    """Read amounts as people write them."""
    text = with_ascii_digits(cells).str.replace_all(UNSEEN, "").str.strip_chars().str.strip_prefix("'")
    text = text.str.replace_all("٫", ".", literal=True).str.replace_all(r"[−–﹣－]", "-")
    scientific = text.str.contains(r"^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$")
    currency = _currency(text)
    negative = text.str.contains(r"^\(.*\)$|^[^\d]*-|-[^\d]*$")
    bare = text.str.replace_all(LETTERS, "").str.replace_all(GROUPS, "").str.replace_all(r"[()+-]", "")
    bare = bare.str.replace(r"[.,]-*$", "").str.replace(r"^,", "0,")
    number = text.str.contains(ONE_NUMBER) & bare.str.contains(WELL_GROUPED) & bare.str.contains(r"\d")
    number &= text.str.count_matches(r"[-(]") <= 1
    dots, commas = bare.str.count_matches(".", literal=True), bare.str.count_matches(",", literal=True)
    decimal, doubtful = _decimal_sign(bare.filter(number.fill_null(value=False)), grouped=grouped)
    # The last of two different signs is the decimal one; a repeated sign groups; a single sign groups only
    # before exactly three digits, and then the column decides.
    last = bare.str.extract(r"([.,])[^.,]*$", 1)
    repeated = ((dots > 1) & (commas == 0)) | ((commas > 1) & (dots == 0))
    single_three = ((dots + commas) == 1) & bare.str.contains(r"^[1-9]\d{0,2}[.,]\d{3}$")
    groups_only = repeated | (single_three & (last != decimal))
    frame = pl.DataFrame({"bare": bare, "last": last, "groups": groups_only})
    plain = frame.select(
        pl.when(pl.col("groups") | pl.col("last").is_null())
        .then(pl.col("bare").str.replace_all(r"[.,]", ""))
        .when(pl.col("last") == ",")
        .then(pl.col("bare").str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .otherwise(pl.col("bare").str.replace_all(",", "", literal=True))
    ).to_series()
    good = (number & ~scientific).fill_null(value=False)
    values = plain.set(~good, None).cast(pl.Float64, strict=False)
    values = pl.select(
        pl.when(scientific.fill_null(value=False))
        .then(text.cast(pl.Float64, strict=False))
        .when(negative)
        .then(-values)
        .otherwise(values)
    ).to_series()
    unreadable = (cells.is_not_null() & values.is_null()).alias(cells.name)
    return Amounts(values.alias(cells.name), unreadable, decimal, doubtful, currency)


def _decimal_sign(bare: pl.Series, *, grouped: bool) -> tuple[str, str | None]:
    """Return the decimal sign of the column, and a cell that leaves doubt about it."""
    if bare.str.contains(r"^[\d.]*\.?[\d,]*,\d+$").any() and bare.str.contains(r"\..*,\d+$").any():
        return ",", None
    if bare.str.contains(r",.*\.\d+$").any():
        return ".", None
    comma = int(bare.str.contains(r"^\d+,(?:\d{1,2}|\d{4,})$|^0\d*,\d+$|^\d{4,},\d+$").sum())
    dot = int(bare.str.contains(r"^\d*\.(?:\d{1,2}|\d{4,})$|^0\d*\.\d+$|^\d{4,}\.\d+$").sum())
    if comma or dot:
        return ("," if comma > dot else "."), None
    if bare.str.contains(r"\..*\.").any():
        return ",", None
    if bare.str.contains(r",.*,").any():
        return ".", None
    return _sign_before_three_digits(bare, grouped=grouped)


def _sign_before_three_digits(bare: pl.Series, *, grouped: bool) -> tuple[str, str | None]:
    """Decide where every sign stands before exactly three digits: `1.250`, `980`, `2,400`."""
    dotted = bare.filter(bare.str.contains(".", literal=True))
    with_comma = bare.filter(bare.str.contains(",", literal=True))
    unmarked = bare.filter(~bare.str.contains(r"[.,]"))
    if len(with_comma):
        return ".", (None if grouped and len(unmarked) else str(with_comma[0]))
    if not len(dotted):
        return ".", None
    small = unmarked.str.len_chars().le(3).all() if len(unmarked) else False
    if grouped and small:
        return ",", str(dotted[0])
    return ".", str(dotted[0]) if grouped else None


def _currency(text: pl.Series) -> str | None:
    """Return the code that most symbols or codes in the cells stand for."""
    marked = text.filter(text.str.contains(r"[\p{Sc}\p{L}]").fill_null(value=False))
    if not len(marked):
        return None
    counts = [(int(marked.str.contains(pattern).sum()), -rank) for rank, (pattern, _c) in enumerate(SYMBOLS)]
    most, rank = max(counts)
    return SYMBOLS[-rank][1] if most else None


def _none(cells: pl.Series) -> pl.Series:
    return pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True).alias(cells.name)
