"""Pull quotes and extracts: beside the text if there is room, or else in the text column with a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.galley.tree import Element
from briefing.galley.validate import TRANSPARENT

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement
from .ooxml.text import Frame, begins_page, note_calls, paragraph_style
from .text_runs import RunFormat, TextRun, text_of, text_without_calls
from .word_styles import BLOCK_STYLES, QUOTATIONS, QUOTE_STYLES, RUNNING_TEXT

#: A quotation of a lower height, in mm, is short.
_SHORT_MM = 45.0
#: The share of the height to the foot of the page that must be filled with text beside a quotation there; on a short
#: last page the quotation would be alone.
_FILLED_SHARE = 0.55
#: Sections that begin on a page of their own, or are not printed in the text.
_OWN_PAGE_OR_UNPRINTED = frozenset({"annex", "meeting-sheet", "notes"})


def build_side_quote(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a pull quote or an extract.

    LibreOffice drops a note call from a frame. The calls of a framed quotation are therefore put at the end of the text
    before it.
    """
    parts = [child for child in element.elements if child.tag in {"p", "div"}] or [Element("p", {}, element.children)]
    lines = [builder.text_runs(part.children, context.inside(part)) for part in parts]
    calls = [run for line in lines for run in line if run.kind == "call"]
    kind, measures = QUOTE_STYLES[element.style], builder.galley.theme.measures
    attributions = [part.style == "attribution" for part in parts]
    styles = [kind.side_attribution if attribution else kind.side for attribution in attributions]
    height = sum(
        builder.columns.height(style, text_without_calls(line), measures.side or measures.text)
        for style, line in zip(styles, lines, strict=True)
    )
    frame = _frame(builder, context, height, calls=bool(calls))
    if frame is None:
        styles = [kind.text_attribution if attribution else kind.text for attribution in attributions]
    else:
        context = replace(context, boxed=True)
        lines = [[run for run in line if run.kind != "call"] for line in lines]
        _move_calls(builder, calls)
        builder.columns.add_beside(max(height, builder.columns.height_below()) if frame.foot else height)
    for style, part, line in zip(styles, parts, lines, strict=True):
        builder.paragraph(style, line, context.inside(part), identity=element.get("id"), frame=frame)


def _move_calls(builder: DocxBuilder, calls: list[TextRun]) -> None:
    """Put the note calls of a framed quotation at the end of the text before it."""
    carrier = _call_carrier(builder) if calls else None
    if carrier is not None:
        comma = [TextRun("call", ",", RunFormat())] if note_calls(carrier)[-1:] == [True] else []
        carrier.extend(builder.runs.build([*comma, *calls]))


def _frame(builder: DocxBuilder, context: BlockContext, height: float, *, calls: bool) -> Frame | None:
    """The frame for a quotation beside the text; None if it has to be set in the text column.

    Beside the text the column must be free, and enough text must follow. If the quotation might reach below the page,
    it stands at the foot of the page: Word would move it up, LibreOffice would not. A short one instead keeps the text
    beside it together, and moves to the next page with it.
    """
    columns = builder.columns
    no_side = context.boxed or context.rtl or not builder.galley.theme.measures.side
    if no_side or not columns.side_is_free() or builder.break_page:
        return None
    if builder.blocks and paragraph_style(builder.blocks[-1]) == "PortionMark":
        return None  # a portion mark belongs to the block below it
    if calls and _call_carrier(builder) is None:
        return None
    if not columns.overflow(height):
        return columns.side_frame if _has_text_beside(builder, height, height) else None
    if height < _SHORT_MM and _has_text_beside(builder, height, height):
        builder.keep_mm = height
        return columns.side_frame
    below = columns.height_below()
    if columns.fits_at_foot(height) and _has_text_beside(builder, max(height, below * _FILLED_SHARE), below):
        return columns.side_frame._replace(foot=True)
    return None


def _has_text_beside(builder: DocxBuilder, enough: float, clear: float) -> bool:
    """Whether ``enough`` mm of text follow, and nothing in the first ``clear`` mm that needs both columns."""
    height = 0.0
    for block in _blocks(builder.following()):
        if block.tag == "hr" or block.style in _OWN_PAGE_OR_UNPRINTED:
            return height >= enough
        if any("wide" in part.classes for part in block.walk()):
            return False
        height += builder.columns.height(BLOCK_STYLES["p"], text_of((block,)))
        if height >= clear:
            return True
    return height >= enough


def _call_carrier(builder: DocxBuilder) -> XmlElement | None:
    """The paragraph of running text that can take a framed quotation's note call: the last one before it.

    Quotations in between are skipped, because the call there would be wrong. One with calls of its own ends the search,
    because the notes would change their order. A heading, a table, a figure and a new page end it too.
    """
    for element in reversed(builder.blocks):
        style = paragraph_style(element)
        if style in RUNNING_TEXT:
            return element
        if style not in QUOTATIONS or any(note_calls(element)) or begins_page(element):
            return None
    return None


def _blocks(elements: Iterable[Element]) -> Iterator[Element]:
    """The blocks in reading order, with those of sections one by one."""
    for element in elements:
        if element.tag in TRANSPARENT | {"section"} and element.style not in _OWN_PAGE_OR_UNPRINTED:
            yield from _blocks(element.elements)
        else:
            yield element
