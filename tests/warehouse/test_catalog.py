"""The house's query files say what they are, declare what they give, and document every table."""

import re

import polars as pl
import pytest

from cockpit.errors import QueryError
from cockpit.warehouse import scope
from cockpit.warehouse.catalog import load_catalog, queries_folder, read_query
from cockpit.warehouse.connection import parameters_of

CATALOG = load_catalog()
UNITS = {
    "customers", "orders", "purchases", "gaps", "rows", "money", "share", "days", "date", "timestamp", "text",
    "code", "sentence", "one in", "score", "count", "key", "year", "years", "yes or no", "ratio", "number",
}  # fmt: skip
ARRIVING = CATALOG.of("arriving")
TABLES = CATALOG.of("table", "view", "fitted")
MACROS = CATALOG.of("macro")
ANSWERS = CATALOG.of("kpi", "panel", "list", "customer", "fact")
GIVEN = {
    "d": "current_date",
    "as_of_day": "current_date",
    "day_before": "current_date - 90",
    "d0": "current_date - 90",
    "d1": "current_date",
    "last_day": "current_date",
    "w": "90",
    "grain": "'month'",
    "first_nth": "1",
    "last_nth": "null",
    "who": "'scope'",
    "field": "'country'",
    "money": "'value'",
    "span": "365",
    "which": "'orders'",
    "outcome": "'lapsed'",
}


@pytest.fixture
def shop(regular_shop):
    return regular_shop


def names(queries):
    return [pytest.param(query, id=f"{query.kind}-{query.name}") for query in queries]


@pytest.mark.parametrize("query", names(CATALOG.queries))
def test_every_file_says_what_it_is(query):
    assert query.title and query.says.endswith((".", "…")) and query.grain
    assert not query.title.endswith(".")
    assert parameters_of(query.statement) == query.params.keys()
    for column in query.columns.values():
        assert column.unit in UNITS, f"{column.name}: {column.unit}"
        assert column.says == "" or column.says.endswith((".", "…")), column.name
        assert (column.unit == "sentence") <= (column.by is not None), column.name


def test_every_file_is_read_once_and_none_is_forgotten():
    paths = sorted(queries_folder().glob("*/*.sql"))
    assert sorted(query.path for query in CATALOG.queries) == paths
    assert CATALOG.broken == ()
    assert list(queries_folder().glob("*.sql")) == []


@pytest.mark.parametrize("query", names(TABLES))
def test_every_table_needs_what_it_reads(query):
    """What a table reads is built before it, directly or through something else that it needs."""
    parts = {part.name: part for part in (*ARRIVING, *TABLES, *MACROS)}
    reached, ahead = set(), list(query.needs)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += parts[name].needs if name in parts else ()
    read = set(re.findall(r"(?:from|join)\s+(\w+)", re.sub(r"--.*", "", query.statement)))
    assert read & parts.keys() <= reached | set(re.findall(r"(\w+) as \(", query.statement))


def called(macro) -> str:
    arguments = re.search(r"macro \w+\(([^)]*)\)", macro.statement)[1]
    return f"{macro.name}({', '.join(GIVEN[name.strip()] for name in arguments.split(','))})"


def described(shop, what: str) -> list[str]:
    return shop.sql(f"describe from {what}").frame["column_name"].to_list()


@pytest.mark.parametrize("query", names((*ARRIVING, *TABLES)))
def test_the_data_dictionary_has_every_column_of_every_table(shop, query):
    assert list(query.columns) == described(shop, query.name)
    assert all(column.unit and column.says for column in query.columns.values())


def test_the_dictionary_names_everything_that_sql_can_name(shop):
    """Reachable by SQL, and nothing in the schema is without an entry."""
    found = shop.sql("select distinct name, kind from dictionary").frame
    schema = shop.sql(
        """
        select table_name as name, 'table' as kind from duckdb_tables() where not internal
        union all select view_name, 'view' from duckdb_views() where not internal
        union all select distinct function_name, 'macro' from duckdb_functions()
        where not internal and function_type in ('macro', 'table_macro')
        """
    ).frame
    assert set(found.rows()) == set(schema.rows())


@pytest.mark.parametrize("query", names([query for query in MACROS if " as table" in query.statement]))
def test_the_data_dictionary_has_every_column_of_every_table_macro(shop, query):
    assert list(query.columns) == described(shop, called(query))
    assert all(column.unit and column.says for column in query.columns.values())


@pytest.mark.parametrize("query", names([query for query in MACROS if " as table" not in query.statement]))
def test_every_value_macro_documents_what_it_gives(query):
    assert len(query.columns) >= 1
    assert all(column.unit and column.says for column in query.columns.values())


@pytest.mark.parametrize("query", names(CATALOG.of("kpi", "panel", "list")))
def test_an_answer_has_exactly_the_columns_it_declares(shop, query):
    ask = {"kpi": lambda name: shop.kpi(name).figures, "panel": shop.panel, "list": shop.listing}[query.kind]
    assert set(ask(query.name).frame.columns) == set(query.columns)


@pytest.mark.parametrize("query", names(CATALOG.of("kpi")))
def test_a_figure_of_the_strip_is_one_row_with_its_value_and_base(shop, query):
    frame = shop.kpi(query.name).figures.frame
    assert frame.height == 1
    assert {"value", "n"} <= set(frame.columns)
    codes = query.columns["why_null"].sentences if "why_null" in query.columns else {}
    assert set(re.findall(r"then '(no_\w+|too_\w+|unfinished)'", query.statement)) <= codes.keys()


@pytest.mark.parametrize("query", names(CATALOG.of("list")))
def test_a_list_sorts_by_its_own_columns(query):
    assert query.sort
    assert {key.removeprefix("-") for key in query.sort} <= query.columns.keys()


@pytest.mark.parametrize("query", names(ANSWERS))
def test_what_opens_adds_up_a_column_of_a_list(query):
    for column in query.columns.values():
        target = query.figure(column.name)
        if target is not None:
            opened = CATALOG.get("list", target.opens_in)
            if target.adds_up != "count":
                assert target.adds_up.removeprefix("sum:") in opened.columns
            row = {name.removeprefix("row_") for name in parameters_of(f"select 1 where {target.opens}")}
            assert row <= query.columns.keys() | query.params.keys() | {
                "as_of",
                "last_day",
                "window",
                "grain",
            }


@pytest.mark.parametrize("query", names(ANSWERS))
def test_every_code_has_its_sentence(shop, query):
    """Codes that an owner reads are words, in whatever the answers on a believable shop say."""
    if query.kind not in ("panel", "list"):
        return
    frame = (shop.panel if query.kind == "panel" else shop.listing)(query.name).frame
    for column in query.columns.values():
        if column.unit == "code" and not column.hidden and column.sentences:
            assert set(frame[column.name].drop_nulls().cast(pl.String)) <= column.sentences.keys(), (
                column.name
            )


def test_a_name_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(QueryError, match=r"There are: .*bridge"):
        CATALOG.get("panel", "brigde")


def test_what_a_choice_touches_comes_after_what_it_needs():
    order = [query.name for query in CATALOG.build_order()]
    assert len(order) == len(set(order)) == len(TABLES) + len(MACROS)
    for query in CATALOG.build_order():
        assert all(order.index(need) < order.index(query.name) for need in query.needs if need in order)
    touched = {query.name for query in CATALOG.touched_by("window")}
    assert {"lapse_window", "customers"} <= touched
    assert "purchases" not in touched
    assert {"orders", "purchases", "customers", "shop"} <= {q.name for q in CATALOG.touched_by("as_of")}


def test_a_file_without_a_header_is_refused(tmp_path):
    path = tmp_path / "bare.sql"
    path.write_text("select 1")
    with pytest.raises(QueryError, match=r"bare\.sql does not begin with a header"):
        read_query(path)


def test_a_column_like_another_is_the_same_but_for_what_stands_here(tmp_path):
    path = tmp_path / "alike.sql"
    header = (
        'title = "A"\nsays = "b."\ngrain = "c"\n[columns.reason]\nlike = "tables/excluded"\ntitle = "why"\n'
    )
    path.write_text(f"/*\n{header}*/\nselect 'zero' as reason")
    column = read_query(path).columns["reason"]
    assert (column.title, column.unit, column.sentences["zero"]) == ("why", "code", "worth nothing")
    path.write_text(path.read_text().replace("tables/excluded", "tables/nowhere"))
    with pytest.raises(QueryError, match=r"reason of alike\.sql is like one of tables/nowhere"):
        read_query(path)


def test_a_panel_follows_the_filter_if_anything_it_reads_does():
    follows = {query.name: CATALOG.follows_filter(query) for query in CATALOG.of("panel", "kpi")}
    assert follows["bridge"] and follows["segments"] and follows["churn_rate"] and follows["second_order"]
    assert not follows["intake"] and not follows["calendar_gaps"]


@pytest.mark.parametrize(
    "name",
    sorted(
        {*(name for name, _keep in scope._QUERIES.values()), *scope._OF_TAGS.values(), "is_one_of_values"}
    ),
)
def test_a_condition_can_stand_beside_others(name: str):
    statement = CATALOG.get("scope", name).statement
    assert statement.startswith(scope._CUSTOMERS_WHERE)
    assert statement != scope._CUSTOMERS_WHERE
