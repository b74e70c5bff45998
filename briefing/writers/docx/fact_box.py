"""The fact box: a table of one column, floated into the side column. No text box: it can be edited, and read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .forme import Context, Forme
from .measure import MM
from .ooxml import TableForm, XmlElement, cell, mm, paragraph, row, table
from .pieces import plain

__all__ = ["set_fact_box"]

SetBlocks = Callable[[Sequence[Node], Context], None]
#: Room between a fact and the edge of the box, in mm: an indent in the styles of facts, since LibreOffice moves a
#: floated table by the margin of its cells.
_PADDING = 2.8
#: A flag is at most this wide and tall, in mm.
_FLAG = (22.0, 15.0)


def set_fact_box(forme: Forme, element: Element, context: Context, set_blocks: SetBlocks) -> None:
    """Set a fact box beside the text that follows, its top level with the paragraph before it."""
    measures = forme.galley.theme.measures
    context = context.inside(element)
    room = measures.side or measures.text
    inner = replace(context, style="Fact Value", room=room - 2 * _PADDING, boxed=True)
    forme.await_mark(element)
    width = mm(room)
    rows: list[XmlElement] = []
    height = 0.0
    notes = forme.line.notes
    if notes is not None:
        notes.held = []
    title = next((child for child in element.elements if child.style == "fact-box-title"), None)
    for block in _blocks(element):
        with forme.cell() as story:
            if block.tag in {"figure", "img"}:
                _flag(forme, block, inner)
                height += _FLAG[1] + 3
            else:
                set_blocks((block,), inner)
            for item in story:
                style = item.find("{*}pPr/{*}pStyle")
                identity = str(next(iter(style.attrib.values()))) if style is not None else ""
                words = "".join(str(text.text or "") for text in item.iter("{*}t"))
                height += forme.columns.height(identity, words, inner.room)
        height += 1.2
        rows.append(row([cell(width, story)], header=block is title))
    held: list[XmlElement] = []
    if notes is not None:
        held, notes.held = notes.held or [], None
    if not rows:
        return
    before = _above(forme) if measures.side else 0.0
    place, _ = forme.columns.frame
    label = plain(title.children) if title is not None else ""
    form = TableForm(
        forme.styles.table("Fact Box"),
        (width,),
        label,
        "; ".join(plain(term.children) for term in element.walk() if term.tag == "dt"),
        floated=(place, -mm(before) or 1) if measures.side else None,
        gap_below=mm(4),
        header_row=title is not None,
        bidi=context.rtl,
    )
    forme.table(table(form, rows))
    # The table's anchor, and under it the footnotes that the box names. LibreOffice floats a table only when the first
    # footnote of the document comes three paragraphs later.
    anchor = forme.styles.paragraph("Anchor")
    forme.story += (
        [paragraph(anchor), paragraph(anchor, held)]
        if not held
        else [paragraph(anchor), paragraph(anchor), paragraph(anchor, held)]
    )
    if measures.side:
        forme.columns.set_beside(height, -before)
    else:
        forme.columns.set_text(height)


def _blocks(element: Element) -> Iterator[Element]:
    """What stands in a row of its own: the title, the picture, each fact."""
    for child in element.elements:
        if child.tag == "dl":
            yield from _facts(child)
        elif child.tag in {"div", "article", "main"}:
            yield from _blocks(child)
        else:
            yield child


def _facts(listing: Element) -> Iterator[Element]:
    """Each fact as a list of one pair, so that a row holds the label over its value."""
    pair: list[Element] = []
    for child in listing.elements:
        if child.tag == "div":
            yield Element("dl", {"class": "facts"}, (child,))
        else:
            if child.tag == "dt" and any(part.tag == "dd" for part in pair):
                yield Element("dl", {"class": "facts"}, tuple(pair))
                pair = []
            pair.append(child)
    if pair:
        yield Element("dl", {"class": "facts"}, tuple(pair))


def _flag(forme: Forme, figure: Element, context: Context) -> None:
    picture = figure.find("img")
    if picture is None:
        return
    image = forme.galley.pictures[picture.get("src").removeprefix("picture:")]
    run = forme.pictures.place(image, picture.get("alt"), room=_FLAG[0], height=_FLAG[1])
    forme.paragraph("Flag", (), context).append(run)
    caption = figure.find("figcaption")
    if caption is not None:
        forme.paragraph("Fact Value", caption.children, context)


def _above(forme: Forme) -> float:
    """How far above its own place the box begins: beside the summary, in mm.

    Reckoned short, so that the box never reaches the title.
    """
    previous = forme.story[-1] if forme.story else None
    style = previous.find("{*}pPr/{*}pStyle") if previous is not None else None
    summary = forme.styles.paragraph("Summary")
    if previous is None or style is None or summary not in style.attrib.values():
        return 0.0
    words = "".join(text.text or "" for text in previous.iter("{*}t"))
    look = forme.columns.look(summary)
    return max(
        0.0, forme.columns.height(summary, words, forme.galley.theme.measures.text * 1.04) - look.before * MM - 1.6
    )
