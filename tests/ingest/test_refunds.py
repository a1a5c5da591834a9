"""Refunds reduce the order that they belong to, however a platform writes them."""

from collections.abc import Callable

import pytest

from cockpit.ingest import Intake
from tests.ingest.helpers import assert_reconciles

ReadText = Callable[..., Intake]
SQUARE = """Date,Time,Time Zone,Gross Sales,Net Sales,Tax,Partial Refunds,Total Collected,\
Event Type,Transaction ID,Customer ID
09/05/2026,10:00:00,MDT,$50.00,$50.00,$0.00,{column},$50.00,Payment,T1,C1
"""
ROW = '09/07/2026,10:00:00,MDT,"-$20.00","-$20.00",$0.00,$0.00,"-$20.00",Refund,T1,C1\n'


@pytest.mark.parametrize(
    ("column", "row"), [("$20.00", ""), ("$0.00", ROW), ("$20.00", ROW)], ids=["column", "row", "both"]
)
def test_a_refund_told_once_or_twice_is_one(read_text: ReadText, column: str, row: str):
    intake = read_text(SQUARE.format(column=column) + row)
    assert intake.files["dialect"][0] == "square"
    chosen = intake.orders.select("order_id", "status", "gross", "refund")
    assert chosen.rows() == [("T1", "partially_refunded", 50.0, 20.0)]


def orders_of(intake: Intake) -> list[tuple[object, ...]]:
    assert_reconciles(intake)
    return intake.orders.select("order_id", "status", "gross", "refund", "row_count").rows()


def test_later_rows_below_zero_are_refunds_in_any_table_with_order_numbers(read_text: ReadText):
    text = """order number,email,date,total
1,a@x.com,2024-01-01,100
2,b@x.com,2024-01-02,50
1,a@x.com,2024-01-09,-30
2,b@x.com,2024-02-02,-50
3,c@x.com,2024-02-03,-5
"""
    intake = read_text(text)
    assert orders_of(intake) == [
        ("1", "partially_refunded", 100.0, 30.0, 2),
        ("2", "refunded", 50.0, 50.0, 2),
        ("3", "unknown", -5.0, None, 1),
    ]
    assert intake.orders["ordered_at"][0].day == 1
    assert any("2 rows below zero, later than their orders" in said for said in intake.assumptions)
    assert not any("differs between the rows" in said for said in intake.assumptions)


def test_later_lines_below_zero_are_refunds_and_a_discount_within_the_order_is_none(read_text: ReadText):
    text = """order number,email,date,sku,quantity,price
1,a@x.com,2024-01-01,A,2,10
1,a@x.com,2024-01-01,B,1,30
1,a@x.com,2024-01-01,VOUCHER,1,-5
1,a@x.com,2024-01-20,B,-1,30
"""
    intake = read_text(text)
    assert orders_of(intake) == [("1", "partially_refunded", 45.0, 30.0, 4)]
    assert intake.lines["value"].to_list() == [20.0, 30.0, -5.0, -30.0]


def test_a_total_that_repeats_on_each_line_counts_once_beside_a_refund(read_text: ReadText):
    text = """order number,email,date,sku,total
1,a@x.com,2024-01-01,A,40
1,a@x.com,2024-01-01,B,40
2,a@x.com,2024-01-02,A,20
1,a@x.com,2024-01-09,B,-15
"""
    assert orders_of(read_text(text)) == [
        ("1", "partially_refunded", 40.0, 15.0, 3),
        ("2", "unknown", 20.0, None, 1),
    ]


def test_a_cancelled_row_below_zero_stays_cancelled(read_text: ReadText):
    text = "order number,email,date,total,status\n1,a@x.com,2024-01-01,10,paid\n"
    text += "1,a@x.com,2024-01-05,-10,cancelled\n"
    assert orders_of(read_text(text))[0][2:4] == (0.0, None)


def test_rows_that_repeat_another_are_said_though_no_order_number_tells_them_apart(read_text: ReadText):
    text = "email,date,total\na@x.com,2024-01-01,10\nb@x.com,2024-01-01,10\na@x.com,2024-01-01,10\n"
    intake = read_text(text)
    assert intake.orders["gross"].to_list() == [20.0, 10.0]
    assert_reconciles(intake)
    assert any("1 row repeats another one" in said for said in intake.warnings)
    assert not any("repeats another" in said for said in read_text(text[: text.rindex("a@")]).warnings)
