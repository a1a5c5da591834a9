"""The bootstrap against what is known of it."""

import numpy as np
import pytest

from cockpit.forecast.resampling import ratio_interval, ratio_intervals


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


def long_drawn(amounts: np.ndarray, bases: np.ndarray) -> np.ndarray:
    """The ends of the interval and its standard error, by many draws, none of them the product's."""
    random, ratios = np.random.default_rng(7), []
    for _ in range(10):
        drawn = random.integers(len(amounts), size=(1_000, len(amounts)))
        ratios.append(amounts[drawn].sum(axis=1) / bases[drawn].sum(axis=1))
    return np.array([*np.quantile(ratios, (0.025, 0.975)), np.std(ratios)])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("heavy", [0.6, 1.2, 2.5])
def test_an_interval_is_that_of_many_draws_however_it_is_found(seed: int, heavy: float):
    random = np.random.default_rng(seed)
    size = int(random.integers(200, 400))
    bases = 1.0 + random.poisson(1.0, size) if seed % 2 else np.ones(size)
    amounts = bases * random.lognormal(3, heavy, size)
    low, high, error = long_drawn(amounts, bases)
    found = ratio_interval(amounts, bases)
    assert abs(found[0] - low) < 0.2 * error  # 1,000 draws err by 0.08 at one end, on average
    assert abs(found[1] - high) < 0.3 * error


def test_many_groups_have_the_intervals_that_each_has_alone():
    random = np.random.default_rng(3)
    groups = [
        (random.lognormal(3, 1.5, size), random.integers(1, 4, size).astype(float))
        for size in (1, 2, 2, 30, 30, 30, 199, 250, 900, 2)
    ]
    together = ratio_intervals(groups)
    assert together == [pytest.approx(ratio_interval(*group), rel=1e-12) for group in groups]


def test_one_who_outweighs_all_others_is_drawn_for():
    amounts = np.ones(400)
    amounts[-1] = 1e6
    low, high = ratio_interval(amounts, np.ones(400))
    assert low == pytest.approx(1.0)  # a third of the draws are without them
    assert high == pytest.approx(3e6 / 400, rel=0.01)


def test_equal_customers_leave_no_doubt():
    assert ratio_interval(np.full(500, 7.5), np.ones(500)) == (7.5, 7.5)
    assert ratio_interval(np.zeros(500), np.ones(500)) == (0.0, 0.0)


def test_it_can_be_stopped_on_the_way():
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        ratio_intervals([(np.ones(5), np.ones(5))], stop)
    beats: list[int] = []
    ratio_intervals([(np.append(np.ones(2_999), 1e6), np.ones(3_000))], lambda: beats.append(0))
    assert len(beats) == 3
