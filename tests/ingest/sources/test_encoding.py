"""Text in the encoding that the owner names, or in the one that is found."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import InputError, UsageError
from cockpit.ingest import Intake, row_texts
from cockpit.settings import Settings, load

ReadText = Callable[..., Intake]
CYRILLIC = "order_id,email,ordered_at,total,name\n1,a@x.ru,2024-01-05,5,Иван\n"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "iso8859-5"])
def test_a_named_encoding_is_used(read_text: ReadText, encoding: str):
    intake = read_text(CYRILLIC.encode(encoding), settings=Settings(encoding=encoding))
    assert intake.orders["name"].to_list() == ["Иван"]


def test_a_mark_in_the_file_goes_before_a_named_encoding(read_text: ReadText):
    intake = read_text(CYRILLIC.encode("utf-8-sig"), settings=Settings(encoding="cp1251"))
    assert intake.orders["name"].to_list() == ["Иван"]


def test_text_that_is_not_in_it_is_refused(read_text: ReadText):
    with pytest.raises(InputError, match=r"orders.csv is not utf-8 text. Name another --encoding"):
        read_text(
            "order_id,email,ordered_at\n1,zoë@x.de,2024-01-05\n".encode("latin-1"),
            settings=Settings(encoding="utf-8"),
        )


def test_a_row_is_shown_in_it(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(CYRILLIC.encode("cp1251"))
    place = pl.DataFrame({"file_no": [0], "record": [1]})
    assert row_texts([path], ["a.csv"], place, "cp1251")["text"].to_list() == ["1,a@x.ru,2024-01-05,5,Иван"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Shift-JIS", "cp932"), ("sjis", "cp932"), ("UTF16", "utf-16"), ("latin1", "iso8859-1")],
)
def test_encodings_go_by_any_of_their_names(said: str, meant: str):
    assert load({"encoding": said}, []).encoding == meant


@pytest.mark.parametrize("said", ["utf-99", "rot13", "base64", "\x00"])
def test_what_is_no_encoding_of_text_is_refused(said: str):
    with pytest.raises(UsageError, match="--encoding must be an encoding such as"):
        load({"encoding": said}, [])
