"""Whether a query file keeps its word: its columns are there, its figures open to what they say."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cockpit.errors import QueryError
from cockpit.warehouse.catalog import Catalog, Column, Query
from cockpit.warehouse.connection import Reader

if TYPE_CHECKING:
    import polars as pl

ROWS_TRIED = 5


def check(query: Query, catalog: Catalog, reader: Reader, parameters: Mapping[str, object]) -> None:
    """Run a query and open its figures, of at most five rows spread over the answer.

    Raises `QueryError` for the first thing that is not as the file says.
    """
    frame, file = reader.frame(query.statement, parameters), query.path.name
    absent = [name for name in query.columns if name not in frame.columns]
    if absent:
        raise QueryError(f"{file} declares the column {absent[0]}, which the answer does not have.")
    for target in {column.name: column for column in map(query.figure, query.columns) if column}.values():
        statement = catalog.get("list", target.opens_in).where(target.opens or "")
        for row in _spread(frame.height):
            figure = frame.item(row, target.name)
            if figure is None:
                continue
            values = {f"row_{name}": value for name, value in frame.row(row, named=True).items()}
            found = _added_up(reader.frame(statement, {**parameters, **values}), target, file)
            if not _same(figure, found):
                raise QueryError(
                    f"{target.name} of {file} says {figure}, but {found} stands behind it (row {row + 1})."
                )


def _added_up(rows: "pl.DataFrame", target: Column, file: str) -> float:
    if target.adds_up == "count":
        return rows.height
    summed = target.adds_up.removeprefix("sum:")
    if summed not in rows.columns or not rows[summed].dtype.is_numeric():
        raise QueryError(f"{target.name} of {file} adds up {summed}, no number of {target.opens_in}.")
    return float(rows[summed].sum())


def _same(figure: object, found: float) -> bool:
    return isinstance(figure, int | float) and math.isclose(figure, found, rel_tol=1e-6, abs_tol=0.005)


def _spread(height: int) -> Iterator[int]:
    """At most `ROWS_TRIED` row numbers from the first to the last."""
    if height <= ROWS_TRIED:
        yield from range(height)
    else:
        yield from sorted({n * (height - 1) // (ROWS_TRIED - 1) for n in range(ROWS_TRIED)})
