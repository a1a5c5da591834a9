from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.forecast.look_alikes import LEAST_WATCHED, SHRINKAGE, look_alikes
from cockpit.forecast.referee import judge
from cockpit.forecast.snapshots import origins
from cockpit.forecast.survival import kaplan_meier
from tests.forecast.worlds import FIRST_DAY, OPENED, after, all_alike, log_of, two_kinds


def told_kinds(log, kind, day, known=True):
    """A snapshot that knows each customer's kind, and an attribute that says nothing."""
    keys = np.unique(log.customer[log.day <= FIRST_DAY + day])
    told = log.snapshot(after(day), 90, known)
    return replace(told, traits={"noise": keys % 3, "kind": kind[keys]})


@pytest.fixture(scope="module")
def kinds():
    return two_kinds(3000, 900, seed=12)


def test_the_attribute_that_tells_second_orders_apart_is_found(kinds):
    log, kind = kinds
    found = look_alikes(told_kinds(log, kind, 900, known=False))
    assert found.by == "kind"


def test_chances_are_those_of_the_kind_shrunk_to_the_shop(kinds):
    log, kind = kinds
    today = told_kinds(log, kind, 900, known=False)
    found = look_alikes(today)
    once = today.x == 0
    assert np.isnan(found.chance[~once]).all()
    of_kind = today.traits["kind"]
    for silence in (5, 60, 71, 80, 300):
        rows = once & (silence == today.T)
        for which in (0, 1):
            mine = of_kind == which
            own = kaplan_meier(today.first_gap[mine], today.x[mine] > 0).within(90, silence)
            shop = kaplan_meier(today.first_gap, today.x > 0).within(90, silence)
            n = (mine & (today.first_gap > silence)).sum()
            expected = (n * own + SHRINKAGE * shop) / (n + SHRINKAGE)
            assert found.chance[rows & mine] == pytest.approx(expected)
            assert (found.silent[rows & mine] == n).all()
            back = (mine & (today.x > 0) & (today.first_gap > silence)).sum()
            assert (found.back[rows & mine] == back).all()
            assert found.alike[rows].all()


def test_who_waited_past_the_last_who_was_watched_is_left_to_the_model(kinds):
    log, kind = kinds
    today = told_kinds(log, kind, 900, known=False)
    found = look_alikes(today)
    late = (today.x == 0) & (today.T > 900 - 90)
    assert late.any()
    assert np.isnan(found.chance[late]).all()
    watched = [(today.first_gap > silence + 90).sum() for silence in today.T[~np.isnan(found.chance)]]
    assert min(watched) >= LEAST_WATCHED


def test_attributes_that_tell_nothing_are_not_used():
    log = all_alike(2000, 500, seed=13)
    today = log.snapshot(after(500), 90, known=False)
    noise = np.random.default_rng(1).integers(0, 5, today.x.size)
    found = look_alikes(replace(today, traits={"noise": noise, "unknown": np.full(today.x.size, -1)}))
    assert found.by is None
    assert not found.alike.any()


def test_small_groups_speak_for_the_shop(kinds):
    log, kind = kinds
    today = told_kinds(log, kind, 900, known=False)
    few = np.where(np.arange(today.x.size) < 50, 2, today.traits["kind"])
    found = look_alikes(replace(today, traits={"kind": few}))
    assert not found.alike[few == 2].any()


def test_the_referee_prefers_look_alikes_where_they_know_better(kinds):
    log, kind = kinds
    past = [told_kinds(log, kind, (day - OPENED).days) for day in origins(OPENED, after(900), 90)]
    verdict = judge(past, after(900), 90)
    brier = {standing.method: standing.brier.value for standing in verdict.standings}
    assert verdict.method == "look_alikes"
    assert verdict.predicts
    assert brier["look_alikes"] < 0.7 * brier["mbg"]


purchases = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), min_size=1, max_size=300)


@settings(deadline=None, max_examples=30)
@given(purchases, st.integers(1, 200), st.integers(-1, 3))
def test_chances_are_chances_in_any_shop(rows, horizon, code):
    owner, day = np.array(rows).T
    today = log_of(owner, day).snapshot(after(400), horizon, known=False)
    codes = np.arange(today.x.size) % 5 + code
    found = look_alikes(replace(today, traits={"any": np.maximum(codes, -1)}))
    known = ~np.isnan(found.chance)
    assert ((found.chance[known] >= 0) & (found.chance[known] <= 1)).all()
    assert not known[today.x > 0].any()
    assert (found.back <= found.silent).all()
