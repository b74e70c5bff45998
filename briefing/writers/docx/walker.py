"""Walk the galley: each element becomes a paragraph, a table or a picture in the style that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node
from briefing.galley.vocabulary import TRANSPARENT

from .beside import set_glossary, set_sheet
from .boxes import set_masthead, set_sidebar
from .contents import set_contents
from .fact_box import set_fact_box
from .figures import set_figure
from .forme import Context, Forme
from .grid import outdent
from .lists import set_list, set_pairs
from .ooxml.elements import XmlElement, mm
from .ooxml.text import has_style, is_table, keep_next
from .pieces import FIELD, INLINE
from .quotes import is_side_quote, set_quote
from .styles import style_name
from .tables import set_table

__all__ = ["walk"]

_HEADINGS = {"h1": "Title", "h2": "heading 1", "h3": "heading 2", "h4": "heading 3"}
#: Containers whose class names a part of the brief, not a style.
_PARTS = frozenset({"annex", "glossary", "masthead", "meeting-sheet", "section"})


def walk(forme: Forme, body: Sequence[Node]) -> list[XmlElement]:
    """Build the whole body; returns its elements in reading order."""
    language = forme.galley.language
    set_blocks(forme, body, Context(language=language, rtl=forme.galley.direction == "rtl"))
    if not forme.story or is_table(forme.story[-1]):
        forme.gap()
    return forme.story


def set_blocks(forme: Forme, nodes: Sequence[Node], context: Context) -> None:
    """Build blocks one after another; inline nodes between them become a paragraph."""
    words: list[Node] = []
    for index, node in enumerate(nodes):
        if isinstance(node, str) or node.tag in INLINE:
            words.append(node)
            continue
        _inline_paragraph(forme, words, context)
        words = []
        forme.ahead.append(nodes[index + 1 :])
        if is_side_quote(node):
            set_quote(forme, node, context)
        else:
            _block(forme, node, context)
        forme.ahead.pop()
    _inline_paragraph(forme, words, context)


def _inline_paragraph(forme: Forme, words: Sequence[Node], context: Context) -> None:
    if any(not isinstance(node, str) or node.strip() for node in words):
        forme.paragraph(context.style, words, context)


def _block(forme: Forme, element: Element, context: Context) -> None:
    build = _BUILDERS.get(element.tag, _container)
    build(forme, element, context)
    if "wide" in element.classes and not context.boxed:
        forme.columns.set_across()


def _blocks_of(forme: Forme) -> Callable[[Sequence[Node], Context], None]:
    return lambda nodes, context: set_blocks(forme, nodes, context)


def _heading(forme: Forme, element: Element, context: Context) -> None:
    style = _HEADINGS[element.tag]
    if context.sheet and element.tag == "h2" and not (forme.story and has_style(forme.story[-1], "Title")):
        style = "Sheet Heading"
    if element.style:
        style = style_name(element.style)
    context = context.inside(element)
    forme.paragraph(style, element.children, context, identity=element.get("id"))


def _paragraph(forme: Forme, element: Element, context: Context) -> None:
    style = style_name(element.style) if element.style else context.style
    forme.paragraph(style, element.children, context.inside(element), identity=element.get("id"))


def _section(forme: Forme, element: Element, context: Context) -> None:
    if element.style == "notes":
        return  # its sources are footnotes
    context = context.inside(element)
    forme.await_mark(element)
    if element.style in {"meeting-sheet", "annex"}:
        context = replace(context, sheet=True)
        if element.style == "meeting-sheet":
            set_sheet(forme, element, context, _blocks_of(forme))
        else:
            forme.columns.new_page(forme.galley.paper)
            set_blocks(forme, element.children, context)
        return
    if element.style == "glossary":
        set_glossary(forme, element, context, _blocks_of(forme))
        return
    if element.style == "key-points":
        context = replace(context, style="Key Points", listing="Key Points")
    elif element.style == "further-reading":
        context = replace(context, style="Further Reading", listing="Further Reading")
    elif element.style and element.style not in _PARTS:
        context = replace(context, style=style_name(element.style))
    set_blocks(forme, element.children, context)


def _container(forme: Forme, element: Element, context: Context) -> None:
    context = context.inside(element)
    forme.await_mark(element)
    if element.style and element.style not in _PARTS:
        context = replace(context, style=style_name(element.style))
    set_blocks(forme, element.children, context)


def _aside(forme: Forme, element: Element, context: Context) -> None:
    if element.style == "fact-box":
        set_fact_box(forme, element, context, _blocks_of(forme))
    elif element.style == "sidebar":
        set_sidebar(forme, element, context, _blocks_of(forme))
    else:
        _container(forme, element, context)


def _header(forme: Forme, element: Element, context: Context) -> None:
    if element.style == "masthead":
        set_masthead(forme, element, context.inside(element), _blocks_of(forme))
    else:
        _container(forme, element, context)


def _nav(forme: Forme, element: Element, context: Context) -> None:
    set_contents(forme, element, context.inside(element))


def _quotation(forme: Forme, element: Element, context: Context) -> None:
    style = style_name(element.style) if element.style else "Quote"
    set_blocks(forme, element.children, replace(context.inside(element), style=style))


def _preformatted(forme: Forme, element: Element, context: Context) -> None:
    children: list[Node] = []
    for index, line in enumerate(element.text.strip("\n").split("\n")):
        children += [Element("br")] if index else []
        children.append(line.replace(" ", "\u00a0"))
    text = Element("span", {FIELD: element.get(FIELD)}, tuple(children))
    forme.paragraph("HTML Preformatted", (text,), context.inside(element), identity=element.get("id"))


def _rule(forme: Forme, element: Element, context: Context) -> None:
    if element.style == "page-break":
        forme.break_page = True
        forme.columns.new_page(forme.galley.paper)
    else:
        forme.paragraph("Rule", (), context)


def _list(forme: Forme, element: Element, context: Context) -> None:
    set_list(forme, element, context, _blocks_of(forme))


def _pairs(forme: Forme, element: Element, context: Context) -> None:
    set_pairs(forme, element, context, _blocks_of(forme))


def _figure(forme: Forme, element: Element, context: Context) -> None:
    set_figure(forme, element, context.inside(element), _blocks_of(forme))


def _table(forme: Forme, element: Element, context: Context) -> None:
    context = context.inside(element)
    measures = forme.galley.theme.measures
    wide = "wide" in element.classes and not context.boxed
    width = context.room or (measures.full if wide else measures.text)
    caption = next((child for child in element.elements if child.tag == "caption"), None)
    if caption is not None:
        forme.paragraph("caption", caption.children, context.inside(caption), label=element.get("id"))
    else:
        forme.await_mark(element)

    def set_cell(part: Element, head: bool, keep: bool) -> list[XmlElement]:  # noqa: FBT001
        place = next((label.title() for label in ("number", "centre") if label in part.classes), "" if head else "Text")
        style = f"Table Head {place}".strip() if head else f"Table {place}"
        inner = replace(context.inside(part), style=style, room=width / 3, boxed=True, listing="", depth=0)
        with forme.cell() as story:
            set_blocks(forme, part.children, inner)
            if not story:
                forme.paragraph(style, (), inner)
        if keep and not head:
            for paragraph in story:
                keep_next(paragraph)
        return story

    style = forme.styles.table(style_name(element.style) if element.style else "Brief Table")
    if style == "TableNormal":
        style = forme.styles.table("Brief Table")
    size = forme.columns.look(forme.styles.paragraph("Table Text")).size
    rtl = context.rtl
    indent = -mm(outdent(forme.galley.theme)[0]) if wide and not context.room else 0
    table = set_table(element, width=width, size=size, style=style, bidi=rtl, indent=indent, set_cell=set_cell)
    if table is not None:
        forme.table(table, boxed=context.boxed)
        height = sum(forme.columns.height("TableText", forme.words((row,)), width) + 1.4 for row in _rows(element))
        forme.columns.set_text(height)


def _rows(element: Element) -> Iterator[Element]:
    """The rows of a table."""
    return (row for row in element.walk() if row.tag == "tr")


_BUILDERS: dict[str, Callable[[Forme, Element, Context], None]] = {
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
