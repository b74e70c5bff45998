"""Copy a theme into a project, for a designer to change."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.project import DEVICE_NAMES, shipped_templates

from .folder import require_inside
from .load import list_themes

#: The brief that shows every style, and how to add house fonts. A theme without them gets those of the standard theme.
SPECIMEN, FONTS = "specimen.yaml", "fonts/README.txt"
_SHARED = (SPECIMEN, FONTS, "specimen")


def copy_theme(source: str, name: str, templates: Path) -> Path:
    """Copy a theme into a project's ``templates`` under a new name, and return the new folder.

    Only the theme's name and description, and the theme named in the specimen, are changed. Themes that it extends are
    not copied. The folder is written completely or not at all. Raises :class:`SetupError` for an invalid or existing
    name and for an unknown source, and :class:`MachineError` if the folder cannot be written.
    """
    _check_name(name, templates)
    files = _files(source, templates)
    written = {path: _adapted(path, data, source, name) for path, data in files.items()}
    target = templates / name
    try:
        templates.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=templates, prefix=".new-") as folder:
            fresh = Path(folder, name)
            for path, data in written.items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(data)
            fresh.rename(target)
    except OSError as error:
        if os.path.lexists(target):
            raise _taken(target) from None
        message = f"the folder {'/'.join(target.parts[-2:])} cannot be written: {error.strerror}"
        raise MachineError(Diagnostic("cannot-write", message, help="see whether you may write there")) from None
    return target


def _check_name(name: str, templates: Path) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name) or name.lower() in DEVICE_NAMES:
        guess = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        advice = "a theme is named like its folder: letters, digits and hyphens"
        if guess and guess not in DEVICE_NAMES:
            advice += f", as in {guess}"
        raise SetupError(Diagnostic("theme-name", f"'{name[:64]}' cannot be the name of a theme", help=advice))
    shipped = [theme.name for theme in shipped_templates().iterdir() if (theme / "theme.yaml").is_file()]
    # In a checkout of the program the shipped themes are in the project, and the error is that the folder exists.
    if name.lower() in shipped and not (templates / name).exists():
        message = f"'{name}' is a theme that comes with the program"
        raise SetupError(Diagnostic("theme-name", message, help="choose another name for your own"))
    entries = sorted(templates.iterdir()) if templates.is_dir() else ()
    taken = next((entry for entry in entries if entry.name.lower() == name.lower()), None)
    if taken is not None:
        raise _taken(taken)


def _taken(folder: Path) -> SetupError:
    message = f"{'/'.join(folder.parts[-2:])} is there already; nothing was copied and nothing overwritten"
    return SetupError(Diagnostic("theme-exists", message, help="choose another name, or move that folder away first"))


def _files(source: str, templates: Path) -> Mapping[str, bytes]:
    """The files of the copy by path: those of the shipped theme, overridden by the project's theme of that name."""
    names = [name for name, *_ in list_themes((templates,) if templates.is_dir() else ())]
    if source not in names:
        near = difflib.get_close_matches(source.lower(), names, n=1)
        advice = f"did you mean {near[0]}? " if near else ""
        message = f"there is no theme '{source}' to copy"
        raise SetupError(Diagnostic("unknown-theme", message, help=f"{advice}themes are: {', '.join(sorted(names))}"))
    standard = shipped_templates() / "standard"
    found = {path: data for path, data in _read(standard).items() if path.split("/")[0] in _SHARED or path in _SHARED}
    for root in (shipped_templates() / source, templates / source):
        found.update(_read(root))  # nothing if there is no such folder
    return found


def _read(folder: Path) -> dict[str, bytes]:
    """All files of a theme's folder, without hidden and backup files."""
    found = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(part.startswith((".", "~")) or part.endswith("~") for part in path.parts):
            require_inside(file, folder)
            try:
                found[path.as_posix()] = file.read_bytes()
            except OSError as error:
                message = f"{'/'.join(folder.parts[-2:])}/{path.as_posix()} cannot be read: {error.strerror}"
                raise MachineError(Diagnostic("unreadable", message)) from None
    return found


def _adapted(path: str, data: bytes, source: str, name: str) -> bytes:
    """The content of a file in the copy."""
    if path == "theme.yaml":
        text = _text(data)
        text = _with_value(text, "description", f"The house style of {name}, made from the theme {source}.")
        return _with_value(text, "name", name).encode()
    if path == SPECIMEN:
        text = re.sub(r"^(\s+theme:\s*)\S+", rf"\g<1>{name}", _text(data), count=1, flags=re.MULTILINE)
        return text.replace("templates/standard/", f"templates/{name}/").encode()
    return data


def _text(data: bytes) -> str:
    """The text of a YAML file in UTF-8, or in UTF-16, which some Windows editors write."""
    return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")


def _with_value(text: str, key: str, value: str) -> str:
    """The text of a YAML mapping with a new value for one key, all else unchanged; a missing key is put first."""
    import yaml

    node = yaml.compose(text, yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    old = next((found for key_node, found in pairs if key_node.value == key), None)
    if old is None:
        first = node.start_mark.index if node is not None else len(text)
        return f"{text[:first]}{key}: {value}\n{text[first:]}"
    start, end = old.start_mark.index, old.end_mark.index
    rest = text[end:]
    # A block scalar ends after its last line, a plain one before the end of its line.
    return f"{text[:start]}{value}{'' if rest[:1] in {chr(10), chr(13), ' ', ''} else chr(10)}{rest}"
