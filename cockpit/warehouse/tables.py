"""Canonical frames become tables, and tables are built again when a choice changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from cockpit.progress import Progress, Stage, Step, silent
from cockpit.warehouse.catalog import Catalog, Query
from cockpit.warehouse.connection import Parameters, Writer

if TYPE_CHECKING:
    import polars as pl

ARRIVING = ("raw_orders", "raw_lines", "raw_excluded", "files")

Fit = Callable[["pl.DataFrame"], "pl.DataFrame"]
"""Makes a table of model parameters, or of scores, out of what its query file asks for."""


def load(
    writer: Writer, arriving: "Mapping[str, Iterable[pl.DataFrame]]", progress: Progress = silent
) -> None:
    """Copy the canonical frames, in parts of one schema for each name of `ARRIVING`, into the warehouse."""
    for name in ARRIVING:
        copy = writer.load
        for part in arriving[name]:
            progress(Step("tables"))
            copy(name, part)
            copy = writer.append


def load_dictionary(writer: Writer, catalog: Catalog) -> None:
    """Make the data dictionary a table beside those that it describes."""
    import polars as pl

    writer.load("dictionary", pl.DataFrame(catalog.dictionary()))


def build(
    writer: Writer,
    queries: tuple[Query, ...],
    parameters: Parameters,
    fits: Mapping[str, Fit],
    progress: Progress = silent,
) -> None:
    """Build these in order. A table of kind `fitted` is what `fits[name]` makes of its query's answer."""
    for done, query in enumerate(queries):
        stage: Stage = "forecast" if query.kind == "fitted" else "tables"
        progress(Step(stage, done, len(queries), query.title))
        if query.kind == "fitted":
            writer.load(query.name, fits[query.name](writer.frame(query.statement, parameters)))
        else:
            writer.run(query.statement, parameters)
    progress(Step("forecast", len(queries), len(queries)))
