"""Whether a figure of the strip has changed, or may only seem to have."""

from datetime import timedelta

import pytest

from cockpit import strip
from cockpit.strip import _is_clear
from tests.reference.drivers import newcombe
from tests.reference.figures import wilson
from tests.shops import regulars, shop_from

A_DAY = timedelta(days=1)


def share(k: int, n: int) -> dict[str, float]:
    return dict(zip(("value", "low", "high"), (k / n, *wilson(k, n)), strict=True))


@pytest.mark.parametrize(
    "counts",
    [(50, 100, 50, 100), (50, 100, 40, 100), (50, 100, 36, 100), (50, 100, 37, 100), (30, 100, 50, 100),
     (967, 3517, 1079, 4016), (0, 10, 0, 10), (10, 10, 0, 20)],
)  # fmt: skip
def test_shares_have_changed_where_newcombes_interval_leaves_out_nought(counts):
    low, high = newcombe(*counts)
    assert _is_clear(share(*counts[:2]), share(*counts[2:])) is (low > 0 or high < 0)


def test_of_figures_without_an_interval_nothing_is_said():
    assert _is_clear({"value": 3}, {"value": 5}) is None
    assert _is_clear(share(5, 10), {}) is None
    assert _is_clear({"value": 3.0, "low": None, "high": None}, share(5, 10)) is None


def test_before_an_own_period_stand_as_many_days():
    with shop_from(regulars(customers=5, days=300)) as shop:
        last = shop.facts.as_of
        shop.change(period_from=last - 30 * A_DAY, period_to=last)
        spans = strip.spans(shop.facts, shop.settings)
    assert spans == ((last - 30 * A_DAY, last), (last - 60 * A_DAY, last - 30 * A_DAY))
