"""Credits that name no order are never matched by guess; customers who got much so are flagged."""

import pytest

from tests.shops import Order, shop_from

DAYS = ("2024-01-01", "2024-03-01", "2024-06-01")


@pytest.mark.parametrize(("credit", "flagged"), [(-51.0, True), (-49.0, False)])
def test_credits_beyond_half_of_what_a_customer_is_worth_are_flagged(credit: float, flagged: bool):
    bought = [Order("ann", DAYS[0], 100.0), Order("bob", DAYS[0], 10_000.0), Order("bob", DAYS[1], -60.0)]
    with shop_from([*bought, Order("ann", DAYS[2], credit)]) as shop:
        assert shop.facts.orders == 2
        doubtful = shop.panel("doubtful")
        found = doubtful.frame["finding"].to_list()
        assert ("unlinked_credit" in found) is flagged
        if flagged:
            row = found.index("unlinked_credit")
            (behind,) = shop.open_figure(doubtful, "orders", row).frame.to_dicts()
            assert (behind["customer_id"], behind["gross"]) == ("ann", -51.0)
            assert doubtful.frame["share_of_orders"][row] is None


def test_a_customer_with_nothing_but_a_credit_is_flagged():
    with shop_from([Order("bob", DAYS[0], 10.0), Order("ann", DAYS[1], -5.0)]) as shop:
        assert shop.panel("doubtful").frame["finding"].to_list() == ["unlinked_credit"]
