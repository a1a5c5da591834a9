"""The cockpit in a real terminal (a pty) and without one: exit statuses, signals, crashes."""

import errno
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "ann@secret.example"
LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"

PROGRAM = f"""
import sys
from pathlib import Path
from cockpit.settings import Settings
from cockpit.ui.app import CockpitApp, run
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


class Terminal:
    """The cockpit as a child on a terminal of its own."""

    def __init__(self, mode: str, home: Path) -> None:
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (30, 100))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(home)}
        self.child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, mode],
            stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment, start_new_session=True,
        )  # fmt: skip
        os.set_blocking(self.master, False)
        self.output = b""

    def read(self) -> None:
        try:
            while chunk := os.read(self.master, 65536):
                self.output += chunk
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno != errno.EIO:
                raise

    def wait_for(self, text: bytes, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while text not in self.output:
            assert time.monotonic() < end, f"{text!r} never came: {self.output[-2000:]!r}"
            assert self.child.poll() is None or text in self.output, self.output[-2000:]
            time.sleep(0.02)
            self.read()

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def wait(self, seconds: float = 20) -> int:
        end = time.monotonic() + seconds
        while self.child.poll() is None:
            assert time.monotonic() < end, "the cockpit does not end"
            time.sleep(0.01)
            self.read()
        self.read()
        return self.child.returncode

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def terminal(tmp_path):
    opened = []

    def open_terminal(mode: str) -> Terminal:
        opened.append(Terminal(mode, tmp_path / "state"))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()


def is_restored(terminal: Terminal) -> bool:
    return LEFT_ALTERNATE_SCREEN in terminal.output and termios.tcgetattr(terminal.slave) == terminal.before


def test_quitting_is_status_0_and_says_nothing(terminal):
    session = terminal("")
    session.wait_for(b"Overview")
    session.press(b"q")
    assert session.wait() == 0
    assert is_restored(session)
    after = session.output.rpartition(LEFT_ALTERNATE_SCREEN)[2]
    assert b"leaked" not in after
    assert b"Traceback" not in after


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_restores_the_terminal(terminal, number):
    session = terminal("")
    session.wait_for(b"Overview")
    session.child.send_signal(number)
    assert session.wait() == 128 + number
    assert is_restored(session)


def test_a_crash_is_one_line_without_a_value(terminal, tmp_path):
    session = terminal("crash")
    session.wait_for(b"Overview")
    session.press(b"?")
    assert session.wait() == 1
    assert is_restored(session)
    said = session.output.rpartition(LEFT_ALTERNATE_SCREEN)[2]
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
    session.wait_for(b"Reading")
    time.sleep(1.0)
    started = time.monotonic()
    session.press(b"q")
    assert session.wait() == 0
    assert time.monotonic() - started < 2.0  # half a second on a quiet machine
    assert is_restored(session)


def test_a_file_that_does_not_load_is_a_sentence_and_status_1(terminal):
    session = terminal("fail")
    session.wait_for(b"--map")
    session.press(b"\x1b")
    assert session.wait() == 1
    assert is_restored(session)


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_without_a_terminal_it_says_what_to_use(term, tmp_path):
    program = (
        "import sys\nfrom cockpit.settings import Settings\nfrom cockpit.ui.app import run\n"
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
