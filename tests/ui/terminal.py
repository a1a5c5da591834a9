"""The cockpit as a child process on a terminal of its own (a pty), and what it wrote there, as cells."""

import errno
import os
import pty
import re
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"
OF_TERMINALS = ("COLORTERM", "NO_COLOR", "COLUMNS", "LINES")
"""What the terminal of whoever runs the tests may say of itself."""


class Terminal:
    """A command on a terminal of so many lines and columns."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (30, 100),
    ) -> None:
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, size)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        kept = {name: value for name, value in os.environ.items() if name not in OF_TERMINALS}
        terminal = {"TERM": "xterm-256color", "XDG_STATE_HOME": str(home)}
        self.child = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT,
            env={**kept, **terminal, **(environment or {})}, start_new_session=True,
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

    @property
    def is_restored(self) -> bool:
        """Whether the alternate screen was left last, the cursor shown, and keys are as they were."""
        left = self.output.rfind(LEFT_ALTERNATE_SCREEN)
        return (
            left > self.output.rfind(b"\x1b[?1049h")
            and self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l")
            and termios.tcgetattr(self.slave) == self.before
        )

    @property
    def said(self) -> bytes:
        """What came after the alternate screen."""
        return self.output.rpartition(LEFT_ALTERNATE_SCREEN)[2]

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        os.close(self.slave)
        os.close(self.master)


Cell = tuple[str, str]
"""A character and the codes of its style."""

_PART = re.compile(
    r"\x1b\[(?P<code>[?>0-9;$]*)(?P<kind>[a-zA-Z])|\x1b\][^\a]*\a|(?P<text>[^\x1b\r\n]+)|[\r\n]"
)


class Cells:
    """What stands where, by the few codes that pictures are made of; all characters are narrow.

    `changed` are the cells that `take` has written over with something else.
    """

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.changed: list[tuple[int, int]] = []
        self._x = self._y = 0
        self._style = ""

    def take(self, output: str) -> "Cells":
        self.changed = []
        for part in _PART.finditer(output):
            if part["kind"] == "H":
                self._y, self._x = (int(number) - 1 for number in part["code"].split(";"))
            elif part["kind"] == "m":
                self._style = "" if part["code"] in ("", "0") else part["code"]
            else:
                self._put(part["text"] or "")
        return self

    def _put(self, text: str) -> None:
        for character in text:
            at, cell = (self._x, self._y), (character, _seen(character, self._style))
            if at in self.cells and self.cells[at] != cell:
                self.changed.append(at)
            self.cells[at] = cell
            self._x += 1

    def lines(self, width: int, height: int) -> list[str]:
        return ["".join(self.cells.get((x, y), ("?", ""))[0] for x in range(width)) for y in range(height)]


def _seen(character: str, style: str) -> str:
    """The style as far as it is seen: of a space, what lies under it."""
    if character != " ":
        return style
    ground = re.search(r"48;(2;\d+;\d+;\d+|5;\d+)$", style)
    return ground[0] if ground else ""
