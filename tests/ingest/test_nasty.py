"""Nasty files: each is read as a table, opened as orders, or refused in one sentence, as the index says."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cockpit.errors import InputError
from cockpit.ingest import read
from cockpit.ingest.sources import RawTable, Refused, Workspace, open_tables
from cockpit.ingest.sources.opening import readable
from cockpit.progress import silent
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles


def index(level: str) -> list[dict[str, str]]:
    folder = Path(os.environ.get("COCKPIT_DATA", "")) / "nasty"
    if not (folder / "INDEX.tsv").is_file():
        return []
    with (folder / "INDEX.tsv").open(encoding="utf-8") as file:
        return [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["level"] == level
        ]


def tables_of(path: Path) -> list[RawTable]:
    """Read a file as tables and decode every cell of them; raises InputError as the loader would."""
    with Workspace() as workspace:
        found = []
        for table in open_tables([path], workspace, silent):
            if isinstance(table, Refused):
                raise table.problem
            with readable(table.file):
                assert table.frame.collect().height == table.rows
            found.append(table)
        return found


COUNTED_WRONG = {  # the index counts three rows in these; they hold four
    "sniff/example1.csv": 4,
    "sniff/example2.csv": 4,
    "sniff/example3.csv": 4,
    "sniff/example4.csv": 4,
    "papaparse/utf-8-bom-sample.csv": 1,
}
REFUSALS = {
    "real/git_lfs_pointer_online_retail_II.csv": "Git LFS pointer, not data",
    "real/a_url_named.csv": "only a web address, no orders",
    "made/empty_0_bytes.csv": "is empty",
    "made/bom_only.csv": "is empty",
    "made/header_only.csv": "no data rows",
    "made/zero_rows.parquet": "no data rows",
    "made/truncated.parquet": "not a complete Parquet file",
    "made/text_named.parquet": "not Parquet",
    "made/csv_named.xlsx": "not an Excel file: its content is text that looks like CSV",
}
REFUSED_TOO = {"excel/errors.xlsx"}  # every cell of it is an error: it has no header


@pytest.mark.parametrize("sample", index("read"), ids=lambda sample: sample["file"])
def test_a_file_is_read_as_a_table_or_refused_in_one_line(data: Path, sample: dict[str, str]):
    expected, name = sample["expected"], sample["file"]
    rows = re.search(r"(\d+) rows", expected)
    columns = re.search(r"x (\d+) cols", expected)
    try:
        tables = tables_of(data / "nasty" / name)
    except InputError as refusal:
        assert "ERROR" in expected or name in REFUSED_TOO
        assert "\n" not in str(refusal)
        return
    assert "LOAD" in expected
    if rows or name in COUNTED_WRONG:
        assert tables[0].rows == COUNTED_WRONG.get(name, int(rows[1]) if rows else 0)
    if columns:
        assert len(tables[0].header) == int(columns[1])
    if "warn" in expected:
        assert tables[0].warnings
    assert all("\ufeff" not in column for column in tables[0].header)


@pytest.mark.parametrize("sample", index("open"), ids=lambda sample: sample["file"])
def test_a_file_opens_as_orders_or_is_refused_in_one_line(data: Path, sample: dict[str, str]):
    expected = sample["expected"]
    try:
        intake = read([data / "nasty" / sample["file"]], Settings())
    except InputError as refusal:
        assert "ERROR" in expected
        assert "\n" not in str(refusal)
        assert re.search(REFUSALS[sample["file"]], str(refusal))
        return
    assert "LOAD" in expected or "ASK" in expected
    assert_reconciles(intake)
    rows = (
        int(intake.files["rows"].sum()) - intake.excluded.filter(intake.excluded["reason"] == "blank").height
    )
    if found := re.search(r"LOAD ([\d,]+)(?: rows)?", expected):
        assert rows == int(found[1].replace(",", ""))
    if found := re.search(r"(\d+) customers", expected):
        assert intake.orders["customer_id"].n_unique() == int(found[1])
    found = re.search(r"sum ([\d.]+)", expected)
    if found and "hive" not in sample["file"]:  # the two parts of hive hold the same orders
        assert intake.orders["gross"].sum() == pytest.approx(float(found[1]))


def test_names_in_a_header_lose_their_byte_order_mark(data: Path):
    assert tables_of(data / "nasty/made/utf8_bom_crlf.csv")[0].header[0] == "order_id"


def test_cells_keep_what_quotes_hold(data: Path):
    frame = tables_of(data / "nasty/csv_spectrum/escaped_quotes.csv")[0].frame.collect()

    assert frame.row(0) == ("1", 'ha "ha" ha')
    blanks = tables_of(data / "nasty/csvlens/bad_double_quote.csv")[0].frame.collect()
    assert blanks["column2"].to_list() == ["quote", "Comma, comma"]


def test_the_1904_date_system_is_known(data: Path):
    frame = tables_of(data / "nasty/excel/date_1904.xlsx")[0].frame.collect()

    assert frame.to_series(0).to_list()[0].startswith("2021-01-02")


def test_day_first_is_proved_by_the_last_row_and_said(data: Path):
    intake = read([data / "nasty/made/dates_decidable_late.csv"], Settings())

    assert any("day, month, year: row 2,001 says" in sentence for sentence in intake.assumptions)


def test_undecided_dates_are_said_and_can_be_overruled(data: Path):
    path = data / "nasty/made/dates_ambiguous_dmy.csv"

    assert any("--date-order" in sentence for sentence in read([path], Settings()).warnings)
    assert not read([path], Settings(date_order="mdy")).warnings


def test_writings_of_an_address_and_guests(data: Path):
    customers = read([data / "nasty/made/email_variants.csv"], Settings()).orders["customer_id"].to_list()

    assert customers[:4] == ["ada@example.com"] * 4
    assert customers[5:8] == [None, None, None]


def test_escapes_in_names_are_gone_and_markup_is_text(data: Path):
    names = read([data / "nasty/made/ansi_and_rich_markup.csv"], Settings()).orders["name"].to_list()

    assert names[0] == "[31mRED[0m]0;pwn"
    assert names[1].startswith("[bold red]x[/bold red]")


def test_ragged_rows_are_named_by_line(data: Path):
    warnings = " ".join(read([data / "nasty/made/ragged.csv"], Settings()).warnings)

    assert "line 3" in warnings
    assert "line 4" in warnings


def test_the_first_of_two_columns_with_one_name_is_used_and_said(data: Path):
    intake = read([data / "nasty/made/duplicate_headers.csv"], Settings())

    assert intake.orders.select("email", "gross").rows() == [("a@example.com", 10.0)]
    assert any("more than one column Total" in sentence for sentence in intake.warnings)


def test_standard_input_is_read(data: Path):
    code = (
        "from pathlib import Path; from cockpit.ingest import read; from cockpit.settings import Settings\n"
        "print(read([Path('-')], Settings()).orders.height)"
    )
    with (data / "nasty/made/baseline.csv").open("rb") as stdin:
        ran = subprocess.run(
            [sys.executable, "-c", code], stdin=stdin, capture_output=True, text=True, check=True
        )

    assert ran.stdout.strip() == "12"
