"""Every text of a brief, with its path in the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model import Bullets, Line, Part, Prose, Words
from briefing.model.fields import Period, SourceKey

from .draft import Path

__all__ = ["markdown_texts", "printed", "source_keys", "texts", "values"]

#: Fields of words that nobody reads on the page: names of files, of a theme, of checks.
_UNSEEN = frozenset({"translation_of", "theme", "ignore", "image", "picture", "csv"})


def texts(part: Part, path: Path = ()) -> Iterator[tuple[Path, Words | Line | Prose | Bullets]]:
    """All texts for people below a part, plain or Markdown, in the order of the model."""
    for place, value in _leaves(part, path):
        if isinstance(value, Words | Line | Prose | Bullets):
            yield place, value


def markdown_texts(part: Part, path: Path = ()) -> Iterator[tuple[Path, Line | Prose | Bullets]]:
    """The texts that are Markdown."""
    for place, value in _leaves(part, path):
        if isinstance(value, Line | Prose | Bullets):
            yield place, value


def source_keys(part: Part, path: Path = ()) -> Iterator[tuple[Path, SourceKey]]:
    """The keys that ``source:`` names below a part."""
    for place, value in _leaves(part, path):
        if isinstance(value, SourceKey):
            yield place, value


def values(part: Part) -> Iterator[tuple[Path, Any]]:
    """All that is given below a part, of whichever kind."""
    yield from _leaves(part, ())


def printed(part: Part) -> Iterator[tuple[Path, str]]:
    """All words that a reader may see: the texts, the dates that are words, and the labels of facts and the like."""
    labels: dict[Path, str] = {}
    for path, value in _leaves(part, ()):
        if path[-1] in _UNSEEN or (len(path) > 1 and path[-2] in _UNSEEN):
            continue
        for depth, step in enumerate(path):
            if depth and path[depth - 1] in {"facts", "glossary", "data"} and isinstance(step, str):
                labels.setdefault(path[: depth + 1], step)
        if isinstance(value, Words | Line | Prose | Bullets):
            yield path, value
        elif isinstance(value, Period):
            yield path, value.words
    yield from labels.items()


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Part):
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
