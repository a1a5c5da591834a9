"""Order exports become canonical orders; polars only, nothing here knows duckdb."""

from cockpit.ingest.intake import Intake
from cockpit.ingest.reading import read
from cockpit.ingest.sources import row_texts

__all__ = ["Intake", "read", "row_texts"]
