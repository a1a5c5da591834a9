import csv
import io
import json
import shlex
import sys
import types
from contextlib import nullcontext

import pytest

from cockpit.cli import commands, main, opening
from cockpit.errors import InputError
from tests.shops import Order, intake_from, open_intake, reading, regulars


@pytest.fixture(scope="module")
def intake():
    extra = [Order(None, "2025-03-03"), Order("x", "2025-04-04", status="cancelled")]
    risky = Order("=cmd|' /C calc'!A0", "2025-12-01", 9999.0, country="NO", name="@SUM(1)")
    said = {"assumptions": ("Dates are read as day.month.year.",), "warnings": ("Look at this.",)}
    return intake_from([*regulars(), *extra, risky], excluded=[("blank", "")], currency="NOK", **said)


@pytest.fixture
def cockpit(intake, capsys):
    """Run a command line on the made shop: status, standard output and standard error."""

    def run(line):
        with reading(intake):
            status = main(shlex.split(line))
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def opened(intake):
    with open_intake(intake) as shop:
        yield shop


@pytest.fixture
def cockpit_on_one_shop(cockpit, opened, monkeypatch):
    """Run a command line on the same shop each time, where nothing is chosen that it is opened with."""
    monkeypatch.setattr(commands, "_opened", lambda *_asked: nullcontext(opened))
    return cockpit


def _rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_report_reads_well(cockpit):
    status, out, err = cockpit("report made.csv --filter country=NO --period year")
    assert (status, err) == (0, "")
    assert "Only customers with country=NO." in out
    assert "kr\u00a0" in out
    for heading in ("The figures", "Churn and retention", "Today's work", "Not used: 3 of", "Please look at"):
        assert heading in out
    assert "\x1b" not in out


def test_the_report_as_json_and_csv_says_the_same(cockpit):
    kpis = json.loads(cockpit("report made.csv --json")[1])["kpis"]
    rows = {row["name"]: row for row in _rows(cockpit("report made.csv --csv")[1])}
    assert rows.keys() == kpis.keys()
    for name, kpi in kpis.items():
        assert rows[name]["value"] == ("" if kpi["value"] is None else str(float(kpi["value"])))


@pytest.mark.parametrize("panel", ["bridge", "intake", "kpis"])
def test_every_form_of_a_panel_has_the_same_columns(cockpit_on_one_shop, panel):
    document = json.loads(cockpit_on_one_shop(f"report made.csv --panel {panel} --json")[1])
    names = [column["name"] for column in document["columns"]]
    assert list(_rows(cockpit_on_one_shop(f"report made.csv --panel {panel} --csv")[1])[0]) == names
    assert [list(row) for row in document["rows"]] == [names] * len(document["rows"])
    status, out, _err = cockpit_on_one_shop(f"report made.csv --panel {panel}")
    assert status == 0
    assert out.startswith(document["title"])


def test_a_panel_is_broken_down_by_any_attribute(cockpit_on_one_shop):
    document = json.loads(
        cockpit_on_one_shop("report made.csv --panel segments --by first_category --json")[1]
    )
    assert {row["bucket"] for row in document["rows"]} == {"Garden", "Kids", None}


def test_a_list_is_what_the_screen_counts_and_nothing_runs_in_a_spreadsheet(cockpit, tmp_path):
    out = cockpit("list customers made.csv --filter country=NO")[1]
    kpis = json.loads(cockpit("report made.csv --filter country=NO --json")[1])["kpis"]
    rows = _rows(out)
    assert len(rows) == kpis["customers"]["value"]
    assert rows[0]["customer_id"] == "'=cmd|' /C calc'!A0"
    assert "customer_key" not in rows[0]

    target = tmp_path / "list.csv"
    line = f"list customers made.csv --filter country=NO -o {target}"
    status, nothing, said = cockpit(line)
    assert (status, nothing) == (0, "")
    assert f"{len(rows)} rows written to {target}." in said
    assert _rows(target.read_text("utf-8-sig")) == rows
    about = json.loads((tmp_path / "list.csv.about.json").read_text())
    assert about["filters"] == ["country=NO"]
    assert cockpit(line)[0] == 2
    assert cockpit(f"{line} --force")[0] == 0


def test_an_upload_leaves_out_who_did_not_consent_and_says_so(cockpit):
    status, out, err = cockpit("list customers made.csv --preset mailchimp")
    assert status == 0
    assert {row["Tags"] for row in _rows(out)} == {"Customers"}
    assert "without consent" in err
    assumed = _rows(cockpit("list customers made.csv --preset mailchimp --consent assumed")[1])
    assert len(assumed) > len(_rows(out))


def test_an_old_export_is_said_before_its_list_is_written(cockpit, intake):
    assert "days old" in cockpit("list customers made.csv")[2]


def test_lists_are_named_without_a_file(cockpit):
    status, out, err = cockpit("list")
    assert (status, err) == (0, "")
    heading, *names = [line.split()[0] for line in out.splitlines()]
    assert heading == "list"
    assert {"arrivals", "at_risk", "customers", "lapsed", "reorder_due", "vip", "win_back"} <= set(names)
    assert names == sorted(names)


def test_check_says_what_loads(cockpit):
    status, out, err = cockpit("check made.csv")
    assert (status, err) == (0, "")
    assert "made.csv" in out
    assert "empty row" in out
    assert "· Dates are read as day.month.year." in out


def test_sql_answers_from_an_argument_and_from_a_file(cockpit, tmp_path):
    query = tmp_path / "q.sql"
    query.write_text("select count(*) as n from customers;\n")
    out = cockpit(f"sql @{query} made.csv")[1]
    assert out == "n\n41\n"
    document = json.loads(cockpit("sql \"select $window as w, 'nan'::double as x\" made.csv --json")[1])
    assert document["columns"] == [{"name": "w", "unit": None}, {"name": "x", "unit": None}]
    assert document["rows"][0]["x"] is None


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("sql selct made.csv", 1, 'syntax error at or near "selct"'),
        ('sql "select nothing from customers" made.csv', 1, "nothing"),
        ('sql "select 1 as a, 2 as a" made.csv', 1, "Two columns of the answer have the same name."),
        ('sql "select interval 1 day" made.csv', 1, "Cast it to text"),
        ('sql "delete from customers" made.csv', 1, "a single select"),
        ('sql "select 1; select 2" made.csv', 1, "more than one SQL statement"),
        ("sql @no_such.sql made.csv", 1, "no_such.sql can't be read: No such file or directory."),
        ("report made.csv --panel brigde", 2, "Did you mean bridge? There are: kpis, actions,"),
        ("report made.csv --panel bridge --by country", 2, "--by goes with --panel segments"),
        ("report made.csv --panel segments --by contry", 2, "Did you mean country?"),
        ("list at_rsk made.csv", 2, "Did you mean at_risk?"),
        ("list orders made.csv", 2, "There is no list named orders."),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_status(cockpit_on_one_shop, line, status, said):
    assert_one_line(cockpit_on_one_shop(line), status, said)


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("report made.csv --period week", 2, "--period must be one of month, quarter, year"),
        ("report made.csv --filter country", 2, "The filter 'country' can't be read"),
        ("report made.csv --filter contry=NO", 2, "Did you mean country?"),
        ("report made.csv --from 2025-01-01", 2, "--from is given without --to."),
        ("report made.csv --as-of 2020-01-01", 1, "There is no usable order"),
        ("report made.csv --settings no_such.toml", 2, "no_such.toml"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_a_status(cockpit, line, status, said):
    assert_one_line(cockpit(line), status, said)


def assert_one_line(answer, status, said):
    found, out, err = answer
    assert (found, out) == (status, "")
    assert err.startswith("cockpit: ")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("error", [ValueError("a customer's value"), BaseException("Rust"), MemoryError()])
def test_the_unforeseen_is_one_sentence_without_values(cockpit, monkeypatch, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setitem(commands._COMMANDS, "check", fail)
    status, out, err = cockpit("check made.csv")
    assert (status, out) == (1, "")
    assert type(error).__name__ in err
    assert "customer's value" not in err
    assert err.count("\n") == 1


def test_interruption_is_quiet(cockpit, monkeypatch):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(commands._COMMANDS, "check", interrupt)
    assert cockpit("check made.csv") == (130, "", "")


def test_without_a_terminal_the_cockpit_names_the_command_that_does_the_job(cockpit):
    status, out, err = cockpit("made.csv")
    assert (status, out) == (2, "")
    assert "`cockpit report made.csv`" in err


def test_on_a_terminal_the_screen_gets_files_and_settings(cockpit, monkeypatch):
    calls = []
    start = types.ModuleType("cockpit.ui.start")
    start.run = lambda files, settings, given: calls.append((files, settings, given)) or 7
    monkeypatch.setitem(sys.modules, "cockpit.ui.start", start)
    monkeypatch.setattr("cockpit.ui.start", start, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(opening, "_is_interactive", lambda: True)
    assert cockpit("made.csv other.csv --window 90")[0] == 7
    assert cockpit("demo --as-of 2025-06-30")[0] == 7
    (opened, settings, given), (sample, _, _) = calls
    assert [path.name for path in opened] == ["made.csv", "other.csv"]
    assert settings.window == 90 and given == {"window"}
    assert sample == [opening.sample_shop()]
    assert sample[0].name == "shop.parquet"


def test_a_terminal_that_can_do_nothing_is_none(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert not opening._is_interactive()


def test_a_missing_sample_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "__file__", str(tmp_path / "cockpit" / "cli" / "opening.py"))
    with pytest.raises(InputError, match="sample shop is missing"):
        opening.sample_shop()
