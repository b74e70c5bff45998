"""The edition as templates see it: read-only views with their paths in the content file.

A view has the fields of its part of the model. Text is a :class:`Text`, which prints as markup. ``at`` is the
``data-path`` attribute for its element; it is empty in a handout, which has no traces of the content file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from briefing.markup.markdown import bullets, line, plain, plain_line, prose
from briefing.model import BLOCKS, InlineMarkdown, Markdown, MarkdownList, Model
from briefing.model.data_path import DataPath, format_path
from briefing.parser.source_map import SourceMap

from .tree import Element, parse_markup, to_markup


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The text of one field. A template prints ``markup``; ``plain`` is the same without markup."""

    source: str
    markup: Markup
    plain: str
    path: str

    @property
    def at(self) -> Markup:
        """The ``data-path`` attribute of the field."""
        return _attribute(self.path)

    def __html__(self) -> Markup:
        return self.markup

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.plain.strip())


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A part of the brief. Fields are attributes; named entries (such as facts) are a tuple of views with ``key``."""

    _fields: Mapping[str, Any]
    path: str
    _path_of: Callable[[str], str]
    _part: Model | None = None

    @property
    def at(self) -> Markup:
        """The ``data-path`` attribute of the part."""
        return _attribute(self.path)

    def at_of(self, name: str) -> Markup:
        """The ``data-path`` attribute for a field whose value has no ``at``, such as a date or a marking."""
        return _attribute(self._path_of(name))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(self._fields)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._fields:
            raise AttributeError(name)
        return self._fields[name]


def _attribute(path: str) -> Markup:
    return Markup(' data-path="{}"').format(path) if path else Markup("")


class _ViewBuilder:
    """Makes views from values of the model, and collects the source text of each field."""

    def __init__(self, source_map: SourceMap, language: str, *, tagged: bool) -> None:
        self.source_map, self.language, self.tagged, self.fields = source_map, language, tagged, dict[str, str]()

    def view(self, value: Any, path: DataPath) -> Any:
        if isinstance(value, Model):
            return self.part(value, path)
        if isinstance(value, Mapping):
            return tuple(self.entry(key, entry, (*path, key)) for key, entry in value.items())
        if isinstance(value, tuple):
            return tuple(self.view(entry, (*path, index)) for index, entry in enumerate(value))
        if isinstance(value, str) and type(value) is not str and not hasattr(type(value), "__members__"):
            return self.text(value, path)
        return value

    def part(self, part: Model, path: DataPath) -> View:
        kind = getattr(part, "kind", None)
        if isinstance(kind, str) and kind in BLOCKS:
            path = (*path, kind)
        fields = {name.rstrip("_"): self.view(getattr(part, name), (*path, name.rstrip("_"))) for name in part.fields}
        return View(fields, self.path(path), lambda name: self.path((*path, name)), part)

    def entry(self, key: str, value: Any, path: DataPath) -> View:
        """The view of a named entry (a fact, a source, an abbreviation), with its key."""
        inner = self.view(value, path)
        named = {"key": key, "text": inner} if isinstance(inner, Text) else {"key": key, **inner._fields}
        return View(named, self.path(path), lambda name: self.path((*path, name)))

    def path(self, path: DataPath) -> str:
        return format_path(self.source_map.real(path)) if self.tagged else ""

    def text(self, value: str, path: DataPath) -> Text:
        where = self.path(path)
        if where:
            self.fields[where] = str(value)
        if isinstance(value, Markdown | MarkdownList):
            is_list, tag = isinstance(value, MarkdownList), self.language
            markup = bullets(value, tag) if is_list else prose(value, language=tag)
            if where:
                markup = with_attributes(markup, data_path=where)
            return Text(value, Markup(markup), plain(value, tag), where)  # noqa: S704 - markdown escapes all text
        if isinstance(value, InlineMarkdown):
            return Text(value, Markup(line(value)), plain_line(value), where)  # noqa: S704 - the same
        return Text(value, escape(str(value)), str(value), where)


def with_attributes(markup: str, **attributes: str) -> str:
    """Markup with these attributes on each of its top-level elements."""
    nodes = parse_markup(markup)
    return "".join(to_markup(n.having(*n.children, **attributes) if isinstance(n, Element) else n) for n in nodes)


def to_view(part: Model, source_map: SourceMap, language: str, *, tagged: bool) -> tuple[View, dict[str, str]]:
    """A part of the model as a view, and the source text of each field by its path.

    ``tagged``: whether the views have paths; in a handout they have none.
    """
    builder = _ViewBuilder(source_map, language, tagged=tagged)
    return builder.part(part, ()), builder.fields
