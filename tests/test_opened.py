"""What is said of a log when it is opened."""

import datetime as dt
import os
from pathlib import Path

import pytest

from cockpit.shop import Shop
from tests.shops import shop_from

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("COCKPIT_DATA", "/nonexistent"))
START = dt.date(2024, 1, 1)


def joined(first_month: int, later: int, months: int = 8):
    """So many new customers in the first 30 days, and in each 30 days after."""
    counts = [first_month, *[later] * (months - 1)]
    return [
        (f"c{month}-{n}", START + dt.timedelta(days=30 * month + n % 30), 10.0)
        for month, count in enumerate(counts)
        for n in range(count)
    ] + [("last", START + dt.timedelta(days=30 * months - 1), 10.0)]


@pytest.mark.parametrize(
    ("first_month", "later", "months", "flagged"),
    [
        (40, 10, 8, True),
        (30, 10, 8, False),  # three times a usual month, not more
        (40, 10, 14, False),  # less than a quarter of all
        (40, 0, 8, True),  # a single cohort
        (28, 0, 8, False),  # too few customers to say
        (40, 0, 1, False),  # no later month to compare with
    ],
)
def test_a_log_that_starts_mid_life_is_flagged(first_month, later, months, flagged):
    with shop_from(joined(first_month, later, months)) as shop:
        facts = shop.facts
    assert (facts.log_start is not None) == flagged
    assert (facts.log_start in facts.warnings) == flagged


def test_the_sample_shop_is_seen_from_its_start(sample_shop):
    assert sample_shop.facts.log_start is None


@pytest.mark.skipif(not DATA.exists(), reason="needs COCKPIT_DATA")
def test_one_cohort_is_flagged():
    with Shop.open(DATA / "cdnow" / "cdnow_sample_1of10.parquet") as shop:
        assert "first 30 days" in shop.facts.log_start
