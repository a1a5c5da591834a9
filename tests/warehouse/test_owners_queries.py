"""The owner's folder of query files: a good one is a panel, a broken one says why and harms nothing."""

from pathlib import Path

import pytest

from cockpit.errors import QueryError
from cockpit.warehouse.catalog import read_query
from tests.queries.compare import assert_opens
from tests.shops import regulars, shop_from

HEADER = 'title = "By country"\nsays = "Customers of each country."\ngrain = "one row per country"\n'
COLUMNS = """
[columns.country]
unit = "text"
[columns.buyers]
unit  = "customers"
opens = "country is not distinct from $row_country"
[columns.value]
unit    = "money"
opens   = "country is not distinct from $row_country"
adds_up = "sum:value"
"""
STATEMENT = """
select country, count(*) as buyers, sum(value) as value
from customers
where customer_key in (from scope)
group by country
order by country
"""


def file(header: str = HEADER, columns: str = COLUMNS, statement: str = STATEMENT) -> str:
    return f"/*\n{header}{columns}*/{statement}"


BROKEN = {
    "not_toml": (file(header="title = By country\n"), "is not TOML"),
    "no_header": (STATEMENT, "does not begin with a header"),
    "no_title": (file(header='says = "x"\ngrain = "y"\n'), "lacks title"),
    "unknown_key": (file(header=HEADER + 'colour = "red"\n'), "unknown key colour"),
    "title_is_a_number": (file(header='title = 1\nsays = "x"\ngrain = "y"\n'), "title of the wrong kind"),
    "columns_are_a_number": (file(header=HEADER + "columns = 3\n", columns=""), "columns of the wrong kind"),
    "params_are_numbers": (file(header=HEADER + "params = { a = 1 }\n"), "params of the wrong kind"),
    "column_is_text": (
        file(columns='[columns]\ncountry = "text"\n'),
        "country of column_is_text.sql needs a table",
    ),
    "unknown_column_key": (file(columns='[columns]\ncountry = { units = "text" }\n'), "unknown key units"),
    "adds_up_wrong": (
        file(columns='[columns]\nbuyers = { opens = "true", adds_up = "max" }\n'),
        "neither count",
    ),
    "two_statements": (file(statement="select 1; select 2"), "more than one SQL statement"),
    "no_statement": (file(statement="\n"), "no SQL statement"),
    "no_sql": (file(statement="selct country"), "syntax error"),
    "undeclared": (file(statement="select country from customers where orders > $least"), "least"),
    "not_bound": (file(header=HEADER + 'params = { grain = "text" }\n'), "declared but not bound"),
    "unknown_parameter": (
        file(
            header=HEADER + 'params = { least = "int" }\n',
            columns="",
            statement="select country from customers where orders > $least",
        ),
        "$least is not a parameter",
    ),
    "no_such_table": (file(statement="from nowhere"), "nowhere"),
    "column_missing": (
        file(statement="select country, 1 as buyers from customers"),
        "declares the column value",
    ),
    "opens_to_others": (file(statement=STATEMENT.replace("count(*)", "count(*) + 1")), "stands behind it"),
    "adds_up_to_others": (file(statement=STATEMENT.replace("sum(value)", "avg(value)")), "stands behind it"),
    "adds_up_text": (file(columns=COLUMNS.replace("sum:value", "sum:name")), "no number of customers"),
    "opens_nowhere": (
        file(columns=COLUMNS.replace('adds_up = "sum:value"', 'opens_in = "x"')),
        "no list named x",
    ),
    "opens_badly": (
        file(columns=COLUMNS.replace("$row_country", "$row_land")),
        "row_land is not a parameter",
    ),
    "opens_as_text": (
        file(columns=COLUMNS + '[columns.rate]\nopens_as = "country"\n'),
        "opens as country, which does not open",
    ),
    "deletes": (
        file(columns="", statement="with x as (delete from orders returning *) select * from x"),
        "read-only",
    ),
    "drops": (file(columns="", statement="drop table customers"), "Only a single select"),
    "reads_files": (file(columns="", statement="from read_text('/etc/passwd')"), "disabled"),
    "not_text": (b"\xff\xfe\x00", "codec"),
    "bridge": (file(), "a panel named bridge already"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("queries")
    (made / "by_country.sql").write_text("\ufeff" + file(), "utf-8")
    (made / "notes.txt").write_text("not a query")
    (made / "a_folder.sql").mkdir()
    for name, (text, _problem) in BROKEN.items():
        path = made / f"{name}.sql"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return made


@pytest.fixture(scope="module")
def shop(folder):
    with shop_from(regulars(), window=90, queries=folder) as opened:
        yield opened


def test_a_good_file_is_a_panel_like_the_houses(shop):
    assert "by_country" in {query.name for query in shop.queries("panel")}
    figures = shop.panel("by_country")
    assert dict(figures.frame.select("country", "buyers").rows()) == {"DK": 13, "NO": 14, "SE": 13}
    assert assert_opens(shop, figures) == 6


def test_a_broken_file_says_what_is_wrong_and_harms_nothing(shop):
    problems = {broken.path.stem: broken.problem for broken in shop.broken_queries}
    assert problems.keys() == {*BROKEN, "a_folder"}
    missing = {name: problems[name] for name, (_text, says) in BROKEN.items() if says not in problems[name]}
    assert not missing
    assert shop.kpi("customers").value == 40
    assert shop.panel("bridge").query.path.parent.name == "panels"
    assert {query.name for query in shop.queries("panel")} & BROKEN.keys() == {"bridge"}


def test_a_file_that_takes_too_long_is_set_apart(tmp_path, monkeypatch):
    monkeypatch.setattr("cockpit.workbench._LONGEST_TRIAL", 0.2)
    slow = (
        "select count(*) as n from range(100_000_000) as a, range(1_000) as b where a.range % 7 = b.range % 5"
    )
    (tmp_path / "slow.sql").write_text(file(columns="", statement=slow))
    with shop_from(regulars()[:50], queries=tmp_path) as shop:
        (broken,) = shop.broken_queries
        assert "longer than" in broken.problem
        assert shop.kpi("customers").value is not None


def test_a_folder_that_is_not_there_has_no_queries(tmp_path):
    with shop_from(regulars()[:50], queries=tmp_path / "nowhere") as shop:
        assert shop.broken_queries == ()


def test_a_header_may_say_everything_a_house_query_says(tmp_path):
    path = tmp_path / "all.sql"
    path.write_text(
        file(
            header=HEADER
            + 'sort = ["-buyers"]\nlooks_back = "year"\nchart = { kind = "bars", y = ["buyers"] }\n'
        )
    )
    query = read_query(path)
    assert (query.kind, query.sort, query.looks_back) == ("panel", ("-buyers",), "year")
    with pytest.raises(QueryError, match="sort of the wrong kind"):
        path.write_text(file(header=HEADER + "sort = [1]\n"))
        read_query(path)


def test_text_that_a_statement_makes_up_reaches_no_terminal_raw():
    statement = """
        select
            chr(27) || '[31mred' as "a\x1b[2J",
            'x' || chr(10) || 'y' as a,
            [chr(8238) || 'z', null] as texts,
            {'inside': [chr(7) || 'b'], 'n': 1} as nested,
            map {'k' || chr(27): chr(27) || 'v'} as mapped,
            '' as nothing
    """
    with shop_from(regulars()) as shop:
        frame = shop.sql(statement).frame
    assert frame.row(0, named=True) == {
        "a[2J": "[31mred",
        "a": "x y",
        "texts": ["z", None],
        "nested": {"inside": ["b"], "n": 1},
        "mapped": {"k": "v"},
        "nothing": "",
    }


def test_columns_named_alike_once_they_are_harmless_stay_apart():
    with shop_from(regulars()) as shop:
        assert shop.sql('select 1 as a, 2 as "a\x1b", 3 as "a_1"').frame.columns == ["a", "a_1", "a_1_1"]


def test_text_of_an_owners_panel_reaches_no_terminal_raw(tmp_path: Path):
    header = 'title = "T"\nsays = "S."\ngrain = "one row"\n'
    text = file(header=header, columns="", statement="select chr(27) || 'x' as words")
    (tmp_path / "own.sql").write_text(text, "utf-8")
    with shop_from(regulars(), queries=tmp_path) as shop:
        assert shop.broken_queries == ()
        assert shop.panel("own").frame.item() == "x"


@pytest.mark.parametrize("value", ["interval 3 days", "[age(date '2025-01-01')]", "union_value(a := 1)"])
def test_a_type_that_can_not_be_shown_is_refused_in_words(value: str):
    with (
        shop_from(regulars()) as shop,
        pytest.raises(QueryError, match="'odd' is of a type that can't be shown"),
    ):
        shop.sql(f"select {value} as odd")
