"""Quotations: pull quotes and extracts beside the text where there is room, else in the column with a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element

from .forme import Context, Forme
from .ooxml import ends_with_call, has_style, is_paragraph
from .pieces import Format, Piece
from .runs import set_line

__all__ = ["is_side_quote", "set_quote"]

#: What no call of a note may hang on.
_HEADINGS = ("Title", "Heading1", "Heading2", "Heading3", "SheetHeading", "BlockTitle", "Caption", "Anchor", "TableGap")
#: These begin a page of their own, or are not printed in the text.
_APART = frozenset({"annex", "meeting-sheet", "notes"})


def is_side_quote(element: Element) -> bool:
    """Whether a quotation is one for the side column."""
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def set_quote(forme: Forme, element: Element, context: Context) -> None:
    """Set a pull quote or an extract.

    A call of a note in a frame is lost by LibreOffice: in a framed quotation it hangs on the paragraph before.
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
    if not _framed(forme, context, height, calls=bool(calls)):
        for part, pieces in lines:
            style = "Attribution" if part.style == "attribution" else "Intense Quote"
            if element.style == "extract":
                style = "Extract In Text"
            forme.paragraph(style, pieces, context.inside(part), identity=element.get("id"))
        return
    if calls:
        if ends_with_call(forme.story[-1]):
            calls.insert(0, Piece("call", ",", Format()))
        forme.story[-1].extend(set_line(calls, forme.line))
    forme.columns.set_beside(height)
    inner = replace(context, boxed=True)
    for style, (part, pieces) in zip(styles, lines, strict=True):
        words = [piece for piece in pieces if piece.kind != "call"]
        forme.paragraph(style, words, inner.inside(part), identity=element.get("id"), framed=True)


def _parts(element: Element) -> list[Element]:
    blocks = [child for child in element.elements if child.tag in {"p", "div"}]
    return blocks or [Element("p", {}, element.children)]


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "call")


def _framed(forme: Forme, context: Context, height: float, *, calls: bool) -> bool:
    """Whether the quotation may stand beside the text: nothing there yet, and text enough below for its height."""
    if (
        context.boxed
        or context.rtl
        or not forme.galley.theme.measures.side
        or not forme.columns.free()
        or forme.break_page
    ):
        return False
    if forme.story and has_style(forme.story[-1], "PortionMark"):
        return False  # a mark belongs to what stands under it
    if calls and not _may_carry(forme):
        return False
    if not forme.columns.fits(height, forme.galley.paper):
        return False
    text = 0.0
    for block in _blocks(forme.following()):
        if block.tag == "hr" or block.style in _APART or any("wide" in part.classes for part in block.walk()):
            return False
        text += forme.columns.height(forme.styles.paragraph("Body Text"), forme.words((block,)))
        if text >= height:
            return True
    return False


def _may_carry(forme: Forme) -> bool:
    """Whether a call may hang on what stands before: a paragraph of text, not a heading."""
    if not forme.story or not is_paragraph(forme.story[-1]):
        return False
    return not any(has_style(forme.story[-1], style) for style in _HEADINGS)


def _blocks(elements: Iterable[Element]) -> Iterator[Element]:
    """The blocks in reading order, those in sections one by one."""
    for element in elements:
        if element.tag in {"section", "div", "article", "main"} and element.style not in _APART:
            yield from _blocks(element.elements)
        else:
            yield element
