"""The masthead, the key points and the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import text_of
from .text_size import MAX_UNBROKEN_MM, text_width
from .word_styles import BLOCK_STYLES, LISTS_INSIDE, block_style, container_style

#: The height of a sidebar's padding, in mm, and the most blocks of one that stays on one page.
_SIDEBAR_EDGES_MM, _MOST_BLOCKS_TOGETHER = 6, 7
#: The estimated height of an element of the masthead's line, in mm.
_LINE_MM = 5.0
#: The classes of paragraphs that share a line.
_LINE_CLASSES = ("series", "issue-line", "marking")


def build_masthead(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the masthead over the full width, above a rule: a table with a row for each of its lines.

    Series, issue line and marking are one line if they fit; each other element is a line of its own.
    """
    builder.add_pending_bookmark(element)
    lines: list[list[Element]] = []
    is_open = False
    for child in element.elements:
        if child.tag == "figure":
            _build_logo(builder, child, context)
            continue
        joins = child.style in _LINE_CLASSES and child.tag == "p" and not builder.bookmarks.name(child.get("id"))
        if joins and is_open:
            lines[-1].append(child)
        else:
            lines.append([child])
        is_open = joins
    if not lines:
        builder.paragraph(BLOCK_STYLES["hr"], (), context)
        return
    full = builder.galley.theme.measures.full
    widths = [_widths(builder, line) for line in lines]
    grid = next((line for line in widths if line), (full,))
    rows, count = [], 0
    for line, own in zip(lines, widths, strict=True):
        if own is grid:
            cells = [
                _cell(builder, [part], replace(context, width=width), end=part is line[-1])
                for part, width in zip(line, grid, strict=True)
            ]
        else:
            cells = [_cell(builder, line, replace(context, width=full), span=len(grid))]
        rows.append(row(cells))
        count += 1 if own is grid else len(line)
    indent = -mm(outdent(builder.galley.theme)[0])
    style = builder.styles.table(BLOCK_STYLES[".masthead table"])
    form = TableForm(style, tuple(map(mm, grid)), "", header_row=False, bidi=context.rtl, indent=indent)
    builder.table(table(form, rows))
    builder.columns.add_text(_LINE_MM * count)


def _widths(builder: DocxBuilder, line: Sequence[Element]) -> tuple[float, ...]:
    """The widths of the elements of a line side by side; empty if they are too long, or centred, or only one."""
    if len(line) == 1:
        return ()
    columns, theme = builder.columns, builder.galley.theme
    styles = [block_style(part) for part in line]
    type_styles = [columns.type_style(style) for style in styles]
    widths = [
        text_width(text_of(part.children), columns.size(style), bold=type_style.weight >= 600)
        for part, style, type_style in zip(line, styles, type_styles, strict=True)
    ]
    gap = theme.indents["masthead"]
    spare = theme.measures.full - sum(widths) - gap * len(line)
    if spare < 0 or any(type_style.align != "start" for type_style in type_styles):
        return ()
    return tuple(width + gap + spare / len(line) for width in widths)


def _cell(
    builder: DocxBuilder, parts: Sequence[Element], context: BlockContext, *, span: int = 1, end: bool = False
) -> XmlElement:
    context = replace(context, boxed=True)
    with builder.cell() as content:
        if end:
            builder.paragraph(f"{block_style(parts[0])} End", parts[0].children, context.inside(parts[0]))
        else:
            builder.build_blocks(parts, context)
    return cell(mm(context.width), content, span=span)


def _build_logo(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    image = builder.picture_of(picture)
    if picture is None or image is None:
        return
    alt = picture.get("alt") or builder.galley.properties.author
    measures = builder.galley.theme.measures
    run = builder.pictures.place(image, alt, width=measures.text, max_height=measures.logo)
    builder.paragraph(BLOCK_STYLES[".masthead figure"], (), context).append(run)
    builder.columns.add_text(measures.logo)


def build_sidebar(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a sidebar as a table of one cell, because borders around paragraphs break where an indent changes."""
    edge = builder.galley.theme.indents["sidebar-edge"]
    _build_box(builder, element, context, edge, _SIDEBAR_EDGES_MM, block_style(element))


def build_key_points(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the key points as a table of one cell.

    LibreOffice 7 does not float the fact box if a note is called between it and the table before it.
    """
    _build_box(builder, element, context, 0.0, 0.0, container_style(element, context.style))


def _build_box(
    builder: DocxBuilder, element: Element, context: BlockContext, edge: float, edges: float, style: str
) -> None:
    """Build a table of one cell. ``edge`` is the padding beside its text, ``edges`` that above and below, in mm."""
    width = builder.width(element, context)
    lists = LISTS_INSIDE[element.style]
    inner = BlockContext(style, lists, language=context.language, rtl=context.rtl, width=width - 2 * edge, boxed=True)
    builder.add_pending_bookmark(element)
    with builder.cell() as content:
        builder.build_blocks(element.children, inner)
    if not content:
        return
    title = next((text_of(child.children) for child in element.walk() if child.style == f"{element.style}-title"), "")
    table_style = builder.styles.table(BLOCK_STYLES[f".{element.style} table"])
    form = TableForm(table_style, (mm(width),), title, title, header_row=False, bidi=context.rtl)
    blocks = [part for part in element.walk() if part.tag in {"p", "li"}]
    height = sum(builder.columns.height(style, text_of(part.children), inner.width) for part in blocks) + edges
    whole = len(content) <= _MOST_BLOCKS_TOGETHER and height < MAX_UNBROKEN_MM
    builder.table(table(form, [row([cell(mm(width), content)], whole=whole)]), boxed=context.boxed)
    builder.add_height(height, context)
