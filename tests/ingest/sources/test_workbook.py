"""Spreadsheets that only pretend to be large, and those that are."""

import zipfile
from pathlib import Path

import pytest

from cockpit.errors import InputError
from cockpit.ingest import read, room
from cockpit.progress import Step
from cockpit.settings import Settings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = (
    ("order_id", "email", "ordered_at", "total"),
    ("1", "a@x.example", "2024-01-01", "10"),
    ("2", "b@x.example", "2024-01-02", "12.5"),
)


def write_workbook(path: Path, last_cell: str, row: int) -> None:
    """Write an XLSX file with one sheet: two orders, and a cell further out."""

    def cell(reference: str, text: str) -> str:
        return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{letter}{number}", text) for letter, text in zip("ABCD", texts, strict=True))
        + "</row>"
        for number, texts in enumerate(ROWS, 1)
    )
    rows += f'<row r="{row}">{cell(last_cell, "x")}</row>'
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/>'
    )

    def relation(kind: str, target: str) -> str:
        inner = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'

    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)


def test_a_cell_at_the_end_of_a_sheet_is_refused_before_all_between_is_asked_for(tmp_path: Path):
    path = tmp_path / "orders.xlsx"
    write_workbook(path, "XFD1048576", 1_048_576)
    with pytest.raises(InputError, match="so far out"):
        read([path], Settings())


def test_a_cell_a_little_beside_the_table_does_no_harm(tmp_path: Path):
    path = tmp_path / "orders.xlsx"
    write_workbook(path, "E4", 4)
    assert read([path], Settings()).orders["gross"].to_list() == [10.0, 12.5]


def test_a_workbook_that_takes_too_much_memory_is_told_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "orders.xlsx"
    write_workbook(path, "D9000", 9000)
    steps: list[Step] = []

    said = read([path], Settings(memory="3MB"), steps.append).warnings
    assert next(one for one in said if "at once" in one).endswith("more than is granted (--memory).")
    assert len({step.done for step in steps if step.stage == "reading"}) > 2
    assert not any("at once" in one for one in read([path], Settings(memory="4MB")).warnings)
    monkeypatch.setattr(room, "machine_memory", lambda: 1_000)
    with pytest.raises(InputError, match="more than this machine has"):
        read([path], Settings(memory="4MB"))
