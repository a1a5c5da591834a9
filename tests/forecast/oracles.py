"""Slow and obvious: the models as the papers print them, to hold the fast ones against."""

# ruff: noqa: N803 - T is the literature's name for it

import numpy as np
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, gammaln, hyp2f1


def bg_log_likelihood(parameters, x, t_x, T):
    """BG/NBD, Fader, Hardie & Lee 2005, equation 6."""
    r, alpha, a, b = parameters
    constant = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
    alive = -(r + x) * np.log(alpha + T)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + t_x)
    return constant + np.where(x > 0, np.logaddexp(alive, gone), alive)


def mbg_log_likelihood(parameters, x, t_x, T):
    """MBG/NBD, Batislam, Denizel & Filiztekin 2007."""
    r, alpha, a, b = parameters
    constant = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    alive = betaln(a, b + x + 1) - (r + x) * np.log(alpha + T)
    gone = betaln(a + 1, b + x) - (r + x) * np.log(alpha + t_x)
    return constant + np.logaddexp(alive, gone)


def fit_bg(x, t_x, T):
    """Parameters (r, alpha, a, b) and log-likelihood of BG/NBD by maximum likelihood."""
    found = minimize(
        lambda theta: -bg_log_likelihood(np.exp(theta), x, t_x, T).sum(),
        np.log([0.5, 10.0, 1.0, 2.5]),
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-9, "maxiter": 10_000, "maxfev": 10_000},
    )
    return np.exp(found.x), -found.fun


def bg_expected_purchases(parameters, x, t_x, T, horizon):
    """BG/NBD, Fader, Hardie & Lee 2005, equation 10."""
    r, alpha, a, b = parameters
    z = horizon / (alpha + T + horizon)
    shrink = ((alpha + T) / (alpha + T + horizon)) ** (r + x)
    bought = (a + b + x - 1) / (a - 1) * (1 - shrink * hyp2f1(r + x, b + x, a + b + x - 1, z))
    return bg_p_alive(parameters, x, t_x, T) * bought


def bg_p_alive(parameters, x, t_x, T):
    r, alpha, a, b = parameters
    odds = a / (b + np.maximum(x, 1) - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
    return 1 / (1 + np.where(x > 0, odds, 0.0))


def mbg_expected_if_alive(parameters, x, T, horizon):
    """Mean over the chance p of leaving of (1 - (1 + p H / (alpha + T)) ** -(r + x)) / p, by quadrature."""
    r, alpha, a, b = parameters

    def bought(share):
        p = max(betaincinv(a, b + x + 1, share), 1e-300)
        return -np.expm1(-(r + x) * np.log1p(p * horizon / (alpha + T))) / p

    return quad(bought, 0, 1, limit=500, epsabs=1e-10, epsrel=1e-10)[0]


def simulate_mbg(parameters, T, seed):
    """Histories (x, t_x) of one customer for each T, drawn step by step from the model's story."""
    r, alpha, a, b = parameters
    random = np.random.default_rng(seed)
    x, t_x = np.zeros(len(T)), np.zeros(len(T))
    for i, observed in enumerate(T):
        rate, leaving = random.gamma(r, 1 / alpha), random.beta(a, b)
        while random.random() >= leaving:
            following = t_x[i] + random.exponential(1 / rate)
            if following > observed:
                break
            x[i], t_x[i] = x[i] + 1, following
    return x, t_x
