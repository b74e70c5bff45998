"""Create a project: its defaults, its folders, and the settings and schemas of its editor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.project import PROJECT_FILE

from .brief import quoted, text_of, words_of
from .files import SCHEMAS, schema_of, write_new


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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = "a file stands where a folder is wanted" if os.path.lexists(folder) else error.strerror or str(error)
        message = f"{folder.as_posix()} cannot be made: {reason}"
        raise MachineError(Diagnostic("cannot-write", message, help="see whether you may write there")) from None
