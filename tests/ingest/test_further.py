"""Which further columns of an export become attributes, under which names."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.ingest import Intake, read
from cockpit.ingest.further import MOST_COLUMNS, slug_of
from cockpit.ingest.intake import ORDERS
from cockpit.settings import Settings

ReadText = Callable[..., Intake]


def made(header: str, *cells: str, orders: int = 40) -> str:
    """A file of that many orders, whose further cells repeat in turn."""
    rows = (f"{n},c{n}@x.example,2024-01-01,10,{cells[n % len(cells)]}" for n in range(orders))
    return "\n".join((f"order_id,email,ordered_at,total,{header}", *rows, ""))


def further(intake: Intake) -> list[str]:
    return intake.orders.columns[len(ORDERS) :]


def test_a_column_of_few_texts_follows_the_canonical_ones(read_text: ReadText):
    intake = read_text(made("Delivery Speed", "slow", "fast", " fast ", ""))

    assert intake.orders.columns == [*ORDERS, "delivery_speed"]
    assert intake.orders["delivery_speed"].head(4).to_list() == ["slow", "fast", "fast", None]
    assert any("delivery_speed" in sentence for sentence in intake.assumptions)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Warehouse ID", ("a", "b")),
        ("Billing Name", ("Ann", "Bo")),
        ("Shipping Street", ("High Street", "Low Street")),
        ("Notes", ("ring twice", "leave it")),
        ("Lineitem requires shipping", ("true", "false")),
        ("Sold by", ("ann@x.example", "bo@x.example")),
        ("Paid", ("2024-01-02", "2024-01-03")),
        ("Weight", ("1.5", "2,25")),
        ("Wrapping", ("paper",)),
        ("Wish", ("a" * 61, "b")),
        ("Voucher made", tuple(f"code {n}" for n in range(40))),
    ],
)
def test_ids_people_places_notes_dates_and_numbers_are_none(
    read_text: ReadText, header: str, cells: tuple[str, ...]
):
    assert further(read_text(made(header, *cells))) == []


def test_what_differs_between_the_lines_of_an_order_is_none(read_text: ReadText):
    rows = "".join(
        f"{n // 2},c{n // 2},2024-01-01,5,{'red' if n % 2 else 'blue'},{'gift' if n < 20 else 'own'}\n"
        for n in range(40)
    )

    intake = read_text("order_id,customer_id,ordered_at,total,colour,occasion\n" + rows)

    assert further(intake) == ["occasion"]


def test_a_taken_name_is_numbered(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text(made("Segment,Record", "north,x", "south,y"))

    intake = read([path], Settings(), reserved={"segment"})

    assert further(intake) == ["segment_2", "record_2"]


def test_there_are_not_too_many(read_text: ReadText):
    header = ",".join(f"choice {n} taken" for n in range(MOST_COLUMNS + 5))

    intake = read_text(made(header, *(",".join(word * (MOST_COLUMNS + 5)) for word in "ab")))

    assert len(further(intake)) == MOST_COLUMNS


def test_files_agree_on_what_is_fit(tmp_path: Path):
    (tmp_path / "january.csv").write_text(made("Gift,Deal", "yes,a", "no,b"))
    later = made("Gift,Deal", *(f"no,deal {n} of many" for n in range(300)), orders=300)
    (tmp_path / "february.csv").write_text(later.replace("2024-01", "2024-02").replace("\n", "\n7"))

    assert further(read([tmp_path], Settings())) == ["gift"]


@pytest.mark.parametrize(
    ("header", "slug"),
    [("Payment Method", "payment_method"), (" Größe/Maß ", "grösse_mass"), ("%", ""), ("x" * 90, "x" * 40)],
)
def test_a_header_becomes_a_name(header: str, slug: str):
    assert slug_of(header) == slug
