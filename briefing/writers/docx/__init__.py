"""The Word press: the galley walked element by element into named Word styles.

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
    """Set the galley in Word: each element becomes a paragraph, table or picture in the style that it names.

    Opens nothing but the theme's fonts and base file; the same galley gives the same bytes.
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

    document, galley, own = _open(with_contents_if_long(galley))
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
    running = (take_running(*own, document, galley, styles) if own else None) or run_matter(
        document, galley, styles, pages
    )
    shown = own[1].shown if own else ()
    prune(document.styles.element, numbering, (document.part.element, notes_part.element, *running), shown)
    add_way_home(document, notes_part.element, galley.name, fields, marks.next_id)
    set_properties(document, galley)
    kept_out = embed_fonts(document, galley.theme)
    lacking = own[1].diagnostics(document.styles.element, galley.theme) if own else ()
    found = (*styles.diagnostics, *text.diagnostics, *foot.diagnostics, *lacking, *kept_out)
    return Pressed(saved(document), found)


def _open(galley: Galley) -> tuple[Document, Galley, tuple[Reference, Laid] | None]:
    """An empty document in the theme's looks, the galley on its grid, and what the theme's own document has given."""
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
