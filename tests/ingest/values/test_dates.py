"""Dates in any notation, read back."""

from datetime import datetime

import polars as pl
import pytest
from babel.dates import format_datetime
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.ingest.values import read_moments
from cockpit.ingest.values.dates import Order

MOMENTS = st.lists(
    st.datetimes(datetime(1995, 1, 1), datetime(2060, 12, 31)).map(lambda at: at.replace(microsecond=0)),
    min_size=1,
    max_size=30,
)
DMY = (
    "de_DE",
    "fr_FR",
    "en_GB",
    "it_IT",
    "nb_NO",
    "be_BY",
    "da_DK",
    "fi_FI",
    "pl_PL",
    "cs_CZ",
    "ru_RU",
    "tr_TR",
    "pt_BR",
    "nl_NL",
)
WORDED = (
    "en_US",
    "en_GB",
    "de_DE",
    "fr_FR",
    "es_ES",
    "it_IT",
    "nl_NL",
    "nb_NO",
    "be_BY",
    "sv_SE",
    "da_DK",
    "fi_FI",
    "pl_PL",
    "pt_BR",
    "ru_RU",
    "uk_UA",
    "tr_TR",
    "ro_RO",
    "id_ID",
)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-01-05 10:11:12", datetime(2024, 1, 5, 10, 11, 12)),
        ("2024-01-05", datetime(2024, 1, 5)),
        ("2024-01-05 10:11", datetime(2024, 1, 5, 10, 11)),
        ("2023-01-05 10:11:12 -0500", datetime(2023, 1, 5, 10, 11, 12)),
        ("2024-05-01T10:11:12.000+00:00", datetime(2024, 5, 1, 10, 11, 12)),
        ("2024-05-01T10:11:12Z", datetime(2024, 5, 1, 10, 11, 12)),
        ("2024/1/5", datetime(2024, 1, 5)),
        ("2024年1月5日 10:11", datetime(2024, 1, 5, 10, 11)),
        ("20240105", datetime(2024, 1, 5)),
        ("20240105T101112", datetime(2024, 1, 5, 10, 11, 12)),
        ("31.12.2024 23:59", datetime(2024, 12, 31, 23, 59)),
        ("8/22/2026 2:30:00 PM", datetime(2026, 8, 22, 14, 30)),
        ("12/31/24 12:05 AM", datetime(2024, 12, 31, 0, 5)),
        ("Sep 4, 2026 1:05:07 AM PDT", datetime(2026, 9, 4, 1, 5, 7)),
        ("Jan 5, 2023 10:11:12 AM", datetime(2023, 1, 5, 10, 11, 12)),
        ("Jul-21-25", datetime(2025, 7, 21)),
        ("Sep-30-26 23:45:00", datetime(2026, 9, 30, 23, 45)),
        ("10-Dez-25", datetime(2025, 12, 10)),
        ("5 janv. 2024", datetime(2024, 1, 5)),
        ("5 de enero de 2024", datetime(2024, 1, 5)),
        ("Mon, 5 Jan 2024 10:11:12 GMT", datetime(2024, 1, 5, 10, 11, 12)),
        ("September 24, 2026", datetime(2026, 9, 24)),
        ("1704450000", datetime(2024, 1, 5, 10, 20)),
        ("1704450000000", datetime(2024, 1, 5, 10, 20)),
        ("45292.5", datetime(2024, 1, 1, 12)),
    ],
)
def test_notations(cell: str, moment: datetime):
    assert read_moments(pl.Series("at", [cell])).values.to_list() == [moment]


@pytest.mark.parametrize(
    "cell",
    ["soon", "2024-02-30", "31/02/2024", "2024-01-05 25:00:00", "99/99/2024", "0000-00-00", "1066-10-14"],
)
def test_what_is_no_date_is_unreadable(cell: str):
    moments = read_moments(pl.Series("at", [cell, "2024-01-05 10:11:12"]))

    assert moments.values.to_list() == [None, datetime(2024, 1, 5, 10, 11, 12)]
    assert moments.unreadable.to_list() == [True, False]


def test_one_day_above_twelve_decides_the_whole_column():
    cells = ["1/2/2024"] * 50 + ["13/2/2024"]

    moments = read_moments(pl.Series("at", cells), fallback="mdy")

    assert moments.shown.evidence == (50, cells[50])
    assert moments.values[0] == datetime(2024, 2, 1)


def test_without_evidence_the_fallback_serves_and_the_owner_overrules():
    cells = pl.Series("at", ["1/2/2024"])

    assert read_moments(cells, fallback="mdy").values[0] == datetime(2024, 1, 2)
    assert read_moments(cells, order="dmy", fallback="mdy").values[0] == datetime(2024, 2, 1)
    assert read_moments(cells, fallback="dmy").shown.evidence is None


def test_a_zone_is_cut_off_and_named():
    moments = read_moments(pl.Series("at", ["2023-01-05 10:11:12 -0500", "2023-07-05 10:11:12 -0400"]))

    assert moments.values.to_list() == [datetime(2023, 1, 5, 10, 11, 12), datetime(2023, 7, 5, 10, 11, 12)]
    assert moments.shown.zone == "-0500"


@settings(max_examples=40, deadline=None)
@given(
    moments=MOMENTS,
    order=st.sampled_from(["dmy", "mdy", "ymd"]),
    sign=st.sampled_from("./-"),
    clock=st.sampled_from(["%H:%M:%S", "%I:%M:%S %p"]),
)
def test_numbers_in_any_order_read_back(moments: list[datetime], order: Order, sign: str, clock: str):
    form = sign.join({"d": "%d", "m": "%m", "y": "%Y"}[part] for part in order)
    written = [at.strftime(f"{form} {clock}") for at in moments]

    assert read_moments(pl.Series("at", written), order=order).values.to_list() == moments


@pytest.mark.parametrize("locale", DMY)
@settings(max_examples=2, deadline=None)
@given(moments=MOMENTS)
def test_short_dates_of_day_first_locales_read_back(moments: list[datetime], locale: str):
    written = [format_datetime(at, "dd/MM/yyyy HH:mm:ss", locale=locale) for at in moments]

    assert read_moments(pl.Series("at", written), order="dmy").values.to_list() == moments


@pytest.mark.parametrize("width", ["MMM", "MMMM"])
@pytest.mark.parametrize("locale", WORDED)
@settings(max_examples=2, deadline=None)
@given(moments=MOMENTS)
def test_named_months_of_many_languages_read_back(moments: list[datetime], locale: str, width: str):
    written = [format_datetime(at, f"d {width} yyyy HH:mm:ss", locale=locale) for at in moments]

    assert read_moments(pl.Series("at", written)).values.to_list() == moments


@pytest.mark.parametrize("width", ["MMM", "MMMM", "LLLL"])
@pytest.mark.parametrize("locale", ["hr", "pl", "cs"])
def test_a_name_that_is_two_months_is_that_of_the_language_of_the_column(locale: str, width: str):
    year = [datetime(2024, month, 15) for month in range(1, 13)]
    cells = pl.Series("at", [format_datetime(at, f"d. {width} yyyy", locale=locale) for at in year])

    moments = read_moments(cells)

    assert moments.values.to_list() == year
    assert (moments.shown.croatian > 0) == (locale == "hr")
    form = moments.shown.form(None, "dmy")
    assert read_moments(cells[9:10], form=form).values.to_list() == year[9:10]


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.text(max_size=16), min_size=1, max_size=30))
def test_any_text_is_read_missing_or_unreadable(cells: list[str]):
    found = read_moments(pl.Series("at", cells, pl.String))

    assert len(found.values) == len(found.unreadable) == len(cells)
    assert not (found.unreadable & found.values.is_not_null()).any()


CLOCKS_AND_DAYS = [
    ("03.01.24, 13:05", datetime(2024, 1, 3, 13, 5)),
    ("13:05 03.01.24", datetime(2024, 1, 3, 13, 5)),
    ("3. jan. 2024 13.05.09", datetime(2024, 1, 3, 13, 5, 9)),
    ("03.01.2024 13.05.09", datetime(2024, 1, 3, 13, 5, 9)),
    ("2024-01-03 13.05.09", datetime(2024, 1, 3, 13, 5, 9)),
    ("2024-01-03T13:05", datetime(2024, 1, 3, 13, 5)),
    ("Wed 03/01/24 1:05 pm", datetime(2024, 1, 3, 13, 5)),
    ("mar 02/01/24 10:00", datetime(2024, 1, 2, 10, 0)),  # martes, not March
    ("3 ene 2024, 1:05:09 p.m.", datetime(2024, 1, 3, 13, 5, 9)),
    ("3 Ιαν 2024, 1:05:09 μ.μ.", datetime(2024, 1, 3, 13, 5, 9)),
    ("03\u200f/01\u200f/2024، 1:05:09 م", datetime(2024, 1, 3, 13, 5, 9)),
    ("2024/1/3 下午1:05", datetime(2024, 1, 3, 13, 5)),
    ("2024/1/3 午前11:05", datetime(2024, 1, 3, 11, 5)),
    ("2024-01-03 13 h 05", datetime(2024, 1, 3, 13, 5)),
    ("3 juill. 2024", datetime(2024, 7, 3)),
    ("3. Jänner 2024", datetime(2024, 1, 3)),
]


@pytest.mark.parametrize(("cell", "at"), CLOCKS_AND_DAYS)
def test_a_clock_is_no_day_and_a_day_no_clock(cell: str, at: datetime):
    assert read_moments(pl.Series("at", [cell])).values.to_list() == [at]


def test_cells_of_many_kinds_in_one_column_are_read_as_alone():
    cells, moments = zip(*CLOCKS_AND_DAYS, strict=True)
    assert read_moments(pl.Series("at", cells)).values.to_list() == list(moments)


def test_a_time_beside_a_day_proves_no_order():
    moments = read_moments(pl.Series("at", ["3. jan. 2024 13.05.09", "1/2/2024"]), fallback="mdy")
    assert moments.shown.evidence is None
    assert moments.values[1] == datetime(2024, 1, 2)
