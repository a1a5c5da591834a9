"""Build the tables from canonical frames, and again what a changed choice touches."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cockpit.progress import Progress, Step, silent
from cockpit.warehouse.catalog import Catalog, Query
from cockpit.warehouse.connection import Parameters, Ticket, Warehouse

if TYPE_CHECKING:
    import polars as pl

ARRIVING = ("raw_orders", "raw_lines", "raw_excluded", "files")


def load(warehouse: Warehouse, frames: "Mapping[str, pl.DataFrame]") -> None:
    """Copy the canonical frames, one for each name of `ARRIVING`, into the warehouse."""
    for name in ARRIVING:
        warehouse.load(name, frames[name])


def build(
    warehouse: Warehouse,
    queries: tuple[Query, ...],
    parameters: Parameters,
    progress: Progress = silent,
    ticket: Ticket | None = None,
) -> None:
    """Build these tables, views and macros in the order given."""
    for done, query in enumerate(queries):
        progress(Step("tables", done, len(queries), query.title))
        warehouse.build([query.statement], parameters, ticket)
    progress(Step("tables", len(queries), len(queries)))


def up_to(catalog: Catalog, name: str) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
    """The build order in two parts: all that `name` needs with itself, and the rest."""
    order = catalog.build_order()
    needed = {name}
    for query in reversed(order):
        if query.name in needed:
            needed |= set(query.needs)
    return (
        tuple(query for query in order if query.name in needed),
        tuple(query for query in order if query.name not in needed),
    )
