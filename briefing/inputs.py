"""What a brief was made from, as data: files, folders and the machine, as they were seen.

An input is a tuple of strings: a kind, a path, and what was seen there. Reading, the theme and the press note them.
When all of them still hold, a brief that was made from them would come out the same.

The command line looks at inputs before it loads anything else. So this module, and those of :mod:`briefing.dockets`
that say the same of themselves, are written with what Python has loaded already: ``dataclasses``, ``pathlib``,
``typing`` and ``json`` each take longer to import than the whole comparison takes.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "SEPARATOR",
    "Input",
    "Looks",
    "days",
    "file_input",
    "file_read",
    "fresh",
    "kind_input",
    "leads_input",
    "library_input",
    "names",
    "names_input",
    "stamp",
    "system_input",
    "trusted",
]

Input = tuple[str, ...]

#: Between the names of a listing, and between the parts of a statement about the system: no name of a file has them.
SEPARATOR, PART = "\x1f", "\x1e"
#: Two writes this close together can leave the same times behind: FAT counts in steps of two seconds.
GRAIN = 2_000_000_000  # ns
#: Variables that could lead a library to other files, fonts, letters or line breaks; most of them never do.
_VARIABLES = (
    *("BRIEFING_DEBUG", "DYLD_", "FC_", "FONTCONFIG", "FREETYPE_", "G_", "HB_", "LANG", "LC_", "LD_", "PANGO"),
    *("PYTHON", "SOURCE_DATE_EPOCH", "WEASYPRINT"),
)
_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


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


def trusted(seen: Input, moment: int) -> Input:
    """The input as it may be kept: a file that was fresh at the moment is told by its bytes alone."""
    return (*seen[:3], "") if seen[0] == "file" and fresh(seen[3], moment) else seen


def file_read(path: str, data: bytes, mark: str) -> Input:
    """A file with these bytes; ``mark`` is its stamp from before they were read."""
    import hashlib

    return ("file", os.path.abspath(path), hashlib.sha256(data).hexdigest(), mark)


def file_input(path: str) -> Input:
    """A file as it is now, or that there is none."""
    mark = stamp(path)
    digest = _digest(path) if mark else ""
    return ("file", os.path.abspath(path), digest, mark) if digest else kind_input(path)


def kind_input(path: str) -> Input:
    """Whether a file, a folder or nothing is there."""
    return ("kind", os.path.abspath(path), _kind(path))


def leads_input(path: str) -> Input:
    """Where a path leads, through symbolic links."""
    return ("leads", os.path.abspath(path), os.path.realpath(path))


def names_input(folder: str, endings: str = "") -> Input:
    """The names of all files below a folder; with ``endings`` (".yaml .yml") of those alone."""
    return ("names", os.path.abspath(folder), SEPARATOR.join(names(folder, endings)), endings)


def library_input(path: str) -> Input:
    """A shared library of the system, known by its stamp."""
    return ("library", path, stamp(path))


def days(since: str, until: str = "") -> Input:
    """The days on which a brief says the same: from the first (ISO 8601) on, and before the last; empty is never."""
    return ("days", since, until)


def _kind(path: str) -> str:
    return "folder" if os.path.isdir(path) else "file" if os.path.isfile(path) else "nothing"


def _digest(path: str) -> str:
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def names(folder: str, endings: str = "") -> Iterator[str]:
    """The names of all files below a folder, sorted; with ``endings`` (".yaml .yml") of those alone.

    Then hidden folders, and folders that are symbolic links, are left out.
    """
    yield from _names(folder, tuple(endings.split()), "", (os.path.realpath(folder),))


def _names(folder: str, wanted: tuple[str, ...], above: str, roads: tuple[str, ...]) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir() and not (wanted and (entry.name.startswith(".") or entry.is_symlink())):
            # A link may lead back to where we are.
            target = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if target not in roads:
                yield from _names(entry.path, wanted, f"{above}{entry.name}/", (*roads, target) if target else roads)
        elif not wanted or entry.name.lower().endswith(wanted):
            yield f"{above}{entry.name}"


def system_input() -> Input:
    """The program, Python, the libraries and the environment, each by what tells one version from another.

    A library is known by the name of its ``.dist-info`` folder, which holds its version, and by when that was written.
    """
    home = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(home, "_templates")
    templates = inside if os.path.isdir(inside) else os.path.join(os.path.dirname(home), "templates")
    machine = os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "")
    variables = (name for name in sorted(os.environ) if name.startswith(_VARIABLES))
    parts = (
        ("the program has", [*_stamps(home, (".py",)), *_stamps(templates)]),
        ("Python has", [sys.version.replace("\n", " "), sys.prefix, str(tuple(sys.flags)), machine]),
        ("a library has", [name for folder in sys.path for name in _installed(folder)]),
        ("a variable of the environment has", [f"{name}={os.environ[name]}" for name in variables]),
    )
    return ("system", "", PART.join(SEPARATOR.join([name, *said]) for name, said in parts))


def _stamps(folder: str, endings: tuple[str, ...] = ()) -> Iterator[str]:
    """The files below a folder with their stamps; without compiled ones, which Python makes by itself."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _stamps(entry.path, endings)
        elif not endings or entry.name.endswith(endings):
            yield f"{entry.path} {stamp(entry.path)}"


def _installed(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder or ".") as found:
            entries = [entry for entry in found if entry.name.endswith(_INSTALLED)]
            yield from sorted(f"{entry.path} {entry.stat().st_mtime_ns}" for entry in entries)
    except OSError:
        return


class Looks:
    """Looks at inputs again, at each file once. ``moment`` is when the looking begins, in ns since 1970."""

    def __init__(self, moment: int, today: str) -> None:
        self.moment = moment
        self.today = today
        self._files: dict[str, tuple[str, str]] = {}
        self._system: Input | None = None

    def changed(self, inputs: Iterable[Input]) -> str:
        """Why a brief made from these inputs has to be made again, in words; empty when all of them hold."""
        return next((reason for seen in inputs if (reason := self._look(seen))), "")

    def renewed(self, seen: Input) -> Input:
        """A input that holds, with the stamp that its file has now, if it has been looked at and is old enough."""
        if seen[0] == "file" and seen[1] in self._files:
            mark, digest = self._files[seen[1]]
            if digest == seen[2] and mark != seen[3]:
                return trusted((*seen[:3], mark), self.moment)
        return seen

    def _look(self, seen: Input) -> str:
        kind, path = seen[:2]
        if kind == "file":
            return self._file(path, seen[2], seen[3])
        if kind == "kind":
            now = _kind(path)
            return "" if now == seen[2] else f"{path} is gone" if now == "nothing" else f"{path} is new"
        if kind == "names":
            same = SEPARATOR.join(names(path, seen[3])) == seen[2]
            return "" if same else f"a file has come into {path} or gone from it"
        if kind == "leads":
            return "" if os.path.realpath(path) == seen[2] else f"{path} leads somewhere else"
        if kind == "library":
            return "" if stamp(path) == seen[2] else f"{path} has changed"
        if kind == "days":
            return "" if seen[1] <= self.today and (not seen[2] or self.today < seen[2]) else "a date has passed"
        return self._of_system(seen) if kind == "system" else "it was noted by another version of the program"

    def _file(self, path: str, digest: str, mark: str) -> str:
        if path in self._files:
            now, known = self._files[path]
        else:
            now, known = stamp(path), ""
        if not now:
            return f"{path} is gone"
        if mark and mark == now:
            return ""
        if not known:
            known = _digest(path)
            self._files[path] = (now, known)
        return "" if known == digest else f"{path} has changed"

    def _of_system(self, seen: Input) -> str:
        self._system = self._system or system_input()
        if seen == self._system:
            return ""
        before, now = (each[2].split(PART) for each in (seen, self._system))
        changed = next((new for old, new in zip(before, now, strict=False) if old != new), "the program has")
        return f"{changed.split(SEPARATOR)[0]} changed"
