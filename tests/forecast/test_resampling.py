"""The bootstrap against what is known of it."""

import numpy as np
import pytest

from cockpit.forecast.resampling import ratio_interval


def test_the_interval_of_a_mean_is_near_the_normal_one():
    values = np.random.default_rng(1).gamma(2.0, 50.0, 1_500)
    low, high = ratio_interval(values, np.ones(1_500))
    half = 1.96 * values.std(ddof=1) / np.sqrt(1_500)
    assert low == pytest.approx(values.mean() - half, rel=0.01)
    assert high == pytest.approx(values.mean() + half, rel=0.01)


def test_a_fixed_ratio_has_no_width_and_the_same_customers_the_same_interval():
    bases = np.arange(1.0, 41.0)
    assert ratio_interval(3 * bases, bases) == pytest.approx((3.0, 3.0))
    assert ratio_interval(bases**2, bases) == ratio_interval(bases**2, bases)


def test_draws_without_any_base_are_left_out():
    assert ratio_interval(np.array([5.0, 0.0]), np.array([1.0, 0.0])) == (5.0, 5.0)
