"""Moments whose zone the file tells, brought to the shop's own clock."""

import polars as pl

from cockpit.ingest.values.dates import EPOCH_MILLISECONDS, EPOCH_SECONDS

OFFSET = r":\d{2}(?:[.,]\d+)? ?(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?$"
UNIVERSAL = rf"\d ?(?:Z|z|UTC|GMT)$|{EPOCH_SECONDS}|{EPOCH_MILLISECONDS}"


def local_moments(cells: pl.Series, clock: pl.Series, zone: str, *, in_utc: bool) -> tuple[pl.Series, int]:
    """Return the moments in the zone (IANA name), and how many of them the file tells the offset of.

    `clock` is what the cells show, as Datetime; a moment of which neither its cell nor `in_utc` (all are UTC)
    tells the offset stays as shown.
    """
    stored = cells.dtype
    if isinstance(stored, pl.Datetime) and stored.time_zone:
        told = clock.is_not_null()
        there = cells.cast(pl.Datetime("us", stored.time_zone)).dt.convert_time_zone(zone)
        return there.dt.replace_time_zone(None).set(~told, None), int(told.sum())
    behind = _offsets(cells.cast(pl.String)) if stored == pl.String or stored.is_numeric() else None
    frame = pl.DataFrame({"clock": clock, "offset": behind})
    offset = pl.col("offset").cast(pl.Duration("us"))
    if in_utc:
        offset = offset.fill_null(pl.duration(microseconds=0, time_unit="us"))
    moved = (pl.col("clock") - offset).dt.replace_time_zone("UTC").dt.convert_time_zone(zone)
    found = frame.select(
        pl.coalesce(moved.dt.replace_time_zone(None), "clock").alias(clock.name),
        told=offset.is_not_null() & pl.col("clock").is_not_null(),
    )
    return found[clock.name], int(found["told"].sum())


def _offsets(text: pl.Series) -> pl.Series:
    """Return how far the clock of each cell is ahead of UTC; null where the cell does not tell."""
    parts = text.str.extract_groups(OFFSET).struct.unnest()
    sign = pl.when(pl.col("sign") == "-").then(-1).otherwise(1)
    minutes = pl.col("hours").cast(pl.Int64) * 60 + pl.col("minutes").cast(pl.Int64).fill_null(0)
    told = pl.when(pl.col("sign").is_not_null()).then(pl.duration(minutes=sign * minutes, time_unit="us"))
    nothing = pl.duration(microseconds=0, time_unit="us")
    universal = pl.when(text.str.contains(UNIVERSAL)).then(nothing)
    return parts.select(pl.coalesce(told, universal)).to_series()
