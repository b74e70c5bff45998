"""Single files: written under a temporary name, never through a symbolic link, and a sentence for each way to fail."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

__all__ = ["NEW", "OLD", "HeldOpenError", "refuse", "remove", "stage", "sync", "told"]

#: How the names of a build's temporary files begin: the new bytes, and second names of the old files.
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


class HeldOpenError(Exception):
    """Another program holds the file open, so that it cannot be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the system says about a file into one sentence with the path and the cause."""
    try:
        yield
    except HeldOpenError as held:
        raise MachineError(
            Diagnostic(
                "file-open",
                f"{held.path.as_posix()} is open in another program, so nothing was written",
                help=f"close {held.path.name} and run again",
            )
        ) from None
    except OSError as slip:
        path = Path(os.fsdecode(slip.filename)) if isinstance(slip.filename, str | bytes) else folder
        shown = path.with_name(path.name.removeprefix(NEW)) if path.name.startswith(NEW) else path
        cause = CAUSES.get(slip.errno or 0) or slip.strerror or str(slip)
        raise MachineError(
            Diagnostic(
                "cannot-write",
                f"{shown.as_posix()} cannot be written: {cause}",
                help="nothing was changed; make room or choose another folder with --output",
            )
        ) from None


def refuse(target: Path) -> None:
    """Refuse a target that is no ordinary file: a write would go elsewhere. Raises :class:`MachineError`."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode):
        return
    kind = "a symbolic link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
    raise MachineError(
        Diagnostic(
            "not-a-file",
            f"{target.as_posix()} is {kind}, so nothing was written",
            help="move it away, or choose another folder with --output",
        )
    )


def stage(path: Path, data: bytes) -> None:
    """Write a temporary file and force it to the disk. It is made anew, so it cannot be a link to somewhere else."""
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as slip:
        if slip.filename is None:  # a failing write does not name its file
            slip.filename = str(path)
        raise


def sync(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Take a temporary file away; one that cannot be taken away is left for the next run."""
    with contextlib.suppress(OSError):
        path.unlink()
