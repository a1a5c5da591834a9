"""Money in any notation, read back."""

import polars as pl
import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.ingest.values import read_amounts

LOCALES = (
    "en_US", "en_GB", "en_IN", "de_DE", "de_CH", "de_AT", "fr_FR", "fr_CH", "fr_CA", "es_ES",
    "es_MX", "pt_BR", "it_IT", "nl_NL", "nb_NO", "sv_SE", "da_DK", "fi_FI", "pl_PL", "cs_CZ",
    "hu_HU", "ro_RO", "ru_RU", "uk_UA", "tr_TR", "el_GR", "ja_JP", "zh_CN", "ko_KR", "hi_IN",
    "fa_IR", "ar_EG",
)  # fmt: skip
AMOUNTS = st.lists(
    st.integers(-99_999_999, 99_999_999).map(lambda cents: cents / 100), min_size=1, max_size=30
)


def read_one(cell: str) -> float | None:
    return read_amounts(pl.Series("total", [cell])).values[0]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.50", 1234.5),
        ("1.234,50 kr", 1234.5),
        ("kr 1.234,50", 1234.5),
        ("kr. 100", 100.0),
        ("$1,234.50", 1234.5),
        ("-$12.00", -12.0),
        ("'-$12.00", -12.0),
        ("(50.00)", -50.0),
        ("10-", -10.0),
        ("−7,25", -7.25),
        ("€ 12", 12.0),
        ("1'234.50", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u202f234,50\u00a0€", 1234.5),
        ("1,23,456.78", 123456.78),
        ("1.234.567", 1234567.0),
        ("R$ 1.234,00", 1234.0),
        ("1.5e3", 1500.0),
        ("47.0000", 47.0),
        (".5", 0.5),
        ("۱۲۳٫۴۵", 123.45),
        ("１，２３４", 1234.0),
    ],
)
def test_notations(cell: str, amount: float):
    assert read_one(cell) == amount


@pytest.mark.parametrize("cell", ["", "N/A", "--", "null", "NaN", "None", "-"])
def test_nothing_is_missing_not_unreadable(cell: str):
    amounts = read_amounts(pl.Series("total", [cell, "1"]))

    assert amounts.values.to_list() == [None, 1.0]
    assert not amounts.unreadable.any()


@pytest.mark.parametrize(
    "cell", ["abc", "12abc34", "1-2", "1.2.3", "2024-01-01", "1,2,3", "--5", "inf", "12 34.5.6"]
)
def test_what_is_no_number_is_unreadable(cell: str):
    amounts = read_amounts(pl.Series("total", [cell, "1"]))

    assert amounts.values.to_list() == [None, 1.0]
    assert amounts.unreadable.to_list() == [True, False]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["1.250", "980"], [1250.0, 980.0]),  # below a thousand no sign: it groups
        (["1.250", "12,50"], [1250.0, 12.5]),
        (["1.250", "12.500"], [1.25, 12.5]),  # three decimals everywhere
        (["1.250", "12.50"], [1.25, 12.5]),
        (["1,250", "980"], [1250.0, 980.0]),
        (["0.500", "1.250"], [0.5, 1.25]),
        (["1,250", "3,5"], [1.25, 3.5]),
        (["56.29", "25,00"], [56.29, 25.0]),
    ],
)
def test_the_column_decides_what_one_cell_leaves_open(cells: list[str], amounts: list[float]):
    assert read_amounts(pl.Series("total", cells)).values.to_list() == amounts


def test_quantities_with_three_decimals_are_no_thousands():
    assert read_amounts(pl.Series("qty", ["1.000", "2"]), grouped=False).values.to_list() == [1.0, 2.0]


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=3, deadline=None)
@given(amounts=AMOUNTS, code=st.sampled_from(["EUR", "USD", "NOK", "GBP", "BRL"]))
def test_money_of_any_locale_reads_back(amounts: list[float], locale: str, code: str):
    written = [format_currency(amount, code, locale=locale) for amount in amounts]

    found = read_amounts(pl.Series("total", written))

    assert found.values.to_list() == pytest.approx(amounts)
    assert not found.unreadable.any()


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=3, deadline=None)
@given(amounts=AMOUNTS)
def test_decimals_of_any_locale_read_back(amounts: list[float], locale: str):
    written = [format_decimal(amount, format="#,##0.00", locale=locale) for amount in amounts]

    assert read_amounts(pl.Series("total", written)).values.to_list() == pytest.approx(amounts)


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.text(max_size=12), min_size=1, max_size=30))
def test_any_text_is_read_missing_or_unreadable(cells: list[str]):
    found = read_amounts(pl.Series("total", cells, pl.String))

    assert len(found.values) == len(found.unreadable) == len(cells)
    assert found.values.is_nan().sum() == 0
    assert not (found.unreadable & found.values.is_not_null()).any()


@pytest.mark.parametrize(
    "cell", ["k3", "3k", "1.5K", "SKU12", "5 apples", "approx 20", "12 %", "€ 3/kg", "3 M"]
)
def test_a_number_with_other_words_than_a_currency_is_unreadable(cell: str):
    amounts = read_amounts(pl.Series("total", [cell, "1.00", "2.00"]))

    assert amounts.values.to_list() == [None, 1.0, 2.0]
    assert amounts.unreadable.to_list() == [True, False, False]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("K 100", 100.0), ("R 1 250,00", 1250.0), ("S/ 12.50", 12.5), ("100 Kč", 100.0), ("12 лв.", 12.0),
        ("1,200 円", 1200.0), ("US$ 5.00", 5.0), ("د.إ 7.25", 7.25), ("eur 3", 3.0), ("kr. 1.234,-", 1234.0),
        ("CHF 12.—", 12.0), ("12,--", 12.0), ("-12,-", -12.0), ("7.50*", 7.5),
    ],
)  # fmt: skip
def test_currencies_by_name_and_amounts_without_cents(cell: str, amount: float):
    assert read_one(cell) == amount


def test_a_word_in_most_cells_is_a_currency_that_nobody_knows():
    amounts = read_amounts(pl.Series("total", ["12.50 pts", "3 pts", "5 pts", "k3", "4"]))

    assert amounts.values.to_list() == [12.5, 3.0, 5.0, None, 4.0]
    assert amounts.shown.notation(grouped=True).word == "pts"


def test_quantities_may_have_any_unit():
    assert read_amounts(pl.Series("qty", ["2 pcs", "3x"]), grouped=False).values.to_list() == [2.0, 3.0]
