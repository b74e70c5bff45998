"""Two columns, roughly: how far down the text has come, and how far the side column is taken.

Nobody knows where Word will break a line on the reader's machine. The text is therefore reckoned short and what stands
in the side column long: what might meet is not set beside the text at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from briefing.theme import Theme, TypeStyle

from .base.look import PLAIN
from .base.roll import PARAGRAPHS, Entry, style_id
from .grid import side_place
from .measure import MM, NARROW, WIDER, lines
from .ooxml.elements import mm
from .ooxml.text import Frame

__all__ = ["Columns"]

#: The measure of words is short already; what floats keeps this much clear below it, in mm.
_SHORT, _CLEAR = 0.98, 6.0
#: Faces as they may be on the reader's machine: how much more room the text takes, and what stands beside it. The last
#: is DejaVu, the widest that LibreOffice falls back to, as measured with the sample briefs.
_FACES = ((1.0, 1.0), (WIDER, 1.4))
#: How far wrong the place of something may be reckoned: in pages, and for each page before it.
_WRONG = (0.03, 0.04)


@dataclass(slots=True)
class Columns:
    """Heights in mm from the top of the text, as if all pages were one long strip.

    ``begun`` is where the last page begins that the content began, and so is known to begin there.
    """

    theme: Theme
    text: float = 0.0
    taken: float = 0.0
    notes: float = 0.0
    begun: float = 0.0
    _entries: dict[str, Entry] = field(default_factory=lambda: {style_id(entry.name): entry for entry in PARAGRAPHS})

    def look(self, style: str) -> TypeStyle:
        """The type style behind a paragraph style's id."""
        entry = self._entries.get(style)
        return (self.theme.style(entry.look) if entry else None) or self.theme.style("body") or PLAIN

    @property
    def frame(self) -> Frame:
        """A frame in the side column, level with the text that follows."""
        return Frame(mm(side_place(self.theme)), mm(self.theme.measures.side))

    def above(self, style: str) -> float:
        """The room above a paragraph in that style, in pt."""
        entry = self._entries.get(style)
        return entry.before if entry is not None and entry.before is not None else self.look(style).before

    def indent(self, style: str) -> float:
        """The left indent of a paragraph style's id, in mm."""
        entry = self._entries.get(style)
        return entry.left * self.theme.scale if entry else 0.0

    def height(self, style: str, words: str, width: float = 0.0) -> float:
        """How tall a paragraph is, in mm, in a column of ``width`` mm (the text column, when not given)."""
        look, entry = self.look(style), self._entries.get(style)
        room = width or (self.theme.measures.full if entry and entry.wide else self.theme.measures.text)
        size = look.size * (NARROW if look.face == "sans" else 1.0)
        rows = lines(words, size, room - self.indent(style), bold=look.weight >= 600)
        before = look.before if entry is None or entry.before is None else entry.before
        after = look.after if entry is None or entry.after is None else entry.after
        return (rows * look.leading + before + after) * MM

    def set_text(self, height: float) -> None:
        """Text of about this height has been set."""
        self.text += height * _SHORT

    def set_beside(self, height: float, start: float = 0.0) -> None:
        """Something of about this height stands in the side column, ``start`` mm from where the text has come to."""
        self.taken = max(self.taken, self.text / _SHORT + start) + height + _CLEAR

    def set_across(self) -> None:
        """What has just been set is as wide as both columns."""
        self.taken = max(self.taken, self.text)

    def over(self, height: float, paper: str) -> float:
        """How far something so tall, level with the text, may at the worst run over the foot of its page, in mm."""
        return max(over for over, _ in self._overs(height, paper))

    def has_foot(self, height: float, paper: str) -> bool:
        """Whether something so tall may stand on the foot of the page and meet nothing above it."""
        return all(over + _CLEAR < free for over, free in self._overs(height, paper))

    def below(self, paper: str) -> float:
        """How much of the text that follows may stand above the foot of this page, in mm."""
        first, last = self._between(1.0, paper)
        return self.room(paper) * (1 - first % 1 if int(first) == int(last) else 1.0)

    def _overs(self, height: float, paper: str) -> Iterator[tuple[float, float]]:
        """For each of the faces: how far something may run over, and how much is free above it, in mm."""
        room = self.room(paper)
        for text, side in _FACES:
            first, last = self._between(text, paper)
            over = height * side if int(first) != int(last) else (last % 1 - 1) * room + height * side
            yield max(0.0, over), (self.text - self.taken) * text

    def _between(self, wider: float, paper: str) -> tuple[float, float]:
        """Where the text has come to, at the least and at the most, in pages from the last one that was begun."""
        place = (self.text + self.notes - self.begun) * wider / self.room(paper)
        wrong = _WRONG[0] + _WRONG[1] * place
        return max(0.0, place - wrong), place + wrong

    def free(self) -> bool:
        """Whether the side column is empty from here on."""
        return self.text >= self.taken

    def left(self, paper: str) -> float:
        """How much of the page that the text has come to is left below it, in mm; reckoned short."""
        room = self.room(paper)
        return room - self.text / _SHORT % room - _CLEAR

    def set_note(self, words: str) -> None:
        """A footnote has been set at the bottom of some page."""
        self.notes += self.height("FootnoteText", words)

    def new_page(self, paper: str) -> None:
        """What comes next begins a page."""
        room = self.room(paper)
        self.text = self.taken = ceil(self.text / room) * room
        self.begun = self.text + self.notes

    def room(self, paper: str) -> float:
        """The height of a page's text, in mm."""
        tall = {"A4": 297.0, "Letter": 279.4}[paper]
        return tall - self.theme.measures.top_first - self.theme.measures.bottom

    def pages(self, paper: str) -> int:
        """About how many pages the text fills: what a field shows until Word has counted."""
        return max(1, ceil((self.text / _SHORT + self.notes) / self.room(paper)))
