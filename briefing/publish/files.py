"""Single files: write them under a temporary name, never through a symbolic link; messages for errors."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

#: Prefixes of a build's temporary files: new files, and the second names of old ones.
NEW, OLD = ".briefing-new-", ".briefing-old-"

CAUSES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file is larger than this disk or your share of it allows",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOTDIR: "a file stands where a folder is wanted",
    errno.EEXIST: "a file stands where a folder is wanted",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk does not answer",
}


@contextlib.contextmanager
def os_errors(folder: Path) -> Iterator[None]:
    """Turn an error of the system into a :class:`MachineError` with the path and the cause."""
    try:
        yield
    except OSError as error:
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else folder
        shown = path.with_name(path.name.removeprefix(NEW)) if path.name.startswith(NEW) else path
        cause = CAUSES.get(error.errno or 0) or error.strerror or str(error)
        advice = "nothing was changed; make room or choose another folder with --output"
        message = f"{shown.as_posix()} cannot be written: {cause}"
        raise MachineError(Diagnostic("cannot-write", message, help=advice)) from None


def is_temporary(path: Path) -> bool:
    """Whether a file has one of a build's temporary names."""
    return path.name.startswith((NEW, OLD))


def check_target(target: Path) -> None:
    """Raise :class:`MachineError` if a target is not an ordinary file: writing to it would change something else."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode):
        return
    kind = "a symbolic link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
    message = f"{target.as_posix()} is {kind}, so nothing was written"
    advice = "move it away, or choose another folder with --output"
    raise MachineError(Diagnostic("not-a-file", message, help=advice))


def write_temporary(path: Path, data: bytes) -> None:
    """Write a temporary file and force it to the disk. It must not exist, so it cannot be a link."""
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.filename is None:  # the error of a write has no file name
            error.filename = str(path)
        raise


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, if the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> bool:
    """Remove a temporary file; returns whether that worked."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        return True
    return False
