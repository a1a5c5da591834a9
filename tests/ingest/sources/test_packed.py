"""Archives and spreadsheets are opened; what is too large, protected or empty is refused."""

import gzip
import zipfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import Cancelled, InputError
from cockpit.ingest import read
from cockpit.ingest.sources import packed
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

PLAIN = b"order_id,email,ordered_at,total\n1,a@x.example,2024-01-01,10\n2,b@x.example,2024-01-02,12.5\n"


def test_gzip_of_several_members_is_read_whole(tmp_path: Path):
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(PLAIN[:60]) + gzip.compress(PLAIN[60:]))

    assert read([path], Settings()).orders["gross"].to_list() == [10.0, 12.5]


def test_zstd_is_read(tmp_path: Path):
    path = tmp_path / "orders.csv.zst"
    text = PLAIN + b'3,c@x.example,2024-01-03,"1,250.00"\n'
    zstd(path, text.decode().rstrip("\n").split("\n"))

    assert read([path], Settings()).orders["gross"].to_list() == [10.0, 12.5, 1250.0]


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ("28b52ffd 00 58", None),
        ("28b52ffd 20 f9", 0xF9),
        ("28b52ffd 40 58 0100", 257),
        ("28b52ffd 83 58 01020304 00000010", 0x10000000),
        ("28b52ffd e1 07 00000000 01000000", 1 << 32),
    ],
)
def test_a_zstd_file_may_tell_what_it_unpacks_to(tmp_path: Path, head: str, size: int | None):
    path = tmp_path / "orders.csv.zst"
    path.write_bytes(bytes.fromhex(head) + bytes(20))

    assert packed._unpacked_size(path) == size


def zstd(path: Path, lines: list[str]) -> Path:
    frame = pl.DataFrame({"line": lines})
    frame.lazy().sink_csv(
        path, compression="zstd", include_header=False, quote_style="never", separator="\x01"
    )
    return path


def test_unpacking_zstd_tells_how_far_it_is_and_stops_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = zstd(tmp_path / "orders.csv.zst", PLAIN.decode().rstrip("\n").split("\n"))
    seen: list[int] = []
    packed._unpack_zstd(path, tmp_path / "copy", "orders", seen.append)
    assert (tmp_path / "copy").read_bytes() == PLAIN
    assert seen == sorted(seen)
    assert all(0 <= done <= path.stat().st_size for done in seen)

    def stop(_done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        packed._unpack_zstd(path, tmp_path / "copy", "orders", stop)
    monkeypatch.setattr(packed, "LARGEST_UNPACKED", 10)
    with pytest.raises(InputError, match="unpacks to more"):
        packed._unpack_zstd(path, tmp_path / "copy", "orders", seen.append)


def test_each_export_in_a_zip_is_a_file_of_its_own(tmp_path: Path):
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("exports/january.csv", PLAIN)
        archive.writestr(
            "exports/february.csv",
            PLAIN.replace(b"2024-01", b"2024-02").replace(b"\n1,", b"\n3,").replace(b"\n2,", b"\n4,"),
        )
        archive.writestr("__MACOSX/exports/._january.csv", b"\x00\x05")
        archive.writestr("readme.md", b"# not data")

    intake = read([path], Settings())

    assert_reconciles(intake)
    assert intake.files["file"].to_list() == ["orders.zip › january.csv", "orders.zip › february.csv"]
    assert intake.orders.height == 4


def test_what_unpacks_to_more_than_the_cap_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "LARGEST_UNPACKED", 1_000_000)
    bomb = gzip.compress(PLAIN + b"\n" * 5_000_000)
    (tmp_path / "bomb.csv.gz").write_bytes(bomb)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", PLAIN + b"\n" * 5_000_000)

    for name in ("bomb.csv.gz", "bomb.zip"):
        with pytest.raises(InputError, match="unpacks to more than"):
            read([tmp_path / name], Settings())


def test_a_zip_without_exports_is_refused(tmp_path: Path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", b"\x89PNG")

    with pytest.raises(InputError, match="holds no exports"):
        read([path], Settings())


def test_a_real_workbook_is_read(data: Path):
    intake = read([data / "online_retail/online_retail_25k.xlsx"], Settings())

    assert_reconciles(intake)
    assert int(intake.files["rows"].sum()) == 25_000
    assert intake.orders["ordered_at"][0] == datetime(2010, 12, 1, 8, 26)
    assert intake.lines["value"][0] == pytest.approx(15.3)


def test_a_protected_workbook_says_so(data: Path):
    with pytest.raises(InputError, match="password"):
        read([data / "nasty/excel/pass_protected.xlsx"], Settings())


def test_lines_nested_in_parquet_are_taken_out(tmp_path: Path):
    path = tmp_path / "nested.parquet"
    pl.DataFrame(
        {
            "order_id": [1, 2],
            "customer_id": ["A", "B"],
            "ordered_at": [datetime(2024, 1, 1), datetime(2024, 1, 2)],
            "total": [7.5, 1.0],
            "line_items": [[{"sku": "x", "title": "Mug", "quantity": 2, "price": 3.75}], []],
        }
    ).write_parquet(path)

    intake = read([path], Settings())

    assert intake.orders["gross"].to_list() == [7.5, 1.0]
    assert intake.lines.select("order_key", "sku", "product", "quantity", "value").rows() == [
        (0, "x", "Mug", 2.0, 7.5)
    ]


def test_what_is_no_export_in_an_archive_is_passed_over_and_said(tmp_path: Path):
    order = "order_id,email,ordered_at,total\n{},a@x.example,2024-01-05,5\n"
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("one.csv", order.format(1))
        archive.writestr("readme.txt", "Your export.")
        archive.writestr("scan.csv", b"%PDF-1.7 no orders")
        archive.writestr("sub/two.csv", order.format(2))
        archive.writestr("__MACOSX/._one.csv", b"\x00")

    intake = read([tmp_path / "x.zip"], Settings())

    assert intake.orders["order_id"].to_list() == ["1", "2"]
    assert [warning for warning in intake.warnings if warning.startswith("Not read: ")] == [
        "Not read: x.zip › readme.txt has a header but no data rows.",
        "Not read: x.zip › scan.csv is a PDF document, not an order export.",
    ]


def test_an_archive_without_any_export_says_why(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "Your export.")
    with pytest.raises(InputError, match=r"x.zip › readme.txt has a header but no data rows."):
        read([tmp_path / "x.zip"], Settings())


def test_a_pattern_stands_for_the_files_that_fit_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("2023.csv", "2024.csv", "other.csv"):
        (tmp_path / name).write_text(f"order_id,email,ordered_at,total\n{name},a@x.example,2024-01-05,5\n")
    (tmp_path / "odd[1].csv").write_text("order_id,email,ordered_at,total\nodd,a@x.example,2024-01-05,5\n")
    monkeypatch.chdir(tmp_path)

    assert read([tmp_path / "20*.csv"], Settings()).orders["order_id"].to_list() == ["2023.csv", "2024.csv"]
    assert read([Path("20?4.csv")], Settings()).orders["order_id"].to_list() == ["2024.csv"]
    assert read([Path("odd[1].csv")], Settings()).orders["order_id"].to_list() == ["odd"]
    with pytest.raises(InputError, match=r"There is no file 19\*.csv"):
        read([Path("19*.csv")], Settings())
