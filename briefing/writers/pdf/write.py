"""Pages to PDF: tagged, with bookmarks, and the same bytes each time."""

from __future__ import annotations

import gc
from hashlib import blake2b
from typing import Any

from briefing.diagnostics import Diagnostic, errors
from briefing.galley import Galley
from briefing.writers.pressed import Pressed

from .archival import INTENT, complete_file, give_profile, variant
from .attachment import attach, mend_attachment
from .glyphs import missing_glyphs, missing_letters
from .hollow_box import HollowBoxes
from .layout import laid_out, starts_of
from .sheets import sheets_of
from .streams import compress_streams
from .tag_tree import mend_tree
from .vacant import seen
from .watermark import draw_watermark
from .weasyprint_.patches import output_patched

__all__ = ["write_pdf"]

#: A longer brief leaves so much behind when it is laid out that it is taken away first: 12 MiB at 80 pages, in 0.1 s.
LONG = 20


def write_pdf(galley: Galley) -> Pressed:
    """Set the galley as a PDF that is archival (PDF/A-2a), accessible (PDF/UA-1) and embeds the theme's fonts alone.

    It is fitted to the page budget; where that cannot be done there is an error, and no file.

    With ``galley.source`` it is PDF/A-3a, which may hold the content file. Raises :class:`MachineError` without Pango.
    """

    def finish(_document: Any, pdf: Any) -> None:
        complete_file(pdf)
        mend_tree(pdf)
        draw_watermark(pdf, pages.galley)
        boxes.put_into(pdf)
        if galley.source:
            mend_attachment(pdf)
        compress_streams(pdf)

    with laid_out(galley) as pages:
        document, starts = pages.document, starts_of(pages.document)
        theme = pages.galley.theme
        if errors(pages.noticed):
            return Pressed(b"", pages.noticed, len(document.pages), starts, theme)  # it will not be published
        if len(document.pages) > LONG:
            gc.collect()
        describe(document.metadata, galley)
        # The file's identifier is made from what the pages are made from: the library would make it from the clock.
        identifier = blake2b(pages.source.encode("utf-8") + galley.source, digest_size=16).digest()
        give_profile(document)
        with output_patched(document) as boxes:
            data = document.write_pdf(
                finisher=finish,
                pdf_variant=variant(galley),
                pdf_tags=True,
                pdf_identifier=identifier,
                output_intent=INTENT,
                attachments=attach(galley),
            )
        noticed = (*pages.noticed, *_noticed_late(galley, boxes))
        return Pressed(data, noticed, len(document.pages), starts, theme, sheets_of(document))


def _noticed_late(galley: Galley, boxes: HollowBoxes) -> tuple[Diagnostic, ...]:
    """Letters that a box was drawn for and nobody was told of: that the font of one weight or slant alone has not."""
    told = missing_letters(galley) if boxes.letters else {}
    return missing_glyphs(galley, {letter: "" for letter in boxes.letters if letter not in told and seen(letter)})


def describe(metadata: Any, galley: Galley) -> None:
    """Fill the document's properties. Its dates are the day of issue: a clock would change the bytes."""
    properties = galley.properties
    metadata.title = properties.title
    metadata.authors = [properties.author] if properties.author else []
    metadata.description = properties.subject or None
    metadata.keywords = [word for word in (properties.keywords, properties.reference) if word]
    metadata.generator = "briefing"
    metadata.lang = galley.language
    metadata.created = metadata.modified = f"{properties.issued}T00:00:00Z"
