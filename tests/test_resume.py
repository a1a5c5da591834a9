"""What is kept between starts comes back, and what is broken, foreign or out of date does not."""

import json
from dataclasses import replace

import pytest

from cockpit.conditions import parse
from cockpit.resume import Choices, Place, keep, keepable, recall
from cockpit.settings import Settings

PLACE = Place(
    panel="churn",
    theme="cockpit-light",
    started=Choices(),
    chosen=Choices("year", 60, ("country=NO",)),
    sorts={"at-risk": ("value", False)},
    views={"segments": {"view": 1}},
)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "cockpit" / "places"


@pytest.fixture
def export(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("id,day,email\n1,2025-01-01,ann@example.com\n")
    return file


def test_a_place_comes_back_for_the_same_files_only(export, state, tmp_path):
    keep([export], PLACE)
    assert recall([export]) == PLACE
    (kept,) = state.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "example.com" not in kept.read_text()
    export.write_text("id,day,email\n2,2025-02-01,bob@example.com\n")
    assert recall([export]) == PLACE
    export.write_text("number,date\n1,2025-01-01\n")
    assert recall([export]) is None
    assert recall([tmp_path / "other.csv"]) is None


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 60_000,
        json.dumps({"version": 1}).encode(),
        b'{"version": 99, "panel": "churn"}',
    ],
)
def test_broken_state_is_no_state(export, state, written):
    keep([export], PLACE)
    next(state.iterdir()).write_bytes(written)
    assert recall([export]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"panel": 3},
        {"theme": None},
        {"sorts": []},
        {"sorts": {"at-risk": "value"}},
        {"views": {"segments": {"view": "1"}}},
        {"chosen": {"period": "week", "window": None, "filters": []}},
        {"chosen": {"period": "year", "window": 0, "filters": []}},
        {"chosen": {"period": "year", "window": True, "filters": []}},
        {"chosen": {"period": "year", "window": None, "filters": ["; drop table"]}},
        {"chosen": {"period": "year", "window": None, "filters": 7}},
    ],
)
def test_state_of_a_wrong_kind_is_no_state(export, state, change):
    keep([export], PLACE)
    (path,) = state.iterdir()
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert recall([export]) is None


def test_a_link_or_a_folder_in_its_place_is_no_state(export, state, tmp_path):
    keep([export], PLACE)
    (path,) = state.iterdir()
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert recall([export]) is None
    path.unlink()
    path.mkdir()
    assert recall([export]) is None
    keep([export], PLACE)


def test_without_a_place_to_keep_it_nothing_happens(export, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    keep([export], PLACE)
    assert recall([export]) is None


def test_flags_and_settings_that_have_changed_win():
    now = Settings()
    assert PLACE.over(now) == replace(now, period="year", window=60)
    assert PLACE.over(now, {"window"}) == replace(now, period="year")
    assert PLACE.over(replace(now, window=90)).window == 90
    assert PLACE.filters_over(now) == (parse("country=NO"),)
    assert PLACE.filters_over(now, {"filters"}) is None
    assert PLACE.filters_over(replace(now, filters=("orders>2",))) is None


def test_a_condition_on_who_somebody_is_is_not_kept():
    conditions = [
        parse("email=ann@example.com"),
        parse("country=NO"),
        parse("own_column=Ann"),
        parse("orders>2"),
    ]
    assert keepable(conditions, {"email", "country", "orders"}) == ("country=NO", "orders>2")
