"""From a terminal and the names of files to an exit status; something is seen before Textual is imported."""

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cockpit.errors import UsageError
from cockpit.language import gettext as _
from cockpit.settings import Settings
from cockpit.ui import crash, garbage, guards
from cockpit.ui.first_picture import first_picture
from cockpit.ui.memory import Memory
from cockpit.ui.terminal import Terminal

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp

LEAVE_SECONDS = 0.2
"""How long quitting waits for a thread that is still loading."""


def run(files: Sequence[Path], settings: Settings, given: Collection[str] = ()) -> int:
    """Open the cockpit on these files; return the exit status of the process.

    Flags `given` on the command line win over what was chosen when these files were last open.

    0 after quitting, 1 when nothing could be loaded or the cockpit failed, 2 at once without a terminal,
    128 + n after signal n.
    """
    try:
        guards.require_terminal()
    except UsageError as error:
        print(f"cockpit: {error}", file=sys.stderr)
        return error.exit_status
    memory = Memory(files, settings, given)
    app: CockpitApp | None = None
    try:
        with guards.terminal_kept() as terminal, garbage.rarely():
            theme = memory.place.theme if memory.place is not None else ""
            terminal.show(first_picture(files, theme, terminal.size, os.environ))
            app = _app(files, settings, memory, terminal)
            _drive(app)
    except Exception as error:
        if app is None:
            raise
        app.crashed_by = app.crashed_by or str(crash.explained(error))
    return _left(app)


def _app(files: Sequence[Path], settings: Settings, memory: Memory, terminal: Terminal) -> "CockpitApp":
    from cockpit.ui.app import CockpitApp

    return CockpitApp(files, settings, memory=memory, takes_over=terminal.hand_over)


def _drive(app: "CockpitApp") -> None:
    import asyncio

    async def drive() -> None:
        guards.on_signals(app.leave)
        await app.run_async()

    asyncio.run(drive())


def _left(app: "CockpitApp") -> int:
    """Say what went wrong, if something did, and give back what is held."""
    status = 1 if app.crashed_by else app.return_code or 0
    if app.crashed_by:
        files_are_safe = _("Your files were not changed.")
        print(f"cockpit: {app.crashed_by} {files_are_safe}", file=sys.stderr)
    loading = app.loading_now
    if loading is not None and not loading.over(LEAVE_SECONDS):
        _end_at_once(status)
    app.close_shop()
    if app.trial is not None and not app.trial.over(LEAVE_SECONDS):
        _end_at_once(status)
    return status


def _end_at_once(status: int) -> NoReturn:
    """A library that is busy in its thread can't be stopped, and ends badly in a dying interpreter."""
    from cockpit import scratch

    sys.stderr.flush()
    scratch.remove_all()
    os._exit(status)
