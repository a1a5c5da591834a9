"""Private folders for what outgrows memory: gone when closed or forgotten, at the latest with the process."""

import tempfile
from weakref import WeakSet

_made: "WeakSet[tempfile.TemporaryDirectory[str]]" = WeakSet()


def private_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder that only the owner can read."""
    folder = tempfile.TemporaryDirectory(prefix="cockpit-", ignore_cleanup_errors=True)
    _made.add(folder)
    return folder


def remove_all() -> None:
    """Remove all folders at once, for an end of the process that runs no clean-up."""
    for folder in list(_made):
        folder.cleanup()
