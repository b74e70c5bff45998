"""The masthead and the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import plain
from .text_size import NARROW, WHOLE, text_width
from .word_styles import style_name

SetBlocks = Callable[[Sequence[Node], BlockContext], None]
_LINE_STYLES = ("series", "issue-line", "marking")


def set_masthead(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build the masthead over the full width, above a rule: a table with a row for each of its lines.

    Series, issue line and marking are one line if they fit; each other element is a line of its own.
    """
    builder.await_mark(element)
    lines: list[list[Element]] = []
    is_open = False
    for child in element.elements:
        if child.tag == "figure":
            _logo(builder, child, context)
            continue
        joins = child.style in _LINE_STYLES and child.tag == "p" and not builder.marks.name(child.get("id"))
        if joins and is_open:
            lines[-1].append(child)
        else:
            lines.append([child])
        is_open = joins
    if not lines:
        builder.paragraph("Rule", (), context)
        return
    full = builder.galley.theme.measures.full
    shares = [_shares(builder, line) for line in lines]
    grid = next((line for line in shares if line), (full,))
    rows = []
    for line, own in zip(lines, shares, strict=True):
        if own is grid:
            cells = [
                _masthead_cell(builder, [part], context, share, set_blocks, end=part is line[-1])
                for part, share in zip(line, grid, strict=True)
            ]
        else:
            cells = [_masthead_cell(builder, line, context, full, set_blocks, span=len(grid))]
        rows.append(row(cells))
    indent = -mm(outdent(builder.galley.theme)[0])
    style = builder.styles.table("Masthead")
    form = TableForm(style, tuple(map(mm, grid)), "", header_row=False, bidi=context.rtl, indent=indent)
    builder.table(table(form, rows))
    builder.columns.set_text(
        5.0 * sum(1 if own is grid else len(line) for line, own in zip(lines, shares, strict=True))
    )


def _shares(builder: DocxBuilder, line: Sequence[Element]) -> tuple[float, ...]:
    """The widths of the elements of a line side by side; empty if they are too long, or centred, or only one."""
    if len(line) == 1:
        return ()
    looks = [builder.columns.look(builder.styles.paragraph(style_name(part.style))) for part in line]
    widths = [
        text_width(plain(part.children), look.size * (NARROW if look.face == "sans" else 1), bold=look.weight >= 600)
        for part, look in zip(line, looks, strict=True)
    ]
    gap = builder.galley.theme.indents["masthead"]
    spare = builder.galley.theme.measures.full - sum(widths) - gap * len(line)
    if spare < 0 or any(look.align != "start" for look in looks):
        return ()
    return tuple(width + gap + spare / len(line) for width in widths)


def _masthead_cell(
    builder: DocxBuilder,
    parts: Sequence[Element],
    context: BlockContext,
    room: float,
    set_blocks: SetBlocks,
    *,
    span: int = 1,
    end: bool = False,
) -> XmlElement:
    inner = replace(context, room=room, boxed=True)
    with builder.cell() as story:
        if end:
            builder.paragraph(f"{style_name(parts[0].style)} End", parts[0].children, inner.inside(parts[0]))
        else:
            set_blocks(parts, inner)
    return cell(mm(room), story, span=span)


def _logo(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    image = builder.galley.pictures.get(picture.get("src").removeprefix("picture:")) if picture is not None else None
    if picture is None or image is None:
        return
    alt = picture.get("alt") or builder.galley.properties.author
    run = builder.pictures.place(
        image, alt, room=builder.galley.theme.measures.text, height=builder.galley.theme.measures.logo
    )
    builder.paragraph("Logo", (), context).append(run)


def set_sidebar(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a sidebar as a table of one cell, because borders around paragraphs break where an indent changes."""
    measures = builder.galley.theme.measures
    width = context.room or (measures.full if "wide" in element.classes else measures.text)
    room = width - 2 * builder.galley.theme.indents["sidebar-edge"]
    inner = replace(context, style="Sidebar", listing="Sidebar List", depth=0, room=room, boxed=True, sheet=False)
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
