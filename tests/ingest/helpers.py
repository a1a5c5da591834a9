"""What several tests of reading ask of an intake."""

import polars as pl

from cockpit.ingest import Intake


def eligible(intake: Intake) -> pl.DataFrame:
    """Eligibility in short, as the warehouse decides it in full."""
    return intake.orders.filter(
        ~pl.col("status").is_in(["test", "cancelled", "pending", "refunded"]),
        pl.col("customer_id").is_not_null(),
        pl.col("gross").is_null() | (pl.col("gross") > 0),
    )


def assert_reconciles(intake: Intake) -> None:
    """Every row of every file is used once, or excluded once."""
    assert intake.files["rows"].sum() == intake.orders["row_count"].sum() + intake.excluded.height
