"""Whose clock counts: the file's own, or the shop's where the file tells its zone and the owner theirs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from cockpit.ingest import Intake, read
from cockpit.settings import Settings

ReadText = Callable[..., Intake]
OSLO = Settings(timezone="Europe/Oslo")


def placed(intake: Intake) -> datetime:
    return intake.orders["ordered_at"][0]


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("2024-06-30T23:30:00Z", datetime(2024, 7, 1, 1, 30)),
        ("2024-06-30 23:30:00 UTC", datetime(2024, 7, 1, 1, 30)),
        ("2024-01-31 20:00:00 -0500", datetime(2024, 2, 1, 2, 0)),
        ("2024-01-31T20:00:00.123-05:00", datetime(2024, 2, 1, 2, 0)),
        ("2024-07-01 00:30:00+09:30", datetime(2024, 6, 30, 17, 0)),
        ("2024-03-31 01:00:00+00", datetime(2024, 3, 31, 3, 0)),
        ("1719790200", datetime(2024, 7, 1, 1, 30)),
        ("30.06.2024 23:30", datetime(2024, 6, 30, 23, 30)),
        ("2024-06-30", datetime(2024, 6, 30)),
    ],
)
def test_what_tells_its_zone_is_brought_to_the_shops_day(read_text: ReadText, cell: str, there: datetime):
    assert placed(read_text(f"order_id,email,ordered_at\n1,a@x.example,{cell}\n", settings=OSLO)) == there


def test_without_a_zone_given_the_files_clock_is_kept_and_said(read_text: ReadText):
    intake = read_text("order_id,email,ordered_at\n1,a@x.example,2024-01-31 20:00:00 -0500\n")

    assert placed(intake) == datetime(2024, 1, 31, 20)
    assert any("kept as the file's clock shows them (-0500)" in sentence for sentence in intake.assumptions)


def test_a_column_can_say_that_it_is_utc(read_text: ReadText):
    text = "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer Email\n"
    text += "ch_1,2024-06-30 23:30:00,10,0,nok,Paid,a@x.example\n"

    assert placed(read_text(text)) == datetime(2024, 6, 30, 23, 30)
    assert placed(read_text(text, settings=OSLO)) == datetime(2024, 7, 1, 1, 30)


def test_what_tells_none_is_counted(read_text: ReadText):
    text = (
        "order_id,email,ordered_at\n1,a@x.example,2024-06-30T23:30:00Z\n2,b@x.example,2024-06-30T23:30:00\n"
    )

    intake = read_text(text, settings=OSLO)

    assert intake.orders["ordered_at"].to_list() == [
        datetime(2024, 7, 1, 1, 30),
        datetime(2024, 6, 30, 23, 30),
    ]
    assert any("1 time that tells its zone" in sentence for sentence in intake.assumptions)
    assert any("1 time tells no zone" in sentence for sentence in intake.assumptions)


def test_typed_columns_tell_theirs(tmp_path: Path):
    path = tmp_path / "orders.parquet"
    moments = pl.Series([datetime(2024, 6, 30, 23, 30)]).dt.replace_time_zone("UTC").dt.cast_time_unit("ns")
    pl.DataFrame({"order_id": ["1"], "email": ["a@x.example"], "ordered_at": moments}).write_parquet(path)

    assert placed(read([path], Settings())) == datetime(2024, 6, 30, 23, 30)
    assert placed(read([path], OSLO)) == datetime(2024, 7, 1, 1, 30)
