"""The masthead and the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import text_of
from .text_size import MAX_UNBROKEN_MM, text_width
from .word_styles import BLOCK_STYLES, LISTS_INSIDE, block_style

#: The distance between a sidebar's text and its edge, in mm, as in the table style.
_PADDING_MM = 3.5
#: The height of a sidebar's padding, in mm, and the most blocks of one that stays on one page.
_SIDEBAR_EDGES_MM, _MOST_BLOCKS_TOGETHER = 6, 7

#: The distance between the elements of the masthead's line, and the estimated height of each, in mm.
_GAP_MM, _LINE_MM = 5.0, 5.0
#: The greatest height of a logo, in mm.
_LOGO_MM = 14.0
#: The classes of paragraphs that share a line.
_LINE_CLASSES = ("series", "issue-line", "marking")


def build_masthead(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the masthead over the full width: series, issue line and marking in one line if they fit, above a rule."""
    builder.add_pending_bookmark(element)
    line: list[Element] = []
    for child in element.elements:
        if child.tag == "figure":
            _build_logo(builder, child, context)
        elif child.style in _LINE_CLASSES and child.tag == "p" and not builder.bookmarks.name(child.get("id")):
            line.append(child)
        else:
            _build_line(builder, line, context, ".masthead table")
            line = []
            builder.build_blocks((child,), context)
    if line:
        _build_line(builder, line, context, ".masthead table:last-child")
    else:
        builder.paragraph(BLOCK_STYLES["hr"], (), context)


def _build_line(builder: DocxBuilder, parts: Sequence[Element], context: BlockContext, kind: str) -> None:
    """Add paragraphs side by side over the full width; one below the other if they are too long or centred.

    ``kind`` is the key of the table's style.
    """
    if not parts:
        return
    columns, full = builder.columns, builder.galley.theme.measures.full
    styles = [block_style(part) for part in parts]
    type_styles = [columns.type_style(style) for style in styles]
    widths = [
        text_width(text_of(part.children), columns.size(style), bold=type_style.weight >= 600)
        for part, style, type_style in zip(parts, styles, type_styles, strict=True)
    ]
    spare = full - sum(widths) - _GAP_MM * len(parts)
    if spare < 0 or any(type_style.align != "start" for type_style in type_styles):
        groups, shares = [parts], [full]
    else:
        groups, shares = [[part] for part in parts], [width + _GAP_MM + spare / len(parts) for width in widths]
    cells = []
    for group, share in zip(groups, shares, strict=True):
        inner = replace(context, width=share, boxed=True)
        with builder.cell() as content:
            if len(groups) > 1 and group[0] is parts[-1]:
                builder.paragraph(f"{styles[-1]} End", group[0].children, inner.inside(group[0]))
            else:
                builder.build_blocks(group, inner)
        cells.append(cell(mm(share), content))
    indent = -mm(outdent(builder.galley.theme)[0])
    style = builder.styles.table(BLOCK_STYLES[kind])
    form = TableForm(style, tuple(map(mm, shares)), "", header_row=False, bidi=context.rtl, indent=indent)
    builder.table(table(form, [row(cells)]))
    columns.add_text(_LINE_MM * max(map(len, groups)))


def _build_logo(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    image = builder.picture_of(picture)
    if picture is None or image is None:
        return
    alt = picture.get("alt") or builder.galley.properties.author
    run = builder.pictures.place(image, alt, width=builder.galley.theme.measures.text, max_height=_LOGO_MM)
    builder.paragraph(BLOCK_STYLES[".masthead figure"], (), context).append(run)


def build_sidebar(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a sidebar as a table of one cell, because borders around paragraphs break where an indent changes."""
    width = builder.width(element, context)
    style, lists = block_style(element), LISTS_INSIDE[element.style]
    inner = BlockContext(
        style, lists, language=context.language, rtl=context.rtl, width=width - 2 * _PADDING_MM, boxed=True
    )
    builder.add_pending_bookmark(element)
    with builder.cell() as content:
        builder.build_blocks(element.children, inner)
    if not content:
        return
    title = next((text_of(child.children) for child in element.walk() if child.style == "sidebar-title"), "")
    table_style = builder.styles.table(BLOCK_STYLES[".sidebar table"])
    form = TableForm(table_style, (mm(width),), title, title, header_row=False, bidi=context.rtl)
    height = builder.columns.height(style, text_of(element.children), inner.width) + _SIDEBAR_EDGES_MM
    whole = len(content) <= _MOST_BLOCKS_TOGETHER and height < MAX_UNBROKEN_MM
    builder.table(table(form, [row([cell(mm(width), content)], whole=whole)]), boxed=context.boxed)
    builder.add_height(height, context)
