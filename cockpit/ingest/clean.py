"""Text made harmless at the door, whole columns at a time: `cockpit.formats.harmless` for polars.

Nothing left of a cell is null.
"""

import polars as pl

from cockpit.formats import BREAKS, INVISIBLE

SUSPECT = rf"[{BREAKS}{INVISIBLE}]|^\s|\s$|^$"
SAMPLE = 5_000


def harmless(text: pl.Series) -> pl.Series:
    """Return the String column with every cell made harmless; a clean column comes back as it is."""
    return harmless_columns(text.to_frame()).to_series()


def harmless_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every String column made harmless."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String and _has_text(frame[name])]
    rare = [name for name in texts if not _repeats(frame[name])]
    suspect = pl.LazyFrame(frame.select(rare)).select(pl.all().str.contains(SUSPECT).any())
    suspects = suspect.collect(engine="streaming").row(0, named=True) if rare else {}
    return frame.with_columns(
        _cleaned(frame[name]) if name in suspects else _cleaned_values(frame[name])
        for name in texts
        if suspects.get(name, True)
    )


def _has_text(text: pl.Series) -> bool:
    return text.null_count() < len(text)


def _cleaned_values(text: pl.Series) -> pl.Series:
    """Clean a column by its distinct values."""
    values = text.drop_nulls().unique()
    values = values.filter(values.str.contains(SUSPECT))
    return text.replace(values, _cleaned(values)) if len(values) else text


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
