"""The build cache: a brief is not built again while everything that it was built from is unchanged.

The cache has a JSON file for each job, its *entry*: the SHA-256 of each file that was read, looked for in vain or
written, what identifies the program and its libraries, and what the build reported. If an entry is missing, damaged or
from another version, the brief is built.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from briefing.cache_folder import user_cache_folder, write_file
from briefing.diagnostics import Diagnostic, Severity, Span
from briefing.pipeline import File, Job, Outcome
from briefing.project import is_project, shipped_templates
from briefing.publish import JOURNAL, MANIFEST
from briefing.publish.files import is_temporary
from briefing.publish.manifest import read_manifest
from briefing.writers import WRITERS

#: The cache of a project, in its folder; and of content files in no project, in the user's cache folder.
FOLDER, USER_FOLDER = ".briefing-cache", "builds"
#: The names of entries, and of their temporary files: nothing else is removed from the folder.
ENTRY = re.compile(r"[0-9a-f]{32}\.json(\.\d+)?")
#: A temporary file is of a build that was killed if it is older than this, in seconds.
YOUNG = 3600
#: The fields of a job that do not change its outputs.
IRRELEVANT = frozenset({"debug", "project", "today"})
#: Prefixes of environment variables that can lead Python or a library to other files, fonts or line breaks.
VARIABLES = (
    *("DYLD_", "FC_", "FONTCONFIG", "FREETYPE_", "G_", "HB_", "LANG", "LC_", "LD_", "PANGO", "PYTHON"),
    *("SOURCE_DATE_EPOCH", "WEASYPRINT"),
)
#: Suffixes of the names by which installed packages are found; the names hold the version.
INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")
#: The largest entry that is read, in bytes: a project may come from anywhere.
LARGEST = 16_000_000


class Cache:
    """The entries of the jobs of one command. With ``force`` every brief is built.

    ``reasons`` has the reason why each job has to be done, which is empty if nothing has changed.
    """

    def __init__(self, jobs: Iterable[Job], *, force: bool = False) -> None:
        self.reasons: dict[Job, str] = {}
        self._unchanged: dict[Job, Outcome] = {}
        self._today = dt.datetime.now(dt.UTC).astimezone().date().isoformat()
        self._shared_before: dict[_Folder, dict[str, str]] = {}
        # Many briefs have the same logo, libraries and manifest, which are read once.
        self._digest, self._version = functools.cache(_digest), functools.cache(_version)
        self._manifest, self._listed = functools.cache(read_manifest), functools.cache(_listed)
        for job in jobs:
            folder = _folder_of(job)
            if folder not in self._shared_before:
                self._shared_before[folder] = folder.shared()
            try:
                self.reasons[job] = "it was asked for (--force)" if force else self._reason(job, folder)
            except (AttributeError, KeyError, OSError, TypeError, ValueError):
                self.reasons[job] = "the record of the last build is damaged"

    @property
    def stale(self) -> list[Job]:
        """The jobs that have to be done."""
        return [job for job, reason in self.reasons.items() if reason]

    def outcomes(self, built: Iterable[Outcome]) -> list[Outcome]:
        """The new outcomes and those of unchanged briefs, in the order of the jobs."""
        new = {outcome.job: outcome for outcome in built}
        return [new.get(job) or self._unchanged[job] for job in self.reasons]

    def store(self, built: Iterable[Outcome]) -> None:
        """Write an entry for each brief that was built completely, and remove the entries of briefs that are gone."""
        after = {folder: folder.shared() for folder in self._shared_before}
        written = set()
        for outcome in built:
            folder = _folder_of(outcome.job)
            # If a theme changed during the build, some outputs may have been made with the old one.
            if _is_complete(outcome) and after[folder] == self._shared_before[folder]:
                with contextlib.suppress(OSError):  # a folder that cannot be written has no cache
                    folder.write(outcome.job, _entry(outcome, folder, after[folder], self._today))
                    written.add(folder)
        for folder in written:
            folder.sweep()

    def _reason(self, job: Job, folder: _Folder) -> str:
        """Why a brief has to be built; empty if it is up to date. Raises an exception for a damaged entry."""
        entry = folder.read(job)
        if not entry:
            return "there is no record of an earlier build"
        outcome = self._unchanged[job] = _outcome(job, entry["outcome"])
        since, until = entry["days"]
        if self._today < since or (until and until <= self._today):
            return "a day has come on which there may be something else to report"
        # An entry may come from anywhere: files that it names are read only if it is of this very program.
        if changed := _first_change(entry["shared"], self._shared_before[folder]):
            return changed
        libraries = {path: self._version(path) for path in entry["libraries"]}
        files = entry["files"] | {folder.name(file.path): file.digest for file in outcome.files}
        now = {name: self._digest(Path(folder.root, name)) for name in files}
        if changed := _first_change(entry["libraries"], libraries) or _first_change(files, now):
            return changed
        if any(is_temporary(Path(path)) for path in self._listed(job.output)):
            return "an earlier build was stopped, and its temporary files are still there"
        known = self._manifest(Path(job.output)).get(job.name, {})
        return "" if all(known.get(f.format) == f.digest for f in outcome.files) else f"{MANIFEST} has changed"


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder with the entries of one project. ``entries`` is None if none can be kept.

    Names of files are relative to ``root``, so that a project that is moved keeps its cache. For content files that
    are in no project ``root`` is empty, and names are absolute.
    """

    entries: Path | None
    root: str
    templates: Path

    def name(self, path: str | Path) -> str:
        """The name of a file in an entry."""
        absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow symbolic links
        return absolute.removeprefix(os.path.join(self.root, "")).replace(os.sep, "/")  # noqa: PTH118 - keeps the slash

    def shared(self) -> dict[str, str]:
        """What all briefs of the project are built with: the program and the project's own themes."""
        themes = {self.name(path): _digest(path) or os.path.realpath(path) for path in _files(self.templates)}
        return _program() | themes

    def read(self, job: Job) -> dict[str, Any]:
        """The entry of a job; an empty one if there is none."""
        return {} if self.entries is None else _read(self.entries / self._entry_name(job))

    def write(self, job: Job, entry: Mapping[str, Any]) -> None:
        """Write the entry of a job, whole or not at all; an entry that is a symbolic link is replaced."""
        if self.entries is None:
            return
        self.entries.mkdir(exist_ok=True)
        ignore = self.entries / ".gitignore"
        if not os.path.lexists(ignore) or (not ignore.is_symlink() and not ignore.stat().st_size):
            ignore.write_text("*\n", "utf-8")
        write_file(self.entries / self._entry_name(job), json.dumps(entry))

    def sweep(self) -> None:
        """Remove entries whose files are not all there, and the temporary files of builds that were killed."""
        paths = () if self.entries is None else map(Path, _listed(str(self.entries)))
        for path in (path for path in paths if ENTRY.fullmatch(path.name)):
            if path.suffix != ".json" and time.time() - path.stat().st_mtime < YOUNG:
                continue  # another build is writing it
            files = _read(path).get("files")
            known = [name for name, digest in files.items() if digest] if isinstance(files, dict) else []
            if not (known and all(Path(self.root, name).is_file() for name in known)):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _entry_name(self, job: Job) -> str:
        """A hash of all options of a job, and of its paths as messages show them."""
        options = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in IRRELEVANT}
        identity = [self.name(job.content), self.name(job.output), options]
        return sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:32] + ".json"


def _folder_of(job: Job) -> _Folder:
    project = job.project_folder
    if is_project(project):
        entries: Path | None = project / FOLDER
        root = os.path.abspath(project)  # noqa: PTH100 - links stay
    else:
        user, root = user_cache_folder(), ""
        entries = user and user / USER_FOLDER
    # A symbolic link would lead writes and removals elsewhere.
    return _Folder(None if entries and entries.is_symlink() else entries, root, job.templates_folder)


def _entry(outcome: Outcome, folder: _Folder, shared: Mapping[str, str], today: str) -> dict[str, Any]:
    job, inputs = outcome.job, outcome.inputs
    files = dict(inputs.read)
    files |= {path: _digest(path) for path in outcome.older}
    files |= {file.path: file.digest for file in outcome.files}
    files[str(Path(job.output, JOURNAL))] = ""  # a build that was killed leaves one
    return {
        "shared": shared,
        "libraries": {path: _version(path) for path in inputs.libraries},
        "files": {folder.name(path): digest for path, digest in files.items()},
        "days": [today, min((day for day in inputs.days if day > today), default="")],
        "outcome": {
            "files": [asdict(file) for file in outcome.files],
            "older": outcome.older,
            "diagnostics": [asdict(diagnostic) for diagnostic in outcome.diagnostics],
        },
    }


def _outcome(job: Job, data: Mapping[str, Any]) -> Outcome:
    files = tuple(File(**file) for file in data["files"])
    if [file.path for file in files] != [Path(job.output, f"{job.name}.{name}").as_posix() for name in job.formats]:
        raise ValueError("these are not the outputs of the job")
    diagnostics = tuple(_diagnostic(found) for found in data["diagnostics"])
    return Outcome(job, files, older=tuple(data["older"]), diagnostics=diagnostics, unchanged=True)


def _diagnostic(data: Mapping[str, Any]) -> Diagnostic:
    if not all(isinstance(value, str) for name, value in data.items() if name != "span"):
        raise TypeError("a text was expected")
    span = Span(**data["span"]) if data["span"] else None
    return replace(Diagnostic(**data), severity=Severity(data["severity"]), span=span)


def _is_complete(outcome: Outcome) -> bool:
    """Whether all was built, and by our own writers: the cache might not notice a change to another package's."""
    ours = WRITERS.keys() >= set(outcome.job.formats)
    return ours and outcome.exit_code == 0 and len(outcome.files) == len(outcome.job.formats) > 0


def _first_change(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The first name whose value differs, and how it changed; empty if none does."""
    if then == now:
        return ""
    name = min(name for name, _ in then.items() ^ now.items())
    return f"{name} {'is new' if not then.get(name) else 'has changed' if now.get(name) else 'is gone'}"


def _program() -> dict[str, str]:
    """What identifies the program, Python with its packages, and the environment."""
    files = sorted((*_files(Path(__file__).parent), *_files(shipped_templates())))
    found = [path for folder in sys.path for path in _listed(folder) if path.endswith(INSTALLED)]
    variables = {name: value for name, value in os.environ.items() if name.startswith(VARIABLES)}
    return {
        "the program": _hash(map(_stamp, files)),
        "Python or an installed package": _hash((sys.version, *map(_stamp, found))),
        **{f"the variable {name}": value for name, value in variables.items()},
    }


def _hash(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _stamp(path: str) -> str:
    """Size and time of a file that only an installer or a developer of the program changes."""
    try:
        state = os.stat(path)  # noqa: PTH116 - there are hundreds, and to make a Path takes longer
    except OSError:  # removed in the meantime, or a broken link
        return path
    return f"{path} {state.st_size} {state.st_mtime_ns}"


def _listed(folder: str) -> list[str]:
    """The sorted paths of the entries of a folder; none if it cannot be read: ``sys.path`` may name anything."""
    try:
        with os.scandir(folder or ".") as found:
            return sorted(entry.path for entry in found)
    except OSError:
        return []


def _files(folder: Path) -> Iterator[str]:
    """The files below a folder, also through symbolic links. A link to a folder that was visited is listed itself."""
    visited = set()
    for path, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        real = os.path.realpath(path)
        if real in visited:
            folders.clear()
            yield path
            continue
        visited.add(real)
        yield from (os.path.join(path, name) for name in names)  # noqa: PTH118 - see _stamp


def _digest(path: str | Path) -> str:
    """The SHA-256 of a file; empty if there is none that can be read."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 - False for an impossible name; reading a pipe would not end
            return ""
        with open(path, "rb") as file:  # noqa: PTH123 - see _stamp
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _version(path: str) -> str:
    """The version of a shared library of the system: its file's name, which usually holds the version, and its size."""
    try:
        return f"{os.path.realpath(path)} {os.stat(path).st_size}"  # noqa: PTH116 - see _stamp
    except OSError:
        return ""


def _read(path: Path) -> dict[str, Any]:
    """A JSON object; an empty one if the file holds none."""
    try:
        data = json.loads(path.read_bytes()) if path.is_file() and path.stat().st_size <= LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
