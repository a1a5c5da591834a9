"""Who is who, when orders know customers by several keys."""

import polars as pl

from cockpit.ingest.identity import keys_seen, normalised, say_only_shared, settled_identities
from cockpit.ingest.intake import Notes


def customers(*orders: tuple[str | None, str | None, str | None]) -> tuple[list[str | None], Notes]:
    """Identify orders given as (e-mail, platform id, phone)."""
    notes = Notes()
    frame = pl.DataFrame(
        orders, schema={"email": pl.String, "customer_id": pl.String, "phone": pl.String}, orient="row"
    )
    found = normalised(frame)
    who = settled_identities(keys_seen(found), notes)
    say_only_shared(who.only_shared(found), notes)
    return who.of(found)["customer_id"].to_list(), notes


def test_writings_of_one_address_are_one_customer():
    found, _ = customers(
        ("Ada@Example.com", None, None),
        ("ada@example.com", None, None),
        ("Ada <ADA@example.com>", None, None),
    )

    assert found == ["ada@example.com"] * 3


def test_dots_and_plus_signs_are_not_folded():
    found, _ = customers(("a.da@example.com", None, None), ("ada+x@example.com", None, None))

    assert found == ["a.da@example.com", "ada+x@example.com"]


def test_an_id_leads_to_the_address_it_was_seen_with():
    found, _ = customers(("a@x.example", "7", None), (None, "7", None), (None, "8", None))

    assert found == ["a@x.example", "a@x.example", "8"]


def test_addresses_that_share_an_id_are_merged_and_said():
    found, notes = customers(
        ("a@x.example", "7", None), ("b@x.example", "7", None), ("b@x.example", "8", None), (None, "8", None)
    )

    assert found == ["a@x.example"] * 4
    assert any("1 e-mail" in sentence for sentence in notes.assumptions)


def test_a_key_of_many_others_links_nothing_and_is_listed():
    orders = [("till@shop.example", str(number), None) for number in range(1, 8)]
    found, notes = customers(*orders, (None, "3", None), ("till@shop.example", None, None))

    assert found == [*"1234567", "3", None]
    assert any("till@shop.example (7)" in sentence for sentence in notes.warnings)


def test_an_id_made_for_each_order_does_not_make_its_best_customer_a_till():
    orders = [("best@x.example", str(number), None) for number in range(9)]
    found, notes = customers(*orders, ("other@x.example", "9", None))

    assert found == ["best@x.example"] * 9 + ["other@x.example"]
    assert any("differs on every order" in sentence for sentence in notes.assumptions)


def test_a_phone_serves_only_where_nothing_else_does():
    found, _ = customers(
        ("a@x.example", None, "+47 22 33 44 55"), (None, None, "+47 22334455"), (None, None, "1")
    )

    assert found == ["a@x.example", "+4722334455", None]


def test_placeholders_are_nobody():
    found, _ = customers(
        ("guest", "0", None), ("n/a", "NOT LOGGED IN", None), ("guest@shop.example", None, None)
    )

    assert found == [None, None, None]


def test_leading_zeros_make_different_ids():
    found, _ = customers((None, "00042", None), (None, "42", None))

    assert found == ["00042", "42"]


def test_an_address_in_the_column_of_ids_is_an_address():
    found, _ = customers((None, "A@x.example", None), ("a@x.example", None, None))

    assert found == ["a@x.example", "a@x.example"]
