"""Glyphs carry the text that they stand for (ActualText), in scripts where a glyph is not always the same character.

A PDF holds glyph numbers, and WeasyPrint 70 keeps one text for each. But in Noto an Arabic letter has glyphs that it
shares with others (a body, and dots), and Devanagari has glyphs for syllables. So in these scripts the glyphs of a
cluster carry its characters (ISO 32000-1, 14.9.4). They are written in visual order, which viewers expect: they reorder
right-to-left words themselves. Drawn here are also lines with characters of private use, which have no meaning of their
own, with a character that no font has, which becomes a box, and with a hyphen inside a word, which is read as a soft
hyphen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from briefing.writers.pdf.missing_glyphs import BLANK_FAMILY, is_ignored, is_visible
from briefing.writers.pdf.placeholder_glyph import WIDTH, PlaceholderGlyphs

from .guard import replaced

TARGETS = {
    "weasyprint.draw.text:draw_first_line": "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    "weasyprint.pdf.fonts:Font.get_unused_glyph_id": "(self, codepoint)",
    "weasyprint.pdf.stream:Stream.add_font": "(self, pango_font)",
}
UPSTREAM = "Kozea/WeasyPrint#2841"
REASON = "words in Arabic, Devanagari and other scripts are copied as other words, and letters without a font are lost"

_PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
#: Right-to-left scripts, those of India and South East Asia, presentation forms of Arabic and Hebrew; and private use.
_DRAWN_HERE = re.compile(f"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc{_PRIVATE_USE}]")
#: Characters that must have ActualText, even if it is the character itself (ISO 19005-2, 6.2.11.7.3).
_NEEDS_ACTUAL_TEXT = re.compile(f"[{_PRIVATE_USE}]")
#: The box for a combining mark, or another character without width: its width in thousandths of the type size, its
#: scale, and its height above the line in thousandths.
MARK_WIDTH, MARK_SIZE, MARK_RISE = 250, 0.4, 750
#: The hyphen at the end of a line, which WeasyPrint has put into a word, and what it is read as.
HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"
#: The number of the glyph for missing characters (.notdef).
NOTDEF = 0
#: Stands for a missing character that is not known.
UNKNOWN = "\ufffd"
#: Before this version Pango returns another size than that of the text.
RELIABLE_SIZE = 14802


class _NoGlyphError(Exception):
    """WeasyPrint is about to draw a character that no font has, in the size that is the argument, if it is known."""


@contextmanager
def apply() -> Iterator[PlaceholderGlyphs]:
    """Write ActualText; returns the boxes that are drawn.

    That no font has a character is known only when its line is written. Then WeasyPrint adds the font that reserves
    its width, or asks for the number of a missing glyph. What has been written of that line is removed and drawn here.
    """
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    own, own_font = text.draw_first_line, Stream.add_font
    boxes = PlaceholderGlyphs()

    def draw(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        if not _drawn_here(box.text) or overflow == "ellipsis" or ellipsis != "none":
            drawn, font = len(stream.stream), stream._current_font
            try:
                pictures = own(stream, box, overflow, ellipsis, matrix)
            except _NoGlyphError:
                pictures = None
            if "\u00a0" in box.text:
                _read_as_spaces(stream)
            if pictures is not None and not _remove_notdef(stream):
                return pictures
            del stream.stream[drawn:]
            stream._current_font = font
        _draw(stream, box, matrix, boxes)
        return []

    def number(_font: Any, _letter: int) -> int:
        raise _NoGlyphError

    def font_of(stream: Any, pango_font: Any) -> Any:
        font, size = own_font(stream, pango_font)
        if font.family == BLANK_FAMILY:  # its characters are drawn as boxes, so the file does not need it
            for key in [key for key, each in stream._fonts.items() if each is font]:
                del stream._fonts[key]
            raise _NoGlyphError(size)
        return font, size

    with replaced(dict(zip(TARGETS, (draw, number, font_of), strict=True))):
        yield boxes


def _remove_notdef(stream: Any) -> bool:
    """Remove .notdef from the fonts, which an unusual space may have used; returns whether it was there."""
    fonts = [font for font in stream._fonts.values() if NOTDEF in font.to_unicode]
    for font in fonts:
        del font.to_unicode[NOTDEF]
    return bool(fonts)


def _drawn_here(text: str) -> bool:
    return text.endswith(HYPHEN) or _DRAWN_HERE.search(text) is not None


def _read_as_spaces(stream: Any) -> None:
    """Let no-break spaces be read as spaces: they often have the same glyph, so that all spaces would be no-break."""
    for font in stream._fonts.values():
        font.to_unicode.update(dict.fromkeys([g for g, text in font.to_unicode.items() if text == "\u00a0"], " "))


def _draw(stream: Any, box: Any, matrix: Any, boxes: PlaceholderGlyphs) -> None:
    """Draw the first line of a box's layout, run by run."""
    from weasyprint.text.ffi import ffi, pango

    layout = box.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    text = layout.text.encode("utf-8")
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        try:
            font, size = stream.add_font(pango_font)
        except _NoGlyphError as missing:
            font, size = None, missing.args[0]
        if pango.pango_version() < RELIABLE_SIZE:
            size = box.style["font_size"]
        _draw_run(_Pen(stream, font, size, pango_font, boxes), item, text)


def _draw_run(pen: _Pen, item: Any, text: bytes) -> None:
    """Draw a run, cluster by cluster."""
    glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
    count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    starts = [*sorted({clusters[place] for place in range(count)}), length]
    for start, places in groupby(range(count), lambda place: clusters[place]):
        end = begin + starts[starts.index(start) + 1]
        characters = text[begin + start : end].decode("utf-8").replace("\u00a0", " ")
        if characters == HYPHEN and end == len(text):
            characters = SOFT_HYPHEN
        pen.cluster(_glyphs([glyphs[place] for place in places], characters, pen), characters)
    pen.flush()


class _Glyph(NamedTuple):
    """A glyph, or a character that no font has; lengths are in thousandths of the type size.

    ``number`` is that in the font. It is None for Pango's empty and unknown glyphs. Their numbers are far above those
    of any font, and a font is subset up to the highest number used: with one of them that takes gigabytes.
    """

    number: int | None
    missing: str
    width: float
    offset: float
    rise: float


def _glyphs(cluster: list[Any], characters: str, pen: _Pen) -> list[_Glyph]:
    """The glyphs of a cluster, which stands for these characters."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    unit = FROM_UNITS * 1000 / pen.size
    visible = iter([character for character in characters if not is_ignored(character)])
    found = []
    for glyph in cluster:
        number, missing = int(glyph.glyph), ""
        if number != pango.PANGO_GLYPH_EMPTY and (pen.font is None or number == NOTDEF):
            missing = next(visible, UNKNOWN)
        elif number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            code = number - pango.PANGO_GLYPH_UNKNOWN_FLAG
            missing = chr(code) if code <= sys.maxunicode else UNKNOWN
        shape = glyph.geometry
        drawn = None if missing or number == pango.PANGO_GLYPH_EMPTY else number
        found.append(_Glyph(drawn, missing, shape.width * unit, shape.x_offset * unit, shape.y_offset * unit))
    return found


class _Pen:
    """Writes glyphs in one font and size, collected until one needs ActualText. Without a font it writes boxes."""

    def __init__(self, stream: Any, font: Any, size: float, pango_font: Any, boxes: PlaceholderGlyphs) -> None:
        self.stream, self.font, self.size, self.pango_font, self.boxes = stream, font, size, pango_font, boxes
        self.line = ""

    def cluster(self, glyphs: list[_Glyph], characters: str) -> None:
        """Draw the glyphs of a cluster. The text of a glyph in the font is that of its first use.

        Marks without width at the start and the end get an empty ActualText: a viewer would take their positions for
        the ends of the cluster, and add a space.
        """
        import pydyf

        known = {} if self.font is None else self.font.to_unicode
        wide = [place for place, glyph in enumerate(glyphs) if glyph.width] or [0]
        first, last = wide[0], wide[-1] + 1
        for part, text in ((glyphs[:first], ""), (glyphs[first:last], characters), (glyphs[last:], "")):
            numbers = [glyph.number for glyph in part if glyph.number is not None]
            needs_text = (
                len(part) > 1
                or any(known.get(number, characters) != text for number in numbers)
                or text == SOFT_HYPHEN
                or any(is_visible(glyph.missing) for glyph in part if glyph.missing)
                or (bool(numbers) and _NEEDS_ACTUAL_TEXT.search(text) is not None)
            )
            for number in numbers:
                known.setdefault(number, "-" if characters == SOFT_HYPHEN else characters)
            if needs_text:
                self.flush()
                self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
            for glyph in part:
                self.draw(glyph)
            if needs_text:
                self.flush()
                self.stream.end_marked_content()

    def draw(self, glyph: _Glyph) -> None:
        """Draw a glyph, and move on by the width that Pango measured."""
        if glyph.missing and glyph.width > 0:
            self.box(glyph.missing, glyph.width)
        elif glyph.missing:
            self.move(-MARK_WIDTH)
            self.box(glyph.missing, MARK_WIDTH, MARK_SIZE, MARK_RISE)
        elif glyph.number is None:
            self.move(glyph.width)
        else:
            self.move(glyph.offset)
            if glyph.rise:
                self.flush()
                self.stream.set_text_rise(-glyph.rise * self.size / 1000)
            self.line += f"<{glyph.number:04x}>"
            if glyph.rise:
                self.flush()
                self.stream.set_text_rise(0)
            self.move(glyph.width - glyph.offset - self.own_width(glyph.number))

    def box(self, character: str, width: float, scale: float = 1, rise: float = 0) -> None:
        """Draw the box for a character in this width; as high as capitals, or smaller and above the line."""
        name, number = self.boxes.of(character)
        self.flush()
        self.stream.set_font_size(name, self.size * scale)
        self.stream.stream.append(f"{100 * width / WIDTH / scale:.2f} Tz")
        if rise:
            self.stream.set_text_rise(rise * self.size / 1000)
        self.stream.show_text(f"<{number:02x}>")
        if rise:
            self.stream.set_text_rise(0)
        self.stream.stream.append("100 Tz")

    def move(self, by: float) -> None:
        """Move on, by thousandths of the type size."""
        if round(by):
            self.line += f"{-round(by)} "  # a number may follow

    def own_width(self, number: int) -> float:
        """The width of a glyph in its font, in thousandths of the type size."""
        from weasyprint.text.ffi import FROM_UNITS, pango

        if number not in self.font.widths:
            ink, logical = self.stream.ink_rect, self.stream.logical_rect
            pango.pango_font_get_glyph_extents(self.pango_font, number, ink, logical)
            self.font.widths[number] = round(logical.width * 1000 * FROM_UNITS / self.size)
        return float(self.font.widths[number])

    def flush(self) -> None:
        """Write the collected glyphs."""
        if self.line:
            self.stream.set_font_size(self.boxes.first if self.font is None else self.font.hash, self.size)
            self.stream.show_text(self.line)
            self.line = ""
