import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.forecast.survival import kaplan_meier
from tests.forecast.conftest import day_number

AS_OF = day_number(1998, 6, 30)


@pytest.fixture(scope="module")
def second_purchase(cdnow_full):
    nth = np.arange(cdnow_full.day.size) - np.searchsorted(cdnow_full.customer, cdnow_full.customer)
    first, second = cdnow_full.day[nth == 0], dict.fromkeys(np.unique(cdnow_full.customer).tolist(), AS_OF)
    for customer, day in zip(cdnow_full.customer[nth == 1], cdnow_full.day[nth == 1], strict=True):
        second[int(customer)] = int(day)
    bought = np.isin(np.unique(cdnow_full.customer), cdnow_full.customer[nth == 1])
    return kaplan_meier(np.array(list(second.values())) - first, bought)


def test_published_second_purchases(second_purchase):
    shares = second_purchase.at([30, 60, 90, 180, 365])
    assert shares.share == pytest.approx([0.1746, 0.2515, 0.2922, 0.3745, 0.4586], abs=5e-5)
    assert (shares.low < shares.share).all()
    assert (shares.high > shares.share).all()
    assert shares.high - shares.low == pytest.approx(np.full(5, 0.0115), abs=0.003)


def test_interval_by_hand():
    # leukaemia remission, 6-MP arm (Freireich 1963), the textbook's example: S(10) = .7529, log-log interval
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(weeks, ended)
    at = curve.at([6, 10, 23])
    assert 1 - at.share == pytest.approx([0.8571, 0.7529, 0.4482], abs=5e-5)
    assert 1 - at.high == pytest.approx([0.6197, 0.5032, 0.1878], abs=5e-4)
    assert 1 - at.low == pytest.approx([0.9516, 0.8894, 0.6801], abs=5e-4)
    assert curve.at(5.9).share == 0
    assert curve.quantile(0.5) == 23
    assert curve.quantile(0.6) is None
    assert curve.last_day == 35


counts = st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(1, 4)), min_size=1, max_size=25)


@given(counts)
def test_curve_is_the_product_over_days(rows):
    curve = kaplan_meier(*zip(*rows, strict=True))
    people = [(day, event) for day, event, weight in rows for _ in range(weight)]
    waiting = 1.0
    for day in range(14):
        at_risk = sum(d >= day for d, _ in people)
        happened = sum(d == day and event for d, event in people)
        waiting *= 1 - happened / at_risk if at_risk else 1
        share, low, high = curve.at(day)
        assert share == pytest.approx(1 - waiting)
        assert -1e-12 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1 + 1e-12


@given(counts, st.floats(0, 1), st.floats(0, 30), st.floats(0, 7300))
def test_answers_are_finite_shares(rows, q, silence, horizon):
    curve = kaplan_meier(*zip(*rows, strict=True))
    assert 0 <= curve.within(horizon, silence) <= 1
    for day in (curve.quantile(q), curve.normalised(q), curve.normalised(q, least_at_risk=5)):
        assert day is None or 0 <= day <= curve.last_day


def test_chance_after_silence(second_purchase):
    share = second_purchase.at([100, 190]).share
    chance = second_purchase.within(90, [100, 10_000])
    assert chance == pytest.approx([(share[1] - share[0]) / (1 - share[0]), 0])


def test_normalised_asks_only_those_to_whom_it_happens():
    curve = kaplan_meier([1, 2, 3, 4, 9, 9, 9, 9], [1, 1, 1, 1, 0, 0, 0, 0])
    assert curve.normalised(0.75) == 3
    assert curve.quantile(0.75) is None
    # with six at risk the curve ends on day 3, at 3/8
    assert curve.normalised(1.0, least_at_risk=6) == 3
    assert curve.normalised(0.5, least_at_risk=100) is None


def test_nobody_and_nothing():
    nobody = kaplan_meier([], [])
    assert nobody.at(30).share == 0
    assert nobody.quantile(0.5) is None
    nothing = kaplan_meier([30, 40], [0, 0])
    assert nothing.within(90, 30) == 0
    assert nothing.normalised(0.75) is None


@pytest.mark.parametrize("arrays", [([1, 2], [1]), ([-1], [1]), ([np.nan], [1]), ([1], [1], [-2])])
def test_impossible_durations_are_refused(arrays):
    with pytest.raises(ValueError):
        kaplan_meier(*arrays)
