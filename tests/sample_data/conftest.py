from pathlib import Path

import polars as pl
import pytest

from sample_data import made, truth

FOLDER = Path(made.__file__).parent
ELIGIBLE = ("paid", "partially_refunded")


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def lines() -> pl.DataFrame:
    return pl.read_parquet(FOLDER / made.SHOP)


@pytest.fixture(scope="session")
def orders(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by("order_id", maintain_order=True).agg(
        pl.col("customer_id", "email", "ordered_at", "status", "channel", "discount_code", "tags").first(),
        pl.col("total", "discount", "shipping", "tax", "refund", "delivery").first(),
        pl.col("line_total").sum().alias("goods"),
        (pl.col("category") == truth.QUALITY.category).any().alias("headlamps"),
    )


@pytest.fixture(scope="session")
def purchases(orders: pl.DataFrame) -> pl.DataFrame:
    """One row a customer and day of eligible orders: what a cockpit counts."""
    return (
        orders.filter(
            pl.col("customer_id").is_not_null() & pl.col("status").is_in(ELIGIBLE) & (pl.col("total") > 0)
        )
        .with_columns(day=pl.col("ordered_at").dt.date())
        .group_by("customer_id", "day")
        .agg(
            pl.col("headlamps").any(),
            late=(pl.col("delivery") == "late").any(),
            in_time=(pl.col("delivery") == "in time").any(),
            loyalty=pl.col("tags").str.contains("loyalty").any(),
            code=pl.col("discount_code").drop_nulls().first(),
        )
        .sort("customer_id", "day")
        .with_columns(
            first=pl.col("day") == pl.col("day").min().over("customer_id"),
            wait=(pl.col("day").shift(-1).over("customer_id") - pl.col("day")).dt.total_days(),
        )
    )
