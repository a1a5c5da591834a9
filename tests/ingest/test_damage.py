"""Damaged files: whatever a byte does, a file is read whole or refused in one sentence."""

import gzip
import random
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import CockpitError
from cockpit.ingest import read
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

MUTATIONS = {"a.csv": 120, "utf16.csv": 30}
"""Of each kind of file; most damaged text can be read, which takes longest."""
OTHERS = 370


def orders() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "order_id": [f"A{number}" for number in range(40)],
            "email": [f"c{number % 7}@x.example" for number in range(40)],
            "ordered_at": [
                datetime(2024, 1, 1) + timedelta(days=number, minutes=number) for number in range(40)
            ],
            "total": [number * 1.25 for number in range(40)],
            "name": ['Ann "A" Lee' if number % 3 else "Bo, Jr" for number in range(40)],
        }
    )


def kinds() -> dict[str, bytes]:
    frame, csv, parquet = orders(), BytesIO(), BytesIO()
    frame.write_csv(csv)
    frame.write_parquet(parquet)
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("orders.csv", csv.getvalue())
    return {
        "a.csv": csv.getvalue(),
        "a.csv.gz": gzip.compress(csv.getvalue(), mtime=0),
        "a.parquet": parquet.getvalue(),
        "a.json": frame.with_columns(pl.col("ordered_at").cast(pl.String)).write_json().encode(),
        "a.jsonl": frame.with_columns(pl.col("ordered_at").cast(pl.String)).write_ndjson().encode(),
        "a.zip": archive.getvalue(),
        "utf16.csv": csv.getvalue().decode().encode("utf-16"),
    }


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Cut, flip, repeat, insert or blank some bytes."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(5):
            case 0:
                del data[at : at + chance.randint(1, 60)]
            case 1 if data:
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 60)]
            case 3:
                data[at:at] = chance.choice([b'"', b"\r", b"\n", b"\x00", b",", b"\xff", b"'", b"\x1b[2J"])
            case _:
                del data[at:]
    return bytes(data)


def try_damaged(path: Path) -> str:
    """Read a damaged file; say whether it was read or refused, and fail on anything else."""
    try:
        intake = read([path], Settings())
    except CockpitError as refusal:
        assert "\n" not in str(refusal)
        assert "\x1b" not in str(refusal)
        return "refused"
    assert_reconciles(intake)
    assert not any("\x1b" in sentence for sentence in (*intake.assumptions, *intake.warnings))
    return "read"


def test_a_header_found_on_a_last_line_without_an_end_is_no_endless_file(tmp_path: Path):
    path, cell = tmp_path / "a.csv", b'mple,2024-01-01T00:00:\r00.000000,0.0,"Bo, Jr"'
    begin = b"order_id,email,ordered_at,total,name\nA0,c0@x.example,2024-01-01T00:00:00."
    path.write_bytes(begin + cell + b"." + cell)
    assert try_damaged(path) == "refused"


def test_two_thousand_files_are_damaged():
    assert sum(MUTATIONS.get(kind, OTHERS) for kind in kinds()) >= 2_000


@pytest.mark.parametrize("kind", kinds())
def test_damaged_files_are_read_or_refused(tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]):
    whole, chance, path = kinds()[kind], random.Random(kind), tmp_path / kind
    for _ in range(MUTATIONS.get(kind, OTHERS)):
        path.write_bytes(damaged(whole, chance))
        try_damaged(path)
    capfd.readouterr()  # what Rust prints about its panics is kept off the screen elsewhere
