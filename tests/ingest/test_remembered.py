"""A mapping given once is used for every file with the same header, and said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.errors import InputError, NotRecognisedError, UsageError
from cockpit.ingest import Intake, read
from cockpit.settings import Settings

ReadText = Callable[..., Intake]
TEXT = 'Nr,"Wer ""da""",Wann genau\n1,A,2024-01-01\n'
ASKED = Settings(columns={"customer_id": 'wer "da"', "ordered_at": "Wann genau"}, remember=True)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "cockpit" / "mappings.toml"


def test_it_is_used_for_the_same_header_however_it_is_spelt(read_text: ReadText, place: Path):
    read_text(TEXT, settings=ASKED)

    assert place.stat().st_mode & 0o777 == 0o600
    intake = read_text(TEXT, name="february.csv")
    assert intake.orders["customer_id"].to_list() == ["A"]
    assert any("february.csv: columns are mapped as you had them" in said for said in intake.assumptions)
    with pytest.raises(InputError, match="no column for a date"):
        read_text(TEXT.replace("Nr,", "Nr,Land,").replace("1,", "1,NO,"))


def test_the_owners_word_goes_before_it_and_others_stay(read_text: ReadText, place: Path):
    read_text(TEXT, settings=ASKED)
    read_text(
        "a,b\nA,2024-01-01\n",
        settings=Settings(columns={"customer_id": "a", "ordered_at": "b"}, remember=True),
    )

    again = Settings(columns={"customer_id": "Nr", "ordered_at": "Wann genau"})
    assert read_text(TEXT, settings=again).orders["customer_id"].to_list() == ["1"]
    assert read_text(TEXT).orders["customer_id"].to_list() == ["A"]
    assert read_text("a,b\nA,2024-01-01\n").orders.height == 1


@pytest.mark.parametrize("text", ["[", "a = 1", '[x]\ncustomer_id = 3\ncolour = "Nr"'])
def test_a_spoilt_file_does_no_harm(read_text: ReadText, place: Path, text: str):
    place.parent.mkdir(parents=True)
    place.write_text(text)

    assert read_text("id,email,date\n1,a@x.example,2024-01-01\n").orders.height == 1
    read_text(TEXT, settings=ASKED)
    assert read_text(TEXT).orders.height == 1


def test_what_can_not_be_kept_is_said_and_the_reading_goes_on(read_text: ReadText, place: Path):
    place.parent.parent.write_text("a file where the folder should be")

    intake = read_text(TEXT, settings=ASKED)

    assert intake.orders.height == 1
    assert any("is not remembered" in sentence for sentence in intake.warnings)


def test_files_of_another_layout_are_read_by_their_own_names(tmp_path: Path, place: Path):
    strange, known = tmp_path / "strange.csv", tmp_path / "known"
    strange.write_text(TEXT)
    known.write_text("id,email,date\n9,b@x.example,2024-01-03\n")

    assert read([known, strange], ASKED).orders.height == 2
    assert place.read_text().count("[") == 1
    assert read([strange, known], Settings()).orders["customer_id"].to_list() == ["A", "b@x.example"]
    with pytest.raises(NotRecognisedError, match="known has no column nowhere"):
        read([known, strange], Settings(columns={**ASKED.columns, "gross": "nowhere"}))
    with pytest.raises(UsageError, match="no field colour"):
        read([known], Settings(columns={"colour": "nowhere"}))
