"""Walk the galley: each element becomes a paragraph, a table or a picture in the style that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node
from briefing.galley.validate import TRANSPARENT

from .builder import BlockContext, DocxBuilder
from .contents import set_contents
from .fact_box import set_fact_box
from .figures import set_figure
from .lists import set_list, set_pairs
from .masthead import set_masthead, set_sidebar
from .meeting_sheet import set_glossary, set_sheet
from .ooxml.elements import XmlElement, mm
from .ooxml.text import has_style, is_table, keep_next
from .page_grid import outdent
from .quotes import is_side_quote, set_quote
from .tables import set_table
from .text_runs import FIELD, INLINE
from .word_styles import style_name

_HEADINGS = {"h1": "Title", "h2": "heading 1", "h3": "heading 2", "h4": "heading 3"}
#: Containers whose class names a part of the brief, not a style.
_PARTS = frozenset({"annex", "glossary", "masthead", "meeting-sheet", "section"})


def walk(builder: DocxBuilder, body: Sequence[Node]) -> list[XmlElement]:
    """Build the whole body; returns its elements in reading order."""
    language = builder.galley.language
    set_blocks(builder, body, BlockContext(language=language, rtl=builder.galley.direction == "rtl"))
    if not builder.story or is_table(builder.story[-1]):
        builder.gap()
    return builder.story


def set_blocks(builder: DocxBuilder, nodes: Sequence[Node], context: BlockContext) -> None:
    """Build blocks one after another; inline nodes between them become a paragraph."""
    words: list[Node] = []
    for index, node in enumerate(nodes):
        if isinstance(node, str) or node.tag in INLINE:
            words.append(node)
            continue
        _inline_paragraph(builder, words, context)
        words = []
        builder.ahead.append(nodes[index + 1 :])
        if is_side_quote(node):
            set_quote(builder, node, context)
        else:
            _block(builder, node, context)
        builder.ahead.pop()
    _inline_paragraph(builder, words, context)


def _inline_paragraph(builder: DocxBuilder, words: Sequence[Node], context: BlockContext) -> None:
    if any(not isinstance(node, str) or node.strip() for node in words):
        builder.paragraph(context.style, words, context)


def _block(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    build = _BUILDERS.get(element.tag, _container)
    build(builder, element, context)
    if "wide" in element.classes and not context.boxed:
        builder.columns.set_across()


def _blocks_of(builder: DocxBuilder) -> Callable[[Sequence[Node], BlockContext], None]:
    return lambda nodes, context: set_blocks(builder, nodes, context)


def _heading(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    style = _HEADINGS[element.tag]
    if context.sheet and element.tag == "h2" and not (builder.story and has_style(builder.story[-1], "Title")):
        style = "Sheet Heading"
    if element.style:
        style = style_name(element.style)
    context = context.inside(element)
    builder.paragraph(style, element.children, context, identity=element.get("id"))


def _paragraph(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    style = style_name(element.style) if element.style else context.style
    builder.paragraph(style, element.children, context.inside(element), identity=element.get("id"))


def _section(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    if element.style == "notes":
        return  # its sources are footnotes
    context = context.inside(element)
    builder.await_mark(element)
    if element.style in {"meeting-sheet", "annex"}:
        context = replace(context, sheet=True)
        if element.style == "meeting-sheet":
            set_sheet(builder, element, context, _blocks_of(builder))
        else:
            builder.columns.new_page(builder.galley.paper)
            set_blocks(builder, element.children, context)
        return
    if element.style == "glossary":
        set_glossary(builder, element, context, _blocks_of(builder))
        return
    if element.style == "key-points":
        context = replace(context, style="Key Points", listing="Key Points")
    elif element.style == "further-reading":
        context = replace(context, style="Further Reading", listing="Further Reading")
    elif element.style and element.style not in _PARTS:
        context = replace(context, style=style_name(element.style))
    set_blocks(builder, element.children, context)


def _container(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    context = context.inside(element)
    builder.await_mark(element)
    if element.style and element.style not in _PARTS:
        context = replace(context, style=style_name(element.style))
    set_blocks(builder, element.children, context)


def _aside(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    if element.style == "fact-box":
        set_fact_box(builder, element, context, _blocks_of(builder))
    elif element.style == "sidebar":
        set_sidebar(builder, element, context, _blocks_of(builder))
    else:
        _container(builder, element, context)


def _header(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    if element.style == "masthead":
        set_masthead(builder, element, context.inside(element), _blocks_of(builder))
    else:
        _container(builder, element, context)


def _nav(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    set_contents(builder, element, context.inside(element))


def _quotation(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    style = style_name(element.style) if element.style else "Quote"
    set_blocks(builder, element.children, replace(context.inside(element), style=style))


def _preformatted(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    children: list[Node] = []
    for index, line in enumerate(element.text.strip("\n").split("\n")):
        children += [Element("br")] if index else []
        children.append(line.replace(" ", "\u00a0"))
    text = Element("span", {FIELD: element.get(FIELD)}, tuple(children))
    builder.paragraph("HTML Preformatted", (text,), context.inside(element), identity=element.get("id"))


def _rule(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    if element.style == "page-break":
        builder.break_page = True
        builder.columns.new_page(builder.galley.paper)
    else:
        builder.paragraph("Rule", (), context)


def _list(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    set_list(builder, element, context, _blocks_of(builder))


def _pairs(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    set_pairs(builder, element, context, _blocks_of(builder))


def _figure(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    set_figure(builder, element, context.inside(element), _blocks_of(builder))


def _table(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    context = context.inside(element)
    measures = builder.galley.theme.measures
    wide = "wide" in element.classes and not context.boxed
    width = context.room or (measures.full if wide else measures.text)
    caption = next((child for child in element.elements if child.tag == "caption"), None)
    if caption is not None:
        builder.paragraph("caption", caption.children, context.inside(caption), label=element.get("id"))
    else:
        builder.await_mark(element)

    def set_cell(part: Element, head: bool, keep: bool) -> list[XmlElement]:  # noqa: FBT001
        place = next((label.title() for label in ("number", "centre") if label in part.classes), "" if head else "Text")
        style = f"Table Head {place}".strip() if head else f"Table {place}"
        inner = replace(context.inside(part), style=style, room=width / 3, boxed=True, listing="", depth=0)
        with builder.cell() as story:
            set_blocks(builder, part.children, inner)
            if not story:
                builder.paragraph(style, (), inner)
        if keep and not head:
            for paragraph in story:
                keep_next(paragraph)
        return story

    style = builder.styles.table(style_name(element.style) if element.style else "Brief Table")
    if style == "TableNormal":
        style = builder.styles.table("Brief Table")
    size = builder.columns.look(builder.styles.paragraph("Table Text")).size
    rtl = context.rtl
    indent = -mm(outdent(builder.galley.theme)[0]) if wide and not context.room else 0
    table = set_table(element, width=width, size=size, style=style, bidi=rtl, indent=indent, set_cell=set_cell)
    if table is not None:
        builder.table(table, boxed=context.boxed)
        height = sum(builder.columns.height("TableText", builder.words((row,)), width) + 1.4 for row in _rows(element))
        builder.columns.set_text(height)


def _rows(element: Element) -> Iterator[Element]:
    """The rows of a table."""
    return (row for row in element.walk() if row.tag == "tr")


_BUILDERS: dict[str, Callable[[DocxBuilder, Element, BlockContext], None]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(TRANSPARENT, _container),
    "p": _paragraph,
    "section": _section,
    "aside": _aside,
    "header": _header,
    "nav": _nav,
    "blockquote": _quotation,
    "pre": _preformatted,
    "hr": _rule,
    "ul": _list,
    "ol": _list,
    "dl": _pairs,
    "figure": _figure,
    "table": _table,
}
