"""The whole made shop: played from the seed in memory, then written as the files of this folder."""

import gzip
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from sample_data import orders, people, purchases, season, shopify, truth

SHOP, SHOPIFY = "shop.parquet", "shopify_orders_export.csv.gz"
HIDDEN, TRUTH = "truth_customers.parquet", "truth.json"
MONEY = ("total", "discount", "shipping", "tax", "refund", "unit_price", "line_total")


@dataclass(frozen=True, slots=True)
class Made:
    """What is written: a frame a file, and the truth as plain data."""

    shop: pl.DataFrame
    shopify: pl.DataFrame  # cells as text
    hidden: pl.DataFrame
    truth: dict[str, object]


def make() -> Made:
    """Play the shop from the seed."""
    # RandomState, not default_rng: its stream is frozen for good (NEP 19), so the files stay what they are.
    rng = np.random.RandomState(truth.SEED)
    everyone = people.make(rng)
    played = purchases.simulate(rng, everyone)
    lines = orders.order_lines(rng, everyone, played)
    hidden = _hidden(everyone, played)
    return Made(
        shop=lines.with_columns(pl.col(MONEY) / 100),
        shopify=shopify.orders_export(lines),
        hidden=hidden,
        truth=truth.as_data() | {"after_last_day": _after_last_day(hidden)},
    )


def write(made: Made, folder: Path) -> None:
    """Write the four files."""
    made.shop.write_parquet(folder / SHOP, compression="zstd", compression_level=19, statistics=False)
    made.hidden.write_parquet(folder / HIDDEN, compression="zstd", compression_level=19)
    text = io.BytesIO()
    made.shopify.write_csv(text)
    (folder / SHOPIFY).write_bytes(gzip.compress(text.getvalue(), compresslevel=9, mtime=0))
    (folder / TRUTH).write_text(json.dumps(made.truth, indent=2) + "\n", encoding="utf-8")


def _hidden(everyone: people.People, played: purchases.Purchases) -> pl.DataFrame:
    """One row a customer: the traits that nobody sees, and the purchases of the year after the export."""
    count = int(played.customer[-1]) + 1
    day = np.floor(played.moment) - season.END  # 0 is the day after the last day
    known = np.flatnonzero(day < 0)
    last_known = known[np.append(np.diff(played.customer[known]) != 0, True)]

    def bought(days: int) -> np.ndarray:
        return np.bincount(played.customer[(day >= 0) & (day < days)], minlength=count)

    return everyone.public[:count].select(
        "customer_id",
        rate=pl.Series(everyone.rate[:count], dtype=pl.Float32),
        drop_out=pl.Series(everyone.drop_out[:count], dtype=pl.Float32),
        order_worth=pl.Series(np.rint(everyone.order_worth[:count])).cast(pl.Int32),
        still_customer=pl.Series(played.stays[last_known]),
        purchases_next_90d=pl.Series(bought(90)).cast(pl.Int16),
        purchases_next_365d=pl.Series(bought(365)).cast(pl.Int16),
    )


def _after_last_day(hidden: pl.DataFrame) -> dict[str, int]:
    return {
        "customers_still_there": int(hidden["still_customer"].sum()),
        "customers_buying_in_90_days": int((hidden["purchases_next_90d"] > 0).sum()),
        "purchases_in_90_days": int(hidden["purchases_next_90d"].sum()),
        "purchases_in_365_days": int(hidden["purchases_next_365d"].sum()),
    }
