"""Pull quotes and extracts: beside the text if there is room, or else in the text column with a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement
from .ooxml.text import Frame, begins_page, ends_with_call, has_style, holds_call, is_paragraph
from .runs import set_text_runs
from .text_runs import RunFormat, TextRun

#: Styles of running text, which can take the note call of a quotation beside it.
_RUNNING = (
    "BodyText", "BodyTextAfterTable", "NumberedParagraph", "ListBullet", "ListBullet2", "ListBullet3", "ListNumber",
    "ListNumber2", "ListNumber3", "ListContinue",
)  # fmt: skip
#: Styles of quotations, in the text column and beside it.
_QUOTATIONS = ("PullQuote", "PullQuoteAttribution", "Extract", "IntenseQuote", "Attribution", "ExtractInText", "Quote")
#: A quotation of a lower height, in mm, is short.
_SHORT = 45.0
#: The share of the height to the foot of the page that must be filled with text beside a quotation there; on a short
#: last page the quotation would be alone.
_FULL = 0.55
#: Sections that begin on a page of their own, or are not printed in the text.
_OWN_PAGE_OR_UNPRINTED = frozenset({"annex", "meeting-sheet", "notes"})


def is_side_quote(element: Element) -> bool:
    """Whether an element is a quotation for the side column."""
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def set_quote(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a pull quote or an extract.

    LibreOffice drops a note call from a frame. The calls of a framed quotation are therefore put at the end of the text
    before it.
    """
    context = context.inside(element)
    parts = _parts(element)
    lines = [(part, builder.pieces(part.children, context.inside(part))) for part in parts]
    calls = [piece for _, pieces in lines for piece in pieces if piece.kind == "call"]
    quote = "Extract" if element.style == "extract" else "Pull Quote"
    side = builder.galley.theme.measures.side or builder.galley.theme.measures.text
    styles = ["Pull Quote Attribution" if part.style == "attribution" else quote for part in parts]
    height = sum(
        builder.columns.height(builder.styles.paragraph(style), _words(pieces), side)
        for style, (_, pieces) in zip(styles, lines, strict=True)
    )
    frame = _frame(builder, context, height, calls=bool(calls))
    if frame is None:
        for part, pieces in lines:
            style = "Attribution" if part.style == "attribution" else "Intense Quote"
            if element.style == "extract":
                style = "Extract In Text"
            builder.paragraph(style, pieces, context.inside(part), identity=element.get("id"))
        return
    carrier = _carrier(builder) if calls else None
    if carrier is not None:
        if ends_with_call(carrier):
            calls.insert(0, TextRun("call", ",", RunFormat()))
        carrier.extend(set_text_runs(calls, builder.line))
    builder.columns.set_beside(max(height, builder.columns.below(builder.galley.paper)) if frame.foot else height)
    inner = replace(context, boxed=True)
    for style, (part, pieces) in zip(styles, lines, strict=True):
        words = [piece for piece in pieces if piece.kind != "call"]
        builder.paragraph(style, words, inner.inside(part), identity=element.get("id"), frame=frame)


def _parts(element: Element) -> list[Element]:
    blocks = [child for child in element.elements if child.tag in {"p", "div"}]
    return blocks or [Element("p", {}, element.children)]


def _words(pieces: Sequence[TextRun]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "call")


def _frame(builder: DocxBuilder, context: BlockContext, height: float, *, calls: bool) -> Frame | None:
    """The frame for a quotation beside the text; None if it has to be set in the text column.

    Beside the text the column must be free, and enough text must follow. If the quotation might reach below the page,
    it stands at the foot of the page: Word would move it up, LibreOffice would not. A short one instead keeps the text
    beside it together, and moves to the next page with it.
    """
    columns, paper = builder.columns, builder.galley.paper
    if (
        context.boxed
        or context.rtl
        or not builder.galley.theme.measures.side
        or not columns.free()
        or builder.break_page
    ):
        return None
    if builder.story and has_style(builder.story[-1], "PortionMark"):
        return None  # a portion mark belongs to the block below it
    if calls and _carrier(builder) is None:
        return None
    if not columns.over(height, paper):
        return columns.frame if _text_beside(builder, height, height) else None
    if height < _SHORT and _text_beside(builder, height, height):
        builder.together = height
        return columns.frame
    below = columns.below(paper)
    if columns.has_foot(height, paper) and _text_beside(builder, max(height, below * _FULL), below):
        return columns.frame._replace(foot=True)
    return None


def _text_beside(builder: DocxBuilder, enough: float, clear: float) -> bool:
    """Whether ``enough`` mm of text follow, and nothing in the first ``clear`` mm that needs both columns."""
    text = 0.0
    for block in _blocks(builder.following()):
        if block.tag == "hr" or block.style in _OWN_PAGE_OR_UNPRINTED:
            return text >= enough
        if any("wide" in part.classes for part in block.walk()):
            return False
        text += builder.columns.height(builder.styles.paragraph("Body Text"), builder.words((block,)))
        if text >= clear:
            return True
    return text >= enough


def _carrier(builder: DocxBuilder) -> XmlElement | None:
    """The paragraph of running text that can take a framed quotation's note call: the last one before it.

    Quotations in between are skipped, because the call there would be wrong. One with calls of its own ends the search,
    because the notes would change their order. A heading, a table, a figure and a new page end it too.
    """
    for element in reversed(builder.story):
        if not is_paragraph(element):
            return None
        if any(has_style(element, style) for style in _RUNNING):
            return element
        quotation = any(has_style(element, style) for style in _QUOTATIONS)
        if not quotation or holds_call(element) or begins_page(element):
            return None
    return None


def _blocks(elements: Iterable[Element]) -> Iterator[Element]:
    """The blocks in reading order, with those of sections one by one."""
    for element in elements:
        if element.tag in {"section", "div", "article", "main"} and element.style not in _OWN_PAGE_OR_UNPRINTED:
            yield from _blocks(element.elements)
        else:
            yield element
