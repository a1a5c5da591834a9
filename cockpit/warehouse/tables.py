"""Canonical frames become tables, and tables are built again when a choice changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from cockpit.progress import Meter, Stage, silent
from cockpit.warehouse.catalog import Catalog, Query
from cockpit.warehouse.connection import Parameters, Writer

if TYPE_CHECKING:
    import polars as pl

ARRIVING = ("raw_orders", "raw_lines", "raw_excluded", "files")

Spans = Sequence[tuple[date, date]]
"""Of each span the day before it and its last day."""

Fit = Callable[["pl.DataFrame"], "pl.DataFrame"]
"""Makes a table of model parameters, or of scores, out of what its query file asks for."""


GREAT = ("one row per customer", "one row per eligible order", "one row per person")
"""How the grain of tables begins that all orders have to be gone through for."""

STANDINGS = "standings"
"""The table that is filled only when all others are there."""
OF_STANDINGS = ("standing_kinds", "span_totals", "span_sums", "sums_of_everyone")
"""Tables that are made of it, whenever it is filled."""

LOOKING_BACK = ("two_spans", "year_behind")
"""Tables of spans that end on the as-of date."""


class Arriving(Protocol):
    """Frames of one schema, and what is known to be the same in each row of all of them."""

    @property
    def alike(self) -> Mapping[str, str | int | None]:
        """Columns and what they hold."""

    def taken(self) -> "Iterator[pl.DataFrame]":
        """Yield the frames, letting go of each."""


def load(writer: Writer, arriving: Mapping[str, Arriving], meter: Meter | None = None) -> None:
    """Move the canonical frames, for each name of `ARRIVING`, into the warehouse."""
    meter = meter or Meter(silent, "tables")
    for name in ARRIVING:
        frames = arriving[name]
        alike, roomless = frames.alike, None
        for part in frames.taken():
            meter.move()
            if roomless is None:
                roomless = writer.create(name, part, alike)
            writer.append(name, part.drop(roomless))
            meter.move(part.height)


def load_dictionary(writer: Writer, catalog: Catalog) -> None:
    """Make the data dictionary a table beside those that it describes."""
    import polars as pl

    writer.load("dictionary", pl.DataFrame(catalog.dictionary()))


def effort(queries: tuple[Query, ...], orders: int) -> list[tuple[Stage, int]]:
    """Return for each query the stage it belongs to, and the rows that it is taken to go through.

    From the first model on, all belongs to the forecast. A model, a table of customers or orders, and the
    standings cost as many rows as there are orders; others nothing.
    """
    stage: Stage = "tables"
    efforts: list[tuple[Stage, int]] = []
    for query in queries:
        stage = "forecast" if query.kind == "fitted" else stage
        great = query.kind == "table" and query.grain.startswith(GREAT)
        costs = great or query.kind == "fitted" or query.name == STANDINGS
        efforts.append((stage, orders if costs else 0))
    return efforts


def stand(
    writer: Writer,
    catalog: Catalog,
    spans: Spans,
    window: int | None,
    who: Literal["everyone", "scope"] = "everyone",
    *,
    meter: Meter | None = None,
    orders: int = 0,
) -> None:
    """Fill the standings of everyone, or of those in scope, at the ends of these spans, and add them up.

    `window` is the lapse window in days. `meter` expects the `effort` of the standings of so many orders.
    """
    import polars as pl

    meter = meter or Meter(silent, "tables")
    writer.load("strip_spans", pl.DataFrame(spans, ["day_before", "last_day"], orient="row"))
    table, of_one = catalog.get("table", STANDINGS), catalog.get("span", STANDINGS)
    writer.run(table.statement)
    for number, (day_before, last_day) in enumerate(spans, start=1):
        meter.move(0, table.title)
        dates = {"day_before": day_before, "last_day": last_day}
        writer.run(of_one.statement, {**dates, "window": window, "who": who, "number": number})
        meter.move(orders * number // len(spans) - orders * (number - 1) // len(spans))
    writer.run(catalog.get("table", "standing_kinds").statement)
    add_up(writer, catalog)


def visit(writer: Writer, catalog: Catalog, calendar: str, window: int | None) -> None:
    """Make the visits by these periods (`month`, `quarter` or `year`) under this lapse window in days."""
    writer.run(catalog.get("span", "visits").statement, {"calendar": calendar, "window": window})


def add_up(writer: Writer, catalog: Catalog) -> None:
    """Make the sums of the spans of the standings anew, for the customers who are in scope now."""
    for name in ("span_totals", "span_sums"):
        writer.run(catalog.get("table", name).statement)


def keep_sums_of_everyone(writer: Writer, catalog: Catalog) -> None:
    """Keep the sums, with everyone in scope, for when everyone is again."""
    writer.run(catalog.get("table", "sums_of_everyone").statement)


def take_sums_of_everyone(writer: Writer, catalog: Catalog) -> None:
    """Let the sums be those of everyone, which are known."""
    writer.run(catalog.get("span", "sums_of_everyone").statement)


def look_back(writer: Writer, catalog: Catalog, name: str, as_of: object) -> None:
    """Let a table of spans up to the as-of date be what it is as of another day."""
    writer.run(catalog.get("table", name).statement, {"as_of": as_of})


def build(
    writer: Writer,
    queries: tuple[Query, ...],
    parameters: Parameters,
    fits: Mapping[str, Fit],
    *,
    meter: Meter | None = None,
    orders: int = 0,
) -> Meter:
    """Build these in order. A table of kind `fitted` is what `fits[name]` makes of its query's answer.

    `meter` counts the stage of the tables, and has been told to expect their `effort` for so many orders.
    Return the meter of the last stage, which expects the effort of the standings still, where they are built.
    """
    queries = tuple(query for query in queries if query.name not in OF_STANDINGS)
    efforts = effort(queries, orders)
    meter = meter or Meter(silent, "tables")
    for query, (stage, rows) in zip(queries, efforts, strict=True):
        if stage != meter.stage:
            meter = Meter(meter.progress, stage, sum(rows for of, rows in efforts if of == stage))
        meter.move(0, query.title)
        if query.kind == "fitted":
            writer.load(query.name, fits[query.name](writer.frame(query.statement, parameters)))
        else:
            writer.run(query.statement, parameters)
        meter.move(0 if query.name == STANDINGS else rows)
    return meter
