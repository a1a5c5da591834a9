"""The line on standard error that says how loading goes."""

import io
import os
import sys

import pytest

from cockpit.cli import output
from cockpit.progress import Pace, Step


class Terminal(io.StringIO):
    """Standard error of an owner who looks on."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal, in the test itself: pytest puts its own back before."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(os, "get_terminal_size", lambda _number: os.terminal_size((60, 20)))
    monkeypatch.setattr(output, "_SECONDS_BETWEEN_STEPS", 0.0)
    return stream


def test_the_line_tells_stage_share_rate_end_and_file_and_goes_away(monkeypatch: pytest.MonkeyPatch):
    terminal = terminal_of(monkeypatch)
    now = [0.0]
    line = output.ProgressLine()
    line._pace = Pace(lambda: now[0])
    for seconds, done in ((0.0, 0), (2.0, 500_000)):
        now[0] = seconds
        line(Step("cleaning", done, 2_000_000, "a\x1b[2J.csv"))
    assert terminal.getvalue().split("\r\x1b[K")[1:] == [
        "cleaning  0 %  a[2J.csv",
        "cleaning  25 %  250,000 rows/s, about 6 s left  a[2J.csv",
    ]
    line.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_the_line_is_no_wider_than_the_terminal_and_never_says_that_all_is_done(
    monkeypatch: pytest.MonkeyPatch,
):
    terminal = terminal_of(monkeypatch)
    line = output.ProgressLine()
    line(Step("reading", 10, 10, "x" * 200))
    (shown,) = terminal.getvalue().split("\r\x1b[K")[1:]
    assert len(shown) == 59
    assert shown.startswith("reading  99 %  ")


def test_nothing_is_said_where_standard_error_is_no_terminal(capsys: pytest.CaptureFixture[str]):
    line = output.ProgressLine()
    line(Step("reading", 1, 2))
    line.clear()
    assert capsys.readouterr().err == ""
