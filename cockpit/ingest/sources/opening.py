"""From the paths that the owner names to raw tables."""

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

import polars as pl

from cockpit.errors import InputError
from cockpit.formats import harmless
from cockpit.ingest.sources.columnar import read_parquet
from cockpit.ingest.sources.delimited import read_delimited
from cockpit.ingest.sources.sniff import SUFFIXES, kind_of
from cockpit.ingest.sources.table import RawTable, Tick, Workspace
from cockpit.progress import Progress, Step

COPY_BYTES = 1 << 20
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

    Raises InputError when a path does not exist, or a folder holds no readable kind of file.
    """
    files: dict[Path, None] = {}
    for path in paths:
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
        elif path.exists():
            files[path] = None
        else:
            raise InputError(
                _("There is no file {file}.").format(file=shown), _("Check the name and the folder.")
            )
    return list(files)


def open_tables(
    paths: Sequence[Path], workspace: Workspace, progress: Progress
) -> Iterator[tuple[Path, RawTable | InputError]]:
    """Yield each file's table, or why it can't be read; progress is in bytes over all files."""
    total = sum(path.stat().st_size for path in paths)
    before = 0
    for path in paths:
        size = path.stat().st_size

        def tick(done: int, before: int = before, size: int = size) -> None:
            progress(Step("reading", min(before + done, before + size), total))

        tick(0)
        try:
            yield path, _open(path, workspace, tick)
        except InputError as error:
            yield path, error
        before += size
    progress(Step("reading", total, total))


def _open(path: Path, workspace: Workspace, tick: Tick) -> RawTable:
    name = harmless(path.name)
    with readable(name):
        if not path.is_file():
            raise InputError(_("{file} is not a file.").format(file=name))
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
        unpacked, inner = _unpacked(path, name, workspace, tick)
        kind = kind_of(unpacked, inner)
        if kind == "parquet":
            frame, rows = read_parquet(unpacked, name)
            return RawTable(name, modified, frame, rows)
        if kind == "text":
            text = read_delimited(unpacked, name, workspace, tick)
            return RawTable(name, modified, text.frame, text.rows, text.assumptions, text.warnings)
    raise InputError(_("{file} can't be read.").format(file=name))


def _unpacked(path: Path, name: str, workspace: Workspace, tick: Tick) -> tuple[Path, str]:
    """Return the file itself, or a private unpacked copy and the name that it has without its packing."""
    if kind_of(path, name) != "gzip":
        return path, name
    copy = workspace.new_file()
    with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as unpacked, copy.open("wb") as out:
        while piece := unpacked.read(COPY_BYTES):
            out.write(piece)
            tick(packed.tell())
    return copy, name[: -len(".gz")] if name.lower().endswith(".gz") else name


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
