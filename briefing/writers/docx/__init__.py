"""The Word writer: walks the galley element by element, and writes each in a named Word style.

``walk`` visits the elements, ``word_styles`` maps them to Word styles, and ``builder`` is the document that is being
built. The other modules are named after the part that they build: ``runs``, ``lists``, ``tables``, ``notes``,
``quotes``, ``fact_box``, ``masthead``, ``meeting_sheet``, ``figures``, ``charts``, ``headers`` for headers and footers,
and so on. ``text_runs`` prepares the text of a paragraph for ``runs``, ``bookmarks`` names places, ``text_size`` and
``column_estimate`` estimate heights, and ``page_grid`` has the columns. ``base`` makes the base document from the
theme's tokens, ``template`` applies a theme's own ``handout.docx``, ``unused_styles`` removes unused styles,
``embedded_fonts`` embeds fonts if the theme asks for it. ``roundtrip`` marks the field of each word in the file, with a
map of the fields. ``ooxml`` is the only package that builds raw XML and uses private names of python-docx.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.galley.contents import with_contents_if_long
from briefing.writers.output import Output

if TYPE_CHECKING:
    from docx.document import Document

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
    from .column_estimate import ColumnEstimate
    from .embedded_fonts import embed_fonts
    from .headers import set_headers
    from .languages import word_language
    from .notes import Notes
    from .ooxml.parts import hyperlinks, saved, xml_part
    from .pictures import Pictures
    from .properties import set_properties
    from .roundtrip import Fields, add_roundtrip
    from .runs import RunBuilder
    from .template.headers import take_headers
    from .unused_styles import remove_unused_styles
    from .walk import build_block, walk
    from .word_styles import Styles

    document, galley, template = _open(in_capitals(with_contents_if_long(galley), special=True))
    part, language, issued = document.part, galley.language, galley.properties.issued
    styles, bookmarks = Styles(document.styles.element), Bookmarks(galley.body)
    columns = ColumnEstimate(galley.theme, galley.paper)
    fields = Fields(galley.body if galley.edition == "internal" else ())
    galley = replace(galley, body=fields.body or galley.body)
    notes_part = xml_part(document, RT.FOOTNOTES)
    numbering = part.numbering_part.element
    runs, note_runs = (RunBuilder(styles, bookmarks, language, hyperlinks(owner)) for owner in (part, notes_part))
    charts = Charts(part, issued, word_language(language), columns.type_style("Figure Note").size)
    pictures = Pictures(galley.theme, part)
    builder = DocxBuilder(galley, styles, bookmarks, pictures, charts, columns, runs, numbering, build_block)
    runs.build_picture = builder.line_picture
    runs.notes = Notes(
        galley.body,
        notes_part.element,
        lambda nodes: note_runs.build(builder.note_runs(nodes)),
        bookmarks.next_id,
        columns.add_note,
    )
    last_section = document.element.body.sectPr
    for block in walk(builder, galley.body):
        last_section.addprevious(block)
    headers = take_headers(*template, document, galley, runs) if template else []
    headers = headers or set_headers(document, galley, runs, columns.page_count())
    remove_unused_styles(
        document.styles.element,
        numbering,
        (part.element, notes_part.element, *headers),
        template[1].shown if template else (),
    )
    add_roundtrip(document, notes_part.element, galley.name, fields, bookmarks.next_id)
    set_properties(document, galley)
    not_embedded = embed_fonts(document, galley.theme)
    missing_styles = template[1].diagnostics(document.styles.element, galley.theme) if template else ()
    diagnostics = (*styles.diagnostics, *runs.diagnostics, *note_runs.diagnostics, *missing_styles, *not_embedded)
    return Output(saved(document), diagnostics)


def _open(galley: Galley) -> tuple[Document, Galley, tuple[WordTemplate, Merge] | None]:
    """An empty document with the theme's styles, the galley, and the theme's Word template (None without one).

    The theme of the galley returned has the page grid of Word or of the template. The template comes with the record of
    what has been merged from it.
    """
    from .base import base_document
    from .page_grid import for_paper, one_column
    from .template import open_template
    from .template.styles import merge_styles

    template = open_template(galley.theme.handout)
    theme = template.theme(galley.theme, galley.paper) if template else for_paper(galley.theme, galley.paper)
    if galley.direction == "rtl":
        theme = one_column(theme)
    document = base_document(
        theme,
        paper=galley.paper,
        language=galley.language,
        direction=galley.direction,
        office_theme=template.office_theme() if template else None,
    )
    merged = (template, merge_styles(template, document)) if template else None
    return document, replace(galley, theme=theme), merged
