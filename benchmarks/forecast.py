"""How fast the purchase models are: a million customers, and lifetimes on the same rows if it is installed.

python benchmarks/forecast.py [CUSTOMERS]

lifetimes (pip install lifetimes, into an environment of its own that also has numpy and scipy) is the
reader's yardstick, and must find the same parameters: once from a row a customer, as it is usually called,
once from the distinct rows with their weights, the kindest comparison.
"""

# ruff: noqa: N803, N806 - T is the literature's name for it

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from cockpit.forecast import purchases, spend
from cockpit.forecast.history import PurchaseHistory

YEARS = 3


def made_shop(customers: int) -> tuple[np.ndarray, ...]:
    """x, t_x, T and mean repeat value, drawn from the models; about two purchases a customer."""
    random = np.random.default_rng(1)
    T = random.integers(0, 365 * YEARS, customers).astype(float)
    rate, leaving = random.gamma(0.55, 1 / 75, customers), random.beta(0.9, 1.7, customers)
    x, t_x = np.zeros(customers), np.zeros(customers)
    here = np.flatnonzero(random.random(customers) >= leaving)
    while here.size:
        following = np.ceil(t_x[here] + random.exponential(1 / rate[here]))
        in_time = following <= T[here]
        here, following = here[in_time], following[in_time]
        x[here], t_x[here] = x[here] + 1, following
        here = here[random.random(here.size) >= leaving[here]]
    times = np.maximum(x, 1)
    value = random.gamma(6 * times, 1 / (random.gamma(3.7, 1 / 15, customers) * times))
    return x, t_x, T, np.where(x > 0, value, np.nan)


class Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - start
        print(f"{step:<46}{self.seconds[step]:8.3f} s")


def peak() -> float:
    """Most memory this process has held, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def ours(x: np.ndarray, t_x: np.ndarray, T: np.ndarray, value: np.ndarray) -> None:
    clock = Clock()
    with clock.time("count equal histories"):
        history = PurchaseHistory.compress(x, t_x, T)
    with clock.time(f"fit MBG/NBD on {history.x.size:,} distinct rows"):
        model = purchases.fit(history)
    with clock.time("chance of no purchase, 30, 90 and 180 days"):
        model.p_no_purchase(x, t_x, T, [[30], [90], [180]])
    with clock.time("chance to be a customer, silence, next gap"):
        model.p_alive(x, t_x, T)
        model.silence_one_in(x, t_x, T)
        model.gap_quantile(0.75, x, t_x)
    with clock.time("expected purchases in 12 months, discounted"):
        model.discounted_purchases(x, t_x, T)
    fit_and_score = sum(clock.seconds.values())
    with clock.time("value at stake: the same on the last day"):
        model.discounted_purchases(x, t_x, t_x)
    with clock.time("fit Gamma-Gamma, expect a value for everyone"):
        spend.fit(x, value).expected_value(x, value)
    print(f"{'fit and scores':<46}{fit_and_score:8.3f} s")
    print(f"{'all':<46}{sum(clock.seconds.values()):8.3f} s, peak {peak():.0f} MB")


def against_lifetimes(x: np.ndarray, t_x: np.ndarray, T: np.ndarray, value: np.ndarray) -> None:
    try:
        from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter
    except ImportError:
        print("lifetimes is not installed: no comparison")
        return
    print("\nagainst lifetimes, same rows, no prior, nothing winsorised")
    history = PurchaseHistory.compress(x, t_x, T)
    repeated = x > 0
    clock = Clock()
    with clock.time("ours: MBG/NBD, a row a customer"):
        mine = purchases.fit(PurchaseHistory.compress(x, t_x, T), prior=None)
    with clock.time("lifetimes: MBG/NBD, a row a customer"):
        theirs = ModifiedBetaGeoFitter().fit(x, t_x, T)
    compare([mine.r, mine.alpha, mine.a, mine.b], [theirs.params_[name] for name in ("r", "alpha", "a", "b")])
    with clock.time("ours: MBG/NBD, distinct rows"):
        mine = purchases.fit(history, prior=None)
    with clock.time("lifetimes: MBG/NBD, distinct rows"):
        theirs = ModifiedBetaGeoFitter().fit(history.x, history.t_x, history.T, weights=history.weight)
    compare([mine.r, mine.alpha, mine.a, mine.b], [theirs.params_[name] for name in ("r", "alpha", "a", "b")])
    with clock.time("ours: Gamma-Gamma"):
        my_spend = spend.fit(x[repeated], value[repeated], prior=None, winsorise=0)
    with clock.time("lifetimes: Gamma-Gamma"):
        their_spend = GammaGammaFitter().fit(x[repeated], value[repeated])
    compare([my_spend.p, my_spend.q, my_spend.gamma], [their_spend.params_[name] for name in ("p", "q", "v")])
    with clock.time("ours: expected purchases of everyone"):
        mine.expected_purchases(x, t_x, T, 365)
    with clock.time("lifetimes: expected purchases of everyone"):
        theirs.conditional_expected_number_of_purchases_up_to_time(365, x, t_x, T)
    seconds = clock.seconds
    for step in [name.removeprefix("ours: ") for name in seconds if name.startswith("ours: ")]:
        print(f"{step}: {seconds[f'lifetimes: {step}'] / seconds[f'ours: {step}']:.0f} times faster")


def compare(mine: list[float], theirs: list[float]) -> None:
    print("  ours     ", "  ".join(f"{value:.5g}" for value in mine))
    print("  lifetimes", "  ".join(f"{value:.5g}" for value in theirs))
    print(
        f"  largest relative difference {max(abs(a / b - 1) for a, b in zip(mine, theirs, strict=True)):.1e}"
    )


if __name__ == "__main__":
    shop = made_shop(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print(
        f"{shop[0].size:,} customers, {shop[0].sum() + shop[0].size:,.0f} purchases, {peak():.0f} MB held\n"
    )
    ours(*shop)
    against_lifetimes(*shop)
