"""What every kind of file is read into: a table as it stands in the file, before anything is understood."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from cockpit.formats import harmless
from cockpit.scratch import private_folder

PART_ROWS = 250_000
"""Rows that are read at a time, where a file does not say where else to cut it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table in a row; `before` counts the records that stand before them."""

    before: int
    frame: pl.LazyFrame


Parts = Callable[[], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of one file. Record n of the file (from 1) is row n - 1 of `frame`.

    Columns hold text, unless the file itself has types (Parquet). `rows` counts the records; `assumptions`
    and `warnings` are sentences about how it was read. `own_parts` yields its parts, where slicing is slow.
    """

    file: str
    modified: datetime
    frame: pl.LazyFrame
    rows: int
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    own_parts: Parts | None = None

    @property
    def is_within(self) -> bool:
        """Whether it is one of several in an archive or a workbook."""
        return "›" in self.file

    def parts(self) -> Iterator[Part]:
        """Yield the rows part by part, each small enough to be held in memory several times."""
        if self.own_parts is not None:
            yield from self.own_parts()
            return
        for before in range(0, self.rows, PART_ROWS):
            yield Part(before, self.frame.slice(before, PART_ROWS))

    def whole(self) -> Iterator[Part]:
        """Yield all rows as one part."""
        yield Part(0, self.frame)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, as in the file, each made unique."""
        return tuple(self.frame.collect_schema().names())

    def saying(self, *assumptions: str) -> "RawTable":
        """Return the table with further assumptions."""
        return replace(self, assumptions=(*self.assumptions, *assumptions))


@dataclass(slots=True)
class Workspace:
    """A private folder for unpacked and transcoded copies, gone when the reading is over.

    `encoding` is that of text files, where the owner names one; `memory` what the owner grants.
    """

    encoding: str | None = None
    memory: str | None = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _folder: Path | None = None
    _made: int = 0

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stack.close()

    def new_file(self, name: str = "") -> Path:
        """Return the path of a file that does not exist yet, in a folder that only the owner can read."""
        if self._folder is None:
            self._folder = Path(self._stack.enter_context(private_folder()))
        self._made += 1
        return self._folder / (name or f"{self._made}")


Tick = Callable[[int], None]
"""Called with the bytes of this file done so far, 0 to begin anew; it may raise `Cancelled`."""


def unique_names(cells: list[str]) -> list[str]:
    """Return column names for a header row: harmless, never empty, a repeated one numbered: `Total (2)`."""
    names: list[str] = []
    seen: set[str] = set()
    for number, cell in enumerate(cells, 1):
        base = harmless(cell.replace("\xa0", " ").strip().strip('"')) or f"column {number}"
        name, copy = base, 1
        while name in seen:
            copy += 1
            name = f"{base} ({copy})"
        seen.add(name)
        names.append(name)
    return names


def header_index(records: list[list[str]]) -> int | None:
    """Return which record is the header: the first that is as wide as the data and has its cells filled."""
    widths = Counter(len(fields) for fields in records if any(cell.strip() for cell in fields))
    if not widths:
        return None
    usual = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    widest = max(widths)
    for width in (usual, widest):
        for at, fields in enumerate(records):
            filled = sum(1 for cell in fields if cell.strip())
            if len(fields) >= width and filled >= max(1, 0.6 * width):
                return at
    return None
