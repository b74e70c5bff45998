"""The Word press: the galley walked element by element into named Word styles."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.writers.pressed import Pressed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart

    from .ooxml import XmlElement
    from .styles import Styles

__all__ = ["write_docx"]

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(galley: Galley) -> Pressed:
    """Set the galley in Word: each element becomes a paragraph, table or picture in the style that it names.

    Opens nothing but the theme's fonts and base file; the same galley gives the same bytes.
    """
    from docx import Document

    from .base import base_document
    from .charts import Charts
    from .column import Columns
    from .fields import Fields
    from .forme import Forme
    from .grid import one_column
    from .languages import word_language
    from .marks import Marks
    from .notes import Notes
    from .ooxml import append_before_sections
    from .package import repack
    from .pictures import Pictures
    from .properties import set_properties
    from .prune import prune
    from .runs import Line, set_line
    from .styles import Styles
    from .walker import walk
    from .way_home import add_way_home

    if galley.direction == "rtl":
        galley = replace(galley, theme=one_column(galley.theme))
    base = base_document(galley.theme, paper=galley.paper, language=galley.language, direction=galley.direction)
    document = Document(io.BytesIO(base))
    styles, marks, columns = (
        Styles(document.styles.element),
        Marks(galley.body),
        Columns(galley.theme),
    )
    fields = Fields(galley.body if galley.edition == "internal" else ())
    galley = replace(galley, body=fields.body or galley.body)
    pictures = Pictures(galley.theme, document.part, document.part.package)
    notes_part = _editable(document, "footnotes")

    def line_of(part: XmlPart) -> Line:
        def relate(address: str) -> str:
            return part.relate_to(address, f"{_KINDS}/hyperlink", is_external=True)

        return Line(styles, marks, galley.language, relate, lambda _: [])

    text, foot = line_of(document.part), line_of(notes_part)
    charts = Charts(
        document.part, galley.properties.issued, word_language(galley.language), columns.look("FigureNote").size
    )
    numbering = document.part.numbering_part.element
    forme = Forme(galley, styles, marks, pictures, charts, columns, text, numbering)
    text.picture = forme.small_picture
    text.notes = Notes(
        galley.body,
        notes_part.element,
        lambda nodes: set_line(forme.note_pieces(nodes), foot),
        marks.next_id,
        columns.set_note,
    )
    append_before_sections(document.element.body, walk(forme, galley.body))
    pages = columns.pages(galley.paper)
    running = _run_matter(document, galley, styles, pages)
    prune(document.styles.element, numbering, (document.element, notes_part.element, *running))
    add_way_home(document.part, notes_part.element, galley.name, fields, marks.next_id)
    set_properties(document, galley)
    buffer = io.BytesIO()
    document.save(buffer)
    return Pressed(repack(buffer.getvalue()), (*styles.diagnostics, *text.diagnostics, *foot.diagnostics))


def _editable(document: WordDocument, kind: str) -> XmlPart:
    """A part that python-docx keeps as bytes, opened so that elements and relationships can be added."""
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    reltype = f"{_KINDS}/{kind}"
    closed = document.part.part_related_by(reltype)
    opened = XmlPart(closed.partname, closed.content_type, parse_xml(closed.blob), document.part.package)
    for relation in document.part.rels.values():
        if relation.reltype == reltype:
            relation._target = opened
    return opened


def _run_matter(document: WordDocument, galley: Galley, styles: Styles, pages: int) -> list[XmlElement]:
    """Head and foot for every section, those of the first page apart. Returns them."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    from .ooxml import el, name
    from .running import running_foot, running_head

    parts: list[tuple[str, str, str, XmlElement]] = [
        ("header", "first", "header1", running_head(galley, styles, number=1)),
        ("footer", "first", "footer1", running_foot(galley, styles, page=1, pages=pages)),
        ("header", "default", "header2", running_head(galley, styles, number=2)),
        ("footer", "default", "footer2", running_foot(galley, styles, page=2, pages=pages)),
    ]
    sections = list(document.element.body.iter(name("w:sectPr")))
    for kind, place, file, element in reversed(parts):
        part = XmlPart(PackURI(f"/word/{file}.xml"), f"{_FORMAT}.{kind}+xml", element, document.part.package)  # type: ignore[arg-type]
        relation = document.part.relate_to(part, f"{_KINDS}/{kind}")
        for section in sections:
            section.insert(0, el(f"w:{kind}Reference", r_id=relation, type=place))
    return [element for *_, element in parts]
