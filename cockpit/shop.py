"""Shop: an opened export, and the one face that the screen, the command line and notebooks use."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cockpit import backtest, opened, strip
from cockpit.ahead import Foresight
from cockpit.answers import Answers, about_figure, narrowed, row_values
from cockpit.asked import Asked, made_for_others
from cockpit.backtest import Backtest
from cockpit.building import Builder
from cockpit.conditions import Condition, parse
from cockpit.errors import QueryError
from cockpit.figures import CustomerPage, Facts, Figures, Kpi, Listing, Span
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.progress import Meter, Progress, silent
from cockpit.settings import Settings
from cockpit.side_by_side import side_by_side
from cockpit.state import State
from cockpit.warehouse import tables
from cockpit.warehouse.catalog import Catalog, Kind, Query, load_catalog
from cockpit.warehouse.connection import Reader, Ticket, Warehouse, Writer
from cockpit.workbench import Draft, FieldValues, Workbench

if TYPE_CHECKING:
    import polars as pl

    from cockpit.ingest import Intake

__all__ = ["Draft", "FieldValues", "Shop", "Ticket"]

_PARAMETERS = {"value": "value_basis"}


class Shop(Workbench):
    """An opened export. Open it with `Shop.open`, ask, and close it (or use it in a `with`).

    Every answer may be asked for from any thread; a `Ticket` given with the question cancels it.
    """

    def __init__(
        self, warehouse: Warehouse, catalog: Catalog, intake: "Intake", settings: Settings, today: date
    ) -> None:
        self._warehouse = warehouse
        self._catalog = catalog
        self._settings = settings
        self._reading = opened.Reading(intake.currency, intake.assumptions, intake.warnings, today)
        self._formatter = Formatter.for_currency(intake.currency)
        self._conditions = tuple(parse(text) for text in settings.filters)
        self._generation = 0
        self._states: dict[int, State] = {}
        self._asked = Asked()
        self._foresight = Foresight(warehouse, self._narrowed)
        self._changing = threading.Lock()
        self._paths: tuple[Path, ...] = ()
        self.facts: Facts

    @classmethod
    def open(
        cls,
        *files: str | Path,
        settings: Settings | None = None,
        progress: Progress = silent,
        today: date | None = None,
        ticket: Ticket | None = None,
    ) -> Self:
        """Load one or more exports of one shop.

        Raises `InputError` when nothing usable loads, `UsageError` for settings that don't fit the shop, and
        lets through the `Cancelled` of `progress`; the ticket stops what `progress` isn't told of. `today`
        stands in for the machine's date.
        """
        from cockpit import ingest

        settings = settings or Settings()
        catalog = load_catalog(settings.queries)
        strip.check_goals(settings.goals, catalog)
        intake = ingest.read([Path(file) for file in files], settings, progress, catalog.words)
        warehouse = Warehouse(settings.memory, settings.threads)
        try:
            parts = intake.parts
            built, orders = catalog.build_order(), intake.order_parts.height
            meter = Meter(progress, "tables", sum(frames.height for frames in parts))
            meter.expect(sum(rows for stage, rows in tables.effort(built, orders) if stage == "tables"))
            with warehouse.writing(ticket) as writer:
                tables.load(writer, dict(zip(tables.ARRIVING, parts, strict=True)), meter)
                tables.load_dictionary(writer, catalog)
            shop = cls(warehouse, catalog, intake, settings, today or date.today())
            shop._paths = tuple(Path(file) for file in files)
            shop._rebuild(built, shop.settings, meter, orders, ticket)
            shop._catalog = shop._tried(shop._catalog)
        except BaseException:
            warehouse.close()
            raise
        finally:
            intake.close()
        return shop

    def close(self) -> None:
        """Stop whatever runs and give the memory back."""
        self._warehouse.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def interrupt(self) -> None:
        """Cancel every question that is being asked."""
        self._warehouse.interrupt()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The active filter: all of these hold."""
        return self._conditions

    @property
    def generation(self) -> int:
        """Number of the scope that answers are about: filters, changes and adopted forecasts raise it."""
        return self._generation

    @property
    def state(self) -> State:
        """What is in force."""
        return self._states[self._generation]

    @property
    def span(self) -> Span:
        """The span of the strip's rates: the owner's own period, or the chosen grain up to the as-of date."""
        return strip.span_of(self.facts, self._settings)

    def queries(self, *kinds: Kind) -> tuple[Query, ...]:
        """The query files of these kinds."""
        return self._catalog.of(*kinds)

    # -- choices ------------------------------------------------------------------------------------

    def filter(self, conditions: Sequence[Condition]) -> None:
        """Narrow every panel and list to the customers who meet all conditions; none: everyone.

        Raises `UsageError` for a field that does not exist or a value that is not of its type; the filter
        then stays as it was.
        """
        with self._changing:
            state = self._foresight.take(tuple(conditions))
            if state is None:
                with self._warehouse.writing() as writer:
                    state = self._narrowed(writer, conditions)
            self._adopt(state)

    def prepare(self, conditions: Sequence[Condition] | None, in_view: Sequence[Query] = ()) -> None:
        """Make a filter ready that may be the next one, and what is in view under it; None: none is likely.

        What is in view are figures of the strip, and panels as they were asked last. Returns at once. What is
        wrong with the conditions is left to `filter` to say.
        """
        if self._changing.acquire(blocking=False):
            try:
                likely = None if conditions is None else tuple(conditions)
                likely = None if likely == self._conditions else likely
                self._foresight.expect(likely, partial(self._foresee, tuple(in_view)))
            finally:
                self._changing.release()

    def change(self, **choices: object) -> None:
        """Change settings in force (`window`, `as_of`, `value`, `zero_orders`, `period`) and what they touch.

        Raises `InputError` when no order would be left; the choices then stay as they were.
        """
        with self._changing:
            chosen, touched = self._chosen(choices)
            self._rebuild(touched, chosen)

    # -- questions ----------------------------------------------------------------------------------

    def kpi_names(self) -> tuple[str, ...]:
        """Names of the figures of the strip."""
        return tuple(query.name for query in self._catalog.of("kpi"))

    def kpi(self, name: str, ticket: Ticket | None = None) -> Kpi:
        """One figure of the strip with its interval, its base, its goal, and what it was before."""
        return self._kpis([name], ticket)[name]

    def kpis(self, names: Sequence[str], ticket: Ticket | None = None) -> dict[str, Kpi]:
        """Figures of the strip by name, all of one view of the tables."""
        half = len(names) // 2
        one, other = side_by_side(*(partial(self._kpis, of, ticket) for of in (names[:half], names[half:])))
        found = one | other
        generations = {kpi.figures.generation for kpi in found.values()}
        return found if len(generations) == 1 else self._kpis(names, ticket)

    def what_if(self, ticket: Ticket | None = None, **choices: object) -> dict[str, Kpi]:
        """The strip as it would read under other settings (as for `change`), without adopting them.

        Its figures can't be opened. Raises `InputError` when no order would be left.
        """
        chosen, touched = self._chosen(choices)
        with self._warehouse.writing(ticket, keep=False) as writer:
            answers = self._answers(writer)
            facts = self._build(writer, touched, chosen)
            return {
                query.name: strip.measure(answers, query, facts, chosen) for query in self._catalog.of("kpi")
            }

    def panel(self, name: str, ticket: Ticket | None = None, **parameters: object) -> Figures:
        """The figures of one panel query; `parameters` override the ones in force (`grain`, `window`, …)."""
        query = self._catalog.get("panel", name)
        with self._asking(ticket) as (answers, state):
            chosen: dict[str, Any] = {**state.in_force, **parameters}
            if not made_for_others(self._catalog, query, chosen, state):
                return self._asked.panel(answers, state, query, chosen)
        with self._warehouse.writing(ticket, keep=False) as writer:
            answers, state = self._seen_by(writer)
            chosen = {**state.in_force, **parameters}
            others = made_for_others(self._catalog, query, chosen, state)
            Builder(writer, answers).make_beside(query, chosen, state, others)
            return self._asked.panel(answers, state, query, chosen)

    def listing(self, name: str, ticket: Ticket | None = None) -> Listing:
        """A list by its name: `at_risk`, `lapsed`, `customers` …"""
        query = self._catalog.get("list", name)
        return self._list(query, query.title, {}, ticket)

    def open_figure(
        self, figures: Figures, column: str, row: int = 0, ticket: Ticket | None = None
    ) -> Listing:
        """The rows behind one figure: their count, or the sum they say, is the figure.

        Raises `QueryError` for a figure behind which nothing stands, and for one that an earlier filter made.
        """
        target = figures.opens(column, row)
        if target is None or target.opens is None:
            raise QueryError(_("Nothing stands behind this figure."))
        if figures.generation != self._generation:
            raise _out_of_date()
        query = self._catalog.get("list", target.opens_in)
        parameters = {**figures.parameters, **row_values(figures, row)}
        about = about_figure(figures, target, row)
        listing = self._list(narrowed(query, target.opens), about, parameters, ticket)
        if listing.generation != figures.generation:
            raise _out_of_date()
        return listing

    def ask_again(self, listing: Listing, ticket: Ticket | None = None) -> Listing:
        """The same question as a list answers, under the filter now in force."""
        query = replace(listing.query, statement=listing.statement)
        return self._list(query, listing.about, listing.parameters, ticket)

    def customer(self, customer_key: int, ticket: Ticket | None = None) -> CustomerPage:
        """Everything about one customer; raises `QueryError` for a key without purchases."""
        with self._asking(ticket) as (answers, state):
            return answers.customer({**state.in_force, "customer_key": customer_key})

    def backtest(self, progress: Progress = silent, ticket: Ticket | None = None) -> Backtest | None:
        """Test the forecast on the shop's own past, and adopt what does best; None where there is none.

        Slow on a big shop: for a thread of its own. `progress` or the ticket stop it; nothing is adopted
        then, nor when what counts was changed meanwhile.
        """
        definitions = self._settings

        def look(day: date, horizon: int, one_of: int) -> "pl.DataFrame":
            with self._warehouse.reading(ticket) as reader:
                wanted = {"day": day, "horizon": horizon, "one_of": one_of}
                return self._answers(reader).fact("snapshot", wanted)

        with self._warehouse.reading(ticket) as reader:
            model = self._answers(reader).fact("purchase_model")
        if model["why_null"][0] is not None:
            return None
        facts = self.facts
        found = backtest.run(look, model, facts.first_day, facts.as_of, facts.customers, progress=progress)
        with self._changing:
            if self._settings != definitions:
                return found
            with self._warehouse.writing(ticket) as writer:
                for name, table in found.tables().items():
                    writer.load(name, table)
                if found.chances is not None:
                    writer.load("chosen_chances", found.chances)
                    writer.run(self._catalog.get("table", "customer_facts").statement)
                self._narrow(writer, self._conditions)
                state = self._promise(self.facts, self._settings, self._conditions)
            self._adopt(state)
        return found

    def raw_texts(self, places: "pl.DataFrame") -> "pl.DataFrame":
        """For rows of files (`file_no`, `record`) the columns `line` and `text`, found by reading again.

        Null where a file has no lines (Parquet, spreadsheets, JSON, standard input) or is gone.
        """
        from cockpit import ingest

        return ingest.row_texts(self._paths, self.facts.files, places, self._settings.encoding)

    # -- within -------------------------------------------------------------------------------------

    def _answers(self, reader: Reader) -> Answers:
        return Answers(reader, self._catalog, self._formatter)

    @contextmanager
    def _asking(self, ticket: Ticket | None) -> Iterator[tuple[Answers, State]]:
        """One view of the tables, and exactly what was in force when they were made."""
        with self._warehouse.reading(ticket) as reader:
            yield self._seen_by(reader)

    def _seen_by(self, reader: Reader) -> tuple[Answers, State]:
        answers = self._answers(reader)
        return answers, self._states[answers.generation]

    def _kpis(self, names: Sequence[str], ticket: Ticket | None) -> dict[str, Kpi]:
        with self._asking(ticket) as (answers, state):
            return {name: self._asked.kpi(answers, state, name) for name in names}

    def _foresee(
        self, in_view: Sequence[Query], writer: Writer, state: State, is_over: Callable[[], bool]
    ) -> None:
        """Answer in a state that may be the next what is in view under the conditions in force."""
        self._asked.again(self._answers(writer), state, self._conditions, in_view, is_over)

    def _promise(
        self,
        facts: Facts,
        settings: Settings,
        conditions: Sequence[Condition],
        defined: int | None = None,
    ) -> State:
        """What will be in force with the tables now written; known before anyone sees them."""
        generation = self._generation + 1
        state = State(facts, settings, tuple(conditions), generation, defined or generation)
        self._states[generation] = state
        return state

    def _adopt(self, state: State) -> None:
        self.facts, self._settings, self._conditions = state.facts, state.settings, state.conditions
        self._generation += 1

    def _list(
        self, query: Query, about: str, parameters: Mapping[str, object], ticket: Ticket | None
    ) -> Listing:
        with self._asking(ticket) as (answers, state):
            return answers.listing(query, about, {**state.in_force, **parameters}, state.definition)

    def _chosen(self, choices: Mapping[str, object]) -> tuple[Settings, tuple[Query, ...]]:
        chosen = replace(self._settings, **choices)  # type: ignore[arg-type]
        return chosen, self._catalog.touched_by(*(_PARAMETERS.get(name, name) for name in choices))

    def _rebuild(
        self,
        queries: tuple[Query, ...],
        chosen: Settings,
        meter: Meter | None = None,
        orders: int = 0,
        ticket: Ticket | None = None,
    ) -> None:
        with self._warehouse.writing(ticket) as writer:
            facts = self._build(writer, queries, chosen, meter, orders)
            state = self._promise(facts, chosen, self._conditions)
        self._adopt(state)

    def _build(
        self,
        writer: Writer,
        queries: tuple[Query, ...],
        chosen: Settings,
        meter: Meter | None = None,
        orders: int = 0,
    ) -> Facts:
        builder = Builder(writer, self._answers(writer))
        facts = builder.build(
            queries, chosen, self._reading, generation=self._generation, meter=meter, orders=orders
        )
        self._narrow(writer, self._conditions)
        return facts

    def _narrowed(self, writer: Writer, conditions: Sequence[Condition]) -> State:
        """Narrow the tables; what will be in force with them."""
        self._narrow(writer, conditions)
        return self._promise(self.facts, self._settings, conditions, self.state.defined)

    def _narrow(self, writer: Writer, conditions: Sequence[Condition]) -> None:
        Builder(writer, self._answers(writer)).narrow(conditions, self._generation + 1)


def _out_of_date() -> QueryError:
    return QueryError(_("The filter has changed since this figure was made."), _("Look again, then open it."))
