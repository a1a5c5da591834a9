"""The terminal as something to draw on, and to put back as it was."""

import io
import os
import sys
import termios
from contextlib import suppress

_ENTER = "\x1b[?1049h"
_LEAVE = "\x1b[?1049l"
_BACK = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?1004l\x1b[?7h"
    f"{_LEAVE}\x1b[?25h\x1b[0m"
)
"""Mouse, paste, key and focus reports off, lines wrap, back from the alternate screen, cursor on."""
_LOCAL_MODES, _KEYS = 3, 6  # of what termios tells


class Terminal(io.TextIOWrapper):
    """A copy of standard output to draw on. It knows whether the alternate screen is up, and enters it once:
    a terminal that is told twice wipes what is there.
    """

    def __init__(self) -> None:
        super().__init__(os.fdopen(os.dup(1), "wb"), encoding="utf-8", errors="replace")
        self._input = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        self._before = termios.tcgetattr(self._input)
        self._entered = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines, as Textual will find them; zeros where that is not known."""
        try:
            actual = os.get_terminal_size(1)
        except OSError:
            actual = os.terminal_size((0, 0))
        return _set_size("COLUMNS") or actual.columns, _set_size("LINES") or actual.lines

    def write(self, text: str) -> int:
        """Draw, but for entering the alternate screen a second time."""
        if _ENTER in text:
            if self._entered:
                text = text.replace(_ENTER, "")
            self._entered = True
        if _LEAVE in text:
            self._entered = False
        return super().write(text)

    def show(self, picture: str) -> None:
        """Put a picture onto the alternate screen, if there is one.

        Until `hand_over` keys wait for whoever comes to read them: none is echoed onto the picture, and none
        stops the process or kills it with a dump, which would leave the picture there.
        """
        if not picture:
            return
        with suppress(OSError, termios.error):  # the terminal may be gone
            attributes = termios.tcgetattr(self._input)
            attributes[_LOCAL_MODES] &= ~termios.ECHO
            no_key = bytes([os.fpathconf(self._input, "PC_VDISABLE")])
            for does in (termios.VSUSP, termios.VQUIT):
                attributes[_KEYS][does] = no_key
            termios.tcsetattr(self._input, termios.TCSANOW, attributes)
            self.write(f"{_ENTER}\x1b[?25l{picture}")
            self.flush()

    def hand_over(self) -> None:
        """Let keys be as they were, for whoever sets the terminal up next, and goes back to that."""
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(self._input, termios.TCSANOW, self._before)

    def restore(self) -> None:
        """Put the terminal back as it was."""
        with suppress(OSError, ValueError):
            if self._entered:
                self.write(_BACK)
        with suppress(OSError, ValueError):
            self.close()
        self.hand_over()


def _set_size(name: str) -> int:
    try:
        return max(0, int(os.environ.get(name, "")))
    except ValueError:
        return 0
