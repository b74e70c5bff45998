"""Find pictures of a project that no brief uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from briefing.assets.files import Files
from briefing.diagnostics import Diagnostic, Severity
from briefing.project import PROJECT_FILE
from briefing.reading.reader import read_project

_PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})
_CONTENT = frozenset({".yaml", ".yml"})


def unused_pictures(project: Path) -> tuple[Diagnostic, ...]:
    """A warning for each picture below ``content`` whose name is in no content file and not in ``briefing.yaml``."""
    content = project / "content"
    if not content.is_dir():
        return ()
    defaults, _, _ = read_project(Files(project, content / "x").defaults(), PROJECT_FILE)
    if "unused-picture" in defaults.checks.ignore:
        return ()
    files = [
        path
        for path in sorted(content.rglob("*"))
        if not any(part.startswith(".") for part in path.relative_to(content).parts)
    ]
    named = b"\n".join(_read(path) for path in (*files, project / PROJECT_FILE) if path.suffix.lower() in _CONTENT)
    return tuple(
        Diagnostic(
            "unused-picture",
            "no brief of this project shows this picture",
            Severity.WARNING,
            file=path.as_posix(),
            help="delete it, or silence unused-picture in briefing.yaml",
        )
        for path in files
        if path.suffix.lower() in _PICTURES and not any(name in named for name in _names(path))
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a folder, or a file that the build of its brief reports
        return b""


def _names(path: Path) -> Iterator[bytes]:
    """The file name, composed and decomposed, in the encodings of content files: UTF-8 and both kinds of UTF-16."""
    for name in {path.name, *(unicodedata.normalize(form, path.name) for form in ("NFC", "NFD"))}:
        yield from (name.encode(encoding, "surrogatepass") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
