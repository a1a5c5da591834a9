"""The memory that reading may take, and what does not find room in it."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from cockpit.ingest.frames import Frames, Scratch, Thin
from cockpit.ingest.room import Room, bound_of


@pytest.mark.parametrize(
    ("memory", "size"),
    [("512MB", 512_000_000), ("4 GiB", 4 << 30), ("1.5gb", 1_500_000_000), ("10kb", 10_000)],
)
def test_a_bound_is_in_the_units_of_the_tables(memory: str, size: int):
    assert bound_of(memory) == size


def test_without_a_bound_half_of_the_machine_is_granted():
    assert bound_of(None) > 1 << 28


def test_frames_beyond_the_room_lie_on_disk_until_it_is_given_back():
    frame = pl.DataFrame(
        {"key": [1, 2], "text": ["a", None], "none": [None, None]},
        schema_overrides={"none": pl.Datetime("us")},
    )
    room = Room(Thin.of(frame).size)
    frames = Frames(Scratch(room))
    for _ in range(4):
        frames.add(frame)
    assert [isinstance(each.rest, Path) for each in frames._frames] == [False, False, True, True]
    assert room.left == 0
    for back in frames:
        assert_frame_equal(back, frame)
    assert_frame_equal(frames.whole(), pl.concat([frame] * 4))
    frames.close()
    assert room.left == Thin.of(frame).size


def test_columns_that_hold_the_same_in_each_row_take_no_room_and_come_back():
    frame = pl.DataFrame(
        {
            "key": [1, 2, 3],
            "a": [None] * 3,
            "b": ["x"] * 3,
            "c": ["x", None, "x"],
            "d": [7] * 3,
            "e": [1.5] * 3,
            "f": [None, "x", None],
        },
        schema_overrides={"a": pl.Float64, "d": pl.Int32},
    )
    thin = Thin.of(frame)
    assert thin.alike == {"a": None, "b": "x", "d": 7}
    assert_frame_equal(thin.back(), frame)
    scratch = Scratch()
    assert_frame_equal(scratch.put(thin).back(), frame)
    scratch.close()


def test_a_frame_in_which_all_columns_hold_the_same_keeps_its_rows():
    frame = pl.DataFrame({"a": [None, None], "b": [None, None]}, schema={"a": pl.String, "b": pl.Int32})
    assert_frame_equal(Thin.of(frame).back(), frame)


def test_frames_tell_what_all_of_them_hold_alike_but_not_what_is_changed_at_last():
    schema = {"key": pl.Int64, "file": pl.Int32, "status": pl.String, "currency": pl.String, "who": pl.String}
    files = []
    for status, currency in (("paid", "NOK"), ("paid", "SEK")):
        file = Frames(changes=frozenset(("who",)))
        for rows in ([], [1, 2], [3]):
            cells = {"key": rows, "file": 0, "status": status, "currency": currency, "who": None}
            file.add(pl.DataFrame(cells, schema=schema))
        files.append(file)
    assert files[0].alike == {"file": 0, "status": "paid", "currency": "NOK"}
    shop = Frames()
    for file in files:
        shop.follow(file)
    assert shop.alike == {"file": 0, "status": "paid"}


def test_frames_that_are_taken_are_gone():
    first, second = Frames(), Frames()
    for frames, key in ((first, 1), (second, 2)):
        frames.add(pl.DataFrame({"key": [key]}))
    first.follow(second)
    first.finish = lambda frame: frame.with_columns(pl.col("key") * 10)
    assert [frame["key"].to_list() for frame in first.taken()] == [[10], [20]]
    assert list(first) == []


def test_an_empty_frame_only_stands_for_its_schema():
    frames = Frames()
    for rows in ([], [1], [], [2]):
        frames.add(pl.DataFrame({"key": rows}, schema={"key": pl.Int64}))
    assert [frame["key"].to_list() for frame in frames] == [[1], [2]]
    frames.close()
