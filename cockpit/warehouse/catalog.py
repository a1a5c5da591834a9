"""The query files: a TOML header that says what a statement means, and the statement."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

from cockpit.errors import QueryError
from cockpit.warehouse.connection import parameters_of

Kind = Literal[
    "arriving", "table", "view", "macro", "fitted", "span", "scope", "fact", "kpi", "panel", "list",
    "customer", "statement",
]  # fmt: skip

_HEADER = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<statement>.*)\Z", re.DOTALL)
_HEADER_KEYS: Mapping[str, type] = {
    "title": str, "says": str, "grain": str, "kind": str, "needs": list, "params": dict, "columns": dict,
    "chart": dict, "sort": list, "looks_back": str, "more_is_better": bool,
    "sample": str, "sample_of": str, "extends": str,
}  # fmt: skip
_COLUMN_KEYS: Mapping[str, type] = {
    "unit": str, "says": str, "opens": str, "opens_as": str, "opens_in": str, "adds_up": str, "hidden": bool,
    "sentences": dict, "by": str, "title": str, "like": str,
}  # fmt: skip
_KINDS_BY_FOLDER: Mapping[str, Kind] = {
    "kpis": "kpi",
    "panels": "panel",
    "lists": "list",
    "spans": "span",
    "scope": "scope",
    "customer": "customer",
    "facts": "fact",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a query: its unit, and what stands behind a figure in it.

    `opens` is a condition on the list `opens_in`; `adds_up` says how that list makes the figure: `count`,
    or `sum:column`. `opens_as` names the column whose set a rate or a mean is about. `sentences` are
    templates over the row, chosen by the value of the column `by`. In a file, `like = "tables/orders"` gives
    a column what the one of its name has there, but for what is said anew.
    """

    name: str
    unit: str = ""
    says: str = ""
    title: str = ""
    opens: str | None = None
    opens_as: str | None = None
    opens_in: str = "customers"
    adds_up: str = "count"
    hidden: bool = False
    by: str | None = None
    sentences: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.title or self.name.replace("_", " ")


@dataclass(frozen=True)
class Query:
    """A query file: what it says, and the one statement that says it.

    `sample` is a select of `amount` and `base` by customer, after the column that tells the answer's rows
    apart: the figure `sample_of` (of a single row: its value) is the ratio of their sums. It may bind `$few`,
    a list of those values of that column, as text, of which it is wanted.
    What is `by_owner` may make text of its own, which passes the door before it is shown.
    """

    name: str
    kind: Kind
    path: Path
    title: str
    says: str
    grain: str
    statement: str
    params: Mapping[str, str]
    columns: Mapping[str, Column]
    needs: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    looks_back: Literal["window", "year", "two_years", "never"] | None = None
    more_is_better: bool = True
    sample: str | None = None
    sample_of: str | None = None
    by_owner: bool = False
    chart: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """Names of the parameters that the statement binds."""
        return parameters_of(self.statement)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the statement."""
        return frozenset(re.findall(r"\w+", self.statement))

    @property
    def interval(self) -> tuple[str, str]:
        """The columns of the interval that the sample is for."""
        stem = "" if self.sample_of is None else f"{self.sample_of}_"
        return f"{stem}low", f"{stem}high"

    def figure(self, column: str) -> Column | None:
        """The column whose set opens under `column`, or None where nothing stands behind it."""
        spec = self.columns.get(column)
        if spec is not None and spec.opens_as is not None:
            spec = self.columns.get(spec.opens_as)
        return spec if spec is not None and spec.opens is not None else None

    def where(self, condition: str) -> str:
        """This query's rows that meet a condition taken from a query file."""
        return f"select *\nfrom (\n{self.statement}\n) as listed\nwhere {condition}"


@dataclass(frozen=True, slots=True)
class BrokenQuery:
    """A query file of the owner's that can't be used, and why."""

    path: Path
    problem: str


@dataclass(frozen=True)
class Catalog:
    """All query files by kind and name."""

    queries: tuple[Query, ...]
    broken: tuple[BrokenQuery, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Query, ...]:
        """The queries of these kinds, in the order of their names."""
        return tuple(query for query in self.queries if query.kind in kinds)

    def get(self, kind: Kind, name: str) -> Query:
        """The query of that kind and name; raises `QueryError` with the names there are."""
        for query in self.of(kind):
            if query.name == name:
                return query
        names = ", ".join(query.name for query in self.of(kind))
        raise QueryError(f"There is no {kind} named {name}.", f"There are: {names}.")

    def build_order(self) -> tuple[Query, ...]:
        """Tables, views, macros and fitted tables, each after what it needs."""
        parts = {query.name: query for query in self.of("table", "view", "macro", "fitted")}
        graph = {name: [need for need in query.needs if need in parts] for name, query in parts.items()}
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            raise QueryError(f"These tables need each other: {', '.join(error.args[1])}.") from error
        return tuple(parts[name] for name in order)

    @property
    def words(self) -> frozenset[str]:
        """Every word of every statement: the names that no further column of an export may take."""
        return frozenset(word for query in self.queries for word in query.words)

    def follows_filter(self, query: Query) -> bool:
        """Whether the query, or anything that it reads, may tell one scope from another."""
        return not query.words.isdisjoint(self._scoped)

    def reads(self, query: Query, table: str) -> bool:
        """Whether the query, or a view or macro that it names, reads a table."""
        return not query.words.isdisjoint(self._showing(table))

    @cached_property
    def _scoped(self) -> frozenset[str]:
        return self._showing("scope", "purchases_here", "customers_here", "span_sums")

    def _showing(self, *names: str) -> frozenset[str]:
        """These names, and those of the tables, views and macros that they show through."""
        showing = set(names)
        for query in self.build_order():
            if not query.words.isdisjoint(showing):
                showing.add(query.name)
        return frozenset(showing)

    def without(self, broken: Sequence[BrokenQuery]) -> "Catalog":
        """The same with these files set apart."""
        paths = {each.path for each in broken}
        kept = tuple(query for query in self.queries if query.path not in paths)
        return Catalog(kept, (*self.broken, *broken))

    def dictionary(self) -> tuple[Mapping[str, str | int], ...]:
        """Every column of what arrives, then of every table, view and macro in the order they are built."""
        rows = [
            {
                "name": query.name,
                "kind": query.kind if query.kind in ("view", "macro") else "table",
                "column": column.name,
                "unit": column.unit,
                "says": column.says,
                "grain": query.grain,
            }
            for query in (*self.of("arriving"), *self.build_order())
            for column in query.columns.values()
        ]
        return tuple({"place": place, **row} for place, row in enumerate(rows))

    def touched_by(self, *parameters: str) -> tuple[Query, ...]:
        """What must be built again when these parameters change, in order."""
        touched: set[str] = set()
        order = self.build_order()
        for query in order:
            if query.parameters & set(parameters) or touched & set(query.needs):
                touched.add(query.name)
        return tuple(query for query in order if query.name in touched)


def queries_folder() -> Path:
    """The house's query files: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "queries", package.parent / "queries"):
        if (folder / "tables").is_dir():
            return folder
    raise QueryError("The query files are missing.", "Install cockpit again.")


def load_catalog(owners_folder: Path | None = None) -> Catalog:
    """The house's queries, and the owner's as panels beside them; a broken one is set apart."""
    queries = list(_house_queries())
    taken = {query.name for query in queries if query.kind == "panel"}
    broken = []
    for path in sorted(owners_folder.glob("*.sql")) if owners_folder else []:
        try:
            query = replace(read_query(path, kind="panel"), by_owner=True)
            if query.name in taken:
                raise QueryError(
                    f"There is a panel named {query.name} already.", "Give the file another name."
                )
            queries.append(query)
        except (QueryError, OSError, UnicodeDecodeError) as error:
            broken.append(BrokenQuery(path, str(error)))
    return Catalog(tuple(queries), tuple(broken))


@cache
def _house_queries() -> tuple[Query, ...]:
    return tuple(read_query(path) for path in sorted(queries_folder().glob("*/*.sql")))


def read_query(path: Path, kind: Kind | None = None) -> Query:
    """Read one file; raises `QueryError` that says what is wrong with its header or its statement."""
    return parse_query(path.read_text("utf-8-sig"), path, kind)


def parse_query(text: str, path: Path, kind: Kind | None = None) -> Query:
    """What the text of a query file says, were it the file `path`; raises as `read_query` does."""
    match = _HEADER.match(text)
    if match is None:
        raise QueryError(f"{path.name} does not begin with a header in a block comment.")
    try:
        header = tomllib.loads(match["header"])
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f"The header of {path.name} is not TOML: {error}.") from error
    missing = {"title", "says", "grain"} - header.keys()
    if missing:
        raise QueryError(f"The header of {path.name} lacks {', '.join(sorted(missing))}.")
    _check_keys(header, _HEADER_KEYS, f"The header of {path.name}")
    query = Query(
        name=path.stem,
        kind=kind or header.get("kind") or _KINDS_BY_FOLDER.get(path.parent.name, "panel"),
        path=path,
        title=header["title"],
        says=header["says"],
        grain=header["grain"],
        statement=match["statement"].strip().rstrip(";"),
        params=header.get("params", {}),
        columns=_inherited(path, header)
        | {name: _column(path, name, spec) for name, spec in header.get("columns", {}).items()},
        needs=tuple(header.get("needs", ())),
        sort=tuple(header.get("sort", ())),
        looks_back=header.get("looks_back"),
        more_is_better=header.get("more_is_better", True),
        sample=header.get("sample"),
        sample_of=header.get("sample_of"),
        chart=header.get("chart", {}),
    )
    _check_figures(query)
    return query


def _inherited(path: Path, header: Mapping[str, object]) -> dict[str, Column]:
    """The columns of the file beside this one that the header says it extends."""
    name = header.get("extends")
    if name is None:
        return {}
    beside = path.with_name(f"{name}.sql")
    if not beside.is_file():
        raise QueryError(f"The header of {path.name} extends {name}, which is not beside it.")
    return dict(read_query(beside).columns)


def _column(path: Path, name: str, spec: object) -> Column:
    if not isinstance(spec, dict):
        raise QueryError(f'The column {name} of {path.name} needs a table such as {{ unit = "customers" }}.')
    _check_keys(spec, _COLUMN_KEYS, f"The column {name} of {path.name}")
    own = {key: value for key, value in spec.items() if key != "like"}
    return replace(_alike(path, name, spec["like"]), **own) if "like" in spec else Column(name=name, **own)


def _alike(path: Path, name: str, like: str) -> Column:
    """The column of the same name of another of the house's files, such as `tables/orders`."""
    file = queries_folder() / f"{like}.sql"
    found = read_query(file).columns.get(name) if file.is_file() else None
    if found is None:
        raise QueryError(f"The column {name} of {path.name} is like one of {like}, which is not there.")
    return found


def _check_keys(table: Mapping[str, object], known: Mapping[str, type], what: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise QueryError(f"{what} has an unknown key {key}.")
        inside = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        texts = inside if key in ("needs", "sort", "params", "sentences") else ()
        if not isinstance(value, known[key]) or not all(isinstance(text, str) for text in texts):
            raise QueryError(f"{what} has a {key} of the wrong kind.")


def _check_figures(query: Query) -> None:
    undeclared = query.parameters ^ query.params.keys()
    if undeclared:
        name = min(undeclared)
        state = "bound but not declared" if name in query.parameters else "declared but not bound"
        raise QueryError(f"The parameter ${name} of {query.path.name} is {state}.")
    unknown = parameters_of(query.sample) - {*query.params, "few"} if query.sample else ()
    if unknown:
        raise QueryError(f"The parameter ${min(unknown)} of the sample of {query.path.name} is not declared.")
    for column in query.columns.values():
        if column.opens_as is not None and query.figure(column.name) is None:
            raise QueryError(
                f"{column.name} of {query.path.name} opens as {column.opens_as}, which does not open."
            )
        if column.opens is not None:
            parameters_of(f"select 1 where ({column.opens})")
        if column.adds_up != "count" and not column.adds_up.startswith("sum:"):
            raise QueryError(f"{column.name} of {query.path.name} adds up to neither count nor sum:column.")
