"""The cockpit in a real terminal (a pty) and without one: exit statuses, signals, crashes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.ui.terminal import ROOT, Terminal

SECRET = "ann@secret.example"

PROGRAM = f"""
import sys
from pathlib import Path
from cockpit.settings import Settings
from cockpit.ui.app import CockpitApp
from cockpit.ui.start import run
from tests.ui import stubs

mode = sys.argv[1]
stubs.install(mode)
if mode == "crash":
    def crash(self):
        customer = {SECRET!r}
        raise ValueError(customer)
    CockpitApp.action_help = crash
sys.exit(run([Path("made.csv")], Settings(window=90)))
"""


@pytest.fixture
def terminal(tmp_path):
    opened = []

    def open_terminal(mode: str) -> Terminal:
        opened.append(Terminal([sys.executable, "-c", PROGRAM, mode], tmp_path / "state"))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()


def test_quitting_is_status_0_and_says_nothing(terminal):
    session = terminal("")
    session.wait_for(b"Overview")
    session.press(b"q")
    assert session.wait() == 0
    assert session.is_restored
    after = session.said
    assert b"leaked" not in after
    assert b"Traceback" not in after


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_restores_the_terminal(terminal, number):
    session = terminal("")
    session.wait_for(b"Overview")
    session.child.send_signal(number)
    assert session.wait() == 128 + number
    assert session.is_restored


def test_a_crash_is_one_line_without_a_value(terminal, tmp_path):
    session = terminal("crash")
    session.wait_for(b"Overview")
    session.press(b"?")
    assert session.wait() == 1
    assert session.is_restored
    said = session.said
    assert b"cockpit: This failed inside the cockpit (ValueError)." in said
    assert SECRET.encode() not in session.output
    log = tmp_path / "state" / "cockpit" / "cockpit.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    assert "ValueError" in log.read_text()
    assert "in crash" in log.read_text() or " crash\n" in log.read_text()
    assert SECRET not in log.read_text()


def test_leaving_while_loading_takes_no_time(terminal):
    session = terminal("stuck")
    session.wait_for("▸".encode())
    time.sleep(1.0)
    started = time.monotonic()
    session.press(b"q")
    assert session.wait() == 0
    assert time.monotonic() - started < 2.0  # half a second on a quiet machine
    assert session.is_restored


@pytest.mark.parametrize("key", [b"\x1b", b"q"])
def test_a_file_that_does_not_load_is_a_sentence_and_status_1(terminal, key):
    session = terminal("fail")
    session.wait_for(b"--map")
    session.press(key)
    assert session.wait() == 1
    assert session.is_restored


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_without_a_terminal_it_says_what_to_use(term, tmp_path):
    program = (
        "import sys\nfrom cockpit.settings import Settings\nfrom cockpit.ui.start import run\n"
        "status = run([], Settings())\n"
        "assert not {'polars', 'duckdb', 'numpy'} & set(sys.modules)\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "TERM": term, "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cockpit report" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / ".local").exists()
