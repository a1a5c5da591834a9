"""Names of months, in the languages that shops export in."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl


def numbers_of(names: pl.Expr, *, croatian: bool) -> pl.Expr:
    """Return the number, as text, of each month's name in lower case; null for what is none."""
    return names.replace_strict(_numbers(croatian=croatian), default=None, return_dtype=pl.String)


def count_croatian(plain: pl.Series) -> int:
    """Count the cells, in lower case, that have a month's name which only Croatian has."""
    return int(plain.str.contains(_any_of(_tables()["only"]["croatian"])).sum())


def count_doubtful(plain: pl.Series) -> int:
    """Count the cells, in lower case, that have a name which is another month in Croatian than elsewhere."""
    names = [name for listed in _tables()["croatian"].values() for name in listed]
    return int(plain.str.contains(_any_of(names)).sum())


def _any_of(names: list[str]) -> str:
    return rf"\b(?:{'|'.join(names)})\b"


@cache
def _numbers(*, croatian: bool) -> dict[str, str]:
    tables = _tables()
    numbers = {name: number for number, names in tables.items() if number.isdigit() for name in names}
    if croatian:
        numbers |= {name: number for number, names in tables["croatian"].items() for name in names}
    return numbers


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("cockpit.ingest.values").joinpath("months.toml").read_text(encoding="utf-8"))
