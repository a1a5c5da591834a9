"""Text in any of the encodings that shops export becomes UTF-8 with newlines."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cockpit.errors import InputError
from cockpit.ingest.sources.table import Tick, Workspace
from cockpit.language import gettext as _

CHUNK = 1 << 22
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
GLANCE = 8
"""Looking through text for its encoding is taken for this part of the work of reading it."""


@dataclass(frozen=True, slots=True)
class Utf8Text:
    """A file of UTF-8 text; `skip` is the length of its byte-order mark."""

    path: Path
    skip: int
    assumptions: tuple[str, ...] = ()


def as_utf8(path: Path, name: str, workspace: Workspace, tick: Tick) -> Utf8Text:
    """Return the text as UTF-8: the file itself where it is that already, else a transcoded copy.

    A byte-order mark goes before the encoding that the owner names. Raises InputError where the text is not
    in that one.
    """
    with path.open("rb") as file:
        head = file.read(CHUNK)
    bom, marked = next(((bom, code) for bom, code in BOMS if head.startswith(bom)), (b"", None))
    encoding = marked or _named(path, name, workspace.encoding, tick) or _encoding(path, head, tick)
    returns_only = b"\n" not in head and b"\r" in head.removesuffix(b"\r")
    if encoding == "utf-8" and not returns_only:
        return Utf8Text(path, len(bom))
    copy = workspace.new_file()
    with copy.open("w", encoding="utf-8", newline="") as out:
        for piece in _decoded(path, len(bom), encoding, lambda done: tick(done // 2)):
            out.write(piece.replace("\r", "\n") if returns_only else piece)
    said = _("{file} is read as {encoding} text.").format(file=name, encoding=encoding)
    return Utf8Text(copy, 0, () if encoding == "utf-8" else (said,))


def _named(path: Path, name: str, encoding: str | None, tick: Tick) -> str | None:
    """Return the encoding that the owner names, if any and if the text is in it."""
    if encoding is None or _decodes(path, encoding, tick):
        return encoding
    raise InputError(
        _("{file} is not {encoding} text.").format(file=name, encoding=encoding),
        _("Name another --encoding, or leave it to be found out."),
    )


def _encoding(path: Path, head: bytes, tick: Tick) -> str:
    """Guess the encoding of text without a mark: the first that decodes the whole file."""
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    if max(even, odd) > len(head[:2000]) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if _decodes(path, "utf-8", tick):
        return "utf-8"
    if _decodes(path, "cp932", tick) and JAPANESE.search(head.decode("cp932", "replace")):
        return "cp932"
    return "latin-1" if NOT_IN_CP1252.search(head) or not _decodes(path, "cp1252", tick) else "cp1252"


def _decodes(path: Path, encoding: str, tick: Tick) -> bool:
    try:
        for _piece in _decoded(path, 0, encoding, lambda done: tick(done // GLANCE), errors="strict"):
            pass
    except UnicodeError:
        return False
    return True


def _decoded(path: Path, skip: int, encoding: str, tick: Tick, errors: str = "replace") -> Iterator[str]:
    """Yield the text piece by piece; plain ASCII passes at the speed of a glance."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        file.seek(skip)
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
            tick(file.tell())
    yield decoder.decode(b"", final=True)
