"""What an owner may point at, and what they hear when it can't be used."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import Cancelled, InputError, UsageError
from cockpit.ingest import Intake, read
from cockpit.ingest.intake import EXCLUDED, FILES, LINES, ORDERS
from cockpit.progress import Step
from cockpit.settings import Settings
from tests.ingest.helpers import assert_reconciles

ReadText = Callable[..., Intake]
PLAIN = "order_id,email,ordered_at,total\n1,a@x.example,2024-01-01,10\n2,b@x.example,2024-01-02,12.5\n"


def test_tables_have_exactly_the_promised_columns(read_text: ReadText):
    intake = read_text(PLAIN)

    assert dict(intake.orders.schema) == dict(ORDERS)
    assert dict(intake.lines.schema) == dict(LINES)
    assert dict(intake.excluded.schema) == dict(EXCLUDED)
    assert dict(intake.files.schema) == dict(FILES)
    assert intake.orders["order_key"].to_list() == [0, 1]
    assert intake.orders["ordered_at"].to_list() == [datetime(2024, 1, 1), datetime(2024, 1, 2)]


def test_rows_that_make_no_order_are_kept_with_their_reason(read_text: ReadText):
    intake = read_text(
        PLAIN + ",,,\n3,c@x.example,some day,1\n4,d@x.example,2024-01-03,much\n5,e@x.example,,1\n"
    )

    assert_reconciles(intake)
    assert intake.excluded.select("record", "reason", "detail").rows() == [
        (3, "blank", None),
        (4, "unreadable", "ordered_at: some day"),
        (5, "unreadable", "total: much"),
        (6, "unreadable", "no date"),
    ]


def test_lines_of_one_order_become_one_order_even_when_others_stand_between(read_text: ReadText):
    intake = read_text(
        "Invoice No,Customer ID,Date,SKU,Qty,Unit Price\n"
        "7,A,2024-01-01,x,2,1.50\n8,B,2024-01-01,y,1,4\n7,A,2024-01-01,z,1,2\n"
    )

    assert intake.orders.select("order_id", "gross", "row_count", "record").rows() == [
        ("7", 5.0, 2, 1),
        ("8", 4.0, 1, 2),
    ]
    assert intake.lines.select("order_key", "sku", "value", "record").rows() == [
        (0, "x", 3.0, 1),
        (1, "y", 4.0, 2),
        (0, "z", 2.0, 3),
    ]


def test_a_total_repeated_on_each_line_is_counted_once(read_text: ReadText):
    intake = read_text(
        "order_id,customer_id,date,total,sku\n1,A,2024-01-01,30,x\n1,A,2024-01-01,30,y\n2,B,2024-01-02,5,x\n"
    )

    assert intake.orders["gross"].to_list() == [30.0, 5.0]
    assert any("counted once" in sentence for sentence in intake.assumptions)


def test_one_order_number_of_two_customers_is_two_orders(read_text: ReadText):
    intake = read_text(
        "order_id,customer_id,date,total\n1,A,2024-01-01,30\n1,B,2024-03-01,20\n2,A,2024-01-02,5\n"
    )

    assert intake.orders.select("order_id", "customer_id", "gross").rows() == [
        ("1", "A", 30.0),
        ("1", "B", 20.0),
        ("2", "A", 5.0),
    ]


def test_without_order_numbers_a_customer_and_day_is_one_order(read_text: ReadText):
    intake = read_text(
        "customer_id,date,amount\nA,2024-01-01,3\nA,2024-01-01,4\nA,2024-01-02,5\n,2024-01-02,6\n,2024-01-02,7\n"
    )

    assert_reconciles(intake)
    assert intake.orders.select("customer_id", "gross").rows() == [
        ("A", 7.0),
        ("A", 5.0),
        (None, 6.0),
        (None, 7.0),
    ]


def test_columns_are_mapped_by_the_owner(read_text: ReadText):
    settings = Settings(columns={"customer_id": "Wer", "ordered_at": "wann"})

    intake = read_text("Nr,Wer,Wann,total\n1,A,2024-01-01,3\n", settings=settings)

    assert intake.orders.select("customer_id", "ordered_at").rows() == [("A", datetime(2024, 1, 1))]


def test_a_column_that_is_not_there_is_named_with_the_closest(read_text: ReadText):
    with pytest.raises(InputError, match=r"no column kunde.*Closest are kunden"):
        read_text("nr,kunden,date\n1,A,2024-01-01\n", settings=Settings(columns={"customer_id": "kunde"}))


def test_a_field_that_does_not_exist_is_wrong_usage(read_text: ReadText):
    with pytest.raises(UsageError, match="no field colour"):
        read_text(PLAIN, settings=Settings(columns={"colour": "email"}))


def test_a_dialect_that_does_not_exist_is_wrong_usage(read_text: ReadText):
    with pytest.raises(UsageError, match=r"no dialect fax.*shopify"):
        read_text(PLAIN, settings=Settings(dialect="fax"))


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("", "a.csv", "a.csv is empty"),
        ("order_id,email,ordered_at,total\n", "a.csv", "no data rows"),
        ("a@x.example\n" * 2, "a.csv", "no column for a date"),
        ("id,email,total\n1,a@x.example,2\n", "a.csv", "no column for a date.*--map ordered_at="),
        (
            "id,Kundin,date,total\n1,A,2024-01-01,2\n",
            "a.csv",
            "no column for a customer.*--map customer_id=Kundin",
        ),
        (PLAIN, "a.parquet", r"a.parquet is not Parquet.*\.csv"),
        (PLAIN, "a.csv.gz", "a.csv.gz is not a gzip archive"),
        (b"PAR1 and then nothing", "a.parquet", "not a complete Parquet file"),
        (b"\x1f\x8b\x08\x00broken", "a.csv.gz", "damaged or incomplete"),
        (b"%PDF-1.7 an invoice", "a.csv", "PDF"),
        ("<html><body>Log in</body></html>", "a.csv", "web page"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a.csv", "Git LFS pointer"),
        ("https://example.com/orders.csv\n", "a.csv", "only a web address"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_in_one_line(
    read_text: ReadText, text: str | bytes, name: str, sentence: str
):
    with pytest.raises(InputError, match=sentence) as refusal:
        read_text(text, name=name)

    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"no file .*gone\.csv"):
        read([tmp_path / "gone.csv"], Settings())
    with pytest.raises(InputError, match="holds no exports"):
        read([tmp_path], Settings())


def test_a_folder_reads_its_exports_and_says_what_it_passes_over(tmp_path: Path):
    (tmp_path / "january.csv").write_text(PLAIN)
    (tmp_path / "notes.csv").write_text("topic,text\nx,y\n")
    (tmp_path / "readme.md").write_text("# not data")

    intake = read([tmp_path], Settings())

    assert intake.files["file"].to_list() == ["january.csv"]
    assert any("notes.csv" in sentence for sentence in intake.warnings)


def test_a_file_of_a_folder_that_breaks_off_among_its_rows_is_passed_over_too(tmp_path: Path):
    (tmp_path / "b.csv").write_text(PLAIN)
    broken = tmp_path / "a.parquet"
    frame = pl.DataFrame({"email": [f"{n}@x.example" for n in range(9_000)]})
    frame.with_columns(date=pl.lit("2024-01-02"), total=1.5).write_parquet(broken, row_group_size=3_000)
    whole = bytearray(broken.read_bytes())
    half = len(whole) // 2
    whole[half : half + 2_000] = b"\xff" * 2_000
    broken.write_bytes(whole)

    intake = read([tmp_path], Settings())

    assert intake.files["file"].to_list() == ["b.csv"]
    assert intake.orders["file_no"].unique().to_list() == [0]
    assert any("a.parquet" in sentence for sentence in intake.warnings)
    assert not any("a.parquet" in sentence for sentence in intake.assumptions)
    with pytest.raises(InputError, match=r"a\.parquet"):
        read([broken], Settings())


def test_a_name_full_of_escapes_is_shown_harmless(tmp_path: Path):
    with pytest.raises(InputError) as refusal:
        read([tmp_path / "a\x1b]0;pwn\x07.csv"], Settings())

    assert "\x1b" not in str(refusal.value)


def test_brackets_in_a_file_name_open_that_file_only(tmp_path: Path):
    (tmp_path / "shop1.csv").write_text(PLAIN.replace("10", "99"))
    (tmp_path / "shop[1].csv").write_text(PLAIN)

    assert read([tmp_path / "shop[1].csv"], Settings()).orders["gross"].to_list() == [10.0, 12.5]


def test_reading_reports_and_can_be_cancelled(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text(PLAIN)
    steps: list[Step] = []

    read([path], Settings(), steps.append)

    assert {step.stage for step in steps} == {"reading", "cleaning"}
    assert all(step.done <= step.total for step in steps)
    assert max(step.total for step in steps if step.stage == "reading") == path.stat().st_size

    def stop(step: Step) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read([path], Settings(), stop)


def test_typed_columns_of_parquet_keep_their_meaning(tmp_path: Path):
    path = tmp_path / "typed.parquet"
    pl.DataFrame(
        {
            "order_id": [1, 2],
            "customer_id": [17850.0, None],
            "ordered_at": pl.Series([datetime(2024, 1, 1, 9), datetime(2024, 6, 1, 9)]).dt.replace_time_zone(
                "Europe/Oslo"
            ),
            "total": pl.Series(["10.50", "3.20"]).cast(pl.Decimal(10, 2)),
        }
    ).write_parquet(path)

    intake = read([path], Settings())

    assert intake.orders.select("order_id", "customer_id", "ordered_at", "gross").rows() == [
        ("1", "17850", datetime(2024, 1, 1, 9), 10.5),
        ("2", None, datetime(2024, 6, 1, 9), 3.2),
    ]
