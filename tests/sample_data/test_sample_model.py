"""The behaviour behind the shop can be recovered from its orders."""

import json

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

from sample_data import made, truth

TRUE = np.array([truth.RATE_R, truth.RATE_ALPHA_DAYS, truth.DROP_OUT_A, truth.DROP_OUT_B])


def log_likelihood(parameters: np.ndarray, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> float:
    """MBG/NBD (Batislam, Denizel & Filiztekin 2007), summed over customers."""
    r, alpha, a, b = parameters
    gone = np.log(a) - np.log(b + x) + (r + x) * (np.log(alpha + age) - np.log(alpha + t_x))
    return float(
        np.sum(
            gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x + 1) - betaln(a, b)
            - (r + x) * np.log(alpha + age) + np.logaddexp(0, gone)
        )
    )  # fmt: skip


def test_purchase_parameters_are_recovered_before_the_stories_begin(purchases):
    until = truth.STORIES_BEGIN
    customers = (
        purchases.filter(pl.col("day") < until)
        .group_by("customer_id")
        .agg(
            x=pl.len() - 1.0,
            t_x=(pl.col("day").max() - pl.col("day").min()).dt.total_days(),
            age=(pl.lit(until) - pl.col("day").min()).dt.total_days() - 1,
        )
    )
    rows = [customers[name].to_numpy().astype(float) for name in ("x", "t_x", "age")]
    fit = minimize(
        lambda logs: -log_likelihood(np.exp(logs), *rows), np.log([0.5, 60, 1, 2.5]), method="L-BFGS-B"
    )
    found = np.exp(fit.x)
    assert found[:2] == pytest.approx(TRUE[:2], rel=0.15)
    assert found[2:] == pytest.approx(TRUE[2:], rel=0.25)
    assert (
        -fit.fun - log_likelihood(TRUE, *rows) < 10
    )  # 95 % of honest samples stay below 4.7 without a season


def test_what_orders_are_worth_is_gamma_gamma(orders, folder):
    hidden = pl.read_parquet(folder / made.HIDDEN)
    spend = (
        orders.filter(pl.col("status").is_in(["paid", "partially_refunded", "refunded"]), pl.col("total") > 0)
        .group_by("customer_id")
        .agg(
            pl.len().alias("orders"), pl.col("total").mean().alias("mean"), pl.col("total").var().alias("var")
        )
        .join(hidden, on="customer_id")
    )
    assert (spend["mean"] / spend["order_worth"]).mean() == pytest.approx(1, abs=0.04)
    often = spend.filter(pl.col("orders") >= 8)
    assert (often["mean"] ** 2 - often["var"] / often["orders"]).sum() / often["var"].sum() == pytest.approx(
        truth.SPEND_P, rel=0.15
    )
    shop_mean = truth.SPEND_P * truth.SPEND_SCALE_NOK / (truth.SPEND_Q - 1)
    assert spend["mean"].mean() == pytest.approx(shop_mean, rel=0.04)


def test_hidden_traits_and_truth_agree(folder):
    hidden = pl.read_parquet(folder / made.HIDDEN)
    told = json.loads((folder / made.TRUTH).read_text(encoding="utf-8"))
    after = told.pop("after_last_day")
    assert told == json.loads(json.dumps(truth.as_data()))
    assert after == {
        "customers_still_there": hidden["still_customer"].sum(),
        "customers_buying_in_90_days": (hidden["purchases_next_90d"] > 0).sum(),
        "purchases_in_90_days": hidden["purchases_next_90d"].sum(),
        "purchases_in_365_days": hidden["purchases_next_365d"].sum(),
    }
    assert not (hidden["purchases_next_365d"] > 0).filter(~hidden["still_customer"]).any()
    assert hidden["drop_out"].mean() == pytest.approx(TRUE[2] / (TRUE[2] + TRUE[3]), abs=0.02)


def test_hidden_traits_belong_to_the_customers_of_the_shop(lines, folder):
    hidden = pl.read_parquet(folder / made.HIDDEN)
    known = lines.filter(pl.col("customer_id").is_not_null(), ~pl.col("status").is_in(["cancelled", "test"]))
    assert set(hidden["customer_id"]) == set(known["customer_id"])
