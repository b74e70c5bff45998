"""New files: none that is there is ever overwritten, and what cannot be written is told in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

__all__ = ["SCHEMAS", "find_schema", "schema_of", "write_new"]

#: Where a project keeps the schemas for its editor, beside the editor's settings: of briefs, and of briefing.yaml.
SCHEMAS = (".vscode/briefing.schema.json", ".vscode/briefing-project.schema.json")
#: Where else they may lie.
_PLACES = ("", "docs/")


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; whether it was written. Raises :class:`MachineError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode())
    except OSError as slip:
        if os.path.lexists(path) and isinstance(slip, FileExistsError):
            return False
        raise _unwritten(path, slip) from None
    return True


def find_schema(project: Path, *, project_file: bool = False) -> Path | None:
    """The schema of a content file, or of ``briefing.yaml``, that the project has already."""
    name = SCHEMAS[project_file]
    places = (project / name, *(project / place / Path(name).name for place in _PLACES))
    return next((path for path in places if path.is_file()), None)


def schema_of(project: Path, *, project_file: bool = False) -> tuple[Path, bool]:
    """The project's schema, and whether it has just been written. Raises :class:`MachineError`."""
    there = find_schema(project, project_file=project_file)
    if there is not None:
        return there, False
    from briefing.reading.schema import schema_text

    path = project / SCHEMAS[project_file]
    return path, write_new(path, schema_text(project=project_file))


def _unwritten(path: Path, slip: OSError) -> MachineError:
    message = f"{path.as_posix()} cannot be written: {slip.strerror or slip}"
    return MachineError(Diagnostic("cannot-write", message, help="see whether you may write there"))
