"""An order that takes the place of goods given back belongs to the purchase it mends, and is shown."""

import datetime as dt

import pytest

from cockpit.shop import Shop
from tests.shops import Order, shop_from

RETURNED = Order("ann", "2025-01-10", 100.0, status="partially_refunded", refund=60.0, product="Boots")
"""The line is worth what the order is; so the refund has to reach it where it is to count."""


def purchases(*orders: Order) -> list[tuple[dt.date, int, float]]:
    shop = shop_from([*orders, Order("bo", "2024-06-01"), Order("bo", "2025-06-01")], window=90)
    with shop:
        return shop.sql(
            "select day, orders, value from purchases join customer_keys using (customer_key)"
            " where customer_id = 'ann' order by day"
        ).frame.rows()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_word_of_the_export_makes_an_exchange_of_an_order_after_a_return():
    exchange = Order("ann", "2025-02-05", 80.0, tags="VIP, Exchange-2")
    assert purchases(RETURNED, exchange) == [(day("2025-01-10"), 2, 120.0)]


@pytest.mark.parametrize(
    "later",
    [
        Order("ann", "2025-02-10", 80.0, tags="exchange"),  # 31 days
        Order("ann", "2025-02-05", 80.0, tags="stockexchange"),
        Order("ann", "2025-02-05", 80.0),
        Order("ann", "2025-02-05", 80.0, product="Boots"),  # 60 was given back, the boots cost 100
    ],
)
def test_without_a_word_or_the_whole_price_given_back_it_is_a_repeat(later: Order):
    assert len(purchases(RETURNED, later)) == 2


def test_without_a_refund_nothing_is_an_exchange():
    first = Order("ann", "2025-01-10", 100.0, product="Boots")
    assert len(purchases(first, Order("ann", "2025-01-20", 100.0, tags="exchange", product="Boots"))) == 2


def two_lines(refund: float, later: Order) -> Shop:
    """Boots for 60 and socks for 40, of which `refund` was given back, then a later order."""
    from tests.shops import intake_from, open_intake, with_frames

    first = Order("ann", "2025-01-10", 100.0, status="partially_refunded", refund=refund, product="Boots")
    intake = intake_from([first, later, Order("bo", "2024-06-01"), Order("bo", "2025-06-01")])
    boots = intake.lines.head(1).with_columns(value=60.0)
    socks = boots.with_columns(value=40.0)
    socks = socks.with_columns(product=socks["product"].replace("Boots", "Socks"))
    lines = boots.vstack(socks).vstack(intake.lines.slice(1))
    return open_intake(with_frames(intake, lines=lines), window=90)


def test_the_same_product_bought_again_after_its_whole_price_was_given_back():
    later = Order("ann", "2025-01-20", 60.0, product="Boots")
    with two_lines(60.0, later) as shop:
        assert shop.sql("select shown_by from exchanges").frame["shown_by"].to_list() == ["same_product"]
        assert shop.facts.orders == 4
        assert any(
            sentence.startswith("1 order") and "exchange" in sentence for sentence in shop.facts.assumptions
        )
        doubtful = shop.panel("doubtful")
        row = doubtful.frame["finding"].to_list().index("exchange")
        (exchange,) = shop.open_figure(doubtful, "orders", row).frame.to_dicts()
        assert exchange["order_id"] == "A2"
    with two_lines(59.0, later) as shop:  # 59 is not the price of the boots, though of the socks
        assert shop.sql("from exchanges").frame.is_empty()
        assert not any("exchange" in sentence for sentence in shop.facts.assumptions)


def test_an_exchange_of_an_exchange_belongs_to_the_first_purchase():
    again = Order("ann", "2025-02-05", 80.0, status="partially_refunded", refund=30.0, tags="exchange")
    last = Order("ann", "2025-03-01", 50.0, channel="Exchanges")
    assert purchases(RETURNED, again, last) == [(day("2025-01-10"), 3, 140.0)]


def test_what_was_wholly_given_back_leaves_its_exchange_as_the_purchase():
    gone = Order("ann", "2025-01-10", 100.0, status="refunded", refund=100.0, product="Boots")
    again = Order("ann", "2025-01-20", 100.0, product="Boots", tags="exchange")
    assert purchases(gone, again) == [(day("2025-01-20"), 1, 100.0)]
