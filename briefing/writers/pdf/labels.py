"""Labels of drawings, each set as one line.

WeasyPrint 70 sets the text of an SVG letter by letter, so that each could have a place of its own. A label of ours has
one place, and set that way it loses its kerning, an Arabic word the joins of its letters, and a Hebrew one its order.
While pages are drawn the library's function is handed such a label as one piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["whole_labels"]

#: What gives the letters of a label places of their own, when it has more than one value.
_PLACES = ("x", "y", "dx", "dy", "rotate")


class _Whole(str):
    """A label that is one piece where its letters are asked for."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_labels() -> Iterator[None]:
    """Lay pages out, and write them, in this context."""
    from weasyprint import svg

    own = svg.text

    def text(drawing: Any, node: Any, font_size: float) -> None:
        spread = any(len(node.get(place, "").replace(",", " ").split()) > 1 for place in _PLACES)
        if spread or not node.text or node.get("letter-spacing") or node.get("textLength"):
            own(drawing, node, font_size)
            return
        words, direction = node.text, node.attrib.get("direction")
        source = node._etree_node  # noqa: SLF001 - the library shows its text, and has no way to set it
        source.text, node.attrib["direction"] = _Whole(words), direction_of(words)
        try:
            own(drawing, node, font_size)
        finally:
            source.text = words
            if direction is None:
                del node.attrib["direction"]
            else:
                node.attrib["direction"] = direction

    tags = {tag: function for tag, function in svg.TAGS.items() if function is own}
    svg.text = text
    svg.TAGS.update(dict.fromkeys(tags, text))
    try:
        yield
    finally:
        svg.text = own
        svg.TAGS.update(tags)


def direction_of(words: str) -> str:
    """Which way a label reads, by its first letter that has a direction: ``ltr`` or ``rtl``."""
    first = next((kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"
