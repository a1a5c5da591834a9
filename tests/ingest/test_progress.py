"""Reading tells how far it is, never goes back, and stops wherever it is told to, leaving nothing behind."""

import gzip
import tempfile
import zipfile
from pathlib import Path

import pytest

from cockpit.errors import Cancelled
from cockpit.ingest import read
from cockpit.ingest.sources import table
from cockpit.progress import STAGES, Step
from cockpit.settings import Settings

HEADER = "order_id,email,ordered_at,total\n"


def rows(first: int, *, count: int = 300, date: str = "2024-01-05") -> str:
    return "".join(f"A{n},c{n % 9}@x.example,{date},{n}.50\n" for n in range(first, first + count))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files that take more than one pass: odd, packed, or with dates that only the last row proves."""
    (tmp_path / "odd.csv").write_text(HEADER + rows(0) + "A300,short\n")
    (tmp_path / "cp1252.csv").write_bytes(
        (HEADER + rows(400) + "A799,zoë@x.example,2024-02-01,1\n").encode("cp1252")
    )
    (tmp_path / "late.csv").write_text(
        HEADER + rows(800, date="03/04/2024") + rows(1100, count=1, date="31/01/2024")
    )
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress((HEADER + rows(1200)).encode()))
    with zipfile.ZipFile(tmp_path / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.csv", HEADER + rows(1600))
        archive.writestr("two.csv", HEADER + rows(2000) + "A2300,short\n")
    return sorted(path for path in tmp_path.iterdir())


def test_what_is_done_never_goes_back(files: list[Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "PART_ROWS", 100)
    steps: list[Step] = []
    read(files, Settings(), steps.append).close()
    where = [(STAGES.index(step.stage), step.done) for step in steps]
    assert where == sorted(where)
    for stage in ("reading", "cleaning"):
        last = [step for step in steps if step.stage == stage][-1]
        assert last.done == last.total > 0
    assert any(step.note == "odd.csv once more" for step in steps)


def test_it_stops_at_any_sign_of_life_and_leaves_nothing(
    files: list[Path], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr(table, "PART_ROWS", 100)
    steps: list[Step] = []
    read(files, Settings(), steps.append).close()
    assert list(scratch.iterdir()) == []
    for last in range(0, len(steps), max(1, len(steps) // 12)):
        seen = 0

        def stop(_step: Step, last: int = last) -> None:
            nonlocal seen
            if seen == last:
                raise Cancelled
            seen += 1

        with pytest.raises(Cancelled):
            read(files, Settings(), stop)
        assert list(scratch.iterdir()) == []
