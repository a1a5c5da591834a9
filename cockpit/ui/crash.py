"""What is kept of an error in the cockpit: where it happened, and never a value of the shop's."""

import os
import sys
import time
from pathlib import Path

from cockpit.errors import CockpitError
from cockpit.language import gettext as _
from cockpit.settings import state_folder


class InnerError(CockpitError):
    """A mistake of the cockpit's own; the sentence names its kind and the log."""


def log_file() -> Path:
    """Where crashes and what the data libraries print are kept."""
    return state_folder() / "cockpit.log"


def open_log() -> int:
    """A descriptor that appends to the log, which only its owner can read; never through a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        descriptor = os.open(log_file(), flags, 0o600)
        os.fchmod(descriptor, 0o600)
    except OSError:  # no home, a full or read-only disk: the cockpit works without a log
        descriptor = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    return descriptor


def note(error: BaseException) -> None:
    """Append the kind of the error and its frames to the log: no message, no values, no customer."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames]
    entry = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {type(error).__name__}\n{''.join(lines)}"
    descriptor = open_log()
    try:
        os.write(descriptor, entry.encode("utf-8", "replace"))
    finally:
        os.close(descriptor)
    if "pytest" in sys.modules:  # a test should not have to look for the log
        traceback.print_exception(error)


def explained(error: BaseException) -> InnerError:
    """Log an error that nobody foresaw, and say so in a sentence."""
    note(error)
    problem = _("This failed inside the cockpit ({kind}).").format(kind=type(error).__name__)
    return InnerError(problem, _("Where it happened is in {log}.").format(log=_log_name()))


def _log_name() -> str:
    try:
        return str(log_file())
    except OSError:
        return os.devnull
