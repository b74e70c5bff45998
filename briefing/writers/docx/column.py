"""Two columns, roughly: how far down the text has come, and how far the side column is taken.

Nobody knows where Word will break a line on the reader's machine. The text is therefore reckoned short and what stands
in the side column long: what might meet is not set beside the text at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from briefing.theme import Theme, TypeStyle

from .base.look import PLAIN
from .base.roll import PARAGRAPHS, Entry, style_id
from .grid import side_place
from .measure import MM, NARROW, lines
from .ooxml import mm

__all__ = ["Columns"]

#: The measure of words is short already; what floats keeps this much clear below it, in mm.
_SHORT, _CLEAR = 0.98, 6.0
#: Below this height, in mm, matter beside the text is short.
_SHORT_MATTER = 60.0


@dataclass(slots=True)
class Columns:
    """Heights in mm from the top of the text, as if all pages were one long strip."""

    theme: Theme
    text: float = 0.0
    taken: float = 0.0
    notes: float = 0.0
    _entries: dict[str, Entry] = field(default_factory=lambda: {style_id(entry.name): entry for entry in PARAGRAPHS})

    def look(self, style: str) -> TypeStyle:
        """The type style behind a paragraph style's id."""
        entry = self._entries.get(style)
        return (self.theme.style(entry.look) if entry else None) or self.theme.style("body") or PLAIN

    @property
    def frame(self) -> tuple[int, int]:
        """The side column: its distance from the page's left edge, and its width, in twips."""
        return mm(side_place(self.theme)), mm(self.theme.measures.side)

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

    def fits(self, height: float, paper: str) -> bool:
        """Whether something so tall would end on the page that the text has come to.

        Short matter fits: at the worst it is moved up a little, or goes over with the paragraph that it stands beside.
        """
        room = self.room(paper)
        return height < _SHORT_MATTER or (self.text + self.notes) % room + height + _CLEAR * 3 < room

    def new_page(self, paper: str) -> None:
        """What comes next begins a page."""
        room = self.room(paper)
        self.text = self.taken = ceil(self.text / room) * room

    def room(self, paper: str) -> float:
        """The height of a page's text, in mm."""
        tall = {"A4": 297.0, "Letter": 279.4}[paper]
        return tall - self.theme.measures.top_first - self.theme.measures.bottom

    def pages(self, paper: str) -> int:
        """About how many pages the text fills: what a field shows until Word has counted."""
        return max(1, ceil((self.text / _SHORT + self.notes) / self.room(paper)))
