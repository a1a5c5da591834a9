"""How the tables of a shop are made: for everyone, for those of a filter, and beside what is in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cockpit import opened, strip
from cockpit.answers import Answers
from cockpit.asked import calendar_of
from cockpit.conditions import Condition
from cockpit.figures import Facts
from cockpit.outlook import FITS
from cockpit.progress import Meter
from cockpit.settings import Settings
from cockpit.state import State
from cockpit.warehouse import scope, tables
from cockpit.warehouse.catalog import Query
from cockpit.warehouse.connection import Writer
from cockpit.workbench import fields_of


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes tables with a writer; its answers are those that the writer sees."""

    writer: Writer
    answers: Answers

    def build(
        self,
        queries: tuple[Query, ...],
        chosen: Settings,
        reading: opened.Reading,
        *,
        generation: int,
        meter: Meter | None = None,
        orders: int = 0,
    ) -> Facts:
        """Build these tables under these settings, with everyone in scope, and return the facts.

        `meter` and `orders` as for `tables.build`. Raises `InputError` where no order is left.
        """
        writer, catalog = self.writer, self.answers.catalog
        parameters = {**opened.choices(chosen, reading.today), "generation": generation}
        meter = tables.build(writer, queries, parameters, FITS, meter=meter, orders=orders)
        facts = opened.facts(self.answers, reading)
        scope.widen(writer, catalog)
        if any(query.name == tables.STANDINGS for query in queries):
            spans, window = strip.spans(facts, chosen), facts.window.days
            tables.stand(writer, catalog, spans, window, meter=meter, orders=orders)
            tables.keep_sums_of_everyone(writer, catalog)
        return facts

    def narrow(self, conditions: Sequence[Condition], generation: int) -> None:
        """Let the tables be about those who meet all conditions, without any about everyone.

        Raises `UsageError` as `scope.narrow` does.
        """
        writer, catalog = self.writer, self.answers.catalog
        if conditions:
            scope.narrow(writer, catalog, conditions, fields_of(self.answers))
            tables.add_up(writer, catalog)
        else:
            scope.widen(writer, catalog)
            tables.take_sums_of_everyone(writer, catalog)
        writer.run(catalog.get("table", "scope_generation").statement, {"generation": generation})

    def make_beside(
        self, query: Query, chosen: Mapping[str, Any], state: State, others: Collection[str]
    ) -> None:
        """Make those tables anew (`others`) that a query wants for other parameters than are in force."""
        writer, catalog = self.writer, self.answers.catalog
        if "standings" in others:
            tables.stand(writer, catalog, state.spans_beside(chosen), chosen["window"], "scope")
        if "visits" in others:
            tables.visit(writer, catalog, calendar_of(query, chosen), chosen["window"])
        for table in tables.LOOKING_BACK:
            if table in others:
                tables.look_back(writer, catalog, table, chosen["as_of"])
