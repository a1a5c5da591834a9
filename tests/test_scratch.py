"""Private folders leave nothing behind, however the process ends."""

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cockpit import scratch
from cockpit.errors import Cancelled
from cockpit.progress import STAGES, Step
from cockpit.shop import Shop, Ticket
from tests.shops import intake_from, reading, regulars

KEEPS_ITS_WAREHOUSE = """
import os, sys, tempfile
from cockpit import scratch
from cockpit.warehouse.connection import Warehouse

tempfile.tempdir = sys.argv[1]
warehouse = Warehouse("64MB", 1)
assert len(os.listdir(sys.argv[1])) == 1
if sys.argv[2] == "at once":
    scratch.remove_all()
    os._exit(0)
"""


def test_a_folder_is_the_owners_alone():
    with scratch.private_folder() as folder:
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


@pytest.mark.parametrize("end", ["at once", "as usual"])
def test_what_nobody_closed_goes_with_the_process(tmp_path: Path, end: str):
    command = [sys.executable, "-c", KEEPS_ITS_WAREHOUSE, str(tmp_path), end]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, list(tmp_path.iterdir())) == (0, []), done.stderr


def test_opening_a_shop_tells_its_stages_in_order_and_how_far_each_is():
    steps: list[Step] = []
    with reading(intake_from(regulars(12))), Shop.open("made.csv", progress=steps.append):
        where = [(STAGES.index(step.stage), step.done) for step in steps]
    assert where == sorted(where)
    for stage in ("tables", "forecast"):
        last = [step for step in steps if step.stage == stage][-1]
        assert last.done == last.total > 0


@pytest.mark.parametrize("stage", ["tables", "forecast"])
def test_opening_that_is_stopped_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stop(step: Step) -> None:
        if step.stage == stage:
            raise Cancelled

    with reading(intake_from(regulars(12))), pytest.raises(Cancelled):
        Shop.open("made.csv", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_ticket_stops_opening_inside_of_a_statement():
    ticket = Ticket()

    def stop(step: Step) -> None:
        if step.note == "Customer facts":
            ticket.cancel()

    with reading(intake_from(regulars(12))), pytest.raises(Cancelled):
        Shop.open("made.csv", progress=stop, ticket=ticket)
