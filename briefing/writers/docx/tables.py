"""Tables in the text: a style, a repeated header row, and column widths from their content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from briefing.galley.tree import Element

from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, row, table
from .text_runs import plain
from .text_size import MM, WHOLE, WIDER, line_count, text_width

#: The most rows of a table that stays on one page; a longer or a tall one may break between rows.
_TOGETHER = 10
#: The line spacing in a table, relative to the type size.
_LEADING = 1.3


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell's place in the grid: its element, or None for the continuation of a cell above."""

    element: Element | None
    column: int
    span: int
    merge: str


def _span_of(element: Element, attribute: str) -> int:
    value = element.get(attribute)
    return max(1, int(value)) if value.isdecimal() else 1


def _rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """The rows, each with whether it belongs to the head."""
    for child in element.elements:
        if child.tag == "tr":
            yield child, False
        elif child.tag in {"thead", "tbody", "tfoot", "div"}:
            yield from ((line, child.tag == "thead") for line in child.elements if line.tag == "tr")


def _grid(rows: Sequence[Element]) -> list[list[_Place]]:
    """The cells of each row with their columns, including the continuations of cells over several rows."""
    continued: dict[int, tuple[int, int]] = {}
    grid = []
    for line in rows:
        places: list[_Place] = []
        cells_left = [child for child in line.elements if child.tag in {"td", "th"}]
        column = 0
        while cells_left or any(key >= column for key in continued):
            if column in continued:
                left, span = continued.pop(column)
                places.append(_Place(None, column, span, "continue"))
                if left > 1:
                    continued[column] = (left - 1, span)
                    column += span
                    continue
                column += span
            elif cells_left:
                child = cells_left.pop(0)
                span, depth = _span_of(child, "colspan"), _span_of(child, "rowspan")
                places.append(_Place(child, column, span, "restart" if depth > 1 else ""))
                if depth > 1:
                    continued[column] = (depth, span)
                    # without this row itself
                    continued[column] = (depth - 1, span)
                    column += span
                    continue
                column += span
            else:
                places.append(_Place(None, column, 1, ""))
                column += 1
        grid.append(places)
    return grid


def column_widths(cells: Sequence[Sequence[str]], total: float, size: float, padding: float) -> list[float]:
    """Widths in mm that add up to ``total``: no word broken in any face if possible; long cells share the rest."""
    count = len(cells)
    least = [
        max((text_width(word, size, bold=True) for text in column for word in text.split()), default=0.0)
        for column in cells
    ]
    most = [max((text_width(text, size, bold=True) for text in column), default=0.0) for column in cells]
    least = [min(width * WIDER + padding, total / count * 2) for width in least]
    most = [max(wide + padding, narrow) for wide, narrow in zip(most, least, strict=True)]
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    if sum(most) <= total:
        spare = total - sum(most)
        return [width + spare * width / sum(most) for width in most]
    room, slack = total - sum(least), sum(most) - sum(least)
    return [narrow + room * (wide - narrow) / slack for narrow, wide in zip(least, most, strict=True)]


def _column_count(places: Sequence[_Place]) -> int:
    """The index of the column after the last one that these cells fill."""
    return max((place.column + place.span for place in places), default=0)


def _row_height(places: Sequence[_Place], widths: Sequence[int], size: float) -> float:
    """The estimated height of the row of these cells, in mm. ``widths`` are the widths of the columns in twips."""
    heights = [0.0]
    for place in places:
        if place.element is not None:
            room = sum(widths[place.column : place.column + place.span]) / mm(1)
            heights.append(line_count(plain(place.element.children), size, room) * size * _LEADING * MM)
    return max(heights)


def set_table(
    element: Element,
    *,
    width: float,
    size: float,
    style: str,
    bidi: bool,
    indent: int,
    set_cell: Callable[[Element, bool, bool], list[XmlElement]],
) -> XmlElement | None:
    """Build a table ``width`` mm wide; returns None if it has no cells.

    ``set_cell`` builds a cell's content from its element, whether it is in the head, and whether it keeps with the next
    row.
    """
    listed = list(_rows(element))
    grid = _grid([line for line, _ in listed])
    count = max(map(_column_count, grid), default=0)
    if not count:
        return None
    words: list[list[str]] = [[] for _ in range(count)]
    for places in grid:
        for place in places:
            if place.element is not None and place.span == 1:
                words[place.column].append(plain(place.element.children))
    widths = [mm(share) for share in column_widths(words, width, size, 3.2)]
    widths[-1] += mm(width) - sum(widths)
    filled = [
        [*places, *(_Place(None, column, 1, "") for column in range(_column_count(places), count))] for places in grid
    ]
    heights = [_row_height(places, widths, size) for places in filled]
    together = len(listed) <= _TOGETHER and sum(heights) < WHOLE
    rows = []
    for index, (places, height, (_, head)) in enumerate(zip(filled, heights, listed, strict=True)):
        keep = head or (together and index < len(listed) - 1)
        cells = [
            cell(
                sum(widths[place.column : place.column + place.span]),
                set_cell(place.element, head, keep) if place.element is not None else [],
                span=place.span,
                merge=place.merge,
            )
            for place in places
        ]
        rows.append(row(cells, header=head, whole=height < WHOLE))
    caption = next((child for child in element.elements if child.tag == "caption"), None)
    title = plain(caption.children) if caption is not None else ""
    form = TableForm(
        style, tuple(widths), title, title, header_row=any(head for _, head in listed), bidi=bidi, indent=indent
    )
    return table(form, rows)
