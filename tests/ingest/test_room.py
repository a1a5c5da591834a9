"""The memory that reading may take, and what does not find room in it."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from cockpit.ingest.frames import Aside, Frames, Scratch
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
    room = Room(int(frame.estimated_size()))
    frames = Frames(Scratch(room))
    for _ in range(4):
        frames.add(frame)
    assert [isinstance(each, Aside) for each in frames._frames] == [False, False, True, True]
    assert room.left == 0
    for back in frames:
        assert_frame_equal(back, frame)
    assert_frame_equal(frames.whole(), pl.concat([frame] * 4))
    frames.close()
    assert room.left == frame.estimated_size()


def test_columns_without_a_value_come_back_though_a_frame_has_no_other():
    frame = pl.DataFrame({"a": [None, None], "b": [None, None]}, schema={"a": pl.String, "b": pl.Int32})
    scratch = Scratch()
    assert_frame_equal(scratch.put(frame).back(), frame)
    scratch.close()


def test_an_empty_frame_only_stands_for_its_schema():
    frames = Frames()
    for rows in ([], [1], [], [2]):
        frames.add(pl.DataFrame({"key": rows}, schema={"key": pl.Int64}))
    assert [frame["key"].to_list() for frame in frames] == [[1], [2]]
    frames.close()
