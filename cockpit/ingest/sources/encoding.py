"""Text in any of the encodings that shops export becomes UTF-8 with newlines."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from cockpit.ingest.sources.table import Workspace

CHUNK = 1 << 22
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Utf8Text:
    """A file of UTF-8 text; `skip` is the length of its byte-order mark."""

    path: Path
    skip: int
    assumptions: tuple[str, ...] = ()


def as_utf8(path: Path, name: str, workspace: Workspace) -> Utf8Text:
    """Return the text as UTF-8: the file itself where it is that already, else a transcoded copy."""
    with path.open("rb") as file:
        head = file.read(CHUNK)
    bom, encoding = next(
        ((bom, code) for bom, code in BOMS if head.startswith(bom)), (b"", _encoding(path, head))
    )
    returns_only = b"\n" not in head and b"\r" in head.removesuffix(b"\r")
    if encoding == "utf-8" and not returns_only:
        return Utf8Text(path, len(bom))
    copy = workspace.new_file()
    with copy.open("w", encoding="utf-8", newline="") as out:
        for piece in _decoded(path, len(bom), encoding):
            out.write(piece.replace("\r", "\n") if returns_only else piece)
    said = _("{file} is read as {encoding} text.").format(file=name, encoding=encoding)
    return Utf8Text(copy, 0, () if encoding == "utf-8" else (said,))


def _encoding(path: Path, head: bytes) -> str:
    """Guess the encoding of text without a mark: the first that decodes the whole file."""
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    if max(even, odd) > len(head[:2000]) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "cp932") and JAPANESE.search(head.decode("cp932", "replace")):
        return "cp932"
    return "latin-1" if NOT_IN_CP1252.search(head) or not _decodes(path, "cp1252") else "cp1252"


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _piece in _decoded(path, 0, encoding, errors="strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, skip: int, encoding: str, errors: str = "replace") -> Iterator[str]:
    """Yield the text piece by piece; plain ASCII passes at the speed of a glance."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        file.seek(skip)
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
