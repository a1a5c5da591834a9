"""What a file is, by its first bytes; its name is only believed where the bytes say nothing."""

from pathlib import Path
from typing import Literal

from cockpit.errors import InputError
from cockpit.formats import harmless
from cockpit.language import gettext as _

Kind = Literal["parquet", "text", "json", "workbook", "gzip", "zstd", "zip"]

HEAD_BYTES = 65_536
SUFFIXES: dict[str, Kind] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".txt": "text",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xlsb": "workbook",
    ".xls": "workbook",
    ".ods": "workbook",
    ".gz": "gzip",
    ".zst": "zstd",
    ".zip": "zip",
}
WORKBOOK_PARTS = (b"xl/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = (
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
)


def kind_of(path: Path, name: str) -> Kind:
    """Return what the bytes of the file are.

    Raises InputError when the file is empty, can hold no orders, or is not what its name says.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise InputError(
            _("{file} is empty.").format(file=name), _("Export the orders again, then open the new file.")
        )
    found = _by_bytes(head, name)
    said = SUFFIXES.get(Path(name).suffix.lower())
    if said is None or said == found or {said, found} == {"text", "json"}:
        return found
    raise InputError(
        _("{file} is not {said}: its content is {found}.").format(
            file=name, said=_called(said), found=_called(found)
        ),
        _("Rename it to what it is ({suffix}), or export it again.").format(suffix=_suffix(found)),
    )


def _by_bytes(head: bytes, name: str) -> Kind:
    if head.startswith((b"PAR1", b"PARE")):
        return "parquet"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if head.startswith(b"PK"):
        return "workbook" if any(part in head for part in WORKBOOK_PARTS) else "zip"
    if head.startswith(OLE):
        return "workbook"
    for signature, what in FOREIGN:
        if head.startswith(signature):
            raise InputError(
                _("{file} is {what}, not an order export.").format(file=name, what=_(what)), _export_remedy()
            )
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    _refuse_stand_ins(text, name)
    return "json" if _opens_json(text) else "text"


def _opens_json(text: bytes) -> bool:
    return text[:1] == b"{" or (text[:1] == b"[" and text[1:].lstrip()[:1] in (b"{", b"[", b"]"))


def _refuse_stand_ins(text: bytes, name: str) -> None:
    """Refuse text that stands in for data: a pointer, an address, a web page."""
    start = text[:200].lower()
    if start.startswith(b"version https://git-lfs"):
        raise InputError(
            _("{file} is a Git LFS pointer, not data.").format(file=name),
            _("Fetch the file itself (`git lfs pull`), then open it again."),
        )
    if start.startswith((b"http://", b"https://")) and len(text.split()) == 1:
        raise InputError(
            _("{file} holds only a web address, no orders: {address}").format(
                file=name, address=harmless(text.decode("utf-8", "replace"), 100)
            ),
            _("Download what is at that address, then open the downloaded file."),
        )
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise InputError(
            _("{file} is a web page or XML, not an order export.").format(file=name), _export_remedy()
        )


def _export_remedy() -> str:
    return _("Export the orders of the shop as CSV, XLSX, JSON or Parquet.")


def _called(kind: Kind) -> str:
    return {
        "parquet": _("Parquet"),
        "text": _("text that looks like CSV"),
        "json": _("JSON"),
        "workbook": _("an Excel file"),
        "gzip": _("a gzip archive"),
        "zstd": _("a zstd archive"),
        "zip": _("a zip archive"),
    }[kind]


def _suffix(kind: Kind) -> str:
    return ".csv" if kind == "text" else next(suffix for suffix, of in SUFFIXES.items() if of == kind)
