"""Read the files that a brief names, never from outside the project."""

from __future__ import annotations

import difflib
import hashlib
import os
import stat
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from briefing.diagnostics import Diagnostic, MachineError, SetupError, Severity
from briefing.project import PROJECT_FILE

#: The absolute path of a file and the SHA-256 of its bytes as hex; empty if there was no file.
ReadFile: TypeAlias = tuple[str, str]

_COPY = "copy the file into the project's folder"


class FileRefused(Exception):  # noqa: N818 - an expected result, which callers report
    """A file that a brief names is refused: the code, a message, what to do, and the key at fault if it is another.

    As a warning it is only reported: a part of the file is left out.
    """

    def __init__(
        self, code: str, message: str, advice: str = "", key: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.advice, self.key, self.severity = code, message, advice, key, severity


class Files:
    """Reads files with names relative to one brief, and only inside the project's folder.

    ``read_files`` lists each file that was read with its digest, and each file that was not found with an empty one.
    Several objects can share one list.
    """

    def __init__(self, root: Path, content: Path, read_files: list[ReadFile] | None = None) -> None:
        self.read_files: list[ReadFile] = [] if read_files is None else read_files
        self.root = root
        self.content = content
        self.folder = content.parent

    def of_project(self) -> Files:
        """A reader for the same project, with names relative to the project's folder."""
        return Files(self.root, self.root / PROJECT_FILE, self.read_files)

    def brief(self) -> bytes:
        """The bytes of the content file."""
        return self._record_read(self.content, self._read_own(self.content))

    def defaults(self) -> bytes | None:
        """The bytes of the project's defaults, if it has any."""
        path = self.root / PROJECT_FILE
        if path.is_file():
            return self._record_read(path, self._read_own(path))
        self._record(path, "")
        return None

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a file that the brief names.

        Raises FileRefused if it does not exist, is outside the project, or has more than ``limit`` bytes. Such a file
        is recorded as missing, so that the brief is built again when it has changed.
        """
        if "\\" in name or ":" in name.split("/", 1)[0] or PurePosixPath(name).is_absolute():
            raise FileRefused(
                "file-name",
                f"'{name}' is not the name of a file beside this one",
                "write names like images/map.svg, with forward slashes, relative to this file",
            )
        path = as_stored(self.folder, name)
        try:
            data = self._read_inside(path, name, limit)
        except FileRefused:
            self._record(path, "")
            raise
        return self._record_read(path, data)

    def _read_inside(self, path: Path, name: str, limit: int) -> bytes:
        real, root = Path(os.path.realpath(path)), Path(os.path.realpath(self.root))
        if not real.is_relative_to(root):
            raise FileRefused("file-outside", f"'{name}' lies outside the project", _COPY)
        try:
            state = real.stat()
        except OSError:
            raise FileRefused("no-file", f"there is no file '{name}'", self._suggestion(path)) from None
        if not stat.S_ISREG(state.st_mode):
            raise FileRefused("no-file", f"'{name}' is not a file", "name a file, not a folder")
        if state.st_size > limit:
            message = f"'{name}' has {state.st_size / 1e6:.1f} MB; at most {limit / 1e6:.0f} MB are taken"
            raise FileRefused("file-too-large", message, "make it smaller")
        try:
            return real.read_bytes()
        except OSError as error:
            raise FileRefused("no-file", f"'{name}' cannot be read: {error.strerror}") from None

    def _record_read(self, path: Path, data: bytes) -> bytes:
        self._record(path, hashlib.sha256(data).hexdigest())
        return data

    def _record(self, path: Path, digest: str) -> None:
        self.read_files.append((os.path.abspath(path), digest))  # noqa: PTH100 - links stay

    def _suggestion(self, path: Path) -> str:
        folder = path.parent
        try:
            names = sorted(entry.name for entry in folder.iterdir())[:1000]
        except OSError:
            return f"there is no folder '{folder.name}' either"
        near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.6)
        return f"did you mean {', '.join(near)}?" if near else "names are relative to the content file"

    def _read_own(self, path: Path) -> bytes:
        """The bytes of the brief or the project's defaults. Raises SetupError for a link to outside the project."""
        name = path.as_posix()
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root)):
            message = f"{name} is a link to a file outside the project"
            raise SetupError(Diagnostic("file-outside", message, file=name, help=_COPY))
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise SetupError(Diagnostic("no-content", f"there is no file {name}", file=name)) from None
        except OSError as error:
            message = f"{name} cannot be read: {error.strerror}"
            raise MachineError(Diagnostic("unreadable", message, file=name)) from None


def as_stored(folder: Path, name: str) -> Path:
    """The path of a name in a folder, in the Unicode form in which the disk has it: macOS decomposes letters."""
    path = folder / name
    if name.isascii() or os.path.exists(path):  # noqa: PTH110 - false for a name that is too long
        return path
    path = folder
    for part in PurePosixPath(name).parts:
        is_typed_so = os.path.exists(path / part) or not os.path.isdir(path)  # noqa: PTH110, PTH112 - as above
        names = [] if is_typed_so else sorted(entry.name for entry in path.iterdir())
        form = unicodedata.normalize("NFC", part)
        path /= next((name for name in names if unicodedata.normalize("NFC", name) == form), part)
    return path
