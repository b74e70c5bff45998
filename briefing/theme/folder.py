"""Read the files of a theme's folder: YAML, stylesheets, templates and labels, and nothing outside the folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, SetupError, Span, errors
from briefing.parser import ParsedFile, parse_yaml
from briefing.parser.nodes import InvalidScalar, MappingNode, plain_data
from briefing.project import shipped_templates

from . import Template

#: CSS that loads something: imports, image functions, and addresses other than ``data:`` and ``#``.
_FETCHES = re.compile(
    r"@import\b|image(?:-set)?\s*\(|\bsrc\s*\(|\burl\s*\(\s*[\"']?\s*(?!data:|#)[^\s\"')]", re.IGNORECASE
)

#: The largest file of a theme, in bytes.
_LARGEST = 8_000_000


def read_yaml(file: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises :class:`SetupError` for anything else."""
    parsed = _parsed(read_file(file, file.parent.parent if file.parent.name == "labels" else file.parent), _shown(file))
    source_map = parsed.source_map
    if found := errors(parsed.diagnostics):  # the others are often consequences of the first one
        message = f"this file cannot be read as YAML: {found[0].message}"
        raise SetupError(replace(found[0], code="theme-yaml", message=message))
    try:
        data = plain_data(source_map.root)
    except InvalidScalar as error:
        message, excerpt = f"cannot be read: {error}", source_map.excerpt(error.span)
        setup_error = theme_error("theme-yaml", message, file, "put dates and long numbers in quotes")
        raise SetupError(replace(setup_error.diagnostics[0], span=error.span, excerpt=excerpt)) from None
    if not isinstance(data, dict):
        raise theme_error("theme-yaml", "this is not a theme: it should hold keys such as name, colours, styles", file)
    return data


@lru_cache(maxsize=64)  # all briefs of a run have the same few themes
def _parsed(data: bytes, shown: str) -> ParsedFile:
    return parse_yaml(data, shown)


def require_inside(file: Path, root: Path) -> None:
    """Raise :class:`SetupError` for a path that leads out of its theme's folder."""
    if not is_inside(file, root):
        message = "this file lies outside its theme's folder"
        raise SetupError(Diagnostic("theme-outside", message, file=_shown_path(file, root)))


def is_inside(file: Path, root: Path) -> bool:
    """Whether a file is really in a folder: no symbolic link and no ``..`` leads out of it."""
    if os.name == "posix" and file.is_relative_to(root):  # Windows has more than symbolic links
        inner = file.relative_to(root).parts
        steps = [os.path.join(root, *inner[: count + 1]) for count in range(len(inner))]  # noqa: PTH118 - many, and quick
        if ".." not in inner and not any(map(os.path.islink, steps)):
            return True  # the usual case; resolving the whole path takes ten times as long
    return file.resolve().is_relative_to(root.resolve())


def read_file(file: Path, root: Path) -> bytes:
    """The bytes of a file in a theme's folder. Raises :class:`SetupError` if it is outside or cannot be read."""
    require_inside(file, root)
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _unreadable("it is not an ordinary file", file, root)
        if state.st_size > _LARGEST:
            raise _unreadable(f"it has more than {_LARGEST // 1_000_000} MB", file, root)
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(error.strerror or str(error), file, root) from None


def _unreadable(reason: str, file: Path, root: Path) -> SetupError:
    return SetupError(
        Diagnostic("theme-unreadable", f"this file cannot be read: {reason}", file=_shown_path(file, root))
    )


def stylesheets(chain: Sequence[Path], name: str) -> str:
    """The stylesheets with this name, joined; those of extended themes come first, so that the nearest overrides them.

    One that a project has copied without a change from the program counts once.
    A stylesheet that loads something is refused, because an output must make no network requests.
    """
    sheets: list[str] = []
    for folder in reversed(chain):
        if (folder / name).is_file():
            text = _read_text(folder / name, folder)
            if words := _fetching_words(text):
                raise _fetching_error(folder / name, text, words)
            if text not in sheets:
                sheets.append(text)
    return "\n".join(sheets)


@lru_cache(maxsize=64)
def _fetching_words(css: str) -> str:
    """The first part of a stylesheet that loads something; empty if there is none."""
    found = _FETCHES.search(_without_escapes(css))
    return found[0].strip() if found else ""


def _fetching_error(file: Path, text: str, words: str) -> SetupError:
    """The error for a stylesheet that loads something, with its line if the words are literally in the file."""
    advice = "put fonts under faces in theme.yaml, and pictures into the file as data: addresses"
    setup_error = theme_error("theme-address", f"this stylesheet would fetch something: '{words}…'", file, advice)
    at = text.find(words)
    if at < 0:
        return setup_error
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    span = Span(setup_error.diagnostics[0].file, line, column, line, column + len(words.splitlines()[0]))
    return SetupError(replace(setup_error.diagnostics[0], span=span, excerpt=text.splitlines()[line - 1]))


def _without_escapes(css: str) -> str:
    """The stylesheet with its escapes decoded, so that ``url(`` cannot be hidden. Comments are kept and checked too."""
    spelled = re.sub(
        r"\\([0-9a-fA-F]{1,6})\s?", lambda m: chr(int(m[1], 16)) if 0 < int(m[1], 16) < 0x110000 else "\ufffd", css
    )
    return re.sub(r"\\(.)", r"\1", spelled)


def templates(chain: Sequence[Path], folders: Sequence[Path]) -> dict[str, Template]:
    """All templates by the names that ``extends`` and ``include`` use, the nearest for each name.

    A project's ``templates/`` is searched first, then the theme and those that it extends. ``shipped/THEME/…`` is
    always the program's own template, so that an override can extend it.
    """
    shipped = shipped_templates()
    found: dict[str, Template] = {}
    known: dict[Path, Template] = {}

    def read(file: Path, root: Path) -> Template:
        if file not in known:
            known[file] = Template(_read_text(file, root), _shown_path(file, root))
        return known[file]

    for root in reversed([*folders, *chain]):
        names = sorted(root.glob("*.j2") if root in folders else root.rglob("*.j2"))
        found.update({file.relative_to(root).as_posix(): read(file, root) for file in names})
    for root in sorted(folder for folder in shipped.iterdir() if (folder / "theme.yaml").is_file()):
        for file in sorted(root.rglob("*.j2")):
            found[f"shipped/{root.name}/{file.relative_to(root).as_posix()}"] = read(file, root)
    return found


class Labels(Mapping[str, Mapping[str, str]]):
    """The labels of the theme and of those that it extends, merged by key, by language.

    The files of a language are read when it is asked for, because a brief needs two of many. A file that cannot be
    read raises SetupError then; one that lies outside the theme's folder raises it at once.
    """

    def __init__(self, chain: Sequence[Path]) -> None:
        self._folders = tuple(folder / "labels" for folder in reversed(chain))
        for folder in self._folders:
            for file in folder.glob("*.yaml"):
                require_inside(file, folder.parent)

    def __getitem__(self, language: str) -> Mapping[str, str]:
        """The labels of a language. Raises KeyError if it has none."""
        files = [folder / f"{language}.yaml" for folder in self._folders if (folder / f"{language}.yaml").is_file()]
        if not files:
            raise KeyError(language)
        return {key: str(value) for file in files for key, value in read_yaml(file).items()}

    def __iter__(self) -> Iterator[str]:
        """The languages, sorted."""
        return iter(sorted({file.stem for folder in self._folders for file in folder.glob("*.yaml")}))

    def __len__(self) -> int:
        """The number of languages."""
        return len(list(iter(self)))


def _read_text(file: Path, root: Path) -> str:
    """The text of a file in its theme's folder. Raises :class:`SetupError`."""
    try:
        return read_file(file, root).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _unreadable("it is not saved as UTF-8", file, root) from None


def _shown_path(file: Path, root: Path) -> str:
    """The path of a theme's file for messages."""
    inside = file.relative_to(root).as_posix()
    return f"templates/{inside}" if root.name == "templates" else f"templates/{root.name}/{inside}"


def theme_error(code: str, message: str, file: Path, help_: str = "", at: Sequence[str] = ()) -> SetupError:
    """An error in a theme, with its file and, if ``at`` is given, the position of that key in theme.yaml."""
    span, excerpt = place(file, at) if at else (None, "")
    return SetupError(Diagnostic(code, message, file=_shown(file), help=help_, span=span, excerpt=excerpt))


def _shown(file: Path) -> str:
    """The path of a theme's YAML file for messages."""
    return f"templates/{file.parent.name}/{file.name}"


def place(file: Path, at: Sequence[str]) -> tuple[Span | None, str]:
    """The position of a key such as ``("faces", "sans", "bold")``, or of its nearest parent, and its line."""
    source_map = _parsed(file.read_bytes() if file.is_file() else b"", _shown(file)).source_map
    node, span = source_map.root, None
    for step in at:
        pair = node.get(step) if isinstance(node, MappingNode) else None
        if pair is None:
            break
        key, node = pair
        is_one_line = node.span.end_line == key.span.line
        span = replace(key.span, end_column=node.span.end_column) if is_one_line else key.span
    return span, source_map.excerpt(span)
