"""Made shops whose truth is known, as logs of purchases."""

from datetime import date, timedelta

import numpy as np

from tests.forecast.conftest import Log

OPENED = date(2020, 1, 1)
FIRST_DAY = (OPENED - date(1970, 1, 1)).days


def after(days: int) -> date:
    return OPENED + timedelta(days=days)


def log_of(customer: np.ndarray, day: np.ndarray, value: float = 20.0) -> Log:
    """One purchase a customer and day, sorted; `day` counts from the shop's opening."""
    pairs = np.unique(np.column_stack([customer, day]).astype(np.int64), axis=0)
    return Log(pairs[:, 0], (pairs[:, 1] + FIRST_DAY).astype(np.int32), np.full(len(pairs), value))


def loyal_and_leaving(customers: int, days: int, seed: int) -> Log:
    """Rates and chances of leaving differ between customers: the purchase model's own world."""
    random = np.random.default_rng(seed)
    owner, when = [], []
    for customer in range(customers):
        rate, leaving = random.gamma(0.8, 1 / 30), random.beta(0.9, 2.5)
        day = random.uniform(0, days)
        while day < days:
            owner.append(customer)
            when.append(day)
            if random.random() < leaving:
                break
            day += 1 + random.exponential(1 / rate)
    return log_of(np.array(owner), np.floor(when))


def all_alike(customers: int, days: int, seed: int, season: float = 0.0) -> Log:
    """All buy at random about every hundred days for ever, more in summer: nobody tells from the past who."""
    random = np.random.default_rng(seed)
    chance = 0.01 * (1 + season * np.sin(2 * np.pi * np.arange(days) / 365))
    owner, when = np.nonzero(random.random((customers, days)) < chance)
    return log_of(owner, when)


def by_the_clock(customers: int, days: int, seed: int) -> Log:
    """Everyone buys every 120 days to the day: the longer the silence, the sooner the next purchase."""
    random = np.random.default_rng(seed)
    start = random.integers(0, 120, customers)
    owner = np.repeat(np.arange(customers), days // 120 + 1)
    when = (start[:, None] + 120 * np.arange(days // 120 + 1)).ravel()
    return log_of(owner[when < days], when[when < days])


def two_kinds(customers: int, days: int, seed: int) -> tuple[Log, np.ndarray]:
    """Of one kind of first buyers half return about ten weeks later, of the other nobody ever does."""
    random = np.random.default_rng(seed)
    first = random.integers(0, days, customers)
    kind = random.integers(0, 2, customers)
    returns = (kind == 1) & (random.random(customers) < 0.5)
    second = first + np.rint(random.normal(70, 8, customers)).astype(int)
    seen = returns & (second < days)
    owner = np.concatenate([np.arange(customers), np.flatnonzero(seen)])
    return log_of(owner, np.concatenate([first, second[seen]])), kind
