import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from cockpit.forecast.spend import fit
from tests.forecast.conftest import day_number


@pytest.fixture(scope="module")
def calibration(cdnow_sample):
    frame = cdnow_sample.summary(day_number(1997, 9, 30))
    return frame["x"].to_numpy(), frame["repeat_value"].fill_null(np.nan).to_numpy()


def test_published_parameters(calibration):
    fitted = fit(*calibration, prior=None, winsorise=0)
    assert [fitted.p, fitted.q, fitted.gamma] == pytest.approx([6.250, 3.744, 15.444], abs=6e-4)
    assert fitted.log_likelihood == pytest.approx(-4055.918, abs=6e-4)
    assert fitted.customers == 946
    assert fitted.converged


def test_log_likelihood_is_the_published_one(calibration):
    fitted = fit(*calibration, winsorise=0)
    p, q, g = fitted.p, fitted.q, fitted.gamma
    x, m = (column[calibration[1] > 0] for column in calibration)
    each = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(g) + (p * x - 1) * np.log(m)
    each += p * x * np.log(x) - (p * x + q) * np.log(g + x * m)
    assert fitted.log_likelihood == pytest.approx(each.sum())


def test_own_values_weigh_in_as_they_grow_in_number(calibration):
    fitted = fit(*calibration)
    mean, high = fitted.mean, 200.0
    expected = fitted.expected_value([0, 1, 3, 30, 100_000], high)
    assert expected[0] == pytest.approx(mean)
    assert (np.diff(expected) > 0).all()
    assert expected[-1] == pytest.approx(high, rel=1e-3)
    by_hand = fitted.p * (fitted.gamma + 3 * high) / (fitted.p * 3 + fitted.q - 1)
    assert expected[2] == pytest.approx(by_hand)


@pytest.mark.parametrize("value", [0.0, np.nan, -5.0, np.inf])
def test_without_a_usable_value_the_population_is_expected(calibration, value):
    fitted = fit(*calibration)
    assert fitted.expected_value(3, value) == pytest.approx(fitted.mean)


def test_one_wild_order_leads_nothing(calibration):
    x, m = calibration[0].copy(), calibration[1].copy()
    wild = np.flatnonzero(x == 1)[0]
    m[wild] = 168_469.0
    fitted = fit(x, m)
    assert fitted.mean == pytest.approx(fit(*calibration).mean, rel=0.05)
    assert fitted.expected_value(1, m[wild]) < 300


def test_money_of_any_size_tells_the_same_story(calibration):
    plain, yen = fit(*calibration), fit(calibration[0], calibration[1] * 150)
    assert (yen.p, yen.q, yen.gamma) == pytest.approx((plain.p, plain.q, plain.gamma * 150))
    assert yen.correlation == pytest.approx(plain.correlation)


def test_frequency_and_spend_going_together_is_reported():
    random = np.random.default_rng(2)
    x = random.integers(1, 10, 500).astype(float)
    noise = random.lognormal(0, 0.3, 500)
    assert fit(x, 30 * noise).correlation == pytest.approx(0, abs=0.12)
    assert fit(x, 30 * x * noise).correlation > 0.8
    assert fit(np.ones(5), np.arange(1.0, 6.0)).correlation is None


def test_a_shop_without_repeats_expects_its_typical_purchase():
    fitted = fit([0, 0], [np.nan, np.nan], typical=40.0)
    assert fitted.mean == pytest.approx(40.0, rel=0.01)
    assert fitted.ceiling is None
    assert fitted.expected_value(2, 80.0) > 40


def test_nothing_to_go_by_is_said():
    with pytest.raises(ValueError):
        fit([0.0], [10.0])
    with pytest.raises(ValueError):
        fit([1.0, 2.0], [10.0])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 900), st.one_of(st.floats(1e-2, 1e7), st.sampled_from([0.0, np.nan, 20.0, 20.0]))
        ),
        min_size=1,
        max_size=40,
    )
)
@example([(1, 8781086.0), (272, 8751663.3), (1, 8781086.0)])
def test_tiny_shops_never_explode(customers):
    x, m = np.array(customers, dtype=float).T
    fitted = fit(x, m, typical=25.0)
    assert np.isfinite(fitted.covariance).all()
    assert np.isfinite(fitted.log_likelihood)
    assert fitted.converged
    expected = fitted.expected_value(x, m)
    seen = m[np.isfinite(m) & (m > 0) & (x > 0)]
    assert (expected > 0).all()
    assert expected.max() < 100 * max(seen.max(initial=0), 25.0)
