"""Files, folders and the system as they are now: what a docket is compared with."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Looks", "above", "names", "system"]

#: Two writes this close together can leave the same times behind: FAT counts in steps of two seconds.
GRAIN = 2_000_000_000  # ns
#: Windows has no time of the last change that a program cannot set back, so each file is read again there.
TELLS_CHANGE = os.name != "nt"
#: Variables that could lead a library to other files, fonts, letters or line breaks; most of them never do.
VARIABLES = (
    *("BRIEFING_DEBUG", "DYLD_", "FC_", "FONTCONFIG", "FREETYPE_", "G_", "HB_", "LANG", "LC_", "LD_", "PANGO"),
    *("PYTHON", "SOURCE_DATE_EPOCH", "WEASYPRINT"),
)
INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


class Looks:
    """Looks at each file once. ``root`` is the folder that names are relative to.

    ``kept`` are digests that are known from earlier looks: name -> [stamp, SHA-256]. A file whose stamp is the same is
    not read again, as in Git's index; one that was changed only just before it was read has no stamp in there.
    """

    def __init__(self, root: str, kept: dict[str, list[str]] | None = None) -> None:
        self.root = root
        self.kept = {} if kept is None else kept
        self.renewed = False
        self._seen: dict[str, str] = {}
        self._stamps: dict[str, str] = {}

    def name(self, path: str) -> str:
        """The name of a path: relative to the root where it lies below it, with forward slashes."""
        path, root = os.path.abspath(path), os.path.join(self.root, "")
        return path.removeprefix(root).replace(os.sep, "/")

    def path(self, name: str) -> str:
        """The path of a name."""
        return os.path.join(self.root, name)

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; empty where no file is, or none that can be read."""
        if name not in self._seen:
            self._seen[name] = self._look(name)
        return self._seen[name]

    def digests(self, folder: str, endings: tuple[str, ...] = ()) -> dict[str, str]:
        """The files below a folder, each with its SHA-256."""
        return {name: self.digest(name) for name in (self.name(path) for path in names(folder, endings))}

    def touched(self, names: Iterable[str]) -> bool:
        """Whether somebody has touched one of these files since it was looked at."""
        return any(stamp(self.path(name)) != self._stamps.get(name, "") for name in names)

    def forget(self) -> None:
        """Look at each file once more when it is asked for again."""
        self._seen.clear()

    def _look(self, name: str) -> str:
        path = self.path(name)
        mark = self._stamps[name] = stamp(path)
        known = self.kept.get(name)
        if known and mark and known[0] == mark:
            return known[1]
        moment = time.time_ns()
        digest = _sha256(path) if mark else ""
        if digest and TELLS_CHANGE and not fresh(mark, moment) and stamp(path) == mark:
            self.kept[name], self.renewed = [mark, digest], True
        return digest


def stamp(path: str) -> str:
    """Size, times (ns) and number of a file, as Git compares them; empty where no ordinary file is."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return ""
    if state.st_mode & 0o170000 != 0o100000:
        return ""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def fresh(mark: str, moment: int) -> bool:
    """Whether a file was changed so shortly before a moment (ns) that a later change might leave the same stamp."""
    return any(int(time) > moment - GRAIN for time in mark.split()[1:3])


def _sha256(path: str) -> str:
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def above(folder: str) -> Iterator[str]:
    """The folder and all above it, the nearest first."""
    folder = os.path.abspath(folder)
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder


def names(folder: str, endings: tuple[str, ...] = ()) -> Iterator[str]:
    """The paths of all files below a folder, sorted; with ``endings`` of those alone. Python's own are left out."""
    yield from _names(folder, endings, (os.path.realpath(folder),))


def _names(folder: str, endings: tuple[str, ...], roads: tuple[str, ...]) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir():
            if not endings or entry.name.lower().endswith(endings):
                yield entry.path
        elif entry.name != "__pycache__":
            # A link may lead back to where we are.
            target = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if target not in roads:
                yield from _names(entry.path, endings, (*roads, target) if target else roads)


def system() -> dict[str, list[str]]:
    """Python, the libraries and the environment, each by what tells one version from another.

    A library is known by the name of its ``.dist-info`` folder, which holds its version, and by when that was written.
    """
    return {
        "Python": [sys.version.replace("\n", " "), sys.prefix],
        "libraries": [name for folder in sys.path for name in _installed(folder)],
        "environment": [f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith(VARIABLES)],
    }


def _installed(folder: str) -> list[str]:
    try:
        with os.scandir(folder or ".") as found:
            entries = [entry for entry in found if entry.name.endswith(INSTALLED)]
            return sorted(f"{entry.path} {entry.stat().st_mtime_ns}" for entry in entries)
    except OSError:
        return []
