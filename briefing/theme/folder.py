"""The files of a theme's folder: YAML, stylesheets, templates and labels, read where they belong and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, SetupError, Span

from . import Template

__all__ = ["labels", "place", "read_yaml", "shipped_templates", "slip", "stylesheets", "templates"]

#: What a stylesheet would fetch with: an address that is not in the file itself, in any spelling, and other sheets.
_FETCHES = re.compile(r"@import\b|image-set\s*\(|\bsrc\s*\(|\burl\s*\(\s*[\"']?\s*(?!data:|#)[^\s\"')]", re.IGNORECASE)


def shipped_templates() -> Path:
    """The folder of the themes that come with the program: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_yaml(file: Path) -> dict[str, Any]:
    """A mapping that stands in a YAML file. Raises :class:`SetupError` for anything else."""
    import yaml

    try:
        loaded = deepcopy(_parsed(file.read_bytes()))
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise slip("theme-yaml", f"line {line}: {fault.problem}", file) from None
    except (yaml.YAMLError, OSError) as fault:
        raise slip("theme-yaml", f"cannot be read: {fault}", file) from None
    if not isinstance(loaded, dict):
        raise slip("theme-yaml", "this is not a theme: it should hold keys such as name, colours, styles", file)
    return {str(key): value for key, value in loaded.items()}


@lru_cache(maxsize=64)
def _parsed(data: bytes) -> Any:
    """What the bytes say. The same few files are read for every brief, so what they said last is kept."""
    import yaml

    return yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def stylesheets(chain: Sequence[Path], name: str) -> str:
    """The stylesheets of that name, those of the extended themes first, so that the nearest has the last word.

    A sheet that would fetch something is refused: what a page needs stands in the theme, and the page calls nobody.
    """
    sheets = []
    for folder in reversed(chain):
        if (folder / name).is_file():
            text = _read(folder / name, folder)
            found = _FETCHES.search(_plain(text))
            if found:
                raise slip(
                    "theme-address",
                    f"this stylesheet would fetch something: '{found[0].strip()}…'",
                    folder / name,
                    "put fonts under faces in theme.yaml, and pictures into the file as data: addresses",
                )
            sheets.append(text)
    return "\n".join(sheets)


def _plain(css: str) -> str:
    """A stylesheet with its escapes spelled out, so that no spelling of ``url(`` hides. Comments are looked at too."""
    spelled = re.sub(
        r"\\([0-9a-fA-F]{1,6})\s?", lambda m: chr(int(m[1], 16)) if 0 < int(m[1], 16) < 0x110000 else "\ufffd", css
    )
    return re.sub(r"\\(.)", r"\1", spelled)


def templates(chain: Sequence[Path], folders: Sequence[Path]) -> dict[str, Template]:
    """All templates by the names that ``extends`` and ``include`` use, the nearest of each name.

    A project's ``templates/`` comes first, then the theme and what it extends; ``shipped/THEME/…`` always means the one
    that came with the program, so that an override can extend what it overrides.
    """
    shipped = shipped_templates()
    found: dict[str, Template] = {}
    known: dict[Path, Template] = {}

    def read(file: Path, root: Path) -> Template:
        if file not in known:
            known[file] = Template(_read(file, root), _shown(file, root))
        return known[file]

    for root in reversed([*folders, *chain]):
        names = sorted(root.glob("*.j2") if root in folders else root.rglob("*.j2"))
        found.update({file.relative_to(root).as_posix(): read(file, root) for file in names})
    for root in sorted(folder for folder in shipped.iterdir() if (folder / "theme.yaml").is_file()):
        for file in sorted(root.rglob("*.j2")):
            found[f"shipped/{root.name}/{file.relative_to(root).as_posix()}"] = read(file, root)
    return found


def labels(chain: Sequence[Path]) -> dict[str, dict[str, str]]:
    """The label files of the theme and what it extends, key by key, by language."""
    words: dict[str, dict[str, str]] = {}
    for folder in reversed(chain):
        for file in sorted((folder / "labels").glob("*.yaml")):
            own = {key: str(value) for key, value in read_yaml(file).items()}
            words[file.stem] = {**words.get(file.stem, {}), **own}
    return words


def _read(file: Path, root: Path) -> str:
    """The text of a file that really lies in its theme's folder."""
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root)):
        message = "this file lies outside its theme's folder"
        raise SetupError(Diagnostic("theme-outside", message, file=_shown(file, root)))
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"this file cannot be read: {fault}"
        raise SetupError(Diagnostic("theme-unreadable", message, file=_shown(file, root))) from None


def _shown(file: Path, root: Path) -> str:
    """A theme's file as messages name it."""
    inside = file.relative_to(root).as_posix()
    return f"templates/{inside}" if root.name == "templates" else f"templates/{root.name}/{inside}"


def slip(code: str, message: str, file: Path, help_: str = "", at: Sequence[str] = ()) -> SetupError:
    """The error that a designer's slip raises, with the file that it is in, and the place of a key of theme.yaml."""
    shown = f"templates/{file.parent.name}/{file.name}"
    span, excerpt = place(file, at) if at else (None, "")
    return SetupError(Diagnostic(code, message, file=shown, help=help_, span=span, excerpt=excerpt))


def place(file: Path, at: Sequence[str]) -> tuple[Span | None, str]:
    """Where a key stands in a theme.yaml, and its line: ``("faces", "sans", "bold")``, or as near as there is one."""
    import yaml

    text = file.read_text("utf-8-sig", "replace") if file.is_file() else ""
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None, ""
    key = None
    for step in at:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next(((k, value) for k, value in pairs if k.value == step), None)
        if found is None:
            break
        key, node = found
    if key is None or node is None:
        return None, ""
    start, end = key.start_mark, node.end_mark
    if end.line != start.line:
        end = key.end_mark
    shown = f"templates/{file.parent.name}/{file.name}"
    span = Span(shown, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return span, text.splitlines()[start.line]
