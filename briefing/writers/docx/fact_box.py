"""The fact box: a floating one-column table beside the text. Unlike a text box it can be edited and is read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, is_table, keep_next, paragraph, row, table
from .roundtrip import owned
from .text_runs import FIELD, plain
from .text_size import MM, WHOLE

SetBlocks = Callable[[Sequence[Node], BlockContext], None]
#: The largest width and height of a flag, in mm.
_FLAG_MM = (22.0, 15.0)
#: The largest width and height of a map, in mm.
_MAP_MM = (60.0, 36.0)
#: The height of the padding and the rule of a row, in mm.
_ROW_EDGES_MM = 1.2
#: The share of the text column's width that the labels have.
_LABEL_SHARE = 0.3
#: How much narrower the replacement fonts on another machine can be (with Cambria Italic a summary of three lines takes
#: two).
_NARROWER = 1.12
#: The height of the summary is estimated low, so that the box never reaches the title. Only this share of the estimate
#: counts as room for the box at the foot of the page.
_SUMMARY_SHARE = 0.75
_TITLE = "fact-box-title"


def set_fact_box(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a fact box beside the text that follows, level with the top of the paragraph before it.

    If it is too high for the rest of the page, it goes into the text column, where it may break between its rows. A
    floating table that is taller than its page would be cut off.
    """
    measures, edge = builder.galley.theme.measures, builder.galley.theme.indents["fact-box"]
    context = context.inside(element)
    blocks = list(_blocks(element))
    if not blocks:
        return
    builder.await_mark(element)
    if measures.side:
        before, room = _above(builder), measures.side - 2 * edge
        height = sum(_height(builder, block, room) for block in blocks)
        if height <= _room_below(builder, element, before):
            _set_beside(builder, element, replace(context, room=room), set_blocks, (height, before))
            return
    _set_in_text(builder, element, context, set_blocks)


def _set_beside(
    builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks, place: tuple[float, float]
) -> None:
    """Float the box beside the text. ``place``: its height, and how far above its own position it begins, in mm."""
    height, before = place
    inner = replace(context, style="Fact Value", boxed=True)
    width = mm(builder.galley.theme.measures.side)
    with _collected_notes(builder) as held:
        rows = [
            row([cell(width, _content(builder, block, inner, set_blocks))], header=block.style == _TITLE)
            for block in _blocks(element)
        ]
    place = (builder.columns.frame.x, -mm(before) or 1)
    form = replace(_form(builder, element, (width,), context), floated=place, gap_below=mm(4))
    builder.table(table(form, rows))
    # The table's anchor paragraph, and below it the footnotes that the box calls. LibreOffice floats a table only if
    # the first footnote of the document is at least three paragraphs later.
    anchor = builder.styles.paragraph("Anchor")
    builder.story += (
        [paragraph(anchor), paragraph(anchor, held)]
        if not held
        else [paragraph(anchor), paragraph(anchor), paragraph(anchor, held)]
    )
    builder.columns.set_beside(height, -before)


def _set_in_text(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Put the box into the text column: each label beside its value, with the footnotes in the table itself.

    Notes called in the title are put above the table, because a row that is repeated on the next page has no footnotes.
    """
    full, edge = builder.galley.theme.measures.text, builder.galley.theme.indents["fact-box"]
    inner = replace(context, style="Fact Value", boxed=True)
    shares = (full * _LABEL_SHARE, full - full * _LABEL_SHARE)
    widths = (mm(shares[0]), mm(full) - mm(shares[0]))
    rows: list[XmlElement] = []
    notes: list[XmlElement] = []
    height = 0.0
    for block in _blocks(element):
        sides = _label_and_value(block)
        if sides:
            rooms = [share - 2 * edge for share in shares]
            stories = [
                _content(builder, side, replace(inner, room=room), set_blocks)
                for side, room in zip(sides, rooms, strict=True)
            ]
            tall = max(_height(builder, side, room) for side, room in zip(sides, rooms, strict=True))
            cells = [cell(width, story) for width, story in zip(widths, stories, strict=True)]
            rows.append(row(cells, whole=tall < WHOLE))
            height += tall
            continue
        title = block.style == _TITLE
        whole = replace(inner, room=full - 2 * edge)
        with _collected_notes(builder, wanted=title) as held:
            story = _content(builder, block, whole, set_blocks)
        notes += held
        if title:
            for item in story:
                keep_next(item)
        rows.append(row([cell(mm(full), story, span=2)], header=title))
        height += _height(builder, block, full - 2 * edge)
    if builder.story and not is_table(builder.story[-1]):
        builder.gap()
    if notes:
        builder.story.append(paragraph(builder.styles.paragraph("Anchor"), notes))
    builder.table(table(_form(builder, element, widths, context), rows))
    builder.columns.set_text(height)


def _room_below(builder: DocxBuilder, element: Element, before: float) -> float:
    """The height in mm that a box beside the text may have; the footnotes that it calls need room below it."""
    called = builder.line.notes.first_called_in(element) if builder.line.notes is not None else []
    notes = sum(builder.columns.height("FootnoteText", words) for words in called)
    return builder.columns.left(builder.galley.paper) + before * _SUMMARY_SHARE - notes


@contextmanager
def _collected_notes(builder: DocxBuilder, *, wanted: bool = True) -> Iterator[list[XmlElement]]:
    """Collect the footnotes that are called meanwhile, instead of adding them where they are called."""
    notes, held = builder.line.notes, list[XmlElement]()
    if notes is None or not wanted:
        yield held
        return
    notes.held = held
    yield held
    notes.held = None


def _content(builder: DocxBuilder, block: Element, context: BlockContext, set_blocks: SetBlocks) -> list[XmlElement]:
    with builder.cell() as story:
        if block.tag in {"figure", "img"}:
            _flag(builder, block, context)
        else:
            set_blocks((block,), context)
    return story


def _height(builder: DocxBuilder, block: Element, room: float) -> float:
    """The estimated height of a row in mm; ``room`` is the width for text in its cell, in mm."""

    def tall(style: str, part: Element) -> float:
        return builder.columns.height(builder.styles.paragraph(style), builder.words(part.children), room)

    if block.tag in {"figure", "img"}:
        caption = block.find("figcaption")
        return (
            _picture_size(block, room)[1]
            + 3
            + _ROW_EDGES_MM
            + (tall("Fact Value", caption) if caption is not None else 0.0)
        )
    if block.tag != "dl":
        return tall("Fact Box Title" if block.style == _TITLE else "Fact Value", block) + _ROW_EDGES_MM
    styles = {"dt": "Fact Label", "dd": "Fact Value"}
    return sum(tall(styles[part.tag], part) for part in block.walk() if part.tag in styles) + _ROW_EDGES_MM


def _form(builder: DocxBuilder, element: Element, widths: tuple[int, ...], context: BlockContext) -> TableForm:
    title = next((block for block in _blocks(element) if block.style == _TITLE), None)
    return TableForm(
        builder.styles.table("Fact Box"),
        widths,
        plain(title.children) if title is not None else "",
        "; ".join(plain(term.children) for term in element.walk() if term.tag == "dt"),
        header_row=title is not None,
        bidi=context.rtl,
    )


def _label_and_value(block: Element) -> tuple[Element, Element] | None:
    """A fact's label and its value, each as a list of its own; None for a block that spans both columns."""
    if block.tag != "dl":
        return None
    parts = [part for part in block.walk() if part.tag in {"dt", "dd"}]
    attributes = {**block.attributes, "class": "facts-in-text"}
    return (
        Element("dl", attributes, tuple(part for part in parts if part.tag == "dt")),
        Element("dl", attributes, tuple(part for part in parts if part.tag == "dd")),
    )


def _blocks(element: Element) -> Iterator[Element]:
    """The blocks that have a row of their own: the title, the picture, each fact."""
    for child in element.elements:
        if child.tag == "dl":
            yield from _facts(child)
        elif child.tag in {"div", "article", "main"}:
            yield from _blocks(child)
        else:
            yield child


def _facts(listing: Element) -> Iterator[Element]:
    """Each fact as a list of one pair, so that a row contains the label above its value."""
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


def _flag(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    if picture is None:
        return
    image = builder.galley.pictures[picture.get("src").removeprefix("picture:")]
    width, height = _picture_size(figure, context.room or _FLAG_MM[0])
    run = builder.pictures.place(image, picture.get("alt"), room=width, height=height)
    builder.paragraph("Flag", (), context).append(owned(run, picture.get(FIELD)))
    caption = figure.find("figcaption")
    if caption is not None:
        builder.paragraph("Fact Value", caption.children, context)


def _picture_size(figure: Element, room: float) -> tuple[float, float]:
    """The largest width and height of a picture in the box, in mm: a flag is small, a map as wide as the box."""
    return (min(room, _MAP_MM[0]), _MAP_MM[1]) if figure.style == "locator" else _FLAG_MM


def _above(builder: DocxBuilder) -> float:
    """How far above its own position the box begins, because it stands beside the summary, in mm.

    The estimate is low, so that the box never reaches the title.
    """
    previous = builder.story[-1] if builder.story else None
    style = previous.find("{*}pPr/{*}pStyle") if previous is not None else None
    summary = builder.styles.paragraph("Summary")
    if previous is None or style is None or summary not in style.attrib.values():
        return 0.0
    words = "".join(text.text or "" for text in previous.iter("{*}t"))
    look = builder.columns.look(summary)
    room = builder.galley.theme.measures.text * _NARROWER
    return max(0.0, builder.columns.height(summary, words, room) - look.before * MM - 1.6)
