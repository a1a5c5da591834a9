import random
import re
import subprocess
import sys
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import babel.numbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.formats import BREAKS, INVISIBLE, Formatter, cell_width, cut, harmless

NB = "\u00a0"
NORWAY = Formatter.for_currency("NOK")
BRITAIN = Formatter.for_currency("GBP")
anything = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ola Nordmann", "Ola Nordmann"),
        ("  Ola\r\n\tNordmann \n", "Ola Nordmann"),
        ("\x1b]52;c;aGk=\x07Ola", "]52;c;aGk=Ola"),
        ("a\x9b2Jb\x7f", "a2Jb"),
        ("\u202eevil\u2066\u200fx", "evilx"),
        ("\ufeffa\u200bb\u200cc\u2060d", "abcd"),
        ("one\u2028two\u0085three", "one two three"),
        ("\ud800a\udfff\ufff9b\ufffb", "ab"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("Åse [/] 李", "Åse [/] 李"),
    ],
)
def test_text_becomes_one_harmless_line(text, shown):
    assert harmless(text) == shown


@given(anything)
def test_harmless_text_holds_nothing_a_terminal_obeys(text):
    shown = harmless(text)
    assert harmless(shown) == shown == shown.strip()
    assert len(shown.splitlines()) <= 1
    shown.encode()
    assert not {"Cc", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, shown))
    assert not {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"} & set(
        map(unicodedata.bidirectional, shown)
    )


def test_classes_of_harmful_characters_work_in_polars_too():
    pl = pytest.importorskip("polars")
    text = "".join(chr(point) for point in range(0x11_0000) if not 0xD800 <= point < 0xE000)
    column = pl.Series([text]).str.replace_all(f"[{BREAKS}]+", " ").str.replace_all(f"[{INVISIBLE}]", "")
    assert column.str.strip_chars().item() == harmless(text)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Nordmann", 8, "Nordmann"),
        ("Nordmann", 5, "Nord…"),
        ("Ola Nordmann", 5, "Ola…"),
        ("李小龍", 6, "李小龍"),
        ("李小龍", 5, "李小…"),
        ("李小龍", 4, "李…"),
        ("👩\u200d🌾 x", 4, "👩…"),
        ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
        ("Ola", 1, "…"),
        ("Ola", 0, ""),
    ],
)
def test_text_is_cut_by_cells(text, width, shown):
    assert cut(text, width) == shown


@given(anything, st.integers(0, 12))
def test_cut_text_fits(text, width):
    shown = harmless(text, width)
    assert cell_width(shown) <= width
    assert shown == harmless(text) or width == 0 or shown.endswith("…")


def test_cells_are_counted_as_the_terminal_library_counts_them():
    cells = pytest.importorskip("rich.cells")
    for text in ("Åse", "李小龍", "ﾊﾝｶｸ", "e\u0301", "£8.9 M", "▲ 0.6", "…", "ไทย", "😀"):
        assert cell_width(text) == cells.cell_len(text)


def test_figures_read_as_the_shop_writes_them():
    assert NORWAY.money(1234.5) == f"kr{NB}1{NB}234,50"
    assert NORWAY.money(-1234.5) == f"kr{NB}−1{NB}234,50"
    assert NORWAY.money(1310, digits=0) == f"kr{NB}1{NB}310"
    assert NORWAY.percent(0.078) == f"7,8{NB}%"
    assert BRITAIN.money(1234.5) == "£1,234.50"
    assert BRITAIN.money(-1234.5) == "−£1,234.50"
    assert BRITAIN.percent(0.078) == "7.8%"
    assert BRITAIN.number(48213) == "48,213"
    assert BRITAIN.ratio(1.106) == "1.11"
    assert BRITAIN.date(date(2025, 12, 31)) == f"31{NB}Dec{NB}2025"
    assert BRITAIN.date(datetime(2025, 9, 1, 13)) == f"1{NB}Sep{NB}2025"
    assert BRITAIN.month(date(2025, 12, 31)) == f"Dec{NB}2025"
    assert [BRITAIN.days(n) for n in (0, 1, 34, 1000)] == [
        f"0{NB}days",
        f"1{NB}day",
        f"34{NB}days",
        f"1,000{NB}days",
    ]
    assert [BRITAIN.delta_points(x) for x in (0.006, -0.006, 0.0004, 0)] == [
        f"▲{NB}0.6", f"▼{NB}0.6", f"={NB}0.0", f"={NB}0.0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "money", "number"),
    [
        (0, "£0.00", "0"),
        (12.5, "£12.50", "12.5"),
        (-350.4, "−£350", "−350"),
        (1310, "£1,310", "1.3k"),
        (9999.4, "£9,999", "10k"),
        (9999.6, f"£10{NB}k", "10k"),
        (12345, f"£12.3{NB}k", "12.3k"),
        (47000, f"£47{NB}k", "47k"),
        (411_950, f"£412{NB}k", "412k"),
        (999_499, f"£999{NB}k", "999k"),
        (999_501, f"£1{NB}M", "1M"),
        (8_911_407.9, f"£8.9{NB}M", "8.9M"),
        (99_960_000, f"£100{NB}M", "100M"),
        (2.5e9, f"£2.5{NB}bn", "2.5bn"),
        (7e15, f"£7,000{NB}tn", "7,000tn"),
    ],
)
def test_short_forms_keep_about_three_figures(value, money, number):
    assert BRITAIN.money_short(value) == money
    assert BRITAIN.number_short(value) == number


def test_short_money_keeps_the_side_of_the_symbol():
    assert NORWAY.money_short(412_345) == f"kr{NB}412{NB}k"
    assert Formatter.for_currency("SEK").money_short(8_911_407) == f"8,9{NB}M{NB}kr"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_known_is_a_dash(value):
    each = (BRITAIN.money, BRITAIN.money_short, BRITAIN.number, BRITAIN.number_short, BRITAIN.percent)
    assert {write(value) for write in (*each, BRITAIN.delta_points, BRITAIN.ratio, BRITAIN.days)} == {"–"}
    assert BRITAIN.date(None) == BRITAIN.month(None) == "–"


def test_nought_has_no_sign():
    assert NORWAY.money(-0.001) == f"kr{NB}0,00"
    assert NORWAY.number(-0.4) == "0"
    assert NORWAY.percent(-0.00001) == f"0,0{NB}%"


@pytest.mark.parametrize("value", [1e300, -1e300, 10**400, 1e-300, Decimal("1E+50")])
def test_absurd_values_are_written_all_the_same(value):
    for write in (NORWAY.money, NORWAY.money_short, NORWAY.number, NORWAY.number_short, NORWAY.percent):
        assert write(value)


def test_symbols_of_letters_keep_off_the_digits():
    assert Formatter("en_GB", "CHF").money(5) == f"CHF{NB}5.00"
    assert Formatter("en_GB", "XQZ").money(5) == f"XQZ{NB}5.00"
    assert Formatter("en_US", None).money(-1234.5) == "−1,234.50"


def test_hostile_currency_is_harmless():
    assert Formatter.for_currency("\x1b[2J").money(5) == f"[2J{NB}5.00"


def as_people_write(text: str) -> str:
    """The same with one kind of space and a minus sign."""
    return re.sub(r"[\u202f\u2009]", NB, text).replace("-", "−")


@pytest.mark.parametrize(
    "currency", ["SEK", "DKK", "EUR", "GBP", "USD", "JPY", "INR", "BRL", "PLN", "CHF", "ISK"]
)
@settings(max_examples=40)
@given(value=st.floats(-1e12, 1e12).filter(lambda value: abs(value) >= 1) | st.integers(-(10**18), 10**18))
def test_figures_agree_with_babel(currency, value):
    formatter = Formatter.for_currency(currency)
    locale = formatter.locale
    exact = value if isinstance(value, int) else Decimal(repr(value))
    if exact:
        money = babel.numbers.format_currency(exact, currency, locale=locale)
        assert formatter.money(value) == as_people_write(money)
        pattern = "#,##,##0.00" if currency == "INR" else "#,##0.00"
        number = babel.numbers.format_decimal(exact, pattern, locale=locale)
        assert formatter.number(value, 2) == as_people_write(number)
        pattern = babel.Locale.parse(locale).percent_formats[None].pattern.replace("0", "0.0")
        percent = babel.numbers.format_percent(exact, pattern, locale=locale)
        assert formatter.percent(value) == as_people_write(percent)


@pytest.mark.parametrize(
    "currency", ["NOK", "EUR", "ILS", "AED", "THB", "CNY", "KRW", "VND", "HUF", "ZAR", "COP", "CLP"]
)
def test_figures_align_cell_by_cell(currency):
    formatter = Formatter.for_currency(currency)
    for text in (formatter.money(-1234567.89), formatter.number(-1234567), formatter.percent(-0.5)):
        assert harmless(text) == text
        assert re.fullmatch(r"[^\s]|[^\s](?:\u00a0|[^\s])*", text)


def test_a_column_of_figures_is_cheap():
    """A thousand cells, against as many of the plainest formatting there is."""
    import timeit

    values = [random.Random(1).random() * 1e6 for _ in range(1000)]
    NORWAY.money(1.0)
    ours = min(timeit.repeat(lambda: [NORWAY.money(value) for value in values], number=1, repeat=5))
    plain = min(
        timeit.repeat(lambda: [f"{Decimal(repr(value)):,.2f}" for value in values], number=1, repeat=5)
    )
    assert ours < 15 * plain


def test_importing_formats_is_cheap():
    heavy = "{'babel', 'polars', 'numpy', 'duckdb', 'rich'}"
    code = f"import cockpit.formats, sys; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
