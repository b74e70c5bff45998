"""The Word document being built: state and helpers shared by all builders of elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.galley.tree import Element, Node

from .base.style_table import LEVELS, NUMBERS
from .bookmarks import Bookmarks
from .charts import Charts
from .column_estimate import ColumnEstimate
from .ooxml.elements import XmlElement, el, name
from .ooxml.text import Frame, bookmark, is_floating, is_table, paragraph
from .pictures import Pictures
from .runs import RunBuilder
from .text_runs import INLINE, RunFormat, TextRun, collapse_spaces, has_text, text_without_calls, to_runs
from .word_styles import BLOCK_STYLES, Styles

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture

#: The greatest height of a picture in a line of text, and of a flag beside the country's name, in mm.
_LINE_MM, _FLAG_MM = 4.0, 9.9
#: The least space above a paragraph below a table, in pt; with less there is a gap.
_SPACE_BELOW_TABLE_PT = 4
_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class BlockContext:
    """The position of an element: the style inherited from its container, list, language, direction, and width in mm.

    ``list_style`` is the style of the list, ``list_depth`` its depth and ``list_id`` the id of its numbering. A width
    of 0 is that of the text column. ``boxed`` is true inside a table or frame, ``own_page`` inside a section that
    begins on a page of its own.
    """

    style: str = BLOCK_STYLES["p"]
    list_style: str = ""
    list_depth: int = 0
    list_id: int = 0
    language: str = ""
    rtl: bool = False
    width: float = 0.0
    boxed: bool = False
    own_page: bool = False

    def inside(self, element: Element) -> BlockContext:
        """The same position, with the language and direction of an element."""
        language = element.get("lang") or self.language
        direction = element.get("dir")
        return replace(self, language=language, rtl=direction == "rtl" if direction in {"rtl", "ltr"} else self.rtl)

    def is_wide(self, element: Element) -> bool:
        """Whether an element extends over the side column."""
        return "wide" in element.classes and not self.boxed


@dataclass(slots=True)
class DocxBuilder:
    """The document being built. ``blocks`` is the list to which blocks are added: the body's, or a table cell's.

    ``build_block`` builds one element of the galley. The next paragraph begins the bookmarks of the ids in
    ``pending_bookmarks``. ``keep_mm`` is the height in mm of the following text that stays on one page, because
    something stands beside it.
    """

    galley: Galley
    styles: Styles
    bookmarks: Bookmarks
    pictures: Pictures
    charts: Charts
    columns: ColumnEstimate
    runs: RunBuilder
    numbering: XmlElement
    build_block: Callable[[DocxBuilder, Element, BlockContext], None]
    blocks: list[XmlElement] = field(default_factory=list)
    pending_bookmarks: list[str] = field(default_factory=list)
    break_page: bool = False
    keep_mm: float = 0.0
    _following: list[Sequence[Node]] = field(default_factory=list)

    def build_blocks(self, nodes: Sequence[Node], context: BlockContext) -> None:
        """Build blocks one after another; inline nodes between them become a paragraph."""
        line: list[Node] = []
        for index, node in enumerate(nodes):
            if isinstance(node, str) or node.tag in INLINE:
                line.append(node)
                continue
            self._line(line, context)
            line = []
            self._following.append(nodes[index + 1 :])
            self.build_block(self, node, context)
            self._following.pop()
        self._line(line, context)

    def _line(self, nodes: Sequence[Node], context: BlockContext) -> None:
        if has_text(nodes):
            self.paragraph(context.style, nodes, context)

    def following(self) -> Iterator[Element]:
        """The elements after the current block: its later siblings, then those of its ancestors."""
        for nodes in reversed(self._following):
            yield from (node for node in nodes if isinstance(node, Element))

    @contextmanager
    def cell(self) -> Iterator[list[XmlElement]]:
        """A separate list of blocks for the content of a cell."""
        outer, self.blocks = self.blocks, []
        try:
            yield self.blocks
        finally:
            self.blocks = outer

    def text_runs(self, nodes: Sequence[Node], context: BlockContext, style: str = "") -> list[TextRun]:
        """The text runs of inline nodes, with the language and direction of their position."""
        return collapse_spaces(to_runs(nodes, RunFormat(style=style, language=context.language, rtl=context.rtl)))

    def paragraph(
        self,
        style: str,
        content: Sequence[Node] | Sequence[TextRun],
        context: BlockContext,
        *,
        identity: str = "",
        label: str = "",
        number: tuple[int, int] | None = None,
        frame: Frame | None = None,
        based: str = BLOCK_STYLES["p"],
    ) -> XmlElement:
        """Add a paragraph in the style of that Word name. ``identity`` is its id in the galley.

        ``label`` is the id by which references name its label, ``number`` its list and level. A style that the document
        does not have is based on ``based``.
        """
        runs = [part for part in content if isinstance(part, TextRun)]
        runs = runs or self.text_runs([part for part in content if not isinstance(part, TextRun)], context)
        style = self._after_table(style)
        if self.break_page and style == BLOCK_STYLES["h2"]:
            # The style begins a page, and has no space above it.
            style, self.break_page = BLOCK_STYLES[".new-page h2"], False
        style_id = self.styles.paragraph(style, based=based)
        height = self.columns.height(style, text_without_calls(runs), context.width)
        title, portion_mark = _split(runs)
        titled = self._with_bookmarks(self.runs.build(title, label=label), identity, skip=label)
        in_text = not context.boxed
        element = paragraph(
            style_id,
            titled + self.runs.build(portion_mark),
            number=number,
            bidi=self.is_bidi(context),
            keep_next=in_text and self.keep_mm > height,
            keep_lines=in_text and self.keep_mm > 0,
            page_break=self.break_page,
            frame=frame,
        )
        self.break_page = False
        self.blocks.append(element)
        self.add_height(height, context)
        self.keep_mm -= height if in_text else 0
        return element

    def width(self, element: Element, context: BlockContext) -> float:
        """The width of a table, figure or box, in mm."""
        measures = self.galley.theme.measures
        return context.width or (measures.full if context.is_wide(element) else measures.text)

    def add_height(self, height: float, context: BlockContext) -> None:
        """Record a height in mm in the text column; a box records its own."""
        if not context.boxed:
            self.columns.add_text(height)

    def is_bidi(self, context: BlockContext) -> bool:
        """Whether a paragraph needs the mark of right-to-left text; in a right-to-left brief its style has it."""
        return context.rtl and self.galley.direction != "rtl"

    def _after_table(self, style: str) -> str:
        """The style for a paragraph after a table; adds a gap if the style has too little space above it."""
        if not self.blocks or not is_table(self.blocks[-1]) or is_floating(self.blocks[-1]):
            return style
        if style == BLOCK_STYLES["p"]:
            return "Body Text After Table"
        if style not in {"Table Note", "Anchor"} and self.columns.spaces(style)[0] < _SPACE_BELOW_TABLE_PT:
            self.gap()
        return style

    def _with_bookmarks(self, runs: list[XmlElement], identity: str, *, skip: str) -> list[XmlElement]:
        """The runs inside the bookmarks of all elements that begin with this paragraph and are referred to."""
        pending, self.pending_bookmarks = self.pending_bookmarks, []
        for target in (*pending, identity):
            mark = self.bookmarks.name(target) if target and target != skip else ""
            if mark:
                runs = bookmark(self.bookmarks.next_id(), mark, runs)
        return runs

    def add_pending_bookmark(self, element: Element) -> None:
        """Let the next paragraph have the bookmark of this element, if the element is referred to."""
        if element.get("id") and self.bookmarks.name(element.get("id")):
            self.pending_bookmarks.append(element.get("id"))

    def table(self, element: XmlElement, *, boxed: bool = False) -> None:
        """Add a table, with a gap after a preceding table, because Word would join the two."""
        self.keep_mm = 0.0  # a table keeps its own rows together, and the following text is below it
        if self.break_page or (self.blocks and is_table(self.blocks[-1])):
            self.gap()
        elif not self.blocks and not boxed:
            self.anchor()  # LibreOffice adds an empty line before a table at the beginning of a document
        self.blocks.append(element)

    def anchor(self, content: Sequence[XmlElement] = ()) -> None:
        """Add a paragraph without height."""
        self.blocks.append(paragraph(self.styles.paragraph("Anchor"), content))

    def gap(self) -> None:
        """Add an empty paragraph, which the standard requires between tables and after the last one."""
        self.blocks.append(paragraph(self.styles.paragraph("Table Gap"), page_break=self.break_page))
        self.columns.add_text(_GAP_MM)
        self.break_page = False

    def new_list(self, start: int = 1, level: int = 0) -> int:
        """Add a numbering that begins at ``start`` on a level, counted from 0; returns its id."""
        identity = 1 + max(int(num.get(name("w:numId")) or 0) for num in self.numbering.iterfind(name("w:num")))
        begin = el("w:lvlOverride", el("w:startOverride", val=start), ilvl=min(level, LEVELS - 1))
        self.numbering.append(el("w:num", el("w:abstractNumId", val=NUMBERS[0]), begin, numId=identity))
        return identity

    def picture_of(self, element: Element | None) -> Picture | None:
        """The picture of an ``img`` element; None if there is none."""
        return self.galley.pictures.get(element.get("src").removeprefix("picture:")) if element is not None else None

    def line_picture(self, text_run: TextRun) -> list[XmlElement]:
        """The run of a picture in a line of text; empty if there is no such picture."""
        element, image = text_run.element, self.picture_of(text_run.element)
        if element is None or image is None:
            return []
        width = self.galley.theme.measures.text
        return [
            self.pictures.place(
                image, element.get("alt"), width=width, max_height=_FLAG_MM if element.style == "flag" else _LINE_MM
            )
        ]

    def note_runs(self, nodes: Sequence[Node]) -> list[TextRun]:
        """The text runs of a footnote, in the brief's own language; its paragraphs become one."""
        line = [
            part
            for node in nodes
            for part in (node.children if not isinstance(node, str) and node.tag == "p" else (node,))
        ]
        return self.text_runs(line, BlockContext(language=self.galley.language, rtl=self.galley.direction == "rtl"))


def _split(runs: Sequence[TextRun]) -> tuple[Sequence[TextRun], Sequence[TextRun]]:
    """The text of a heading, and its portion mark with the space before it: references repeat only the text."""
    place = next((index for index, run in enumerate(runs) if run.format.style == "Portion Mark"), None)
    if not place or runs[place - 1].kind != "text":
        return runs, ()
    before = runs[place - 1]
    text = before.text.rstrip(" ")
    space = [replace(before, text=before.text[len(text) :])] if text != before.text else []
    return [*runs[: place - 1], replace(before, text=text)], [*space, *runs[place:]]
