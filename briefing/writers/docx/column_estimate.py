"""Estimate the heights of the two columns: how far the text reaches, and how far the side column is occupied.

The line breaks on the reader's machine are unknown. The text's height is therefore estimated low, and that of the side
column high. Blocks that might overlap are not set beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme, TypeStyle

from .base.paragraphs import offsets, spaces
from .base.style_table import PARAGRAPHS, StyleRow
from .base.type_style import PLAIN
from .ooxml.elements import mm
from .ooxml.text import Frame
from .page_grid import side_place
from .text_size import MM, NARROW, WIDER, line_count
from .word_styles import BLOCK_STYLES

#: The factor of text heights, which keeps their estimate low (the text widths are low already); and the distance below
#: a block in the side column, in mm.
_LOW_ESTIMATE, _CLEAR_MM = 0.98, 6.0
#: The faces that may be on the reader's machine: the factors by which the text, and a block beside it, get higher. The
#: last is DejaVu, the widest that LibreOffice falls back to, as measured with the sample briefs.
_FACE_FACTORS = ((1.0, 1.0), (WIDER, 1.4))
#: The greatest error of a position, in pages: a constant, and an addition for each page before it.
_ERROR = (0.03, 0.04)


#: The rows of the table of styles, by their names in lower case.
_ROWS: Mapping[str, StyleRow] = {row.name.lower(): row for row in PARAGRAPHS}


@dataclass(slots=True)
class ColumnEstimate:
    """Heights in mm from the top of the text, as if all pages were one long strip. Styles are given by their names.

    ``text_end`` is the end of the text, ``title_end`` that of the title, ``side_end`` that of the side column, and
    ``notes`` the height of all footnotes. ``page_start`` is the start of the last page that the content itself began, a
    position known exactly.
    """

    theme: Theme
    paper: str
    text_end: float = 0.0
    title_end: float = 0.0
    side_end: float = 0.0
    notes: float = 0.0
    page_start: float = 0.0

    @property
    def side_frame(self) -> Frame:
        """A frame in the side column, level with the text that follows."""
        return Frame(mm(side_place(self.theme)), mm(self.theme.measures.side))

    @property
    def page_height(self) -> float:
        """The height of the text on a page."""
        return PAPER_SIZES[self.paper][1] - self.theme.measures.top_first - self.theme.measures.bottom

    def type_style(self, style: str) -> TypeStyle:
        """The type style of a paragraph style."""
        row = _ROWS.get(style.lower())
        return (self.theme.style(row.look) if row else None) or self.theme.style("body") or PLAIN

    def spaces(self, style: str) -> tuple[float, float]:
        """The space above and below a paragraph, in pt."""
        return spaces(self.theme, _ROWS.get(style.lower()), self.type_style(style))

    def indent(self, style: str) -> float:
        """The left indent of a paragraph style."""
        row = _ROWS.get(style.lower())
        return offsets(self.theme, row)[0] if row else 0.0

    def size(self, style: str) -> float:
        """The type size of a paragraph style in pt, as :func:`text_width` needs it: less for a narrower face."""
        type_style = self.type_style(style)
        return type_style.size * (NARROW if type_style.face == "sans" else 1.0)

    def height(self, style: str, text: str, width: float = 0.0) -> float:
        """The estimated height of a paragraph in a column of a width (0: the text column)."""
        type_style, row = self.type_style(style), _ROWS.get(style.lower())
        room = width or (self.theme.measures.full if row and row.wide else self.theme.measures.text)
        lines = line_count(text, self.size(style), room - self.indent(style), bold=type_style.weight >= 600)
        above, below = self.spaces(style)
        return (lines * type_style.leading + above + below) * MM

    def add_text(self, height: float) -> None:
        """Record text of about this height."""
        self.text_end += height * _LOW_ESTIMATE

    def add_beside(self, height: float, start: float = 0.0) -> None:
        """Record a block of about this height in the side column, ``start`` mm below the end of the text."""
        self.side_end = max(self.side_end, self.text_end / _LOW_ESTIMATE + start) + height + _CLEAR_MM

    def add_note(self, text: str) -> None:
        """Record a footnote at the bottom of some page."""
        self.notes += self.note_height(text)

    def note_height(self, text: str) -> float:
        """The estimated height of a footnote."""
        return self.height(BLOCK_STYLES[".notes li"], text)

    def add_wide(self) -> None:
        """Record that the last block was as wide as both columns."""
        self.side_end = max(self.side_end, self.text_end)

    def add_page(self) -> None:
        """Record that the next block begins a page."""
        self.text_end = self.side_end = ceil(self.text_end / self.page_height) * self.page_height
        self.page_start = self.text_end + self.notes

    def side_is_free(self) -> bool:
        """Whether the side column is empty from here on."""
        return self.text_end >= self.side_end

    def overflow(self, height: float) -> float:
        """The greatest height by which a block this high, level with the text, may exceed its page."""
        return max(overflow for overflow, _ in self._overflows(height))

    def fits_at_foot(self, height: float) -> bool:
        """Whether a block this high fits at the foot of the page, below everything in the side column."""
        return all(overflow + _CLEAR_MM < free for overflow, free in self._overflows(height))

    def height_below(self) -> float:
        """The most height that the following text may take on this page."""
        first, last = self._position_range(1.0)
        return self.page_height * (1 - first % 1 if int(first) == int(last) else 1.0)

    def height_left(self) -> float:
        """The height left on the page where the text ends; estimated low."""
        return self.page_height - self.text_end / _LOW_ESTIMATE % self.page_height - _CLEAR_MM

    def page_count(self) -> int:
        """The estimated number of pages, which a field shows until Word has laid out the document."""
        return max(1, ceil((self.text_end / _LOW_ESTIMATE + self.notes) / self.page_height))

    def _overflows(self, height: float) -> Iterator[tuple[float, float]]:
        """For each of the faces: how far a block may exceed the page, and the free height above it."""
        for text, side in _FACE_FACTORS:
            first, last = self._position_range(text)
            overflow = height * side
            if int(first) == int(last):
                overflow = (last % 1 - 1) * self.page_height + height * side
            yield max(0.0, overflow), (self.text_end - self.side_end) * text

    def _position_range(self, factor: float) -> tuple[float, float]:
        """The least and the greatest position of the text's end, in pages from the last one that was begun."""
        position = (self.text_end + self.notes - self.page_start) * factor / self.page_height
        error = _ERROR[0] + _ERROR[1] * position
        return max(0.0, position - error), position + error
