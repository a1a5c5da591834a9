"""A duckdb that answers questions and can do nothing else: no file, no network, no writing."""

# Annotations stay text: one that holds a duckdb class until exit makes duckdb print pages of leak warnings.
from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from cockpit.errors import Cancelled, QueryError
from cockpit.scratch import private_folder
from cockpit.warehouse.arrow import ArrowOnly, Submitted

if TYPE_CHECKING:
    import polars as pl

Parameters = Mapping[str, object]

_CLOSED_TO_THE_WORLD = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "enable_external_file_cache": "false",
    "max_temp_directory_size": "200GB",
}

PLAIN_WORD = re.compile("[A-Za-z_]{1,40}")

_QUESTIONS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class Ticket:
    """The right to stop one question: `cancel()` may come from any thread, before, while or after it runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cursor: duckdb.DuckDBPyConnection | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Interrupt the question; the thread that asked gets `Cancelled`."""
        with self._lock:
            self.cancelled = True
        if not self._interrupt_once():
            threading.Thread(target=self._insist, daemon=True).start()

    def _insist(self) -> None:
        # duckdb forgets an interrupt that arrives before the statement has begun to run.
        while not self._interrupt_once():
            time.sleep(0.01)

    def _interrupt_once(self) -> bool:
        """Interrupt what runs; tell whether nothing ran."""
        with self._lock:
            if self._cursor is not None:
                self._cursor.interrupt()
            return self._cursor is None

    @contextmanager
    def _running(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        with self._lock:
            if self.cancelled:
                raise Cancelled
            self._cursor = cursor
        try:
            yield
        finally:
            with self._lock:
                self._cursor = None


class Reader:
    """Answers any number of questions from one unchanging view of the tables."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, ticket: Ticket) -> None:
        self._cursor = cursor
        self._ticket = ticket

    def frame(
        self, statement: str, parameters: Parameters | None = None, most: int | None = None
    ) -> pl.DataFrame:
        """Run one select with exactly the parameters it names, for `most` rows at most.

        Raises `QueryError` for any other statement and in the words of duckdb, or `Cancelled`.
        """
        import polars as pl

        if not _parsed(statement)[0]:
            raise QueryError("Only a single select can be asked.")
        with self._ticket._running(self._cursor), _in_words():
            values = _named(statement, parameters or {})
            with _answer(self._cursor, statement, values, most) as answer:
                _check_types(answer)
                try:
                    return pl.DataFrame(ArrowOnly(answer))
                except pl.exceptions.ComputeError as error:
                    # So polars says what duckdb says while the answer is on its way.
                    self.go_on()
                    raise QueryError(str(error).removeprefix("got external error: ")) from error

    def go_on(self) -> None:
        """Raise `Cancelled` if the question was cancelled; for work on an answer, between the statements."""
        if self._ticket.cancelled:
            raise Cancelled


class Writer(Reader):
    """Builds tables with the house's own statements, and answers questions about what it has built."""

    def run(self, statement: str, parameters: Parameters | None = None) -> None:
        """Run one statement of the house with exactly the parameters it names."""
        with self._ticket._running(self._cursor), _in_words():
            self._cursor.execute(statement, _named(statement, parameters or {}))

    def load(self, name: str, frame: pl.DataFrame) -> None:
        """Copy a frame into a table of its own; `name` is the house's, never an owner's."""
        with self._arriving(frame):
            self._cursor.execute(f"create or replace table {name} as from arriving")

    def create(self, name: str, frame: pl.DataFrame, alike: Mapping[str, str | int | None]) -> list[str]:
        """Make an empty table with the columns of a frame; return those of `alike` that take no room in it.

        They hold what `alike` says in each row, and nothing can be written into them.
        """
        said = {column: literal for column in alike if (literal := _literal(alike[column])) is not None}
        with self._arriving(frame):
            relation = self._cursor.sql("from arriving")
            columns = [
                f"{_quoted(column)} {kind}"
                + (f" generated always as ({said[column]}) virtual" if column in said else "")
                for column, kind in zip(relation.columns, relation.types, strict=True)
            ]
            del relation
            self._cursor.execute(f"create or replace table {name} ({', '.join(columns)})")
        return list(said)

    def append(self, name: str, frame: pl.DataFrame) -> None:
        """Copy a frame of the same columns into a table behind what it holds."""
        with self._arriving(frame):
            self._cursor.execute(f"insert into {name} by name from arriving")

    @contextmanager
    def _arriving(self, frame: pl.DataFrame) -> Iterator[None]:
        """Let a frame be read as `arriving`."""
        with self._ticket._running(self._cursor), _in_words():
            shown = ArrowOnly(frame)
            self._cursor.register("arriving", shown)
            try:
                yield
            finally:
                # A frame still registered at exit makes duckdb print pages of leak warnings. After an
                # interrupt duckdb forgets it only once the transaction is rolled back.
                with suppress(duckdb.TransactionException):
                    self._cursor.unregister("arriving")
                shown.release()


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _literal(cell: str | int | None) -> str | None:
    """Return what stands for a cell in a statement; None: it had better not stand in one."""
    if cell is None:
        return "null"
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}'" if PLAIN_WORD.fullmatch(cell) else None


class Warehouse:
    """One in-memory duckdb: tables are built by `writing`, questions asked by `reading`."""

    def __init__(self, memory: str | None = None, threads: int | None = None) -> None:
        """Open with a limit such as `512MB` (default: half of the machine) and a number of threads."""
        self._scratch = private_folder()
        settings: dict[str, str | bool | int | float | list[str]] = {
            **_CLOSED_TO_THE_WORLD,
            "temp_directory": self._scratch.name,
            "memory_limit": memory or _half_of_the_machine(),
            "threads": str(threads or os.cpu_count() or 2),
        }
        with _in_words():
            self._main = duckdb.connect(":memory:", config=settings)
        self._main.execute("set enable_progress_bar = false")
        self._main.execute("set enable_external_access = false")
        self._main.execute("set lock_configuration = true")
        self._tickets: list[Ticket] = []
        self._lock = threading.Lock()
        self._one_less = threading.Condition(self._lock)
        self._closed = False
        self._writing = threading.Lock()
        self._waiting_writers = 0

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits to write until the one who writes now is done."""
        return self._waiting_writers > 0

    @contextmanager
    def writing(self, ticket: Ticket | None = None, keep: bool = True) -> Iterator[Writer]:
        """Whatever is built inside is there as a whole afterwards, or, if it fails, not at all.

        With `keep` false it is there for questions asked inside and gone afterwards. One writer at a time.
        """
        ticket = ticket or Ticket()
        with self._turn_to_write(), self._cursor(ticket) as cursor:
            cursor.execute("begin transaction")
            try:
                yield Writer(cursor, ticket)
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit" if keep else "rollback")

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        with self._lock:
            self._waiting_writers += 1
        with self._writing:
            with self._lock:
                self._waiting_writers -= 1
            yield

    @contextmanager
    def reading(self, ticket: Ticket | None = None) -> Iterator[Reader]:
        """Questions asked inside see the same tables, and can change none."""
        ticket = ticket or Ticket()
        with self._cursor(ticket) as cursor:
            cursor.execute("begin transaction read only")
            try:
                yield Reader(cursor, ticket)
            finally:
                cursor.execute("rollback")

    def interrupt(self) -> None:
        """Cancel every question that is being asked."""
        with self._lock:
            tickets = list(self._tickets)
        for ticket in tickets:
            ticket.cancel()

    def close(self) -> None:
        """Stop whatever runs, wait for it to end, and give memory and scratch space back."""
        with self._lock:
            self._closed = True
        self.interrupt()
        with self._one_less:
            # duckdb refuses to close under a statement that is still on its way out.
            self._one_less.wait_for(lambda: not self._tickets)
        self._main.close()
        self._scratch.cleanup()

    @contextmanager
    def _cursor(self, ticket: Ticket) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock, _in_words():
            if self._closed:
                raise QueryError("The shop is closed.")
            cursor = self._main.cursor()
            self._tickets.append(ticket)
        try:
            yield cursor
        finally:
            cursor.close()
            with self._one_less:
                self._tickets.remove(ticket)
                self._one_less.notify_all()


def parameters_of(statement: str) -> frozenset[str]:
    """Names of the `$parameters` of one statement; raises `QueryError` when it is none, or several."""
    return _parsed(statement)[1]


@lru_cache(maxsize=512)
def _parsed(statement: str) -> tuple[bool, frozenset[str]]:
    """Whether one statement is a question, and its parameters; kept, since the same are asked again."""
    with _in_words():
        found = duckdb.extract_statements(statement)
    if len(found) != 1:
        problem = (
            "There is no SQL statement here." if not found else "There is more than one SQL statement here."
        )
        raise QueryError(problem, "Write a single select; PIVOT counts as several.")
    return found[0].type in _QUESTIONS, frozenset(found[0].named_parameters)


@contextmanager
def _answer(
    cursor: duckdb.DuckDBPyConnection, statement: str, values: dict[str, object], most: int | None
) -> Iterator[duckdb.DuckDBPyRelation | Submitted]:
    """What a select answers, as a stream that has not begun.

    A relation is planned when it is made and again when it is read, and planning is most of what a question
    to a small shop costs: where duckdb takes a statement at once, as it does for its relations, that is used.
    """
    if most is None and hasattr(cursor, "_submit"):
        with closing(Submitted(cursor._submit(statement, values, "stream"))) as answer:
            yield answer
    else:
        relation = cursor.sql(statement, params=values)
        yield relation if most is None else relation.limit(most)


def _check_types(answer: duckdb.DuckDBPyRelation | Submitted) -> None:
    """Refuse the types at which polars panics instead of raising."""
    for name, kind, *_rest in answer.description:
        for unfit in ("INTERVAL", "UNION("):
            if unfit in str(kind):
                problem = f"The column {name!r} is of a type that can't be shown: {kind}."
                raise QueryError(problem, "Cast it to text, or count days: date_diff('day', first, last).")


def _named(statement: str, parameters: Parameters) -> dict[str, object]:
    names = parameters_of(statement)
    missing = sorted(names - parameters.keys())
    if missing:
        known = ", ".join(f"${name}" for name in sorted(parameters))
        raise QueryError(f"${missing[0]} is not a parameter.", f"Known here: {known or 'none'}.")
    return {name: parameters[name] for name in names}


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:
        raise Cancelled from None
    except RuntimeError as error:
        # So duckdb says that it saw the signal of ctrl+c while Python was waiting for it.
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from None
        raise
    except duckdb.Error as error:
        message = str(error).strip()
        raise QueryError(message if message else type(error).__name__) from error


def _half_of_the_machine() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{max(pages * size // 2**20 // 2, 256)}MB"
