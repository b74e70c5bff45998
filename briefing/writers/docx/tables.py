"""Tables in the text: a style, a repeated header row, and column widths from their content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.galley.fit_tables import NARROW_GAP, SCALES
from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, keep_next, resize, row, table
from .page_grid import outdent
from .text_runs import text_of
from .text_size import MAX_UNBROKEN_MM, MM, WIDER, line_count, text_width
from .word_styles import BLOCK_STYLES, block_style, cell_style

#: The most rows of a table that stays on one page; a longer or a tall one may break between rows.
_MOST_ROWS_TOGETHER = 10
#: The line spacing in a table, relative to the type size.
_LEADING = 1.3
#: Tables of so many columns get a smaller type if a wider face would break their figures.
_MANY_COLUMNS = 7
#: The space beside the text of a cell, and above and below that of a row, in mm.
_CELL_PADDING_MM, _ROW_PADDING_MM = 3.2, 1.4


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell's place in the grid: its element, or None for the continuation of a cell above."""

    element: Element | None
    column: int
    span: int = 1
    merge: str = ""


def build_table(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a table with its caption; ``wide`` ones extend over the side column."""
    width = builder.width(element, context)
    caption = next((child for child in element.elements if child.tag == "caption"), None)
    if caption is not None:
        builder.paragraph(BLOCK_STYLES["caption"], caption.children, context.inside(caption), label=element.get("id"))
    else:
        builder.add_pending_bookmark(element)
    style = builder.styles.table(block_style(element))
    listed = list(_rows(element))
    grid = _grid([line for line, _ in listed])
    if not grid or not grid[0]:
        return
    size, padding = builder.columns.type_style(BLOCK_STYLES["td"]).size, _CELL_PADDING_MM
    fit = _fit(grid, element, width, size)
    if fit < SCALES[0]:
        size, padding = size * fit / 100, NARROW_GAP
    widths = _column_widths(grid, width, size, padding)
    heights = [_row_height(places, widths, size) for places in grid]
    keep_together = len(listed) <= _MOST_ROWS_TOGETHER and sum(heights) < MAX_UNBROKEN_MM
    rows = []
    for index, (places, height, (_, head)) in enumerate(zip(grid, heights, listed, strict=True)):
        keep = keep_together and index < len(listed) - 1 and not head
        cells = []
        for place in places:
            content = _cell_content(builder, place.element, context, width, head=head) if place.element else []
            if fit < SCALES[0]:
                resize(content, size)
            keep_next(content if keep else ())
            cells.append(cell(_width_of(place, widths), content, span=place.span, merge=place.merge))
        rows.append(row(cells, header=head, whole=height < MAX_UNBROKEN_MM))
    title = text_of(caption.children) if caption is not None else ""
    indent = -mm(outdent(builder.galley.theme)[0]) if context.is_wide(element) and not context.width else 0
    has_head = any(head for _, head in listed)
    gap = mm(NARROW_GAP) if fit < SCALES[0] else None
    form = TableForm(style, tuple(widths), title, title, header_row=has_head, bidi=context.rtl, indent=indent, gap=gap)
    builder.table(table(form, rows), boxed=context.boxed)
    lines = (part for part in element.walk() if part.tag == "tr")
    builder.columns.add_text(
        sum(builder.columns.height(BLOCK_STYLES["td"], text_of((line,)), width) + _ROW_PADDING_MM for line in lines)
    )


def _cell_content(
    builder: DocxBuilder, element: Element, context: BlockContext, width: float, *, head: bool
) -> list[XmlElement]:
    style = cell_style(element, head=head)
    inner = replace(context.inside(element), style=style, width=width / 3, boxed=True, list_style="", list_depth=0)
    with builder.cell() as content:
        builder.build_blocks(element.children, inner)
        if not content:
            builder.paragraph(style, (), inner)
    return content


def _rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """The rows, each with whether it belongs to the head."""
    for child in element.elements:
        if child.tag == "tr":
            yield child, False
        elif child.tag in {"thead", "tbody", "tfoot", "div"}:
            yield from ((line, child.tag == "thead") for line in child.elements if line.tag == "tr")


def _span_of(element: Element, attribute: str) -> int:
    value = element.get(attribute)
    return max(1, int(value)) if value.isdecimal() else 1


def _grid(rows: Sequence[Element]) -> list[list[_Place]]:
    """The cells of each row with their columns, including the continuations of cells over several rows.

    All rows have the same number of columns.
    """
    continued: dict[int, tuple[int, int]] = {}  # by column: the rows that a cell extends over from here, its columns
    grid = []
    for line in rows:
        places: list[_Place] = []
        cells = [child for child in line.elements if child.tag in {"td", "th"}]
        column = 0
        while cells or any(key >= column for key in continued):
            if column in continued:
                depth, span = continued.pop(column)
                places.append(_Place(None, column, span, "continue"))
            elif cells:
                element = cells.pop(0)
                depth, span = _span_of(element, "rowspan"), _span_of(element, "colspan")
                places.append(_Place(element, column, span, "restart" if depth > 1 else ""))
            else:
                depth, span = 1, 1
                places.append(_Place(None, column))
            if depth > 1:
                continued[column] = (depth - 1, span)
            column += span
        grid.append(places)
    count = max(map(_column_count, grid), default=0)
    return [[*places, *(_Place(None, column) for column in range(_column_count(places), count))] for places in grid]


def _column_count(places: Sequence[_Place]) -> int:
    """The number of columns that a row fills."""
    return places[-1].column + places[-1].span if places else 0


def _fit(grid: Sequence[Sequence[_Place]], element: Element, total: float, size: float) -> int:
    """The type size in per cent at which no figure of a table of many columns breaks, in a wider face too."""
    largest = int(element.get("data-fit") or SCALES[0])
    if _column_count(grid[0]) < _MANY_COLUMNS:
        return largest
    least = 0.0
    for column in range(_column_count(grid[0])):
        texts = [text_of(p.element.children) for line in grid for p in line if p.element and p.column == column]
        least += (
            max((text_width(word, size, bold=True) for text in texts for word in text.split()), default=0.0) * WIDER
        )
    gaps = {scale: _column_count(grid[0]) * (NARROW_GAP if scale < SCALES[0] else _CELL_PADDING_MM) for scale in SCALES}
    fitting = (scale for scale in SCALES if scale <= largest and least * scale / 100 + gaps[scale] <= total)
    return next(fitting, SCALES[-1])


def _column_widths(grid: Sequence[Sequence[_Place]], total: float, size: float, padding: float) -> list[int]:
    """The widths of the columns in twips."""
    texts: list[list[str]] = [[] for _ in range(_column_count(grid[0]))]
    for places in grid:
        for place in places:
            if place.element is not None and place.span == 1:
                texts[place.column].append(text_of(place.element.children))
    widths = [mm(width) for width in column_widths(texts, total, size, padding)]
    widths[-1] += mm(total) - sum(widths)
    return widths


def column_widths(cells: Sequence[Sequence[str]], total: float, size: float, padding: float) -> list[float]:
    """Widths in mm that add up to ``total``: no word broken in any face if possible; long cells share the rest.

    ``cells`` are the texts of each column, ``size`` the type size in pt, and ``padding`` the space beside a text.
    """
    count = len(cells)
    least = [
        max((text_width(word, size, bold=True) for text in column for word in text.split()), default=0.0)
        for column in cells
    ]
    most = [max((text_width(text, size, bold=True) for text in column), default=0.0) for column in cells]
    # Room for a wider face, as far as the table leaves it.
    wider = min(WIDER, max(1.0, (total - count * padding) / (sum(least) or 1.0)))
    least = [min(width * wider + padding, total / count * 2) for width in least]
    most = [max(wide + padding, narrow) for wide, narrow in zip(most, least, strict=True)]
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    if sum(most) <= total:
        spare = total - sum(most)
        return [width + spare * width / sum(most) for width in most]
    room, slack = total - sum(least), sum(most) - sum(least)
    return [narrow + room * (wide - narrow) / slack for narrow, wide in zip(least, most, strict=True)]


def _width_of(place: _Place, widths: Sequence[int]) -> int:
    return sum(widths[place.column : place.column + place.span])


def _row_height(places: Sequence[_Place], widths: Sequence[int], size: float) -> float:
    """The estimated height of a row in mm; ``widths`` are those of the columns in twips."""
    lines = (
        line_count(text_of(place.element.children), size, _width_of(place, widths) / mm(1))
        for place in places
        if place.element is not None
    )
    return max(lines, default=0) * size * _LEADING * MM
