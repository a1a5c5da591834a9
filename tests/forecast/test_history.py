from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.forecast.history import PurchaseHistory, distinct_pairs

whole = st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 9)).map(
    lambda row: (row[0], row[1] if row[0] else 0, row[1] + row[2])
)
broken = whole.map(lambda row: (row[0], row[1] / 7, row[2] / 7))
vast = whole.map(lambda row: (row[0], row[1] * 10**9, row[2] * 10**9))


@pytest.mark.parametrize("rows", [whole, broken, vast], ids=["days", "weeks", "seconds"])
def test_equal_customers_are_counted(rows):
    @given(st.lists(rows, min_size=1))
    def check(customers):
        history = PurchaseHistory.compress(*np.array(customers, dtype=float).T)
        counted = zip(history.x, history.t_x, history.T, history.weight, strict=True)
        assert {row[:3]: row[3] for row in counted} == Counter(customers)
        assert len(history.x) == len(set(customers))
        assert history.customers == len(customers)

    check()


def test_a_shop_without_customers_is_empty():
    assert PurchaseHistory.compress([], [], []).customers == 0


@pytest.mark.parametrize(
    "row",
    [
        (-1, 0, 5),
        (1, -1, 5),
        (1, 6, 5),
        (0, 3, 5),
        (1, np.nan, 5),
        (1, 1, np.inf),
    ],
)
def test_impossible_histories_are_refused(row):
    with pytest.raises(ValueError):
        PurchaseHistory.compress([row[0]], [row[1]], [row[2]])


def test_shapes_must_agree():
    with pytest.raises(ValueError):
        PurchaseHistory.compress([0, 0], [0], [3])
    with pytest.raises(ValueError):
        PurchaseHistory(np.zeros(2), np.zeros(2), np.ones(2), np.ones(1))


def test_a_row_stands_for_someone():
    with pytest.raises(ValueError):
        PurchaseHistory(np.zeros(1), np.zeros(1), np.ones(1), np.zeros(1))


@pytest.mark.parametrize("unit", [1, 1 / 7, 1e8])
def test_pairs_lead_back_to_their_entries(unit):
    random = np.random.default_rng(3)
    x, y = random.integers(0, 4, 500).astype(float), random.integers(0, 30, 500) * unit
    distinct_x, distinct_y, position = distinct_pairs(x, y)
    assert np.array_equal(distinct_x[position], x)
    assert np.array_equal(distinct_y[position], y)
    assert len(distinct_x) == len(set(zip(x, y, strict=True)))
