"""One currency is analysed; the others are converted at the owner's rates, or left out and said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.errors import InputError, UsageError
from cockpit.ingest import Intake, read
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

ReadText = Callable[..., Intake]
MIXED = """order_id,email,ordered_at,total,shipping,refund,currency,sku,line_total
1,a@x.example,2024-01-01,116,58,0,NOK,x,58
2,b@x.example,2024-01-02,20,2,5,EUR,x,10
2,b@x.example,2024-01-02,20,2,5,EUR,y,8
3,c@x.example,2024-01-03,7,0,0,USD,x,7
4,d@x.example,2024-01-04,30,0,0,NOK,x,30
5,e@x.example,2024-01-04,40,0,0,,x,40
"""
RATES = {"EUR": 10.0}


def test_a_rate_converts_every_amount_of_an_order(read_text: ReadText):
    intake = read_text(MIXED, settings=Settings(rates=RATES))

    assert_reconciles(intake)
    assert intake.currency == "NOK"
    assert intake.orders.select("order_id", "gross", "shipping", "refund", "currency").rows() == [
        ("1", 116.0, 58.0, 0.0, "NOK"),
        ("2", 200.0, 20.0, 50.0, "NOK"),
        ("4", 30.0, 0.0, 0.0, "NOK"),
        ("5", 40.0, 0.0, 0.0, None),
    ]
    assert intake.lines["value"].to_list() == [58.0, 100.0, 80.0, 30.0, 40.0]
    assert "1 order in EUR is converted: 1 EUR = 10 NOK, on every day." in intake.assumptions
    assert any("left out are 1 in USD (7.00)" in sentence for sentence in intake.warnings)


def test_all_orders_may_be_converted(read_text: ReadText):
    rates = {"NOK": 0.1, "USD": 0.9, "EUR": 1.0}

    intake = read_text(MIXED, settings=Settings(rates=rates, currency="EUR"))

    assert intake.orders["gross"].round(2).to_list() == [11.6, 20.0, 6.3, 3.0, 40.0]
    assert not any("left out" in sentence for sentence in intake.warnings)


def test_a_currency_that_no_order_has_may_be_the_one_that_all_come_into(read_text: ReadText):
    rates = {"NOK": 0.07, "USD": 0.8, "EUR": 0.85}

    intake = read_text(MIXED, settings=Settings(rates=rates, currency="GBP"))

    assert intake.currency == "GBP"
    assert intake.orders.height == 5
    with pytest.raises(InputError, match="No order is in GBP"):
        read_text(MIXED, settings=Settings(rates={"SEK": 2.0}, currency="GBP"))


def test_rates_into_another_currency_are_wrong_usage(read_text: ReadText):
    with pytest.raises(UsageError, match=r"another currency than NOK.*--currency"):
        read_text(MIXED, settings=Settings(rates={"NOK": 0.1}))


def test_signs_in_the_cells_tell_currencies_apart(read_text: ReadText):
    text = "order_id,email,ordered_at,total\n1,a@x.example,2024-01-05,€5.00\n2,b@x.example,2024-01-06,$6.00\n"
    intake = read_text(text + "3,c@x.example,2024-01-06,7.00 USD\n4,d@x.example,2024-01-07,1.00\n")

    assert intake.currency == "USD"
    assert intake.orders.select("order_id", "gross", "currency").rows() == [
        ("2", 6.0, "USD"), ("3", 7.0, "USD"), ("4", 1.0, None),
    ]  # fmt: skip
    assert intake.excluded.select("record", "reason", "detail").rows() == [(1, "currency", "EUR")]


def test_files_with_different_signs_are_never_added_up(tmp_path: Path):
    for name, sign in (("a.csv", "€"), ("b.csv", "$"), ("c.csv", "")):
        rows = "".join(f"{name}{n},{name}{n}@x.example,2024-01-0{n},{sign}{n}\n" for n in (1, 2, 3))
        (tmp_path / name).write_text("order_id,email,ordered_at,total\n" + rows, encoding="utf-8")

    intake = read([tmp_path / name for name in ("a.csv", "b.csv", "c.csv")], Settings(currency="USD"))

    assert intake.orders["currency"].to_list() == ["USD"] * 3 + [None] * 3
    assert intake.excluded.select("file_no", "reason", "detail").rows() == [(0, "currency", "EUR")] * 3
    assert "a.csv: the currency is read from the cells: EUR." in intake.assumptions
    assert "3 orders name no currency and are taken to be in USD." in intake.assumptions
