"""Canonical frames become tables, and tables are built again when a choice changes."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cockpit.progress import Progress, Step, silent
from cockpit.warehouse.catalog import Query
from cockpit.warehouse.connection import Parameters, Warehouse

if TYPE_CHECKING:
    import polars as pl

ARRIVING = ("raw_orders", "raw_lines", "raw_excluded", "files")


def load(warehouse: Warehouse, frames: "Mapping[str, pl.DataFrame]") -> None:
    """Copy the canonical frames, one for each name of `ARRIVING`, into the warehouse."""
    for name in ARRIVING:
        warehouse.load(name, frames[name])


def statements(
    queries: tuple[Query, ...], parameters: Parameters, progress: Progress = silent
) -> Iterator[tuple[str, Parameters]]:
    """What `Warehouse.build` runs for these queries, told to `progress` as it comes to each."""
    for done, query in enumerate(queries):
        progress(Step("tables", done, len(queries), query.title))
        yield query.statement, parameters
    progress(Step("tables", len(queries), len(queries)))
