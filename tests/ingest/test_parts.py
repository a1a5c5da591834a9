"""A file that is read part by part gives exactly what it gives when it is read at once."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.errors import Cancelled, InputError
from cockpit.ingest import Intake, frames, passes, read, room
from cockpit.ingest.sources import batches, structure, table
from cockpit.progress import Step
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

PARTS = ("orders", "lines", "excluded", "files")
HEADER = "order number,email,customer id,date,total,discount,currency,sku,channel\n"


def read_in_parts(files: list[Path], rows: int, *, bytes_a_part: int = 0) -> Intake:
    """Read with parts of so many rows, or so many bytes of regular text."""
    with pytest.MonkeyPatch.context() as small:
        small.setattr(table, "PART_ROWS", rows)
        small.setattr(batches, "ROWS", rows)
        small.setattr(frames, "SHARE_HELD", 1 << 60)
        small.setattr(structure, "CHUNK_BYTES", bytes_a_part or 40 * rows)
        return read(files, Settings())


def assert_same(at_once: Intake, in_parts: Intake) -> None:
    """Every row, every sentence and their order are the same."""
    for part in PARTS:
        expected, found = getattr(at_once, part), getattr(in_parts, part)
        assert found.schema == expected.schema, part
        assert found.equals(expected), (part, expected, found)
    assert in_parts.assumptions == at_once.assumptions
    assert in_parts.warnings == at_once.warnings
    assert in_parts.currency == at_once.currency


def test_each_sample_of_a_platform_gives_the_same_in_parts(data: Path):
    compared = 0
    for file in sorted((data / "dialects").rglob("*.*")):
        try:
            at_once = read([file], Settings())
        except InputError:
            continue
        in_parts = read_in_parts([file], 5, bytes_a_part=150)
        assert_reconciles(in_parts)
        assert_same(at_once, in_parts)
        compared += 1
    assert compared > 8


cells = st.tuples(
    st.integers(1, 3),  # rows of the order
    st.sampled_from(("a@x.com", "b@x.com", "C@x.com", "", "guest@x.com")),
    st.sampled_from(("", "1.0", "2.0", "7", "'8")),
    st.sampled_from(("1/2/2024", "13/2/2024", "2/14/2024", "2024-01-05", "45000", "", "no day")),
    st.sampled_from(("10", "1.250", "12,50", "1.250,00", "$5.00", "(3.00)", "nothing", "")),
    st.sampled_from(("0.1", "0", "2", "")),
    st.sampled_from(("", "NOK", "NOK", "SEK")),
    st.sampled_from(("A", "B", "")),
    st.sampled_from(("web", "shop", "app")),
    st.booleans(),  # the order's number stands apart from its rows again
)


@settings(max_examples=10, deadline=None)
@given(st.lists(cells, min_size=1, max_size=12), st.booleans(), st.integers(1, 6), st.integers(1, 2))
def test_random_orders_give_the_same_in_parts(orders, plain: bool, rows: int, copies: int):
    text = HEADER
    for number, (height, mail, ident, day, total, discount, currency, sku, channel, apart) in enumerate(
        orders
    ):
        name = f"#{number // 2 if apart and not plain else number}"
        when, code = ("2024-03-01 10:00:00", "NOK") if plain else (day, currency)
        text += f'{name},{mail},{ident},{when},"{total}",{discount},{code},{sku},{channel}\n' * height
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"orders{copy}.csv" for copy in range(copies)]
        for copy, file in enumerate(files):
            file.write_text(text if not copy else text.replace("#", "#2"))
        in_parts = read_in_parts(files, rows)
        assert_reconciles(in_parts)
        assert_same(read(files, Settings()), in_parts)


def regular(orders: int) -> str:
    """Return an export of so many orders, one a row."""
    rows = (
        f"#{n},k{n % 97}@x.com,,2024-0{n % 9 + 1}-11 10:00:00,{n % 50}.50,,NOK,,web\n" for n in range(orders)
    )
    return HEADER + "".join(rows)


def test_orders_that_go_on_in_the_next_part_stay_whole(tmp_path: Path):
    file = tmp_path / "orders.csv"
    row = "#1,a@x.com,,2024-01-01 10:00:00,10.50,,NOK,A,web\n"
    file.write_text(HEADER + row * 5 + row.replace("#1", "#2") * 4)

    found = read_in_parts([file], 2)

    assert found.orders["row_count"].to_list() == [5, 4]
    assert found.orders["order_key"].to_list() == [0, 1]


def test_an_order_that_spans_all_parts_is_read_as_its_last_row_tells(tmp_path: Path):
    file = tmp_path / "orders.csv"
    row = "#1,a@x.com,,2024-01-01 10:00:00,{},,NOK,A,web\n"
    file.write_text(HEADER + row.format("10") + row.format("1.250"))

    assert_same(read([file], Settings()), read_in_parts([file], 1))


def test_what_a_late_row_shows_holds_for_the_first_parts_too(tmp_path: Path):
    file = tmp_path / "orders.csv"
    early = "".join(f"#{n},a@x.com,,0{n % 9 + 1}/02/2024,1.250,,NOK,A,web\n" for n in range(20))
    file.write_text(HEADER + early + '#99,b@x.com,,31/01/2024,"12,50",,NOK,A,web\n')

    found = read_in_parts([file], 4)

    assert_same(read([file], Settings()), found)
    assert found.orders["gross"][0] == 1250
    assert found.orders["ordered_at"].dt.month().head(20).unique().to_list() == [2]


def test_parts_lie_on_disk_and_go_when_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    file = tmp_path / "orders.csv"
    file.write_text(regular(60))

    found = read_in_parts([file], 10)

    assert len(list(scratch.rglob("*.arrow"))) > 4
    assert [part.height > 0 for part in found.order_parts] == [True] * len(list(found.order_parts))
    found.close()
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("stop_at", [1, 4, 20, 60, 90])
def test_a_cancelled_reading_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int
):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr(table, "PART_ROWS", 10)
    monkeypatch.setattr(structure, "CHUNK_BYTES", 400)
    file = tmp_path / "orders.csv"
    file.write_text(regular(200))
    steps: list[Step] = []

    def progress(step: Step) -> None:
        steps.append(step)
        if len(steps) == stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        read([file], Settings(), progress)

    assert not list(scratch.iterdir())


def test_progress_counts_the_rows_of_all_files(tmp_path: Path):
    files = [tmp_path / f"orders{n}.csv" for n in range(2)]
    for n, file in enumerate(files):
        file.write_text(regular(40).replace("#", f"#{n}-"))
    steps: list[Step] = []
    with pytest.MonkeyPatch.context() as small:
        small.setattr(table, "PART_ROWS", 10)
        small.setattr(structure, "CHUNK_BYTES", 400)
        read(files, Settings(), steps.append)

    cleaning = [step.done for step in steps if step.stage == "cleaning"]
    assert cleaning == sorted(cleaning)
    assert len(set(cleaning)) > 6
    assert {step.total for step in steps if step.stage == "cleaning"} == {80}


def test_no_more_than_a_few_parts_are_ever_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    heights: list[int] = []
    gather = passes.gather
    monkeypatch.setattr(
        passes, "gather", lambda rows, frame: heights.append(frame.height) or gather(rows, frame)
    )
    file = tmp_path / "orders.csv"
    file.write_text(regular(500))

    found = read_in_parts([file], 10)

    assert sum(heights) == 500
    assert max(heights) < 30
    assert max(part.height for part in found.order_parts) < 30


def test_a_file_that_has_to_be_read_at_once_says_so_where_that_takes_more_than_is_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "orders.csv"
    file.write_text(regular(40) + "#1,k1@x.com,,2024-02-11 10:00:00,1.50,,NOK,,web\n")
    monkeypatch.setattr(table, "PART_ROWS", 10)
    monkeypatch.setattr(structure, "CHUNK_BYTES", 400)

    assert not any("at once" in warning for warning in read([file], Settings()).warnings)
    said = [warning for warning in read([file], Settings(memory="10KB")).warnings if "at once" in warning]
    assert len(said) == 1
    assert said[0].endswith("more than is granted (--memory).")
    other = tmp_path / "other.csv"
    file.write_text(regular(40))
    other.write_text(regular(40).replace("NOK", "SEK"))
    said = [one for one in read([file, other], Settings(memory="10KB")).warnings if "at once" in one]
    assert len(said) == 2
    monkeypatch.setattr(room, "machine_memory", lambda: 10_000)
    with pytest.raises(InputError, match="more than this machine has"):
        read([file, other], Settings(memory="1GB"))
