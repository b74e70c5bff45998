"""The word "Draft" across each page of a draft, if the theme has ``watermark: "yes"``.

The letters are drawn as outlines, not set as text, and marked as an artifact: the word is not found by a search, not
copied with a sentence and not read by a screen reader. They are drawn over the page in blend mode "Multiply", so that
no background hides them, and no letter of the text gets lighter.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

from briefing.galley import Galley
from briefing.galley.locale import capitals
from briefing.theme.css import text_size
from briefing.writers.fonts import Cut, cut_font

from .objects import add, resolve

#: The colour of the letters: the share of the background's light that they keep, equal for red, green and blue.
SHADE = 0.95
#: The slope of the word in degrees, and its distance from the edges of the paper in pt (30 mm).
SLOPE, EDGE = 45.0, 85.0
NAME = "watermark"

Path = list[tuple[str, tuple[float, ...]]]


def draw_watermark(pdf: Any, galley: Galley) -> None:
    """Draw the word on all pages of a PDF before it is written, if it is a draft and its theme has a watermark."""
    word = capitals(galley.labels.get("draft", ""), galley.language)
    if not (galley.properties.status == "draft" and word and galley.theme.chosen("watermark")):
        return
    outline = _outline(galley, word)
    if not outline:
        return
    import pydyf

    save_state, streams = add(pdf, pydyf.Stream(["q"])), dict[tuple[float, ...], Any]()
    for reference in pdf.page_references:
        page = resolve(pdf, reference)
        box = tuple(float(side) for side in page["MediaBox"])
        if box not in streams:
            streams[box] = add(pdf, pydyf.Stream(_content_stream(outline, box), compress=True))
        page["Contents"] = pydyf.Array([save_state, page["Contents"], streams[box]])
        page["Group"] = pydyf.Dictionary({"Type": "/Group", "S": "/Transparency", "CS": "/DeviceRGB"})
        states = resolve(pdf, page["Resources"])["ExtGState"]
        states[NAME] = pydyf.Dictionary({"Type": "/ExtGState", "BM": "/Multiply", "ca": 1})


def _outline(galley: Galley, word: str) -> Path:
    """The outlines of the word in the theme's bold sans face, in font units; empty if a character has no glyph."""
    import uharfbuzz

    data = cut_font(galley.theme, Cut("sans", 700, False, text_size(galley.theme)), frozenset(word))
    font = uharfbuzz.Font(uharfbuzz.Face(data))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True})
    pen, x, y = _OutlinePen(), 0.0, 0.0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if glyph.codepoint == 0:
            return []
        pen.origin = x + place.x_offset, y + place.y_offset
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        x, y = x + place.x_advance, y + place.y_advance
    return pen.path


class _OutlinePen:
    """Records outlines as PDF path operators; converts the quadratic curves of TrueType to cubic ones."""

    def __init__(self) -> None:
        self.path: Path = []
        self.origin = self.last = (0.0, 0.0)

    def _put(self, operator: str, *points: tuple[float, float]) -> None:
        moved = [(x + self.origin[0], y + self.origin[1]) for x, y in points]
        self.path.append((operator, tuple(value for point in moved for value in point)))
        self.last = points[-1]

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802 - the names of the pen protocol
        self._put("m", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._put("l", to)

    def curveTo(self, one: tuple[float, float], two: tuple[float, float], to: tuple[float, float]) -> None:  # noqa: N802
        self._put("c", one, two, to)

    def qCurveTo(self, control: tuple[float, float], to: tuple[float, float]) -> None:  # noqa: N802
        (x, y), (a, b), (c, d) = self.last, control, to
        self._put("c", (x + (a - x) * 2 / 3, y + (b - y) * 2 / 3), (c + (a - c) * 2 / 3, d + (b - d) * 2 / 3), to)

    def closePath(self) -> None:  # noqa: N802
        self.path.append(("h", ()))

    endPath = closePath  # noqa: N815


def _content_stream(outline: Path, box: tuple[float, ...]) -> list[str]:
    """The content stream: the word slopes upwards in a page of this size (MediaBox in pt), as large as fits."""
    xs = [x for _, values in outline for x in values[::2]]
    ys = [y for _, values in outline for y in values[1::2]]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    left, bottom, right, top = box
    c, s = cos(radians(SLOPE)), sin(radians(SLOPE))
    across, up = right - left - 2 * EDGE, top - bottom - 2 * EDGE
    scale = min(across / (width * c + height * s), up / (width * s + height * c))
    a, b = scale * c, scale * s
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    e, f = (left + right) / 2 - a * x + b * y, (bottom + top) / 2 - b * x - a * y
    path = [f"{' '.join(f'{value:.1f}' for value in values)} {operator}".lstrip() for operator, values in outline]
    return [
        "Q q",
        "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC",
        f"/{NAME} gs {SHADE} {SHADE} {SHADE} rg",
        f"{a:.5f} {b:.5f} {-b:.5f} {a:.5f} {e:.3f} {f:.3f} cm",
        *path,
        "f",
        "EMC Q",
    ]
