"""Frames that outgrow the memory granted are put aside in private files, and come back part by part."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import polars as pl

from cockpit.ingest.room import Room
from cockpit.scratch import private_folder

SHARE_HELD = 16
"""One part in so many of the memory granted may hold frames; tables and the next part need the rest."""
COMPARED = (pl.String, pl.Int32, pl.Int64)
"""Columns of other types are only looked at for being empty."""

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Thin:
    """A frame, in memory or in a file, without the columns that hold the same in each row.

    `alike` has what those hold; one column is kept in any case.
    """

    rest: pl.DataFrame | Path
    schema: pl.Schema
    alike: Mapping[str, Cell]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Thin":
        """Make a frame thin."""
        alike: dict[str, Cell] = {}
        for column in frame.get_columns()[1:] if frame.height else ():
            if column.null_count() == frame.height:
                alike[column.name] = None
            elif _is_one_value(column):
                alike[column.name] = column[0]
        return cls(frame.drop(alike), frame.schema, alike)

    @property
    def size(self) -> int:
        """The bytes that it takes in memory."""
        return 0 if isinstance(self.rest, Path) else int(self.rest.estimated_size())

    def back(self) -> pl.DataFrame:
        """Return the whole frame."""
        rest = pl.read_ipc(self.rest) if isinstance(self.rest, Path) else self.rest
        return rest.select(
            pl.lit(self.alike[name], dtype).alias(name) if name in self.alike else pl.col(name)
            for name, dtype in self.schema.items()
        )


def _is_one_value(column: pl.Series) -> bool:
    if column.dtype not in COMPARED or column.null_count() or column[0] != column[-1]:
        return False
    return bool((column == column[0]).all())


class Scratch:
    """A folder that only the owner can read, made when first needed and gone when closed or forgotten."""

    def __init__(self, room: Room | None = None) -> None:
        """Make one for frames that don't find room."""
        self.room = room or Room(0)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made = 0

    def put(self, frame: Thin) -> Thin:
        """Write a frame that is in memory into a file of its own."""
        if self._folder is None:
            self._folder = private_folder()
        self._made += 1
        path = Path(self._folder.name) / f"{self._made}.arrow"
        assert isinstance(frame.rest, pl.DataFrame)
        frame.rest.write_ipc(path)
        return replace(frame, rest=path)

    def close(self) -> None:
        """Remove what was put aside."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


@dataclass(slots=True)
class Frames:
    """Frames of one schema, one after the other: in memory the first, and others while there is room.

    Each is changed by `finish` when it comes back; `changes` names the columns that this may touch.
    """

    scratch: Scratch = field(default_factory=Scratch)
    height: int = 0
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    changes: frozenset[str] = frozenset()
    _frames: deque[Thin] = field(default_factory=deque)
    _taken: int = 0
    _others: list["Frames"] = field(default_factory=list)

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Frames":
        """Return one frame that stays in memory."""
        return cls(Scratch(), frame.height, _frames=deque([Thin(frame, frame.schema, {})]))

    @property
    def alike(self) -> dict[str, Cell]:
        """The columns known to hold the same in each row of all frames, and what they hold."""
        every = [frame.alike for frame in self._frames] + [others.alike for others in self._others]
        first = every[0] if every else {}
        return {
            name: cell
            for name, cell in first.items()
            if name not in self.changes and all(name in each and each[name] == cell for each in every)
        }

    def add(self, frame: pl.DataFrame) -> None:
        """Put a frame behind the others; an empty one is kept only for its schema."""
        if not self.height:
            self._frames = deque([Thin.of(frame)])
        elif frame.height:
            thin = Thin.of(frame)
            size = thin.size
            fits = self.scratch.room.take(size)
            self._taken += size if fits else 0
            self._frames.append(thin if fits else self.scratch.put(thin))
        self.height += frame.height

    def follow(self, others: "Frames") -> None:
        """Put all frames of another behind these."""
        self._others.append(others)
        self.height += others.height

    def __iter__(self) -> Iterator[pl.DataFrame]:
        own = (frame.back() for frame in self._frames)
        for frame in chain(own, chain.from_iterable(self._others)):
            yield self._finished(frame)

    def taken(self) -> Iterator[pl.DataFrame]:
        """Yield the frames, letting go of each."""
        while self._frames:
            yield self._finished(self._frames.popleft().back())
        for others in self._others:
            yield from map(self._finished, others.taken())

    def _finished(self, frame: pl.DataFrame) -> pl.DataFrame:
        return self.finish(frame) if self.finish else frame

    def whole(self) -> pl.DataFrame:
        """Return all of them as one frame; for what fits in memory."""
        frames = list(self)
        return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")

    def close(self) -> None:
        """Give back memory, and what was put aside on disk."""
        self._frames.clear()
        self.scratch.room.give_back(self._taken)
        self._taken = 0
        self.scratch.close()
        for others in self._others:
            others.close()
