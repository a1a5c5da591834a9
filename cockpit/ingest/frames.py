"""Frames that outgrow one part are put aside in private files, and come back part by part."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import polars as pl

from cockpit.ingest.sources import table
from cockpit.scratch import private_folder


class Scratch:
    """A folder that only the owner can read, made when first needed and gone when closed or forgotten."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made = 0

    def put(self, frame: pl.DataFrame) -> Path:
        """Write a frame into a file of its own."""
        if self._folder is None:
            self._folder = private_folder()
        self._made += 1
        path = Path(self._folder.name) / f"{self._made}.arrow"
        frame.write_ipc(path)
        return path

    def close(self) -> None:
        """Remove what was put aside."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


@dataclass(slots=True)
class Frames:
    """Frames of one schema, one after the other: in memory up to `PART_ROWS` rows, beyond that in files.

    Each is changed by `finish` when it comes back.
    """

    scratch: Scratch = field(default_factory=Scratch)
    height: int = 0
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    _held: list[pl.DataFrame] = field(default_factory=list)
    _files: list[Path] = field(default_factory=list)
    _others: list["Frames"] = field(default_factory=list)

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Frames":
        """Return one frame that stays in memory."""
        return cls(Scratch(), frame.height, None, [frame])

    def add(self, frame: pl.DataFrame) -> None:
        """Put a frame behind the others; an empty one is kept only for its schema."""
        if frame.is_empty() and (self._held or self._files):
            return
        self.height += frame.height
        self._held.append(frame)
        if self.height > table.PART_ROWS and len(self._held) + len(self._files) > 1:
            self._files += [self.scratch.put(held) for held in self._held if held.height]
            self._held.clear()

    def follow(self, others: "Frames") -> None:
        """Put all frames of another behind these."""
        self._others.append(others)
        self.height += others.height

    def __iter__(self) -> Iterator[pl.DataFrame]:
        parts = chain(map(pl.read_ipc, self._files), self._held, chain.from_iterable(self._others))
        for frame in parts:
            yield self.finish(frame) if self.finish else frame

    def whole(self) -> pl.DataFrame:
        """Return all of them as one frame; for what fits in memory."""
        frames = list(self)
        return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")

    def close(self) -> None:
        """Remove what was put aside on disk."""
        self.scratch.close()
        for others in self._others:
            others.close()
