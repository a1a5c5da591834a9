from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.errors import Cancelled
from cockpit.forecast.methods import METHODS
from cockpit.forecast.purchases import fit
from cockpit.forecast.referee import Band, judge
from cockpit.forecast.snapshots import origins
from tests.forecast.worlds import OPENED, after, all_alike, by_the_clock, log_of, loyal_and_leaving

BAR_CUT = date(1998, 1, 1)


def backtest(log, days, horizon=90):
    return [log.snapshot(day, horizon) for day in origins(OPENED, after(days), horizon)]


def verdict_on(log, days, horizon=90):
    return judge(backtest(log, days, horizon), after(days), horizon)


@pytest.fixture(scope="module")
def cdnow_verdict(cdnow_full):
    days = [BAR_CUT + timedelta(days=90 * k) for k in (-3, -2, -1, 0)]
    return judge([cdnow_full.snapshot(day, 90) for day in days], BAR_CUT + timedelta(days=90), 90)


def test_bar_on_cdnow(cdnow_verdict):
    row = cdnow_verdict.origins[-1]
    assert (row.origin, row.customers) == (BAR_CUT, 23_570)
    assert row.buyers / row.customers == pytest.approx(0.1616, abs=5e-5)
    score = {score.method: score for score in row.scores}
    assert score["mbg"].auc.value >= 0.795
    assert score["mbg"].brier.value <= 0.106
    assert score["orders"].auc.value == pytest.approx(0.803, abs=5e-4)
    chosen = score[cdnow_verdict.method]
    assert chosen.auc.value >= 0.795
    assert chosen.brier.value <= 0.106
    # the learned scorer, had its lead been beyond a tie, beats even the ranking by purchases
    assert score["learned"].auc.value > score["orders"].auc.value
    assert score["learned"].brier.value < score["mbg"].brier.value


def test_verdict_on_cdnow_can_be_read(cdnow_verdict):
    assert cdnow_verdict.predicts
    assert cdnow_verdict.method == "mbg"
    assert (cdnow_verdict.reason, cdnow_verdict.tests) == ("tied_model", 3)
    model = cdnow_verdict.standings[0]
    assert cdnow_verdict.chosen is model
    assert cdnow_verdict.rival.method == "learned"
    assert len(model.bins) == 10
    assert sum(b.customers for b in model.bins) == 3 * 23_570
    assert np.diff([b.happened for b in model.bins]).min() > 0


def test_the_model_wins_in_its_own_world():
    verdict = verdict_on(loyal_and_leaving(1500, 800, seed=2), 800)
    assert verdict.predicts
    assert verdict.method == "mbg"
    assert abs(verdict.standings[0].bias) < 0.1
    assert not verdict.origins[0].scores
    assert len(verdict.origins[1].scores) == len(METHODS)
    assert verdict.band.spread < 0.25


def test_a_shop_of_equals_is_not_predicted():
    verdict = verdict_on(all_alike(400, 900, seed=3), 900)
    assert verdict.predicts is False
    assert verdict.reason == "unpredictable"
    assert all(standing.auc.low < 0.55 for standing in verdict.standings)


def test_a_shop_by_the_clock_is_learned():
    log = by_the_clock(600, 1100, seed=4)
    verdict = verdict_on(log, 1100, horizon=30)
    by_method = {standing.method: standing for standing in verdict.standings}
    assert verdict.method == "learned"
    assert verdict.predicts
    assert by_method["recency"].auc.value < 0.2

    today = log.snapshot(after(1100), 30, known=False)
    chance = verdict.chances(today, fit(today.history()))
    due = today.silence > 95
    assert chance[due].mean() > 0.8
    assert chance[~due].mean() < 0.1


def test_last_years_season_steadies_the_totals():
    log = all_alike(400, 1460, seed=5, season=0.8)
    verdict = verdict_on(log, 1460)
    plain = [np.log((r.purchases + 0.5) / (r.expected_purchases + 0.5)) for r in verdict.origins]
    assert verdict.band.seasonal
    assert verdict.band.spread < 0.6 * np.sqrt(np.mean(np.square(plain)))
    # New Year to spring lies above the yearly mean
    assert verdict.band.season > 1


def test_band_is_lognormal_around_the_season():
    estimate = Band(spread=0.1, season=1.2, seasonal=True).of(100.0)
    assert estimate == pytest.approx((120, 120 * np.exp(-0.1645), 120 * np.exp(0.1645)))
    assert Band(0.1, 1.2, True).of(0.0) == (0, 0, 0)


@pytest.mark.parametrize("days", [60, 180, 350])
def test_short_histories_keep_the_model_without_a_band(days):
    log = loyal_and_leaving(100, 350, seed=6)
    verdict = verdict_on(log.until(log.day.min() + days), days)
    assert verdict.method == "mbg"
    assert verdict.predicts is None
    assert verdict.band is None
    assert (verdict.reason, verdict.tests) == ("untested", len(origins(OPENED, after(days), 90)))
    assert verdict.chosen is verdict.rival is None
    today = log.snapshot(after(days), 90, known=False)
    model = fit(today.history())
    assert verdict.chances(today, model) == pytest.approx(
        1 - model.p_no_purchase(today.x, today.t_x, today.T, 90)
    )


def test_where_nobody_ever_returns_nothing_is_claimed():
    log = loyal_and_leaving(300, 700, seed=7)
    first = np.unique(log.customer, return_index=True)[1]
    once = replace(log, customer=log.customer[first], day=log.day[first], value=log.value[first])
    verdict = verdict_on(once, 700)
    assert verdict.predicts is False
    assert verdict.reason == "one_kind"
    assert all(standing.auc is None and standing.bias is None for standing in verdict.standings)
    assert np.isfinite(verdict.band.spread)


purchases = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 599)), min_size=1, max_size=60)


@settings(deadline=None, max_examples=25)
@given(purchases)
def test_the_smallest_shops_get_a_finite_verdict(rows):
    owner, day = np.array(rows).T
    log = log_of(owner, day)
    verdict = verdict_on(log, 600)
    assert verdict.reason
    if verdict.band is not None:
        assert np.isfinite([verdict.band.spread, verdict.band.season, *verdict.band.of(10.0)]).all()
    for standing in verdict.standings:
        assert np.isfinite([*standing.brier, *(standing.auc or ()), *(standing.lift or ())]).all()
    today = log.snapshot(after(600), 90, known=False)
    chance = verdict.chances(today, fit(today.history()))
    assert ((chance >= 0) & (chance <= 1)).all()


def test_counted_rows_tell_the_same_as_single_customers():
    log = loyal_and_leaving(400, 600, seed=8)
    single = backtest(log, 600)
    counted = []
    for s in single:
        columns = np.column_stack(
            [s.x, s.t_x, s.T, s.orders_365, s.value, s.first_gap, s.bought, s.purchases]
        )
        rows, weight = np.unique(columns, axis=0, return_counts=True)
        x, t_x, age, orders, value, gap, bought, purchases = rows.T
        counted.append(
            replace(
                s,
                x=x,
                t_x=t_x,
                T=age,
                weight=weight,
                orders_365=orders,
                value=value,
                first_gap=gap,
                bought=bought,
                purchases=purchases,
            )
        )
    one, other = (judge(snapshots, after(600), 90) for snapshots in (single, counted))
    assert one.method == other.method
    for a, b in zip(one.standings, other.standings, strict=True):
        assert a.brier == pytest.approx(b.brier, abs=1e-6)
        assert a.auc == pytest.approx(b.auc, abs=1e-5)
    assert one.band.spread == pytest.approx(other.band.spread)


def test_peeking_into_the_future_is_refused():
    log = loyal_and_leaving(50, 500, seed=9)
    near = [log.snapshot(after(day), 90) for day in (200, 250)]
    with pytest.raises(ValueError):
        judge(near, after(500), 90)
    with pytest.raises(ValueError):
        judge(near[:1], after(250), 90)
    with pytest.raises(ValueError):
        judge([log.snapshot(after(200), 90, known=False)], after(500), 90)
    with pytest.raises(ValueError):
        judge(near[:1], after(500), 60)


def test_a_verdict_answers_for_its_horizon_only():
    log = loyal_and_leaving(50, 300, seed=10)
    verdict = verdict_on(log, 300)
    today = log.snapshot(after(300), 30, known=False)
    with pytest.raises(ValueError):
        verdict.chances(today, fit(today.history()))


def test_progress_is_told_and_may_cancel():
    log = loyal_and_leaving(50, 700, seed=11)
    steps = []
    judge(backtest(log, 700), after(700), 90, steps.append)
    assert [step.done for step in steps] == list(range(len(steps)))
    assert {step.stage for step in steps} == {"forecast"}
    assert steps[-1].done == steps[-1].total

    def cancel(step):
        if step.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        judge(backtest(log, 700), after(700), 90, cancel)
