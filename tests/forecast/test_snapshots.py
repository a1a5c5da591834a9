from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.forecast.snapshots import Snapshot, origins

ROW = {
    "x": 1, "t_x": 5, "T": 9, "weight": 1, "orders_365": 2, "value": 30.0, "first_gap": 5,
    "bought": 1, "purchases": 2,
}  # fmt: skip


def snapshot(**changes):
    columns = {name: np.array([value]) for name, value in (ROW | changes).items() if value is not None}
    return Snapshot(date(2024, 1, 1), 90, **columns)


@given(st.integers(1, 400), st.integers(0, 2500))
def test_origins_lie_a_horizon_apart_and_have_history_behind_and_time_ahead(horizon, length):
    first = date(2020, 1, 1)
    as_of = first + timedelta(days=length)
    found = origins(first, as_of, horizon)
    assert all((later - day).days == horizon for day, later in pairwise([*found, as_of]))
    assert all((day - first).days >= max(90, horizon) for day in found)
    assert len(found) == min(24, max(0, (length - max(90, horizon)) // horizon))


def test_counted_rows_and_single_customers_make_the_same_history():
    three = snapshot(weight=3).history()
    assert (three.x, three.weight) == (1, 3)
    assert snapshot().history().customers == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"bought": 2},
        {"bought": 0},
        {"purchases": 0},
        {"purchases": None},
        {"value": np.nan},
        {"orders_365": np.inf},
        {"first_gap": 10},
        {"first_gap": -1},
    ],
)
def test_impossible_snapshots_are_refused(changes):
    with pytest.raises(ValueError):
        snapshot(**changes)


def test_lengths_and_horizon_are_checked():
    with pytest.raises(ValueError):
        Snapshot(date(2024, 1, 1), 0, *[np.ones(1)] * 7)
    with pytest.raises(ValueError):
        Snapshot(date(2024, 1, 1), 90, *[np.ones(1)] * 6, np.ones(2))


def test_today_knows_no_outcome():
    today = snapshot(bought=None, purchases=None)
    assert today.bought is None
    assert today.take(np.array([0])).purchases is None
    assert today.silence == 4
