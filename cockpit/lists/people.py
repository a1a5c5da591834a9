"""Names, addresses and countries of customers in the notation that uploads want, as polars expressions."""

import re
from functools import cache

import polars as pl

from cockpit.formats import BREAKS, INVISIBLE

_FORMULA_START = r"=+\-@\uff1d\uff0b\uff0d\uff20"  # full-width ones too
_PASSED_OVER = rf"[\s{BREAKS}{INVISIBLE}]*"
_IN_FIRST_CELL = rf"^(?:[\t\r\n]|{_PASSED_OVER}[{_FORMULA_START}])"
_IN_NEXT_CELL = rf"(;{_PASSED_OVER})([{_FORMULA_START}])"
FORMULA = f"{_IN_FIRST_CELL}|{_IN_NEXT_CELL}"
"""Texts that a spreadsheet would run, as a polars pattern."""

# An address begins with nothing that a spreadsheet takes for a formula or a quoted text.
_NO_EMAIL = r'\s"(),:;<>@\\\[\]|'
_EMAIL = rf"^[^{_NO_EMAIL}'{_FORMULA_START}][^{_NO_EMAIL}]*@[^{_NO_EMAIL}=']+\.[^{_NO_EMAIL}=.']{{2,}}$"
_E164 = r"^\+[1-9][0-9]{6,14}$"

_OTHER_COUNTRY_NAMES = {
    "eire": "IE",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "korea": "KR",
    "russia": "RU",
    "scotland": "GB",
    "the netherlands": "NL",
    "turkey": "TR",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "wales": "GB",
}


def email(column: pl.Expr) -> pl.Expr:
    """Return e-mail addresses trimmed and in lower case; null where it can't be one."""
    address = column.str.strip_chars().str.to_lowercase()
    return pl.when(address.str.contains(_EMAIL)).then(address)


def phone(column: pl.Expr) -> pl.Expr:
    """Return phones in E.164 (`+4712345678`); null where the country isn't written with the number."""
    digits = (
        column.str.replace_all(r"\(0\)", "")
        .str.replace_all(r"[\s\u00a0().\-–/']", "")
        .str.replace(r"^00", "+")
    )
    return pl.when(digits.str.contains(_E164)).then(digits)


def first_name(column: pl.Expr) -> pl.Expr:
    """Return all of a name but its last word, or what follows its comma (`Hansen, Anne Marie`)."""
    name = _single_spaced(column)
    return pl.coalesce(name.str.extract(r"^[^,]+, ?(.+)$"), name.str.extract(r"^(.+) [^ ]+$"), name)


def last_name(column: pl.Expr) -> pl.Expr:
    """Return the last word of a name, or what stands before its comma; null for a name of one word."""
    name = _single_spaced(column)
    return pl.coalesce(name.str.extract(r"^([^,]+), ?.+$"), name.str.extract(r" ([^ ]+)$"))


def _single_spaced(column: pl.Expr) -> pl.Expr:
    return column.str.replace_all(r"\s+", " ").str.strip_chars()


def country(column: pl.Expr) -> pl.Expr:
    """Return ISO 3166 two-letter codes for codes and English names; null for anything else."""
    codes = _country_codes()
    return (
        column.str.strip_chars()
        .str.to_lowercase()
        .replace_strict(codes, default=None, return_dtype=pl.String)
    )


@cache
def _country_codes() -> dict[str, str]:
    from babel import Locale

    territories = Locale("en").territories
    names = {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
    by_name = {name.lower(): code for code, name in names.items()}
    return {**by_name, **{code.lower(): code for code in names}, **_OTHER_COUNTRY_NAMES}


def without_formulas(column: pl.Expr) -> pl.Expr:
    """Put an apostrophe before what a spreadsheet would run: at the start of a text, or where it splits it.

    Where a comma is the decimal sign, spreadsheets split cells at semicolons: what follows one counts.
    """
    return column.str.replace(_IN_FIRST_CELL, "'${0}").str.replace_all(_IN_NEXT_CELL, "${1}'${2}")
