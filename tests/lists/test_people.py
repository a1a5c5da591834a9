import polars as pl
import pytest

from cockpit.lists import people


def one(expression, value):
    return pl.DataFrame({"x": [value]}, {"x": pl.String}).select(expression(pl.col("x"))).item()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" Ola.Nordmann+vip@Example.co.uk ", "ola.nordmann+vip@example.co.uk"),
        ("o'hara@example.no", "o'hara@example.no"),
        ("åse@bedrift.no", "åse@bedrift.no"),
        ("two@at@example.no", None),
        ("a@b", None),
        ("=cmd|' /C calc'!A0@example.no", None),
        ("-x@example.no", None),
        ("＝x@example.no", None),
        ("a b@example.no", None),
        ("a@b.no;c@d.no", None),
        ("", None),
        (None, None),
    ],
)
def test_email(written, address):
    assert one(people.email, written) == address


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+47 22 33 44 55", "+4722334455"),
        ("0047 22-33-44-55", "+4722334455"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("'+1 (212) 555-0100", "+12125550100"),
        ("22 33 44 55", None),
        ("(0) 207946", None),
        ("+0 123 456 789", None),
        ("+47 ring me", None),
        ("+1234567890123456", None),
        (None, None),
    ],
)
def test_phone(written, number):
    assert one(people.phone, written) == number


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ola Nordmann", "Ola", "Nordmann"),
        ("  Anne  Marie   Hansen ", "Anne Marie", "Hansen"),
        ("van Dyke, Dick", "Dick", "van Dyke"),
        ("Cher", "Cher", None),
        ("Comma,", "Comma,", None),
        ("", "", None),
        (None, None, None),
    ],
)
def test_names(name, first, last):
    assert one(people.first_name, name) == first
    assert one(people.last_name, name) == last


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NO", "NO"),
        ("no", "NO"),
        ("United Kingdom", "GB"),
        ("EIRE", "IE"),
        ("USA", "US"),
        ("Mars", None),
        (None, None),
    ],
)
def test_country(written, code):
    assert one(people.country, written) == code
