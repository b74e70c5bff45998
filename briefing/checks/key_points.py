"""The single key points of a brief."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Brief
from briefing.reading import markdown

from .wording import Paragraph, Passage, paragraphs

__all__ = ["key_points_of"]


def key_points_of(brief: Brief) -> Iterator[tuple[Passage, Paragraph]]:
    """Each key point with the whole text of the field; a list below a key point is part of it."""
    if brief.key_points is None:
        return
    passage = Passage(("key_points",), brief.key_points, markdown.plain(brief.key_points))
    yield from ((passage, point) for point in paragraphs(passage.typed) if point.depth <= 1 and point.opens_item)
