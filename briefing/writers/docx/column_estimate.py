"""Estimate the heights of the two columns: how far the text reaches, and how far the side column is occupied.

The line breaks on the reader's machine are unknown. The text's height is therefore estimated low, and that of the side
column high. Blocks that might overlap are not set beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme, TypeStyle

from .base.paragraphs import offsets, spaces
from .base.style_table import PARAGRAPHS, StyleRow, style_id
from .base.type_style import PLAIN
from .ooxml.elements import mm
from .ooxml.text import Frame
from .page_grid import side_place
from .text_size import MM, NARROW, WIDER, line_count

#: The factor of text heights, which keeps their estimate low (the text widths are low already); and the distance below
#: a block in the side column, in mm.
_LOW_ESTIMATE, _CLEAR_MM = 0.98, 6.0
#: The faces that may be on the reader's machine: the factors by which the text, and a block beside it, get higher. The
#: last is DejaVu, the widest that LibreOffice falls back to, as measured with the sample briefs.
_FACE_FACTORS = ((1.0, 1.0), (WIDER, 1.4))
#: The greatest error of a position, in pages: a constant, and an addition for each page before it.
_ERROR = (0.03, 0.04)


@dataclass(slots=True)
class Columns:
    """Heights in mm from the top of the text, as if all pages were one long strip.

    ``text`` is the end of the text, ``taken`` that of the side column, and ``notes`` the height of all footnotes.
    ``begun`` is the start of the last page that the content itself began, a position known exactly.
    """

    theme: Theme
    text: float = 0.0
    taken: float = 0.0
    notes: float = 0.0
    begun: float = 0.0
    _entries: dict[str, StyleRow] = field(default_factory=lambda: {style_id(entry.name): entry for entry in PARAGRAPHS})

    def look(self, style: str) -> TypeStyle:
        """The type style of a paragraph style, by the style's id."""
        entry = self._entries.get(style)
        return (self.theme.style(entry.look) if entry else None) or self.theme.style("body") or PLAIN

    @property
    def frame(self) -> Frame:
        """A frame in the side column, level with the text that follows."""
        return Frame(mm(side_place(self.theme)), mm(self.theme.measures.side))

    def above(self, style: str) -> float:
        """The space above a paragraph in that style, in pt."""
        return spaces(self.theme, self._entries.get(style), self.look(style))[0]

    def indent(self, style: str) -> float:
        """The left indent of a paragraph style, in mm, by the style's id."""
        entry = self._entries.get(style)
        return offsets(self.theme, entry)[0] if entry else 0.0

    def height(self, style: str, words: str, width: float = 0.0) -> float:
        """The estimated height of a paragraph in mm, in a column ``width`` mm wide (0: the text column)."""
        look, entry = self.look(style), self._entries.get(style)
        room = width or (self.theme.measures.full if entry and entry.wide else self.theme.measures.text)
        size = look.size * (NARROW if look.face == "sans" else 1.0)
        rows = line_count(words, size, room - self.indent(style), bold=look.weight >= 600)
        before, after = spaces(self.theme, entry, look)
        return (rows * look.leading + before + after) * MM

    def set_text(self, height: float) -> None:
        """Record text of about this height, in mm."""
        self.text += height * _LOW_ESTIMATE

    def set_beside(self, height: float, start: float = 0.0) -> None:
        """Record a block of about this height in the side column, ``start`` mm below the end of the text."""
        self.taken = max(self.taken, self.text / _LOW_ESTIMATE + start) + height + _CLEAR_MM

    def set_across(self) -> None:
        """Record that the last block was as wide as both columns."""
        self.taken = max(self.taken, self.text)

    def over(self, height: float, paper: str) -> float:
        """The greatest height, in mm, by which a block this high, level with the text, may exceed its page."""
        return max(over for over, _ in self._overflows(height, paper))

    def has_foot(self, height: float, paper: str) -> bool:
        """Whether a block this high fits at the foot of the page, below everything in the side column."""
        return all(over + _CLEAR_MM < free for over, free in self._overflows(height, paper))

    def below(self, paper: str) -> float:
        """The most height that the following text may take on this page, in mm."""
        first, last = self._position_range(1.0, paper)
        return self.room(paper) * (1 - first % 1 if int(first) == int(last) else 1.0)

    def _overflows(self, height: float, paper: str) -> Iterator[tuple[float, float]]:
        """For each of the faces: how far a block may exceed the page, and the free height above it, in mm."""
        room = self.room(paper)
        for text, side in _FACE_FACTORS:
            first, last = self._position_range(text, paper)
            over = height * side if int(first) != int(last) else (last % 1 - 1) * room + height * side
            yield max(0.0, over), (self.text - self.taken) * text

    def _position_range(self, wider: float, paper: str) -> tuple[float, float]:
        """The least and the greatest position of the text's end, in pages from the last one that was begun."""
        place = (self.text + self.notes - self.begun) * wider / self.room(paper)
        error = _ERROR[0] + _ERROR[1] * place
        return max(0.0, place - error), place + error

    def free(self) -> bool:
        """Whether the side column is empty from here on."""
        return self.text >= self.taken

    def left(self, paper: str) -> float:
        """The height left on the page where the text ends, in mm; estimated low."""
        room = self.room(paper)
        return room - self.text / _LOW_ESTIMATE % room - _CLEAR_MM

    def set_note(self, words: str) -> None:
        """Record a footnote at the bottom of some page."""
        self.notes += self.height("FootnoteText", words)

    def new_page(self, paper: str) -> None:
        """Record that the next block begins a page."""
        room = self.room(paper)
        self.text = self.taken = ceil(self.text / room) * room
        self.begun = self.text + self.notes

    def room(self, paper: str) -> float:
        """The height of the text on a page, in mm."""
        return PAPER_SIZES[paper][1] - self.theme.measures.top_first - self.theme.measures.bottom

    def pages(self, paper: str) -> int:
        """The estimated number of pages, which a field shows until Word has laid out the document."""
        return max(1, ceil((self.text / _LOW_ESTIMATE + self.notes) / self.room(paper)))
