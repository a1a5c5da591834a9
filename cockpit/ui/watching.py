"""Files that change while they are open: noticed by what the file system says of them, never by reading."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cockpit.figures import Facts
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext

EVERY_SECONDS = 3.0
"""How often the files are looked at."""
MOST_ENTRIES = 1000
"""Files of a folder that are looked at."""

Seen = tuple[tuple[str, int, int, int], ...]
"""Name, size, time of change and number of every file that is there."""


def seen(files: Sequence[Path]) -> Seen:
    """What the file system says of the files, and of those in the folders, now."""
    return tuple(entry for path in files for entry in _entries(path))


def _entries(path: Path) -> Iterator[tuple[str, int, int, int]]:
    with suppress(OSError):
        if path.is_dir():
            names = sorted(os.listdir(path))[:MOST_ENTRIES]  # noqa: PTH208 - names are enough
            for name in names:
                with suppress(OSError):
                    yield _entry(path / name)
        else:
            yield _entry(path)


def _entry(path: Path) -> tuple[str, int, int, int]:
    status = path.stat()
    return str(path), status.st_size, status.st_mtime_ns, status.st_ino


class Watch:
    """Tells once when the files are other than they were when they were read, and hold still.

    A file that is still being written looks different each time; it is told when it has come to rest.
    """

    def __init__(self, files: Sequence[Path], before: Seen) -> None:
        self._files = tuple(files)
        self._told = self._last = before

    def look(self) -> bool:
        """Whether there is something new to tell. One thread at a time."""
        before, now = self._last, seen(self._files)
        self._last = now
        if now != before or now == self._told or not now:
            return False
        self._told = now
        return True


def what_changed(before: Facts, after: Facts, formatter: Formatter) -> str:
    """What reading again has changed: orders, customers, the last day."""
    number = formatter.number
    parts = []
    if before.orders != after.orders:
        orders = ngettext("{before} → {after} order", "{before} → {after} orders", after.orders)
        parts.append(orders.format(before=number(before.orders), after=number(after.orders)))
    if before.customers != after.customers:
        customers = ngettext("{before} → {after} customer", "{before} → {after} customers", after.customers)
        parts.append(customers.format(before=number(before.customers), after=number(after.customers)))
    if before.as_of != after.as_of:
        days = _("to {before} → {after}")
        parts.append(days.format(before=formatter.date(before.as_of), after=formatter.date(after.as_of)))
    if parts:
        return _("Read again: {changes}.").format(changes=", ".join(parts))
    if before.rows != after.rows or before.value != after.value:
        return _("Read again: as many orders of as many customers; other things have changed.")
    return _("Read again: nothing has changed.")
