"""Find the content files that a command is called with, and the folders of their outputs."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import CONTENT_SUFFIXES, PROJECT_FILE, find_project, project_of


@dataclass(frozen=True, slots=True)
class BriefPath:
    """A content file, its project's folder, and the folder of its outputs, relative to the output folder."""

    content: Path
    project: Path
    place: Path


def find_briefs(paths: Sequence[str], here: Path) -> tuple[BriefPath, ...]:
    """The briefs of the paths, sorted, each once; without a path, those of the project that ``here`` is in.

    Raises :class:`SetupError` if a path does not exist or has no brief.
    """
    found: dict[Path, BriefPath] = {}
    for brief in _at_paths(paths, here) if paths else _in_folder(require_project(here, "name a content file")):
        found.setdefault(brief.content, brief)
    return tuple(found[content] for content in sorted(found))


def require_project(here: Path, alternative: str) -> Path:
    """The project's folder. Raises :class:`SetupError`, with the ``alternative`` to going there, if there is none."""
    project = project_of(here)
    if project is None:
        message = "this is no project: there is no briefing.yaml and no folder 'content' here or above"
        raise SetupError(Diagnostic("no-project", message, help=f"go to the project's folder, or {alternative}"))
    return project


def output_folders(briefs: Iterable[BriefPath], output: Path | None, suffix: str = "") -> dict[BriefPath, Path]:
    """The folder of each brief's outputs. Raises :class:`SetupError` if two briefs would overwrite each other.

    ``suffix`` is the addition of the edition to the file name, such as "-handout".
    """
    folders: dict[BriefPath, Path] = {}
    taken: dict[str, BriefPath] = {}
    for brief in briefs:
        folder = (_own_output(brief.project) if output is None else output) / brief.place
        target = folder / f"{brief.content.stem}{suffix}"
        # File names on Windows and macOS ignore case; macOS also ignores how an accented letter is encoded.
        key = unicodedata.normalize("NFC", str(target)).casefold()
        if key in taken:
            one, other = (shown(b.content) for b in (taken[key], brief))
            message = f"{one} and {other} would both become {shown(target)}"
            advice = "rename one of them, or build them into different folders"
            raise SetupError(Diagnostic("same-output", message, help=advice))
        if brief.content.stem.endswith("-handout"):
            message = "the name of a content file cannot end in -handout: the handout of another brief is called so"
            file = shown(brief.content)
            raise SetupError(Diagnostic("handout-name", message, file=file, help="rename the file"))
        taken[key] = brief
        folders[brief] = folder
    return folders


def _own_output(project: Path) -> Path:
    """The project's ``output``. Raises :class:`SetupError` if it is a symbolic link out of the project."""
    folder = project / "output"
    if folder.is_symlink() and not folder.resolve().is_relative_to(project.resolve()):
        message = f"{shown(folder)} is a link to a folder outside the project"
        raise SetupError(Diagnostic("output-outside", message, help="name the folder that is meant with --output"))
    return folder


def relative_path(path: Path) -> Path:
    """The path relative to the current folder if it is inside it, else unchanged."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def shown(path: Path | str) -> str:
    """A path as messages show it: relative to the current folder if it is inside it, with forward slashes."""
    return relative_path(Path(path)).as_posix()


def _at_paths(paths: Sequence[str], here: Path) -> Iterator[BriefPath]:
    for name in paths:
        path = Path(os.path.normpath(here / name))
        # The shells of Windows do not expand wildcards.
        if matches := _expand_wildcards(path):
            yield from _at_paths(matches, here)
        elif path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            message = f"there is no file or folder '{name}'"
            raise SetupError(Diagnostic("no-content", message, help=_similar(path, here)))
        elif not _is_content(path):
            what = "holds the defaults of a project" if path.name == PROJECT_FILE else "is no content file"
            raise SetupError(Diagnostic("no-content", f"'{name}' {what}", help="name a .yaml file with a brief in it"))
        else:
            yield _brief_path(path, path.parent)


def _expand_wildcards(path: Path) -> list[str]:
    """The folders and content files that match a path with wildcards."""
    if not glob.has_magic(str(path)) or path.exists():
        return []
    found = (Path(match) for match in sorted(glob.glob(str(path))))  # noqa: PTH207 - the folders may have wildcards too
    return [str(path) for path in found if path.is_dir() or _is_content(path)]


def _is_content(path: Path) -> bool:
    """Whether a path has the name of a content file."""
    return path.suffix.lower() in CONTENT_SUFFIXES and path.name != PROJECT_FILE


def _in_folder(folder: Path) -> Iterator[BriefPath]:
    """All content files in a folder, or in its ``content`` if it has one."""
    root = folder / "content" if (folder / "content").is_dir() else folder
    paths = ((path, path.relative_to(root).parts) for path in sorted(root.rglob("*")))
    files = [
        path
        for path, parts in paths
        if _is_content(path)
        and path.is_file()
        and not any(part.startswith(".") for part in parts)
        and parts[0] != "templates"  # it holds labels, and the specimens of themes
    ]
    if not files:
        message = f"there is no content file in {shown(root)}"
        raise SetupError(Diagnostic("no-content", message, help="a content file's name ends in .yaml"))
    yield from (_brief_path(path, root) for path in files)


def _brief_path(path: Path, root: Path) -> BriefPath:
    project = find_project(path)
    content = project / "content"
    return BriefPath(path, project, path.parent.relative_to(content if path.is_relative_to(content) else root))


def _similar(path: Path, here: Path) -> str:
    """The help text for a path that does not exist: a similar name in its folder or the project, if there is one."""
    folders = [path.parent, *([project / "content"] if (project := project_of(here)) else [])]
    names = {entry.name: entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir())}
    for guess in (path.name, f"{path.name}.yaml"):
        import difflib

        if near := difflib.get_close_matches(guess, names, n=1, cutoff=0.75):
            return f"did you mean {shown(names[near[0]])}?"
    return "briefing build without a path builds every brief in content"
