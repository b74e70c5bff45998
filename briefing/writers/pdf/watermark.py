"""The word "Draft" across each page of a draft, if the theme has ``watermark: "yes"``.

The letters are drawn as outlines, not set as text, and marked as an artifact: the word is not found by a search, not
copied with a sentence and not read by a screen reader. They are drawn over the page in blend mode "Multiply", so that
no background hides them, and no letter of the text gets lighter.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

from briefing.galley import Galley
from briefing.theme.css import text_size
from briefing.writers.fonts import Cut, cut_font

#: The colour of the letters: the share of the background's light that they keep, equal for red, green and blue.
SHADE = 0.95
#: The slope of the word in degrees, and its distance from the edges of the paper in pt (30 mm).
SLOPE, EDGE = 45.0, 85.0
NAME = "watermark"

Path = list[tuple[str, tuple[float, ...]]]


def draw_watermark(pdf: Any, galley: Galley) -> None:
    """Draw the word on all pages of a PDF before it is written, if it is a draft and its theme has a watermark."""
    word = galley.labels.get("draft", "").upper()
    if not (galley.properties.status == "draft" and word and galley.theme.chosen("watermark")):
        return
    outline = _outline(galley, word)
    if not outline:
        return
    import pydyf

    save_state, streams = pydyf.Stream(["q"]), dict[tuple[float, ...], Any]()
    pdf.add_object(save_state)
    for number in pdf.page_references:
        page = pdf.objects[_number(number)]
        box = tuple(float(side) for side in page["MediaBox"])
        if box not in streams:
            streams[box] = pydyf.Stream(_content_stream(outline, box), compress=True)
            pdf.add_object(streams[box])
        page["Contents"] = pydyf.Array([save_state.reference, page["Contents"], streams[box].reference])
        page["Group"] = pydyf.Dictionary({"Type": "/Group", "S": "/Transparency", "CS": "/DeviceRGB"})
        resources = pdf.objects[_number(page["Resources"])]
        resources["ExtGState"][NAME] = pydyf.Dictionary({"Type": "/ExtGState", "BM": "/Multiply", "ca": 1})


def _number(reference: Any) -> int:
    return int(bytes(reference).split()[0])


def _outline(galley: Galley, word: str) -> Path:
    """The outlines of the word in the theme's bold sans face, in font units; empty if a character has no glyph."""
    import uharfbuzz

    font_file = cut_font(galley.theme, Cut("sans", 700, False, text_size(galley.theme)), frozenset(word))
    font = uharfbuzz.Font(uharfbuzz.Face(font_file))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True})
    pen = _Pen()
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if glyph.codepoint == 0:
            return []
        pen.place(place.x_offset, place.y_offset)
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        pen.advance(place.x_advance, place.y_advance)
    return pen.path


class _Pen:
    """Records outlines as PDF path operators; converts the quadratic curves of TrueType to cubic ones."""

    def __init__(self) -> None:
        self.path: Path = []
        self.origin = self.shift = self.last = (0.0, 0.0)

    def place(self, x: float, y: float) -> None:
        self.shift = (self.origin[0] + x, self.origin[1] + y)

    def advance(self, x: float, y: float) -> None:
        self.origin = (self.origin[0] + x, self.origin[1] + y)

    def _put(self, operator: str, *points: tuple[float, float]) -> None:
        moved = [(x + self.shift[0], y + self.shift[1]) for x, y in points]
        self.path.append((operator, tuple(value for point in moved for value in point)))
        self.last = points[-1] if points else self.last

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

    def endPath(self) -> None:  # noqa: N802
        self.path.append(("h", ()))


def _content_stream(outline: Path, box: tuple[float, ...]) -> list[str]:
    """The content stream: the word in the middle of a page of this size (MediaBox in pt).

    It slopes upwards, and is as large as fits between the edges.
    """
    xs = [x for _, values in outline for x in values[::2]]
    ys = [y for _, values in outline for y in values[1::2]]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    left, bottom, right, top = box
    c, s = cos(radians(SLOPE)), sin(radians(SLOPE))
    scale = min(
        (right - left - 2 * EDGE) / (width * c + height * s), (top - bottom - 2 * EDGE) / (width * s + height * c)
    )
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
