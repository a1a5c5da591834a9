"""Amounts of money, and other numbers, in any notation that an export may use.

What separates decimals is decided for the whole column: `1.250` alone says nothing, beside `12,50` it does.
Words that name no currency make a cell of money unreadable (`3k`), unless most cells have the same one.
"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from cockpit.ingest.values.digits import with_ascii_digits, without_missing_words
from cockpit.ingest.values.units import currencies_of, strange_words

ONE_NUMBER = r"^[^\d]*?\d[\d.,\s\x{a0}\x{202f}\x{2009}'’`´٬_]*[^\d]*$|^[^\d]*[.,]\d+[^\d]*$"
SAMPLE = 1_000
WELL_GROUPED = r"^\d*(?:[.,]\d*)?$|^\d{1,3}(?:\.\d{3})+(?:,\d*)?$|^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$"
GROUPS = r"[\s\x{a0}\x{202f}\x{2009}'’`´٬_]"
LETTERS = r"[\p{L}\p{Sc}\p{M}#%*][\p{L}\p{Sc}\p{M}#%*/]*\.?(?:[\p{L}\p{Sc}\p{M}]+\.?)*"
NO_CENTS = r"(\d[.,])\s?-+"  # 12,- and 12.--
MOST_WORDS = 20
UNSEEN = r"[\x{200e}\x{200f}\x{61c}\x{200b}\x{feff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"


@dataclass(frozen=True, slots=True)
class Notation:
    """How the numbers of a column are written: `plain`, as programs do, or by people, with a decimal sign.

    `word` is one that stands in most cells and names no known currency; None: there is none.
    """

    plain: bool = True
    decimal: str = "."
    word: str | None = None


@dataclass(frozen=True, slots=True)
class ShownNumbers:
    """What the cells of a column, or of a part of it, show of its notation; parts add up.

    The first four fields are about the cells as they stand; the others are known once they have been read as
    people write them, and about single numbers without their signs and groups of blanks.
    """

    cast: bool = True
    finite: bool = True
    decimals: bool = False  # a dot before other than three digits
    threes: bool = False  # a dot before three digits
    comma_ends: bool = False
    comma_after_dot: bool = False
    dot_after_comma: bool = False
    commas: int = 0  # cells in which only a decimal comma makes sense
    dots: int = 0
    two_dots: bool = False
    two_commas: bool = False
    first_dotted: str | None = None
    first_with_comma: str | None = None
    unmarked: int = 0
    all_small: bool = True  # unmarked cells have at most three digits
    currencies: tuple[tuple[str, int], ...] = ()  # ISO 4217 codes, with the cells that tell them
    filled: int = 0
    words: tuple[tuple[str, int], ...] = ()  # those that name no currency, with the cells that have them

    def __add__(self, other: "ShownNumbers") -> "ShownNumbers":
        return ShownNumbers(
            self.cast and other.cast,
            self.finite and other.finite,
            self.decimals or other.decimals,
            self.threes or other.threes,
            self.comma_ends or other.comma_ends,
            self.comma_after_dot or other.comma_after_dot,
            self.dot_after_comma or other.dot_after_comma,
            self.commas + other.commas,
            self.dots + other.dots,
            self.two_dots or other.two_dots,
            self.two_commas or other.two_commas,
            self.first_dotted if self.first_dotted is not None else other.first_dotted,
            self.first_with_comma if self.first_with_comma is not None else other.first_with_comma,
            self.unmarked + other.unmarked,
            self.all_small and other.all_small,
            tuple((Counter(dict(self.currencies)) + Counter(dict(other.currencies))).most_common()),
            self.filled + other.filled,
            tuple((Counter(dict(self.words)) + Counter(dict(other.words))).most_common(MOST_WORDS)),
        )

    def notation(self, *, grouped: bool) -> Notation:
        """Return how the column is written; `grouped` as for `read_amounts`."""
        plain = self.cast and self.finite and (not grouped or self.decimals or not self.threes)
        return Notation(plain, "." if plain else self._sign(grouped=grouped)[0], self._word)

    def doubtful(self, *, grouped: bool) -> str | None:
        """Return a cell that could have been read otherwise."""
        return None if self.notation(grouped=grouped).plain else self._sign(grouped=grouped)[1]

    @property
    def _word(self) -> str | None:
        """A single word that stands in more than half of the cells; one letter is none: `3k`."""
        likely = (word for word, count in self.words if 2 * count > self.filled)
        return next((word for word in likely if len(word) > 1 and " " not in word), None)

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code that most symbols in the cells stand for."""
        return self.currencies[0][0] if self.currencies else None

    def _sign(self, *, grouped: bool) -> tuple[str, str | None]:
        """Return the decimal sign, and a cell that leaves doubt about it."""
        if self.comma_ends and self.comma_after_dot:
            return ",", None
        if self.dot_after_comma:
            return ".", None
        if self.commas or self.dots:
            return ("," if self.commas > self.dots else "."), None
        return self._sign_before_three_digits(grouped=grouped)

    def _sign_before_three_digits(self, *, grouped: bool) -> tuple[str, str | None]:
        """Decide where every sign stands before exactly three digits: `1.250`, `980`, `2,400`."""
        if self.two_dots:
            return ",", None
        if self.two_commas:
            return ".", None
        if self.first_with_comma is not None:
            return ".", (None if grouped and self.unmarked else self.first_with_comma)
        if self.first_dotted is None:
            return ".", None
        if grouped and self.unmarked and self.all_small:
            return ",", self.first_dotted
        return ".", self.first_dotted if grouped else None


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of numbers: `values` Float64, `unreadable` true where there was text but no number.

    `shown` is what the cells show of their notation: over a whole column, it decides how they are read.
    """

    values: pl.Series
    unreadable: pl.Series
    shown: ShownNumbers
    grouped: bool = True

    @property
    def decimal(self) -> str:
        """The sign taken for the decimal sign."""
        return self.shown.notation(grouped=self.grouped).decimal

    @property
    def doubtful(self) -> str | None:
        """A cell that could have been read otherwise."""
        return self.shown.doubtful(grouped=self.grouped)

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code that the symbols in the cells stand for, if they have any."""
        return self.shown.currency


def read_amounts(cells: pl.Series, *, grouped: bool = True, notation: Notation | None = None) -> Amounts:
    """Read a column of numbers; `grouped` false means that `1.000` is one (quantities), not a thousand.

    `notation` is that of the column of which the cells are a part; without it they are the whole.
    """
    if cells.dtype != pl.String:
        return _typed(cells, grouped=grouped)
    direct = cells.cast(pl.Float64, strict=False)
    shown = _shown_plainly(cells, direct, grouped=grouped)
    if (notation or shown.notation(grouped=grouped)).plain:
        return Amounts(direct, _none(cells), shown, grouped)
    return _written(without_missing_words(cells), shown, notation, grouped=grouped)


def _typed(cells: pl.Series, *, grouped: bool) -> Amounts:
    values = cells.cast(pl.Float64, strict=False)
    finite = values.set((~values.is_finite()).fill_null(value=False), None)
    return Amounts(finite, _none(cells), ShownNumbers(), grouped)


def _shown_plainly(cells: pl.Series, direct: pl.Series, *, grouped: bool) -> ShownNumbers:
    """Return what tells whether `.` can only be the decimal sign, so that the direct reading stands."""
    if direct.null_count() != cells.null_count():
        return ShownNumbers(cast=False)
    if direct.is_nan().any() or direct.is_infinite().any():
        return ShownNumbers(finite=False)
    decimals = grouped and (_shows_decimals(cells.head(SAMPLE)) or _shows_decimals(cells))
    return ShownNumbers(decimals=decimals, threes=grouped and not decimals and _has_three_decimals(cells))


def _shows_decimals(cells: pl.Series) -> bool:
    """Tell whether some cell has a dot before other than three digits: then all dots are decimal signs."""
    return bool(cells.str.contains(r"\.(?:\d{1,2}|\d{4,})?$").any())


def _has_three_decimals(cells: pl.Series) -> bool:
    return bool(cells.str.contains(r"\.\d{3}$").any())


def _written(cells: pl.Series, plainly: ShownNumbers, notation: Notation | None, *, grouped: bool) -> Amounts:
    """Read amounts as people write them; `plainly` is what the cells show as they stand."""
    text = with_ascii_digits(cells).str.replace_all(UNSEEN, "").str.strip_chars().str.strip_prefix("'")
    text = text.str.replace_all("٫", ".", literal=True).str.replace_all(r"[−–—﹣－]", "-")
    text = text.str.replace(NO_CENTS, "${1}00")
    scientific = text.str.contains(r"^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$")
    negative = text.str.contains(r"^\(.*\)$|^[^\d]*-|-[^\d]*$")
    bare = text.str.replace_all(LETTERS, "").str.replace_all(GROUPS, "").str.replace_all(r"[()+-]", "")
    bare = bare.str.replace(r"[.,]-*$", "").str.replace(r"^,", "0,")
    number = text.str.contains(ONE_NUMBER) & bare.str.contains(WELL_GROUPED) & bare.str.contains(r"\d")
    number &= text.str.count_matches(r"[-(]") <= 1
    dots, commas = bare.str.count_matches(".", literal=True), bare.str.count_matches(",", literal=True)
    strange = strange_words(text) if grouped else pl.repeat(None, len(text), dtype=pl.String, eager=True)
    shown = plainly + _shown(bare.filter(number.fill_null(value=False)), text, strange)
    notation = notation or shown.notation(grouped=grouped)
    decimal = notation.decimal
    number &= strange.is_null() | strange.eq_missing(notation.word)
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
    return Amounts(values.alias(cells.name), unreadable, shown, grouped)


def _shown(bare: pl.Series, text: pl.Series, strange: pl.Series) -> ShownNumbers:
    """Return what the numbers show of the decimal sign, and whole cells of the currency and other words."""
    dotted = bare.filter(bare.str.contains(".", literal=True))
    with_comma = bare.filter(bare.str.contains(",", literal=True))
    unmarked = bare.filter(~bare.str.contains(r"[.,]"))
    return ShownNumbers(
        comma_ends=bool(bare.str.contains(r"^[\d.]*\.?[\d,]*,\d+$").any()),
        comma_after_dot=bool(bare.str.contains(r"\..*,\d+$").any()),
        dot_after_comma=bool(bare.str.contains(r",.*\.\d+$").any()),
        commas=int(bare.str.contains(r"^\d+,(?:\d{1,2}|\d{4,})$|^0\d*,\d+$|^\d{4,},\d+$").sum()),
        dots=int(bare.str.contains(r"^\d*\.(?:\d{1,2}|\d{4,})$|^0\d*\.\d+$|^\d{4,}\.\d+$").sum()),
        two_dots=bool(bare.str.contains(r"\..*\.").any()),
        two_commas=bool(bare.str.contains(r",.*,").any()),
        first_dotted=str(dotted[0]) if len(dotted) else None,
        first_with_comma=str(with_comma[0]) if len(with_comma) else None,
        unmarked=len(unmarked),
        all_small=bool(unmarked.str.len_chars().le(3).all()),
        currencies=tuple(Counter(currencies_of(text).drop_nulls()).most_common()),
        filled=text.count(),
        words=tuple(Counter(strange.drop_nulls()).most_common(MOST_WORDS)),
    )


def _none(cells: pl.Series) -> pl.Series:
    return pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True).alias(cells.name)
