"""A table that is not recognised: its columns, what they might be, and what a mapping would load."""

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import InputError, NotRecognisedError
from cockpit.ingest import read
from cockpit.ingest.mapping import OFFERED, Sample, map_line, missing, sample, try_mapping
from cockpit.settings import Settings

TEXT = """Beleg;Wer;Wann genau;Brutto;Menge
A1;kari@x.example;31.01.2024;1.234,50;2
A2;ola@x.example;02.02.2024;99,00;1
A3;kari@x.example;32.13.2024;5,00;1
A4;;03.02.2024;7,50;1
"""


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    path = tmp_path / "kasse.csv"
    path.write_text(TEXT)
    return path


def taken(path: Path, settings: Settings = Settings()) -> Sample:  # noqa: B008
    with pytest.raises(NotRecognisedError) as refused:
        read([path], settings)
    return sample([path], refused.value.file, settings)


def test_columns_come_with_their_first_different_values(strange: Path):
    columns = taken(strange).columns
    assert [column.name for column in columns] == ["Beleg", "Wer", "Wann genau", "Brutto", "Menge"]
    assert columns[1].samples == ("kari@x.example", "ola@x.example")
    assert columns[4].samples == ("2", "1")


def test_dates_and_addresses_are_guessed_by_the_cells_and_numbers_never_as_dates(strange: Path):
    found = taken(strange)
    assert found.guessed == {"ordered_at": "Wann genau", "email": "Wer"}
    assert found.known == {"quantity": "Menge"}
    asked = taken(strange, Settings(columns={"email": "Beleg", "ordered_at": "nowhere"}))
    assert asked.guessed == {"ordered_at": "Wann genau"}


def test_a_mapping_is_tried_on_the_first_rows(strange: Path):
    found = taken(strange)
    columns = {"ordered_at": "Wann genau", "email": "Wer", "order_id": "Beleg", "gross": "Brutto"}
    trial = try_mapping(found, columns, Settings())
    assert (trial.rows, trial.orders, trial.customers, trial.anonymous) == (4, 3, 2, 1)
    assert (trial.first, trial.last) == (datetime(2024, 1, 31), datetime(2024, 2, 3))
    assert trial.gross == pytest.approx(1341.0)
    (unused,) = trial.unused
    assert (unused.reason, unused.rows, unused.record) == ("unreadable", 1, 3)
    assert unused.detail == "Wann genau: 32.13.2024"
    assert any("day, month, year" in sentence for sentence in trial.says)
    intake = read([strange], Settings(columns=columns))
    assert intake.orders.height == trial.orders


def test_what_is_still_needed_is_named_and_said(strange: Path):
    trial = try_mapping(taken(strange), {"email": "Wer"}, Settings())
    assert trial.orders == 0
    assert isinstance(trial.problem, NotRecognisedError)
    assert trial.problem.problem.startswith("kasse has no column for a date")
    assert missing({"email": "Wer"}) == (("ordered_at",),)
    assert missing({"ordered_at": "a", "phone": "b"}) == ()


def test_a_trial_remembers_nothing(strange: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    columns = {"ordered_at": "Wann genau", "email": "Wer"}
    assert try_mapping(taken(strange), columns, Settings(remember=True)).orders == 3
    assert not (tmp_path / "config").exists()


def test_only_the_first_rows_are_tried_and_all_are_counted(tmp_path: Path):
    path = tmp_path / "long.csv"
    path.write_text("Wer,Wann\n" + "a@x.example,2024-01-02\n" * 6_000)
    found = taken(path, Settings(columns={"ordered_at": "nowhere"}))
    assert (found.rows.height, found.whole) == (5_000, 6_000)


def test_the_table_is_found_in_an_archive_and_beside_namesakes(tmp_path: Path):
    first, second = tmp_path / "jan" / "x.csv", tmp_path / "feb" / "x.csv"
    for path, column in ((first, "email"), (second, "Kunde oder so")):
        path.parent.mkdir()
        path.write_text(f"{column},date\na@x.example,2024-01-02\n")
    with pytest.raises(NotRecognisedError) as refused:
        read([first, second], Settings())
    assert refused.value.file == "feb/x.csv"
    found = sample([first, second], refused.value.file, Settings())
    assert [column.name for column in found.columns] == ["Kunde oder so", "date"]
    with pytest.raises(InputError, match="no file"):
        sample([first, second], "march/x.csv", Settings())


def test_typed_tables_are_tried_too(tmp_path: Path):
    path = tmp_path / "dump.parquet"
    frame = pl.DataFrame(
        {
            "who": ["a@x.example", "b@x.example"],
            "moment": [datetime(2024, 1, 2, 3), datetime(2024, 2, 3, 4)],
            "paid": [12.5, 7.0],
            "lines": [[{"sku": "A"}], [{"sku": "B"}]],
        }
    )
    frame.write_parquet(path)
    found = taken(path)
    assert (found.guessed["ordered_at"], found.guessed["email"]) == ("moment", "who")
    trial = try_mapping(found, {**found.guessed, "gross": "paid"}, Settings())
    assert (trial.orders, trial.gross) == (2, 19.5)


def test_hostile_names_and_cells_come_harmless(tmp_path: Path):
    path = tmp_path / "evil.csv"
    path.write_text("a\x1b[2Jb,c\nx\x1b]52;c;Zg==\x07,[@click=app.quit]y\n")
    found = taken(path)
    texts = [text for column in found.columns for text in (column.name, *column.samples)]
    assert all("\x1b" not in text and "\x07" not in text for text in texts)
    assert "[@click=app.quit]y" in texts


def test_the_line_for_the_command_line_is_quoted():
    columns = {"ordered_at": "Wann genau", "email": "it's", "gross": "Brutto"}
    line = map_line(columns)
    assert line == """--map 'ordered_at=Wann genau' --map 'email=it'"'"'s' --map gross=Brutto"""


def test_every_field_is_offered_once():
    assert len(set(OFFERED)) == len(OFFERED) > 20
