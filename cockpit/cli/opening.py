"""Opening the cockpit: it draws at once, so nothing is imported here that only other commands need."""

import os
import sys
from pathlib import Path

from cockpit.cli.arguments import Request
from cockpit.errors import InputError, UsageError
from cockpit.language import gettext as _
from cockpit.settings import SHORT_NAMES, Settings, load

COMMANDS = ("", "demo")


def run(request: Request) -> int:
    """Open the cockpit on the files, or on the sample shop; returns the exit status."""
    files = [Path(file) for file in request.files]
    settings = settings_of(request, files)
    given = {SHORT_NAMES.get(name, name) for name, value in request.settings.items() if value is not None}
    return _cockpit(files or [sample_shop()], settings, given)


def settings_of(request: Request, files: list[Path]) -> Settings:
    """The settings for these files, with filters that can be read."""
    settings = load(request.settings, files)
    if settings.filters:
        from cockpit.conditions import parse

        for condition in settings.filters:
            parse(condition)
    return settings


def sample_shop() -> Path:
    """The sample shop: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package, package.parent):
        file = folder / "sample_data" / "shop.parquet"
        if file.is_file():
            return file
    raise InputError(_("The sample shop is missing."), _("Install cockpit again."))


def _cockpit(files: list[Path], settings: Settings, given: set[str]) -> int:
    if not _is_interactive():
        from cockpit.formats import harmless

        named = " ".join(harmless(str(file)) for file in files)
        raise UsageError(
            _("The cockpit needs a terminal, and this is none."),
            _("Without one, `cockpit report {files}` gives the same figures.").format(files=named),
        )
    from cockpit.ui import start

    return start.run(files, settings, given)


def _is_interactive() -> bool:
    streams = (sys.stdin, sys.stdout)
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return False
    return all(stream is not None and stream.isatty() for stream in streams)
