"""The Word document being built: state and helpers shared by all builders of elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from briefing.galley import Galley
from briefing.galley.tree import Element, Node

from .bookmarks import Bookmarks
from .charts import Charts
from .column_estimate import Columns
from .ooxml.elements import XmlElement, el, name
from .ooxml.text import Frame, bookmark, is_floating, is_table, paragraph
from .pictures import Pictures
from .runs import RunBuilder, set_text_runs
from .text_runs import RunFormat, TextRun, collapse_spaces, plain, to_runs
from .word_styles import Styles


@dataclass(frozen=True, slots=True)
class BlockContext:
    """The position of an element: its container's style, list and depth, language, direction, and width in mm.

    ``listing`` is the style of the list, ``number`` the id of its numbering and ``room`` the width; 0 is the text
    column. ``boxed`` is true inside a table or frame, ``sheet`` inside a section that begins on a page of its own.
    """

    style: str = "Body Text"
    listing: str = ""
    depth: int = 0
    number: int = 0
    language: str = ""
    rtl: bool = False
    room: float = 0.0
    boxed: bool = False
    sheet: bool = False

    def inside(self, element: Element) -> BlockContext:
        """The same position, with the language and direction of an element."""
        language = element.get("lang") or self.language
        direction = element.get("dir")
        return replace(self, language=language, rtl=direction == "rtl" if direction in {"rtl", "ltr"} else self.rtl)


@dataclass(slots=True)
class DocxBuilder:
    """The document being built. ``story`` is the list that the next element is added to: the body's, or a table cell's.

    ``pending`` are ids whose bookmark begins with the next paragraph, and ``ahead`` the nodes that follow at each
    level. ``together`` is the height in mm of the following text that stays on one page, because something stands
    beside it.
    """

    galley: Galley
    styles: Styles
    marks: Bookmarks
    pictures: Pictures
    charts: Charts
    columns: Columns
    line: RunBuilder
    numbering: XmlElement
    story: list[XmlElement] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    break_page: bool = False
    together: float = 0.0
    ahead: list[Sequence[Node]] = field(default_factory=list)

    def following(self) -> Iterator[Element]:
        """The elements after the current block: its later siblings, then those of its ancestors."""
        for nodes in reversed(self.ahead):
            yield from (node for node in nodes if isinstance(node, Element))

    @contextmanager
    def cell(self) -> Iterator[list[XmlElement]]:
        """A separate list for the content of a cell, as the current story."""
        outer, self.story = self.story, []
        try:
            yield self.story
        finally:
            self.story = outer

    def pieces(self, nodes: Sequence[Node], context: BlockContext, style: str = "") -> list[TextRun]:
        """The text runs of inline nodes, with the language and direction of their position."""
        return collapse_spaces(to_runs(nodes, RunFormat(style=style, language=context.language, rtl=context.rtl)))

    def paragraph(
        self,
        style: str,
        nodes: Sequence[Node] | Sequence[TextRun],
        context: BlockContext,
        *,
        identity: str = "",
        label: str = "",
        number: tuple[int, int] | None = None,
        keep_next: bool = False,
        frame: Frame | None = None,
        based: str = "Body Text",
    ) -> XmlElement:
        """Add a paragraph to the story, in the style of that Word name. ``identity`` is its id in the galley."""
        pieces = [node for node in nodes if isinstance(node, TextRun)] or self.pieces(
            [node for node in nodes if not isinstance(node, TextRun)], context
        )
        style = self._after_table(style)
        if self.break_page and style == "heading 1":
            style, self.break_page = "Sheet Heading", False  # a heading at the top of a page has no space above it
        style_id = self.styles.paragraph(style, based=based)
        words = "".join(piece.text for piece in pieces if piece.kind != "call")
        height = self.columns.height(style_id, words, context.room)
        title, rest = _split(pieces)
        runs = self._with_bookmarks(set_text_runs(title, self.line, label=label), identity, skip=label) + set_text_runs(
            rest, self.line
        )
        element = paragraph(
            style_id,
            runs,
            number=number,
            bidi=context.rtl and self.galley.direction != "rtl",
            keep_next=keep_next or (self.together > height and not context.boxed),
            whole=self.together > 0 and not context.boxed,
            page_break=self.break_page,
            frame=frame,
        )
        self.break_page = False
        self.story.append(element)
        if not context.boxed:
            self.columns.set_text(height)
            self.together -= height
        return element

    def _after_table(self, style: str) -> str:
        """The style for a paragraph after a table; adds a gap if the style has too little space above it."""
        if not self.story or not is_table(self.story[-1]) or is_floating(self.story[-1]):
            return style
        if style == "Body Text":
            return "Body Text After Table"
        if style not in {"Table Note", "Anchor"} and self.columns.above(self.styles.paragraph(style)) < 4:
            self.gap()
        return style

    def _with_bookmarks(self, runs: list[XmlElement], identity: str, *, skip: str) -> list[XmlElement]:
        """The runs inside the bookmarks of all elements that begin with this paragraph and are referred to."""
        pending, self.pending = self.pending, []
        for target in (*pending, identity):
            mark = self.marks.name(target) if target and target != skip else ""
            if mark:
                runs = bookmark(self.marks.next_id(), mark, runs)
        return runs

    def await_mark(self, element: Element) -> None:
        """Let the next paragraph have the bookmark of this element, if the element is referred to."""
        if element.get("id") and self.marks.name(element.get("id")):
            self.pending.append(element.get("id"))

    def table(self, element: XmlElement, *, boxed: bool = False) -> None:
        """Add a table to the story, with a gap after a preceding table, because Word would join the two."""
        self.together = 0.0  # a table keeps its own rows together, and the following text is below it
        if self.break_page or (self.story and is_table(self.story[-1])):
            self.gap()
        elif not self.story and not boxed:
            # LibreOffice adds an empty line before a table at the beginning of a document.
            self.story.append(paragraph(self.styles.paragraph("Anchor")))
        self.story.append(element)

    def gap(self) -> None:
        """Add an empty paragraph, which the standard requires between tables and after the last one."""
        self.story.append(paragraph(self.styles.paragraph("Table Gap"), page_break=self.break_page))
        self.columns.set_text(2.0)
        self.break_page = False

    def new_list(self, start: int = 1) -> int:
        """Add a numbering that begins at ``start``; returns its id."""
        from .base.style_table import NUMBERS

        taken = [int(num.get(name("w:numId")) or 0) for num in self.numbering.iterfind(name("w:num"))]
        identity = max(taken) + 1
        begin = el("w:lvlOverride", el("w:startOverride", val=start), ilvl=0)
        self.numbering.append(el("w:num", el("w:abstractNumId", val=NUMBERS[0]), begin, numId=identity))
        return identity

    def small_picture(self, piece: TextRun) -> list[XmlElement]:
        """The run of a picture in a line of text, at most 4 mm high; empty if there is no such picture."""
        element = piece.element
        image = self.galley.pictures.get(element.get("src").removeprefix("picture:")) if element is not None else None
        if element is None or image is None:
            return []
        return [self.pictures.place(image, element.get("alt"), room=self.galley.theme.measures.text, height=4.0)]

    def note_pieces(self, nodes: Sequence[Node]) -> list[TextRun]:
        """The text runs of a footnote, in the brief's own language; its paragraphs become one."""
        line = [
            part
            for node in nodes
            for part in (node.children if not isinstance(node, str) and node.tag == "p" else (node,))
        ]
        return self.pieces(line, BlockContext(language=self.galley.language, rtl=self.galley.direction == "rtl"))

    def words(self, nodes: Sequence[Node]) -> str:
        """The plain text of nodes, for measuring."""
        return plain(nodes)


def _split(pieces: Sequence[TextRun]) -> tuple[Sequence[TextRun], Sequence[TextRun]]:
    """The text of a heading, and its portion mark with the space before it: references repeat only the text."""
    place = next((index for index, piece in enumerate(pieces) if piece.format.style == "portion-mark"), None)
    if not place or pieces[place - 1].kind != "words":
        return pieces, ()
    before = pieces[place - 1]
    words = before.text.rstrip(" ")
    space = [replace(before, text=before.text[len(words) :])] if words != before.text else []
    return [*pieces[: place - 1], replace(before, text=words)], [*space, *pieces[place:]]
