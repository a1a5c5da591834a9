"""What goes to standard output and to standard error, and how it stays readable when something breaks."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from cockpit.language import gettext as _

if TYPE_CHECKING:
    from cockpit.progress import Pace, Step

STAGE_NAMES = {
    "reading": _("reading"),
    "cleaning": _("cleaning"),
    "tables": _("building the tables"),
    "forecast": _("forecasting"),
}

_SECONDS_BETWEEN_STEPS = 0.1


def put(text: str) -> None:
    """Write text for people: what the terminal can't encode becomes a question mark."""
    stream = sys.stdout
    if stream is None:
        raise BrokenPipeError
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


def stream() -> BinaryIO:
    """Standard output for CSV and JSON, which are UTF-8 wherever they go."""
    if sys.stdout is None:
        raise BrokenPipeError
    sys.stdout.flush()
    return sys.stdout.buffer


def flush() -> None:
    """Hand everything over; raises what the receiver does, a closed pipe or a full disk."""
    if sys.stdout is not None:
        sys.stdout.flush()


def forget() -> None:
    """Let what could not be written go, or Python complains about it on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def say(sentence: str) -> None:
    """Write one line to standard error."""
    if sys.stderr is None:
        return
    from cockpit.formats import harmless

    # duckdb quotes the statement below its message, with a mark that means nothing on one line.
    text = harmless(sentence.partition("\n\nLINE ")[0])
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):
        sys.stderr.write(f"cockpit: {text}\n".encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()


def system_said(error: OSError) -> str:
    """Put into words that the system refused something that nobody foresaw."""
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return _("The output can't be written: {reason}.").format(reason=reason)
    return _("{file} can't be used: {reason}.").format(file=error.filename, reason=reason)


def unforeseen(error: BaseException) -> str:
    """Say where something unforeseen happened, without any value of the shop's."""
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    problem = _("This failed in a way that was not foreseen ({kind} at {where}).")
    remedy = _("With COCKPIT_DEBUG=1 set, the same command shows the details.")
    return f"{problem.format(kind=type(error).__name__, where=where)} {remedy}"


class ProgressLine:
    """One line on standard error that says how loading goes; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._last = 0.0
        self._written = False
        self._pace: Pace | None = None

    def __call__(self, step: "Step") -> None:
        """Show a step, unless the last one was shown a moment ago."""
        from cockpit.formats import cut, harmless
        from cockpit.progress import Pace

        if not self._shown:
            return
        self._pace = self._pace or Pace()
        standing, now = self._pace.take(step), time.monotonic()
        if now - self._last < _SECONDS_BETWEEN_STEPS:
            return
        self._last, self._written = now, True
        share = "" if standing.share is None else f"{min(int(standing.share * 100), 99)} %"
        says = (STAGE_NAMES[step.stage], share, standing.pace, harmless(step.note))
        width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
        text = cut("  ".join(filter(None, says)), max(width, 10))
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._written = False


@contextmanager
def libraries_muted() -> Iterator[None]:
    """Keep what libraries write to descriptor 2, such as the text of a panic, away from the owner."""
    if os.environ.get("COCKPIT_DEBUG") or sys.stderr is None or not _writes_to(sys.stderr, 2):
        yield
        return
    sys.stderr.flush()
    theirs, ours = os.open(os.devnull, os.O_WRONLY), os.dup(2)
    voice = os.fdopen(ours, "w", encoding=sys.stderr.encoding, errors="replace", buffering=1)
    before, sys.stderr = sys.stderr, voice
    os.dup2(theirs, 2)
    os.close(theirs)
    try:
        yield
    finally:
        voice.flush()
        os.dup2(ours, 2)
        sys.stderr = before
        voice.close()


def _writes_to(stream: object, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor  # type: ignore[attr-defined, no-any-return]
    except (OSError, AttributeError, ValueError):
        return False


@contextmanager
def tidy_end() -> Iterator[None]:
    """Let TERM and HUP end the process through its `finally` blocks, which remove scratch files.

    Inside of duckdb the exit is lost and comes out as an interruption: that one ends the same way.
    """
    status = 0

    def end(number: int, _frame: object) -> NoReturn:
        nonlocal status
        status = 128 + number
        sys.exit(status)

    try:
        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    except ValueError:  # not in the main thread: whoever owns that decides
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        if status:
            sys.exit(status)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
