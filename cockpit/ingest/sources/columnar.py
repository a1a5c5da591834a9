"""Parquet: typed columns, used as they are."""

from pathlib import Path

import polars as pl

from cockpit.errors import InputError
from cockpit.ingest.sources.pages import is_sound
from cockpit.language import gettext as _

MAGIC = b"PAR1"
ENCRYPTED = b"PARE"


def read_parquet(path: Path, name: str) -> tuple[pl.LazyFrame, int]:
    """Return a lazy frame over the file and its number of rows.

    Raises InputError when the file was cut off, is damaged or encrypted, or has no rows.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        end = file.read(4)
    if end == ENCRYPTED:
        raise InputError(
            _("{file} is encrypted.").format(file=name), _("Export it again without encryption.")
        )
    if end != MAGIC:
        raise InputError(
            _("{file} is not a complete Parquet file: its end is missing.").format(file=name),
            _("Download or export it again."),
        )
    if not is_sound(path):
        raise InputError(
            _("{file} is damaged or incomplete.").format(file=name), _("Download or export it again.")
        )
    frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    rows = int(frame.select(pl.len()).collect().item())
    if not rows:
        raise InputError(
            _("{file} has a header but no data rows.").format(file=name),
            _("Export a period in which the shop had orders."),
        )
    return frame, rows
