"""Create a project: its defaults, its folders, and the settings and schemas of its editor.

An existing file is never overwritten.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.project import PROJECT_FILE

from .brief import quoted, text_of, words_of

#: The paths of a project's schemas, beside the settings of the editor: of content files, and of briefing.yaml.
SCHEMAS = (".vscode/briefing.schema.json", ".vscode/briefing-project.schema.json")


@dataclass(frozen=True, slots=True)
class Begun:
    """The files of a new project: those that were written, and those that existed and were left unchanged."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def begin_project(folder: Path, language: str) -> Begun:
    """Make a folder a project; existing files are left unchanged.

    Raises :class:`SetupError` if it is a project already, and :class:`MachineError` if a file cannot be written.
    """
    content = folder / "content"
    if (folder / PROJECT_FILE).exists() or (content.is_dir() and any(content.iterdir())):
        message = f"{folder.as_posix()} is a project already"
        raise SetupError(Diagnostic("project-exists", message, help="briefing new NAME adds a brief to it"))
    brief_schema, project_schema = SCHEMAS
    series = quoted(words_of(language)["series"])
    schemas = {"brief_schema": f"./{brief_schema}", "project_schema": f"./{project_schema}"}
    texts = {
        PROJECT_FILE: text_of("briefing.yaml", schema=project_schema, series=series, language=language),
        "templates/README.md": text_of("templates"),
        ".vscode/settings.json": text_of("settings.json", **schemas),
        ".vscode/extensions.json": text_of("extensions.json"),
        ".gitignore": text_of("gitignore"),
    }
    done = [(folder / name, write_new(folder / name, text)) for name, text in texts.items()]
    done += [schema_of(folder), schema_of(folder, project_file=True)]
    for name in ("content", "output"):
        _make_folder(folder / name)
    return Begun(tuple(path for path, written in done if written), tuple(path for path, written in done if not written))


def write_new(path: Path, text: str) -> bool:
    """Write a file unless it exists; returns whether it was written. Raises :class:`MachineError` if that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode())
    except OSError as error:
        if os.path.lexists(path) and isinstance(error, FileExistsError):
            return False
        message = f"{path.as_posix()} cannot be written: {error.strerror or error}"
        raise MachineError(Diagnostic("cannot-write", message, help="see whether you may write there")) from None
    return True


def find_schema(project: Path, *, project_file: bool = False) -> Path | None:
    """The path of the project's schema of content files, or of ``briefing.yaml``; None if there is none.

    It is looked for beside the editor's settings, in the project's folder, and in ``docs``.
    """
    name = SCHEMAS[project_file]
    places = (name, Path(name).name, f"docs/{Path(name).name}")
    return next((path for path in map(project.joinpath, places) if path.is_file()), None)


def schema_of(project: Path, *, project_file: bool = False) -> tuple[Path, bool]:
    """The path of the project's schema, which is written if there is none, and whether it was written.

    Raises :class:`MachineError` if it cannot be written.
    """
    existing = find_schema(project, project_file=project_file)
    if existing is not None:
        return existing, False
    from briefing.reading.schema import schema_text

    path = project / SCHEMAS[project_file]
    return path, write_new(path, schema_text(project=project_file))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = "a file stands where a folder is wanted" if os.path.lexists(folder) else error.strerror or str(error)
        message = f"{folder.as_posix()} cannot be made: {reason}"
        raise MachineError(Diagnostic("cannot-write", message, help="see whether you may write there")) from None
