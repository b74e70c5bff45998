"""Scripts whose drawings do not tell their letters: each piece says which letters it stands for.

A PDF holds the numbers of drawings. A reader makes letters of these again, one for each, which works where letter
follows letter. Noto draws an Arabic letter in pieces that it shares with others (a body, and dots), Devanagari in
syllables. So what is drawn for a letter or a syllable carries its letters with it (ActualText, ISO 32000-1, 14.9.4).
All stand in the order in which they are drawn, as readers expect them: these turn words round by themselves.

WeasyPrint 70 knows one meaning for each drawing. While pages are drawn, lines in these scripts are drawn by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

__all__ = ["letters_told"]

#: Scripts from right to left, those of India and South East Asia, and the older forms of Arabic and Hebrew letters.
_DRAWN_OTHERWISE = re.compile("[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")


@contextmanager
def letters_told() -> Iterator[None]:
    """Write a document in this context."""
    from weasyprint.draw import text

    own = text.draw_first_line

    def draw(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        if _DRAWN_OTHERWISE.search(box.text) is None or overflow == "ellipsis" or ellipsis != "none":
            return own(stream, box, overflow, ellipsis, matrix)
        _draw(stream, box.pango_layout, matrix)
        return []

    text.draw_first_line = draw
    try:
        yield
    finally:
        text.draw_first_line = own


def _draw(stream: Any, layout: Any, matrix: Any) -> None:
    """The first line of a layout, run by run."""
    from weasyprint.text.ffi import ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    words = layout.text.encode("utf-8")
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        stream.set_font_size(font.hash, size)
        _draw_run(_Pen(stream, font, size, item.item.analysis.font), item, words)


def _draw_run(pen: _Pen, item: Any, words: bytes) -> None:
    """One run: its drawings, piece by piece, each with the letters that it stands for."""
    glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
    count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    starts = [*sorted({clusters[place] for place in range(count)}), length]
    for start, places in groupby(range(count), lambda place: clusters[place]):
        letters = words[begin + start : begin + starts[starts.index(start) + 1]].decode("utf-8")
        pen.piece([glyphs[place] for place in places], letters)
    pen.flush()


class _Pen:
    """Writes drawings in one font and size, as many at a time as need no words of their own."""

    def __init__(self, stream: Any, font: Any, size: float, pango_font: Any) -> None:
        self.stream, self.font, self.size, self.pango_font = stream, font, size, pango_font
        self.line = ""

    def piece(self, glyphs: list[Any], letters: str) -> None:
        """The drawings of one piece. What a drawing is first used for is what it means by itself.

        Marks before and after those that move the pen stand for nothing, or a reader would take their places for ends
        of the piece and see a space between two.
        """
        known = self.font.to_unicode
        wide = [place for place, glyph in enumerate(glyphs) if glyph.geometry.width] or [0]
        first, last = wide[0], wide[-1] + 1
        for part, meant in ((glyphs[:first], ""), (glyphs[first:last], letters), (glyphs[last:], "")):
            numbers = [number for glyph in part if (number := self.number(glyph)) is not None]
            told = len(part) > 1 or any(known.get(number, letters) != meant for number in numbers)
            for number in numbers:
                known.setdefault(number, letters)
            if told:
                self.begin(meant)
            for glyph in part:
                self.draw(glyph)
            if told:
                self.flush()
                self.stream.end_marked_content()

    def begin(self, meant: str) -> None:
        """What is drawn from here stands for these letters."""
        import pydyf

        self.flush()
        self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(meant)}))

    def number(self, glyph: Any) -> int | None:
        """The drawing's number in the font; None where Pango wants nothing drawn.

        Both that and a letter that the font lacks have numbers far above those of any font, and a font is cut to the
        highest number that is used: with one of those it takes gigabytes.
        """
        from weasyprint.text.ffi import FROM_UNITS, pango

        number = int(glyph.glyph)
        if number == pango.PANGO_GLYPH_EMPTY:
            return None
        if number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            number = int(self.font.get_unused_glyph_id(number - pango.PANGO_GLYPH_UNKNOWN_FLAG))
            self.font.widths.setdefault(number, round(glyph.geometry.width * 1000 * FROM_UNITS / self.size))
            self.font.widths.setdefault(0, self.font.widths[number])
        return number

    def draw(self, glyph: Any) -> None:
        """One drawing, at its place; the pen moves on by its width as Pango measured it."""
        from weasyprint.text.ffi import FROM_UNITS

        width = glyph.geometry.width * FROM_UNITS * 1000 / self.size
        number = self.number(glyph)
        if number is None:
            self.move(width)
            return
        offset = glyph.geometry.x_offset * FROM_UNITS * 1000 / self.size
        rise = glyph.geometry.y_offset * FROM_UNITS
        self.move(offset)
        if rise:
            self.flush()
            self.stream.set_text_rise(-rise)
        self.line += f"<{number:04x}>"
        if rise:
            self.flush()
            self.stream.set_text_rise(0)
        self.move(width - offset - self.own_width(number))

    def move(self, by: float) -> None:
        """Move on, by thousandths of the size."""
        if round(by):
            self.line += str(-round(by))

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
        if self.line:
            self.stream.show_text(self.line)
            self.line = ""
