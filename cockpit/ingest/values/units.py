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
SYMBOLS = (
    (r"US\$|\bUSD\b", "USD"),
    (r"€", "EUR"),
    (r"£", "GBP"),
    (r"BR\$|(?:^|\P{L})R\$", "BRL"),
    (r"zł|\bzl\b", "PLN"),
    (r"₹", "INR"),
    (r"₺", "TRY"),
    (r"₩", "KRW"),
    (r"₪", "ILS"),
    (r"₴", "UAH"),
    (r"₽", "RUB"),
    (r"Kč", "CZK"),
    (r"NZ\$", "NZD"),
    (r"HK\$", "HKD"),
    (r"NT\$", "TWD"),
    (r"MX\$", "MXN"),
    (r"SG\$|(?:^|\P{L})S\$", "SGD"),
    (r"CA?\$", "CAD"),
    (r"AU?\$", "AUD"),
    (r"\$", "USD"),
    (r"¥|￥|円", "JPY"),
)
"""What a sign stands for where no code is written: the first that fits; `kr` may be any of three."""

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
    codes = kinds.str.extract(r"\b([A-Z]{3})\b")
    codes = codes.set(~codes.is_in(sorted(_currencies()["codes"])).fill_null(value=False), None)
    signs = (pl.when(kinds.str.contains(sign)).then(pl.lit(code)) for sign, code in SYMBOLS)
    told = pl.select(pl.coalesce(codes, *signs)).to_series()
    return nothing.scatter(marked.arg_true(), beside.replace_strict(kinds, told, return_dtype=pl.String))


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
