"""Iterate over the texts and values of a brief, with their paths in the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from briefing.model import Brief, InlineMarkdown, MarkdownText, Model, Period, PlainText
from briefing.model.blocks.common import BlockPart
from briefing.model.data_path import DataPath
from briefing.model.fields import SourceKey

from .markdown import plain, plain_line

B = TypeVar("B", bound=BlockPart)

#: Text fields that are not printed: names of files, themes and checks.
_NOT_PRINTED = frozenset(
    {"translation_of", "theme", "ignore", "known", "image", "picture", "csv", "file", "sheet", "range"}
)


def texts(part: Model, path: DataPath = ()) -> Iterator[tuple[DataPath, PlainText | MarkdownText]]:
    """All texts of a part, plain or Markdown, in the order of the model."""
    for own_path, value in _leaves(part, path):
        if isinstance(value, PlainText | MarkdownText):
            yield own_path, value


def markdown_texts(part: Model, path: DataPath = ()) -> Iterator[tuple[DataPath, MarkdownText]]:
    """All Markdown texts of a part."""
    for own_path, value in _leaves(part, path):
        if isinstance(value, MarkdownText):
            yield own_path, value


def plain_text(text: str) -> str:
    """The text as printed: without the syntax of Markdown, if it is Markdown."""
    if isinstance(text, InlineMarkdown):
        return plain_line(text)
    return plain(text) if isinstance(text, MarkdownText) else text


def source_keys(part: Model, path: DataPath = ()) -> Iterator[tuple[DataPath, SourceKey]]:
    """All source keys in the ``source`` fields of a part."""
    for own_path, value in _leaves(part, path):
        if isinstance(value, SourceKey):
            yield own_path, value


def values(part: Model) -> Iterator[tuple[DataPath, Any]]:
    """All values of a part, of any type, except None."""
    yield from _leaves(part, ())


def blocks_of(brief: Brief, kind: type[B]) -> Iterator[tuple[DataPath, B]]:
    """The blocks of one kind in the sections and annexes, with their paths; of all kinds for :class:`BlockPart`."""
    for name in ("sections", "annexes"):
        for index, section in enumerate(getattr(brief, name)):
            for number, block in enumerate(section.body):
                if isinstance(block, kind):
                    yield (name, index, "body", number), block


def printed(part: Model) -> Iterator[tuple[DataPath, str]]:
    """All printed texts: text fields, periods in words, keys of facts, key figures, the glossary and chart data."""
    labels: dict[DataPath, str] = {}
    for path, value in _leaves(part, ()):
        if path[-1] in {"data", *_NOT_PRINTED} or (len(path) > 1 and path[-2] in _NOT_PRINTED):
            continue
        for depth, step in enumerate(path):
            if depth and path[depth - 1] in {"facts", "glossary", "data", "key_figures"} and isinstance(step, str):
                labels.setdefault(path[: depth + 1], step)
        if isinstance(value, PlainText | MarkdownText):
            yield path, value
        elif isinstance(value, Period):
            yield path, value.words
    yield from labels.items()


def _leaves(value: Any, path: DataPath) -> Iterator[tuple[DataPath, Any]]:
    if isinstance(value, Model):
        for name, field in value.fields.items():
            yield from _leaves(getattr(value, name), (*path, field.key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif value is not None:
        yield path, value
