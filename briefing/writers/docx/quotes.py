"""Quotations: pull quotes and extracts beside the text where there is room, else in the column with a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element

from .forme import Context, Forme
from .ooxml.elements import XmlElement
from .ooxml.text import Frame, begins_page, ends_with_call, has_style, holds_call, is_paragraph
from .pieces import Format, Piece
from .runs import set_line

__all__ = ["is_side_quote", "set_quote"]

#: Styles of running text: what the call of a quotation beside it may hang on.
_RUNNING = (
    "BodyText", "BodyTextAfterTable", "NumberedParagraph", "ListBullet", "ListBullet2", "ListBullet3", "ListNumber",
    "ListNumber2", "ListNumber3", "ListContinue",
)  # fmt: skip
#: Styles of quotations, in the column and beside it.
_QUOTATIONS = ("PullQuote", "PullQuoteAttribution", "Extract", "IntenseQuote", "Attribution", "ExtractInText", "Quote")
#: A quotation is short below this height, in mm.
_SHORT = 45.0
#: So much of a page must be filled with text beside a quotation on its foot: it would stand alone on a short last page.
_FULL = 0.55
#: These begin a page of their own, or are not printed in the text.
_APART = frozenset({"annex", "meeting-sheet", "notes"})


def is_side_quote(element: Element) -> bool:
    """Whether a quotation is one for the side column."""
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def set_quote(forme: Forme, element: Element, context: Context) -> None:
    """Set a pull quote or an extract.

    A call of a note in a frame is lost by LibreOffice: in a framed quotation it hangs on the text before.
    """
    context = context.inside(element)
    parts = _parts(element)
    lines = [(part, forme.pieces(part.children, context.inside(part))) for part in parts]
    calls = [piece for _, pieces in lines for piece in pieces if piece.kind == "call"]
    quote = "Extract" if element.style == "extract" else "Pull Quote"
    side = forme.galley.theme.measures.side or forme.galley.theme.measures.text
    styles = ["Pull Quote Attribution" if part.style == "attribution" else quote for part in parts]
    height = sum(
        forme.columns.height(forme.styles.paragraph(style), _words(pieces), side)
        for style, (_, pieces) in zip(styles, lines, strict=True)
    )
    frame = _frame(forme, context, height, calls=bool(calls))
    if frame is None:
        for part, pieces in lines:
            style = "Attribution" if part.style == "attribution" else "Intense Quote"
            if element.style == "extract":
                style = "Extract In Text"
            forme.paragraph(style, pieces, context.inside(part), identity=element.get("id"))
        return
    carrier = _carrier(forme) if calls else None
    if carrier is not None:
        if ends_with_call(carrier):
            calls.insert(0, Piece("call", ",", Format()))
        carrier.extend(set_line(calls, forme.line))
    forme.columns.set_beside(max(height, forme.columns.below(forme.galley.paper)) if frame.foot else height)
    inner = replace(context, boxed=True)
    for style, (part, pieces) in zip(styles, lines, strict=True):
        words = [piece for piece in pieces if piece.kind != "call"]
        forme.paragraph(style, words, inner.inside(part), identity=element.get("id"), frame=frame)


def _parts(element: Element) -> list[Element]:
    blocks = [child for child in element.elements if child.tag in {"p", "div"}]
    return blocks or [Element("p", {}, element.children)]


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "call")


def _frame(forme: Forme, context: Context, height: float, *, calls: bool) -> Frame | None:
    """The frame in which the quotation may stand beside the text: nothing there yet, and enough text below for it.

    Where it might run over the foot of the page it stands on that: Word would move it up, LibreOffice would not. A
    short one keeps the text beside it together instead, and goes over with it.
    """
    columns, paper = forme.columns, forme.galley.paper
    if context.boxed or context.rtl or not forme.galley.theme.measures.side or not columns.free() or forme.break_page:
        return None
    if forme.story and has_style(forme.story[-1], "PortionMark"):
        return None  # a mark belongs to what stands under it
    if calls and _carrier(forme) is None:
        return None
    if not columns.over(height, paper):
        return columns.frame if _text_beside(forme, height, height) else None
    if height < _SHORT and _text_beside(forme, height, height):
        forme.together = height
        return columns.frame
    below = columns.below(paper)
    if columns.has_foot(height, paper) and _text_beside(forme, max(height, below * _FULL), below):
        return columns.frame._replace(foot=True)
    return None


def _text_beside(forme: Forme, enough: float, clear: float) -> bool:
    """Whether ``enough`` mm of text follow, and nothing in the first ``clear`` mm that needs both columns."""
    text = 0.0
    for block in _blocks(forme.following()):
        if block.tag == "hr" or block.style in _APART:
            return text >= enough
        if any("wide" in part.classes for part in block.walk()):
            return False
        text += forme.columns.height(forme.styles.paragraph("Body Text"), forme.words((block,)))
        if text >= clear:
            return True
    return text >= enough


def _carrier(forme: Forme) -> XmlElement | None:
    """The paragraph of running text that a framed quotation's call may hang on: the last one before it.

    Quotations between the two are passed over, since a call there would be a false note, unless they have calls of
    their own: the notes would change places. A heading, a table, a figure or a new page is where the search ends.
    """
    for element in reversed(forme.story):
        if not is_paragraph(element):
            return None
        if any(has_style(element, style) for style in _RUNNING):
            return element
        quotation = any(has_style(element, style) for style in _QUOTATIONS)
        if not quotation or holds_call(element) or begins_page(element):
            return None
    return None


def _blocks(elements: Iterable[Element]) -> Iterator[Element]:
    """The blocks in reading order, those in sections one by one."""
    for element in elements:
        if element.tag in {"section", "div", "article", "main"} and element.style not in _APART:
            yield from _blocks(element.elements)
        else:
            yield element
