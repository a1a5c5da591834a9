import numpy as np
import pytest

from cockpit.forecast.optimise import HIGHEST, LOWEST, Evaluation, Prior, maximise


def hill(data):
    """Normal log-likelihood of the logarithms around (ln a, ln b): its peak and width are known."""
    centre, spread = np.log(data), np.array([0.1, 0.5])

    def evaluate(parameters):
        z = (np.log(parameters) - centre) / spread
        slope = -z / spread / parameters
        curve = -(1 / spread**2) / parameters**2 - slope / parameters
        return Evaluation(float(-z @ z / 2), slope, np.diag(curve))

    return evaluate


def test_peak_and_covariance_of_a_known_hill():
    found = maximise(hill([3.0, 70.0]), np.array([1.0, 1.0]), None, 1.0)
    assert found.parameters == pytest.approx([3, 70])
    assert found.covariance == pytest.approx(np.diag([0.01, 0.25]), abs=1e-9)
    assert found.log_likelihood == pytest.approx(0)
    assert found.converged


def test_prior_pulls_by_its_precision():
    prior = Prior(centre=(1.0, 1.0), spread=(0.1, 0.5))
    found = maximise(hill([4.0, 16.0]), np.array([1.0, 1.0]), prior, 10.0)
    assert found.parameters == pytest.approx([2, 4])
    assert found.covariance == pytest.approx(np.diag([0.005, 0.125]), abs=1e-9)
    assert found.log_likelihood == pytest.approx(hill([4.0, 16.0])(found.parameters).value)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_hill_without_top_ends_at_the_edge_of_the_box(sign):
    def slope(parameters):
        return Evaluation(
            sign * float(np.log(parameters[0])), sign / parameters, -sign * np.diag(parameters**-2.0)
        )

    found = maximise(slope, np.array([1.0]), None, 1.0)
    assert np.log(found.parameters) == pytest.approx([HIGHEST if sign > 0 else LOWEST])
    assert np.isfinite(found.covariance).all()


def test_a_wrong_curvature_is_survived_by_the_fallback():
    exact = hill([3.0, 70.0])

    def misleading(parameters):
        found = exact(parameters)
        return found._replace(hessian=found.hessian * 1e3)

    found = maximise(misleading, np.array([1.0, 1.0]), None, 1.0)
    assert found.parameters == pytest.approx([3, 70], rel=1e-4)
