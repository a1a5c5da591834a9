import pytest

from cockpit.cli.arguments import COMMANDS, OPEN, PRESETS, parse
from cockpit.errors import UsageError


def test_files_and_options_may_be_mixed():
    request = parse(
        ["report", "a.csv", "--json", "b.csv", "--filter", "a=1", "--filter=b=2", "--panel", "bridge"]
    )
    assert request.command == "report"
    assert request.files == ("a.csv", "b.csv")
    assert request.settings["filter"] == ["a=1", "b=2"]
    assert request.options == {"panel": "bridge", "by": None, "json": True, "csv": False, "text": False}


def test_without_a_command_the_files_are_opened():
    assert parse(["./report", "-", "--window", "90"]).files == ("./report", "-")
    assert parse(["./report"]).command == ""


def test_the_subject_comes_before_the_files():
    request = parse(["sql", "select 1", "a.csv"])
    assert (request.subject, request.files) == ("select 1", ("a.csv",))
    assert parse(["list"]).subject is None


def test_after_two_dashes_everything_is_a_file():
    assert parse(["report", "--json", "--", "-odd.csv", "--json"]).files == ("-odd.csv", "--json")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("reprot a.csv", "Did you mean report?"),
        ("whatever", "The commands are report, list, check, sql, demo."),
        ("--as-of 2025-01-01 report a.csv", "Write: cockpit report …"),
        ("a.csv --winodw 3", "Did you mean --window?"),
        ("report a.csv --wind 3", "Did you mean --window?"),
        ("report a.csv --holdout 3", "There is no option --holdout."),
        ("report a.csv -z", "There is no option -z. `cockpit report --help` lists them."),
        ("report a.csv --json --csv", "--csv: not allowed with argument --json."),
        ("report a.csv --window", "--window: expected one argument."),
        ("list at_risk a.csv --preset klavio", "Did you mean klaviyo?"),
        ("list at_risk", "No file is named."),
        ("list pyproject.toml", "pyproject.toml is a file, and a list's name comes first."),
        ("report --json", "No file is named. `cockpit report --help` has an example."),
        ("sql", "Here a statement is needed, and a file."),
        ("demo a.csv", "cockpit demo takes no file."),
    ],
)
def test_wrong_usage_is_answered_with_what_to_type(typed, said):
    with pytest.raises(UsageError) as caught:
        parse(typed.split())
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_presets_are_those_there_are():
    from cockpit import lists

    assert tuple(lists.PRESETS) == PRESETS


@pytest.mark.parametrize("command", [OPEN, *COMMANDS.values()], ids=lambda command: command.name or "open")
def test_help_says_what_a_command_does_and_shows_it(command, capsys):
    with pytest.raises(SystemExit) as ended:
        parse([*command.name.split(), "--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith(f"usage: {command.usage}\n")
    assert command.says in shown
    assert shown.rstrip().endswith(f"Example:\n  {command.example}")
    assert max(map(len, shown.splitlines())) <= 110


def test_help_names_every_setting_of_the_command_line():
    from dataclasses import fields

    from cockpit.settings import SHORT_NAMES, Settings

    flags = parse(["report", "a.csv"]).settings
    filled = {SHORT_NAMES.get(name, name) for name in flags} - {"settings"}
    assert filled == {field.name for field in fields(Settings)} - {"goals", "rates"}
