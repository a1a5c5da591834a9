"""Where a row stands in its file: the line on which it begins, and what is written there."""

import gzip
import zipfile
from pathlib import Path

import polars as pl
import pytest

from cockpit.ingest import read, row_texts
from cockpit.settings import Settings
from cockpit.shop import Shop

REGULAR = 'order_id,email,ordered_at,note\n1,a@x.example,2024-01-01,"two\nlines"\n2,b@x.example,2024-01-02,\n'
ODD = "\ufeffa report\n\n" + REGULAR + '\n\n3,c@x.example,2024-01-03,5" pipe,more\n\x1b[2J4,d@x.example\n'


def found(paths: list[Path], names: list[str], *places: tuple[int, int]) -> list[tuple[int, str] | None]:
    frame = pl.DataFrame(places, schema=["file_no", "record"], orient="row")
    return [None if line is None else (line, text) for line, text in row_texts(paths, names, frame).rows()]


def where(path: Path, record: int) -> tuple[int, str] | None:
    name = read([path], Settings()).files["file"][0]
    return found([path], [name], (0, record))[0]


def test_records_of_several_lines_are_counted_as_read(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(REGULAR)

    assert where(path, 1) == (2, '1,a@x.example,2024-01-01,"two lines"')
    assert where(path, 2) == (4, "2,b@x.example,2024-01-02,")
    assert where(path, 3) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_odd_text_is_counted_as_read_and_shown_harmless(tmp_path: Path, encoding: str):
    path = tmp_path / "a.csv"
    path.write_text(ODD if encoding == "utf-8" else ODD[1:], encoding)

    assert where(path, 2) == (6, "2,b@x.example,2024-01-02,")
    assert where(path, 3) == (9, '3,c@x.example,2024-01-03,5" pipe,more')
    assert where(path, 4) == (10, "[2J4,d@x.example")


def test_many_rows_are_found_in_one_go(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(
        "\n".join(["order_id,email,ordered_at"] + [f"{n},a@x.example,2024-01-01" for n in range(1, 99)])
    )
    other = tmp_path / "odd.csv"
    other.write_text(ODD)
    names = read([path, other], Settings()).files["file"].to_list()
    wanted = [(0, 98), (1, 3), (0, 3), (0, 4), (1, 2), (0, 99), (0, 3)]
    lines = [place and place[0] for place in found([path, other], names, *wanted)]
    assert lines == [99, 9, 4, 5, 6, None, 4]
    other.unlink()
    assert found([path, other], names, (1, 2), (0, 98))[0] is None


def test_packed_text_is_found_and_what_has_no_lines_is_not(tmp_path: Path):
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(REGULAR.encode()))
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("one.csv", REGULAR)
        zipped.writestr("other.csv", REGULAR.replace("2,b", "7,b"))
    table = tmp_path / "a.parquet"
    intake = read([packed], Settings())
    intake.orders.select("order_id", "email", "ordered_at").write_parquet(table)

    assert where(packed, 2) == (4, "2,b@x.example,2024-01-02,")
    other = read([archive], Settings()).files["file"].to_list()[1]
    assert found([archive], ["", other], (1, 2)) == [(4, "7,b@x.example,2024-01-02,")]
    assert where(table, 1) is None
    assert found([Path("-")], ["standard input"], (0, 1)) == [None]


def test_an_opened_shop_shows_its_rows(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(REGULAR)
    second = pl.DataFrame({"file_no": [0], "record": [2]})
    with Shop.open(path) as shop:
        assert shop.raw_texts(second).rows() == [(4, "2,b@x.example,2024-01-02,")]
        path.unlink()
        assert shop.raw_texts(second).rows() == [(None, None)]
