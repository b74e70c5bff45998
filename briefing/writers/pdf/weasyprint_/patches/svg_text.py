"""A label in an SVG is drawn as one line.

WeasyPrint 70 draws the text of an SVG letter by letter, because each letter may have a position. A label of a chart has
one position. Letter by letter it loses its kerning, an Arabic word the joins of its letters, a Hebrew word its order.
This patch passes such a label to WeasyPrint's function as one piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .guard import replaced

TARGETS = {"weasyprint.svg:text": "(svg, node, font_size)"}
UPSTREAM = "Kozea/WeasyPrint#2249"
REASON = "labels of charts and drawings lose their kerning, and Arabic and Hebrew ones their shape"

#: Attributes that give each letter a position, when they have more than one value.
_POSITIONS = ("x", "y", "dx", "dy", "rotate")


class _OnePiece(str):
    """A text whose iterator returns it as one piece."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def apply() -> Iterator[None]:
    """Draw labels as one line."""
    from weasyprint import svg

    own = svg.text

    def text(drawing: Any, node: Any, font_size: float) -> None:
        positioned = any(len(node.get(place, "").replace(",", " ").split()) > 1 for place in _POSITIONS)
        if positioned or not node.text or node.get("letter-spacing") or node.get("textLength"):
            own(drawing, node, font_size)
            return
        words, source, attributes = node.text, node._etree_node, dict(node.attrib)
        source.text, node.attrib["direction"] = _OnePiece(words), _direction(words)
        try:
            own(drawing, node, font_size)
        finally:
            source.text = words
            del node.attrib["direction"]
            node.attrib.update(attributes)

    tags = {tag: function for tag, function in svg.TAGS.items() if function is own}
    with replaced({"weasyprint.svg:text": text}):
        svg.TAGS.update(dict.fromkeys(tags, text))
        try:
            yield
        finally:
            svg.TAGS.update(tags)


def _direction(words: str) -> str:
    """The direction of the first letter that has one: ``ltr`` or ``rtl``."""
    first = next((kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"
