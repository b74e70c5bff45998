"""Find the folder of a project, which has a ``briefing.yaml`` or a folder ``content``, and that of shipped themes."""

from __future__ import annotations

import os
from pathlib import Path

#: The name of the file with the defaults of all briefs of a project.
PROJECT_FILE = "briefing.yaml"
#: Names that Windows reserves for devices, in any case and with any suffix.
DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
#: The suffixes of content files, in lower case.
CONTENT_SUFFIXES = (".yaml", ".yml")


def is_project(folder: Path) -> bool:
    """Whether a folder is a project's; content files alone do not make it one."""
    return (folder / PROJECT_FILE).is_file() or (folder / "content").is_dir()


def project_of(folder: Path) -> Path | None:
    """The nearest project folder, from this one upwards; None if there is none."""
    return next((f for f in (folder, *folder.parents) if is_project(f)), None)


def find_project(content: Path) -> Path:
    """The folder of a brief's project.

    It is the nearest parent folder with a ``briefing.yaml``, else the parent of ``content``, else the folder of the
    content file. A brief in ``templates`` beside ``content`` is a theme's specimen, and belongs to the project too.
    """
    folder = Path(os.path.abspath(content)).parent  # noqa: PTH100 - resolve() would follow symbolic links
    for above in (folder, *folder.parents):
        if (above / PROJECT_FILE).is_file():
            return above
    for above in (folder, *folder.parents):
        if above.name == "content" or (above.name == "templates" and (above.parent / "content").is_dir()):
            return above.parent
    return folder


def own_templates(project: Path | None) -> tuple[Path, ...]:
    """The folder of a project's own themes, as a tuple, which is empty if there is none."""
    return (project / "templates",) if project is not None and (project / "templates").is_dir() else ()


def shipped_templates() -> Path:
    """The folder of the shipped themes: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"
