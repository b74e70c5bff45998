"""Lists: bullets, numbers, and pairs of a term and its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from briefing.galley.tree import Element, Node
from briefing.galley.validate import TRANSPARENT

from .base.style_table import LEVELS
from .builder import BlockContext, DocxBuilder
from .ooxml.text import line_break, tab
from .text_runs import INLINE, has_text, text_of, unwrapped
from .text_size import text_width
from .word_styles import BLOCK_STYLES, LIST_STYLES, PairStyles, block_style, list_style, pair_styles

#: The least distance between a term and the text on the same line, in mm.
_TERM_GAP_MM = 1.5


def build_list(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a list, each item a paragraph in the list's style, one level deeper inside another list."""
    builder.add_pending_bookmark(element)
    list_id = 0
    if element.tag == "ol":
        start = element.get("start")
        list_id = builder.new_list(int(start) if start.isdecimal() else 1, context.list_depth)
    inner = replace(
        context, list_style=list_style(element, context.list_style), list_depth=context.list_depth + 1, list_id=list_id
    )
    for item in unwrapped(element):
        if item.tag == "li":
            _item(builder, item, inner.inside(item))


def _item(builder: DocxBuilder, item: Element, context: BlockContext) -> None:
    style = _style_of_level(builder, context.list_style, context.list_depth - 1)
    number = (context.list_id, min(context.list_depth, LEVELS) - 1) if context.list_id else None
    builder.add_pending_bookmark(item)
    for index, block in enumerate(_blocks(item.children)):
        if index == 0:
            first = block.children if block.tag == "p" else ()
            builder.paragraph(style, first, context, number=number, based=LIST_STYLES["ul"])
        elif block.tag == "p":
            builder.paragraph(BLOCK_STYLES["li p"], block.children, context)
        if block.tag != "p":
            builder.build_blocks((block,), context)


def _style_of_level(builder: DocxBuilder, style: str, level: int) -> str:
    """The style of a list at a level, counted from 0; that of the deepest level that has one."""
    names = (f"{style} {depth + 1}" for depth in range(level, 0, -1))
    return next((own for own in names if builder.styles.has(own)), style)


def _blocks(nodes: Iterable[Node]) -> Iterator[Element]:
    """The blocks one by one; adjacent inline nodes are a paragraph."""
    for inline, group in groupby(nodes, key=lambda node: isinstance(node, str) or node.tag in INLINE):
        children = tuple(group)
        if inline and has_text(children):
            yield Element("p", {}, children)
        for block in () if inline else Element("div", {}, children).elements:
            if block.tag in TRANSPARENT:
                yield from _blocks(block.children)
            else:
                yield block


def build_pairs(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a list of pairs: term and text in one paragraph with a tab between them, or the term above its text."""
    builder.add_pending_bookmark(element)
    styles = pair_styles(element)
    for terms, texts in pairs_of(element):
        if styles.same_line and len(terms) == 1 and texts:
            _build_on_one_line(builder, styles, terms[0], texts, context)
            continue
        for term in terms:
            builder.paragraph(styles.term, term.children, context.inside(term))
        for text in texts:
            inner = replace(context, style=block_style(text, styles.text))
            builder.build_blocks(text.children, inner.inside(text))


def pairs_of(element: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """The pairs of a list: the terms, and their texts."""
    terms: list[Element] = []
    texts: list[Element] = []
    for child in element.elements:
        if (child.tag == "dt" and texts) or (child.tag in TRANSPARENT and (terms or texts)):
            yield terms, texts
            terms, texts = [], []
        if child.tag == "dt":
            terms.append(child)
        elif child.tag == "dd":
            texts.append(child)
        elif child.tag in TRANSPARENT:
            yield from pairs_of(child)
    if terms or texts:
        yield terms, texts


def _build_on_one_line(
    builder: DocxBuilder, styles: PairStyles, term: Element, texts: Sequence[Element], context: BlockContext
) -> None:
    """Add term, tab and text; a term wider than its column is on a line of its own, with the text below it."""
    columns, (first, *others) = builder.columns, texts
    blocks = list(_blocks(first.children))
    opening = blocks.pop(0).children if blocks and blocks[0].tag == "p" else ()
    indent, size = columns.indent(styles.text), columns.type_style(styles.text).size
    fits = text_width(text_of(term.children), size, bold=True) < indent - _TERM_GAP_MM
    element = builder.paragraph(
        styles.text, builder.text_runs(term.children, context.inside(term), styles.term), context
    )
    element.append(tab() if fits else line_break())
    element.extend(builder.runs.build(builder.text_runs(opening, context.inside(first))))
    width = max(1.0, (context.width or builder.galley.theme.measures.text) - indent)
    height = columns.height(styles.text, text_of(opening), width)
    builder.add_height(height - (columns.height(styles.text, "") if fits else 0), context)
    rest = [(block, first) for block in blocks] + [(block, text) for text in others for block in _blocks(text.children)]
    for block, text in rest:
        inner = context.inside(text)
        if block.tag == "p":
            line = builder.paragraph(styles.text, (), inner)
            line.append(tab())
            line.extend(builder.runs.build(builder.text_runs(block.children, inner)))
        else:
            builder.build_blocks((block,), inner)
