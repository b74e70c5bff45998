"""Meeting sheets, with time, place and people in the side column; and the list of abbreviations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .lists import pairs_of
from .ooxml.text import keep_next, line_break
from .runs import set_text_runs
from .text_runs import INLINE

SetBlocks = Callable[[Sequence[Node], BlockContext], None]
#: The most abbreviations in a list that stays on one page; a longer one is set as text, as in the PDF.
_SHORT = 10
#: The height of a meeting sheet's page that stays free below its side column, in mm.
_SPARE = 12.0
_TERMS = {"meeting-details": "detail-label", "people": "person-name"}


def set_sheet(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a meeting sheet on a page of its own, with time, place and people beside the text, as in the PDF.

    They go into the text if there is no side column, if they have notes (LibreOffice drops a footnote from a frame), or
    if no text follows that they could stand beside.
    """
    blocks = [child for child in element.children if isinstance(child, Element)]
    heading = [child for child in blocks[:1] if child.tag == "h2"]
    rest = blocks[len(heading) :]
    count = _leading(rest)
    side, text = rest[:count], rest[count:]
    builder.columns.new_page(builder.galley.paper)
    if not (heading and side and text and _may_float(builder, context, side)):
        set_blocks(element.children, context)
        return
    set_blocks(heading, context)
    inner, frame = replace(context, boxed=True, room=builder.galley.theme.measures.side), builder.columns.frame
    for block in side:
        if block.tag == "h3":
            builder.paragraph("heading 2", block.children, inner.inside(block), frame=frame, identity=block.get("id"))
        else:
            _set_pairs(builder, block, inner.inside(block))
    builder.columns.set_beside(_height(builder, side))
    set_blocks(text, context)


def set_glossary(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build the list of abbreviations; a short one stays on one page, under a small title."""
    heading = next((child for child in element.elements if child.tag == "h2"), None)
    if heading is None or builder.break_page or sum(part.tag == "dt" for part in element.walk()) > _SHORT:
        set_blocks(element.children, context)
        return
    for child in element.elements:
        if child is heading:
            builder.paragraph("Side Title", child.children, context.inside(child), identity=child.get("id"))
        else:
            start = len(builder.story)
            set_blocks((child,), context)
            # A short list stays on one page: its last line alone on another one would waste paper.
            for line in builder.story[start:-1]:
                keep_next(line)


def _leading(blocks: Sequence[Element]) -> int:
    """The number of blocks before the text: details, and headings followed by people."""
    count = 0
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        people = following is not None and following.style == "people"
        if not (block.style in _TERMS or (block.tag == "h3" and people)):
            break
        count = index + 1
    return count


def _may_float(builder: DocxBuilder, context: BlockContext, side: Sequence[Element]) -> bool:
    """Whether these blocks can stand in the side column: they have no notes and no lists, and fit on the page."""
    measures = builder.galley.theme.measures
    calls = any(part.get("data-note") for block in side for part in block.walk())
    blocks = any(part.tag in {"ul", "ol", "table", "figure"} for block in side for part in block.walk())
    if not measures.side or context.rtl or calls or blocks:
        return False
    return not builder.columns.over(_height(builder, side) + _SPARE, builder.galley.paper)


def _height(builder: DocxBuilder, side: Sequence[Element]) -> float:
    """The estimated height of a sheet's side column, in mm."""
    width = builder.galley.theme.measures.side
    heading, line = builder.styles.paragraph("heading 2"), builder.styles.paragraph("Sheet Side")
    return sum(
        builder.columns.height(heading, builder.words(block.children), width)
        if block.tag == "h3"
        else sum(
            builder.columns.height(line, builder.words((*term.children,)), width)
            + sum(builder.columns.height(line, builder.words(text.children), width) for text in texts)
            for terms, texts in pairs_of(block)
            for term in terms[:1]
        )
        for block in side
    )


def _set_pairs(builder: DocxBuilder, block: Element, context: BlockContext) -> None:
    """Add each pair as a paragraph: the term, and its texts each on a new line."""
    builder.await_mark(block)
    for terms, texts in pairs_of(block):
        for index, part in enumerate((*terms, *texts)):
            style = _TERMS[block.style] if part.tag == "dt" else ""
            pieces = builder.pieces(_lines(part), context.inside(part), style)
            if index == 0:
                paragraph = builder.paragraph("Sheet Side", pieces, context.inside(part), frame=builder.columns.frame)
            elif pieces:
                paragraph.append(line_break())
                paragraph.extend(set_text_runs(pieces, builder.line))


def _lines(part: Element) -> list[Node]:
    """The inline nodes of a part as one line; its paragraphs are joined."""
    nodes: list[Node] = []
    for node in part.children:
        if isinstance(node, str) or node.tag in INLINE:
            nodes.append(node)
        else:
            nodes += [*node.children, " "]
    return nodes
