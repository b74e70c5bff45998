"""Write new files; an existing file is never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

#: The paths of a project's schemas, beside the settings of the editor: of content files, and of briefing.yaml.
SCHEMAS = (".vscode/briefing.schema.json", ".vscode/briefing-project.schema.json")


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
