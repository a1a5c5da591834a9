"""What stands beside a number: the sign or name of a currency, or words that make it no amount of money."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import polars as pl

WORDY = r"[\p{L}%#]"
NUMBER = r"\d(?:[\d.,\s\x{a0}\x{202f}\x{2009}'’`´٬_]*\d)?"
ALONE = r"(?<![^\W\d_])"  # no letter stands before it
SIGNS = (
    (re.compile(r"US\$"), "USD"),
    (re.compile("€"), "EUR"),
    (re.compile("£"), "GBP"),
    (re.compile(rf"BR\$|{ALONE}R\$"), "BRL"),
    (re.compile(r"zł|\bzl\b"), "PLN"),
    (re.compile("₹"), "INR"),
    (re.compile("₺"), "TRY"),
    (re.compile("₩"), "KRW"),
    (re.compile("₪"), "ILS"),
    (re.compile("₴"), "UAH"),
    (re.compile("₽"), "RUB"),
    (re.compile("Kč"), "CZK"),
    (re.compile(r"NZ\$"), "NZD"),
    (re.compile(r"HK\$"), "HKD"),
    (re.compile(r"NT\$"), "TWD"),
    (re.compile(r"MX\$"), "MXN"),
    (re.compile(rf"SG\$|{ALONE}S\$"), "SGD"),
    (re.compile(r"CA?\$"), "CAD"),
    (re.compile(r"AU?\$"), "AUD"),
    (re.compile(r"\$"), "USD"),
    (re.compile("[¥￥円]"), "JPY"),
)
"""What a sign stands for where no code is written: the first that fits; `kr` may be any of three."""

CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
WORD = re.compile(r"[^\s\d()*+.,'’`´٬_\-−]+(?:\.[^\s\d()*+.,'’`´٬_\-−]+)*")


def strange_words(text: pl.Series) -> pl.Series:
    """Return for each cell the words in it that name no currency, in lower case; null where all do."""
    wordy = text.str.contains(WORDY).fill_null(value=False)
    nothing = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    if not wordy.any():
        return nothing
    beside = text.filter(wordy).str.replace_all(NUMBER, "0")
    kinds = beside.unique()
    words = [_strange(kind) for kind in kinds]
    found = beside.replace_strict(kinds, words, return_dtype=pl.String)
    return nothing.scatter(wordy.arg_true(), found)


def currencies_of(text: pl.Series) -> pl.Series:
    """Return for each cell the ISO 4217 code of the currency that its code or sign tells; null where none."""
    nothing = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    marked = text.str.contains(r"[\p{Sc}\p{L}]").fill_null(value=False)
    if not marked.any():
        return nothing
    beside = text.filter(marked).str.replace_all(NUMBER, "0")
    kinds = beside.unique()
    codes = [_code(kind) for kind in kinds]
    return nothing.scatter(marked.arg_true(), beside.replace_strict(kinds, codes, return_dtype=pl.String))


def _code(beside: str) -> str | None:
    """Return the ISO 4217 code that the cell tells; `beside` is a cell of which the number is written 0."""
    for code in CODE.findall(beside):
        if code in _currencies()["codes"]:
            return str(code)
    return next((code for sign, code in SIGNS if sign.search(beside)), None)


def _strange(beside: str) -> str | None:
    """Return the words that name no currency; `beside` is a cell of which the number is written 0."""
    words = WORD.findall(beside)
    known = _currencies()
    strange = [
        word.casefold()
        for word in words
        if word.casefold() not in known["anywhere"]
        and not (word in known["before"] and beside.startswith(word))
        and not all(unicodedata.category(sign) == "Sc" for sign in word)
    ]
    return " ".join(strange) or None


@cache
def _currencies() -> Mapping[str, frozenset[str]]:
    text = files("cockpit.ingest.values").joinpath("currencies.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    anywhere = raw["codes"].casefold().split() + raw["words"].split()
    return {
        "anywhere": frozenset(anywhere),
        "before": frozenset(raw["before"].split()),
        "codes": frozenset(raw["codes"].split()),
    }
