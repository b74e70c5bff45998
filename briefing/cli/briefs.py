"""Which briefs are meant, and where their outputs go."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import PROJECT_FILE, find_project, project_of

__all__ = ["Found", "find_briefs", "output_folders", "shorten"]

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A content file, its project's folder, and the folder below the outputs that it belongs into."""

    content: Path
    project: Path
    place: Path


def find_briefs(paths: Sequence[str], here: Path) -> tuple[Found, ...]:
    """The briefs of the paths, or without a path those of the project around ``here``; sorted, each once.

    Raises :class:`SetupError` when a path leads to nothing.
    """
    found: dict[Path, Found] = {}
    for brief in _named(paths, here) if paths else _all(here):
        found.setdefault(brief.content, brief)
    return tuple(found[content] for content in sorted(found))


def output_folders(briefs: Iterable[Found], output: Path | None, suffix: str = "") -> dict[Found, Path]:
    """The folder for each brief's outputs. Two briefs that would overwrite each other raise :class:`SetupError`.

    ``suffix`` is what the edition adds to the name: "-handout".
    """
    folders: dict[Found, Path] = {}
    taken: dict[str, Found] = {}
    for brief in briefs:
        folder = (_own_output(brief.project) if output is None else output) / brief.place
        target = folder / f"{brief.content.stem}{suffix}"
        # Windows and macOS know no difference between upper and lower case, nor between ways to spell an accent.
        key = unicodedata.normalize("NFC", str(target)).casefold()
        if key in taken:
            one, other = (shorten(b.content).as_posix() for b in (taken[key], brief))
            message = f"{one} and {other} would both become {shorten(target).as_posix()}"
            raise SetupError(
                Diagnostic("same-output", message, help="rename one of them, or build them into different folders")
            )
        if brief.content.stem.endswith("-handout"):
            message = "the name of a content file cannot end in -handout: the handout of another brief is called so"
            raise SetupError(
                Diagnostic("handout-name", message, file=shorten(brief.content).as_posix(), help="rename the file")
            )
        taken[key] = brief
        folders[brief] = folder
    return folders


def _own_output(project: Path) -> Path:
    """The project's ``output``. Where that is a link that leads elsewhere, its user has to say that this is meant."""
    folder = project / "output"
    if folder.is_symlink() and not folder.resolve().is_relative_to(project.resolve()):
        message = f"{shorten(folder).as_posix()} is a link to a folder outside the project"
        raise SetupError(Diagnostic("output-outside", message, help="name the folder that is meant with --output"))
    return folder


def shorten(path: Path) -> Path:
    """The path as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _all(here: Path) -> Iterator[Found]:
    project = project_of(here)
    if project is None:
        message = "this is no project: there is no briefing.yaml and no folder 'content' here or above"
        raise SetupError(Diagnostic("no-project", message, help="go to the project's folder, or name a content file"))
    yield from _below(project)


def _named(paths: Sequence[str], here: Path) -> Iterator[Found]:
    for name in paths:
        path = Path(os.path.normpath(here / name))
        # The shells of Windows hand on stars as they were typed.
        if matches := _starred(path):
            yield from _named(matches, here)
        elif path.is_dir():
            yield from _below(path)
        elif not path.is_file():
            raise SetupError(Diagnostic("no-content", f"there is no file or folder '{name}'", help=_near(path, here)))
        elif path.suffix.lower() not in SUFFIXES or path.name == PROJECT_FILE:
            what = "holds the defaults of a project" if path.name == PROJECT_FILE else "is no content file"
            raise SetupError(Diagnostic("no-content", f"'{name}' {what}", help="name a .yaml file with a brief in it"))
        else:
            yield _found(path, path.parent)


def _starred(path: Path) -> list[str]:
    """What a path with stars stands for, without what is no brief."""
    if not glob.has_magic(str(path)) or path.exists():
        return []
    found = (Path(match) for match in sorted(glob.glob(str(path))))  # noqa: PTH207 - the folders may have stars too
    return [str(p) for p in found if p.is_dir() or (p.suffix.lower() in SUFFIXES and p.name != PROJECT_FILE)]


def _below(folder: Path) -> Iterator[Found]:
    """All content files in a folder; of a project, those in its ``content``."""
    root = folder / "content" if (folder / "content").is_dir() else folder
    files = [
        path
        for path in sorted(root.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.name != PROJECT_FILE and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
        and path.relative_to(root).parts[0] != "templates"  # labels, and the specimens of themes
    ]  # fmt: skip
    if not files:
        message = f"there is no content file in {shorten(root).as_posix()}"
        raise SetupError(Diagnostic("no-content", message, help="a content file's name ends in .yaml"))
    yield from (_found(path, root) for path in files)


def _found(path: Path, root: Path) -> Found:
    project = find_project(path)
    content = project / "content"
    return Found(path, project, path.parent.relative_to(content if path.is_relative_to(content) else root))


def _near(path: Path, here: Path) -> str:
    """Names like the one that was typed: in the folder that was meant, or among the project's briefs."""
    folders = [path.parent, *([project / "content"] if (project := project_of(here)) else [])]
    names = {entry.name: entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir())}
    for guess in (path.name, f"{path.name}.yaml"):
        import difflib

        if near := difflib.get_close_matches(guess, names, n=1, cutoff=0.75):
            return f"did you mean {shorten(names[near[0]]).as_posix()}?"
    return "briefing build without a path builds every brief in content"
