"""Lists: bullets, numbers, and pairs of a term and its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .ooxml.text import line_break, tab
from .runs import set_text_runs
from .text_runs import INLINE
from .text_size import text_width
from .word_styles import style_name

SetBlocks = Callable[[Sequence[Node], BlockContext], None]


#: Classes of lists that have no style of their own.
_PLAIN = frozenset({"objectives"})


def set_list(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a list, each item a paragraph in the list's style, one level deeper inside another list."""
    context = context.inside(element)
    builder.await_mark(element)
    depth = context.depth + 1
    if element.tag == "ol":
        start = element.get("start")
        number = (
            context.number
            if context.depth and context.number
            else builder.new_list(int(start) if start.isdecimal() else 1)
        )
        inner = replace(context, listing="List Number", depth=depth, number=number)
    else:
        own = style_name(element.style) if element.style and element.style not in _PLAIN else ""
        inner = replace(context, listing=own or _bullets(context), depth=depth, number=0)
    for item in _items(element):
        _item(builder, item, inner.inside(item), set_blocks)


def _bullets(context: BlockContext) -> str:
    return "List Bullet" if context.listing in {"", "List Number"} else context.listing


def _items(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.tag == "li":
            yield child
        elif child.tag in {"div", "article", "main"}:
            yield from _items(child)


def _item(builder: DocxBuilder, item: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    level = context.depth - 1
    style, depth = _style_of_level(builder, context.listing, level)
    number = (context.number, depth) if context.number else None
    builder.await_mark(item)
    first = True
    for group in _groups(item.children):
        block = group[0]
        if isinstance(block, Element) and block.tag == "p":
            group = block.children  # noqa: PLW2901
        elif isinstance(block, Element) and block.tag not in INLINE:
            if first:
                builder.paragraph(style, (), context, number=number, based="List Bullet")
                first = False
            set_blocks(group, context)
            continue
        if first:
            builder.paragraph(style, group, context, number=number, based="List Bullet")
        else:
            builder.paragraph("List Continue", group, context)
        first = False


def _style_of_level(builder: DocxBuilder, listing: str, level: int) -> tuple[str, int]:
    """The style of a list at a depth, and its level; those of the deepest level if the list has fewer."""
    for depth in range(level, 0, -1):
        if builder.styles.has(f"{listing} {depth + 1}"):
            return f"{listing} {depth + 1}", depth
    return listing, 0


def _groups(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """The blocks one by one, and adjacent inline nodes as one group."""
    words: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or node.tag in INLINE:
            words.append(node)
            continue
        if any(not isinstance(word, str) or word.strip() for word in words):
            yield tuple(words)
        words = []
        if node.tag in {"div", "article", "main"}:
            yield from _groups(node.children)
        else:
            yield (node,)
    if any(not isinstance(word, str) or word.strip() for word in words):
        yield tuple(words)


@dataclass(frozen=True, slots=True)
class _PairStyle:
    """The style of the paragraphs of a list of pairs, that of its terms, and whether term and text share a line."""

    style: str
    term: str
    run_in: bool = True


_KINDS = {
    "timeline": _PairStyle("Timeline", "timeline-date"),
    "people": _PairStyle("People", "person-name"),
    "meeting-details": _PairStyle("Meeting Details", "detail-label"),
    "abbreviations": _PairStyle("Abbreviations", "abbreviation"),
    "if-raised": _PairStyle("If Raised", "Topic", run_in=False),
    "facts": _PairStyle("Fact Value", "Fact Label", run_in=False),
    "facts-in-text": _PairStyle("Fact Value In Text", "Fact Label In Text", run_in=False),
}


def set_pairs(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a list of pairs: term and text in one paragraph with a tab between them, or the term above its text."""
    context = context.inside(element)
    builder.await_mark(element)
    kind = _KINDS.get(element.style)
    if kind is None:
        own = style_name(element.style) if element.style else "List Continue"
        kind = _PairStyle(own, "Block Title", run_in=False)
    for terms, texts in pairs_of(element):
        if kind.run_in and len(terms) == 1 and texts:
            _run_in(builder, kind, terms[0], texts, context, set_blocks)
            continue
        for term in terms:
            builder.paragraph(kind.term, term.children, context.inside(term))
        for text in texts:
            _text(builder, style_name(text.style) if text.style else kind.style, text, context.inside(text), set_blocks)


def pairs_of(element: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """The pairs of a list: the terms, and their texts."""
    terms: list[Element] = []
    texts: list[Element] = []
    for child in element.elements:
        if child.tag == "dt":
            if texts:
                yield terms, texts
                terms, texts = [], []
            terms.append(child)
        elif child.tag == "dd":
            texts.append(child)
        elif child.tag in {"div", "article", "main"}:
            if terms or texts:
                yield terms, texts
                terms, texts = [], []
            yield from pairs_of(child)
    if terms or texts:
        yield terms, texts


def _text(builder: DocxBuilder, style: str, text: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    for group in _groups(text.children):
        block = group[0]
        if isinstance(block, Element) and block.tag == "p":
            builder.paragraph(style_name(block.style) if block.style else style, block.children, context.inside(block))
        elif isinstance(block, Element) and block.tag not in INLINE:
            set_blocks(group, replace(context, style=style))
        else:
            builder.paragraph(style, group, context)


def _run_in(
    builder: DocxBuilder,
    kind: _PairStyle,
    term: Element,
    texts: Sequence[Element],
    context: BlockContext,
    set_blocks: SetBlocks,
) -> None:
    """Add term, tab and text; a term wider than its column is on a line of its own, with the text below it."""
    first, *others = texts
    groups = list(_groups(first.children))
    opening: Sequence[Node] = ()
    if groups and (isinstance(groups[0][0], str) or groups[0][0].tag in INLINE):
        opening, groups = groups[0], groups[1:]
    elif groups and isinstance(groups[0][0], Element) and groups[0][0].tag == "p":
        opening, groups = groups[0][0].children, groups[1:]
    style_id = builder.styles.paragraph(kind.style)
    look = builder.columns.look(style_id)
    words = builder.words(term.children)
    fits = text_width(words, look.size, bold=True) < builder.columns.indent(style_id) - 1.5
    element = builder.paragraph(kind.style, builder.pieces(term.children, context.inside(term), kind.term), context)
    element.append(tab() if fits else line_break())
    element.extend(set_text_runs(builder.pieces(opening, context.inside(first)), builder.line))
    width = max(1.0, (context.room or builder.galley.theme.measures.text) - builder.columns.indent(style_id))
    if not context.boxed:
        builder.columns.set_text(
            builder.columns.height(style_id, builder.words(opening), width)
            - (builder.columns.height(style_id, "") if fits else 0)
        )
    for group in groups:
        _continue(builder, kind, group, context.inside(first), set_blocks)
    for text in others:
        for group in _groups(text.children):
            _continue(builder, kind, group, context.inside(text), set_blocks)


def _continue(
    builder: DocxBuilder, kind: _PairStyle, group: Sequence[Node], context: BlockContext, set_blocks: SetBlocks
) -> None:
    block = group[0]
    if isinstance(block, Element) and block.tag == "p":
        group = block.children
    elif isinstance(block, Element) and block.tag not in INLINE:
        set_blocks(group, context)
        return
    element = builder.paragraph(kind.style, (), context)
    element.append(tab())
    element.extend(set_text_runs(builder.pieces(group, context), builder.line))
