"""Glyphs carry the text that they stand for (ActualText), where a glyph is not always the same character.

A PDF holds glyph numbers, and WeasyPrint 70 keeps one text for each: that of its first use, and none if other glyphs of
the same cluster follow. But a letter with a mark may be two glyphs, an Arabic letter in Noto has glyphs that it shares
with others (a body, and dots), Devanagari has glyphs for syllables, and a font may have one glyph for two characters.
So the glyphs of such a cluster carry its characters (ISO 32000-1, 14.9.4). Text from right to left is written
character by character in reading order (``reading_order``). Drawn here are also lines with characters of private use,
which have no meaning of their own, with a character that no font has, which becomes a box, and with a hyphen that
WeasyPrint has put into a word, which is read as a soft hyphen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple
from unicodedata import bidirectional, category, mirrored

from briefing.writers.pdf.missing_glyphs import BLANK_FAMILY, is_ignored, is_visible
from briefing.writers.pdf.placeholder_glyph import SEPARATOR, WIDTH, PlaceholderGlyphs
from briefing.writers.pdf.weasyprint_.reading_order import (
    LRM,
    RLM,
    Direction,
    Line,
    Lines,
    ends_right_to_left,
    is_right_to_left,
)

from .guard import replaced

TARGETS = {
    "weasyprint.draw.text:draw_first_line": "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    "weasyprint.pdf.fonts:Font.get_unused_glyph_id": "(self, codepoint)",
    "weasyprint.pdf.stream:Stream.add_font": "(self, pango_font)",
}
UPSTREAM = "Kozea/WeasyPrint#2841"
REASON = "words with marks, in Arabic, Devanagari and other scripts are copied as other words or lost"

_PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
#: Right-to-left scripts, those of India and South East Asia, presentation forms of Arabic and Hebrew; combining marks;
#: and private use.
_DRAWN_HERE = re.compile(
    "[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc"
    f"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f{_PRIVATE_USE}]"
)
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
def apply(document: Any) -> Iterator[PlaceholderGlyphs]:
    """Write ActualText; returns the boxes that are drawn.

    That no font has a character is known only when its line is written. Then WeasyPrint adds the font that reserves
    its width, or asks for the number of a missing glyph. What has been written of that line is removed and drawn here.
    """
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    own, own_font = text.draw_first_line, Stream.add_font
    boxes, lines = PlaceholderGlyphs(), Lines(document)

    def draw(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        line = lines.of(box) if overflow != "ellipsis" and ellipsis == "none" and box.text.strip() else None
        if line is not None:
            _draw_in_order(stream, box, matrix, boxes, line)
            return []
        if overflow == "ellipsis" or ellipsis != "none" or _is_plain(stream, box):
            drawn, font = len(stream.stream), stream._current_font
            try:
                pictures = own(stream, box, overflow, ellipsis, matrix)
            except _NoGlyphError:
                pictures = None
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


class _Shared(str):
    """The text of a glyph that has only been used together with others, under ActualText: its own text replaces it."""

    __slots__ = ()


def _claim(known: dict[int, str], number: int, characters: str) -> bool:
    """Give a glyph its text, unless it has one; returns whether that is its text now."""
    characters = characters.replace("\u00a0", " ")  # a reader may skip a space of its own, with ActualText
    found = known.get(number)
    if found is None or type(found) is _Shared:
        known[number] = found = characters
    return found == characters


def _is_plain(stream: Any, box: Any) -> bool:
    """Whether each glyph of the first line always stands for the same text, so that WeasyPrint can draw it."""
    from weasyprint.text.ffi import ffi, pango

    if not box.text.strip():
        return not box.text or box.style["font_size"] == 0  # WeasyPrint leaves a space between two elements out
    if box.text.endswith(HYPHEN) or _DRAWN_HERE.search(box.text) is not None:
        return False
    # The mode and the first line are those that WeasyPrint will draw.
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    text, size = box.pango_layout.text.encode(), ffi.sizeof("PangoGlyphInfo")
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        try:
            font, _ = stream.add_font(item.item.analysis.font)
        except _NoGlyphError:
            return False
        if font.bitmap or font.svg or font.png or font.colr:
            continue
        count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
        starts = ffi.unpack(item.glyphs.log_clusters, count)
        if item.item.analysis.level % 2 or len(set(starts)) < count:
            return False
        # The glyph is the first of the numbers of 32 bits in a PangoGlyphInfo.
        numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * size)).cast("I")[:: size // 4]
        here = text[begin : begin + length]
        for number, start, end in zip(numbers, starts, (*starts[1:], length), strict=True):
            if number == NOTDEF or number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                return False
            if number != pango.PANGO_GLYPH_EMPTY and not _claim(font.to_unicode, number, here[start:end].decode()):
                return False
    return True


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
        _draw_run(_TextPen(stream, font, size, pango_font, boxes), item, text)


class _Cluster(NamedTuple):
    """The glyphs of a run that stand for some characters, between two places in px from the left of the box.

    ``begin`` is the place of its first character in the text of the line.
    """

    pen: _TextPen
    glyphs: list[_Glyph]
    begin: int
    left: float
    right: float
    backwards: bool


#: The height above the line of the space that divides two segments, and the width of a character without glyphs, in
#: thousandths of the type size.
DIVIDER_RISE, THIN = 1500, 10
#: Characters overlap by this. Poppler takes the smallest distance of letters in a line, if there is one, for normal.
OVERLAP = 2


def _clusters(stream: Any, box: Any, boxes: PlaceholderGlyphs) -> Iterator[tuple[_Cluster, str]]:
    """The clusters of the first line of a box's layout in visual order, each with its characters."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    layout = box.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode("utf-8")
    run, at = line.runs[0], 0.0
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        try:
            font, size = stream.add_font(pango_font)
        except _NoGlyphError as missing:
            font, size = None, missing.args[0]
        if pango.pango_version() < RELIABLE_SIZE:
            size = box.style["font_size"]
        pen = _TextPen(stream, font, size, pango_font, boxes)
        glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
        count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
        starts = [*sorted({clusters[place] for place in range(count)}), length]
        for start, places in groupby(range(count), clusters.__getitem__):
            first = begin + start
            characters = text[first : begin + starts[starts.index(start) + 1]].decode("utf-8")
            found = _glyphs([glyphs[place] for place in places], characters, pen)
            width = sum(glyphs[place].geometry.width for place in range(count) if clusters[place] == start) * FROM_UNITS
            place = len(text[:first].decode("utf-8"))
            backwards = bool(item.item.analysis.level % 2)
            yield _Cluster(pen, found, place, at, at + width, backwards), characters
            at += width


def _with_marks(clusters: Iterable[tuple[_Cluster, str]]) -> list[tuple[_Cluster, str]]:
    """The clusters in reading order, each with the marks on it that are clusters of their own."""
    joined: list[tuple[_Cluster, str]] = []
    for cluster, characters in clusters:
        if joined and category(characters[0]) in {"Mn", "Me"} and cluster.right == cluster.left:
            base, before = joined.pop()
            glyphs = cluster.glyphs + base.glyphs if base.backwards else base.glyphs + cluster.glyphs
            joined.append((base._replace(glyphs=glyphs), before + characters))
        else:
            joined.append((cluster, characters))
    return joined


class _Unit(NamedTuple):
    """What is written together: a cluster from right to left, a run from left to right, or a mark of direction.

    Its glyphs begin at ``place``. A reader finds its characters between ``left`` and ``right``.
    """

    pen: _TextPen
    text: str
    glyphs: list[_Glyph]
    place: float
    left: float
    right: float
    backwards: bool


def _units(clusters: Iterable[tuple[_Cluster, str]]) -> Iterator[_Unit]:
    """The units of a text box in reading order."""
    for (_, backwards), group in groupby(clusters, lambda each: (id(each[0].pen), each[0].backwards)):
        members = list(group)
        for each, text in members:
            if len(each.glyphs) == len(text) == 1 and each.pen.font is not None and each.glyphs[0].number is not None:
                _claim(each.pen.font.to_unicode, each.glyphs[0].number, text)
        found = [
            _Unit(each.pen, text, each.glyphs, each.left, each.left, each.right, backwards) for each, text in members
        ]
        if backwards:
            yield from found
        else:
            glyphs = [glyph for each in found for glyph in each.glyphs]
            text = "".join(each.text for each in found)
            yield found[0]._replace(text=text, glyphs=glyphs, right=found[-1].right)


def _for_line_from_left(units: list[_Unit]) -> Iterator[_Unit]:
    """The units with places at which poppler finds them in order in a line from left to right.

    Poppler reverses from a right-to-left letter to the next character that ends this, and nothing else. So the sections
    that it finds are in reading order from left to right, and begin and end with a mark of direction.
    """
    at = min(unit.left for unit in units)
    for backwards, section in _sections(units):
        end = at + sum(unit.right - unit.left for unit in section)
        place, thin = end if backwards else at, THIN * section[0].pen.size / 1000
        if backwards:
            section[0] = section[0]._replace(right=section[0].right - thin)
            section[-1] = section[-1]._replace(left=section[-1].left + thin)
            place -= thin
        for unit in section:
            width = unit.right - unit.left
            place += -width if backwards else 0
            yield unit._replace(left=place, right=place + width, backwards=backwards)
            place += 0 if backwards else width
        if backwards:
            pen = section[0].pen
            yield _Unit(pen, RLM, [], at, at, at + thin, backwards=False)
            yield _Unit(pen, LRM, [], end, end - thin, end, backwards=False)
        at = end


def _sections(units: list[_Unit]) -> Iterator[tuple[bool, list[_Unit]]]:
    """The sections of a line from left to right: whether poppler reverses it, and its units."""
    kinds = "".join(
        "R" if any(map(is_right_to_left, unit.text)) else "E" if any(map(ends_right_to_left, unit.text)) else "N"
        for unit in units
    )
    for found in re.finditer("(R(?:[RN]*R)?)|[EN]+", kinds):
        yield found[1] is not None, units[found.start() : found.end()]


def _for_line_from_right(units: list[_Unit]) -> Iterator[_Unit]:
    """The units with marks at which poppler ends letters from left to right, and numbers, in a line from the right."""
    for ends, group in groupby(units, lambda each: not each.backwards):
        passage = list(group)
        if not ends:
            for unit in passage:
                if any(map(ends_right_to_left, unit.text)):
                    yield from _with_mark([unit])
                else:
                    yield unit
        else:
            yield from _with_mark(passage)


def _with_mark(passage: list[_Unit]) -> Iterator[_Unit]:
    first, *others = passage
    thin = THIN * first.pen.size / 1000
    yield first._replace(left=first.left + thin)
    yield from others
    yield _Unit(first.pen, RLM, [], first.left, first.left, first.left + thin, backwards=False)


def _draw_in_order(stream: Any, box: Any, matrix: Any, boxes: PlaceholderGlyphs, line: Line) -> None:
    """Draw the first line of a box's layout in reading order."""
    stream.set_text_matrix(*matrix.values)
    clusters = _with_marks(sorted(_clusters(stream, box, boxes), key=lambda each: each[0].begin))
    units = list(_units(clusters))
    arranged = _for_line_from_left if line.direction is Direction.LEFT_TO_RIGHT else _for_line_from_right
    text = _PlacedText(stream, boxes)
    reversed_by_pdfium = line.direction is Direction.RIGHT_TO_LEFT
    ordered = list(arranged(units))
    for number, unit in enumerate(ordered, 1):
        if line.lacking and number == len(ordered):
            # Before the last unit, since pdfium adds a space if the last object of a box does not end with one.
            text.hidden_marks(unit.pen.size, min(unit.left for unit in units), line.lacking)
        if reversed_by_pdfium and mirrored(unit.text[0]):
            text.hidden_marks(unit.pen.size, unit.left, 1)
            reversed_by_pdfium = False
        strong = [character for character in unit.text if bidirectional(character) in {"L", "R", "AL"}]
        reversed_by_pdfium = is_right_to_left(strong[-1]) if strong else reversed_by_pdfium
        text.unit(unit)


class _PlacedText:
    """Writes units of text in places of their own, under ActualText."""

    def __init__(self, stream: Any, boxes: PlaceholderGlyphs) -> None:
        self.stream, self.boxes = stream, boxes
        self.at = 0.0  # in px from the left of the box
        self.count = 0

    def unit(self, unit: _Unit) -> None:
        """Write a unit. From right to left, its first character has the glyphs, the others are to the left of it."""
        if not unit.backwards:
            self._span(unit.pen, unit.text, unit.left, unit.right, unit.glyphs, unit.place)
            return
        others = len(unit.text) - 1
        thin = min(THIN * unit.pen.size / 1000, (unit.right - unit.left) / (others + 1))
        left = unit.left + others * thin
        self._span(unit.pen, unit.text[0], left, unit.right, unit.glyphs, unit.place)
        for character in unit.text[1:]:
            left -= thin
            self._span(unit.pen, character, left, left + thin, [])

    def hidden_marks(self, size: float, place: float, count: int) -> None:
        """Write marks from left to right that only pdfium reads, because it ignores ActualText that is empty."""
        import pydyf

        name, number = self.boxes.marks(count)
        self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String("")}))
        self.stream.set_font_size(name, size)
        by = round((self.at - place) * 1000 / size)
        self.stream.show_text(f"{by} <{number:02x}>")
        self.at += (WIDTH - by) * size / 1000
        self.stream.end_marked_content()

    def _span(
        self, pen: _TextPen, text: str, left: float, right: float, glyphs: list[_Glyph], place: float = 0
    ) -> None:
        """Write glyphs that stand for a text, which a reader finds between two places.

        Poppler takes the first and the last glyph for its ends, so spaces are drawn there. pdfium sorts objects by
        their places up to one at another height, so the last is. It adds no space before one that begins with one.
        """
        import pydyf

        right += OVERLAP * pen.size / 1000
        self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
        if pen.font is not None:
            pen.blank()  # has its text before a space that does not break
            for glyph in glyphs:
                if glyph.number is not None:
                    pen.font.to_unicode.setdefault(glyph.number, _Shared(text[0]))
        spaced = pen.font is not None and pen.blank() != NOTDEF
        if not spaced or not any(map(is_visible, text)) or not glyphs or any(glyph.rise for glyph in glyphs):
            self._hidden(pen.size, left, right)
        if glyphs:
            if spaced:
                self._space(pen, left)
            self._go(pen, place)
            for glyph in glyphs:
                pen.draw(glyph)
            self.at += sum(glyph.width for glyph in glyphs) * pen.size / 1000
            if spaced:
                self._space(pen, right - self._width(pen))
            pen.flush()
        self.stream.set_text_rise(DIVIDER_RISE * pen.size / 1000)
        self._hidden(pen.size, left, right)
        self.stream.set_text_rise(0)
        self.stream.end_marked_content()

    def _hidden(self, size: float, left: float, right: float) -> None:
        """Draw a glyph that has an area, but draws nothing, between spaces at the left and at the right."""
        (font, space), (_, mark), wide = self.boxes.of(" "), self.boxes.of(SEPARATOR), WIDTH * size / 1000
        self.count += 1
        row = ""
        # pdfium leaves out an object that is the same as one before, so the number of spaces changes.
        for code, place in (*[(space, left)] * (1 + self.count % 6), (mark, left), (space, right - wide)):
            by = round((self.at - place) * 1000 / size)
            row += f"{by} <{code:02x}>" if by else f"<{code:02x}>"
            self.at += wide - by * size / 1000
        self.stream.set_font_size(font, size)
        self.stream.show_text(row)

    def _space(self, pen: _TextPen, place: float) -> None:
        self._go(pen, place)
        pen.line += f"<{pen.blank():04x}>"
        self.at += self._width(pen)

    @staticmethod
    def _width(pen: _TextPen) -> float:
        """The width of a space in px."""
        return pen.own_width(pen.blank()) * pen.size / 1000

    def _go(self, pen: _TextPen, place: float) -> None:
        by = round((place - self.at) * 1000 / pen.size)
        pen.move(by)
        self.at += by * pen.size / 1000


def _draw_run(pen: _TextPen, item: Any, text: bytes) -> None:
    """Draw a run, cluster by cluster; a mark that is a cluster of its own belongs to the one before it in the text."""
    glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
    count, begin, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    starts = [*sorted({clusters[place] for place in range(count)}), length]
    found: list[tuple[list[Any], str]] = []
    for start, places in groupby(range(count), lambda place: clusters[place]):
        end = begin + starts[starts.index(start) + 1]
        characters = text[begin + start : end].decode("utf-8")
        if characters == HYPHEN and end == len(text):
            characters = SOFT_HYPHEN
        found.append(([glyphs[place] for place in places], characters))
    backwards = bool(item.item.analysis.level % 2)
    joined: list[tuple[list[Any], str]] = []
    for cluster, characters in reversed(found) if backwards else found:
        mark = category(characters[0]) in {"Mn", "Me"} and not is_ignored(characters[0])
        if joined and mark and not any(glyph.geometry.width for glyph in cluster):
            before, base = joined.pop()
            joined.append((cluster + before if backwards else before + cluster, base + characters))
        else:
            joined.append((cluster, characters))
    for cluster, characters in reversed(joined) if backwards else joined:
        pen.cluster(_glyphs(cluster, characters, pen), characters)
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


def _glyphs(cluster: list[Any], characters: str, pen: _TextPen) -> list[_Glyph]:
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


class _TextPen:
    """Writes glyphs in one font and size, collected until one needs ActualText. Without a font it writes boxes."""

    def __init__(self, stream: Any, font: Any, size: float, pango_font: Any, boxes: PlaceholderGlyphs) -> None:
        self.stream, self.font, self.size, self.pango_font, self.boxes = stream, font, size, pango_font, boxes
        self.line = self.spaces = ""
        self.after_span = False

    def cluster(self, glyphs: list[_Glyph], characters: str) -> None:
        """Draw the glyphs of a cluster. The text of a glyph in the font is that of its first use alone.

        A viewer takes the first and the last glyph of a span for its ends, and adds spaces if they are elsewhere. So if
        a glyph there has no width, an invisible space is drawn over the cluster.
        """
        import pydyf

        known = {} if self.font is None else self.font.to_unicode
        numbers = [glyph.number for glyph in glyphs if glyph.number is not None]
        if characters == SOFT_HYPHEN:
            told = all(_claim(known, number, "-") for number in numbers) and not numbers
        elif len(glyphs) == 1:
            told = all(_claim(known, number, characters) for number in numbers)
        else:
            told = False
            # pdfium reads ActualText only if the font has a glyph for one of its characters.
            for place, number in enumerate(numbers):
                known.setdefault(number, _Shared(characters[min(place, len(characters) - 1)]))
        needs_text = (
            not told
            # pdfium drops characters above U+FFFC from ActualText, and poppler drops controls from a font's own text.
            or any(is_visible(m) and (m != characters or category(m) == "Cf") for _, m, *_ in glyphs if m)
            or (bool(glyphs) and _NEEDS_ACTUAL_TEXT.search(characters) is not None)
        )
        if needs_text:
            # pdfium skips a space that is drawn by itself between two spans, so it is a part of the second.
            if not self.spaces:
                self.flush()
            text = pydyf.Dictionary({"ActualText": pydyf.String(self.spaces + characters)})
            self.stream.begin_marked_content("Span", text)
            if not self.spaces:
                self.anchor(glyphs[0], at_end=False)
        for glyph in glyphs:
            self.draw(glyph)
        if needs_text:
            self.anchor(glyphs[-1], at_end=True)
            self.flush()
            self.stream.end_marked_content()
        self.spaces = " " if characters == " " and self.after_span else ""
        self.after_span = needs_text

    def anchor(self, glyph: _Glyph, *, at_end: bool) -> None:
        """Draw a space before, or back from, the place of the pen, if this glyph does not mark it."""
        if self.font is None or (glyph.width > 0 and not round(glyph.offset)):
            return
        space = self.blank()
        if not space:
            return
        back = -self.own_width(space)
        if at_end:
            self.move(back)
        self.line += f"<{space:04x}>"
        if not at_end:
            self.move(back)

    def blank(self) -> int:
        """The number of the glyph for a space; 0 if the font has none."""
        if not hasattr(self.font, "space"):
            import uharfbuzz

            face = uharfbuzz.Font(uharfbuzz.Face(self.font.file_content, self.font.index))
            self.font.space = face.get_nominal_glyph(0x20) or NOTDEF
        number: int = self.font.space
        if number != NOTDEF:
            self.font.to_unicode.setdefault(number, _Shared(" "))
        return number

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
