"""Statements of the owner's, the files they are kept in, and what is looked up for filters."""

from pathlib import Path

import pytest

from cockpit import workbench
from cockpit.conditions import parse
from cockpit.errors import QueryError, UsageError
from cockpit.workbench import Draft
from tests.shops import Order, regulars, shop_from


@pytest.fixture
def shop(regular_shop):
    return regular_shop


@pytest.fixture
def own_shop(tmp_path):
    with shop_from(regulars(), window=90, queries=tmp_path) as opened:
        yield opened


def test_a_statement_answers_with_the_units_of_the_tables_that_it_names(shop):
    listing = shop.ask(Draft("select customer_key, value, first_day from customers"))
    assert listing.frame.height == 40
    assert {name: listing.query.columns[name].unit for name in listing.frame.columns} == {
        "customer_key": "key",
        "value": "money",
        "first_day": "date",
    }
    assert listing.query.figure("value") is None


def test_a_query_file_unchanged_opens_its_figures_and_changed_it_does_not(shop):
    query = next(query for query in shop.queries("panel") if query.name == "bridge")
    same = shop.ask(Draft(query.statement, query.title, query))
    assert same.query.figure("lost") is not None
    changed = shop.ask(Draft(f"{query.statement} limit 1", "", query))
    assert changed.query.figure("lost") is None
    assert changed.query.columns["lost"].unit == "customers"


@pytest.mark.parametrize(
    "statement",
    [
        "delete from customers",
        "with gone as (delete from customers returning *) select * from gone",
        "create table mine as select 1",
        "select * from read_csv('/etc/passwd')",
        "copy customers to '/tmp/customers.csv'",
        "attach 'x.db'",
        "set enable_external_access = true",
        "select 1; select 2",
        "install httpfs",
        "",
    ],
)
def test_a_statement_can_do_nothing_but_read_the_tables(shop, statement):
    with pytest.raises(QueryError):
        shop.ask(Draft(statement))
    assert shop.sql("select count(*) as n from customers").frame["n"][0] == 40


def test_a_join_gone_wrong_stops_at_so_many_rows(shop, monkeypatch):
    monkeypatch.setattr(workbench, "MOST_ROWS", 1000)
    assert shop.ask(Draft("from orders a, orders b, orders c, orders d")).frame.height == 1000


def test_a_draft_keeps_the_values_that_are_not_in_force(shop):
    figures = shop.panel("bridge")
    lost = shop.open_figure(figures, "lost", figures.frame.height - 2)
    draft = shop.draft_of(lost.about, lost.query, lost.statement, lost.parameters)
    assert set(draft.parameters) == {"row_period_start"}
    assert shop.ask(draft).frame.height == lost.frame.height


def test_a_statement_saved_is_a_panel_of_the_owners_with_all_that_it_binds(own_shop, tmp_path):
    draft = Draft("select country, $window as days, count(*) as buyers from customers group by 1")
    header = own_shop.header_for(draft, 'By "country" */ or so', "Buyers of each country.")
    path = own_shop.save_query("by_country", f"{header}{draft.statement}\n")
    assert path == tmp_path / "by_country.sql"
    assert path.stat().st_mode & 0o777 == 0o600
    assert own_shop.panel("by_country").frame["buyers"].sum() == 40
    assert own_shop.broken_queries == ()
    saved = next(query for query in own_shop.queries("panel") if query.name == "by_country")
    assert saved.by_owner
    assert saved.title == 'By "country" * / or so'
    assert saved.params == {"window": "int"}


def test_no_file_is_written_over_unasked_nor_in_the_name_of_the_house_nor_broken(own_shop, tmp_path):
    text = own_shop.header_for(Draft("select 1 as one"), "One", "One.") + "select 1 as one\n"
    own_shop.save_query("one", text)
    before = (tmp_path / "one.sql").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        own_shop.save_query("one", text.replace("One", "Two"))
    with pytest.raises(QueryError, match="bridge already"):
        own_shop.save_query("bridge", text)
    with pytest.raises(QueryError):
        own_shop.save_query("other", text.replace("select 1", "select nothing"))
    with pytest.raises(QueryError, match=r"\$customer_key"):
        declared = text.replace("title", 'params = { customer_key = "int" }\ntitle')
        own_shop.save_query("other", declared.replace("select 1", "select $customer_key"))
    assert (tmp_path / "one.sql").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["one.sql"]
    own_shop.save_query("one", text.replace("One", "Two"), overwrite=True)
    assert next(query.title for query in own_shop.queries("panel") if query.name == "one") == "Two"


def test_without_a_folder_set_the_one_in_the_config_folder_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with shop_from(regulars()) as shop:
        text = shop.header_for(Draft("select 1 as one"), "One", "One.") + "select 1 as one\n"
        path = shop.save_query("one", text)
        assert path == tmp_path / "cockpit" / "queries" / "one.sql"
        assert shop.panel("one").frame.height == 1


def test_the_vocabulary_has_tables_columns_and_parameters(shop):
    vocabulary = shop.vocabulary()
    assert "country" in vocabulary["customers"]
    assert "customer_key" in vocabulary["active_on"]
    assert {"as_of", "window"} <= set(vocabulary["$"])


def test_the_values_of_an_attribute_are_counted_within_the_filter(shop):
    everyone = shop.field_values("country")
    assert sum(count for _value, count in everyone.common) == everyone.customers == 40
    assert [value for value, _count in shop.field_values("country", "n").common] == ["NO"]
    shop.filter([parse("country=NO")])
    assert shop.field_values("country").common == (("NO", 14),)


def test_numbers_and_days_have_a_range(shop):
    found = shop.field_values("last_day")
    assert found.least < found.most == "2025-12-30" or found.most == "2025-12-31"
    assert float(shop.field_values("orders").least) >= 1


def test_there_are_no_values_of_what_does_not_exist(shop):
    with pytest.raises(QueryError, match="nothing called"):
        shop.field_values("customer_key")


def test_customers_are_found_by_what_they_are_called_whatever_the_filter():
    orders = [*regulars(), Order("x9", "2025-01-01", 9.0, name="Kari 50 % Ås", email="KARI@example.com")]
    with shop_from(orders) as shop:
        shop.filter([parse("country=NO")])
        assert shop.customers_like("kari")["customer_id"].to_list() == ["x9"]
        assert shop.customers_like("50 %")["customer_id"].to_list() == ["x9"]
        assert shop.customers_like("c00").height == workbench.MOST_CUSTOMERS
        assert shop.customers_like("c012")["customer_id"].to_list() == ["c012"]
        assert shop.customers_like("%").height == 1


def test_a_file_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(Exception, match="can't be read"):
        workbench.text_of(Path(tmp_path / "gone.sql"))
