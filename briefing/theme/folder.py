"""The files of a theme's folder: YAML, stylesheets, templates and labels, read where they belong and nowhere else."""

from __future__ import annotations

import os
import pickle
import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.diagnostics import Diagnostic, SetupError, Span
from briefing.project import shipped_templates

from . import Template

if TYPE_CHECKING:
    import yaml

__all__ = [
    "keep_inside",
    "labels",
    "lies_in",
    "place",
    "read_file",
    "read_yaml",
    "slip",
    "stylesheets",
    "templates",
]

#: What a stylesheet would fetch with: an address that is not in the file itself, in any spelling, and other sheets.
_FETCHES = re.compile(
    r"@import\b|image(?:-set)?\s*\(|\bsrc\s*\(|\burl\s*\(\s*[\"']?\s*(?!data:|#)[^\s\"')]", re.IGNORECASE
)

#: The largest file of a theme, in bytes, and the most that its YAML may be made of: a theme comes from anywhere.
_LARGEST = 8_000_000
_YAML_SIZE, _EVENTS, _DEPTH, _ALIASES = 1_000_000, 20_000, 32, 100


def read_yaml(file: Path) -> dict[str, Any]:
    """A mapping that stands in a YAML file. Raises :class:`SetupError` for anything else."""
    import yaml

    data = read_file(file, file.parent.parent if file.parent.name == "labels" else file.parent)
    try:
        loaded = pickle.loads(_parsed(data))  # noqa: S301 - our own
    except yaml.MarkedYAMLError as fault:
        raise _unread(file, fault) from None
    except yaml.YAMLError as fault:
        raise slip("theme-yaml", f"cannot be read: {fault}", file) from None
    except (ValueError, OverflowError) as fault:
        raise slip("theme-yaml", f"cannot be read: {fault}", file, "put dates and long numbers in quotes") from None
    if not isinstance(loaded, dict):
        raise slip("theme-yaml", "this is not a theme: it should hold keys such as name, colours, styles", file)
    return {str(key): value for key, value in loaded.items()}


def _unread(file: Path, fault: yaml.MarkedYAMLError) -> SetupError:
    """What the parser says of a theme.yaml, at the line where it stopped."""
    mark = fault.problem_mark or fault.context_mark
    told = slip("theme-yaml", f"this file cannot be read as YAML: {fault.problem}", file, _QUOTE)
    if mark is None:
        return told
    diagnostic = told.diagnostics[0]
    span = Span(diagnostic.file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    lines = file.read_text("utf-8-sig", "replace").splitlines()
    return SetupError(replace(diagnostic, span=span, excerpt=lines[mark.line] if mark.line < len(lines) else ""))


_QUOTE = "often a colon, a quotation mark or an indentation is the cause; values that begin with # need quotation marks"


@lru_cache(maxsize=64)
def _parsed(data: bytes) -> bytes:
    """What the bytes say, pickled: the same few files are read for every brief, and nobody may change what is kept."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(data) > _YAML_SIZE:
        raise yaml.YAMLError(f"a theme's YAML may have {_YAML_SIZE // 1_000_000} MB")
    depth = aliases = 0
    # Bounded event by event before anything is built: a few lines can stand for a billion parts, or end the process.
    for number, event in enumerate(yaml.parse(data, Loader=loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEPTH or aliases > _ALIASES or number > _EVENTS:
            raise ValueError("there is far more in it, or it is nested deeper, than a theme needs")
    loaded = yaml.load(data, Loader=loader)  # noqa: S506 - both are safe loaders
    if aliases:
        _within(loaded, [_EVENTS])
    return pickle.dumps(loaded)


def _within(value: Any, left: list[int]) -> None:
    """Raise ValueError when aliases make more parts of a value than are ``left``."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("its aliases make far more of it than a theme needs")
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        _within(part, left)


def keep_inside(file: Path, root: Path) -> None:
    """Raise :class:`SetupError` for a file that is a way out of its theme's folder."""
    if not lies_in(file, root):
        message = "this file lies outside its theme's folder"
        raise SetupError(Diagnostic("theme-outside", message, file=_shown(file, root)))


def lies_in(file: Path, root: Path) -> bool:
    """Whether a file really lies in a folder: no link and no ``..`` on the way leads out of it."""
    if os.name == "posix" and file.is_relative_to(root):  # elsewhere there is more than links that leads out
        way = file.relative_to(root).parts
        steps = [os.path.join(root, *way[: count + 1]) for count in range(len(way))]  # noqa: PTH118 - many, and quick
        if ".." not in way and not any(map(os.path.islink, steps)):
            return True  # as nearly always; to resolve a whole path takes ten times as long
    return file.resolve().is_relative_to(root.resolve())


def read_file(file: Path, root: Path) -> bytes:
    """The bytes of a file of a theme, which really lies in its folder. Raises :class:`SetupError`."""
    keep_inside(file, root)
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _unreadable("it is not an ordinary file", file, root)
        if state.st_size > _LARGEST:
            raise _unreadable(f"it has more than {_LARGEST // 1_000_000} MB", file, root)
        return file.read_bytes()
    except OSError as fault:
        raise _unreadable(fault.strerror or str(fault), file, root) from None


def _unreadable(why: str, file: Path, root: Path) -> SetupError:
    return SetupError(Diagnostic("theme-unreadable", f"this file cannot be read: {why}", file=_shown(file, root)))


def stylesheets(chain: Sequence[Path], name: str) -> str:
    """The stylesheets of that name, those of the extended themes first, so that the nearest has the last word.

    A sheet that would fetch something is refused: what a page needs stands in the theme, and the page calls nobody.
    """
    sheets = []
    for folder in reversed(chain):
        if (folder / name).is_file():
            text = _read(folder / name, folder)
            if words := _fetched(text):
                raise _fetching(folder / name, text, words)
            sheets.append(text)
    return "\n".join(sheets)


@lru_cache(maxsize=64)
def _fetched(css: str) -> str:
    """The words with which a stylesheet would fetch something; none, as a rule."""
    found = _FETCHES.search(_plain(css))
    return found[0].strip() if found else ""


def _fetching(file: Path, text: str, words: str) -> SetupError:
    """A stylesheet that would fetch something, at its line where the words stand there as they are."""
    advice = "put fonts under faces in theme.yaml, and pictures into the file as data: addresses"
    told = slip("theme-address", f"this stylesheet would fetch something: '{words}…'", file, advice)
    at = text.find(words)
    if at < 0:
        return told
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    span = Span(told.diagnostics[0].file, line, column, line, column + len(words.splitlines()[0]))
    return SetupError(replace(told.diagnostics[0], span=span, excerpt=text.splitlines()[line - 1]))


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
    try:
        return read_file(file, root).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _unreadable("it is not saved as UTF-8", file, root) from None


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
