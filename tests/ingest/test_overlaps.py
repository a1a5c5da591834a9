"""Several exports of one shop: what they share is counted once, and said."""

import os
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import InputError
from cockpit.ingest import Intake, read
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

ORDERS = "order_id,email,ordered_at,total,status\n"
LINES = "order_id,customer_id,date,sku,qty,unit_price\n"


def read_files(folder: Path, **files: str) -> Intake:
    """Write the files, oldest first, and read them together."""
    paths = []
    for age, (name, text) in enumerate(files.items()):
        path = folder / f"{name}.csv"
        path.write_text(text)
        os.utime(path, (1_700_000_000 + age * 86_400,) * 2)
        paths.append(path)
    return read(paths, Settings())


def test_the_copy_in_the_newest_file_wins_whole(tmp_path: Path):
    intake = read_files(
        tmp_path,
        january=ORDERS + "1,a@x.example,2024-01-01,10,paid\n2,b@x.example,2024-01-30,20,paid\n",
        february=ORDERS + "2,b@x.example,2024-01-30,20,refunded\n3,a@x.example,2024-02-02,5,paid\n",
    )

    assert_reconciles(intake)
    assert intake.orders.select("order_key", "order_id", "status", "file_no").rows() == [
        (0, "1", "paid", 0),
        (1, "2", "refunded", 1),
        (2, "3", "paid", 1),
    ]
    assert intake.excluded.rows() == [(0, 2, "duplicate", "also in february.csv")]
    assert any("1 order stands in more than one file" in sentence for sentence in intake.warnings)


def test_one_number_of_two_customers_is_no_overlap(tmp_path: Path):
    intake = read_files(
        tmp_path,
        one=ORDERS + "1,a@x.example,2024-01-01,10,paid\n",
        two=ORDERS + "1,b@x.example,2024-02-01,20,paid\n",
    )

    assert intake.orders.height == 2


def test_an_order_cut_at_the_edge_of_two_files_is_united(tmp_path: Path):
    intake = read_files(
        tmp_path,
        one=LINES + "1,A,2024-01-01,x,1,3\n2,B,2024-01-31,x,1,3\n",
        two=LINES + "2,B,2024-01-31,y,2,4\n3,A,2024-02-01,z,1,1\n",
    )

    assert_reconciles(intake)
    assert intake.orders.select("order_id", "gross", "row_count").rows() == [
        ("1", 3.0, 1),
        ("2", 11.0, 2),
        ("3", 1.0, 1),
    ]
    assert intake.lines.select("order_key", "sku").rows() == [(0, "x"), (1, "x"), (1, "y"), (2, "z")]
    assert any("was united" in sentence for sentence in intake.assumptions)


def test_rows_without_order_number_or_customer_are_never_taken_for_copies(tmp_path: Path):
    intake = read_files(
        tmp_path, one="email,date,total\n,2024-01-01,1\n", two="email,date,total\n,2024-01-01,1\n"
    )

    assert intake.orders.height == 2


def test_columns_may_drift_between_files(tmp_path: Path):
    intake = read_files(
        tmp_path,
        old="Order ID;E-Mail;Date;Total\n1;a@x.example;31.01.2024;10,50\n",
        new="order_number,email,created_at,amount,country\n2,a@x.example,2024-02-01,3.25,NO\n",
    )

    assert intake.orders.select("order_id", "customer_id", "gross", "country").rows() == [
        ("1", "a@x.example", 10.5, None),
        ("2", "a@x.example", 3.25, "NO"),
    ]


def test_etsy_items_give_the_lines_of_etsy_orders(tmp_path: Path):
    intake = read_files(
        tmp_path,
        orders="Sale Date,Order ID,Buyer User ID,Order Total,Currency\n09/24/26,7,jane1,20.00,USD\n",
        items="Sale Date,Item Name,Buyer,Quantity,Price,Order ID,Transaction ID,Currency\n"
        "09/24/26,Mug,Jane,1,12.00,7,1,USD\n09/24/26,Dish,Jane,1,8.00,7,2,USD\n",
    )

    assert_reconciles(intake)
    assert intake.orders.select("order_id", "customer_id", "gross", "row_count").rows() == [
        ("7", "jane1", 20.0, 3)
    ]
    assert intake.lines.select("order_key", "product", "value").rows() == [(0, "Mug", 12.0), (0, "Dish", 8.0)]


def test_the_most_frequent_currency_is_analysed_unless_another_is_asked_for(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "order_id,email,date,total,currency\n1,a@x.example,2024-01-01,10,EUR\n"
        "2,b@x.example,2024-01-02,11,eur\n3,c@x.example,2024-01-03,12,USD\n4,d@x.example,2024-01-03,13,\n"
    )

    intake = read([path], Settings())
    assert_reconciles(intake)
    assert (intake.currency, intake.orders["order_id"].to_list()) == ("EUR", ["1", "2", "4"])
    assert intake.excluded.rows() == [(0, 3, "currency", "USD")]

    dollars = read([path], Settings(currency="usd"))
    assert (dollars.currency, dollars.orders["order_id"].to_list()) == ("USD", ["3", "4"])
    with pytest.raises(InputError, match="No order is in NOK"):
        read([path], Settings(currency="NOK"))


def test_lines_that_repeat_are_reported_and_kept(tmp_path: Path):
    intake = read_files(
        tmp_path, one=LINES + "1,A,2024-01-01,x,1,3\n1,A,2024-01-01,x,1,3\n2,A,2024-01-02,x,1,3\n"
    )

    assert intake.orders["gross"].to_list() == [6.0, 3.0]
    assert any("1 line repeats" in sentence for sentence in intake.warnings)


def test_refunds_in_rows_of_their_own_go_to_their_order(tmp_path: Path):
    header = "Date,Time,Time Zone,Gross Sales,Total Collected,Transaction ID,Event Type,Customer ID\n"
    intake = read_files(
        tmp_path,
        square=header
        + "2026-09-13,10:02:11,X,$30.00,$30.00,T1,Payment,C1\n"
        + "2026-09-14,10:00:00,X,-$12.00,-$12.00,T1,Refund,\n"
        + "2026-09-15,10:00:00,X,-$5.00,-$5.00,T9,Refund,C2\n",
    )

    assert_reconciles(intake)
    assert intake.orders.select("order_id", "status", "gross", "refund").rows() == [
        ("T1", "partially_refunded", 30.0, 12.0)
    ]
    assert intake.excluded.filter(pl.col("reason") == "not_an_order")["record"].to_list() == [3]
