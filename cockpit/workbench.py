"""What an owner asks in words of their own: statements, files of statements, values and people to look up."""

import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from cockpit.answers import Answers
from cockpit.errors import Cancelled, InputError, QueryError
from cockpit.figures import Figures, Listing
from cockpit.files import write_whole
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.settings import Settings, queries_folder
from cockpit.state import State
from cockpit.warehouse import checks, scope
from cockpit.warehouse.catalog import BrokenQuery, Catalog, Column, Query, load_catalog, parse_query
from cockpit.warehouse.connection import Ticket, parameters_of

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 1_000_000
"""Rows of an answer that are fetched at most: a join gone wrong must not fill the memory."""
GRAIN = "rows of a statement of your own"
MOST_VALUES = 50
MOST_CUSTOMERS = 8
_WHOLE_BELOW = 9e18
_LONGEST_TRIAL = 20
_A_SECOND = {"us": 1_000_000, "ms": 1_000}
"""Ticks of the clocks that reach further than the calendar."""
_SECONDS_OF_CALENDAR = (-62_135_596_800, 253_402_300_799)
"""From the year 1 to the end of the year 9999, counted from 1970."""
_NO_PARAMETERS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to change and run.

    `query` is the query file that it was taken from, if any: unchanged it is asked as the file says, and
    changed its columns keep their units. `parameters` are bound beside those in force.
    """

    statement: str
    title: str = ""
    query: Query | None = None
    parameters: Mapping[str, object] = field(default_factory=lambda: _NO_PARAMETERS)


@dataclass(frozen=True, slots=True)
class FieldValues:
    """What is known of an attribute: its commonest values with their customers, and its two ends as text."""

    field: str
    common: tuple[tuple[str, int], ...]
    least: str | None
    most: str | None
    customers: int


class Workbench(ABC):
    """The part of a shop that answers its owner's own questions."""

    _catalog: Catalog
    _settings: Settings

    @abstractmethod
    def _asking(self, ticket: Ticket | None) -> AbstractContextManager[tuple[Answers, State]]:
        """One view of the tables, and exactly what was in force when they were made."""

    @property
    @abstractmethod
    def state(self) -> State:
        """What is in force."""

    # -- statements ---------------------------------------------------------------------------------

    @property
    def broken_queries(self) -> tuple[BrokenQuery, ...]:
        """Query files of the owner's that can't be used, and why."""
        return self._catalog.broken

    def sql(self, statement: str, ticket: Ticket | None = None) -> Figures:
        """Any single select over the tables; raises `QueryError` in duckdb's words."""
        with self._asking(ticket) as (answers, state):
            return answers.figures(_own_query(statement, {}), state.in_force)

    def ask(self, draft: Draft, ticket: Ticket | None = None) -> Listing:
        """The rows of a statement, `MOST_ROWS` at most, as a list; raises `QueryError` in duckdb's words."""
        query = draft.query
        if query is None or query.statement != draft.statement:
            query = _own_query(draft.statement, self._known_columns(draft))
        about = draft.title or query.title
        with self._asking(ticket) as (answers, state):
            parameters = {**state.in_force, **draft.parameters}
            listing = answers.listing(query, about, parameters, state.definition, MOST_ROWS)
        return replace(listing, frame=_plain_values(listing.frame))

    def draft_of(self, title: str, query: Query, statement: str, bound: Mapping[str, object]) -> Draft:
        """A statement that was run with these values, which keeps those of them that are not in force."""
        in_force = self.state.in_force
        own = {
            name: bound[name]
            for name in parameters_of(statement)
            if name in bound and (name not in in_force or in_force[name] != bound[name])
        }
        return Draft(statement, title, query, own)

    def vocabulary(self, ticket: Ticket | None = None) -> Mapping[str, tuple[str, ...]]:
        """What a statement can name: tables and macros with their columns, parameters under `$`."""
        names: dict[str, list[str]] = {}
        with self._asking(ticket) as (answers, state):
            dictionary = answers.figures(self._catalog.get("list", "dictionary"), {}).frame
            fields = answers.fact("fields")["field"].to_list()
        for table, column in dictionary.select("name", "column").rows():
            names.setdefault(table, []).append(column)
        names["customers"] = list(dict.fromkeys((*names["customers"], *fields)))
        names["$"] = sorted(state.in_force)
        return {name: tuple(columns) for name, columns in names.items()}

    def _known_columns(self, draft: Draft) -> dict[str, Column]:
        """Columns that the statement may mean, with their units: of its file, and of tables it names."""
        words = set(re.findall(r"\w+", draft.statement.lower()))
        named = [query for query in self._catalog.build_order() if query.name in words]
        columns = [column for query in named for column in query.columns.values()]
        columns += draft.query.columns.values() if draft.query is not None else ()
        return {column.name: replace(column, opens=None, opens_as=None, says="") for column in columns}

    # -- the owner's files --------------------------------------------------------------------------

    @property
    def queries_folder(self) -> Path:
        """Where the owner's query files stand, or would; it need not exist."""
        return self._settings.queries or queries_folder()

    def header_for(self, draft: Draft, title: str, says: str) -> str:
        """The header under which a statement is a panel file of the owner's."""
        bound = {**self.state.in_force, **draft.parameters}
        lines = [f"title = {_quoted(title)}", f"says  = {_quoted(says)}", f"grain = {_quoted(GRAIN)}"]
        names = sorted(parameters_of(draft.statement))
        if names:
            lines += ["", "[params]", *(f"{name} = {_quoted(_kind(bound.get(name)))}" for name in names)]
        return "/*\n" + "\n".join(lines) + "\n*/\n"

    def save_query(self, name: str, text: str, overwrite: bool = False, ticket: Ticket | None = None) -> Path:
        """Write a panel file into the owner's folder once it is known to keep its word; then it is a panel.

        Raises `QueryError` for a file that would be broken, and what `write_whole` raises.
        """
        path = self.queries_folder / f"{name}.sql"
        query = replace(parse_query(text, path, "panel"), by_owner=True)
        if any(panel.name == name and not panel.by_owner for panel in self._catalog.of("panel")):
            problem = _("There is a panel named {name} already.").format(name=name)
            raise QueryError(problem, _("Give the file another name."))
        with self._asking(ticket) as (answers, state):
            checks.check(query, self._catalog, answers.reader, state.in_force)
        with suppress(OSError):  # what stands in the way is said by the writing
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

        def write(file: BinaryIO) -> None:
            file.write(text.encode())

        write_whole(path, write, overwrite)
        self._settings = replace(self._settings, queries=path.parent)
        self.read_queries_again()
        return path

    def read_queries_again(self) -> None:
        """Take the owner's files as they are now."""
        self._catalog = self._tried(load_catalog(self._settings.queries))

    def _tried(self, catalog: Catalog) -> Catalog:
        """Set apart those of the owner's query files that don't keep their word, or take too long to tell."""
        broken = []
        for query in catalog.of("panel"):
            if not query.by_owner:
                continue
            ticket = Ticket()
            alarm = threading.Timer(_LONGEST_TRIAL, ticket.cancel)
            alarm.start()
            try:
                with self._asking(ticket) as (answers, state):
                    checks.check(query, catalog, answers.reader, state.in_force)
            except QueryError as error:
                broken.append(BrokenQuery(query.path, str(error)))
            except Cancelled:
                problem = _("It takes longer than {n} seconds.").format(n=_LONGEST_TRIAL)
                broken.append(BrokenQuery(query.path, problem))
            finally:
                alarm.cancel()
        return catalog.without(broken)

    # -- looking up ---------------------------------------------------------------------------------

    def fields(self, ticket: Ticket | None = None) -> Mapping[str, str]:
        """The customer attributes to filter by, with their duckdb types."""
        with self._asking(ticket) as (answers, _state):
            return fields_of(answers)

    def dimensions(self, ticket: Ticket | None = None) -> tuple[str, ...]:
        """The customer attributes to break figures down by: those in words of which a value is known."""
        with self._asking(ticket) as (answers, _state):
            return tuple(answers.fact("dimensions")["field"].to_list())

    def field_values(self, name: str, typed: str = "", ticket: Ticket | None = None) -> FieldValues:
        """What customers in scope have in an attribute: commonest values that contain `typed`, and the ends.

        Raises `QueryError` for an attribute that does not exist.
        """
        with self._asking(ticket) as (answers, _state):
            if name not in fields_of(answers):
                raise QueryError(
                    _("There is nothing called {name} to filter by.").format(name=harmless(name))
                )
            wanted = {"field": name, "typed": typed, "most": MOST_VALUES}
            common = answers.fact("field_values", wanted)
            ends = answers.fact("field_range", {"field": name}).row(0, named=True)
        return FieldValues(name, tuple(common.rows()), **ends)

    def customers_like(self, typed: str, ticket: Ticket | None = None) -> "pl.DataFrame":
        """A few customers, whatever the filter, whose id, e-mail or name contains this; the dearest first."""
        with self._asking(ticket) as (answers, _state):
            return answers.fact("customers_like", {"typed": typed, "most": MOST_CUSTOMERS})


def fields_of(answers: Answers) -> Mapping[str, str]:
    """The customer attributes to filter by, with their duckdb types."""
    kinds = dict(answers.fact("fields").rows())
    return {name: kind for name, kind in kinds.items() if name not in scope.HIDDEN_FIELDS}


def text_of(path: Path) -> str:
    """The text of a query file, for its owner to mend; raises `InputError`."""
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError as error:
        problem = _("{file} can't be read: {reason}.")
        raise InputError(problem.format(file=harmless(str(path)), reason=error.strerror or error)) from error


def _own_query(statement: str, columns: Mapping[str, Column]) -> Query:
    return Query(
        name="sql",
        kind="statement",
        path=Path("sql"),
        title=_("Your statement"),
        says="",
        grain="",
        statement=statement.strip().rstrip(";"),
        params={},
        columns=columns,
        by_owner=True,
    )


def _plain_values(frame: "pl.DataFrame") -> "pl.DataFrame":
    """The frame without decimals, and without what no calendar has (`infinity`): polars panics at these.

    At decimals when a sum of whole numbers has more than 38 digits.
    """
    import polars as pl

    plain: list[pl.Series | pl.Expr] = []
    for name, dtype in frame.schema.items():
        if isinstance(dtype, pl.Decimal):
            number = frame.get_column(name).cast(pl.Float64)
            greatest = number.abs().max()
            is_whole = dtype.scale == 0 and isinstance(greatest, float) and greatest < _WHOLE_BELOW
            plain.append(frame.get_column(name).cast(pl.Int64) if is_whole else number)
        elif dtype == pl.Date:
            plain.append(pl.when(pl.col(name).is_between(date.min, date.max)).then(pl.col(name)))
        elif isinstance(dtype, pl.Datetime) and dtype.time_unit in _A_SECOND:
            seconds = pl.col(name).to_physical() // _A_SECOND[dtype.time_unit]
            plain.append(pl.when(seconds.is_between(*_SECONDS_OF_CALENDAR)).then(pl.col(name)))
        elif dtype.is_nested() and "Date" in str(dtype):
            _check_times_within(frame.get_column(name))
    return frame.with_columns(plain)


def _check_times_within(column: "pl.Series") -> None:
    from polars.exceptions import PanicException

    try:
        column.to_list()
    except PanicException:
        problem = _("In {column} there are days or times that no calendar has.").format(column=column.name)
        raise QueryError(problem, _("Take them out of their list, then they are shown as unknown.")) from None


def _kind(value: object) -> str:
    """The type of a parameter as headers name it."""
    if isinstance(value, date):
        return "date"
    return "int" if isinstance(value, int) else "text"


def _quoted(text: str) -> str:
    """A text as TOML writes it, which can't end the comment that the header stands in."""
    safe = harmless(text, 200).replace("*/", "* /").replace("/*", "/ *")
    return json.dumps(safe, ensure_ascii=False)  # of plain text JSON and TOML write the same
