"""What comes back with the place, and what is dropped where the file has changed."""

from dataclasses import replace

import pytest

from cockpit.conditions import parse
from cockpit.errors import QueryError
from cockpit.resume import Place
from cockpit.ui.loading import _filter
from cockpit.ui.place import Here, here, turn_back
from tests.shops import Order, regulars, shop_from
from tests.ui.whole import whole


async def test_the_attribute_of_a_breakdown_is_taken_down_and_put_back(shop):
    async with whole(shop, "4") as session:
        main, chosen = session.app.screen, shop.dimensions()[-1]
        main.panel._chosen(chosen)
        await session.settle()
        kept = main.here(Place()).place
        assert kept.dimensions["value"] == chosen != "country"
        fresh = type(main.panel)()
        turn_back(fresh, Here(kept))
        assert fresh.ask(shop, None).by == chosen
        gone = type(main.panel)()
        turn_back(gone, Here(replace(kept, dimensions={"value": "no such attribute"})))
        assert gone.ask(shop, None).by == "country"


def test_what_was_kept_of_panels_not_seen_stays():
    kept = Place(
        sorts={"at-risk": ("value", True)}, views={"value": {"view": 1}}, dimensions={"value": "tags"}
    )
    assert here((), kept).place == kept


@pytest.mark.parametrize(
    ("texts", "stays"),
    [
        (("country=SE", "taste=sweet"), ["country=SE"]),
        (("taste=sweet",), []),
        (("value>=x", "orders>=2"), ["orders>=2"]),
    ],
)
def test_a_filter_that_makes_no_sense_any_more_is_dropped_and_the_rest_stays(texts, stays):
    conditions = [parse(text) for text in texts]
    with shop_from(regulars(customers=6), window=90, filters=("country=NO",)) as shop:
        dropped = _filter(shop, conditions)
        assert [str(condition) for condition in shop.conditions] == stays
    assert [str(condition) for condition in dropped] == [text for text in texts if text not in stays]


def test_somebody_without_an_order_that_counts_is_told_apart_from_nobody():
    orders = [*regulars(customers=6), Order("gone", "2025-01-01", status="cancelled")]
    with shop_from(orders, window=90) as shop:
        people = shop.listing("arrivals").frame
        key = people.filter(people["customer_id"] == "gone")["customer_key"][0]
        with pytest.raises(QueryError, match="No order of this customer counts: 1 cancelled"):
            shop.customer(key)
