"""Text from data made harmless; money, numbers, shares and dates as the shop writes them."""

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cockpit.language import ngettext

UNKNOWN = "–"
"""What stands where a figure can't be known: never a zero."""

MINUS = "−"
"""What figures for people have before them when they are below nought; files for programs keep the hyphen."""

LANGUAGE = "en"
"""The language of month names; number symbols follow the currency instead."""

# Character classes without brackets, in the notation that Python's `re` and Rust's regex (polars) share.
BREAKS = r"\t-\r\x1c-\x1f\x85\u2028\u2029"
"""Tabs and every way to end a line; a run of them reads as one space."""

INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0, DEL, C1: escape sequences start here
    r"\u00ad\u034f\u180e\u200b\u200c\u2060-\u2064\ufeff"  # no width, yet part of the text
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # text that changes its direction
    r"\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags
)
"""What a terminal obeys or hides. U+200D stays: emoji and several scripts are joined with it."""

_BREAKS = re.compile(f"[{BREAKS}]+")
_INVISIBLE = re.compile(rf"[{INVISIBLE}\ud800-\udfff]")  # polars text can't hold surrogates, Python's can

_LOCALES = {
    "AED": "en_AE", "ARS": "es_AR", "AUD": "en_AU", "BGN": "bg_BG", "BRL": "pt_BR", "CAD": "en_CA",
    "CHF": "de_CH", "CLP": "es_CL", "CNY": "zh_CN", "COP": "es_CO", "CZK": "cs_CZ", "DKK": "da_DK",
    "EUR": "de_DE", "GBP": "en_GB", "HKD": "en_HK", "HUF": "hu_HU", "IDR": "id_ID", "ILS": "en_IL",
    "INR": "en_IN", "ISK": "is_IS", "JPY": "ja_JP", "KRW": "ko_KR", "MXN": "es_MX", "MYR": "ms_MY",
    "NOK": "nb_NO", "NZD": "en_NZ", "PEN": "es_PE", "PHP": "en_PH", "PLN": "pl_PL", "RON": "ro_RO",
    "RUB": "ru_RU", "SEK": "sv_SE", "SGD": "en_SG", "THB": "th_TH", "TRY": "tr_TR", "TWD": "zh_TW",
    "UAH": "uk_UA", "USD": "en_US", "VND": "vi_VN", "ZAR": "en_ZA",
}  # fmt: skip

# Norwegian shops write the unit first; CLDR moved it behind the amount in its release 43.
_MONEY_PATTERNS = {"nb_NO": "¤\u00a0#,##0.00;¤\u00a0-#,##0.00"}

# Of all spaces only U+00A0 is one cell wide in every terminal and never a place to break a line.
_SPACES = re.compile(r"[ \u2000-\u200a\u202f\u3000]")

_SOMETHING = re.compile("[1-9]")

_THOUSANDS = ("", "k", "M", "bn", "tn")

Number = int | float | Decimal | None


def harmless(text: str, width: int | None = None) -> str:
    """Return `text` as one trimmed line that no terminal obeys, cut to `width` cells if given.

    Line breaks and tabs become one space; control, direction, zero-width and surrogate characters go.
    """
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", _BREAKS.sub(" ", text))
    text = text.strip()
    return text if width is None else cut(text, width)


def cut(text: str, width: int) -> str:
    """Return `text` in at most `width` terminal cells, ending in `…` where something is missing."""
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    used, end = 1, 0
    for end, character in enumerate(text):  # noqa: B007
        used += _character_width(character)
        if used > width:
            break
    return text[:end].rstrip("\u200d ") + "…"


def cell_width(text: str) -> int:
    """Return how many terminal cells `text` may take: joined emoji count one by one, so never too few."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    # Emoji newer than this Python's tables are unassigned in them, and wide.
    return 2 if category == "Cn" and "\U0001f000" <= character <= "\U0001fbff" else 1


@dataclass(frozen=True, slots=True)
class _Notation:
    """How one locale writes numbers; a pair is (before, after), money and percent carry their signs."""

    decimal: str
    group: str
    first_group: int
    next_groups: int
    negative: tuple[str, str]
    percent: tuple[str, str]
    negative_percent: tuple[str, str]

    def digits(self, magnitude: Decimal, places: int) -> str:
        """Write a number that isn't negative, grouped, with exactly `places` decimals (half to even)."""
        if self.first_group == self.next_groups == 3:
            text = f"{magnitude:,.{places}f}"
            whole, point, fraction = text.partition(".")
            whole = whole.replace(",", self.group)
        else:
            whole, point, fraction = f"{magnitude:.{places}f}".partition(".")
            whole = self._grouped(whole)
        return whole + self.decimal + fraction if point else whole

    def _grouped(self, whole: str) -> str:
        rest, parts = whole[: -self.first_group], [whole[-self.first_group :]]
        while rest:
            rest, part = rest[: -self.next_groups], rest[-self.next_groups :]
            parts.append(part)
        return self.group.join(reversed(parts))


@dataclass(frozen=True, slots=True)
class _MoneyNotation:
    positive: tuple[str, str]
    negative: tuple[str, str]
    places: int


@dataclass(frozen=True, slots=True)
class Formatter:
    """Writes figures in the notation of `locale` (`nb_NO`) and amounts in `currency` (ISO 4217, or none).

    Every method takes None and NaN for "not known" and answers `–`. Spaces inside are U+00A0.
    """

    locale: str = "en_GB"
    currency: str | None = None

    @classmethod
    def for_currency(cls, currency: str | None) -> "Formatter":
        """Take the locale from the currency; an unknown one is written as in Britain."""
        return cls(_LOCALES.get(currency or "", "en_GB"), currency)

    def money(self, value: Number, digits: int | None = None) -> str:
        """Write an amount exactly, with the currency's decimals or `digits`: `kr 1 234,50`, `£1,234.50`."""
        amount = _known(value)
        if amount is None:
            return UNKNOWN
        notation = _money_notation(self.locale, self.currency)
        return self._money(amount, notation.places if digits is None else digits)

    def money_short(self, value: Number) -> str:
        """Write an amount in about three figures: `kr 412 k`, `£8.9 M`, `£350`; exact below 100."""
        amount = _known(value)
        if amount is None:
            return UNKNOWN
        if abs(amount) < 100:
            return self.money(amount)
        if abs(amount) < 9_999.5:
            return self._money(amount, 0)
        scaled, places, unit = _scaled(amount)
        return self._money(scaled, places, f"\u00a0{unit}")

    def number(self, value: Number, digits: int = 0) -> str:
        """Write a number with `digits` decimals: `48 213`."""
        known = _known(value)
        return UNKNOWN if known is None else self._number(known, digits)

    def number_short(self, value: Number) -> str:
        """Write a number in about three figures, for axes and narrow cells: `47k`, `8.9M`, `350`."""
        known = _known(value)
        if known is None:
            return UNKNOWN
        scaled, places, unit = _scaled(known)
        return self._number(scaled, places) + unit

    def percent(self, share: Number, digits: int = 1) -> str:
        """Write a share (0.078) in hundredths with `digits` decimals: `7.8%`, `7,8 %`."""
        known = _known(share)
        if known is None:
            return UNKNOWN
        notation = _notation(self.locale)
        text = notation.digits(abs(known).scaleb(2), digits)
        before, after = notation.negative_percent if _is_negative(known, text) else notation.percent
        return before + text + after

    def delta_points(self, change: Number, digits: int = 1) -> str:
        """Write the change of a share in percentage points: 0.006 is `▲ 0.6`, no change is `= 0.0`."""
        known = _known(change)
        if known is None:
            return UNKNOWN
        text = _notation(self.locale).digits(abs(known).scaleb(2), digits)
        sign = "=" if not _SOMETHING.search(text) else "▲" if known > 0 else "▼"
        return f"{sign}\u00a0{text}"

    def ratio(self, value: Number) -> str:
        """Write a ratio or a mean count with two decimals: `1.11`."""
        return self.number(value, 2)

    def days(self, count: Number) -> str:
        """Write a number of days, rounded to whole ones: `1 day`, `34 days`."""
        known = _known(count)
        if known is None:
            return UNKNOWN
        whole = known.to_integral_value()
        return ngettext("{n}\u00a0day", "{n}\u00a0days", abs(int(whole))).format(n=self._number(whole, 0))

    def date(self, day: dt.date | None) -> str:
        """Write a day so that nobody takes it for another: `31 Dec 2025`."""
        return UNKNOWN if day is None else f"{day.day}\u00a0{_month_names()[day.month]}\u00a0{day.year}"

    def month(self, day: dt.date | None) -> str:
        """Write the month that a day lies in: `Dec 2025`."""
        return UNKNOWN if day is None else f"{_month_names()[day.month]}\u00a0{day.year}"

    def _number(self, value: Decimal, places: int) -> str:
        notation = _notation(self.locale)
        text = notation.digits(abs(value), places)
        before, after = notation.negative if _is_negative(value, text) else ("", "")
        return before + text + after

    def _money(self, amount: Decimal, places: int, unit: str = "") -> str:
        text = _notation(self.locale).digits(abs(amount), places)
        notation = _money_notation(self.locale, self.currency)
        before, after = notation.negative if _is_negative(amount, text) else notation.positive
        return before + text + unit + after


def _known(value: Number) -> Decimal | None:
    """Return a finite value as the decimal number that prints like it, else None."""
    if type(value) is float:
        return Decimal(repr(value)) if math.isfinite(value) else None
    if value is None:
        return None
    if isinstance(value, int):
        return Decimal(value)
    if not math.isfinite(value):
        return None
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def _is_negative(value: Decimal, text: str) -> bool:
    """Tell whether `text`, the rounded magnitude of `value`, wants a minus: nought has none."""
    return value < 0 and _SOMETHING.search(text) is not None


def _scaled(value: Decimal) -> tuple[Decimal, int, str]:
    """Return value, decimals and unit of the short form: 412,345 is (412.345, 0, "k")."""
    step, last = 0, len(_THOUSANDS) - 1
    while step < last and abs(value) >= Decimal("999.5"):
        value, step = value.scaleb(-3), step + 1
    tenths = round(abs(value), 1) if abs(value) < 100 else Decimal(100)
    places = 1 if tenths < 100 and tenths % 1 else 0
    return value, places, _THOUSANDS[step]


@lru_cache
def _notation(locale: str) -> _Notation:
    from babel import Locale

    known = Locale.parse(locale)
    symbols = known.number_symbols["latn"]
    pattern = known.decimal_formats[None]
    percent = known.percent_formats[None]
    return _Notation(
        decimal=symbols["decimal"],
        group=_plain(symbols["group"]),
        first_group=pattern.grouping[0],
        next_groups=pattern.grouping[1],
        negative=(_plain(pattern.prefix[1]), _plain(pattern.suffix[1])),
        percent=(_plain(percent.prefix[0]), _plain(percent.suffix[0])),
        negative_percent=(_plain(percent.prefix[1]), _plain(percent.suffix[1])),
    )


@lru_cache
def _money_notation(locale: str, currency: str | None) -> _MoneyNotation:
    from babel import Locale
    from babel.numbers import get_currency_precision, get_currency_symbol, parse_pattern

    if currency is None:
        return _MoneyNotation(("", ""), _notation(locale).negative, places=2)
    symbol = harmless(get_currency_symbol(currency, locale=locale))
    known = Locale.parse(locale)
    written = _MONEY_PATTERNS.get(locale)
    pattern = parse_pattern(written) if written else known.currency_formats["standard"]
    positive, negative = (
        (_beside(before, symbol, after=False), _beside(after, symbol, after=True))
        for before, after in zip(pattern.prefix, pattern.suffix, strict=True)
    )
    return _MoneyNotation(positive, negative, get_currency_precision(currency))


def _beside(affix: str, symbol: str, *, after: bool) -> str:
    """Put the currency's symbol into what stands before or after a number; letters keep off the digits."""
    text = _plain(affix.replace("¤", symbol))
    if not text:
        return text
    touching = text[0] if after else text[-1]
    if not touching.isalpha():
        return text
    return "\u00a0" + text if after else text + "\u00a0"


def _plain(text: str) -> str:
    return _SPACES.sub("\u00a0", _INVISIBLE.sub("", text)).replace("-", MINUS)


@lru_cache
def _month_names() -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("abbreviated", locale=LANGUAGE))
