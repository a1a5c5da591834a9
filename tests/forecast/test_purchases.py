# ruff: noqa: N803, N806 - T is the literature's name for it

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.forecast.history import PurchaseHistory
from cockpit.forecast.purchases import LONGEST_GAP, MONTH, WEAK_PRIOR, MbgNbd, fit
from tests.forecast import oracles
from tests.forecast.conftest import day_number

CALIBRATION_END = day_number(1997, 9, 30)


def model(r, alpha, a, b):
    return MbgNbd(r, alpha, a, b, 0.0, np.eye(4), 1.0, True)


CDNOW = model(0.5248, 6.1831, 0.8914, 1.6140)


@pytest.fixture(scope="module")
def calibration(cdnow_sample):
    frame = cdnow_sample.summary(CALIBRATION_END, unit=7)
    return PurchaseHistory.compress(frame["x"], frame["t_x"], frame["T"])


def test_published_parameters_of_mbg(calibration):
    fitted = fit(calibration, prior=None)
    assert [fitted.r, fitted.alpha, fitted.a, fitted.b] == pytest.approx(
        [0.5248, 6.1831, 0.8914, 1.6140], abs=6e-5
    )
    assert fitted.log_likelihood == pytest.approx(-9582.136, abs=6e-4)
    assert fitted.converged
    assert fitted.customers == 2357


def test_published_parameters_of_bg_hold_the_oracle(cdnow_sample):
    frame = cdnow_sample.summary(CALIBRATION_END, unit=7)
    rows = [frame[name].to_numpy() for name in ("x", "t_x", "T")]
    parameters, log_likelihood = oracles.fit_bg(*rows)
    assert parameters == pytest.approx([0.2426, 4.4136, 0.7929, 2.4259], abs=1e-4)
    assert log_likelihood == pytest.approx(-9582.429, abs=6e-4)
    assert oracles.bg_expected_purchases(parameters, 2, 30.43, 38.86, 39) == pytest.approx(1.2259, abs=1e-4)
    assert oracles.bg_p_alive(parameters, 2, 30.43, 38.86) == pytest.approx(0.7266, abs=1e-4)


def test_published_customer():
    assert CDNOW.expected_purchases(2, 30.43, 38.86, 39) == pytest.approx(1.2627, abs=1e-4)
    assert CDNOW.p_alive(2, 30.43, 38.86) == pytest.approx(0.7061, abs=1e-4)


def test_days_and_weeks_tell_the_same_story(cdnow_sample, calibration):
    frame = cdnow_sample.summary(CALIBRATION_END)
    days = fit(PurchaseHistory.compress(frame["x"], frame["t_x"], frame["T"]), prior=None)
    weeks = fit(calibration, prior=None)
    assert days.alpha == pytest.approx(7 * weeks.alpha)
    assert days.expected_purchases(2, 213, 272, 273) == pytest.approx(
        weeks.expected_purchases(2, 213 / 7, 272 / 7, 39)
    )


def test_tracking_in_and_out_of_calibration(cdnow_full, calibration):
    frame = cdnow_full.summary(CALIBRATION_END)
    fitted = fit(PurchaseHistory.compress(frame["x"], frame["t_x"], frame["T"]))
    error = {}
    for end in (CALIBRATION_END, day_number(1998, 6, 30)):
        frame = cdnow_full.summary(end)
        expected = fitted.expected_repeat_purchases(end - frame["first"].to_numpy()).sum()
        error[end] = expected / frame["x"].sum() - 1
    assert abs(error[CALIBRATION_END]) < 0.01
    assert abs(error[day_number(1998, 6, 30)]) < 0.10


def test_likelihood_is_the_published_one(calibration):
    fitted = fit(calibration)
    each = oracles.mbg_log_likelihood(
        (fitted.r, fitted.alpha, fitted.a, fitted.b), calibration.x, calibration.t_x, calibration.T
    )
    assert fitted.log_likelihood == pytest.approx(calibration.weight @ each)


def test_fit_stands_on_a_peak_with_the_stated_curvature(calibration):
    fitted = fit(calibration, prior=None)
    centre = np.log([fitted.r, fitted.alpha, fitted.a, fitted.b])

    def value(theta):
        rows = oracles.mbg_log_likelihood(np.exp(theta), calibration.x, calibration.t_x, calibration.T)
        return calibration.weight @ rows

    step = 1e-3 * np.eye(4)
    slope = [(value(centre + e) - value(centre - e)) / 2e-3 for e in step]
    assert np.abs(slope).max() < 0.01
    information = [
        [
            -(value(centre + e + f) - value(centre + e - f) - value(centre - e + f) + value(centre - e - f))
            / 4e-6
            for f in step
        ]
        for e in step
    ]
    assert np.linalg.inv(information) == pytest.approx(fitted.covariance, rel=1e-2)


def test_truth_is_recovered_within_its_stated_error():
    truth = np.array([0.8, 40.0, 0.9, 3.0])
    T = np.random.default_rng(5).integers(30, 700, 6000).astype(float)
    x, t_x = oracles.simulate_mbg(truth, T, seed=6)
    fitted = fit(PurchaseHistory.compress(x, t_x, T))
    found = np.log([fitted.r, fitted.alpha, fitted.a, fitted.b])
    z = (found - np.log(truth)) / np.sqrt(np.diag(fitted.covariance))
    assert np.abs(z).max() < 3.5


def test_prior_fades_beside_data_and_steadies_thirty_customers(cdnow_full):
    frame = cdnow_full.summary(CALIBRATION_END)
    rows = [frame[name].to_numpy() for name in ("x", "t_x", "T")]
    everyone = PurchaseHistory.compress(*rows)
    assert fit(everyone).r == pytest.approx(fit(everyone, prior=None).r, rel=0.01)

    random = np.random.default_rng(7)
    centre, spread = np.log(WEAK_PRIOR.centre), np.array(WEAK_PRIOR.spread)
    for _ in range(40):
        few = random.choice(len(rows[0]), 30, replace=False)
        fitted = fit(PurchaseHistory.compress(*(row[few] for row in rows)))
        assert fitted.converged
        found = np.log([fitted.r, fitted.alpha, fitted.a, fitted.b])
        assert (np.abs(found - centre) < 3 * spread).all()


@pytest.mark.parametrize("a", [0.05, 0.999, 1.0, 1.0000005, 1.5, 30.0])
@pytest.mark.parametrize(("x", "T"), [(0, 0), (0, 400), (3, 90), (40, 500), (900, 900)])
def test_expected_purchases_equal_their_integral(a, x, T):
    for horizon in (1, 90, 365, 7300):
        exact = oracles.mbg_expected_if_alive((0.5, 60.0, a, 2.5), x, T, horizon)
        assert model(0.5, 60.0, a, 2.5).expected_if_alive(x, T, horizon) == pytest.approx(exact, rel=2e-6)


def test_parameters_far_out_fall_back_to_the_integral():
    far = (0.01, 0.5, 400.0, 0.05)
    expected = model(*far).expected_if_alive(0, 0, 7300)
    assert expected == pytest.approx(oracles.mbg_expected_if_alive(far, 0, 0, 7300), rel=0.02)


def test_no_purchase_is_what_the_simulated_do():
    truth = (0.8, 40.0, 0.9, 3.0)
    x, _ = oracles.simulate_mbg(truth, np.full(20_000, 290.0), seed=9)
    # at T = 0 the model knows nothing but that the first purchase happened
    fresh = model(*truth)
    assert fresh.p_no_purchase(0, 0, 0, 290) == pytest.approx((x == 0).mean(), abs=0.015)
    assert fresh.expected_purchases(0, 0, 0, 290) == pytest.approx(x.mean(), rel=0.05)
    assert fresh.expected_repeat_purchases(290) == pytest.approx(x.mean(), rel=0.05)


def test_several_horizons_at_once():
    x, t_x, T = np.array([0.0, 3.0]), np.array([0.0, 20.0]), np.array([30.0, 31.0])
    together = CDNOW.p_no_purchase(x, t_x, T, [[4], [13]])
    assert np.array_equal(together, [CDNOW.p_no_purchase(x, t_x, T, horizon) for horizon in (4, 13)])


def test_gap_quantile_and_silence_are_each_others_inverse():
    gap = CDNOW.gap_quantile(0.75, 4, 20.0)
    assert CDNOW.silence_one_in(4, 20.0, 20.0 + gap) == pytest.approx(4)


def test_discounting_sums_months_from_their_ends():
    days = model(0.5, 43.0, 0.9, 1.65)
    monthly = np.diff([days.expected_if_alive(2, 200, k * MONTH) for k in range(13)])
    by_hand = sum(bought / 1.1 ** (k / 12) for k, bought in enumerate(monthly, start=1))
    assert days.discounted_if_alive(2, 200) == pytest.approx(by_hand)
    assert days.discounted_if_alive(2, 200, discount=0.0) == pytest.approx(
        days.expected_if_alive(2, 200, 365)
    )
    assert days.discounted_purchases(2, 150, 200) == pytest.approx(by_hand * days.p_alive(2, 150, 200))


def test_value_at_stake_grows_with_silence():
    days = model(0.5, 43.0, 0.9, 1.65)
    silent = np.arange(100.0, 700.0, 50.0)
    left = days.discounted_purchases(4, 100, silent)
    assert (np.diff(left) < 0).all()


def test_draws_spread_as_the_covariance_says(calibration):
    fitted = fit(calibration)
    drawn = fitted.draws(4000)
    assert np.cov(np.log([[d.r, d.alpha, d.a, d.b] for d in drawn]).T) == pytest.approx(
        fitted.covariance, abs=0.01
    )
    assert [d.r for d in fitted.draws(3)] == [d.r for d in fitted.draws(3)]


def test_a_share_and_a_discount_have_their_ranges():
    with pytest.raises(ValueError):
        CDNOW.gap_quantile(1.0, 1, 1)
    with pytest.raises(ValueError):
        CDNOW.discounted_if_alive(1, 1, discount=-1.0)
    with pytest.raises(ValueError):
        fit(PurchaseHistory.compress([], [], []))


def scores(fitted, x, t_x, T):
    for horizon in (0, 30, 90, 180, 7300):
        none, bought = fitted.p_no_purchase(x, t_x, T, horizon), fitted.expected_purchases(x, t_x, T, horizon)
        assert ((none >= 0) & (none <= 1)).all()
        assert (np.isfinite(bought) & (bought >= 1 - none - 1e-9)).all()
    alive, silence = fitted.p_alive(x, t_x, T), fitted.silence_one_in(x, t_x, T)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (np.isfinite(silence) & (silence >= 1)).all()
    for q in (0.5, 0.75, 0.999):
        gap = fitted.gap_quantile(q, x, t_x)
        assert ((gap >= 0) & (gap <= LONGEST_GAP)).all()
    left = fitted.discounted_purchases(x, t_x, T)
    assert (np.isfinite(left) & (left >= 0)).all()
    assert np.isfinite(fitted.expected_repeat_purchases(T)).all()


EXTREMES = {
    "one customer on the first day": [(0, 0, 0)],
    "one customer": [(0, 0, 100)],
    "one regular": [(5, 80, 100)],
    "everyone once": [(0, 0, t) for t in range(0, 700, 7)],
    "everyone today": [(0, 0, 0)] * 40,
    "daily buyers": [(t, t, t) for t in range(1, 1000, 50)],
    "daily buyers, all gone": [(30, 30, 700)] * 30,
    "a whale": [(0, 0, t) for t in range(60)] + [(900, 1400, 1500)],
    "second-long life": [(1, 1e-5, 2e-5)] * 5,
    "a century": [(1, 30_000, 36_000)] * 5 + [(0, 0, 36_000)] * 5,
}


@pytest.mark.parametrize("prior", [WEAK_PRIOR, None], ids=["prior", "plain"])
@pytest.mark.parametrize("rows", EXTREMES.values(), ids=EXTREMES.keys())
def test_extreme_shops_get_finite_scores(rows, prior):
    x, t_x, T = np.array(rows, dtype=float).T
    fitted = fit(PurchaseHistory.compress(x, t_x, T), prior=prior)
    assert np.isfinite(fitted.covariance).all()
    assert np.isfinite(fitted.log_likelihood)
    assert fitted.converged or prior is None
    scores(fitted, x, t_x, T)


shop = st.lists(
    st.tuples(st.integers(0, 900), st.floats(0, 1), st.floats(0, 4000)).map(
        lambda row: (row[0], row[1] * row[2] if row[0] else 0.0, row[2])
    ),
    min_size=1,
    max_size=40,
)


@settings(deadline=None, max_examples=40)
@given(shop, st.sampled_from([WEAK_PRIOR, None]))
def test_any_shop_gets_finite_scores(rows, prior):
    x, t_x, T = np.array(rows, dtype=float).T
    fitted = fit(PurchaseHistory.compress(x, t_x, T), prior=prior)
    scores(fitted, x, t_x, T)


@settings(deadline=None, max_examples=100)
@given(st.tuples(*[st.floats(-9, 14)] * 4), shop)
def test_any_parameters_give_finite_scores(logs, rows):
    scores(model(*np.exp(logs)), *np.array(rows, dtype=float).T)
