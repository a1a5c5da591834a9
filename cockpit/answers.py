"""Questions to query files become answers: figures, lists, and what they are about."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cockpit.errors import QueryError
from cockpit.figures import CustomerPage, Figures, Listing
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.values import harmless_frame, write
from cockpit.warehouse.catalog import Catalog, Column, Query
from cockpit.warehouse.connection import Reader
from cockpit.words import with_sentences

if TYPE_CHECKING:
    import polars as pl

Parameters = Mapping[str, object]


@dataclass(frozen=True)
class Answers:
    """One view of the tables, asked through the query files of a catalogue."""

    reader: Reader
    catalog: Catalog
    formatter: Formatter

    def fact(self, name: str, parameters: Parameters | None = None) -> "pl.DataFrame":
        """The rows of a fact query, as they come."""
        return self.reader.frame(self.catalog.get("fact", name).statement, parameters)

    @cached_property
    def generation(self) -> int:
        """Number of the scope that this view of the tables shows."""
        return int(self.fact("generation").item())

    def figures(self, query: Query, parameters: Parameters, most: int | None = None) -> Figures:
        """The answer of a query, its sentences filled, with the generation of the scope it saw.

        `most` is how many rows are fetched at most.
        """
        started = time.perf_counter()
        frame = self.reader.frame(query.statement, parameters, most)
        generation = self.generation
        seconds = time.perf_counter() - started
        if query.by_owner:
            frame = harmless_frame(frame)
        return Figures(
            query, with_sentences(frame, query.columns, self.formatter), parameters, generation, seconds
        )

    def listing(
        self,
        query: Query,
        about: str,
        parameters: Parameters,
        definition: Parameters,
        most: int | None = None,
    ) -> Listing:
        """The rows of a list, in the order that its header names, `most` of them at most."""
        answer = self.figures(query, parameters, most)
        keys = [key.removeprefix("-") for key in query.sort]
        descending = [key.startswith("-") for key in query.sort]
        frame = answer.frame.sort(keys, descending=descending, nulls_last=True) if keys else answer.frame
        return Listing(
            query=query,
            frame=frame,
            about=about,
            statement=query.statement,
            parameters=parameters,
            generation=answer.generation,
            seconds=answer.seconds,
            definition={"list": about, "means": query.says, **definition},
        )

    def customer(self, parameters: Parameters) -> CustomerPage:
        """Everything about the customer of `customer_key`; raises `QueryError` for one who never bought."""
        parts = {query.name: self.figures(query, parameters) for query in self.catalog.of("customer")}
        if parts["profile"].frame.is_empty():
            raise _never_bought(parts["orders"])
        at_risk = narrowed(self.catalog.get("list", "at_risk"), "customer_key = $customer_key")
        reasons = self.figures(at_risk, parameters).frame["reason"].to_list()
        return CustomerPage(
            profile=parts["profile"].frame.row(0, named=True),
            orders=parts["orders"],
            purchases=parts["purchases"],
            products=parts["products"],
            years=parts["years"],
            reasons=tuple(reasons),
        )


def narrowed(query: Query, condition: str) -> Query:
    """The same query, only the rows that meet a condition taken from a query file."""
    return replace(query, statement=query.where(condition))


def row_values(figures: Figures, row: int) -> dict[str, object]:
    """The values of a row, under the names by which conditions bind them."""
    return {f"row_{name}": value for name, value in figures.frame.row(row, named=True).items()}


def about_figure(figures: Figures, target: Column, row: int) -> str:
    """In words what stands behind a figure: the panel, the row where there are several, and the column."""
    values = figures.frame.row(row, named=True)
    parts = [figures.query.title]
    first = next(iter(figures.query.columns.values()), None)
    if first is not None and first.opens is None and len(values) > 1 and figures.query.kind != "kpi":
        raw = values.get(first.name)
        if isinstance(raw, float):
            parts.append(write(Formatter(), first, raw))
        elif raw is not None:
            parts.append(first.sentences.get(str(raw), str(raw)))
    parts.append(target.heading)
    return " › ".join(parts)


def _never_bought(orders: Figures) -> QueryError:
    """Why there is nothing to show of somebody: no order of theirs counts, or nobody is meant."""
    reasons = orders.frame.get_column("reason").value_counts(sort=True).rows()
    if not reasons:
        return QueryError(_("There is no such customer."))
    says = orders.query.columns["reason"].sentences
    listed = ", ".join(f"{count} {_(says.get(reason, reason))}" for reason, count in reasons)
    return QueryError(
        _("No order of this customer counts: {reasons}.").format(reasons=listed),
        _("There is a page only for those who bought; the panel Data lists orders that are left out."),
    )
