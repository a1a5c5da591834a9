"""Shop: an opened export, and the one face that the screen, the command line and notebooks use."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cockpit import backtest
from cockpit.backtest import Backtest
from cockpit.conditions import Condition, parse
from cockpit.errors import InputError, QueryError
from cockpit.figures import (
    CustomerPage,
    Facts,
    Figures,
    Kpi,
    LapseWindow,
    Listing,
    Span,
    a_year_earlier,
    just_before,
    trailing_span,
)
from cockpit.outlook import FITS
from cockpit.progress import Progress, Step, silent
from cockpit.settings import Settings
from cockpit.warehouse import scope, tables
from cockpit.warehouse.catalog import BrokenQuery, Catalog, Column, Kind, Query, load_catalog
from cockpit.warehouse.connection import Reader, Ticket, Warehouse, Writer
from cockpit.words import with_sentences

if TYPE_CHECKING:
    import polars as pl

    from cockpit.ingest import Intake

__all__ = ["Shop", "Ticket"]

_PARAMETERS = {"value": "value_basis"}


class Shop:
    """An opened export. Open it with `Shop.open`, ask, and close it (or use it in a `with`).

    Every answer may be asked for from any thread; a `Ticket` given with the question cancels it.
    """

    def __init__(
        self, warehouse: Warehouse, catalog: Catalog, intake: "Intake", settings: Settings, today: date
    ) -> None:
        self._warehouse = warehouse
        self._catalog = catalog
        self._settings = settings
        self._today = today
        self._assumptions = intake.assumptions
        self._warnings = intake.warnings
        self._currency = intake.currency
        self._latest_plausible_day = today + timedelta(days=1)
        self._conditions = tuple(parse(text) for text in settings.filters)
        self._generation = 0
        self._changing = threading.Lock()
        self.facts: Facts

    @classmethod
    def open(
        cls,
        *files: str | Path,
        settings: Settings | None = None,
        progress: Progress = silent,
        today: date | None = None,
    ) -> Self:
        """Load one or more exports of one shop.

        Raises `InputError` when nothing usable loads, `UsageError` for settings that don't fit the shop, and
        lets through the `Cancelled` of `progress`. `today` stands in for the machine's date.
        """
        from cockpit import ingest

        settings = settings or Settings()
        intake = ingest.read([Path(file) for file in files], settings, progress)
        warehouse = Warehouse(settings.memory, settings.threads)
        try:
            frames = (intake.orders, intake.lines, intake.excluded, intake.files)
            progress(Step("tables"))
            with warehouse.writing() as writer:
                tables.load(writer, dict(zip(tables.ARRIVING, frames, strict=True)))
            shop = cls(warehouse, load_catalog(settings.queries), intake, settings, today or date.today())
            shop._rebuild(shop._catalog.build_order(), shop.settings, progress)
        except BaseException:
            warehouse.close()
            raise
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
    def span(self) -> Span:
        """The span of the strip's rates: the owner's own period, or the chosen grain up to the as-of date."""
        chosen = self._settings
        if chosen.period_from is not None and chosen.period_to is not None:
            return Span(chosen.period_from, chosen.period_to)
        return trailing_span(self.facts.as_of, chosen.period)

    @property
    def broken_queries(self) -> tuple[BrokenQuery, ...]:
        """Query files of the owner's that can't be used, and why."""
        return self._catalog.broken

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
            with self._warehouse.writing() as writer:
                self._narrow(writer, conditions)
            self._conditions = tuple(conditions)
            self._generation += 1

    def change(self, **choices: object) -> None:
        """Change settings in force (`window`, `as_of`, `value`, `zero_orders`, `period`) and what they touch.

        Raises `InputError` when no order would be left; the choices then stay as they were.
        """
        with self._changing:
            chosen = replace(self._settings, **choices)  # type: ignore[arg-type]
            touched = self._catalog.touched_by(*(_PARAMETERS.get(name, name) for name in choices))
            self._rebuild(touched, chosen)

    # -- questions ----------------------------------------------------------------------------------

    def kpi_names(self) -> tuple[str, ...]:
        """Names of the figures of the strip."""
        return tuple(query.name for query in self._catalog.of("kpi"))

    def kpi(self, name: str, ticket: Ticket | None = None) -> Kpi:
        """One figure of the strip with its interval, its base, and what it was a year or a span ago."""
        query = self._catalog.get("kpi", name)
        span = self.span
        earlier = (
            (a_year_earlier(span), "a year earlier"),
            (just_before(span, self._settings.period), "the span before"),
        )
        with self._warehouse.reading(ticket) as reader:
            figures = self._ask(reader, query, {**self._dates(span), "as_of": self.facts.as_of})
            previous, previous_is = None, None
            for other, label in earlier:
                if not self._reaches(query, other.last_day):
                    continue
                dates = {**self._dates(other), "as_of": self.facts.as_of}
                previous = self._ask(reader, query, dates).frame.item(0, "value")
                if previous is not None:
                    previous_is = label
                    break
        row = figures.frame.row(0, named=True)
        why = query.columns.get("why_null")
        code = row.get("why_null")
        return Kpi(
            name=name,
            title=query.title,
            says=query.says,
            unit=query.columns["value"].unit,
            value=row["value"],
            low=row.get("low"),
            high=row.get("high"),
            n=row.get("n"),
            previous=previous,
            previous_is=previous_is,
            why_null=why.sentences.get(code, code) if why is not None and code is not None else None,
            figures=figures,
        )

    def panel(self, name: str, ticket: Ticket | None = None, **parameters: object) -> Figures:
        """The figures of one panel query; `parameters` override the ones in force (`grain`, `window`, …)."""
        query = self._catalog.get("panel", name)
        with self._warehouse.reading(ticket) as reader:
            return self._ask(reader, query, {**self._in_force(), **parameters})

    def listing(self, name: str, ticket: Ticket | None = None) -> Listing:
        """A list by its name: `at_risk`, `lapsed`, `customers` …"""
        query = self._catalog.get("list", name)
        return self._list(query, query.statement, self._in_force(), query.title, ticket)

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
        values = {f"row_{name}": value for name, value in figures.frame.row(row, named=True).items()}
        parameters = {**self._in_force(), **figures.parameters, **values}
        about = self._about(figures, target, row)
        listing = self._list(query, query.where(target.opens), parameters, about, ticket)
        if listing.generation != figures.generation:
            raise _out_of_date()
        return listing

    def ask_again(self, listing: Listing, ticket: Ticket | None = None) -> Listing:
        """The same question as a list answers, under the filter now in force."""
        return self._list(listing.query, listing.statement, listing.parameters, listing.about, ticket)

    def customer(self, customer_key: int, ticket: Ticket | None = None) -> CustomerPage:
        """Everything about one customer; raises `QueryError` for a key that nobody has."""
        parameters = {"customer_key": customer_key}
        with self._warehouse.reading(ticket) as reader:
            parts = {
                query.name: self._ask(reader, query, parameters) for query in self._catalog.of("customer")
            }
            reasons = self._reasons(reader, customer_key)
        if parts["profile"].frame.is_empty():
            raise QueryError(_("There is no such customer."))
        return CustomerPage(
            profile=parts["profile"].frame.row(0, named=True),
            orders=parts["orders"],
            purchases=parts["purchases"],
            products=parts["products"],
            years=parts["years"],
            reasons=reasons,
        )

    def backtest(self, progress: Progress = silent, ticket: Ticket | None = None) -> Backtest | None:
        """Test the forecast on the shop's own past, and adopt what does best; None where there is no forecast.

        Slow on a big shop: for a thread of its own. `progress` or the ticket stop it; nothing is adopted then,
        nor when what counts was changed meanwhile.
        """
        definitions = self._settings
        query = self._catalog.get("fact", "snapshot")

        def look(day: date, horizon: int, one_of: int) -> "pl.DataFrame":
            with self._warehouse.reading(ticket) as reader:
                return reader.frame(query.statement, {"day": day, "horizon": horizon, "one_of": one_of})

        model = self._fact("purchase_model")
        if model["why_null"][0] is not None:
            return None
        facts = self.facts
        found = backtest.run(look, model, facts.first_day, facts.as_of, facts.customers, progress)
        if found.chances is not None:
            with self._changing:
                if self._settings != definitions:
                    return found
                with self._warehouse.writing(ticket) as writer:
                    writer.load("chosen_chances", found.chances)
                    writer.run(self._catalog.get("table", "customers").statement)
                self._narrow()
        return found

    def sql(self, statement: str, ticket: Ticket | None = None) -> Figures:
        """Any single select over the tables; raises `QueryError` in duckdb's words."""
        query = Query(
            name="sql",
            kind="statement",
            path=Path("sql"),
            title=_("Your statement"),
            says="",
            grain="",
            statement=statement.strip().rstrip(";"),
            params={},
            columns={},
        )
        with self._warehouse.reading(ticket) as reader:
            return self._ask(reader, query, self._in_force())

    def fields(self) -> Mapping[str, str]:
        """The customer attributes to filter by, with their duckdb types."""
        with self._warehouse.reading() as reader:
            return self._fields(reader)

    def dimensions(self, ticket: Ticket | None = None) -> tuple[str, ...]:
        """The customer attributes to break figures down by: those in words of which a value is known."""
        with self._warehouse.reading(ticket) as reader:
            found = reader.frame(self._catalog.get("fact", "dimensions").statement)
        return tuple(found["field"].to_list())

    # -- within -------------------------------------------------------------------------------------

    def _in_force(self) -> dict[str, object]:
        chosen = self._settings
        own = chosen.period_from is not None and chosen.period_to is not None
        return {
            **self._dates(self.span),
            "grain": "own" if own else chosen.period,
            "calendar": chosen.period,
            "by": "country",
            "as_of": self.facts.as_of,
        }

    def _reaches(self, query: Query, last_day: date) -> bool:
        """Whether a figure for that day would see all the days that it looks back on."""
        looks_back = {"window": self.facts.window.days or 0, "year": 365, "two_years": 730, None: 1}
        return last_day - timedelta(days=looks_back[query.looks_back]) >= self.facts.first_day - timedelta(
            days=1
        )

    def _dates(self, span: Span) -> dict[str, object]:
        return {"day_before": span.day_before, "last_day": span.last_day, "window": self.facts.window.days}

    def _ask(self, reader: Reader, query: Query, parameters: Mapping[str, object]) -> Figures:
        started = time.perf_counter()
        frame = reader.frame(query.statement, parameters)
        generation = reader.frame(self._catalog.get("fact", "generation").statement).item()
        seconds = time.perf_counter() - started
        return Figures(query, with_sentences(frame, query.columns), parameters, generation, seconds)

    def _fields(self, reader: Reader) -> Mapping[str, str]:
        kinds = dict(self._fact(reader, "fields").rows())
        return {name: kind for name, kind in kinds.items() if name not in scope.HIDDEN_FIELDS}

    def _fact(self, reader: Reader, name: str) -> "pl.DataFrame":
        return reader.frame(self._catalog.get("fact", name).statement)

    def _list(
        self,
        query: Query,
        statement: str,
        parameters: Mapping[str, object],
        about: str,
        ticket: Ticket | None,
    ) -> Listing:
        with self._warehouse.reading(ticket) as reader:
            answer = self._ask(reader, replace(query, statement=statement), parameters)
        keys = [key.removeprefix("-") for key in query.sort]
        descending = [key.startswith("-") for key in query.sort]
        frame = answer.frame.sort(keys, descending=descending, nulls_last=True) if keys else answer.frame
        return Listing(
            query=query,
            frame=frame,
            about=about,
            statement=statement,
            parameters=parameters,
            generation=answer.generation,
            seconds=answer.seconds,
            definition=self._definition(about, query),
        )

    def _about(self, figures: Figures, target: Column, row: int) -> str:
        values = figures.frame.row(row, named=True)
        first = next(iter(figures.query.columns.values()), None)
        parts = [figures.query.title]
        if (
            first is not None
            and first.opens is None
            and values.get(first.name) is not None
            and len(values) > 1
        ):
            raw = values[first.name]
            parts.append(first.sentences.get(str(raw), str(raw)))
        parts.append(target.heading)
        return " › ".join(parts)

    def _definition(self, about: str, query: Query) -> dict[str, object]:
        facts, chosen = self.facts, self._settings
        return {
            "list": about,
            "means": query.says,
            "files": list(facts.files),
            "as_of": facts.as_of.isoformat(),
            "lapse_window_days": facts.window.days,
            "period": chosen.period,
            "value": chosen.value,
            "zero_orders": chosen.zero_orders,
            "currency": facts.currency,
            "filters": [str(condition) for condition in self._conditions],
        }

    def _reasons(self, reader: Reader, customer_key: int) -> tuple[str, ...]:
        query = self._catalog.get("list", "at_risk")
        narrowed = replace(query, statement=query.where("customer_key = $customer_key"))
        found = self._ask(reader, narrowed, {**self._in_force(), "customer_key": customer_key})
        return tuple(found.frame["reason"].to_list())

    def _rebuild(self, queries: tuple[Query, ...], chosen: Settings, progress: Progress = silent) -> None:
        parameters = {
            "as_of": chosen.as_of,
            "latest_plausible_day": self._latest_plausible_day,
            "value_basis": chosen.value,
            "zero_orders": chosen.zero_orders,
            "period_from": chosen.period_from,
            "period_to": chosen.period_to,
            "window": chosen.window,
            "margin": chosen.margin,
            "discount": chosen.discount,
            "generation": self._generation,
        }
        with self._warehouse.writing() as writer:
            tables.build(writer, queries, parameters, FITS, progress)
            facts = self._read_facts(writer)
            self._narrow(writer, self._conditions)
        self.facts, self._settings = facts, chosen
        self._generation += 1

    def _narrow(self, writer: Writer, conditions: Sequence[Condition]) -> None:
        everyone = self._catalog.get("table", "scope")
        counter = self._catalog.get("table", "scope_generation")
        writer.run(everyone.statement)
        for statement, parameters in scope.narrowing(self._catalog, conditions, self._fields(writer)):
            writer.run(statement, parameters)
        writer.run(counter.statement, {"generation": self._generation + 1})

    def _read_facts(self, reader: Reader) -> Facts:
        opened = self._fact(reader, "opened").row(0, named=True)
        files = self._fact(reader, "files")
        excluded = dict(self._fact(reader, "reasons").rows())
        if not opened["orders"]:
            raise _nothing_left(excluded)
        window = LapseWindow(
            days=opened.pop("window_days"),
            why=opened.pop("why"),
            suggested_days=opened.pop("suggested_days"),
            found_days=opened.pop("found_days"),
            cap_days=opened.pop("cap_days"),
            observed_gaps=opened.pop("observed_gaps"),
        )
        return Facts(
            **opened,
            window=window,
            files=tuple(files["file"].to_list()),
            dialects=tuple(files["dialect"].to_list()),
            rows=int(files["rows"].sum()),
            today=self._today,
            currency=self._currency,
            excluded=excluded,
            assumptions=self._assumptions,
            warnings=self._warnings,
        )


def _out_of_date() -> QueryError:
    return QueryError(_("The filter has changed since this figure was made."), _("Look again, then open it."))


def _nothing_left(reasons: Mapping[str, int]) -> InputError:
    if not reasons:
        return InputError(_("There is no usable order: the file has no rows."))
    listed = ", ".join(
        f"{rows:,} {reason}" for reason, rows in sorted(reasons.items(), key=lambda item: -item[1])
    )
    return InputError(
        _("There is no usable order: every row is left out ({reasons}).").format(reasons=listed),
        _("`cockpit check FILE` shows why, row by row."),
    )
