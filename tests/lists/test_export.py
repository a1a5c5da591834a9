import csv
import io
import json
import stat
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.lists import PRESETS, export, preset, to_stream

UPLOADS = [name for name in PRESETS if PRESETS[name].is_upload]

PEOPLE = pl.DataFrame(
    {
        "customer_id": ["a", "b", "c", "d", "e", "f"],
        "name": ["Ola Nordmann", "Hansen, Anne Marie", "Cher", "=HYPERLINK(1)", None, "Eve Refused"],
        "country": ["Norway", "NO", "EIRE", "Atlantis", None, "GB"],
        "value": [1234.5, -20.0, 0.0, float("nan"), None, 3.0],
        "last_day": [date(2025, 12, day) for day in range(1, 7)],
        "email": [
            " Ola@Example.NO ",
            "anne@example.no",
            "ola@example.no",
            "d@example.no",
            None,
            "eve@example.no",
        ],
        "phone": ["+47 22 33 44 55", "22334455", None, "0044 (0)20 7946 0000", "+4799887766", "+4711111111"],
        "consent": ["yes", "yes", "yes", None, None, "no"],
    }
)
DEFINITION = {
    "list": "At risk, Norway",
    "as_of": date(2025, 12, 31),
    "filters": ["country=NO"],
    "files": ["shop.csv"],
}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def streamed(frame: pl.DataFrame, name: str, **options) -> tuple[list[dict[str, str]], object]:
    stream = io.BytesIO()
    report = to_stream(frame, stream, preset(name), **options)
    return rows(stream.getvalue().decode()), report


def test_a_list_and_its_definition_lie_side_by_side(tmp_path):
    report = export(PEOPLE, tmp_path / "list.csv", preset("klaviyo"), DEFINITION)
    assert (report.path, report.about) == (tmp_path / "list.csv", tmp_path / "list.csv.about.json")
    assert json.loads(report.about.read_text()) == {
        "list": "At risk, Norway",
        "as_of": "2025-12-31",
        "filters": ["country=NO"],
        "files": ["shop.csv"],
        "file": "list.csv",
        "preset": "klaviyo",
        "consent": "given",
        "columns": [*preset("klaviyo").columns, "customer_id", "value", "last_day"],
        "rows_shown": 6,
        "rows_written": 2,
        "left_out": {"no_consent": 3, "no_address": 0, "duplicates": 1},
        "phones_left_out": 1,
        "created_by": "cockpit 0.1.0",
    }
    for path in (report.path, report.about):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(report) == (
        f"2 rows written to {tmp_path}/list.csv. Left out of 6 shown: 3 without consent, "
        "1 twice in the list. "
        "Phones left empty for want of a country code: 1."
    )


def test_both_files_are_kept_unless_told(tmp_path):
    path = tmp_path / "list.csv"
    export(PEOPLE, path, preset("plain"), DEFINITION)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        export(PEOPLE.head(1), path, preset("plain"), DEFINITION)
    path.unlink()
    with pytest.raises(UsageError, match=r"about\.json exists already"):
        export(PEOPLE.head(1), path, preset("plain"), DEFINITION)
    assert not path.exists()
    assert export(PEOPLE, path, preset("plain"), DEFINITION, overwrite=True).written == 6
    assert path.read_bytes() == before


def test_the_spreadsheet_gets_every_row_with_formulas_defused():
    shop = pl.DataFrame(
        {
            "=note": ["=1+1", " @x", "\tx", "＝1", "\u200b-1", "a;=1", "-", "fine - really", None],
            "value": [-1.5, 2, 3, 4, 5, 6, 7, 8, 9],
            "code": pl.Series(["+1"] * 9, dtype=pl.Categorical),
        }
    )
    written, report = streamed(shop, "spreadsheet")
    assert report.written == report.shown == len(written) == 9
    assert [row["'=note"] for row in written] == [
        "'=1+1", "' @x", "'\tx", "'＝1", "'\u200b-1", "a;'=1", "'-", "fine - really", "",
    ]  # fmt: skip
    assert written[0]["value"] == "-1.5"
    assert written[0]["code"] == "'+1"
    raw, _ = streamed(shop, "plain")
    assert [row["=note"] for row in raw][:2] == ["=1+1", " @x"]


def test_spreadsheets_learn_that_a_file_is_utf8_where_it_matters(tmp_path):
    def first_bytes(name: str, text: str) -> bytes:
        export(pl.DataFrame({"name": [text]}), tmp_path / "x.csv", preset(name), {}, overwrite=True)
        return (tmp_path / "x.csv").read_bytes()[:3]

    assert first_bytes("spreadsheet", "Åse") == b"\xef\xbb\xbf"
    assert first_bytes("spreadsheet", "Ase") == first_bytes("plain", "Åse") == b"nam"


def test_raw_files_say_so(tmp_path):
    assert "raw" in str(export(PEOPLE, tmp_path / "x.csv", preset("plain"), {}))


def test_klaviyo():
    written, _ = streamed(PEOPLE, "klaviyo", consent="assumed")
    assert written == [
        {
            "Email": "ola@example.no", "Phone Number": "+4722334455",
            "First Name": "Ola", "Last Name": "Nordmann",
            "Country": "NO", "Email Marketing Consent": "Subscribe",
            "customer_id": "a", "value": "1234.5", "last_day": "2025-12-01",
        },
        {
            "Email": "anne@example.no", "Phone Number": "",
            "First Name": "Anne Marie", "Last Name": "Hansen",
            "Country": "NO", "Email Marketing Consent": "Subscribe",
            "customer_id": "b", "value": "-20.0", "last_day": "2025-12-02",
        },
        {
            "Email": "d@example.no", "Phone Number": "+442079460000",
            "First Name": "'=HYPERLINK(1)", "Last Name": "",
            "Country": "", "Email Marketing Consent": "",
            "customer_id": "d", "value": "", "last_day": "2025-12-04",
        },
        {
            "Email": "", "Phone Number": "+4799887766", "First Name": "", "Last Name": "",
            "Country": "", "Email Marketing Consent": "",
            "customer_id": "e", "value": "", "last_day": "2025-12-05",
        },
    ]  # fmt: skip


def test_mailchimp_reaches_by_email_alone_and_tags():
    written, report = streamed(PEOPLE, "mailchimp", consent="assumed", title="At risk, Norway")
    assert list(written[0])[:5] == ["Email Address", "First Name", "Last Name", "Phone Number", "Tags"]
    assert {row["Tags"] for row in written} == {"At risk  Norway"}
    assert (report.no_consent, report.no_address, report.duplicates, report.written) == (1, 1, 1, 3)


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("meta", ["email", "phone", "fn", "ln", "country"]),
        ("google", ["Email", "Phone", "First Name", "Last Name", "Country", "Zip"]),
    ],
)
def test_advertisers_get_nothing_but_the_person(name, headers):
    written, report = streamed(PEOPLE, name, consent="assumed")
    assert list(written[0]) == headers
    assert report.written == 4


@pytest.mark.parametrize("name", UPLOADS)
def test_who_refused_is_never_uploaded(name):
    for consent, expected in (("given", 2), ("assumed", 4 if name != "mailchimp" else 3)):
        written, report = streamed(PEOPLE, name, consent=consent)
        assert len(written) == report.written == expected
        assert not any("eve@example.no" in row.values() for row in written)


def test_an_address_that_refused_once_is_refused():
    shop = pl.DataFrame({"email": ["a@b.no", "A@B.no", "c@b.no"], "consent": ["yes", "no", "Yes"]})
    written, report = streamed(shop, "mailchimp")
    assert [row["Email Address"] for row in written] == ["c@b.no"]
    assert (report.no_consent, report.duplicates) == (2, 0)


def test_a_list_of_numbers_is_a_spreadsheet_too(tmp_path):
    report = export(pl.DataFrame({"orders": [1, 2]}), tmp_path / "x.csv", preset("spreadsheet"), {})
    assert report.path.read_bytes() == b"orders\n1\n2\n"


@pytest.mark.parametrize("name", UPLOADS)
def test_a_list_without_consent_column_is_unknown(name):
    shop = PEOPLE.drop("consent")
    assert streamed(shop, name)[1].no_consent == 6
    assert streamed(shop, name, consent="assumed")[1].no_consent == 0


@pytest.mark.parametrize("name", UPLOADS)
def test_a_list_without_addresses_is_no_upload(name):
    with pytest.raises(UsageError, match="no e-mail addresses or phones"):
        streamed(PEOPLE.drop("email", "phone"), name)


def test_a_list_column_named_like_a_header_keeps_its_place():
    shop = PEOPLE.with_columns(pl.lit("own").alias("Tags"))
    written, _ = streamed(shop, "mailchimp", title="x")
    assert (written[0]["Tags"], written[0]["Tags (list)"]) == ("x", "own")


def test_a_file_too_large_for_its_receiver_is_said(tmp_path):
    many = pl.DataFrame(
        {"email": [f"{n}@example.no" for n in range(60_000)], "consent": "yes", "x": "y" * 900}
    )
    report = export(many, tmp_path / "big.csv", preset("klaviyo"), {})
    assert report.written == 60_000
    assert "larger than the 50 MB that klaviyo takes" in str(report)
    assert pl.scan_csv(report.path).select(pl.len()).collect().item() == 60_000


@pytest.mark.parametrize("name", PRESETS)
def test_an_empty_list_has_a_header(name):
    stream = io.BytesIO()
    report = to_stream(PEOPLE.clear(), stream, preset(name))
    assert report.shown == report.written == 0
    assert len(stream.getvalue().splitlines()) == 1


def test_dates_times_and_lists_read_plainly():
    shop = pl.DataFrame({"at": [datetime(2025, 12, 31, 9, 5)], "tags": [["vip", "b2b"]], "sizes": [[1, 2]]})
    written, _ = streamed(shop, "plain")
    assert written == [{"at": "2025-12-31T09:05:00.000000", "tags": "vip, b2b", "sizes": "1, 2"}]


def test_an_unknown_preset_names_the_known():
    with pytest.raises(
        UsageError, match=r"no preset “excel”.*spreadsheet, plain, klaviyo, mailchimp, meta, google"
    ):
        preset("excel")


names = st.none() | st.text(max_size=8)
emails = st.none() | st.sampled_from(["a@b.no", "A@B.no ", "c@d.no", "not an address", "=1@b.no", ""])
phones = st.none() | st.sampled_from(["+47 22 33 44 55", "004722334455", "22334455", "", "+0"])


@settings(max_examples=60, deadline=None)
@example([("\x1f=", None, None, "yes"), (";\x1c+1", None, None, "yes")], "spreadsheet", "given")
@given(
    st.lists(st.tuples(names, emails, phones, st.sampled_from(["yes", "no", None])), max_size=12),
    st.sampled_from(list(PRESETS)),
    st.sampled_from(["given", "assumed"]),
)
def test_every_row_is_accounted_for(people, name, consent):
    frame = pl.DataFrame(people, ["name", "email", "phone", "consent"], orient="row").cast(pl.String)
    stream = io.BytesIO()
    report = to_stream(frame, stream, preset(name), consent=consent)
    written = pl.read_csv(io.BytesIO(stream.getvalue()), infer_schema=False)
    assert written.height == report.written
    assert report.written == report.shown - report.no_consent - report.no_address - report.duplicates
    if preset(name).guarded:
        for cell in written.rows():
            for text in filter(None, cell):
                assert text.startswith("+47") or harmless(text)[:1] not in set("=+-@＝＋－＠")
