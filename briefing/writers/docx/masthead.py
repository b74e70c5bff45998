"""The masthead and the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import plain
from .text_size import NARROW, WHOLE, text_width
from .word_styles import style_name

SetBlocks = Callable[[Sequence[Node], BlockContext], None]
#: The distance between a sidebar's text and its edge, in mm, as in the table style.
_PADDING_MM = 3.5


#: The distance between the elements of the masthead's line, in mm.
_GAP_MM = 5.0
_LINE_STYLES = ("series", "issue-line", "marking")


def set_masthead(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build the masthead over the full width: series, issue line and marking in one line if they fit, above a rule."""
    builder.await_mark(element)
    line: list[Element] = []
    for child in element.elements:
        if child.tag == "figure":
            _logo(builder, child, context)
        elif child.style in _LINE_STYLES and child.tag == "p" and not builder.marks.name(child.get("id")):
            line.append(child)
        else:
            _masthead_line(builder, line, context, set_blocks)
            line = []
            set_blocks((child,), context)
    if line:
        _masthead_line(builder, line, context, set_blocks, style="Masthead")
    else:
        builder.paragraph("Rule", (), context)


def _masthead_line(
    builder: DocxBuilder,
    parts: Sequence[Element],
    context: BlockContext,
    set_blocks: SetBlocks,
    *,
    style: str = "Running Line",
) -> None:
    """Add elements side by side over the full width; one below the other if they are too long or centred."""
    full = builder.galley.theme.measures.full
    looks = [builder.columns.look(builder.styles.paragraph(style_name(part.style))) for part in parts]
    widths = [
        text_width(plain(part.children), look.size * (NARROW if look.face == "sans" else 1), bold=look.weight >= 600)
        for part, look in zip(parts, looks, strict=True)
    ]
    if not parts:
        return
    spare = full - sum(widths) - _GAP_MM * len(parts)
    if spare < 0 or any(look.align != "start" for look in looks):
        groups, shares = [parts], [full]
    else:
        groups, shares = [[part] for part in parts], [width + _GAP_MM + spare / len(parts) for width in widths]
    cells = []
    for group, share in zip(groups, shares, strict=True):
        with builder.cell() as story:
            inner = replace(context, room=share, boxed=True)
            if len(groups) > 1 and group[0] is parts[-1]:
                end = f"{style_name(group[0].style)} End"
                builder.paragraph(end, group[0].children, inner.inside(group[0]))
            else:
                set_blocks(group, inner)
        cells.append(cell(mm(share), story))
    indent = -mm(outdent(builder.galley.theme)[0])
    form = TableForm(
        builder.styles.table(style), tuple(map(mm, shares)), "", header_row=False, bidi=context.rtl, indent=indent
    )
    builder.table(table(form, [row(cells)]))
    builder.columns.set_text(5.0 * max(map(len, groups)))


def _logo(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    image = builder.galley.pictures.get(picture.get("src").removeprefix("picture:")) if picture is not None else None
    if picture is None or image is None:
        return
    alt = picture.get("alt") or builder.galley.properties.author
    run = builder.pictures.place(image, alt, room=builder.galley.theme.measures.text, height=14.0)
    builder.paragraph("Logo", (), context).append(run)


def set_sidebar(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a sidebar as a table of one cell, because borders around paragraphs break where an indent changes."""
    measures = builder.galley.theme.measures
    width = context.room or (measures.full if "wide" in element.classes else measures.text)
    inner = replace(
        context, style="Sidebar", listing="Sidebar List", depth=0, room=width - 2 * _PADDING_MM, boxed=True, sheet=False
    )
    builder.await_mark(element)
    with builder.cell() as story:
        set_blocks(element.children, inner)
    if not story:
        return
    title = next((plain(child.children) for child in element.walk() if child.style == "sidebar-title"), "")
    form = TableForm(
        builder.styles.table("Sidebar Box"), (mm(width),), title, title, header_row=False, bidi=context.rtl
    )
    height = builder.columns.height("Sidebar", plain(element.children), inner.room) + 6
    whole = len(story) < 8 and height < WHOLE
    builder.table(table(form, [row([cell(mm(width), story)], whole=whole)]), boxed=context.boxed)
    if not context.boxed:
        builder.columns.set_text(height)
