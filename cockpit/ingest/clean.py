"""Text made harmless at the door, whole columns at a time: `cockpit.formats.harmless` for polars.

Nothing left of a cell is null.
"""

import polars as pl

from cockpit.formats import BREAKS, INVISIBLE

SUSPECT = rf"[{BREAKS}{INVISIBLE}]|^\s|\s$|^$"
SAMPLE = 5_000


def harmless(text: pl.Series) -> pl.Series:
    """Return the String column with every cell made harmless; a clean column comes back as it is."""
    if text.null_count() == text.len():
        return text
    if not _repeats(text):
        return _cleaned(text) if text.str.contains(SUSPECT).any() else text
    values = text.drop_nulls().unique()
    values = values.filter(values.str.contains(SUSPECT))
    return text.replace(values, _cleaned(values)) if len(values) else text


def harmless_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every String column made harmless."""
    return frame.with_columns(
        harmless(frame[name]) for name, dtype in frame.schema.items() if dtype == pl.String
    )


def _cleaned(text: pl.Series) -> pl.Series:
    spaced = text.str.replace_all(f"[{BREAKS}]+", " ")
    cleaned = spaced.str.replace_all(f"[{INVISIBLE}]", "").str.strip_chars()
    return cleaned.set(cleaned == "", None)


def _repeats(text: pl.Series) -> bool:
    """Tell whether looking at the distinct values is much less work than looking at every cell."""
    if len(text) <= SAMPLE:
        return False
    sample = text.gather_every(len(text) // SAMPLE)
    return sample.n_unique() < 0.8 * len(sample)
