"""Check the fonts, the project, its schemas, and its output folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefing.diagnostics import BriefingError
from briefing.project import own_templates, project_of

from .finding import Finding


def fonts(here: Path) -> Iterator[Finding]:
    """Check that each font file of each theme, also of the project's own, exists and can be read."""
    from briefing.theme.font_faces import font_problem
    from briefing.theme.load import list_themes, load_theme

    own = own_templates(project_of(here))
    files: set[Path] = set()
    names = [name for name, _, _ in list_themes(own)]
    problems = []
    for name in names:
        try:
            theme = load_theme(name, own)
        except BriefingError as error:
            problems += [Finding("wrong", f"the theme {name}: {d.message}", d.help) for d in error.diagnostics]
            continue
        files.update(path for face in theme.faces.values() for path in face.files)
        files.update(path for lent in theme.scripts.values() for path in (lent.roman, lent.italic) if path is not None)
    for path in sorted(files):
        fault = font_problem(path)
        if fault is not None and not fault.warning:
            problems.append(Finding("wrong", f"the font {path.name} {fault.words}", fault.advice))
    yield from problems or [Finding("ok", f"{len(files)} font files of {len(names)} themes: {', '.join(names)}")]


def labels(_: Path) -> Iterator[Finding]:
    """Report the languages of the labels that come with the program, and those that no native reader has reviewed."""
    from briefing.galley.locale import UNREVIEWED
    from briefing.theme.load import load_theme

    reviewed = sorted(load_theme("standard").labels.keys() - set(UNREVIEWED))
    yield Finding("ok", f"labels in {', '.join(reviewed)}")
    yield Finding("note", f"labels that no native reader has reviewed yet: {', '.join(UNREVIEWED)}")


def project(here: Path) -> Iterator[Finding]:
    """Report the project of the current folder."""
    root = project_of(here)
    if root is None:
        yield Finding("note", "there is no project here", "briefing new --project desk")
    else:
        yield Finding("ok", f"project: {root.as_posix()}")


def schemas(here: Path) -> Iterator[Finding]:
    """Check that the project's schemas for its editor are those of this version of the program."""
    from briefing.reading.schema import schema_text
    from briefing.starter import find_schema

    root = project_of(here)
    if root is None:
        return
    for kind, option in ((False, ""), (True, " --project")):
        path = find_schema(root, project_file=kind)
        if path is not None and path.read_bytes().replace(b"\r\n", b"\n") != schema_text(project=kind).encode():
            name = path.relative_to(root).as_posix()
            message = f"{name}, which tells an editor the keys, is from another version of the program"
            yield Finding("note", message, f"briefing schema{option} -o {name}")


def output(here: Path) -> Iterator[Finding]:
    """Check that outputs can be written, with a temporary file."""
    root = project_of(here) or here
    folder = root / "output"
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        if not existing.is_dir():
            raise NotADirectoryError(20, "a file stands where a folder is wanted")
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as failure:
        message = f"{folder.as_posix()} cannot be written: {failure.strerror or failure}"
        yield Finding("wrong", message, "see whether you may write there, or build with --output FOLDER")
    else:
        yield Finding("ok", f"outputs can be written to {folder.as_posix()}")
