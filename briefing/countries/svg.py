"""Write SVG elements. The unit of a drawing is a tenth of a point, so that all its numbers are whole."""

from __future__ import annotations

from html import escape
from unicodedata import bidirectional

from .projection import Point

Paint = dict[str, str | float]


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element. Numbers are in pt; a trailing underscore of a name is dropped, the others become hyphens."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else round(10 * value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, x: float, y: float, /, **attributes: str | float) -> str:
    """A line of text. One in right-to-left letters has their direction, whatever that of the drawing is."""
    if any(bidirectional(letter) in {"R", "AL"} for letter in words):
        attributes["unicode_bidi"] = "plaintext"
    return tag("text", escape(words, quote=False), x=x, y=y, **attributes)


def disc(middle: Point) -> str:
    """The path of a small island, as a disc that can be seen."""
    x, y = middle
    return f"M{round(x * 10) - 11} {round(y * 10)}a11 11 0 1 0 22 0a11 11 0 1 0-22 0z"
