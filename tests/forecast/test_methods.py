import numpy as np
import pytest
from scipy.optimize import minimize

from cockpit.forecast import methods
from cockpit.forecast.methods import METHODS, Seen, train
from cockpit.forecast.purchases import fit
from tests.forecast.worlds import after, loyal_and_leaving


@pytest.fixture(scope="module")
def seen():
    log = loyal_and_leaving(1500, 700, seed=1)
    snapshots = [log.snapshot(after(day), 90) for day in (300, 400, 500)]
    return [Seen(snapshot, fit(snapshot.history())) for snapshot in snapshots]


@pytest.mark.parametrize("method", METHODS)
def test_chances_are_chances_and_name_the_right_number_of_buyers(seen, method):
    chance = train(method, seen[:2])(seen[2])
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance.sum() == pytest.approx(seen[2].snapshot.bought.sum(), rel=0.35)


@pytest.mark.parametrize("method", ["orders", "recency", "learned"])
def test_lessons_are_kept_on_average(seen, method):
    chance = train(method, seen[:1])(seen[0])
    assert chance.mean() == pytest.approx(seen[0].snapshot.bought.mean(), rel=0.01)


def test_the_model_needs_no_lesson(seen):
    s = seen[0].snapshot
    assert train("mbg", [])(seen[0]) == pytest.approx(1 - seen[0].model.p_no_purchase(s.x, s.t_x, s.T, 90))


def test_orders_rank_before_recency(seen):
    s = seen[1].snapshot
    rank = methods.RANKINGS["orders"](s)
    order = np.lexsort((-s.silence, s.orders_365))
    assert (np.diff(rank[order]) >= 0).all()


def test_regression_minimises_its_penalised_loss(seen):
    features, bought = methods._features(seen[0]), seen[0].snapshot.bought
    varied = features[:, features.std(axis=0) > 1e-9]
    z = (varied - varied.mean(axis=0)) / varied.std(axis=0)
    rows = np.column_stack([np.ones(len(z)), z])

    def loss(beta):
        score = rows @ beta
        return (np.logaddexp(0, score) - bought * score).sum() + methods.RIDGE * beta @ beta / 2

    best = minimize(loss, np.zeros(rows.shape[1]), method="BFGS", options={"gtol": 1e-6}).x
    exact = 1 / (1 + np.exp(-rows @ best))
    assert train("learned", seen[:1])(seen[0]) == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("bought", [0.0, 1.0])
def test_a_past_in_which_all_did_the_same_still_gives_chances(seen, bought):
    s = seen[0].snapshot.take(np.arange(50))
    object.__setattr__(s, "bought", np.full(50, bought))
    for method in METHODS:
        chance = train(method, [Seen(s, seen[0].model)])(seen[1])
        assert ((chance >= 0) & (chance <= 1)).all()


def test_a_sample_teaches_what_all_teach(seen, monkeypatch):
    everyone = train("learned", seen[:2])(seen[2])
    monkeypatch.setattr(methods, "SAMPLE", 400)
    assert np.abs(train("learned", seen[:2])(seen[2]) - everyone).mean() < 0.05


def test_learning_needs_outcomes(seen):
    s = seen[0].snapshot
    today = type(s)(s.origin, 90, s.x, s.t_x, s.T, s.weight, s.orders_365, s.value, s.first_gap)
    with pytest.raises(ValueError):
        train("recency", [Seen(today, seen[0].model)])
