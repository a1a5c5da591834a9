"""Cells become money, moments and words; a column's notation is decided over the whole column."""

from cockpit.ingest.values.dates import Moments, read_moments
from cockpit.ingest.values.money import Amounts, read_amounts

__all__ = ["Amounts", "Moments", "read_amounts", "read_moments"]
