"""A draft: one brief as read, with its pictures, and the place of every word in the file it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.diagnostics import Diagnostic, Severity, Span
from briefing.model import BLOCKS, Brief, Project

from .files import ReadFile
from .nodes import Items, Node, Pairs, Scalar

__all__ = ["Draft", "Path", "Picture", "Places", "format_path"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, loaded and checked. ``width`` and ``height`` are its natural size in CSS px."""

    name: str
    data: bytes
    media_type: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where each field of a file stands.

    A path is a tuple of keys and indexes: ``("sections", 1, "body", 0, "pull_quote", "text")``. The path of the model,
    which leaves out the name of the block and spells short forms out, is understood as well.
    """

    file: str
    lines: tuple[str, ...]
    root: Node | None

    def span(self, path: Path, fragment: str = "", offset: int = -1) -> Span | None:
        """The place of a field, or of the nearest field around it; with ``fragment``, of those words in it."""
        node, real = self._find(path)
        if node is None:
            return None
        if isinstance(node, Scalar):
            if fragment:
                return self.within(node, fragment, offset)
            return node.span
        return self.key_span(real) or node.span

    def key_span(self, path: Path) -> Span | None:
        """The place of the key that a path ends with; of a list's item, the place of its beginning."""
        if not path:
            return self.root.span if self.root is not None else None
        parent, _, whole = self._follow(path[:-1])
        if isinstance(parent, Pairs) and whole:
            pair = parent.get(str(path[-1]))
            if pair is not None:
                return pair[0].span
        node, _ = self._find(path)
        return node.span if node is not None else None

    def real(self, path: Path) -> Path:
        """The longest beginning of a path that stands in the file, with the names of blocks put in."""
        return self._find(path)[1]

    def source(self, path: Path) -> str:
        """The text of a field as the parser hands it over; empty for a list or a mapping."""
        node, _ = self._find(path)
        return node.text if isinstance(node, Scalar) else ""

    def node(self, path: Path) -> Node | None:
        """The node of a field, or of the nearest around it."""
        return self._find(path)[0]

    def excerpt(self, span: Span | None) -> str:
        """The line of the file that a span starts on."""
        return self.lines[span.line - 1] if span is not None and span.line <= len(self.lines) else ""

    def diagnostic(
        self,
        code: str,
        message: str,
        path: Path,
        *,
        fragment: str = "",
        offset: int = -1,
        label: str = "",
        help: str = "",  # noqa: A002
        severity: Severity = Severity.ERROR,
        key: bool = False,
    ) -> Diagnostic:
        """A diagnostic about a field, with its place and excerpt; ``key`` marks the key instead of the value."""
        span = self.key_span(path) if key else self.span(path, fragment, offset)
        return Diagnostic(code, message, severity, span, label, help, self.excerpt(span), self.file)

    def _find(self, path: Path) -> tuple[Node | None, Path]:
        node, real, _ = self._follow(path)
        return node, real

    def _follow(self, path: Path) -> tuple[Node | None, Path, bool]:
        """The last node on a path, the way to it as the file has it, and whether the path was followed to its end."""
        node, real = self.root, list[str | int]()
        for step in path:
            below = _step(node, step)
            if below is None:
                return node, tuple(real), False
            node, steps = below
            real.extend(steps)
        return node, tuple(real), True

    def within(self, node: Scalar, fragment: str, offset: int = -1) -> Span:
        """The place of words in a scalar: exact in a literal block and a plain value of one line, else the whole."""
        return (self._inside(node, fragment, offset) if fragment else None) or node.span

    def without(self, paths: Iterable[Path], keys: Iterable[str] = ()) -> Places:
        """The places of what is left when some fields are dropped.

        Indexes are those of the rest, no dropped line is kept, and citations of ``keys`` are overwritten.
        """
        gone = {real for path in paths if (real := self.real(path))}
        mask = _mask(keys)
        root = _pruned(self.root, (), gone, mask)
        kept = {line for span in _spans(root) for line in range(span.line, span.end_line + 1)}
        lines = tuple(mask(line) if number in kept else "" for number, line in enumerate(self.lines, start=1))
        return Places(self.file, lines, root)

    def path_at(self, line: int, column: int) -> Path:
        """The path of the field that stands at a place, both counted from 1; () where there is none."""
        node, path = self.root, []
        while isinstance(node, Items | Pairs):
            below = (
                [(index, item, _start(item)) for index, item in enumerate(node.items)]
                if isinstance(node, Items)
                else [(key.text, value, (key.span.line, key.span.column)) for key, value in node.pairs]
            )
            before = [(step, item) for step, item, start in below if start <= (line, column)]
            if not before:
                break
            step, node = before[-1]
            path.append(step)
        return tuple(path)

    def _inside(self, node: Scalar, fragment: str, offset: int) -> Span | None:
        """The place of words inside a literal block or a plain scalar of one line; elsewhere it is not known."""
        at = offset if offset >= 0 and node.text.startswith(fragment, offset) else node.text.find(fragment)
        if at < 0:
            return None
        if node.style == "|":
            start_line, start = _literal(node, at, self.lines)
            end_line, end = _literal(node, at + len(fragment), self.lines)
            return Span(self.file, start_line, start, end_line, end)
        one_line = node.span.line == node.span.end_line
        if not node.style and one_line and node.span.end_column - node.span.column == len(node.text):
            start = node.span.column + at
            return Span(self.file, node.span.line, start, node.span.line, start + len(fragment))
        return None


def _mask(keys: Iterable[str]) -> Callable[[str], str]:
    """Overwrites citations of some keys, letter by letter, so that all other places stay the same."""
    names = "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))
    if not names:
        return lambda text: text
    # In running text a key stands behind @; alone it is the value of ``source:``. Elsewhere it is a word like others.
    pattern = re.compile(rf"(?<=@)(?:{names})(?![\w-])|^(?:{names})$|(?<=source: )(?:{names})$")
    return lambda text: pattern.sub(lambda match: "x" * len(match[0]), text)


def _pruned(node: Node | None, path: Path, gone: set[Path], mask: Callable[[str], str]) -> Node | None:
    if isinstance(node, Scalar):
        return replace(node, text=mask(node.text))
    if isinstance(node, Items):
        kept = (_pruned(item, (*path, n), gone, mask) for n, item in enumerate(node.items) if (*path, n) not in gone)
        return Items(tuple(below for below in kept if below is not None), node.span)
    if isinstance(node, Pairs):
        pairs = tuple(
            (key, below)
            for key, value in node.pairs
            if (*path, key.text) not in gone and (below := _pruned(value, (*path, key.text), gone, mask)) is not None
        )
        return Pairs(pairs, node.span)
    return None


def _spans(node: Node | None) -> Iterator[Span]:
    if isinstance(node, Scalar):
        yield node.span
    elif isinstance(node, Items):
        for item in node.items:
            yield from _spans(item)
    elif isinstance(node, Pairs):
        for key, value in node.pairs:
            yield key.span
            yield from _spans(value)


def _start(node: Node) -> tuple[int, int]:
    return node.span.line, node.span.column


def _literal(node: Scalar, offset: int, lines: Sequence[str]) -> tuple[int, int]:
    """Line and column of an offset in a literal block: its lines are lines of the file, less the indentation."""
    before = node.text[:offset]
    row = before.count("\n")
    inside = node.text.split("\n")[row]
    line = node.span.line + 1 + row
    raw = lines[line - 1] if line <= len(lines) else ""
    indentation = max(len(raw) - len(inside), 0)
    return line, indentation + offset - (before.rfind("\n") + 1) + 1


def _step(node: Node | None, step: str | int) -> tuple[Node, list[str | int]] | None:
    """One step down, and what the file calls it; short forms and names of blocks are stepped over."""
    if isinstance(node, Items):
        if isinstance(step, str):
            return node, []
        return (node.items[step], [step]) if 0 <= step < len(node.items) else None
    if isinstance(node, Pairs):
        pair = node.get(str(step))
        if pair is not None:
            return pair[1], [pair[0].text]
        if len(node.pairs) == 1:
            key, value = node.pairs[0]
            if key.text in BLOCKS:
                below = _step(value, step)
                return (below[0], [key.text, *below[1]]) if below else (value, [key.text])
            if step == "text":
                return value, [key.text]
            if step == "when":
                return key, [key.text]
    return None


def format_path(path: Path) -> str:
    """A path as people write it: ``sections[1].body[0].text``, ``fact_box.facts["Head of state"]``."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        elif re.fullmatch(r"[A-Za-z_]\w*", step, re.ASCII):
            out += f".{step}" if out else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            out += f'["{quoted}"]'
    return out


@dataclass(frozen=True, slots=True)
class Draft:
    """One brief as read: the content, its pictures by the names in the content, the places, warnings, files read.

    ``original`` is the brief that this one translates; ``original_problem`` says why there is none.
    """

    name: str
    file: str
    brief: Brief
    project: Project
    pictures: Mapping[str, Picture]
    places: Places
    diagnostics: tuple[Diagnostic, ...] = ()
    read_files: tuple[ReadFile, ...] = ()
    project_file: str = ""
    original: Brief | None = None
    original_problem: str = ""
