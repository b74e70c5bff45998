"""Walk the galley: each element becomes a paragraph, a table or a picture in the style that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .contents import build_contents
from .fact_box import build_fact_box
from .figures import build_figure
from .lists import build_list, build_pairs
from .masthead import build_key_points, build_masthead, build_sidebar
from .meeting_sheet import build_glossary, build_meeting_sheet
from .ooxml.elements import XmlElement
from .ooxml.text import is_table, paragraph_style
from .quotes import build_side_quote
from .tables import build_table
from .text_runs import FIELD
from .word_styles import BLOCK_STYLES, HEADINGS, LISTS_INSIDE, block_style, container_style


def walk(builder: DocxBuilder, body: Sequence[Node]) -> list[XmlElement]:
    """Build the whole body; returns its blocks in reading order."""
    builder.build_blocks(body, BlockContext(language=builder.galley.language, rtl=builder.galley.direction == "rtl"))
    if not builder.blocks or is_table(builder.blocks[-1]):
        builder.gap()
    return builder.blocks


def build_block(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build one element, by its tag and class."""
    build = _BY_CLASS.get((element.tag, element.style)) or _BY_TAG.get(element.tag, _build_container)
    build(builder, element, context.inside(element))
    if context.is_wide(element):
        builder.columns.add_wide()


def _build_heading(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    style = block_style(element)
    after_title = bool(builder.blocks) and paragraph_style(builder.blocks[-1]) == BLOCK_STYLES["h1"]
    if context.own_page and style == BLOCK_STYLES["h2"] and not after_title:
        style = BLOCK_STYLES[".new-page h2"]
    builder.paragraph(style, element.children, context, identity=element.get("id"))
    if style == BLOCK_STYLES["h1"]:
        builder.columns.title_end = builder.columns.text_end


def _build_paragraph(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    builder.paragraph(block_style(element, context.style), element.children, context, identity=element.get("id"))


def _build_container(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    builder.add_pending_bookmark(element)
    builder.build_blocks(element.children, replace(context, style=container_style(element, context.style)))


def _build_section(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    lists = LISTS_INSIDE.get(element.style, context.list_style)
    _build_container(builder, element, replace(context, list_style=lists))


def _build_annex(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    builder.columns.add_page()
    _build_container(builder, element, replace(context, own_page=True))


def _build_quotation(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    builder.build_blocks(element.children, replace(context, style=block_style(element)))


def _build_preformatted(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    children: list[Node] = []
    for index, line in enumerate(element.text.strip("\n").split("\n")):
        children += [Element("br")] if index else []
        children.append(line.replace(" ", "\u00a0"))
    text = Element("span", {FIELD: element.get(FIELD)}, tuple(children))
    builder.paragraph(BLOCK_STYLES["pre"], (text,), context, identity=element.get("id"))


def _build_rule(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    if element.style == "page-break":
        builder.break_page = True
        builder.columns.add_page()
    else:
        builder.paragraph(BLOCK_STYLES["hr"], (), context)


def _build_nothing(_builder: DocxBuilder, _element: Element, _context: BlockContext) -> None:
    """Build no block: the sources are footnotes."""


_BY_CLASS: Mapping[tuple[str, str], Callable[[DocxBuilder, Element, BlockContext], None]] = {
    ("section", "notes"): _build_nothing,
    ("section", "annex"): _build_annex,
    ("section", "meeting-sheet"): build_meeting_sheet,
    ("section", "glossary"): build_glossary,
    ("section", "key-points"): build_key_points,
    ("aside", "fact-box"): build_fact_box,
    ("aside", "sidebar"): build_sidebar,
    ("header", "masthead"): build_masthead,
    ("blockquote", "pull-quote"): build_side_quote,
    ("blockquote", "extract"): build_side_quote,
}
_BY_TAG: Mapping[str, Callable[[DocxBuilder, Element, BlockContext], None]] = {
    **dict.fromkeys(HEADINGS, _build_heading),
    "p": _build_paragraph,
    "section": _build_section,
    "nav": build_contents,
    "blockquote": _build_quotation,
    "pre": _build_preformatted,
    "hr": _build_rule,
    "ul": build_list,
    "ol": build_list,
    "dl": build_pairs,
    "figure": build_figure,
    "table": build_table,
}
