"""From the paths that the owner names to raw tables."""

import os
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import polars as pl

from cockpit.errors import InputError
from cockpit.formats import harmless
from cockpit.ingest.sources.columnar import read_parquet
from cockpit.ingest.sources.delimited import find_records, read_delimited
from cockpit.ingest.sources.documents import read_json
from cockpit.ingest.sources.packed import PIECE_BYTES, unpacked
from cockpit.ingest.sources.sniff import SUFFIXES, Kind
from cockpit.ingest.sources.table import RawTable, Tick, Workspace
from cockpit.ingest.sources.workbook import read_workbook
from cockpit.language import gettext as _
from cockpit.progress import Meter, Pass, Progress

STANDARD_INPUT = Path("-")
LONGEST_TEXT = 5_000  # characters of a row that are shown
DAMAGE = (
    OSError,
    EOFError,
    UnicodeError,
    zlib.error,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)


def named_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that the paths name, each once; a folder stands for the exports in it.

    A pattern (`orders_*.csv`) that no shell has filled in stands for the files that fit it. Raises InputError
    when a path does not exist, or a folder holds no readable kind of file.
    """
    files: dict[Path, None] = {}
    for path in chain.from_iterable(map(_fitting, paths)):
        shown = harmless(str(path))
        if path.is_dir():
            found = sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.startswith(".")
            )
            if not found:
                raise InputError(
                    _("The folder {folder} holds no exports.").format(folder=shown),
                    _("It should hold CSV, Parquet, XLSX or JSON files."),
                )
            files.update(dict.fromkeys(found))
        elif path == STANDARD_INPUT or path.exists():
            files[path] = None
        else:
            raise InputError(
                _("There is no file {file}.").format(file=shown), _("Check the name and the folder.")
            )
    return list(files)


def _fitting(path: Path) -> list[Path]:
    """Return the paths that fit a pattern; a path that exists, or that nothing fits, stands for itself."""
    if path.exists() or not set("*?[") & set(str(path)):
        return [path]
    return sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) or [path]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that can't be read, and why; `within` tells that it is one of several in an archive."""

    problem: InputError
    within: bool


def open_tables(
    paths: Sequence[Path], workspace: Workspace, progress: Progress
) -> Iterator[RawTable | Refused]:
    """Yield the tables of each file, or why it can't be read; progress is in bytes over all files."""
    meter = Meter(progress, "reading")
    paths = [_spooled(workspace, meter) if path == STANDARD_INPUT else path for path in paths]
    meter.expect(meter.done + sum(path.stat().st_size for path in paths))
    for path, name in shown_names(paths):
        file = Pass(meter, path.stat().st_size, name if len(paths) > 1 else "")
        file.at(0)
        try:
            yield from _tables(path, name, workspace, file.at)
        except InputError as problem:
            yield Refused(problem, within=False)
        file.end()


def shown_names(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each path with the name under which it is shown: with its folder where names repeat."""
    namesakes = Counter(path.name for path in paths)
    for path in paths:
        name = path.name if namesakes[path.name] == 1 else f"{path.parent.name}/{path.name}"
        yield path, harmless(name)


def row_texts(
    paths: Sequence[Path], files: Sequence[str], places: pl.DataFrame, encoding: str | None = None
) -> pl.DataFrame:
    """Return for rows of files (`file_no`, `record` from 1) the columns `line` (from 1) and `text`, harmless.

    `paths` are those that were read and `files` the names that the reading gave. Both columns are null where
    lines mean nothing (Parquet, spreadsheets, JSON), for standard input and for files that are gone or were
    damaged since. Each file is read once.
    """
    schema = {"file_no": pl.Int64, "record": pl.Int64, "line": pl.Int64, "text": pl.String}
    keys = places.select(pl.col("file_no", "record").cast(pl.Int64))
    found: list[tuple[int, int, int, str]] = []
    for number in keys["file_no"].unique().drop_nulls().sort():
        records = frozenset(keys.filter(pl.col("file_no") == number)["record"])
        with suppress(InputError), Workspace(encoding) as workspace:
            texts = _texts_of(paths, files[number], records, workspace)
            found += [(number, record, *place) for record, place in texts.items()]
    table = pl.DataFrame(found, schema=schema, orient="row")
    beside = keys.join(table, on=["file_no", "record"], how="left", maintain_order="left")
    return beside.select("line", "text")


def _texts_of(
    paths: Sequence[Path], file: str, records: frozenset[int], workspace: Workspace
) -> dict[int, tuple[int, str]]:
    """Return line and text of the records of one file."""
    again = [path for path in named_files(paths) if path != STANDARD_INPUT]
    for path, name in shown_names(again):
        if name != file and not file.startswith(f"{name} ›"):
            continue
        with readable(name):
            for inside, inner, kind, _tick in unpacked(path, name, workspace, lambda _done: None):
                if file in (inner, name) and kind not in ("parquet", "json", "workbook"):
                    found = find_records(inside, name, records, workspace)
                    return {
                        record: (line, harmless(text[:LONGEST_TEXT]))
                        for record, (line, text) in found.items()
                    }
    return {}


def _spooled(workspace: Workspace, meter: Meter) -> Path:
    """Copy standard input to a private file, since reading it takes more than one pass."""
    copy = workspace.new_file("standard input")
    with copy.open("wb") as out:
        while piece := sys.stdin.buffer.read(PIECE_BYTES):
            out.write(piece)
            meter.move(len(piece))
    return copy


def _tables(path: Path, name: str, workspace: Workspace, tick: Tick) -> Iterator[RawTable | Refused]:
    with readable(name):
        if not path.is_file():
            raise InputError(_("{file} is not a file.").format(file=name))
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
        for inside, inner, kind, inner_tick in unpacked(path, name, workspace, tick):
            within = "›" in inner
            shown = inner if within else name
            try:
                if isinstance(kind, InputError):
                    raise kind
                with readable(shown):
                    yield from _tables_of(inside, shown, kind, modified, workspace, tick=inner_tick)
            except InputError as problem:
                yield Refused(problem, within)


def _tables_of(
    inside: Path, shown: str, kind: Kind, modified: datetime, workspace: Workspace, *, tick: Tick
) -> Iterator[RawTable]:
    """Yield the tables of one file."""
    if kind == "parquet":
        frame, rows = read_parquet(inside, shown)
        yield RawTable(shown, modified, frame, rows)
    elif kind == "json":
        document = read_json(inside, shown, workspace, tick)
        batches = document.rows
        yield RawTable(shown, modified, batches.table(), batches.rows, (), document.warnings, batches.parts)
    elif kind == "workbook":
        book = read_workbook(inside, shown, workspace.memory, tick)
        for sheet, cells in book.sheets:
            title = f"{shown} › {harmless(sheet)}" if len(book.sheets) > 1 else shown
            yield RawTable(title, modified, cells.lazy(), cells.height, warnings=book.warnings)
    else:
        text = read_delimited(inside, shown, workspace, tick)
        yield RawTable(shown, modified, text.frame, text.rows, text.assumptions, text.warnings, text.parts)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn whatever the libraries raise on a damaged file into one sentence; a panic is no Exception."""
    try:
        yield
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno:
            raise InputError(
                _("{file} can't be read: {reason}.").format(file=name, reason=os.strerror(error.errno))
            ) from error
        raise InputError(
            _("{file} is damaged or incomplete.").format(file=name), _("Download or export it again.")
        ) from error
