"""The Word writer: walks the galley element by element, and writes each in a named Word style.

``walker`` visits the elements, ``styles`` finds their Word styles, and ``forme`` is the document that is being built.
The other modules are named after the part that they build: ``runs``, ``lists``, ``tables``, ``notes``, ``quotes``,
``fact_box``, ``figures``, ``charts``, ``running`` for headers and footers, and so on. ``base`` makes the base
document from the theme's tokens, ``reference`` applies a theme's own ``handout.docx``, ``prune`` removes unused
styles, ``embed`` embeds fonts if the theme asks for it. ``fields`` records the field of each word; at the end
``way_home`` marks the fields in the file, and ``map_part`` adds their map. ``ooxml`` is the only package that builds
raw XML and uses private names of python-docx.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.galley.contents import with_contents_if_long
from briefing.writers.pressed import Pressed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

    from .reference import Reference
    from .reference.styles import Laid

__all__ = ["write_docx"]


def write_docx(galley: Galley) -> Pressed:
    """Write the galley as a Word file: each element becomes a paragraph, table or picture in the style that it names.

    It opens only the theme's fonts and base file; the same galley gives the same bytes.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    from .charts import Charts
    from .column import Columns
    from .embed import embed_fonts
    from .fields import Fields
    from .forme import Forme
    from .languages import word_language
    from .marks import Marks
    from .matter import run_matter
    from .notes import Notes
    from .ooxml.parts import hyperlinks, saved, xml_part
    from .ooxml.text import append_before_sections
    from .pictures import Pictures
    from .properties import set_properties
    from .prune import prune
    from .reference.running import take_running
    from .runs import Line, set_line
    from .styles import Styles
    from .walker import walk
    from .way_home import add_way_home

    document, galley, reference = _open(with_contents_if_long(galley))
    styles, marks, columns = (
        Styles(document.styles.element),
        Marks(galley.body),
        Columns(galley.theme),
    )
    fields = Fields(galley.body if galley.edition == "internal" else ())
    galley = replace(galley, body=fields.body or galley.body)
    pictures = Pictures(galley.theme, document.part)
    notes_part = xml_part(document, RT.FOOTNOTES)

    def line_of(part: Part) -> Line:
        return Line(styles, marks, galley.language, hyperlinks(part), lambda _: [])

    body_line, note_line = line_of(document.part), line_of(notes_part)
    charts = Charts(
        document.part, galley.properties.issued, word_language(galley.language), columns.look("FigureNote").size
    )
    numbering = document.part.numbering_part.element
    forme = Forme(galley, styles, marks, pictures, charts, columns, body_line, numbering)
    body_line.picture = forme.small_picture
    body_line.notes = Notes(
        galley.body,
        notes_part.element,
        lambda nodes: set_line(forme.note_pieces(nodes), note_line),
        marks.next_id,
        columns.set_note,
    )
    append_before_sections(document.element.body, walk(forme, galley.body))
    pages = columns.pages(galley.paper)
    running = (take_running(*reference, document, galley, body_line) if reference else None) or run_matter(
        document, galley, body_line, pages
    )
    shown = reference[1].shown if reference else ()
    prune(document.styles.element, numbering, (document.part.element, notes_part.element, *running), shown)
    add_way_home(document, notes_part.element, galley.name, fields, marks.next_id)
    set_properties(document, galley)
    not_embedded = embed_fonts(document, galley.theme)
    missing_styles = reference[1].diagnostics(document.styles.element, galley.theme) if reference else ()
    found = (*styles.diagnostics, *body_line.diagnostics, *note_line.diagnostics, *missing_styles, *not_embedded)
    return Pressed(saved(document), found)


def _open(galley: Galley) -> tuple[Document, Galley, tuple[Reference, Laid] | None]:
    """An empty document with the theme's styles, the galley, and the theme's reference document (None without one).

    The theme of the galley returned has the page grid of Word or of the reference document. The reference document
    comes with the record of what has been merged from it.
    """
    from .base import base_document
    from .grid import on_paper, one_column
    from .reference import open_reference
    from .reference.styles import lay_over

    reference = open_reference(galley.theme.handout)
    if reference is not None:
        galley = replace(galley, theme=reference.theme(galley.theme, galley.paper))
    else:
        galley = replace(galley, theme=on_paper(galley.theme, galley.paper))
    if galley.direction == "rtl":
        galley = replace(galley, theme=one_column(galley.theme))
    office_theme = reference.office_theme() if reference else None
    document = base_document(
        galley.theme,
        paper=galley.paper,
        language=galley.language,
        direction=galley.direction,
        office_theme=office_theme,
    )
    return document, galley, (reference, lay_over(reference, document)) if reference is not None else None
