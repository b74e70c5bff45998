"""New files: none that is there is ever overwritten, and what cannot be written is told in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

__all__ = ["SCHEMAS", "project_schema_of", "schema_of", "write_new"]

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


def schema_of(project: Path) -> tuple[Path, bool]:
    """The project's schema of a content file, and whether it has just been written. Raises :class:`MachineError`."""
    return _schema(project, SCHEMAS[0], project_file=False)


def project_schema_of(project: Path) -> tuple[Path, bool]:
    """The project's schema of ``briefing.yaml``, and whether it has just been written."""
    return _schema(project, SCHEMAS[1], project_file=True)


def _schema(project: Path, name: str, *, project_file: bool) -> tuple[Path, bool]:
    for place in _PLACES:
        path = project / place / Path(name).name
        if path.is_file():
            return path, False
    from briefing.reading.schema import schema_text

    path, text = project / name, schema_text(project=project_file)
    return path, write_new(path, text)


def _unwritten(path: Path, slip: OSError) -> MachineError:
    message = f"{path.as_posix()} cannot be written: {slip.strerror or slip}"
    return MachineError(Diagnostic("cannot-write", message, help="see whether you may write there"))
