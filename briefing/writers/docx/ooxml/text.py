"""The elements of WordprocessingML for the text of a brief: paragraphs, runs, fields, notes, tables and controls.

The order of an element's children is the standard's (ISO/IEC 29500-1, 17.3.1.26 ``pPr``, 17.3.2.28 ``rPr``, 17.4.60
``tblPr``), which Word requires. python-docx has no footnotes, floats, bookmarks and content controls; its paragraphs
and tables take a hundred times as long to build (400 paragraphs of three runs: 1.3 s, here 10 ms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.writers.scripts import script_of

from .elements import NAMESPACES, XmlElement, el, name, val


def is_paragraph(element: XmlElement) -> bool:
    """Whether this is a paragraph."""
    return element.tag == name("w:p")


def is_table(element: XmlElement) -> bool:
    """Whether this is a table."""
    return element.tag == name("w:tbl")


def is_floating(element: XmlElement) -> bool:
    """Whether this is a table that floats beside the text."""
    return element.find("w:tblPr/w:tblpPr", NAMESPACES) is not None


def paragraph_style(element: XmlElement) -> str:
    """The id of a paragraph's style; empty for anything else."""
    return val(element, "w:pPr/w:pStyle")


def begins_page(element: XmlElement) -> bool:
    """Whether a paragraph has a page break before it, from the content."""
    return element.find("w:pPr/w:pageBreakBefore", NAMESPACES) is not None


def is_call(run: XmlElement) -> bool:
    """Whether a run is the number that calls a note."""
    return val(run, "w:rPr/w:rStyle") == "FootnoteReference"


def note_calls(element: XmlElement) -> list[bool]:
    """Whether each run of an element is the call of a note."""
    return [is_call(run) for run in element.iter(name("w:r"))]


class Frame(NamedTuple):
    """A frame beside the text: its distance from the page's left edge and its width, in twips.

    It begins level with the text that follows, or ends at the foot of that text's page.
    """

    x: int
    width: int
    foot: bool = False


def paragraph(
    style: str,
    content: Iterable[XmlElement] = (),
    *,
    number: tuple[int, int] | None = None,
    bidi: bool = False,
    keep_next: bool = False,
    keep_lines: bool = False,
    page_break: bool = False,
    frame: Frame | None = None,
    align: str = "",
) -> XmlElement:
    """A paragraph in a style.

    The arguments are what no style can hold: the list it belongs to (number id and level), its direction, a row that
    stays with the next one (``keep_next``), a paragraph that must not break (``keep_lines``), a page break from the
    content, and the alignment of a place in a header. The style has the same ``frame``, but LibreOffice ignores one in
    a style.
    """
    properties = el(
        "w:pPr",
        el("w:pStyle", val=style),
        el("w:keepNext") if keep_next else None,
        el("w:keepLines") if keep_lines else None,
        el("w:pageBreakBefore") if page_break else None,
        _frame_properties(frame) if frame is not None else None,
        el("w:numPr", el("w:ilvl", val=number[1]), el("w:numId", val=number[0])) if number is not None else None,
        el("w:bidi") if bidi else None,
        el("w:jc", val=align) if align else None,
    )
    return el("w:p", properties, *content)


def _frame_properties(frame: Frame) -> XmlElement:
    anchor, y, align = ("margin", None, "bottom") if frame.foot else ("text", 60, None)
    place = {"x": frame.x, "y": y, "yAlign": align}
    return el("w:framePr", w=frame.width, hSpace=0, vSpace=0, wrap="around", vAnchor=anchor, hAnchor="page", **place)


def run(
    text: str, style: str = "", *, language: str = "", rtl: bool = False, bold: bool = False, italic: bool = False
) -> XmlElement:
    """A run of text in a character style. ``bold`` and ``italic`` are emphasis inside a run that has one already."""
    properties = [el("w:rStyle", val=style)] if style else []
    if bold:
        properties += [el("w:b"), el("w:bCs")]
    if italic:
        properties += [el("w:i"), el("w:iCs")]
    if rtl:
        properties.append(el("w:rtl"))
    if language and rtl:
        properties.append(el("w:lang", bidi=language))
    elif language:
        properties.append(el("w:lang", val=language, eastAsia=language if script_of(language) else None))
    return el("w:r", el("w:rPr", *properties) if properties else None, *_words(text))


def _words(text: str) -> Iterator[XmlElement]:
    """The text, with Word's optional hyphens: in a text Word shows U+00AD as a hyphen or not at all."""
    for index, part in enumerate(text.split("\u00ad")):
        if index:
            yield el("w:softHyphen")
        if part or not text:
            yield _text("w:t", part)


def _text(tag: str, text: str) -> XmlElement:
    element = el(tag)
    element.text = text
    if text != text.strip() or "  " in text:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def tab() -> XmlElement:
    """A tab."""
    return el("w:r", el("w:tab"))


def line_break() -> XmlElement:
    """A new line in the same paragraph."""
    return el("w:r", el("w:br"))


def field(instruction: str, result: Sequence[XmlElement], style: str = "") -> list[XmlElement]:
    """A field with its result already in place, so that Word does not ask to update it.

    ``instruction`` is made by the program alone: content never stands in an instruction, where it could be executed.
    """
    return [*field_begin(instruction, style), *result, field_end(style)]


def field_begin(instruction: str, style: str = "") -> list[XmlElement]:
    """The beginning of a field whose result runs over several paragraphs; :func:`field_end` closes it."""
    code = _styled_run(style, _text("w:instrText", f" {instruction} "))
    return [
        _styled_run(style, el("w:fldChar", fldCharType="begin")),
        code,
        _styled_run(style, el("w:fldChar", fldCharType="separate")),
    ]


def field_end(style: str = "") -> XmlElement:
    """The end of a field."""
    return _styled_run(style, el("w:fldChar", fldCharType="end"))


def _styled_run(style: str, content: XmlElement) -> XmlElement:
    return el("w:r", el("w:rPr", el("w:rStyle", val=style)) if style else None, content)


def keep_next(elements: Iterable[XmlElement]) -> None:
    """Keep each paragraph with the next one: for the rows of a small table."""
    for element in elements:
        properties = element.find(name("w:pPr"))
        if is_paragraph(element) and properties is not None and properties.find(name("w:keepNext")) is None:
            properties.insert(1, el("w:keepNext"))


def end_kept(element: XmlElement) -> None:
    """End what is kept on one page with a paragraph, although its style keeps it with the next one."""
    properties = element.find(name("w:pPr"))
    if is_paragraph(element) and properties is not None and properties.find(name("w:keepNext")) is None:
        properties.insert(1, el("w:keepNext", val=0))


def hyperlink(content: Iterable[XmlElement], *, relation: str = "", anchor: str = "") -> XmlElement:
    """A link: to an address by its relationship, or to a bookmark."""
    return el("w:hyperlink", *content, r_id=relation or None, anchor=anchor or None, history="1")


def bookmark(identity: int, label: str, content: Iterable[XmlElement]) -> list[XmlElement]:
    """A bookmark around content, inside its paragraph: one that begins between paragraphs is lost by LibreOffice."""
    return [el("w:bookmarkStart", id=identity, name=label), *content, el("w:bookmarkEnd", id=identity)]


def control(tag: str, identity: int) -> XmlElement:
    """A content control for blocks, which go into its last child. It is hidden, and nothing in it is locked.

    It is of the kind that Word puts around its own building blocks: LibreOffice makes a form field of the first
    paragraph in a control of another kind, and shows the code of the fields in it. Programs older than Word 2013 ignore
    its appearance: the root of the part lists ``w15`` in ``mc:Ignorable``.
    """
    appearance = el("w15:appearance", val="hidden")
    kind = el("w:docPartObj", el("w:docPartGallery", val="Quick Parts"))
    properties = el("w:sdtPr", el("w:tag", val=tag), el("w:id", val=identity), appearance, kind)
    return el("w:sdt", properties, el("w:sdtContent"))


def footnote_call(identity: int, style: str = "FootnoteReference", *, hidden: bool = False) -> XmlElement:
    """The number in the text that calls a footnote.

    ``hidden`` repeats the properties of the style of a hidden call: LibreOffice gives every call its own style.
    """
    invisible = (el("w:color", val="FFFFFF"), el("w:sz", val=2), el("w:szCs", val=2)) if hidden else ()
    return el("w:r", el("w:rPr", el("w:rStyle", val=style), *invisible), el("w:footnoteReference", id=identity))


def footnote(identity: int, content: Iterable[XmlElement]) -> XmlElement:
    """A footnote of one paragraph, which begins with its own number."""
    number = el("w:r", el("w:rPr", el("w:rStyle", val="FootnoteReference")), el("w:footnoteRef"))
    return el("w:footnote", paragraph("FootnoteText", [number, run(" "), *content]), id=identity)


@dataclass(frozen=True, slots=True)
class TableForm:
    """How a table stands on the page, in twips.

    ``floated`` is the distance from the page's left edge and from the paragraph that follows, or from the upper margin
    if it is ``on_page``. ``indent`` is that of a table in the text from the column's edge. ``gap`` is the space between
    columns if it is not the style's.
    """

    style: str
    widths: tuple[int, ...]
    caption: str
    description: str = ""
    floated: tuple[int, int] | None = None
    on_page: bool = False
    gap_below: int = 0
    indent: int = 0
    header_row: bool = True
    bidi: bool = False
    gap: int | None = None


def table(form: TableForm, rows: Iterable[XmlElement]) -> XmlElement:
    """A table with a fixed grid, and a caption and a description for screen readers."""
    gaps = (("left", 0), ("right", form.gap))
    properties = el(
        "w:tblPr",
        el("w:tblStyle", val=form.style),
        *(_floating(form.floated, form.gap_below, on_page=form.on_page) if form.floated is not None else ()),
        el("w:bidiVisual") if form.bidi else None,
        el("w:tblW", w=sum(form.widths), type="dxa"),
        el("w:tblInd", w=form.indent, type="dxa") if form.indent else None,
        el("w:tblLayout", type="fixed"),
        None if form.gap is None else el("w:tblCellMar", *(el(f"w:{side}", w=w, type="dxa") for side, w in gaps)),
        _look(header_row=form.header_row),
        el("w:tblCaption", val=form.caption) if form.caption else None,
        el("w:tblDescription", val=form.description) if form.description else None,
    )
    grid = el("w:tblGrid", *(el("w:gridCol", w=width) for width in form.widths))
    return el("w:tbl", properties, grid, *rows)


def resize(content: Iterable[XmlElement], size: float) -> None:
    """Set the type size in pt of all runs that have none of their own."""
    later = {name(f"w:{tag}") for tag in ("highlight", "u", "shd", "vertAlign", "rtl", "cs", "em", "lang")}
    for part in (run for block in content for run in block.iter(name("w:r"))):
        properties = part.find(name("w:rPr"))
        if properties is None:
            properties = el("w:rPr")
            part.insert(0, properties)
        if properties.find(name("w:sz")) is None:
            place = next((i for i, child in enumerate(properties) if child.tag in later), len(properties))
            half_points = int(size * 2)  # rounded down, so that it fits
            properties[place:place] = [el("w:sz", val=half_points), el("w:szCs", val=half_points)]


def _floating(place: tuple[int, int], gap_below: int, *, on_page: bool) -> tuple[XmlElement, XmlElement]:
    gaps = {"leftFromText": 0, "rightFromText": 0, "topFromText": 0, "bottomFromText": gap_below}
    x, y = place
    anchor = "margin" if on_page else "text"
    position = el("w:tblpPr", **gaps, vertAnchor=anchor, horzAnchor="page", tblpX=x, tblpY=y)
    return position, el("w:tblOverlap", val="never")


def _look(*, header_row: bool) -> XmlElement:
    value = "0620" if header_row else "0600"
    parts = {"firstRow": int(header_row), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    return el("w:tblLook", val=value, **parts)


def row(cells: Iterable[XmlElement], *, header: bool = False, whole: bool = True) -> XmlElement:
    """A row that stays on one page if ``whole``; a header row is repeated on the next page."""
    properties = el("w:trPr", el("w:cantSplit") if whole else None, el("w:tblHeader") if header else None)
    return el("w:tr", properties, *cells)


def cell(width: int, content: Sequence[XmlElement], *, span: int = 1, merge: str = "") -> XmlElement:
    """A cell; it ends with a paragraph, as the standard requires. ``merge`` over rows: "restart" or "continue"."""
    properties = el(
        "w:tcPr",
        el("w:tcW", w=width, type="dxa"),
        el("w:gridSpan", val=span) if span > 1 else None,
        el("w:vMerge", val=merge) if merge else None,
    )
    ending = () if content and is_paragraph(content[-1]) else (paragraph("Anchor"),)
    return el("w:tc", properties, *content, *ending)
