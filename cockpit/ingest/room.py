"""How much memory reading may take: what the owner grants, else half of the machine."""

import os
import re
from dataclasses import dataclass

from cockpit.errors import InputError
from cockpit.language import gettext as _

BYTES_A_ROW = 300
"""What a row takes about, while all rows of a file are read at once."""
UNITS = {"K": 1, "M": 2, "G": 3, "T": 4}


@dataclass(slots=True)
class Room:
    """Bytes that frames may still fill, those of all files together."""

    left: int

    def take(self, size: int) -> bool:
        """Take so many bytes; False where they are no longer there."""
        if size > self.left:
            return False
        self.left -= size
        return True

    def give_back(self, size: int) -> None:
        """Return bytes that were taken."""
        self.left += size


def machine_memory() -> int:
    """Return the bytes of memory that the machine has."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def bound_of(memory: str | None) -> int:
    """Return a bound such as `512MB` or `4 GiB` in bytes; without one, half of the machine's memory."""
    if memory is None:
        return machine_memory() // 2
    found = re.fullmatch(r"([\d.]+)\s*([KMGT])(I?)B", memory.strip(), re.IGNORECASE)
    if found is None:
        raise ValueError(memory)
    return int(float(found[1]) * (1024 if found[3] else 1000) ** UNITS[found[2].upper()])


def beyond_grant(need: str, file: str, size: int, memory: str | None, remedy: str) -> tuple[str, ...]:
    """Return what to say where reading a file takes more than is granted: nothing where it does not.

    `need` says of {file} that it takes {size} GB of memory. Raises InputError where the machine has less.
    """
    said = need.format(file=file, size=size / 1e9)
    if size > machine_memory():
        raise InputError(_("{what}, more than this machine has.").format(what=said), remedy)
    if size > bound_of(memory):
        return (_("{what}, more than is granted (--memory).").format(what=said),)
    return ()
