import datetime as dt
import math
from decimal import Decimal

import polars as pl
import pytest

from cockpit.formats import Formatter
from cockpit.values import plain, shown, write, write_goal, write_unit
from cockpit.warehouse.catalog import Column

FORMATTER = Formatter.for_currency("GBP")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("customers", 12345, "12,345"),
        ("money", 1234.5, "£1,234.50"),
        ("share", 0.0784, "7.8%"),
        ("days", 33.6, "34\u00a0days"),
        ("one in", 9.2, "9"),
        ("one in", 1e6, "1,000+"),
        ("ratio", 1.106, "1.11"),
        ("number", 0.7938, "0.794"),
        ("number", 0.0687, "0.0687"),
        ("number", 0.001042, "0.00104"),
        ("number", 2e-9, "0.000000"),
        ("number", 0.0, "0.000"),
        ("year", 2025, "2025"),
        ("", 2025, "2,025"),
        ("", 0.25, "0.25"),
        ("yes or no", True, "yes"),
        ("date", dt.date(2025, 12, 31), "31\u00a0Dec\u00a02025"),
        ("timestamp", dt.datetime(2025, 12, 31, 9, 5), "31\u00a0Dec\u00a02025 09:05"),
        ("text", "a\x1b]0;b\x07", "a]0;b"),
        ("money", None, "–"),
        ("share", math.nan, "–"),
    ],
)
def test_a_value_is_written_by_its_unit(unit, value, text):
    assert write_unit(FORMATTER, unit, value) == text


@pytest.mark.parametrize(
    ("unit", "goal", "text"),
    [("share", 0.05, "5%"), ("share", 0.29, "29%"), ("share", 0.025, "2.5%"), ("customers", 5000, "5,000")],
)
def test_a_goal_is_as_short_as_it_was_set(unit, goal, text):
    assert write_goal(FORMATTER, unit, goal) == text


def test_a_code_is_written_in_its_words_and_no_code_is_nothing():
    column = Column("why_null", unit="code", sentences={"too_early": "too early"})
    assert write(FORMATTER, column, "too_early") == "too early"
    assert write(FORMATTER, column, "other") == "other"
    assert write(FORMATTER, column, None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "held"),
    [
        (0.1 + 0.2, "money", 0.3),
        (2 / 3, "share", 0.666667),
        (0.1 + 0.2, "", 0.3),
        (1.5e-9, "", 1.5e-9),
        (math.nan, "share", None),
        (math.inf, "", None),
        (Decimal(10**20), "", 10**20),
        (Decimal("1.50"), "money", 1.5),
        (dt.date(2025, 1, 2), "date", "2025-01-02"),
        (dt.datetime(2025, 1, 2, 3), "timestamp", "2025-01-02T03:00:00"),
        (dt.timedelta(days=1), "", "1 day, 0:00:00"),
        ({"a": [math.nan, 1]}, "", {"a": [None, 1]}),
        (True, "yes or no", True),
    ],
)
def test_json_can_hold_every_value(value, unit, held):
    found = plain(value, unit)
    assert found == held
    assert type(found) is type(held)


def test_files_hold_rounded_numbers_and_no_hidden_column():
    frame = pl.DataFrame({"key": [1], "value": [0.1 + 0.2], "rate": [2 / 3], "mine": [0.1 + 0.2]})
    columns = {
        "key": Column("key", unit="key", hidden=True),
        "value": Column("value", unit="money"),
        "rate": Column("rate", unit="share"),
    }
    assert shown(frame, columns).rows(named=True) == [{"value": 0.3, "rate": 0.666667, "mine": 0.3}]
