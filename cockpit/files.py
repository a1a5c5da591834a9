"""Files that appear whole or not at all, readable by their owner only."""

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cockpit.errors import CockpitError, InputError, UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _

Writer = Callable[[BinaryIO], None]

_PREFIX, _SUFFIX = ".cockpit-", ".part"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


def write_whole(path: Path, write: Writer, overwrite: bool = False) -> None:
    """Create the file `path` with what `write` puts into it: all of it, or nothing at all.

    The mode is 0600. Raises UsageError if the file exists (and `overwrite` is false) or is no plain
    file, links included; InputError if the folder or the disk doesn't take it (an OSError in `write` counts
    as that). Anything else that `write` raises passes through, and leaves no trace in the folder.
    """
    write_together({path: write}, overwrite)


def write_together(writers: Mapping[Path, Writer], overwrite: bool = False) -> None:
    """Create several files as `write_whole` does one: none takes its place before all are on the disk."""
    for path in writers:
        _refuse_unless_free(path, overwrite)
    with ExitStack() as staging:
        staged = [(path, staging.enter_context(_staged(path, write))) for path, write in writers.items()]
        for path, temporary in staged:
            with _explained(path):
                _put_in_place(temporary, path, overwrite)
                _flush_folder(path.parent)


def _refuse_unless_free(path: Path, overwrite: bool) -> None:
    with _explained(path):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            if not path.parent.is_dir():
                raise
            return
    if stat.S_ISLNK(mode):
        problem = _("{path} is a link, and lists are never written through one.")
    elif not stat.S_ISREG(mode):
        problem = _("{path} is not a file that can be replaced.")
    elif not overwrite:
        raise _exists(path)
    else:
        return
    raise UsageError(problem.format(path=harmless(str(path))), _("Name another file."))


def _exists(path: Path) -> UsageError:
    problem = _("{path} exists already.").format(path=harmless(str(path)))
    return UsageError(problem, _("Name another file, or overwrite this one with --force."))


@contextmanager
def _staged(path: Path, write: Writer) -> Iterator[Path]:
    """Write a temporary file beside `path`, on the disk when the block begins, gone when it ends."""
    with _explained(path):
        _sweep(path.parent)
        temporary, descriptor = _create_locked(path.parent)
    try:
        with _explained(path), os.fdopen(descriptor, "wb", closefd=False) as file:
            write(file)
            file.flush()
            os.fsync(descriptor)
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
        os.close(descriptor)


def _create_locked(folder: Path) -> tuple[Path, int]:
    """Create a temporary file that no sweep takes away while this process lives."""
    while True:
        temporary = folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
        descriptor = os.open(
            temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return temporary, descriptor
        os.close(descriptor)  # swept between its creation and its lock


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind: temporary files on which no process holds the lock."""
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            descriptor = os.open(leftover, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                leftover.unlink()
            finally:
                os.close(descriptor)


def _put_in_place(temporary: Path, path: Path, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(path)
        return
    try:
        path.hardlink_to(temporary)  # unlike a rename it never takes the place of a file made meanwhile
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _refuse_unless_free(path, overwrite)
        temporary.replace(path)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # some network disks can't; the file is in its place all the same
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into words for the owner."""
    try:
        yield
    except OSError as error:
        raise _words(path, error) from error


def _words(path: Path, error: OSError) -> CockpitError:
    name, folder = harmless(str(path)), harmless(str(path.parent))
    if error.errno in _DISK_FULL:
        problem = _("The disk is full: {name} was not written.").format(name=name)
        return InputError(problem, _("Free some space or name a file on another disk."))
    if error.errno in _FORBIDDEN:
        problem = _("You may not write into the folder {folder}.").format(folder=folder)
        return InputError(problem, _("Name a file in a folder of your own."))
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        problem = _("There is no folder {folder}.").format(folder=folder)
        return InputError(problem, _("Create it first, or name a file in another folder."))
    if error.errno == errno.ENAMETOOLONG:
        return InputError(_("The name {name} is too long.").format(name=harmless(str(path), 60)), "")
    problem = _("{name} can't be written: {reason}.").format(name=name, reason=error.strerror or str(error))
    return InputError(problem, _("Name another file or folder."))
