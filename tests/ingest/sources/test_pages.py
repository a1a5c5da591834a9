"""Parquet files whose outline can't be true are refused before anything decodes them."""

from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import InputError
from cockpit.ingest import read
from cockpit.ingest.sources.pages import is_sound
from cockpit.ingest.sources.thrift import DEEPEST, CutOffError, MalformedError, Struct, read_struct
from cockpit.settings import Settings

COLUMNS = {
    "order_id": [f"A{number}" for number in range(40)],
    "email": [None, "b@x.example"] * 20,
    "ordered_at": ["2024-01-01", "2024-01-02"] * 20,
    "total": [number * 1.25 for number in range(40)],
}
VALUES = bytes([0x2C, 0x15, 80])
"""How a header of this file's data pages begins to say that it has 40 values (field 5: field 1: twice 40)."""


def parquet() -> bytes:
    written = BytesIO()
    pl.DataFrame(COLUMNS).write_parquet(written)
    return written.getvalue()


def footer_of(whole: bytes) -> tuple[int, Struct]:
    begin = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    return begin, read_struct(whole[begin:-8])[0]


@pytest.mark.parametrize("told", [79, 81, 82], ids=["-40 values", "-41 values", "41 values"])
def test_a_page_of_an_impossible_size_is_refused_not_decoded(tmp_path: Path, told: int):
    path, whole = tmp_path / "a.parquet", parquet()
    assert whole.count(VALUES) == len(COLUMNS)
    path.write_bytes(whole)
    assert is_sound(path)
    assert read([path], Settings()).orders.height == 40

    path.write_bytes(whole.replace(VALUES, VALUES[:2] + bytes([told]), 1))
    assert not is_sound(path)  # decoding -40 values asks for 2^61 bytes, and aborts the process
    with pytest.raises(InputError, match="is damaged or incomplete"):
        read([path], Settings())


def test_no_changed_byte_of_a_footer_or_of_a_header_is_more_than_unsound(tmp_path: Path):
    path, whole = tmp_path / "a.parquet", parquet()
    begin, footer = footer_of(whole)
    header = footer[4][0][1][0][3][9]
    for at in (*range(header, header + 20), *range(begin, len(whole))):
        for byte in (0, 0x7F, 0xFF):
            path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
            assert is_sound(path) in (True, False)


def test_pages_with_several_row_groups_nulls_and_lists_are_sound(tmp_path: Path):
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({**COLUMNS, "lines": [[{"sku": "a"}, {"sku": None}], [], None, [{"sku": "b"}]] * 10})
    frame.write_parquet(path, row_group_size=7, data_page_size=8)
    assert is_sound(path)


def test_a_file_too_short_for_a_footer_or_with_one_longer_than_itself_is_unsound(tmp_path: Path):
    path = tmp_path / "a.parquet"
    for whole in (b"PAR1", b"PAR1" + b"\xff\xff\xff\x7fPAR1", b"PAR1" + b"\0\0\0\0PAR1"):
        path.write_bytes(whole)
        assert not is_sound(path)


def test_an_encrypted_file_is_called_so(tmp_path: Path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PARE" + parquet()[4:-4] + b"PARE")
    with pytest.raises(InputError, match="is encrypted"):
        read([path], Settings())


def test_a_structure_is_read_to_its_end():
    text = bytes([0x18, 2]) + b"ab"
    numbers = bytes([0x29, 0x25, 1, 4])  # field 3: list of two 32-bit integers
    flags = bytes([0x11, 0x12])
    inner = bytes([0x1C, 0x15, 5, 0])
    found, end = read_struct(text + numbers + flags + inner + b"\0rest")
    assert found == {1: b"ab", 3: [-1, 2], 4: True, 5: False, 6: {1: -3}}
    assert end == 15


def test_structures_that_end_early_are_told_from_those_that_never_were():
    begin, _footer = footer_of(whole := parquet())
    for length in range(len(whole) - 8 - begin):
        with pytest.raises(CutOffError):
            read_struct(whole[begin : begin + length])
    for broken in (
        bytes([0x15, 2, 0x05, 2, 2, 0]),  # field 1 twice
        bytes([0x15, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 0]),  # more than 32 bits
        bytes([0x16, *[0xFF] * 10, 0]),  # a number without end
        bytes([0x1E, 0]),  # no kind of value
        bytes([0x1C] * (DEEPEST + 1)),
    ):
        with pytest.raises(MalformedError):
            read_struct(broken)
