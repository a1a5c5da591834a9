"""Frames on their way into tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from cockpit.errors import QueryError
from cockpit.warehouse import tables
from cockpit.warehouse.connection import Warehouse


@dataclass
class Frames:
    """Frames, and what each row of them is said to hold."""

    frames: list[pl.DataFrame]
    alike: Mapping[str, str | int | None]

    def taken(self) -> Iterator[pl.DataFrame]:
        """Yield them."""
        yield from self.frames


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    made = Warehouse("100MB", 1)
    yield made
    made.close()


ORDERS = pl.DataFrame(
    {
        "order_key": [0, 1],
        "status": ["paid", "paid"],
        "currency": ["NO'K", "NO'K"],
        "refund": [None, None],
        "file_no": [3, 3],
        'group "a"': ["x", "x"],
    },
    schema_overrides={"refund": pl.Float64, "file_no": pl.Int32},
)


def test_columns_that_hold_the_same_everywhere_read_as_all_others_do(warehouse: Warehouse):
    alike = {"status": "paid", "currency": "NO'K", "refund": None, "file_no": 3, 'group "a"': "x"}
    more = ORDERS.with_columns(pl.col("order_key") + 2)
    arriving = {name: Frames([ORDERS, more], alike) for name in tables.ARRIVING}
    with warehouse.writing() as writer:
        tables.load(writer, arriving)
    with warehouse.reading() as reader:
        assert_frame_equal(reader.frame("from raw_orders"), pl.concat([ORDERS, more]))
        stored = "select column_name from pragma_storage_info('raw_orders') group by all order by all"
        assert reader.frame(stored).to_series().to_list() == ["currency", "order_key"]


def test_no_text_of_a_file_stands_in_a_statement(warehouse: Warehouse):
    evil = "x'); drop table t; --"
    frame = pl.DataFrame({"key": [1], "status": [evil]})
    with warehouse.writing() as writer:
        assert writer.create("t", frame, {"status": evil}) == []
        writer.append("t", frame)
        assert_frame_equal(writer.frame("from t"), frame)


def test_a_column_that_holds_the_same_everywhere_takes_nothing_else(warehouse: Warehouse):
    frame = pl.DataFrame({"key": [1], "status": ["paid"]})
    with warehouse.writing() as writer:
        writer.create("t", frame, {"status": "paid"})
        with pytest.raises(QueryError):
            writer.append("t", frame)
