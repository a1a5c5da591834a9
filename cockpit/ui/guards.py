"""What stands between the cockpit and the terminal: foreign output, signals, Textual's slips."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from cockpit.errors import UsageError
from cockpit.language import gettext as _
from cockpit.ui import crash
from cockpit.ui.terminal import Terminal

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def require_terminal() -> None:
    """Raise `UsageError` where there is no terminal to draw on or to type at."""
    if not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stdout__)):
        problem = _("The cockpit needs a terminal, and this is none.")
    elif os.environ.get("TERM", "") in {"", "dumb", "unknown"}:
        problem = _("The cockpit needs a terminal that can place text, and TERM says that this one can't.")
    else:
        return
    raise UsageError(problem, _("`cockpit report FILE` gives the figures without one."))


def _is_terminal(stream: Any) -> bool:
    try:
        return stream is not None and bool(stream.isatty())
    except ValueError:  # closed
        return False


@contextmanager
def terminal_kept() -> Iterator[Terminal]:
    """Let Textual draw on a copy of standard output, and put the terminal back as it was.

    Rust panics and C++ notes of the data libraries go to descriptor 2 past Python, onto the picture: it leads
    to the log from here on, and stays there, because duckdb lists what it thinks leaked when the interpreter
    ends. What Python writes to `sys.stderr` comes out where it did before.
    """
    with _ended_by_signals():
        terminal = Terminal()
        errors = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        log = crash.open_log()
        os.dup2(log, 2)
        os.close(log)
        sys.__stderr__ = terminal  # type: ignore[misc] # where Textual's driver looks for the terminal
        try:
            yield terminal
        finally:
            sys.stderr = sys.__stderr__ = errors  # type: ignore[misc]
            terminal.restore()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Until `on_signals`: the first ends the process through its `finally` blocks, and no other cuts in."""

    def end(number: int, _frame: object) -> NoReturn:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
            before[each] = signal.SIG_IGN
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def on_signals(leave: Callable[[int], None]) -> None:
    """Within a running loop: leave with 128 + n when signal n comes, as a shell would report it."""
    import asyncio

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, leave, 128 + number)


def mend_textual() -> None:
    """Make page keys harmless in a list of options that is being replaced, drawing light, newcomers seen.

    Textual 8.2.8 looks up a line that is not there yet when a page key follows the command palette's own.
    """
    from textual.widgets import OptionList

    from cockpit.ui import covered, newcomers, plain_lines, strips
    from cockpit.ui.widgets import scroll_bar

    strips.mend()
    plain_lines.mend()
    covered.mend()
    newcomers.mend()
    scroll_bar.draw_so()

    if getattr(OptionList._move_page, "is_mended", False):
        return
    move_page = OptionList._move_page

    def mended(self: OptionList, direction: Any) -> None:
        with suppress(KeyError, IndexError):
            move_page(self, direction)

    mended.is_mended = True  # type: ignore[attr-defined]
    OptionList._move_page = mended  # type: ignore[method-assign]
