"""Refunds reduce the order that they belong to, however a platform writes them."""

from collections.abc import Callable

import pytest

from cockpit.ingest import Intake

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
