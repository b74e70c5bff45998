"""The fact box: a floating one-column table beside the text. Unlike a text box it can be edited and is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .lists import pairs_of
from .ooxml.elements import XmlElement, mm
from .ooxml.text import TableForm, cell, is_table, keep_next, paragraph_style, row, table
from .roundtrip import with_owners
from .text_runs import FIELD, text_of, unwrapped
from .text_size import MAX_UNBROKEN_MM
from .word_styles import BLOCK_STYLES, PAIR_STYLES, style_name

#: The largest width and height of a flag, in mm.
_FLAG_MM = (22.0, 15.0)
#: The largest width and height of a map, in mm.
_MAP_MM = (60.0, 36.0)
#: The height of the padding and the rule of a row, in mm.
_ROW_EDGES_MM = 1.2
#: The share of the text column's width that the labels have.
_LABEL_SHARE = 0.3
#: The distance between the title and a box beside the summary, beyond the estimate, so that the two never meet; in mm.
_TITLE_GAP_MM = 2.0
#: How much higher the text before the box may be with the faces of another machine.
_HIGHER = 1.25
#: The space around the picture of a row, and the space below a box beside the text, in mm.
_PICTURE_PADDING_MM, _GAP_BELOW_MM = 3.0, 4.0
_TITLE = "fact-box-title"
_FACT = PAIR_STYLES["facts"]


def build_fact_box(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a fact box beside the text: level with the summary, or with the text that follows if it is in a section.

    In the order of the text it comes after the key points. If it is too high for the page, it is set in the text
    column, where it may break between its rows. A floating table that is taller than its page would be cut off.
    """
    side, edge = builder.galley.theme.measures.side, builder.galley.theme.indents["fact-box"]
    blocks = list(_blocks(element))
    if not blocks:
        return
    builder.add_pending_bookmark(element)
    inner = replace(context, style=_FACT.text, boxed=True, width=side - 2 * edge)
    top = _top(builder)
    height = sum(_height(builder, block, inner.width) for block in blocks) if side else 0.0
    if side and height <= _height_left(builder, element, top):
        _build_beside(builder, element, inner, height, top)
    else:
        _build_in_text(builder, element, inner)


def _top(builder: DocxBuilder) -> float | None:
    """The top of a box beside the summary, in mm from the top of the text on page one; None for one in a section.

    The estimate of the text between title and box would be less exact than that of the title.
    """
    if any(paragraph_style(block) == builder.styles.paragraph(BLOCK_STYLES["h2"]) for block in builder.blocks):
        return None
    if builder.columns.text_end * _HIGHER > builder.columns.page_height:
        return None  # the key points may end on the second page
    return builder.columns.title_end + _TITLE_GAP_MM


def _build_beside(
    builder: DocxBuilder, element: Element, context: BlockContext, height: float, top: float | None
) -> None:
    """Float the box, ``height`` mm high, beside the text, at its :func:`_top` or level with what follows."""
    width = mm(builder.galley.theme.measures.side)
    with _collected_notes(builder) as notes:
        rows = [
            row([cell(width, _content(builder, block, context))], header=block.style == _TITLE)
            for block in _blocks(element)
        ]
    form = replace(
        _form(builder, element, (width,), context),
        floated=(builder.columns.side_frame.x, 1 if top is None else mm(top)),
        on_page=top is not None,
        gap_below=mm(_GAP_BELOW_MM),
    )
    builder.table(table(form, rows))
    # The table's anchor paragraph, and below it the footnotes that the box calls. LibreOffice floats a table only if
    # the first footnote of the document is at least three paragraphs later.
    builder.anchor()
    if notes:
        builder.anchor()
    builder.anchor(notes)
    builder.columns.add_beside(height, 0.0 if top is None else top - builder.columns.text_end)


def _build_in_text(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Put the box into the text column: each label beside its value, with the footnotes in the table itself.

    Notes called in the title are put above the table, because a row that is repeated on the next page has no footnotes.
    """
    full, edge = builder.galley.theme.measures.text, builder.galley.theme.indents["fact-box"]
    shares = (full * _LABEL_SHARE, full - full * _LABEL_SHARE)
    widths = (mm(shares[0]), mm(full) - mm(shares[0]))
    rows: list[XmlElement] = []
    title_notes: list[XmlElement] = []
    height = 0.0
    for block in _blocks(element):
        if block.tag == "dl":
            cells, heights = [], []
            for part, share, width in zip(_label_and_value(block), shares, widths, strict=True):
                inner_width = share - 2 * edge
                cells.append(cell(width, _content(builder, part, replace(context, width=inner_width))))
                heights.append(_height(builder, part, inner_width))
            rows.append(row(cells, whole=max(heights) < MAX_UNBROKEN_MM))
            height += max(heights)
            continue
        is_title, inner_width = block.style == _TITLE, full - 2 * edge
        with _collected_notes(builder, wanted=is_title) as notes:
            content = _content(builder, block, replace(context, width=inner_width))
        title_notes += notes
        keep_next(content if is_title else ())
        rows.append(row([cell(mm(full), content, span=2)], header=is_title))
        height += _height(builder, block, inner_width)
    if builder.blocks and not is_table(builder.blocks[-1]):
        builder.gap()
    if title_notes:
        builder.anchor(title_notes)
    builder.table(table(_form(builder, element, widths, context), rows))
    builder.columns.add_text(height)


def _height_left(builder: DocxBuilder, element: Element, top: float | None) -> float:
    """The height in mm that a box beside the text may have; the footnotes that it calls need room below it."""
    called = builder.runs.notes.first_called_in(element) if builder.runs.notes is not None else []
    notes = sum(map(builder.columns.note_height, called))
    left = builder.columns.height_left() if top is None else builder.columns.page_height - top - _GAP_BELOW_MM
    return left - notes


@contextmanager
def _collected_notes(builder: DocxBuilder, *, wanted: bool = True) -> Iterator[list[XmlElement]]:
    """Collect the footnotes that are called meanwhile, instead of adding them where they are called."""
    notes, collected = builder.runs.notes, list[XmlElement]()
    if notes is not None and wanted:
        notes.collected = collected
        yield collected
        notes.collected = None
    else:
        yield collected


def _content(builder: DocxBuilder, block: Element, context: BlockContext) -> list[XmlElement]:
    with builder.cell() as content:
        if block.tag in {"figure", "img"}:
            _build_picture(builder, block, context)
        else:
            builder.build_blocks((block,), context)
    return content


def _height(builder: DocxBuilder, block: Element, width: float) -> float:
    """The estimated height of a row in mm; ``width`` is that of the text in its cell, in mm."""
    picture_height = 0.0
    if block.tag in {"figure", "img"}:
        caption = block.find("figcaption")
        picture_height = _picture_size(block, width)[1] + _PICTURE_PADDING_MM
        parts = [(_FACT.text, caption)] if caption is not None else []
    elif block.tag == "dl":
        styles = {"dt": _FACT.term, "dd": _FACT.text}
        parts = [(styles[part.tag], part) for part in block.elements]
    else:
        parts = [(style_name(_TITLE) if block.style == _TITLE else _FACT.text, block)]
    texts = sum(builder.columns.height(style, text_of(part.children), width) for style, part in parts)
    return picture_height + texts + _ROW_EDGES_MM


def _form(builder: DocxBuilder, element: Element, widths: tuple[int, ...], context: BlockContext) -> TableForm:
    title = next((block for block in _blocks(element) if block.style == _TITLE), None)
    return TableForm(
        builder.styles.table(BLOCK_STYLES[".fact-box table"]),
        widths,
        text_of(title.children) if title is not None else "",
        "; ".join(text_of(term.children) for term in element.walk() if term.tag == "dt"),
        header_row=title is not None,
        bidi=context.rtl,
    )


def _label_and_value(fact: Element) -> Iterator[Element]:
    """A fact's label and its value, each as a list of its own."""
    for tag in ("dt", "dd"):
        yield Element("dl", {"class": "facts-in-text"}, tuple(part for part in fact.elements if part.tag == tag))


def _blocks(element: Element) -> Iterator[Element]:
    """The blocks that have a row of their own: the title, the picture, and each fact as a list of one pair."""
    for child in unwrapped(element):
        if child.tag == "dl":
            yield from (Element("dl", {"class": "facts"}, (*terms, *texts)) for terms, texts in pairs_of(child))
        else:
            yield child


def _build_picture(builder: DocxBuilder, figure: Element, context: BlockContext) -> None:
    picture = figure.find("img")
    if picture is None:
        return
    image = builder.galley.pictures[picture.get("src").removeprefix("picture:")]
    width, height = _picture_size(figure, context.width)
    run = builder.pictures.place(image, picture.get("alt"), width=width, max_height=height)
    builder.paragraph(BLOCK_STYLES[".fact-box figure"], (), context).append(with_owners(run, picture.get(FIELD)))
    caption = figure.find("figcaption")
    if caption is not None:
        builder.paragraph(_FACT.text, caption.children, context)


def _picture_size(figure: Element, width: float) -> tuple[float, float]:
    """The largest width and height of a picture in the box, in mm: a flag is small, a map as wide as the box."""
    return (min(width, _MAP_MM[0]), _MAP_MM[1]) if figure.style == "locator" else _FLAG_MM
