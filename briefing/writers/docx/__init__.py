"""The Word writer: walks the galley element by element, and writes each in a named Word style.

``walk`` visits the elements, ``word_styles`` finds their Word styles, and ``builder`` is the document that is being
built. The other modules are named after the part that they build: ``runs``, ``lists``, ``tables``, ``notes``,
``quotes``, ``fact_box``, ``masthead``, ``meeting_sheet``, ``figures``, ``charts``, ``running`` for headers and footers,
and so on. ``base`` makes the base document from the theme's tokens, ``template`` applies a theme's own
``handout.docx``, ``unused_styles`` removes unused styles, ``embedded_fonts`` embeds fonts if the theme asks for it.
``roundtrip`` marks the field of each word in the file, with a map of the fields. ``ooxml`` is the only package that
builds raw XML and uses private names of python-docx.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.galley.contents import with_contents_if_long
from briefing.writers.output import Output

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

    from .template import WordTemplate
    from .template.styles import Merge

__all__ = ["write_docx"]


def write_docx(galley: Galley) -> Output:
    """Write the galley as a Word file: each element becomes a paragraph, table or picture in the style that it names.

    It opens only the theme's fonts and base file; the same galley gives the same bytes.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    from briefing.writers.fonts import in_capitals

    from .bookmarks import Bookmarks
    from .builder import DocxBuilder
    from .charts import Charts
    from .column_estimate import Columns
    from .embedded_fonts import embed_fonts
    from .languages import word_language
    from .matter import run_matter
    from .notes import Notes
    from .ooxml.parts import hyperlinks, saved, xml_part
    from .ooxml.text import append_before_sections
    from .pictures import Pictures
    from .properties import set_properties
    from .roundtrip import Fields, add_roundtrip
    from .runs import RunBuilder, set_text_runs
    from .template.running import take_running
    from .unused_styles import remove_unused_styles
    from .walk import walk
    from .word_styles import Styles

    document, galley, reference = _open(in_capitals(with_contents_if_long(galley), special=True))
    styles, marks, columns = (
        Styles(document.styles.element),
        Bookmarks(galley.body),
        Columns(galley.theme),
    )
    fields = Fields(galley.body if galley.edition == "internal" else ())
    galley = replace(galley, body=fields.body or galley.body)
    pictures = Pictures(galley.theme, document.part)
    notes_part = xml_part(document, RT.FOOTNOTES)

    def line_of(part: Part) -> RunBuilder:
        return RunBuilder(styles, marks, galley.language, hyperlinks(part), lambda _: [])

    body_line, note_line = line_of(document.part), line_of(notes_part)
    charts = Charts(
        document.part, galley.properties.issued, word_language(galley.language), columns.look("FigureNote").size
    )
    numbering = document.part.numbering_part.element
    builder = DocxBuilder(galley, styles, marks, pictures, charts, columns, body_line, numbering)
    body_line.picture = builder.small_picture
    body_line.notes = Notes(
        galley.body,
        notes_part.element,
        lambda nodes: set_text_runs(builder.note_pieces(nodes), note_line),
        marks.next_id,
        columns.set_note,
        bidi=galley.direction == "rtl",
    )
    append_before_sections(document.element.body, walk(builder, galley.body))
    pages = columns.pages(galley.paper)
    running = (take_running(*reference, document, galley, body_line) if reference else None) or run_matter(
        document, galley, body_line, pages
    )
    shown = reference[1].shown if reference else ()
    remove_unused_styles(
        document.styles.element, numbering, (document.part.element, notes_part.element, *running), shown
    )
    add_roundtrip(document, notes_part.element, galley.name, fields, marks.next_id)
    set_properties(document, galley)
    not_embedded = embed_fonts(document, galley.theme)
    missing_styles = reference[1].diagnostics(document.styles.element, galley.theme) if reference else ()
    found = (*styles.diagnostics, *body_line.diagnostics, *note_line.diagnostics, *missing_styles, *not_embedded)
    return Output(saved(document), found)


def _open(galley: Galley) -> tuple[Document, Galley, tuple[WordTemplate, Merge] | None]:
    """An empty document with the theme's styles, the galley, and the theme's reference document (None without one).

    The theme of the galley returned has the page grid of Word or of the reference document. The reference document
    comes with the record of what has been merged from it.
    """
    from .base import base_document
    from .page_grid import for_paper, one_column
    from .template import open_template
    from .template.styles import merge_styles

    reference = open_template(galley.theme.handout)
    if reference is not None:
        galley = replace(galley, theme=reference.theme(galley.theme, galley.paper))
    else:
        galley = replace(galley, theme=for_paper(galley.theme, galley.paper))
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
    return document, galley, (reference, merge_styles(reference, document)) if reference is not None else None
