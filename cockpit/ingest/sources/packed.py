"""Archives: each file inside becomes a private copy, up to a size that no export reaches."""

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import polars as pl

from cockpit.errors import InputError
from cockpit.formats import harmless
from cockpit.ingest.sources.sniff import SUFFIXES, Kind, kind_of
from cockpit.ingest.sources.table import Tick, Workspace
from cockpit.language import gettext as _

PIECE_BYTES = 1 << 20
LARGEST_UNPACKED = 16 << 30
NO_SEPARATOR = "\x01"
USUAL_RATIO = 8
"""How much larger an export is than its archive, where that does not tell it."""


Unpacked = tuple[Path, str, Kind | InputError, Tick]
"""A file, its name, its kind or why it can't be read, and what to tell how far its reading is."""


def unpacked(path: Path, name: str, workspace: Workspace, tick: Tick) -> Iterator[Unpacked]:
    """Yield each file that the path holds: itself, or what it packs.

    Raises InputError when an archive is encrypted, holds no exports, or unpacks to more than 16 GiB.
    """
    kind, size = kind_of(path, name), path.stat().st_size
    if kind == "gzip":
        inner = _without_suffix(name, ".gz")
        with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as stream:
            copy = _copied(stream, name, workspace, lambda _done: tick(packed.tell() // 2))
        yield copy, inner, kind_of(copy, inner), _stretch(tick, size // 2, size - size // 2, copy)
    elif kind == "zstd":
        inner, copy = _without_suffix(name, ".zst"), workspace.new_file()
        _unpack_zstd(path, copy, name, lambda done: tick(done // 2))
        yield copy, inner, kind_of(copy, inner), _stretch(tick, size // 2, size - size // 2, copy)
    elif kind == "zip":
        yield from _from_zip(path, name, workspace, tick)
    else:
        yield path, name, kind, tick


def _stretch(tick: Tick, start: int, units: int, copy: Path) -> Tick:
    """Return what counts the bytes of an unpacked copy as `units` of the archive, from `start` on."""
    size = copy.stat().st_size
    return lambda done: tick(start + units * min(done, size) // max(size, 1) if done else 0)


def _unpack_zstd(path: Path, copy: Path, name: str, tick: Tick) -> None:
    """Unpack by way of the CSV reader, which knows zstd (Python 3.11 does not): each line is one cell.

    What of the file is read it does not tell; the size of the copy so far does, beside what it will be.
    """
    size = path.stat().st_size
    whole = _unpacked_size(path) or size * USUAL_RATIO
    lines = pl.scan_csv(
        path,
        has_header=False,
        schema={"line": pl.String()},
        separator=NO_SEPARATOR,
        quote_char=None,
        glob=False,
    )
    with copy.open("wb") as out:

        def write(batch: pl.DataFrame) -> None:
            batch.write_csv(out, include_header=False, quote_style="never", separator=NO_SEPARATOR)
            if out.tell() > LARGEST_UNPACKED:
                raise _too_large(name)
            tick(size * min(out.tell(), whole) // whole)

        lines.sink_batches(write, maintain_order=True)


def _unpacked_size(path: Path) -> int | None:
    """Return the size to which the first frame of a zstd file unpacks, if it tells (RFC 8878, 3.1.1.1)."""
    with path.open("rb") as file:
        head = file.read(18)
    if len(head) < 18:
        return None
    is_single = head[4] >> 5 & 1
    length = (is_single, 2, 4, 8)[head[4] >> 6]
    at = 5 + (not is_single) + (0, 1, 2, 4)[head[4] & 3]
    size = int.from_bytes(head[at : at + length], "little")
    return size + 256 if length == 2 else size or None


def _from_zip(path: Path, name: str, workspace: Workspace, tick: Tick) -> Iterator[Unpacked]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(
            _("{file} is damaged or incomplete.").format(file=name), _("Download or export it again.")
        ) from error
    found, start = False, 0
    with archive:
        members = [member for member in archive.infolist() if _is_export(member)]
        if sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise _too_large(name)
        for member in members:
            inner = f"{name} › {harmless(PurePosixPath(member.filename).name)}"
            if member.flag_bits & 1:
                raise InputError(
                    _("{file} is protected by a password.").format(file=name),
                    _("Unpack it first, then open what was inside."),
                )
            half = member.compress_size // 2

            def report(
                done: int, start: int = start, half: int = half, whole: int = member.file_size
            ) -> None:
                tick(start + half * min(done, whole) // max(whole, 1))

            try:
                with archive.open(member) as stream:
                    copy = _copied(stream, name, workspace, report)
            except (zipfile.BadZipFile, NotImplementedError) as error:
                raise InputError(
                    _("{file} is damaged or incomplete.").format(file=name), _("Download or export it again.")
                ) from error
            found = True
            kind: Kind | InputError
            try:
                kind = kind_of(copy, inner)
            except InputError as problem:
                kind = problem
            yield copy, inner, kind, _stretch(tick, start + half, half, copy)
            start += member.compress_size
    if not found:
        raise InputError(
            _("{file} holds no exports.").format(file=name),
            _("It should hold CSV, Parquet, XLSX or JSON files."),
        )


def _is_export(member: zipfile.ZipInfo) -> bool:
    inside = PurePosixPath(member.filename)
    hidden = inside.name.startswith(".") or "__MACOSX" in inside.parts
    return not member.is_dir() and not hidden and inside.suffix.lower() in SUFFIXES


def _copied(stream: IO[bytes] | gzip.GzipFile, name: str, workspace: Workspace, report: Tick) -> Path:
    """Copy what the stream unpacks to, reporting how many bytes that are so far."""
    copy, size = workspace.new_file(), 0
    with copy.open("wb") as out:
        while piece := stream.read(PIECE_BYTES):
            size += len(piece)
            if size > LARGEST_UNPACKED:
                raise _too_large(name)
            out.write(piece)
            report(size)
    return copy


def _too_large(name: str) -> InputError:
    return InputError(
        _("{file} unpacks to more than {size} GiB.").format(file=name, size=LARGEST_UNPACKED >> 30),
        _("If it really is an export, unpack it first and open what was inside."),
    )


def _without_suffix(name: str, suffix: str) -> str:
    return name[: -len(suffix)] if name.lower().endswith(suffix) else name
