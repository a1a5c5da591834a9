import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.forecast.calibration import (
    auc,
    brier,
    calibrate,
    calibration_bins,
    rank,
    top_decile_lift,
    wilson,
)

people = st.lists(
    st.tuples(st.integers(0, 6).map(lambda n: n / 6), st.booleans(), st.integers(1, 3)),
    min_size=1,
    max_size=30,
)


def columns(rows):
    return tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True))


def one_by_one(rows):
    score, happened, weight = columns(rows)
    times = weight.astype(int)
    return np.repeat(score, times), np.repeat(happened, times)


@given(people)
def test_auc_counts_pairs(rows):
    score, happened = one_by_one(rows)
    found = auc(rank(*columns(rows)))
    yes, no = score[happened == 1], score[happened == 0]
    if not (yes.size and no.size):
        assert found is None
        return
    pairs = (yes[:, None] > no) + 0.5 * (yes[:, None] == no)
    assert found.value == pytest.approx(pairs.mean())
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_intervals_cover_about_as_often_as_they_say():
    random = np.random.default_rng(4)
    inside = {"auc": 0, "brier": 0, "lift": 0}
    big = random.random(200_000)
    came = (random.random(200_000) < big).astype(float)
    ones = np.ones(200_000)
    true = {
        "auc": 0.76025,  # of two normals one standard deviation apart: Phi(1 / sqrt 2)
        "brier": brier(big, came, ones).value,
        "lift": top_decile_lift(rank(big, came, ones)).value,
    }
    for _ in range(300):
        happened = (random.random(400) < 0.3).astype(float)
        found = auc(rank(random.normal(size=400) + happened, happened, np.ones(400)))
        inside["auc"] += found.low <= true["auc"] <= found.high
        chance = random.random(400)
        happened = (random.random(400) < chance).astype(float)
        found = brier(chance, happened, np.ones(400))
        inside["brier"] += found.low <= true["brier"] <= found.high
        found = top_decile_lift(rank(chance, happened, np.ones(400)))
        inside["lift"] += found.low <= true["lift"] <= found.high
    assert all(270 <= count <= 298 for count in inside.values()), inside


@given(people)
def test_weights_are_repeated_rows(rows):
    score, happened = one_by_one(rows)
    ones = np.ones_like(score)
    assert brier(*columns(rows)) == pytest.approx(brier(score, happened, ones))
    lift, alone = top_decile_lift(rank(*columns(rows))), top_decile_lift(rank(score, happened, ones))
    assert (lift is None) == (alone is None)
    assert lift is None or lift == pytest.approx(alone)
    assert np.allclose(calibration_bins(*columns(rows)), calibration_bins(score, happened, ones))


@given(people)
def test_calibration_rises_keeps_the_mean_and_beats_no_forecast(rows):
    score, happened, weight = columns(rows)
    chance = calibrate(score, happened, weight)(score)
    order = np.argsort(score)
    assert (np.diff(chance[order]) >= 0).all()
    assert weight @ chance == pytest.approx(weight @ happened)
    constant = np.full_like(score, weight @ happened / weight.sum())
    assert brier(chance, happened, weight).value <= brier(constant, happened, weight).value + 1e-12


def test_calibration_joins_its_points_and_is_level_beyond():
    ranked = calibrate(np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.ones(2))
    assert ranked([0, 1, 1.5, 2, 9]) == pytest.approx([0, 0, 0.5, 1, 1])
    with pytest.raises(ValueError):
        calibrate(np.array([]), np.array([]), np.array([]))


def test_bins_hold_everyone_once_and_tell_the_truth():
    random = np.random.default_rng(6)
    chance = random.random(20_000)
    happened = (random.random(20_000) < chance).astype(float)
    bins = calibration_bins(chance, happened, np.ones(20_000))
    assert [b.customers for b in bins] == [2000] * 10
    assert [b.forecast for b in bins] == pytest.approx(np.arange(0.05, 1, 0.1), abs=0.01)
    assert sum(b.low <= b.forecast <= b.high for b in bins) >= 8


def test_equal_chances_share_a_bin():
    (only,) = calibration_bins(np.full(50, 0.2), np.arange(50) % 5 == 0, np.ones(50))
    assert only[:3] == pytest.approx((50, 0.2, 0.2))


def test_lift_of_a_perfect_and_of_no_ranking():
    happened = (np.arange(100) >= 90).astype(float)
    assert top_decile_lift(rank(np.arange(100.0), happened, np.ones(100))).value == pytest.approx(10)
    assert top_decile_lift(rank(np.zeros(100), happened, np.ones(100))).value == pytest.approx(1)
    assert top_decile_lift(rank(np.zeros(100), np.zeros(100), np.ones(100))) is None


def test_wilson_by_hand():
    # Newcombe 1998: 81 of 263
    assert wilson(81, 263) == pytest.approx((0.3080, 0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20)[:2] == (0, 0)
