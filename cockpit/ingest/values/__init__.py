"""Cells become money, moments and words; a column's notation is decided over the whole column."""

from cockpit.ingest.values.dates import DateForm, Moments, ShownMoments, read_moments
from cockpit.ingest.values.money import Amounts, Notation, ShownNumbers, read_amounts
from cockpit.ingest.values.units import currencies_of
from cockpit.ingest.values.zones import local_moments

__all__ = [
    "Amounts",
    "DateForm",
    "Moments",
    "Notation",
    "ShownMoments",
    "ShownNumbers",
    "currencies_of",
    "local_moments",
    "read_amounts",
    "read_moments",
]
