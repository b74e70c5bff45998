"""The edition as templates see it: read-only records with their paths in the content file.

A record has the fields of its part of the model. Text is a :class:`Text`, which prints as markup. ``at`` is the
``data-path`` attribute for its element; it is empty in a handout, which has no traces of the content file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from briefing.markup.markdown import bullets, line, plain, prose
from briefing.model import BLOCKS, InlineMarkdown, Markdown, MarkdownList, Model
from briefing.model.data_path import DataPath, format_path
from briefing.parser.source_map import SourceMap

from .tree import Element, parse_markup, to_markup


class _ReadOnly:
    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("records are read-only")

    __delattr__ = object.__delattr__


class Text(_ReadOnly):
    """The text of one field. A template prints ``markup``; ``plain`` is the same without markup."""

    __slots__ = ("at", "markup", "path", "plain", "source")
    at: Markup
    markup: Markup
    path: str
    plain: str
    source: str

    def __init__(self, source: str, markup: str, plain_words: str, path: str) -> None:
        for name, value in (
            ("source", source),
            ("markup", Markup(markup)),  # noqa: S704 - briefing.markup.markdown escapes all text
            ("plain", plain_words),
            ("path", path),
            ("at", _attribute(path)),
        ):
            object.__setattr__(self, name, value)

    def __html__(self) -> Markup:
        return self.markup

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(str(self).strip())


class View(_ReadOnly):
    """A part of the brief. Fields are attributes; named entries (such as facts) are a tuple of records with ``key``."""

    __slots__ = ("_fields", "_part", "_path_of", "at", "path")
    _fields: dict[str, Any]
    _part: Model | None
    _path_of: Callable[[str], str]
    at: Markup
    path: str

    def __init__(
        self, fields: Mapping[str, Any], path: str, path_of: Callable[[str], str], part: Model | None = None
    ) -> None:
        object.__setattr__(self, "_fields", dict(fields))
        object.__setattr__(self, "_part", part)
        object.__setattr__(self, "_path_of", path_of)
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "at", _attribute(path))

    def at_of(self, name: str) -> Markup:
        """The ``data-path`` attribute for a field whose value has no ``at``, such as a date or a marking."""
        return _attribute(self._path_of(name))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the record's fields."""
        return tuple(self._fields)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(name) from None


def _attribute(path: str) -> Markup:
    return Markup(' data-path="{}"').format(path) if path else Markup("")


class _ViewBuilder:
    """Makes records from values of the model, and collects the source text of each field."""

    def __init__(self, source_map: SourceMap, *, tagged: bool) -> None:
        self.source_map, self.tagged, self.fields = source_map, tagged, dict[str, str]()

    def record(self, value: Any, path: DataPath) -> Any:
        if isinstance(value, Model):
            return self.part(value, path)
        if isinstance(value, Mapping):
            return tuple(self.entry(key, entry, (*path, key)) for key, entry in value.items())
        if isinstance(value, tuple):
            return tuple(self.record(entry, (*path, index)) for index, entry in enumerate(value))
        if isinstance(value, str) and type(value) is not str and not hasattr(type(value), "__members__"):
            return self.text(value, path)
        return value

    def part(self, part: Model, path: DataPath) -> View:
        kind = getattr(part, "kind", None)
        if isinstance(kind, str) and kind in BLOCKS:
            path = (*path, kind)
        fields = {name.rstrip("_"): self.record(getattr(part, name), (*path, name.rstrip("_"))) for name in part.fields}
        return View(fields, self.path(path), self.path_below(path), part)

    def entry(self, key: str, value: Any, path: DataPath) -> View:
        """The record of a named entry (a fact, a source, an abbreviation), with its key."""
        inner = self.record(value, path)
        named = {"key": key, "text": inner} if isinstance(inner, Text) else {"key": key, **inner._fields}
        return View(named, self.path(path), self.path_below(path))

    def path(self, path: DataPath) -> str:
        return format_path(self.source_map.real(path)) if self.tagged else ""

    def path_below(self, path: DataPath) -> Callable[[str], str]:
        return lambda name: self.path((*path, name))

    def text(self, value: str, path: DataPath) -> Text:
        where = self.path(path)
        if where:
            self.fields[where] = str(value)
        if isinstance(value, Markdown | MarkdownList):
            render: Callable[[str], str] = prose if isinstance(value, Markdown) else bullets
            markup = _with_path_on_each(render(value), where)
            return Text(value, markup, plain(value), where)
        if isinstance(value, InlineMarkdown):
            return Text(value, line(value), plain(value), where)
        return Text(value, str(escape(str(value))), str(value), where)


def _with_path_on_each(markup: str, path: str) -> str:
    """The markup of a field, with its path on each top-level element."""
    if not path:
        return markup
    return "".join(
        to_markup(node.having(*node.children, data_path=path) if isinstance(node, Element) else node)
        for node in parse_markup(markup)
    )


def to_view(part: Model, source_map: SourceMap, *, tagged: bool) -> tuple[View, dict[str, str]]:
    """A part of the model as a record, and the source text of each field by its path.

    ``tagged``: whether the records have paths; in a handout they have none.
    """
    builder = _ViewBuilder(source_map, tagged=tagged)
    return builder.part(part, ()), builder.fields
