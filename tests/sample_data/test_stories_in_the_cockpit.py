"""The planted stories show on the cockpit's own panels, and its scores recover what is true of customers."""

from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from cockpit import backtest
from cockpit.conditions import parse
from cockpit.shop import Shop
from sample_data import made, truth

Row = dict[str, float]


@pytest.fixture(scope="module")
def shop(folder) -> Iterator[Shop]:
    with Shop.open(folder / made.SHOP) as opened:
        yield opened


def repeats(shop: Shop, by: str, *conditions: str) -> dict[str | None, Row]:
    """The breakdown's rows by an attribute, of those who meet the conditions."""
    shop.filter([parse(condition) for condition in conditions])
    try:
        return {row["bucket"]: row for row in shop.panel("segments", by=by).frame.iter_rows(named=True)}
    finally:
        shop.filter([])


def pooled(rows: dict[str | None, Row], *without: str) -> float:
    """The 90-day repeat rate of all rows but some, together."""
    others = [row for name, row in rows.items() if name not in without]
    weight = sum(row["customers"] for row in others)
    return sum(row["customers"] * row["repeat_rate"] for row in others) / weight


def test_buyers_of_the_bad_line_stay_away_since_it_went_bad(shop):
    line = truth.QUALITY.category
    since = repeats(shop, "first_category", f"first_day>={truth.QUALITY.start}")
    assert since[line]["repeat_high"] < min(row["repeat_low"] for name, row in since.items() if name != line)
    assert since[line]["churn_low"] > since["Base layers"]["churn_high"]
    ratio = since[line]["repeat_rate"] / pooled(since, line)
    assert ratio == pytest.approx(1 - truth.QUALITY.extra_drop_out, abs=0.1)
    before = repeats(shop, "first_category", f"first_day<{truth.STORIES_BEGIN}")
    assert before[line]["repeat_low"] < pooled(before, line) < before[line]["repeat_high"]


def test_the_bad_line_shows_by_first_product(shop):
    since = repeats(shop, "first_product", f"first_day>={truth.QUALITY.start}")
    bad = [name for name in since if name is not None and name.startswith(truth.QUALITY.product_line)]
    rest = pooled(since, *bad)
    assert pooled({name: since[name] for name in bad}) < 0.75 * rest
    sold_often = [name for name in bad if since[name]["customers"] >= 100]
    assert sold_often
    assert all(since[name]["repeat_high"] < rest for name in sold_often)


def test_one_black_friday_brought_customers_who_stay_away(shop):
    months = repeats(shop, "first_month", "first_day<2025-10-01")
    assert months["2024-11"]["repeat_high"] < pooled(months, "2024-11")
    assert months["2023-11"]["repeat_low"] < pooled(months, "2023-11") < months["2023-11"]["repeat_high"]
    story = truth.BLACK_FRIDAY
    days = repeats(shop, "first_discount", f"first_day>={story.start}", f"first_day<={story.end}")
    assert days["yes"]["repeat_high"] < days["no"]["repeat_low"]


def test_the_black_friday_cohort_shows_in_the_triangle(shop):
    cells = shop.panel("cohorts", calendar="month").frame.filter(pl.col("k") == 3)
    share = dict(cells.select(pl.col("cohort_start").dt.strftime("%Y-%m"), "repurchased_share").rows())
    size = dict(cells.select(pl.col("cohort_start").dt.strftime("%Y-%m"), "size").rows())
    bad = share.pop("2024-11")
    half = 1.96 * (bad * (1 - bad) / size["2024-11"]) ** 0.5
    usual = np.average(list(share.values()), weights=[size[month] for month in share])
    assert bad + half < usual
    assert bad <= sorted(share.values())[2]


def test_who_waited_for_the_first_parcel_stays_away(shop):
    quarter = (f"first_day>={truth.LATE.start}", f"first_day<={truth.LATE.end}")
    found = repeats(shop, "delivery", *quarter)
    late, in_time = found["late"], found["in time"]
    error = (
        sum(row["repeat_rate"] * (1 - row["repeat_rate"]) / row["customers"] for row in (late, in_time))
        ** 0.5
    )
    assert in_time["repeat_rate"] - late["repeat_rate"] > 1.645 * error
    months = repeats(shop, "first_month", "first_day<2025-10-01")
    quarter_months = [f"2025-0{month}" for month in (1, 2, 3)]
    assert pooled({name: months[name] for name in quarter_months}) < pooled(months, *quarter_months)


def test_members_of_the_loyalty_programme_return_more_than_others(shop):
    since = repeats(shop, "tags", f"first_day>={truth.LOYALTY.start}")
    members = [name for name in since if name is not None and truth.LOYALTY.tag in name]
    assert since[truth.LOYALTY.tag]["repeat_low"] > pooled(since, *members)
    assert since[truth.LOYALTY.tag]["churn_high"] < since[None]["churn_low"]
    assert pooled({name: since[name] for name in members}) > 1.15 * pooled(since, *members)


@pytest.fixture(scope="module")
def known(shop, folder, lines) -> pl.DataFrame:
    """Scores beside the truth, one row for each customer as the cockpit knows them."""
    hidden = pl.read_parquet(folder / made.HIDDEN)
    names = (
        lines.filter(pl.col("email").is_not_null(), pl.col("customer_id").is_not_null())
        .select(truth_id="customer_id", customer_id=pl.col("email").str.to_lowercase().str.strip_chars())
        .unique("truth_id", maintain_order=True)
    )
    true = (
        hidden.join(names, left_on="customer_id", right_on="truth_id")
        .group_by("customer_id_right")
        .agg(
            pl.col("still_customer").any().cast(pl.Float64),
            bought_in_90d=(pl.col("purchases_next_90d") > 0).any().cast(pl.Float64),
            purchases_next_365d=pl.col("purchases_next_365d").cast(pl.Float64).sum(),
        )
        .rename({"customer_id_right": "customer_id"})
    )
    scores = shop.sql(
        "select customer_id, p_alive, expected_purchases_12m, p_no_order_90d from customers"
    ).frame
    joined = scores.join(true, on="customer_id")
    assert joined.height > 0.97 * scores.height
    return joined


def tenths(known: pl.DataFrame, score: str, came: str) -> pl.DataFrame:
    """Mean score and what came, in ten equal groups by rising score."""
    rank = pl.col(score).rank("ordinal") - 1
    return (
        known.group_by(tenth=rank * 10 // known.height)
        .agg(pl.col(score).mean(), pl.col(came).mean(), error=pl.col(came).std() / pl.len().sqrt())
        .sort("tenth")
    )


def test_the_chance_to_be_still_a_customer_is_the_true_one(known):
    assert known["p_alive"].mean() == pytest.approx(known["still_customer"].mean(), abs=0.03)
    groups = tenths(known, "p_alive", "still_customer")
    assert groups["still_customer"].is_sorted()
    assert (groups["p_alive"] - groups["still_customer"]).abs().max() < 0.075


def test_the_chance_of_no_order_is_near_the_true_one(known):
    groups = tenths(known.with_columns(buys=1 - pl.col("p_no_order_90d")), "buys", "bought_in_90d")
    assert (groups["bought_in_90d"].diff().drop_nulls() > -0.02).all()
    # the 90 days are January to March, which the season makes quieter than a mean quarter
    assert known["bought_in_90d"].mean() < (1 - known["p_no_order_90d"]).mean()
    assert (groups["buys"] - groups["bought_in_90d"]).abs().max() < 0.12


def test_expected_purchases_rank_and_add_up_to_the_true_ones_within_the_stated_error(shop, known):
    groups = tenths(known, "expected_purchases_12m", "purchases_next_365d")
    assert (groups["purchases_next_365d"].diff().drop_nulls() > -0.02).all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backtest, "HORIZONS", (backtest.HEADLINE, 180))
        patch.setattr(backtest, "_chances", lambda *_asked: None)
        shop.backtest()
    spread = shop.sql("select spread from backtest_verdicts where horizon_days = 180").frame.item()
    expected, came = known["expected_purchases_12m"].sum(), known["purchases_next_365d"].sum()
    assert 0 < spread < 0.25
    assert abs(np.log(came / expected)) < 1.645 * spread
