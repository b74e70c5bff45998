"""What a theme was read from, and where a file of a project's own would have taken part in it."""

from __future__ import annotations

from pathlib import Path

from briefing.inputs import Input, file_input, kind_input, names, names_input

from . import Theme

__all__ = ["files_below", "theme_inputs"]


def files_below(templates: Path) -> dict[Path, Input]:
    """The files of a project's templates as they are now; none where there is no such folder."""
    return {templates / name: file_input(str(templates / name)) for name in names(str(templates))}


def theme_inputs(theme: Theme, templates: Path, before: dict[Path, Input]) -> tuple[Input, ...]:
    """The inputs of a theme that the project's ``templates`` has a part in; the shipped themes are the program's.

    ``before`` are the files as they were before the theme was read. Of one that has changed since, nobody can say what
    was read: it is noted in such a way that it will be found to have changed.
    """
    folders = [templates / name for name in dict.fromkeys(folder.name for folder in theme.folders)]
    found = [kind_input(str(folder)) for folder in (templates, *folders)]
    own = [folder for folder in folders if folder.is_dir()]
    found += [names_input(str(templates), ".j2"), *(names_input(str(folder)) for folder in own)]
    for file, seen in before.items():
        if file.parent == templates or any(file.is_relative_to(folder) for folder in own):
            same = file_input(str(file))[:3] == seen[:3]
            found.append(seen if same else ("file", str(file), "", ""))
    return tuple(found)
