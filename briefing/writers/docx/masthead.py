"""The masthead, the key points and the sidebar."""

from __future__ import annotations

from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import text_of, unwrapped
from .text_size import MAX_UNBROKEN_MM
from .word_styles import BLOCK_STYLES, LISTS_INSIDE, block_style, container_style

#: The height of a sidebar's padding, in mm, and the most blocks of one that stays on one page.
_SIDEBAR_EDGES_MM, _MOST_BLOCKS_TOGETHER = 6, 7
#: The size of the map in the masthead, and the space above and below its lines, in mm.
_LOCATOR_MM, _MASTHEAD_EDGE_MM = (50.0, 35.0), 3.2


def build_masthead(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the masthead: a table over the full width, with the map or the logo in a cell of its own."""
    builder.add_pending_bookmark(element)
    parts = list(unwrapped(element))
    figures = [part for part in parts if part.tag == "figure"]
    lines = [part for part in parts if part.tag != "figure"]
    theme = builder.galley.theme
    full, edge = theme.measures.full, theme.indents["masthead"]
    picture_width = max((_figure_size(builder, figure)[0] for figure in figures), default=0.0)
    widths = (full - picture_width, picture_width) if figures else (full,)
    with builder.cell() as text:
        builder.build_blocks(lines, replace(context, boxed=True, width=widths[0] - 2 * edge))
        for note in (note for figure in figures if (note := figure.find("figcaption")) is not None):
            builder.paragraph(BLOCK_STYLES["caption"], note.children, context)
    cells = [cell(mm(widths[0]), text)]
    if figures:
        with builder.cell() as pictures:
            for figure in figures:
                _build_figure(builder, figure, context)
        cells.append(cell(mm(picture_width), pictures, edges=0))
    style = builder.styles.table(BLOCK_STYLES[".masthead table"])
    indent = -mm(outdent(theme)[0])
    form = TableForm(style, tuple(map(mm, widths)), "", header_row=False, bidi=context.rtl, indent=indent)
    builder.table(table(form, [row(cells)]))
    heights = (builder.columns.height(block_style(line), text_of(line.children), widths[0]) for line in lines)
    tallest = max((_figure_size(builder, figure)[1] for figure in figures), default=0.0)
    builder.columns.add_text(max(sum(heights) + 2 * _MASTHEAD_EDGE_MM, tallest))


def _figure_size(builder: DocxBuilder, figure: Element) -> tuple[float, float]:
    """The greatest width and height of a picture in the masthead, in mm."""
    return _LOCATOR_MM if figure.style == "locator" else (60.0, builder.galley.theme.measures.logo)


def _build_figure(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    """Build the map or the logo."""
    width, height = _figure_size(builder, figure)
    drawing, image = figure.find("svg"), builder.picture_of(figure.find("img"))
    if drawing is not None:
        alt = drawing.get("aria-label")
        run = builder.pictures.draw(drawing, alt, "map", width=width, ratio=height / width)
    elif image is not None:
        alt = (figure.find("img") or figure).get("alt") or builder.galley.properties.author
        run = builder.pictures.place(image, alt, width=width, max_height=height)
    else:
        return
    builder.paragraph(BLOCK_STYLES[".masthead figure"], (), context).append(run)


def build_sidebar(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a sidebar as a table of one cell, because borders around paragraphs break where an indent changes."""
    edge = builder.galley.theme.indents["sidebar-edge"]
    _build_box(builder, element, context, edge, _SIDEBAR_EDGES_MM, block_style(element))


def build_key_points(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the key points as a table of one cell.

    LibreOffice 7 does not float the fact box if a note is called between it and the table before it.
    """
    edge = builder.galley.theme.indents["key-points-edge"]
    _build_box(builder, element, context, edge, 2 * _MASTHEAD_EDGE_MM, container_style(element, context.style))


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
