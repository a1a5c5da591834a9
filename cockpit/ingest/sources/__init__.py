"""Bytes become raw tables, whatever they are packed in; nothing here knows what an order is."""

from cockpit.ingest.sources.opening import Refused, open_tables, row_texts
from cockpit.ingest.sources.table import Part, RawTable, Workspace

__all__ = ["Part", "RawTable", "Refused", "Workspace", "open_tables", "row_texts"]
