"""Meeting sheets, with time, place and people in the side column; and the list of abbreviations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .lists import pairs_of
from .ooxml.text import keep_next, line_break
from .text_runs import INLINE, text_of
from .word_styles import BLOCK_STYLES, PAIR_STYLES

#: The most abbreviations in a list that stays on one page; a longer one is set as text, as in the PDF.
_MOST_KEPT_TOGETHER = 10
#: The height of a meeting sheet's page that stays free below its side column, in mm.
_SPARE_MM = 12.0
#: The lists of pairs in the side column.
_SIDE_LISTS = ("meeting-details", "people")
_SIDE_STYLE = BLOCK_STYLES[".meeting-sheet dl"]


def build_meeting_sheet(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a meeting sheet on a page of its own, with time, place and people beside the text, as in the PDF.

    They go into the text if there is no side column, if they have notes (LibreOffice drops a footnote from a frame), or
    if no text follows that they could stand beside.
    """
    builder.add_pending_bookmark(element)
    context = replace(context, own_page=True)
    blocks = element.elements
    heading = [child for child in blocks[:1] if child.tag == "h2"]
    rest = blocks[len(heading) :]
    count = _side_count(rest)
    side, text = rest[:count], rest[count:]
    builder.columns.add_page()
    if not (heading and side and text and _fits_beside(builder, context, side)):
        builder.build_blocks(element.children, context)
        return
    builder.build_blocks(heading, context)
    inner, frame = replace(context, boxed=True, width=builder.galley.theme.measures.side), builder.columns.side_frame
    for block in side:
        if block.tag == "h3":
            style = BLOCK_STYLES[block.tag]
            builder.paragraph(style, block.children, inner.inside(block), frame=frame, identity=block.get("id"))
        else:
            _build_side_pairs(builder, block, inner.inside(block))
    builder.columns.add_beside(_side_height(builder, side))
    builder.build_blocks(text, context)


def build_glossary(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the list of abbreviations; a short one stays on one page, under a small title."""
    builder.add_pending_bookmark(element)
    heading = next((child for child in element.elements if child.tag == "h2"), None)
    is_long = sum(part.tag == "dt" for part in element.walk()) > _MOST_KEPT_TOGETHER
    if heading is None or builder.break_page or is_long:
        builder.build_blocks(element.children, context)
        return
    for child in element.elements:
        if child is heading:
            style = BLOCK_STYLES[".glossary h2"]
            builder.paragraph(style, child.children, context.inside(child), identity=child.get("id"))
        else:
            start = len(builder.blocks)
            builder.build_blocks((child,), context)
            # A short list stays on one page: its last line alone on another one would waste paper.
            keep_next(builder.blocks[start:-1])


def _side_count(blocks: Sequence[Element]) -> int:
    """The number of blocks before the text: details, and headings followed by people."""
    for index, block in enumerate(blocks):
        above_people = block.tag == "h3" and any(after.style == "people" for after in blocks[index + 1 : index + 2])
        if block.style not in _SIDE_LISTS and not above_people:
            return index
    return len(blocks)


def _fits_beside(builder: DocxBuilder, context: BlockContext, side: Sequence[Element]) -> bool:
    """Whether these blocks can stand in the side column: they have no notes and no lists, and fit on the page."""
    if context.rtl or not builder.galley.theme.measures.side:
        return False
    parts = [part for block in side for part in block.walk()]
    if any(part.get("data-note") or part.tag in {"ul", "ol", "table", "figure"} for part in parts):
        return False
    return not builder.columns.overflow(_side_height(builder, side) + _SPARE_MM)


def _side_height(builder: DocxBuilder, side: Sequence[Element]) -> float:
    """The estimated height of a sheet's side column, in mm."""

    def height(style: str, part: Element) -> float:
        return builder.columns.height(style, text_of(part.children), builder.galley.theme.measures.side)

    return sum(
        height(BLOCK_STYLES[block.tag], block)
        if block.tag == "h3"
        else sum(
            height(_SIDE_STYLE, term) + sum(height(_SIDE_STYLE, text) for text in texts)
            for terms, texts in pairs_of(block)
            for term in terms[:1]
        )
        for block in side
    )


def _build_side_pairs(builder: DocxBuilder, block: Element, context: BlockContext) -> None:
    """Add each pair as a paragraph: the term, and its texts each on a new line."""
    builder.add_pending_bookmark(block)
    frame = builder.columns.side_frame
    for terms, texts in pairs_of(block):
        for index, part in enumerate((*terms, *texts)):
            style = PAIR_STYLES[block.style].term if part.tag == "dt" else ""
            runs = builder.text_runs(list(_line(part)), context.inside(part), style)
            if index == 0:
                paragraph = builder.paragraph(_SIDE_STYLE, runs, context.inside(part), frame=frame)
            elif runs:
                paragraph.append(line_break())
                paragraph.extend(builder.runs.build(runs))


def _line(part: Element) -> Iterator[Node]:
    """The inline nodes of a part as one line; its paragraphs are joined."""
    for node in part.children:
        if isinstance(node, str) or node.tag in INLINE:
            yield node
        else:
            yield from (*node.children, " ")
