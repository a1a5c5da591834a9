"""Digits and signs of any script, in the form that the readers of money and dates expect."""

import polars as pl

SCRIPTS = (0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66)
OTHER_SCRIPTS = (0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10)
ASCII_DIGITS = {chr(zero + digit): str(digit) for zero in SCRIPTS + OTHER_SCRIPTS for digit in range(10)}
ASCII_DIGITS |= {"，": ",", "．": "."}
BEYOND_ASCII = r"[^\x00-\x7f]"


def with_ascii_digits(text: pl.Series) -> pl.Series:
    """Return the column with every decimal digit written 0 to 9."""
    if not text.str.contains(BEYOND_ASCII).any():
        return text
    return text.str.replace_many(ASCII_DIGITS)


MISSING_WORDS = (
    "",
    "-",
    "--",
    "---",
    "–",
    "—",
    "n/a",
    "na",
    "#n/a",
    "nan",
    "null",
    "(null)",
    "none",
    "nil",
    "nat",
    "\\n",
    "undefined",
    "not available",
)


def without_missing_words(text: pl.Series) -> pl.Series:
    """Return the column with the ways of writing nothing (`N/A`, `--`, `null`) as nulls."""
    if text.null_count() == text.len():
        return text
    absent = text.str.strip_chars().str.to_lowercase().is_in(MISSING_WORDS)
    return text.set(absent.fill_null(value=False), None) if absent.any() else text
