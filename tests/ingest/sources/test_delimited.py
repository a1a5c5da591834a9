"""Delimited text: however it is written, the same table comes out, the quick way and the exact way."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.ingest.sources import Workspace, batches
from cockpit.ingest.sources.delimited import read_delimited
from cockpit.ingest.sources.records import records_of
from cockpit.ingest.sources.structure import count_records

HEADER = ["order_id", "name", "total"]
ROWS = [["1", "Ann, Lee", "10"], ["2", 'say "hi"', "11"], ["3", "Zoë", "12"]]


def written(rows: list[list[str]], **how: str) -> str:
    out = io.StringIO()
    csv.writer(out, **how).writerows([HEADER, *rows])  # type: ignore[arg-type]
    return out.getvalue()


def table(path: Path, content: bytes) -> pl.DataFrame:
    path.write_bytes(content)
    with Workspace() as workspace:
        return read_delimited(path, path.name, workspace, lambda _done: None).frame.collect()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_line_ends_and_encodings(tmp_path: Path, delimiter: str, end: str, encoding: str):
    text = written(ROWS, delimiter=delimiter, lineterminator=end)

    found = table(tmp_path / "a.csv", text.encode(encoding))

    assert found.columns == HEADER
    assert [list(row) for row in found.rows()] == ROWS


def test_a_line_that_names_the_separator_is_obeyed(tmp_path: Path):
    found = table(tmp_path / "a.csv", b"sep=;\r\n" + written(ROWS, delimiter=";").encode())

    assert found.columns == HEADER
    assert found.height == 3


def test_a_quote_that_never_closes_swallows_nothing(tmp_path: Path):
    found = table(tmp_path / "a.csv", b'order_id,name,total\n1,"open,10\n2,b,11\n3,c,12\n')

    assert found.height == 3
    assert found["order_id"].to_list() == ["1", "2", "3"]


def test_irregular_text_is_read_part_by_part(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(batches, "ROWS", 2)
    path = tmp_path / "a.csv"
    path.write_bytes(b"order_id,name,total\n1,a\n2,b,11,x\n3,c,12\n4,d\n5,e,14\n")

    with Workspace() as workspace:
        found = read_delimited(path, path.name, workspace, lambda _done: None)
        assert found.parts is not None
        assert [part.frame.collect()["order_id"].to_list() for part in found.parts()] == [
            ["1", "2"],
            ["3", "4"],
            ["5"],
        ]
        assert found.frame.collect()["total"].to_list() == ["", "11", "12", "", "14"]
    assert found.rows == 5
    assert [warning.partition(";")[0] for warning in found.warnings] == [
        "a.csv: 2 rows have fewer cells than the header (first on line 2)",
        "a.csv: 1 row has more cells than the header (on line 3)",
    ]


def test_an_inch_sign_is_a_character(tmp_path: Path):
    found = table(tmp_path / "a.csv", b'order_id,name,total\n1,5" pipe,10\n2,6" pipe,11\n')

    assert found["name"].to_list() == ['5" pipe', '6" pipe']


def test_ids_stay_text(tmp_path: Path):
    found = table(tmp_path / "a.csv", b"order_id,name,total\n00042,a,1\n42,b,2\n")

    assert found["order_id"].to_list() == ["00042", "42"]


CELL = st.text(st.sampled_from("ab ,;\"\n'1.é"), max_size=6)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12))
def test_the_exact_reader_reads_what_csv_writes(rows: list[list[str]]):
    text = written(rows, quoting=csv.QUOTE_ALL, lineterminator="\n")  # type: ignore[arg-type]

    found = records_of(iter(text.splitlines(keepends=True)), ",", '"')

    assert [record.fields for record in found] == [HEADER, *rows]


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12), ends=st.booleans())
def test_the_structural_pass_counts_records_whatever_the_cells_hold(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], ends: bool
):
    text = written(rows, lineterminator="\n")
    path = tmp_path_factory.mktemp("structure") / "a.csv"
    path.write_text(text if ends else text.removesuffix("\n"), encoding="utf-8", newline="")
    start = len(",".join(HEADER)) + 1

    assert count_records(path, start, ",", 3, lambda _done: None) == len(rows)


@pytest.mark.parametrize(
    "odd", ["1,2\n", "1,2,3,4\n", "\n", '1,2,5" pipe\n', '1,"2"x,3\n', '1,2,"open\n', "1,2,3\rmore\n"]
)
def test_the_structural_pass_leaves_oddities_to_the_exact_reader(tmp_path: Path, odd: str):
    path = tmp_path / "a.csv"
    path.write_text("1,2,3\n" + odd + "1,2,3\n", newline="")

    assert count_records(path, 0, ",", 3, lambda _done: None) is None
