"""What may be meant by the word before the cursor."""

import pytest

from cockpit.ui.completion import complete

VOCABULARY = {
    "customers": ("customer_key", "country", "value"),
    "orders": ("order_id", "customer_key", "value"),
    "$": ("as_of", "window"),
}


def offered(statement: str) -> list[str]:
    """What is on offer at the bar in the statement."""
    before, _, after = statement.partition("|")
    return [offer.word for offer in complete(before, after, VOCABULARY).offers]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select * from cust|", ["customers"]),
        ("select cou| from customers", ["country", "count(*)"]),
        ("select c.| from customers as c", ["customer_key", "country", "value"]),
        ("select o.v| from customers c join orders o using (customer_key)", ["value"]),
        ("select customers.co|", ["country"]),
        ("select unknown.co|", []),
        ("where day > $as|", ["$as_of"]),
        ("select country|", []),
        ("select val|ue from customers", []),
        ("select 'cust|", []),
        ("-- cust|", []),
        ("select |", []),
        ("select 1 gro|", ["group by"]),
    ],
)
def test_what_is_offered(statement, words):
    assert offered(statement) == words


def test_columns_of_the_tables_named_come_before_tables_and_say_whose_they_are():
    found = complete("select c", " from orders where c", VOCABULARY)
    assert [(offer.word, offer.what) for offer in found.offers[:2]] == [
        ("customer_key", "orders"),
        ("customers", "table"),
    ]
    assert found.typed == 1


def test_a_word_after_a_table_is_its_alias_unless_sql_means_something_by_it():
    assert offered("select where.co| from customers where true") == []
