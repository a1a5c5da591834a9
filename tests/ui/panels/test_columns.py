import polars as pl
import pytest

from cockpit.formats import Formatter
from cockpit.ui.panels.columns import interval, sheet_of
from cockpit.ui.panels.periods import period_column, period_name
from cockpit.ui.widgets.virtual_table import Column
from tests.ui.stubs import END

NORWEGIAN = Formatter.for_currency("NOK")


def written(sheet, name):
    column = next(column for column in sheet.columns if column.name == name)
    return [column.write(value).replace("\u00a0", " ") for value in sheet.frame.get_column(name)]


def names(sheet):
    return [column.name for column in sheet.columns]


def test_an_interval_stands_in_one_column_beside_its_figure(shop):
    sheet = sheet_of(shop.panel("bridge"), NORWEGIAN)
    at = names(sheet).index("churn_rate")
    assert names(sheet)[at : at + 3] == ["churn_rate", "churn_low", "retention_rate"]
    assert sheet.figure_under == {"churn_low": "churn_rate"}
    assert written(sheet, "churn_rate")[2] == "0,0 %"
    assert written(sheet, "churn_low")[2].strip() == "0,0–8,8 %"
    assert written(sheet, "churn_low")[0] == "–"


def test_intervals_sort_as_numbers_do():
    texts = [interval(NORWEGIAN, low, low + 0.05) for low in (0.02, 0.101, 0.95)]
    widest = max(map(len, texts))
    padded = [text.rjust(widest) for text in texts]
    assert sorted(padded) == padded


def test_a_figure_that_is_known_needs_no_excuse(shop):
    notes = written(sheet_of(shop.panel("bridge"), NORWEGIAN), "why_null")
    assert notes[0] == "starts less than one lapse window after the first order"
    assert notes[2] == ""
    assert notes[-1] == "not over yet"


def test_hidden_columns_and_those_without_a_value_are_left_out(shop):
    listing = shop.listing("at_risk")
    shown = names(sheet_of(listing, NORWEGIAN))
    assert "customer_key" not in shown and "rhythm" not in shown
    assert {"name", "country", "value", "reason"} <= set(shown)
    assert listing.frame["phone"].null_count() == listing.frame.height
    assert "phone" not in shown


def test_units_decide_how_values_are_written_and_aligned(shop):
    sheet = sheet_of(shop.listing("at_risk"), NORWEGIAN)
    assert written(sheet, "value")[0].startswith("kr ")
    assert written(sheet, "days_since_last")[0].endswith(" days")
    assert any("one silence in" in reason for reason in written(sheet, "reason"))
    sides = {column.name: column.align for column in sheet.columns}
    assert sides["value"] == sides["last_day"] == "right"
    assert sides["country"] == sides["reason"] == "left"


def test_own_columns_and_the_last_ones(shop):
    own = Column("period_start", "when")
    sheet = sheet_of(
        shop.panel("bridge"), NORWEGIAN, without=("period_end",), own={"period_start": own}, last=("lost",)
    )
    assert sheet.columns[0] is own
    assert sheet.columns[-1].name == "lost"
    assert "period_end" not in names(sheet)


def test_columns_without_a_header_are_written_as_what_they_are(shop):
    figures = shop.sql("select 'a' as word, 1.5::double as share, date '2025-01-31' as day, null as nothing")
    sheet = sheet_of(figures, NORWEGIAN)
    assert [written(sheet, name) for name in ("word", "share", "day")] == [["a"], ["1,50"], ["31 Jan 2025"]]


def test_a_status_has_its_colour(shop):
    sheet = sheet_of(shop.listing("customers"), NORWEGIAN)
    status = next(column for column in sheet.columns if column.name == "status")
    assert [status.tone(value) for value in ("active", "at_risk", "lapsed")] == ["plain", "warn", "bad"]


@pytest.mark.parametrize(
    ("grain", "name"),
    [("month", "Dec 2025"), ("quarter", "Q4 2025"), ("year", "2025"), ("own", "1 Dec 2025 – 31 Dec 2025")],
)
def test_periods_have_short_names(grain, name):
    assert period_name(NORWEGIAN, END.replace(day=1), END, grain).replace("\u00a0", " ") == name


def test_the_column_of_periods_sorts_by_day_and_shows_names(shop):
    bridge = shop.panel("bridge")
    column = period_column(bridge, NORWEGIAN)
    assert [column.write(day) for day in bridge.frame["period_start"]][-1] == "Q4 2025"
    assert bridge.frame.schema["period_start"] == pl.Date
