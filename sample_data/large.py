"""A big shop for benchmarks: the model without the stories, a million customers in some seconds."""

from pathlib import Path

import numpy as np
import polars as pl

from sample_data import truth
from sample_data.season import END

_RATE_R, _RATE_ALPHA_DAYS = 0.9, 130.0
_DROP_OUT_A, _DROP_OUT_B = 0.8, 1.4


def write_large(path: Path, customers: int, seed: int) -> int:
    """Write a Parquet file of about two orders a customer, sorted by time; returns the number of orders.

    One row an order; the columns mean what they mean in `shop.parquet`. The same seed gives the same rows,
    as long as numpy is the same.
    """
    rng = np.random.default_rng(seed)
    who, moment = _purchases(rng, customers)
    order = np.argsort(moment)
    who, moment = who[order], moment[order]
    mean_worth = (truth.SPEND_P * truth.SPEND_SCALE_NOK / rng.gamma(truth.SPEND_Q, size=customers))[who]
    total = np.rint(mean_worth * 100 / truth.SPEND_P * rng.gamma(truth.SPEND_P, size=len(who))) / 100
    country = _draw(rng, truth.COUNTRY_SHARES, customers)[who]
    channel = _draw(rng, truth.CHANNEL_SHARES, len(who))
    opened = np.datetime64(truth.FIRST_DAY, "us")
    numbers = pl.DataFrame(
        {
            "order_no": np.arange(1001, 1001 + len(who)),
            "customer_no": who + 1,
            "ordered_at": opened + (moment * 86_400).astype("timedelta64[s]"),
            "total": total,
            "refund": np.where(rng.random(len(who)) < truth.REFUND_SHARE, total, 0.0),
        }
    )
    numbers.select(
        order_id=pl.format("#{}", "order_no"),
        customer_id=pl.format("K{}", "customer_no"),
        email=pl.format("k{}@example.com", "customer_no"),
        ordered_at="ordered_at",
        status=pl.when(pl.col("refund") > 0).then(pl.lit("refunded")).otherwise(pl.lit("paid")),
        country=pl.Series(list(truth.COUNTRY_SHARES)).gather(country),
        channel=pl.Series(list(truth.CHANNEL_SHARES)).gather(channel),
        currency=pl.lit("NOK"),
        total="total",
        refund="refund",
    ).write_parquet(path, compression="zstd")
    return len(who)


def _draw(rng: np.random.Generator, shares: dict[str, float], count: int) -> np.ndarray:
    """Positions in `shares`."""
    return np.searchsorted(np.cumsum(list(shares.values()))[:-1], rng.random(count), side="right")


def _purchases(rng: np.random.Generator, customers: int) -> tuple[np.ndarray, np.ndarray]:
    """Customer and moment (days since opening) of every purchase."""
    who = np.arange(customers, dtype=np.int32)
    moment = END * rng.random(customers)
    rate = rng.gamma(_RATE_R, 1 / _RATE_ALPHA_DAYS, customers)
    drop_out = rng.beta(_DROP_OUT_A, _DROP_OUT_B, customers)
    rounds = []
    while who.size:
        rounds.append((who, moment))
        stays = rng.random(who.size) >= drop_out[who]
        who = who[stays]
        moment = moment[stays] + rng.exponential(size=who.size) / rate[who]
        there = moment < END
        who, moment = who[there], moment[there]
    return np.concatenate([w for w, _ in rounds]), np.concatenate([m for _, m in rounds])
