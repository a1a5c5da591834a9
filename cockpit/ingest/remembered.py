"""Mappings that the owner wants kept: which column is which, for every file with the same header.

They stand in `mappings.toml` in the owner's config folder: one table for each header, under its hash.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cockpit.errors import CockpitError
from cockpit.files import write_whole
from cockpit.formats import harmless
from cockpit.ingest.dialects import plain
from cockpit.ingest.dialects.catalog import FIELDS
from cockpit.ingest.dialects.detector import owned
from cockpit.ingest.intake import Notes
from cockpit.language import gettext as _
from cockpit.settings import Settings, config_folder

FILE_NAME = "mappings.toml"
HEADING = "# Which column is which, by the header of the file; written by --remember, and yours to edit.\n"

Mappings = dict[str, dict[str, str]]


def with_remembered(file: str, header: Sequence[str], settings: Settings, notes: Notes) -> Settings:
    """Return the settings with the mapping that is remembered for this header, if the owner names none."""
    if settings.columns:
        return settings
    found = _read(notes).get(_key(header), {})
    columns = {field: column for field, column in found.items() if field in FIELDS and column in header}
    if not columns:
        return settings
    listed = ", ".join(f"{field} = {column}" for field, column in columns.items())
    notes.assume(
        _("{file}: columns are mapped as you had them remembered: {listed} (in {place}).").format(
            file=file, listed=listed, place=harmless(str(_place()))
        )
    )
    return replace(settings, columns=columns)


def remember(headers: Sequence[Sequence[str]], columns: Mapping[str, str], notes: Notes) -> None:
    """Keep the mapping for files with these headers; where that can't be written, warn and go on."""
    kept = _read(notes)
    for header in headers:
        by_plain = {plain(name): name for name in reversed(header)}
        own = owned(header, columns)
        if own:
            kept[_key(header)] = {
                field: column if column in header else by_plain[plain(column)]
                for field, column in own.items()
            }
    text = HEADING + "".join(
        f"\n[{key}]\n" + "".join(f"{field} = {_quoted(column)}\n" for field, column in mapping.items())
        for key, mapping in kept.items()
    )
    place = _place()

    def write(file: BinaryIO) -> None:
        file.write(text.encode())

    try:
        with suppress(OSError):  # what stands in the way is said by the writing
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, write, overwrite=True)
    except CockpitError as error:
        notes.warn(_("The mapping is not remembered: {problem}").format(problem=error.problem))
        return
    notes.assume(
        _("The mapping is remembered in {place}, for files with the same header.").format(
            place=harmless(str(place))
        )
    )


def _read(notes: Notes) -> Mappings:
    try:
        parsed = tomllib.loads(_place().read_text("utf-8"))
    except OSError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        notes.warn(_("{place} is not TOML and is not used.").format(place=harmless(str(_place()))))
        return {}
    return {
        key: {field: column for field, column in mapping.items() if isinstance(column, str)}
        for key, mapping in parsed.items()
        if isinstance(mapping, dict)
    }


def _place() -> Path:
    return config_folder() / FILE_NAME


def _key(header: Sequence[str]) -> str:
    """Return what files with the same columns share, whatever their case, blanks and signs."""
    return hashlib.sha256("\n".join(plain(name) for name in header).encode()).hexdigest()[:32]


def _quoted(text: str) -> str:
    return json.dumps(harmless(text), ensure_ascii=False)  # of plain text JSON and TOML write the same
