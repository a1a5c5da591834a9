"""Frames that outgrow the memory granted are put aside in private files, and come back part by part."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import polars as pl

from cockpit.ingest.room import Room
from cockpit.scratch import private_folder

SHARE_HELD = 16
"""One part in so many of the memory granted may hold frames; tables and the next part need the rest."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A frame in a file; columns that hold nothing are not in it."""

    path: Path
    schema: pl.Schema

    def back(self) -> pl.DataFrame:
        """Return the frame."""
        frame = pl.read_ipc(self.path)
        held = frame.schema
        return frame.select(
            pl.col(name) if name in held else pl.lit(None).cast(dtype).alias(name)
            for name, dtype in self.schema.items()
        )


class Scratch:
    """A folder that only the owner can read, made when first needed and gone when closed or forgotten."""

    def __init__(self, room: Room | None = None) -> None:
        """Make one for frames that don't find room."""
        self.room = room or Room(0)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made = 0

    def put(self, frame: pl.DataFrame) -> Aside:
        """Write a frame into a file of its own."""
        if self._folder is None:
            self._folder = private_folder()
        self._made += 1
        path = Path(self._folder.name) / f"{self._made}.arrow"
        filled = [name for name in frame.columns if frame[name].null_count() < frame.height]
        frame.select(filled or frame.columns[:1]).write_ipc(path)
        return Aside(path, frame.schema)

    def close(self) -> None:
        """Remove what was put aside."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


@dataclass(slots=True)
class Frames:
    """Frames of one schema, one after the other: in memory the first, and others while there is room.

    Each is changed by `finish` when it comes back.
    """

    scratch: Scratch = field(default_factory=Scratch)
    height: int = 0
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    _frames: list[pl.DataFrame | Aside] = field(default_factory=list)
    _taken: int = 0
    _others: list["Frames"] = field(default_factory=list)

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Frames":
        """Return one frame that stays in memory."""
        return cls(Scratch(), frame.height, None, [frame])

    def add(self, frame: pl.DataFrame) -> None:
        """Put a frame behind the others; an empty one is kept only for its schema."""
        if not self._frames:
            self._frames.append(frame)
        elif not self.height:
            self._frames[0] = frame
        elif frame.height:
            size = int(frame.estimated_size())
            fits = self.scratch.room.take(size)
            self._taken += size if fits else 0
            self._frames.append(frame if fits else self.scratch.put(frame))
        self.height += frame.height

    def follow(self, others: "Frames") -> None:
        """Put all frames of another behind these."""
        self._others.append(others)
        self.height += others.height

    def __iter__(self) -> Iterator[pl.DataFrame]:
        own = (frame.back() if isinstance(frame, Aside) else frame for frame in self._frames)
        for frame in chain(own, chain.from_iterable(self._others)):
            yield self.finish(frame) if self.finish else frame

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
