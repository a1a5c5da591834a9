"""Order exports become canonical orders; polars only, nothing here knows duckdb."""
