"""The first half second: from the first picture until Textual takes over, and how it may end before that."""

import signal
import sys
import termios
import time

import pytest

from cockpit.resume import Place, keep
from cockpit.ui.colours import LIGHT
from cockpit.ui.first_picture import OPENING
from cockpit.ui.widgets.contrast import rgb
from tests.ui.terminal import LEFT_ALTERNATE_SCREEN, ROOT, Cells, Terminal

NEVER = "import time\ntime.sleep(60)\n"
BROKEN = "raise ImportError('broken')\n"
LATE = """
import sys, time
time.sleep(1)
sys.path.remove({folder!r})
del sys.modules["textual"]
import textual
"""
IN_FRONT = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "cockpit", *sys.argv[1:]])
"""
"""What a shell does, so that keys of the terminal become signals."""


@pytest.fixture
def start(tmp_path):
    """Start the cockpit on a terminal, with something else in the place of Textual if given."""
    opened = []

    def on_terminal(
        textual: str = "", *words: str, size: tuple[int, int] = (30, 100), **environment: str
    ) -> Terminal:
        folder = tmp_path / "instead"
        if textual:
            (folder / "textual").mkdir(parents=True)
            (folder / "textual" / "__init__.py").write_text(textual.format(folder=str(folder)))
        command = [sys.executable, "-c", IN_FRONT, *(words or ("made.csv",))]
        paths = {"PYTHONPATH": f"{folder}:{ROOT}", "XDG_CONFIG_HOME": str(tmp_path)}
        opened.append(Terminal(command, tmp_path / "state", {**paths, **environment}, size))
        return opened[-1]

    yield on_terminal
    for each in opened:
        each.close()


def shown(session: Terminal) -> str:
    return "\n".join(Cells().take(session.output.decode()).lines(100, 30))


def test_it_is_seen_before_textual(start):
    session = start(NEVER)
    session.wait_for(b"Tables")
    assert f"─ {OPENING} ─" in shown(session)
    assert "cockpit  made.csv" in shown(session)
    assert session.output.startswith(b"\x1b[?1049h\x1b[?25l")


def test_it_has_the_theme_that_was_kept(start, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    keep([ROOT / "made.csv"], Place(theme=LIGHT.name))
    session = start(NEVER, COLORTERM="truecolor")
    session.wait_for(b"Tables")
    cells = Cells().take(session.output.decode()).cells
    assert cells[0, 0] == (" ", "48;2;{};{};{}".format(*rgb(LIGHT.background)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_restores_the_terminal_and_says_nothing(start, number):
    session = start(NEVER)
    session.wait_for(b"Tables")
    while session.child.poll() is None:  # as often as an impatient owner may press ctrl+c
        session.child.send_signal(number)
    assert session.wait() == 128 + number
    assert session.is_restored
    assert session.output.endswith(b"\x1b[?25h\x1b[0m")


def test_so_does_the_key_for_it_and_no_other_key_is_seen_or_stops_it(start):
    session = start(NEVER)
    session.wait_for(b"Tables")
    session.press(b"typed\x1a\x1c")
    time.sleep(0.3)
    session.read()
    assert session.child.poll() is None
    assert b"typed" not in session.output
    session.press(b"\x03")
    assert session.wait() == 130
    assert session.is_restored


def test_what_can_not_be_started_is_one_sentence(start):
    session = start(BROKEN)
    assert session.wait() == 1
    assert session.is_restored
    said = session.output.rpartition(b"\x1b[0m")[2].decode()
    assert said.startswith(
        "cockpit: This failed in a way that was not foreseen (ImportError at __init__.py:1)."
    )
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("environment", "size"),
    [({"TERM": "xterm"}, (30, 100)), ({}, (17, 100)), ({}, (30, 59)), ({"COLUMNS": "50"}, (30, 100))],
)
def test_where_there_is_no_first_picture_nothing_is_touched(start, environment, size):
    session = start(BROKEN, size=size, **environment)
    assert session.wait() == 1
    assert session.output.startswith(b"cockpit: ")
    assert b"\x1b" not in session.output
    assert termios.tcgetattr(session.slave) == session.before


def test_wrong_usage_draws_nothing(start):
    session = start(NEVER, "made.csv", "--windov", "90")
    assert session.wait() == 2
    assert session.output.startswith(b"cockpit: There is no option --windov.")


def test_textual_takes_over_without_a_flicker(start):
    session = start("", "sample_data/shop.parquet")
    session.wait_for("▸".encode())
    picture, takes_over, drawn = session.output.decode().partition("▸")[0].partition("\x1b[?1000h")
    assert takes_over, "Textual was not there yet"
    assert picture.count("\x1b[?1049h") == 1 and "\x1b[?1049h" not in drawn
    assert "\x1b[2J" not in drawn and "\x1b[J" not in drawn
    cells = Cells().take(picture)
    cells.take(drawn)
    assert "│   cockpit  shop.parquet  " in "\n".join(cells.lines(100, 29))
    assert {y for _x, y in cells.changed} == {29}, "only the keys of the footer are new"
    session.press(b"q")
    assert session.wait() == 0
    assert session.is_restored


def test_from_the_loading_on_the_main_screen_is_whole(start):
    session = start("", "sample_data/shop.parquet", size=(48, 160))
    tabs = "  1 Overview   2 Churn   3 Cohorts   4 Value   5 Segments   6 At risk   7 Drivers   8 Actions"
    session.wait_for(b"Worth knowing")
    end = time.monotonic() + 30
    lines = [""] * 48
    while not ("─ 90-day repeat ─" in lines[2] and lines[6].startswith(tabs)):
        assert time.monotonic() < end, "\n".join(lines)
        time.sleep(0.1)
        session.read()
        lines = Cells().take(session.output.decode(errors="replace")).lines(160, 48)
    session.press(b"q")
    assert session.wait() == 0


def test_while_it_is_stopped_the_terminal_is_as_it_was(start):
    session = start("", "sample_data/shop.parquet")
    session.wait_for("▸".encode())
    session.child.send_signal(signal.SIGTSTP)
    session.wait_for(LEFT_ALTERNATE_SCREEN)
    assert termios.tcgetattr(session.slave) == session.before
    session.child.send_signal(signal.SIGCONT)
    session.wait_for(LEFT_ALTERNATE_SCREEN + b"\x1b[?25h\x1b[?1004l\x1b[?1049h")
    session.press(b"q")
    assert session.wait() == 0
    assert session.is_restored


def test_a_key_pressed_before_textual_is_there_counts(start):
    session = start(LATE)
    session.wait_for(b"Tables")
    session.press(b"q")
    assert session.wait() == 0
    assert b"\x1b[?1000h" in session.output
    assert session.is_restored
