"""Files of one layout are read in one order of day and month, whichever of them proves it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cockpit.ingest import Intake, read
from cockpit.ingest.sources import structure, table
from cockpit.settings import Settings

HEADER = "order_id,email,ordered_at,total"


@pytest.fixture
def read_files(tmp_path: Path):
    def read_made(*days: str, headers: tuple[str, ...] = (), settings: Settings = Settings()) -> Intake:  # noqa: B008
        paths = []
        for number, day in enumerate(days):
            header = headers[number] if headers else HEADER
            path = tmp_path / f"{'abc'[number]}.csv"
            path.write_text(f"{header}\nA{number},x{number}@x.example,{day},10\n")
            paths.append(path)
        return read(paths, settings)

    return read_made


def days(intake: Intake) -> list[datetime]:
    return intake.orders.sort("file_no")["ordered_at"].to_list()


@pytest.mark.parametrize("turned", [False, True])
def test_a_file_that_proves_nothing_follows_one_that_does(read_files, turned: bool):
    texts = ("03/04/2024", "04/25/2024")
    intake = read_files(*(texts[::-1] if turned else texts))
    assert datetime(2024, 3, 4) in days(intake)
    follower, proof = ("b.csv", "a.csv") if turned else ("a.csv", "b.csv")
    assert f"{follower}: {proof} has the same columns and proves the order." in intake.assumptions
    assert not any("--date-order" in warning for warning in intake.warnings)


def test_spelling_of_the_header_makes_no_other_layout_but_other_columns_do(read_files):
    same = ("Order ID,E-Mail,Ordered at,Total", HEADER.replace("email", "e_mail"))
    assert days(read_files("03/04/2024", "04/25/2024", headers=same))[0] == datetime(2024, 3, 4)
    other = (HEADER, HEADER.replace("ordered_at", "date"))
    intake = read_files("03/04/2024", "04/25/2024", headers=other)
    assert days(intake)[0] == datetime(2024, 4, 3)
    assert any("a.csv" in warning and "--date-order" in warning for warning in intake.warnings)


def test_files_that_contradict_each_other_are_told(read_files):
    intake = read_files("25/04/2024", "04/25/2024", "03/04/2024")
    assert days(intake) == [datetime(2024, 4, 25), datetime(2024, 4, 25), datetime(2024, 4, 3)]
    told = "(b.csv: month, day, year; a.csv: day, month, year)"
    assert any(told in warning for warning in intake.warnings)
    assert any("c.csv" in warning and "--date-order" in warning for warning in intake.warnings)


def test_the_owners_word_goes_before_all(read_files):
    intake = read_files("03/04/2024", "02/25/2024", settings=Settings(date_order="dmy"))
    assert days(intake)[0] == datetime(2024, 4, 3)


def test_a_file_of_many_parts_is_read_again_as_others_prove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "PART_ROWS", 10)
    monkeypatch.setattr(structure, "CHUNK_BYTES", 400)
    rows = [f"x{n % 7}@x.example,0{n % 9 + 1}/04/2024 10:00,{n}.50" for n in range(100)]
    paths = [tmp_path / f"{name}.csv" for name in "ab"]
    for path, late in zip(paths, ("", "B100,x@x.example,04/25/2024 10:00,5.50\n"), strict=True):
        name = path.stem.upper()
        body = "".join(f"{name}{n},{row}\n" for n, row in enumerate(rows))
        path.write_text(f"{HEADER}\n{body}{late}")

    intake = read(paths, Settings())

    assert len(list(intake.order_parts)) > 8
    assert intake.orders["ordered_at"].dt.day().value_counts(sort=True).row(0) == (4, 200)
    assert intake.orders.height == 201
    assert "a.csv: b.csv has the same columns and proves the order." in intake.assumptions
    assert any("b.csv" in sentence and "row 101 says" in sentence for sentence in intake.assumptions)
    assert not any("--date-order" in warning for warning in intake.warnings)


def test_the_order_that_others_prove_holds_when_all_is_read_at_once_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(table, "PART_ROWS", 10)
    monkeypatch.setattr(structure, "CHUNK_BYTES", 400)
    paths = [tmp_path / f"{name}.csv" for name in "ab"]
    body = "".join(f"A{n},x{n % 7}@x.example,03/04/2024 10:00,{n}.50\n" for n in range(100))
    paths[0].write_text(f"{HEADER}\n{body}")
    paths[1].write_text(f"{HEADER}\nA1,x1@x.example,03/04/2024 10:00,1.50\nB,y@x.example,04/25/2024,5\n")

    intake = read(paths, Settings())

    assert intake.orders.height == 101
    assert intake.orders["ordered_at"].dt.month().unique().sort().to_list() == [3, 4]


def test_months_that_may_be_croatian_are_said(read_text: Callable[..., Intake]):
    """Listopad is November in Polish and Czech, and October in Croatian."""
    text = "order number,email,date,total\n1,a@x.com,5. listopada 2024,10\n"
    alone = read_text(text)
    assert alone.orders["ordered_at"][0] == datetime(2024, 11, 5)
    assert any("in Croatian they would be" in said for said in alone.assumptions)
    polish = read_text(text + "2,b@x.com,5. marca 2024,10\n")
    assert polish.orders["ordered_at"].to_list() == [datetime(2024, 11, 5), datetime(2024, 3, 5)]
    assert not any("Croatian" in said for said in polish.assumptions)
    beside = read_text(text + "2,b@x.com,5. rujna 2024,10\n")
    assert beside.orders["ordered_at"].to_list() == [datetime(2024, 10, 5), datetime(2024, 9, 5)]
    assert any("listopad is October" in said for said in beside.assumptions)
