"""Canonical orders become tables and figures; duckdb only."""
