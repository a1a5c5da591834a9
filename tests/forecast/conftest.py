"""CDNOW, the data set on which the published figures stand."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from cockpit.forecast.snapshots import Snapshot


@dataclass(frozen=True)
class Log:
    """Purchases, one row for a customer and day, sorted; days are counted from 1970-01-01."""

    customer: np.ndarray
    day: np.ndarray
    value: np.ndarray

    def until(self, last: int) -> "Log":
        seen = self.day <= last
        return Log(self.customer[seen], self.day[seen], self.value[seen])

    def summary(self, observed: int, unit: float = 1.0) -> pl.DataFrame:
        """One row a customer at the end of day `observed`: key, first, x, t_x, T and repeat value."""
        log = self.until(observed)
        frame = pl.DataFrame({"key": log.customer, "day": log.day, "value": log.value})
        first = pl.col("day").min()
        return (
            frame.group_by("key")
            .agg(
                first=first,
                x=pl.len() - 1.0,
                t_x=(pl.col("day").max() - first) / unit,
                T=(observed - first) / unit,
                repeat_value=pl.col("value").filter(pl.col("day") > first).mean(),
            )
            .sort("key")
        )

    def snapshot(self, origin: date, horizon: int, known: bool = True) -> Snapshot:
        """The slow way to a snapshot, one row a customer."""
        day = day_number(origin.year, origin.month, origin.day)
        frame = self.summary(day)
        key = frame["key"].to_numpy()

        def count(rows: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
            mine = rows & np.isin(self.customer, key)
            position = np.searchsorted(key, self.customer[mine])
            weights = None if weights is None else weights[mine]
            return np.bincount(position, weights=weights, minlength=key.size).astype(float)

        first = np.searchsorted(self.customer, key)
        second = np.minimum(first + 1, self.day.size - 1)
        came = (self.customer[second] == key) & (second > first) & (self.day[second] <= day)
        first_gap = np.where(came, self.day[second], day) - self.day[first]
        purchases = count((self.day > day) & (self.day <= day + horizon))
        return Snapshot(
            origin=origin,
            horizon=horizon,
            x=frame["x"].to_numpy(),
            t_x=frame["t_x"].to_numpy(),
            T=frame["T"].to_numpy(),
            weight=np.ones(key.size),
            orders_365=count((self.day > day - 365) & (self.day <= day)),
            value=count(self.day <= day, self.value) / (frame["x"].to_numpy() + 1),
            first_gap=first_gap,
            bought=(purchases > 0).astype(float) if known else None,
            purchases=purchases if known else None,
        )


def day_number(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(1970, 1, 1)).days


def _read(name: str) -> Log:
    folder = os.environ.get("COCKPIT_DATA")
    path = Path(folder or "") / "cdnow" / name
    if not folder or not path.exists():
        pytest.skip("COCKPIT_DATA names no folder with cdnow/")
    frame = (
        pl.read_parquet(path)
        .group_by(key="customer_id", day=pl.col("ordered_at").cast(pl.Int32))
        .agg(value=pl.col("amount").sum())
        .sort("key", "day")
    )
    return Log(*(frame[column].to_numpy() for column in ("key", "day", "value")))


@pytest.fixture(scope="session")
def cdnow_sample() -> Log:
    return _read("cdnow_sample_1of10.parquet")


@pytest.fixture(scope="session")
def cdnow_full() -> Log:
    return _read("cdnow_full.parquet")
