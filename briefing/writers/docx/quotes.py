"""Quotations: pull quotes and extracts beside the text where there is room, else in the column with a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .forme import Context, Forme
from .ooxml import is_paragraph
from .pieces import Piece
from .runs import set_line
from .styles import style_name

__all__ = ["is_side_quote", "set_quote"]

#: Beside these nothing stands in the side column.
_WIDE = frozenset({"aside", "hr", "table", "figure", "blockquote"})


def is_side_quote(element: Element) -> bool:
    """Whether a quotation is one for the side column."""
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def set_quote(forme: Forme, element: Element, context: Context, following: Sequence[Node]) -> None:
    """Set a pull quote or an extract. ``following`` is what comes after it in its section.

    A call of a note in a frame is lost by LibreOffice: in a framed quotation it hangs on the paragraph before.
    """
    context = context.inside(element)
    parts = _parts(element)
    lines = [(part, forme.pieces(part.children, context.inside(part))) for part in parts]
    calls = [piece for _, pieces in lines for piece in pieces if piece.kind == "call"]
    quote = "Extract" if element.style == "extract" else "Pull Quote"
    side = forme.galley.theme.measures.side
    styles = ["Pull Quote Attribution" if part.style == "attribution" else quote for part in parts]
    height = sum(
        forme.columns.height(forme.styles.paragraph(style), _words(pieces), side)
        for style, (_, pieces) in zip(styles, lines, strict=True)
    )
    if not _framed(forme, context, height, following, calls=bool(calls)):
        for part, pieces in lines:
            style = "Attribution" if part.style == "attribution" else "Intense Quote"
            if element.style == "extract":
                style = "Extract In Text"
            forme.paragraph(style, pieces, context.inside(part), identity=element.get("id"))
        return
    if calls:
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


def _framed(forme: Forme, context: Context, height: float, following: Sequence[Node], *, calls: bool) -> bool:
    """Whether the quotation may stand beside the text: nothing there yet, and text enough below for its height."""
    if context.boxed or context.rtl != (forme.galley.direction == "rtl") or not forme.columns.free() or forme.break_page:
        return False
    if calls and not (forme.story and is_paragraph(forme.story[-1])):
        return False
    text = 0.0
    for node in following:
        if isinstance(node, str):
            continue
        if any(part.tag in _WIDE for part in node.walk()):
            return False
        text += forme.columns.height(forme.styles.paragraph(style_name("body-text")), forme.words((node,)))
        if text >= height:
            return True
    return False
