"""Write finished pages as PDF: tagged, with bookmarks, and with the same bytes each time."""

from __future__ import annotations

import gc
import zlib
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from briefing.diagnostics import Diagnostic, errors
from briefing.galley import Galley
from briefing.writers.output import Output

from .attachment import attach, mend_attachment
from .blank_font import seen
from .layout import laid_out, starts_of
from .missing_glyphs import missing_glyphs, missing_letters
from .page_map import page_maps_of
from .pdfa import INTENT, complete_file, give_profile, variant
from .placeholder_glyph import PlaceholderGlyphs
from .tag_tree import mend_tree
from .watermark import draw_watermark
from .weasyprint_.patches import output_patched

#: The layout of a brief with more pages leaves so much garbage that it is collected before writing: 12 MiB at 80 pages,
#: in 0.1 s.
LONG_BRIEF = 20


def write_pdf(galley: Galley) -> Output:
    """Write the galley as a PDF that is archival (PDF/A-2a), accessible (PDF/UA-1) and embeds only the theme's fonts.

    It is fitted to the page budget. If that is impossible, the result has an error and no data. With ``galley.source``
    the file is PDF/A-3a, which may contain the content file. Raises :class:`MachineError` without Pango.
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
            return Output(b"", pages.noticed, len(document.pages), starts, theme)  # it will not be published
        if len(document.pages) > LONG_BRIEF:
            gc.collect()
        describe(document.metadata, galley)
        # The file's identifier is a hash of its input; WeasyPrint would derive it from the time.
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
        noticed = (*pages.noticed, *_late_warnings(galley, boxes))
        return Output(data, noticed, len(document.pages), starts, theme, page_maps_of(document))


def _late_warnings(galley: Galley, boxes: PlaceholderGlyphs) -> tuple[Diagnostic, ...]:
    """Warnings for characters that have a box, but were not reported before the layout.

    These are missing only in the font of one weight or slant.
    """
    reported = missing_letters(galley) if boxes.letters else {}
    return missing_glyphs(galley, {letter: "" for letter in boxes.letters if letter not in reported and seen(letter)})


def describe(metadata: Any, galley: Galley) -> None:
    """Set the document's properties. Its dates are the day of issue: the current time would change the bytes."""
    properties = galley.properties
    metadata.title = properties.title
    metadata.authors = [properties.author] if properties.author else []
    metadata.description = properties.subject or None
    metadata.keywords = [word for word in (properties.keywords, properties.reference) if word]
    metadata.generator = "briefing"
    metadata.lang = galley.language
    metadata.created = metadata.modified = f"{properties.issued}T00:00:00Z"


#: The results for streams up to this size are cached, in bytes.
CACHED_SIZE = 200_000
BEGIN, END = b"\nstream\n", b"\nendstream"


def compress_streams(pdf: Any) -> None:
    """Compress the streams of a PDF that is about to be written, as pydyf would."""
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            stream.compress = False
            raw = stream.data.partition(BEGIN)[2].removesuffix(END)
            stream.stream = [_compressed_cached(raw) if len(raw) <= CACHED_SIZE else _compressed(raw)]
            stream.extra["Filter"] = "/FlateDecode"


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


_compressed_cached = lru_cache(maxsize=64)(_compressed)
