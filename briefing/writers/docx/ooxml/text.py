"""The elements of WordprocessingML for the text of a brief: paragraphs, runs, fields, notes, tables and controls.

The order of an element's children is the standard's (ISO/IEC 29500-1, 17.3.1.26 ``pPr``, 17.3.2.28 ``rPr``, 17.4.60
``tblPr``), which Word requires. python-docx has no footnotes, floats, bookmarks and content controls; its paragraphs
and tables take a hundred times as long to build (400 paragraphs of three runs: 1.3 s, here 10 ms).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.writers.scripts import script_of

from .elements import XmlElement, el, name


def is_paragraph(element: XmlElement) -> bool:
    """Whether this is a paragraph."""
    return element.tag == name("w:p")


def is_table(element: XmlElement) -> bool:
    """Whether this is a table."""
    return element.tag == name("w:tbl")


def ends_with_call(element: XmlElement) -> bool:
    """Whether the last thing in a paragraph is the call of a note."""
    runs = element.findall(f".//{name('w:r')}")
    style = runs[-1].find(f"{name('w:rPr')}/{name('w:rStyle')}") if runs else None
    return style is not None and style.get(name("w:val")) == "FootnoteReference"


def begins_page(element: XmlElement) -> bool:
    """Whether a paragraph has a page break before it, from the content."""
    return element.find(f"{name('w:pPr')}/{name('w:pageBreakBefore')}") is not None


def holds_call(element: XmlElement) -> bool:
    """Whether the call of a note stands anywhere in an element."""
    styles = element.iter(name("w:rStyle"))
    return any(style.get(name("w:val")) == "FootnoteReference" for style in styles)


def has_style(element: XmlElement, style: str) -> bool:
    """Whether this is a paragraph in the style of that id."""
    found = element.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return found is not None and found.get(name("w:val")) == style


def is_floating(element: XmlElement) -> bool:
    """Whether this is a table that floats beside the text."""
    return element.find(f"{name('w:tblPr')}/{name('w:tblpPr')}") is not None


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
    whole: bool = False,
    page_break: bool = False,
    frame: Frame | None = None,
    align: str = "",
) -> XmlElement:
    """A paragraph in a style.

    The arguments are what no style can hold: the list it belongs to (number id and level), its direction, a row that
    stays with the next one (``keep_next``), a paragraph that must not break (``whole``), a page break from the
    content, and the alignment of a place in a header. The style has the same ``frame``, but LibreOffice ignores one in
    a style.
    """
    properties = el("w:pPr", el("w:pStyle", val=style))
    if keep_next:
        properties.append(el("w:keepNext"))
    if whole:
        properties.append(el("w:keepLines"))
    if page_break:
        properties.append(el("w:pageBreakBefore"))
    if frame is not None:
        vertical = {"yAlign": "bottom"} if frame.foot else {"y": "60"}
        anchors = {"vAnchor": "margin" if frame.foot else "text", "hAnchor": "page", "x": str(frame.x), **vertical}
        properties.append(el("w:framePr", w=frame.width, hSpace=0, vSpace=0, wrap="around", **anchors))
    if number is not None:
        properties.append(el("w:numPr", el("w:ilvl", val=number[1]), el("w:numId", val=number[0])))
    if bidi:
        properties.append(el("w:bidi"))
    if align:
        properties.append(el("w:jc", val=align))
    return el("w:p", properties, *content)


def _run_properties(style: str, language: str, *, rtl: bool, bold: bool, italic: bool) -> list[XmlElement]:
    properties: list[XmlElement] = []
    if style:
        properties.append(el("w:rStyle", val=style))
    if bold:
        properties += [el("w:b"), el("w:bCs")]
    if italic:
        properties += [el("w:i"), el("w:iCs")]
    if rtl:
        properties.append(el("w:rtl"))
    if language:
        east = {"eastAsia": language} if script_of(language) else {}
        properties.append(el("w:lang", bidi=language) if rtl else el("w:lang", val=language, **east))
    return [el("w:rPr", *properties)] if properties else []


def run(
    text: str, style: str = "", *, language: str = "", rtl: bool = False, bold: bool = False, italic: bool = False
) -> XmlElement:
    """A run of text in a character style. ``bold`` and ``italic`` are emphasis inside a run that has one already."""
    properties = _run_properties(style, language, rtl=rtl, bold=bold, italic=italic)
    return el("w:r", *properties, _text("w:t", text))


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
    return [_field_mark("begin", style), code, _field_mark("separate", style)]


def field_end(style: str = "") -> XmlElement:
    """The end of a field."""
    return _field_mark("end", style)


def _field_mark(kind: str, style: str) -> XmlElement:
    return _styled_run(style, el("w:fldChar", fldCharType=kind))


def _styled_run(style: str, content: XmlElement) -> XmlElement:
    return el("w:r", *([el("w:rPr", el("w:rStyle", val=style))] if style else []), content)


def keep_next(element: XmlElement) -> None:
    """Keep a paragraph with the next one: for the rows of a small table."""
    properties = element.find(name("w:pPr"))
    if is_paragraph(element) and properties is not None and properties.find(name("w:keepNext")) is None:
        properties.insert(1, el("w:keepNext"))


def hyperlink(content: Iterable[XmlElement], *, relation: str = "", anchor: str = "") -> XmlElement:
    """A link: to an address by its relationship, or to a bookmark."""
    if relation:
        return el("w:hyperlink", *content, r_id=relation, history="1")
    return el("w:hyperlink", *content, anchor=anchor, history="1")


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
    properties = el("w:rPr", el("w:rStyle", val=style))
    if hidden:
        properties.append(el("w:color", val="FFFFFF"))
        properties.extend([el("w:sz", val=2), el("w:szCs", val=2)])
    return el("w:r", properties, el("w:footnoteReference", id=identity))


def footnote(identity: int, content: Iterable[XmlElement], *, bidi: bool = False) -> XmlElement:
    """A footnote of one paragraph, which begins with its own number."""
    number = el("w:r", el("w:rPr", el("w:rStyle", val="FootnoteReference")), el("w:footnoteRef"))
    return el("w:footnote", paragraph("FootnoteText", [number, run(" "), *content], bidi=bidi), id=identity)


@dataclass(frozen=True, slots=True)
class TableForm:
    """How a table stands on the page, in twips.

    ``floated`` is the distance from the page's left edge and from the paragraph that follows, ``indent`` that of a
    table in the text from the column's edge.
    """

    style: str
    widths: tuple[int, ...]
    caption: str
    description: str = ""
    floated: tuple[int, int] | None = None
    gap_below: int = 0
    indent: int = 0
    header_row: bool = True
    bidi: bool = False


def table(form: TableForm, rows: Iterable[XmlElement]) -> XmlElement:
    """A table with a fixed grid, and a caption and a description for screen readers."""
    properties = el("w:tblPr", el("w:tblStyle", val=form.style))
    if form.floated is not None:
        x, y = form.floated
        properties.append(
            el(
                "w:tblpPr",
                leftFromText=0,
                rightFromText=0,
                topFromText=0,
                bottomFromText=form.gap_below,
                vertAnchor="text",
                horzAnchor="page",
                tblpX=x,
                tblpY=y,
            )
        )
        properties.append(el("w:tblOverlap", val="never"))
    if form.bidi:
        properties.append(el("w:bidiVisual"))
    properties.append(el("w:tblW", w=sum(form.widths), type="dxa"))
    if form.indent:
        properties.append(el("w:tblInd", w=form.indent, type="dxa"))
    properties.append(el("w:tblLayout", type="fixed"))
    properties.append(_look(header_row=form.header_row))
    if form.caption:
        properties.append(el("w:tblCaption", val=form.caption))
    if form.description:
        properties.append(el("w:tblDescription", val=form.description))
    grid = el("w:tblGrid", *(el("w:gridCol", w=width) for width in form.widths))
    return el("w:tbl", properties, grid, *rows)


def _look(*, header_row: bool) -> XmlElement:
    first = int(header_row)
    value = "0620" if header_row else "0600"
    parts = {"firstRow": first, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    return el("w:tblLook", val=value, **parts)


def row(cells: Iterable[XmlElement], *, header: bool = False, whole: bool = True) -> XmlElement:
    """A row that stays on one page if ``whole``; a header row is repeated on the next page."""
    properties = el("w:trPr")
    if whole:
        properties.append(el("w:cantSplit"))
    if header:
        properties.append(el("w:tblHeader"))
    return el("w:tr", properties, *cells)


def cell(width: int, content: Sequence[XmlElement], *, span: int = 1, merge: str = "") -> XmlElement:
    """A cell; it ends with a paragraph, as the standard requires. ``merge`` over rows: "restart" or "continue"."""
    properties = el("w:tcPr", el("w:tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(el("w:gridSpan", val=span))
    if merge:
        properties.append(el("w:vMerge", val=merge))
    if not content or not is_paragraph(content[-1]):
        content = [*content, paragraph("Anchor")]
    return el("w:tc", properties, *content)


def append_before_sections(body: XmlElement, elements: Iterable[XmlElement]) -> None:
    """Put elements at the end of the body, before the properties of its last section."""
    section = body.find(name("w:sectPr"))
    if section is None:
        body.extend(elements)
        return
    for element in elements:
        section.addprevious(element)
