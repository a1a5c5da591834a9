"""Each planted story shows in plain counts: its direction beyond chance, its size near the truth."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from sample_data import truth

FOLLOW_UP = timedelta(days=180)
STAYS = 1 - truth.DROP_OUT_A / (truth.DROP_OUT_A + truth.DROP_OUT_B)  # after a purchase without a story


@dataclass(frozen=True)
class Comparison:
    z: float  # of two proportions
    ratio: float  # inside to outside


def returned(some: pl.DataFrame, inside: pl.Expr) -> Comparison:
    """Share with another purchase within 180 days, inside the group against outside."""
    return shares(some.with_columns(hit=pl.col("wait").fill_null(9999) <= FOLLOW_UP.days), inside)


def shares(some: pl.DataFrame, inside: pl.Expr) -> Comparison:
    group, rest = some.filter(inside)["hit"], some.filter(~inside)["hit"]
    pooled = some["hit"].mean()
    error = np.sqrt(pooled * (1 - pooled) * (1 / len(group) + 1 / len(rest)))
    return Comparison((group.mean() - rest.mean()) / error, group.mean() / rest.mean())


def first_purchases(purchases: pl.DataFrame, start: date, end: date = truth.LAST_DAY) -> pl.DataFrame:
    """First purchases between two days that could be followed for 180 days."""
    return purchases.filter(
        pl.col("first") & pl.col("day").is_between(start, min(end, truth.LAST_DAY - FOLLOW_UP))
    )


def test_buyers_of_the_line_that_went_wrong_leave(purchases):
    seen = returned(first_purchases(purchases, truth.QUALITY.start), pl.col("headlamps"))
    assert seen.z < -4
    assert seen.ratio == pytest.approx(1 - truth.QUALITY.extra_drop_out, abs=0.12)


def test_before_it_went_wrong_the_line_was_as_good_as_any(purchases):
    before = first_purchases(purchases, truth.FIRST_DAY, truth.QUALITY.start - FOLLOW_UP)
    assert abs(returned(before, pl.col("headlamps")).z) < 2.6


def test_the_line_that_went_wrong_is_sent_back_more(orders):
    since = orders.filter(pl.col("ordered_at") >= truth.QUALITY.start, pl.col("status") != "cancelled")
    assert shares(since.with_columns(hit=pl.col("refund") > 0), pl.col("headlamps")).z > 4
    before = orders.filter(pl.col("ordered_at") < truth.QUALITY.start, pl.col("status") != "cancelled")
    assert abs(shares(before.with_columns(hit=pl.col("refund") > 0), pl.col("headlamps")).z) < 2.6


def test_bargain_hunters_of_one_black_friday_rarely_return(purchases):
    autumn = first_purchases(purchases, date(2024, 10, 1), date(2024, 12, 31))
    seen = returned(autumn, (pl.col("code") == truth.BLACK_FRIDAY.code).fill_null(False))
    assert seen.z < -4
    assert seen.ratio == pytest.approx(1 - truth.BLACK_FRIDAY.extra_drop_out, abs=0.12)


def test_the_black_friday_before_was_an_ordinary_one(purchases):
    autumn = first_purchases(purchases, date(2023, 10, 1), date(2023, 12, 31))
    assert abs(returned(autumn, (pl.col("code") == "BLACK23").fill_null(False)).z) < 2.6


def test_who_waited_too_long_for_a_parcel_returns_less(purchases):
    quarter = (
        purchases.filter(pl.col("day").is_between(truth.LATE.start, truth.LATE.end))
        .filter(pl.col("late") | pl.col("in_time"))
        .group_by("customer_id", maintain_order=True)
        .first()
    )
    assert quarter["late"].mean() == pytest.approx(truth.LATE.late_share, abs=0.05)
    seen = returned(quarter, pl.col("late"))
    assert seen.z < -4
    assert seen.ratio == pytest.approx(1 - truth.LATE.extra_drop_out, abs=0.12)


def test_parcels_are_late_in_that_quarter_only(purchases):
    elsewhen = purchases.filter(~pl.col("day").is_between(truth.LATE.start, truth.LATE.end))
    assert not elsewhen["late"].any()


def test_members_of_the_loyalty_programme_return_more(purchases):
    since = first_purchases(purchases, truth.LOYALTY.start)
    member = pl.col("loyalty").fill_null(False)
    assert since.select(member)["loyalty"].mean() == pytest.approx(truth.LOYALTY.joining_share, abs=0.04)
    seen = returned(since, member)
    assert seen.z > 4
    expected = (1 - truth.LOYALTY.drop_out_multiplier * (1 - STAYS)) / STAYS
    assert seen.ratio == pytest.approx(expected, abs=0.2)


def test_nobody_is_a_member_before_the_programme_starts(purchases):
    before = purchases.filter(pl.col("day") < truth.LOYALTY.start)
    assert not before["loyalty"].fill_null(False).any()


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_year_peaks_before_christmas_and_dips_in_july(purchases, year):
    a_day = (
        purchases.filter(pl.col("day").dt.year() == year)
        .group_by(month=pl.col("day").dt.month())
        .agg(a_day=pl.len() / pl.col("day").n_unique())
        .sort("month")["a_day"]
    )
    assert a_day[10] > 1.3 * a_day[8]
    assert a_day[11] > 1.2 * a_day[8]
    assert a_day[6] < 0.8 * min(a_day[5], a_day[8])
