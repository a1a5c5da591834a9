import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.ui.widgets.chart_spec import ChartSpec, Series, nice_ticks, plain_number


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.integers(2, 8))
def test_ticks_enclose_the_range_in_even_steps(one: float, other: float, count: int):
    low, high = min(one, other), max(one, other)
    ticks = nice_ticks(one, other, count)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert ticks[0] <= low + slack and ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 2 * count + 3
    assert list(ticks) == sorted(set(ticks))


def test_ticks_are_round():
    assert nice_ticks(0, 47_311, 5) == (0, 20_000, 40_000, 60_000)
    assert nice_ticks(0.921, 0.958, 4) == (0.92, 0.94, 0.96)
    assert nice_ticks(-380, 420, 3) == (-500, 0, 500)
    assert nice_ticks(5, 5, 3)[0] < 5 < nice_ticks(5, 5, 3)[-1]
    assert nice_ticks(math.nan, 1, 3) == (0.0, 1.0)
    assert nice_ticks(-1.7e308, 1.7e308, 3)[0] < 0


def test_what_can_not_be_drawn_is_a_gap():
    series = Series("x", (1.0, None, math.nan, math.inf, -math.inf))
    assert series.values == (1.0, None, None, None, None)
    assert ChartSpec("line", ("a",), (Series("x", (math.nan,)),)).is_empty


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        ChartSpec("line", ("a",), (Series("x", (1.0, 2.0)),))
    with pytest.raises(ValueError, match="beside them"):
        Series("x", (1.0, 2.0), low=(0.5,))
    with pytest.raises(ValueError, match="ascending"):
        ChartSpec("step", ("a", "b"), (Series("x", (1.0, 2.0)),), x=(2.0, 1.0))


def test_the_extent_holds_stacks_bands_goal_and_zero():
    up, down = Series("up", (3.0, 4.0)), Series("down", (-2.0, None))
    assert ChartSpec("stacked", ("a", "b"), (up, up, down)).extent() == (-2.0, 8.0)
    band = Series("rate", (0.5,), low=(0.4,), high=(0.7,))
    assert ChartSpec("line", ("a",), (band,), goal=0.9).extent() == (0.4, 0.9)
    assert ChartSpec("bars", ("a",), (band,)).extent() == (0.0, 0.7)
    assert ChartSpec("line", ("a",), (band,), from_zero=True).extent() == (0.0, 0.7)


def test_values_are_written_with_their_interval():
    spec = ChartSpec("line", ("a", "b"), (Series("x", (0.5, None), low=(0.25, None), high=(0.75, None)),))
    assert spec.text_of(spec.series[0], 0) == "0.5 (0.25 … 0.75)"
    assert spec.text_of(spec.series[0], 1) == "–"
    assert plain_number(-3.0) == "−3"
