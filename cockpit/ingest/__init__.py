"""Order exports become canonical orders; polars only, nothing here knows duckdb."""

from cockpit.ingest.intake import Intake
from cockpit.ingest.reading import read

__all__ = ["Intake", "read"]
