"""The warehouse answers and does nothing else; questions stop when they are told to."""

import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cockpit.conditions import parse
from cockpit.errors import Cancelled, CockpitError, QueryError
from cockpit.shop import Ticket
from cockpit.warehouse.connection import Warehouse
from tests.shops import regulars, shop_from

LONG = "select sum(sin(a.range * b.range)) from range(100_000_000) as a, range(1_000) as b"


@pytest.fixture(scope="module")
def shop():
    with shop_from(regulars(), window=90) as opened:
        yield opened


@pytest.fixture
def warehouse():
    opened = Warehouse(threads=1)
    yield opened
    opened.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    return file


WRITES = (
    "delete from customers",
    "delete from customers returning *",
    "with x as (delete from customers returning *) select * from x",
    "with x as (insert into scope values (99) returning *) from x",
    "with x as (update customers set name = 'x' returning *) from x",
    "insert into scope values (99)",
    "update customers set value = 0",
    "drop table customers",
    "truncate customers",
    "create table mine as select 1",
    "create or replace table customers as select 1",
    "create or replace macro active_on(d, w) as table select 1",
    "create view mine as select 1",
    "alter table customers add column x integer",
)
REACHES_OUT = (
    "from read_csv('{file}')",
    "from read_text('{file}')",
    "from read_blob('{file}')",
    "from '{file}'",
    "from glob('{folder}/*')",
    "from sniff_csv('{file}')",
    "from read_csv('/dev/stdin')",
    "copy (select 1) to '{folder}/out.csv'",
    "copy customers to '{folder}/out.parquet' (format parquet)",
    "copy scope from '{file}'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "attach '{folder}/out.db'",
    "attach '{folder}/out.db' as x (read_only)",
    "install httpfs",
    "load httpfs",
    "from read_csv('https://example.com/x.csv')",
    "create secret s (type s3)",
)
OTHER = (
    "set memory_limit = '1GB'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset memory_limit",
    "pragma memory_limit = '1GB'",
    "pragma database_size",
    "call pragma_version()",
    "set variable x = 1",
    "use temp",
    "begin transaction",
    "commit",
    "rollback",
    "checkpoint",
    "vacuum",
    "prepare p as select 1",
    "execute p",
    "deallocate p",
    "create temp table mine as select 1",
    "create temp macro mine() as 1",
    "select 1; select 2",
    "select 1; delete from customers",
    "pivot customers on country using count(*)",
    "",
    "-- nothing",
    "select $nobody",
    "selct 1",
)


@pytest.mark.parametrize("statement", (*WRITES, *REACHES_OUT, *OTHER))
def test_a_statement_that_is_no_question_is_refused(shop, secret: Path, statement: str):
    customers = shop.sql("from customers").frame
    with pytest.raises(QueryError):
        shop.sql(statement.format(file=secret, folder=secret.parent))
    assert [path.name for path in secret.parent.iterdir()] == ["secret.csv"]
    assert shop.sql("from customers").frame.equals(customers)
    assert shop.sql("select getvariable('x') as x").frame.item() is None
    assert shop.kpi("customers").value == 40


@pytest.mark.parametrize(
    "statement",
    [
        "select 1",
        "select 1;",
        "from customers",
        "describe customers",
        "show tables",
        "summarize customers",
        "explain select 1",
        "with x as (select 1 as a) from x",
        "values (1)",
        "select count(*) from active_on($last_day, $window)",
        "/* a; note */ select ';' -- ; more",
    ],
)
def test_a_question_is_answered(shop, statement: str):
    assert shop.sql(statement).frame.height >= 1


def test_a_python_variable_is_no_table(shop):
    import polars as pl

    my_frame = pl.DataFrame({"a": [1]})
    assert my_frame.height == 1
    with pytest.raises(QueryError, match="my_frame"):
        shop.sql("from my_frame")


def test_a_question_is_cancelled_within_a_second(shop):
    ticket, caught = Ticket(), []

    def ask():
        with pytest.raises(Cancelled):
            shop.sql(LONG, ticket)
        caught.append(time.perf_counter())

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    started = time.perf_counter()
    ticket.cancel()
    thread.join(10)
    assert caught
    assert caught[0] - started < 1
    assert shop.kpi("customers").value == 40


def test_a_cancelled_ticket_asks_nothing(shop):
    ticket = Ticket()
    ticket.cancel()
    for ask in (shop.sql, shop.panel, shop.kpi, shop.listing):
        with pytest.raises(Cancelled):
            ask({"sql": LONG, "panel": "bridge", "kpi": "churn_rate"}.get(ask.__name__, "customers"), ticket)


def test_a_cancel_at_any_moment_holds(warehouse):
    """duckdb forgets an interrupt that comes before the statement has begun."""
    chance = random.Random(1)

    def ask(ticket: Ticket) -> None:
        with warehouse.reading(ticket) as reader:
            reader.frame(LONG)

    with ThreadPoolExecutor(1) as pool:
        for _time in range(40):
            ticket = Ticket()
            asked = pool.submit(ask, ticket)
            time.sleep(chance.random() * 0.01)
            ticket.cancel()
            with pytest.raises(Cancelled):
                asked.result(timeout=5)


def test_interrupt_stops_all_questions():
    with shop_from(regulars()[:50]) as shop, ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(shop.sql, LONG) for _n in range(2)]
        time.sleep(0.3)
        shop.interrupt()
        for question in asked:
            with pytest.raises(Cancelled):
                question.result(timeout=5)


def test_closing_while_a_question_runs_ends_both():
    with ThreadPoolExecutor(1) as pool:
        shop = shop_from(regulars()[:50])
        scratch = shop._warehouse._scratch
        asked = pool.submit(shop.sql, LONG)
        time.sleep(0.3)
        started = time.perf_counter()
        shop.close()
        with pytest.raises((Cancelled, QueryError)):
            asked.result(timeout=5)
        assert time.perf_counter() - started < 2
        assert not Path(scratch.name).exists()
        with pytest.raises(QueryError):
            shop.sql("select 1")
        shop.close()


def test_a_failed_write_leaves_everything_as_it_was(warehouse):
    with warehouse.writing() as writer:
        writer.run("create table t as select 1 as a")
    with pytest.raises(QueryError), warehouse.writing() as writer:
        writer.run("create or replace table t as select 2 as a")
        assert writer.frame("from t").item() == 2
        writer.run("select * from nowhere")
    with warehouse.reading() as reader:
        assert reader.frame("from t").item() == 1


def test_questions_of_one_reading_see_the_same_tables(warehouse):
    with warehouse.writing() as writer:
        writer.run("create table t as select 1 as a")
    with warehouse.reading() as reader:
        assert reader.frame("from t").item() == 1
        with warehouse.writing() as writer:
            writer.run("create or replace table t as select 2 as a")
        assert reader.frame("from t").item() == 1
    with warehouse.reading() as reader:
        assert reader.frame("from t").item() == 2


def test_many_ask_while_one_filters():
    """No error, and every answer is about the customers of the generation that it names."""
    sizes = {None: 40, "country=NO": 14, "country=SE": 13}
    with shop_from(regulars(), window=90) as shop:
        generations = {1: 40}
        answers: list[tuple[int, int]] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                figures = shop.kpi("customers").figures
                answers.append((figures.generation, figures.frame.item(0, "value")))
                try:
                    opened = shop.open_figure(figures, "value")
                    assert opened.frame.height == figures.frame.item(0, "value")
                except QueryError as error:
                    assert "filter has changed" in error.problem

        with ThreadPoolExecutor(4) as pool:
            askers = [pool.submit(ask) for _n in range(4)]
            for turn in range(12):
                condition = list(sizes)[turn % 3]
                shop.filter([parse(condition)] if condition else [])
                generations[shop._generation] = sizes[condition]
            done.set()
            for asker in askers:
                asker.result(timeout=30)
        assert len({generation for generation, _value in answers}) > 1
        assert all(generations[generation] == value for generation, value in answers)


def test_nothing_is_printed_at_the_end_of_a_process():
    program = """
from tests.shops import regulars, shop_from
shop = shop_from(regulars()[:60])
shop.panel("bridge")
shop.close()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_errors_are_sentences_not_tracebacks(shop):
    with pytest.raises(CockpitError, match="nobody"):
        shop.sql("select $nobody")
    with pytest.raises(QueryError, match="more than one SQL statement"):
        shop.sql("select 1; select 2")
    with pytest.raises(QueryError, match="no SQL statement"):
        shop.sql("  ;  ")


def test_an_answer_that_is_on_its_way_is_stopped_and_explained_too(warehouse):
    ticket = Ticket()
    threading.Timer(0.1, ticket.cancel).start()
    with pytest.raises(Cancelled), warehouse.reading(ticket) as reader:
        reader.frame("select one.i, hash(one.i + other.i) from range(30000) one(i), range(1000) other(i)")
    late = "select case when i > 250000 then ('x' || i)::int end from range(300000) numbers(i)"
    with pytest.raises(QueryError, match="Conversion Error"), warehouse.reading() as reader:
        reader.frame(late)


def test_an_answer_is_the_same_whether_planned_once_or_as_a_relation(shop):
    statement = "select * from customers where value > $least order by customer_key"
    with shop._warehouse.reading() as reader:
        once = reader.frame(statement, {"least": 1})
        as_relation = reader.frame(statement, {"least": 1}, most=1_000_000)
    assert once.height > 0
    assert once.equals(as_relation)
    assert once.schema == as_relation.schema
