"""Most probable positive parameters: damped Newton on their logarithms, L-BFGS-B where that stalls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cockpit.forecast.history import Floats

LOWEST, HIGHEST = -9.0, 14.0
"""Box of the logarithms: outside it a likelihood of a shop is flat and only numbers break."""
LONGEST_STEP = 1.5
TOLERANCE = 1e-9
LEAST_GAIN = 1e-6
ROUNDING = 1e-12
"""Sums over a million customers waver by so much: near the peak a good step may seem to lead uphill."""
STEPS = 100


class Evaluation(NamedTuple):
    """A log-likelihood with its first and second derivatives by the parameters themselves."""

    value: float
    gradient: Floats
    hessian: Floats


Likelihood = Callable[[Floats], Evaluation]


@dataclass(frozen=True, slots=True)
class Prior:
    """Independent normal distributions of the parameters' logarithms, added once, not per customer."""

    centre: tuple[float, ...]
    spread: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The parameters, their log-likelihood without the prior, the covariance of their logarithms."""

    parameters: Floats
    log_likelihood: float
    covariance: Floats
    converged: bool


def maximise(likelihood: Likelihood, start: Floats, prior: Prior | None, size: float) -> Optimum:
    """Maximise likelihood times prior over positive parameters; `size` is the number of customers.

    Converged means that the gradient of the mean log-posterior by log-parameters is below 1e-9, or that a
    further step would raise the log-posterior by less than a millionth (rounding may keep the gradient of
    extreme customers from vanishing); parameters at an edge of the box may rest there.
    """

    def objective(theta: Floats) -> Evaluation:
        """Negative mean log-posterior and its derivatives by the logarithms."""
        parameters = np.exp(theta)
        found = likelihood(parameters)
        value, gradient = found.value, found.gradient * parameters
        hessian = found.hessian * np.outer(parameters, parameters) + np.diag(gradient)
        if prior is not None:
            spread = np.asarray(prior.spread)
            z = (theta - np.log(prior.centre)) / spread
            value -= 0.5 * float(z @ z)
            gradient = gradient - z / spread
            hessian = hessian - np.diag(spread**-2.0)
        return Evaluation(-value / size, -gradient / size, -hessian / size)

    first = np.clip(np.log(start), LOWEST, HIGHEST)
    theta, at = _newton(objective, first)
    converged = _converged(theta, at, size)
    if not converged:
        theta, at = _fallback(objective, theta, at)
        converged = _converged(theta, at, size)
    parameters = np.exp(theta)
    return Optimum(parameters, float(likelihood(parameters).value), _inverse(at.hessian * size), converged)


def _newton(objective: Likelihood, theta: Floats) -> tuple[Floats, Evaluation]:
    """Newton steps inside the box, damped until the objective falls."""
    at = objective(theta)
    damping = 1e-3
    for _ in range(STEPS):
        if _unmet(theta, at.gradient) < TOLERANCE:
            break
        free = _free(theta, at.gradient)
        curvature, axes = np.linalg.eigh(at.hessian[np.ix_(free, free)])
        slope = axes.T @ at.gradient[free]
        for _ in range(20):
            step = np.zeros_like(theta)
            step[free] = -axes @ (slope / (np.abs(curvature) + damping))
            step *= min(1.0, LONGEST_STEP / np.abs(step).max())
            there = np.clip(theta + step, LOWEST, HIGHEST)
            found = objective(there)
            if np.isfinite(found.value) and found.value <= at.value + ROUNDING * (1 + abs(at.value)):
                break
            damping = max(damping * 8, 1e-8)
        else:
            break
        if np.array_equal(there, theta):
            break
        theta, at = there, found
        damping = max(damping / 10, 1e-14)
    return theta, at


def _fallback(objective: Likelihood, theta: Floats, at: Evaluation) -> tuple[Floats, Evaluation]:
    """Go on from where Newton's method stalled, keeping whichever end is better."""
    from scipy.optimize import minimize

    found = minimize(
        lambda point: objective(point)[:2],
        theta,
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST, HIGHEST)] * theta.size,
        options={"maxiter": 500, "ftol": 1e-15, "gtol": 1e-9},
    )
    there = np.clip(found.x, LOWEST, HIGHEST)
    other = objective(there)
    better = np.isfinite(other.value) and other.value < at.value
    return (there, other) if better else (theta, at)


def _free(theta: Floats, gradient: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Parameters that are not held by an edge of the box."""
    held = ((theta <= LOWEST) & (gradient > 0)) | ((theta >= HIGHEST) & (gradient < 0))
    return np.asarray(~held)


def _unmet(theta: Floats, gradient: Floats) -> float:
    return float(np.abs(gradient[_free(theta, gradient)]).max(initial=0.0))


def _converged(theta: Floats, at: Evaluation, size: float) -> bool:
    if _unmet(theta, at.gradient) < TOLERANCE:
        return True
    free = _free(theta, at.gradient)
    curvature, axes = np.linalg.eigh(at.hessian[np.ix_(free, free)])
    gain = (axes.T @ at.gradient[free]) ** 2 / curvature / 2
    return bool((curvature > 0).all() and gain.sum() * size < LEAST_GAIN)


def _inverse(hessian: Floats) -> Floats:
    """Inverse of the information; directions without any get a standard deviation of the box's width."""
    curvature, axes = np.linalg.eigh(hessian)
    widest = (HIGHEST - LOWEST) ** 2
    return np.asarray((axes / np.maximum(curvature, 1 / widest)) @ axes.T)
