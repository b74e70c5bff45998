"""Drawings of letters carry the letters that they stand for, in scripts where one drawing is not one letter.

A PDF holds the numbers of drawings (glyphs). A reader turns these into letters again, one for each, which works where
letter follows letter. Noto draws an Arabic letter in pieces that it shares with others (a body, and dots), Devanagari
in syllables. So what is drawn for a letter or a syllable carries its letters with it (ActualText, ISO 32000-1,
14.9.4). All stand in the order in which they are drawn, as readers expect: they reorder right-to-left words by
themselves.

WeasyPrint 70 keeps one meaning for each drawing. Lines in these scripts are drawn by this module instead; so are lines
with letters of private use, which mean nothing by themselves, and lines with a letter that no font has, for which a box
is drawn.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from briefing.writers.pdf.hollow_box import WIDTH, HollowBoxes
from briefing.writers.pdf.vacant import FAMILY, ignored, seen

from .guard import replaced

__all__ = ["REASON", "REQUIRED", "TARGETS", "UPSTREAM", "apply"]

TARGETS = {
    "weasyprint.draw.text:draw_first_line": "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    "weasyprint.pdf.fonts:Font.get_unused_glyph_id": "(self, codepoint)",
    "weasyprint.pdf.stream:Stream.add_font": "(self, pango_font)",
}
UPSTREAM = "Kozea/WeasyPrint#2841"
REASON = "words in Arabic, Devanagari and other scripts are copied as other words, and letters without a font are lost"
REQUIRED = True

_PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
#: Scripts from right to left, those of India and South East Asia, the older forms of Arabic and Hebrew letters; and
#: private use.
_DRAWN_OTHERWISE = re.compile(f"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc{_PRIVATE_USE}]")
#: Letters of which a file has to say what they stand for, be it themselves (ISO 19005-2, 6.2.11.7.3).
_TOLD = re.compile(f"[{_PRIVATE_USE}]")
#: The box for a mark, or whatever else has got no room: how wide and large it is, and how far it stands above the line,
#: in thousandths of the size.
MARK_WIDTH, MARK_SIZE, MARK_RISE = 250, 0.4, 750
#: The number of a font's drawing for "no such letter" (.notdef).
NONE = 0
#: What stands for a letter that nobody knows.
UNKNOWN = "\ufffd"
#: Before this version Pango tells another size than that of the text.
SIZE_TOLD = 14802


class _LackingError(Exception):
    """The library would draw a letter that no font has, in this size."""

    def __init__(self, size: float = 0) -> None:
        super().__init__()
        self.size = size


@contextmanager
def apply() -> Iterator[HollowBoxes]:
    """A document is written in this context; the boxes are those that were drawn in it.

    Which letters no font has is known when a line is written: only then the library asks for the font that reserves
    their width, or for the number of a letter that is not in the font. What it has drawn of that line is removed, and
    this module draws the line. All other lines, in nearly every brief all lines, need not be examined.
    """
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    own, own_font = text.draw_first_line, Stream.add_font
    boxes = HollowBoxes()

    def draw(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        if _DRAWN_OTHERWISE.search(box.text) is None or overflow == "ellipsis" or ellipsis != "none":
            drawn, font = len(stream.stream), stream._current_font
            try:
                pictures = own(stream, box, overflow, ellipsis, matrix)
            except _LackingError:
                pictures = None
            if pictures is not None and not _forget_none(stream):
                return pictures
            del stream.stream[drawn:]
            stream._current_font = font
        _draw(stream, box, matrix, boxes)
        return []

    def number(_font: Any, _letter: int) -> int:
        raise _LackingError

    def font_of(stream: Any, pango_font: Any) -> Any:
        font, size = own_font(stream, pango_font)
        if font.family == FAMILY:  # its letters are drawn as boxes: it has no place in the file
            for key in [key for key, each in stream._fonts.items() if each is font]:
                del stream._fonts[key]
            raise _LackingError(size)
        return font, size

    with replaced(dict(zip(TARGETS, (draw, number, font_of), strict=True))):
        yield boxes


def _forget_none(stream: Any) -> bool:
    """Whether a line had the drawing for "no such letter" all the same, as an odd space may have; it is taken back."""
    fonts = [font for font in stream._fonts.values() if NONE in font.to_unicode]
    for font in fonts:
        del font.to_unicode[NONE]
    return bool(fonts)


def _draw(stream: Any, box: Any, matrix: Any, boxes: HollowBoxes) -> None:
    """The first line of a box's layout, run by run."""
    from weasyprint.text.ffi import ffi, pango

    layout = box.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    words = layout.text.encode("utf-8")
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        try:
            font, size = stream.add_font(pango_font)
        except _LackingError as lacking:
            font, size = None, lacking.size
        if pango.pango_version() < SIZE_TOLD:
            size = box.style["font_size"]
        _draw_run(_Pen(stream, font, size, pango_font, boxes), item, words)


def _draw_run(pen: _Pen, item: Any, words: bytes) -> None:
    """One run: its drawings, piece by piece, each with the letters that it stands for."""
    glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
    count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    starts = [*sorted({clusters[place] for place in range(count)}), length]
    for start, places in groupby(range(count), lambda place: clusters[place]):
        letters = words[begin + start : begin + starts[starts.index(start) + 1]].decode("utf-8")
        pen.piece(_drawings([glyphs[place] for place in places], letters, pen), letters)
    pen.flush()


class _Drawing(NamedTuple):
    """One drawing of a font, or a letter that no font has; measures are in thousandths of the size.

    ``number`` is the drawing's in the font. It has none where Pango wants nothing drawn, and where the font has no
    drawing: both of these have numbers far above those of any font, and a font is cut to the highest number that is
    used. With one of them it takes gigabytes.
    """

    number: int | None
    lacking: str
    width: float
    offset: float
    rise: float


def _drawings(glyphs: list[Any], letters: str, pen: _Pen) -> list[_Drawing]:
    """The drawings of one piece, which stands for these letters."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    unit = FROM_UNITS * 1000 / pen.size
    vacant = iter([letter for letter in letters if not ignored(letter)])
    made = []
    for glyph in glyphs:
        number, lacking = int(glyph.glyph), ""
        if number != pango.PANGO_GLYPH_EMPTY and (pen.font is None or number == NONE):
            lacking = next(vacant, UNKNOWN)
        elif number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            code = number - pango.PANGO_GLYPH_UNKNOWN_FLAG
            lacking = chr(code) if code <= sys.maxunicode else UNKNOWN
        shape = glyph.geometry
        drawn = None if lacking or number == pango.PANGO_GLYPH_EMPTY else number
        made.append(_Drawing(drawn, lacking, shape.width * unit, shape.x_offset * unit, shape.y_offset * unit))
    return made


class _Pen:
    """Writes drawings in one font and size, as many at a time as need no words of their own.

    Without a font it writes boxes.
    """

    def __init__(self, stream: Any, font: Any, size: float, pango_font: Any, boxes: HollowBoxes) -> None:
        self.stream, self.font, self.size, self.pango_font, self.boxes = stream, font, size, pango_font, boxes
        self.line = ""

    def piece(self, drawings: list[_Drawing], letters: str) -> None:
        """The drawings of one piece. What a drawing is first used for is what it means by itself.

        Marks before and after those that move the pen stand for nothing, or a reader would take their places for ends
        of the piece and see a space between two.
        """
        known = {} if self.font is None else self.font.to_unicode
        wide = [place for place, drawing in enumerate(drawings) if drawing.width] or [0]
        first, last = wide[0], wide[-1] + 1
        for part, meant in ((drawings[:first], ""), (drawings[first:last], letters), (drawings[last:], "")):
            numbers = [drawing.number for drawing in part if drawing.number is not None]
            told = (
                len(part) > 1
                or any(known.get(number, letters) != meant for number in numbers)
                or any(seen(drawing.lacking) for drawing in part if drawing.lacking)
                or (bool(numbers) and _TOLD.search(meant) is not None)
            )
            for number in numbers:
                known.setdefault(number, letters)
            if told:
                self.begin(meant)
            for drawing in part:
                self.draw(drawing)
            if told:
                self.flush()
                self.stream.end_marked_content()

    def begin(self, meant: str) -> None:
        """What is drawn from here stands for these letters."""
        import pydyf

        self.flush()
        self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(meant)}))

    def draw(self, drawing: _Drawing) -> None:
        """One drawing, at its place; the pen moves on by its width as Pango measured it."""
        if drawing.lacking and drawing.width > 0:
            self.box(drawing.lacking, drawing.width)
        elif drawing.lacking:
            self.move(-MARK_WIDTH)
            self.box(drawing.lacking, MARK_WIDTH, MARK_SIZE, MARK_RISE)
        elif drawing.number is None:
            self.move(drawing.width)
        else:
            self.move(drawing.offset)
            self.put(f"<{drawing.number:04x}>", -drawing.rise)
            self.move(drawing.width - drawing.offset - self.own_width(drawing.number))

    def box(self, letter: str, width: float, scale: float = 1, rise: float = 0) -> None:
        """The box in the place of a letter, so wide; as high as capitals, or smaller and above the line."""
        name, number = self.boxes.of(letter)
        self.flush()
        self.stream.set_font_size(name, self.size * scale)
        self.stream.stream.append(f"{100 * width / WIDTH / scale:.2f} Tz")
        if rise:
            self.stream.set_text_rise(rise * self.size / 1000)
        self.stream.show_text(f"<{number:02x}>")
        if rise:
            self.stream.set_text_rise(0)
        self.stream.stream.append("100 Tz")

    def put(self, drawing: str, rise: float) -> None:
        """A drawing by its number, perhaps above or below the line."""
        if rise:
            self.flush()
            self.stream.set_text_rise(rise * self.size / 1000)
        self.line += drawing
        if rise:
            self.flush()
            self.stream.set_text_rise(0)

    def move(self, by: float) -> None:
        """Move on, by thousandths of the size."""
        if round(by):
            self.line += f"{-round(by)} "  # the next thing may be a number too

    def own_width(self, number: int) -> float:
        """How wide a drawing is by itself, in thousandths of the size."""
        from weasyprint.text.ffi import FROM_UNITS, pango

        if number not in self.font.widths:
            ink, logical = self.stream.ink_rect, self.stream.logical_rect
            pango.pango_font_get_glyph_extents(self.pango_font, number, ink, logical)
            self.font.widths[number] = round(logical.width * 1000 * FROM_UNITS / self.size)
        return float(self.font.widths[number])

    def flush(self) -> None:
        """Write what is waiting."""
        if not self.line:
            return
        name = self.boxes.first if self.font is None else self.font.hash
        self.stream.set_font_size(name, self.size)
        self.stream.show_text(self.line)
        self.line = ""
