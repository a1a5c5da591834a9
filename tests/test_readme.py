import re
import shlex
from pathlib import Path

import pytest

from cockpit.cli.arguments import COMMANDS, parse
from tests.readme import README, made

ROOT = README.parent
TEXT = README.read_text("utf-8")

OPENS = "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/cockpit sample_data/shop.parquet"
TESTS = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest"


def test_what_is_made_of_the_code_is_up_to_date():
    assert made(TEXT) == TEXT, "run `python -m tests.readme`"


def test_two_commands_of_one_line_install_open_and_test():
    commands = [line for line in TEXT.splitlines() if line.startswith("python3 -m venv")]
    assert commands == [OPENS, TESTS]


def test_every_command_shown_is_understood():
    shown = re.findall(r"^\$? ?(?:\.venv/bin/)?(cockpit [^#\n]+?)(?: *#.*| > .*)?$", TEXT, re.MULTILINE)
    typed = [line for line in shown if "--help" not in line and "…" not in line]
    assert {shlex.split(line)[1] for line in typed} >= COMMANDS.keys()
    for line in typed:
        parse(shlex.split(line)[1:])


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / name).read_text("utf-8")):
        assert "://" not in target, f"{name} should need no network"
        assert (ROOT / target).exists(), f"{name} links to {target}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Justfile", ".ci/run"])
def test_no_path_of_a_machine_and_no_registry_is_named(name):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"/(home|work|root|Users)/|--(extra-)?index-url|pypi\.", text)


def test_ci_runs_the_readmes_own_test_command():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    pattern = re.search(r"grep -E '([^']+)' README\.md", script.read_text("utf-8"))
    assert pattern is not None
    assert [line for line in TEXT.splitlines() if re.search(pattern[1], line)] == [TESTS]


def test_json_shown_is_json_the_commands_write():
    import json

    for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL):
        json.loads(block)


def test_the_sample_is_where_the_readme_says():
    assert Path(ROOT / "sample_data" / "shop.parquet").is_file()
