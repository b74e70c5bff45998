"""Write finished pages as PDF: tagged, with bookmarks, and with the same bytes each time."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from briefing.diagnostics import Diagnostic, errors
from briefing.galley import Galley
from briefing.writers.output import Box, Output, PageMap

from .layout import laid_out
from .missing_glyphs import is_visible, missing_glyph_warnings, missing_letters
from .pdfa import complete_metadata, correct_attachment, pdf_options, set_colour_profile
from .placeholder_glyph import PlaceholderGlyphs
from .tag_tree import correct_tags
from .watermark import draw_watermark
from .weasyprint_.boxes import page_boxes
from .weasyprint_.patches import output_patched

#: The layout of a brief with more pages leaves so much garbage that it is collected before writing: 12 MiB at 80 pages,
#: in 0.1 s.
LONG_BRIEF = 20
#: The compressed forms of streams up to this size are cached, in bytes.
CACHED_SIZE = 200_000


def write_pdf(galley: Galley) -> Output:
    """Write the galley as a PDF that is archival (PDF/A-2a), accessible (PDF/UA-1) and embeds only the theme's fonts.

    It is fitted to the page budget. If that is impossible, the result has an error and no data. With ``galley.source``
    the file is PDF/A-3a, which may contain the content file. Raises :class:`MachineError` without Pango.
    """

    def finish(_document: Any, pdf: Any) -> None:
        complete_metadata(pdf)
        correct_tags(pdf)
        draw_watermark(pdf, pages.galley)
        placeholders.add_fonts(pdf)
        if galley.source:
            correct_attachment(pdf)
        _compress_streams(pdf)

    with laid_out(galley) as pages:
        document, theme = pages.layout.document, pages.galley.theme
        # The page, counted from 1, on which each element with an id begins: the first of those that it is on.
        numbered = reversed([*enumerate(document.pages, 1)])
        starts = {name: number for number, page in numbered for name in page.anchors}
        if errors(pages.diagnostics):
            return Output(b"", pages.diagnostics, len(document.pages), starts, theme)  # it will not be published
        if len(document.pages) > LONG_BRIEF:
            gc.collect()
        _set_properties(document.metadata, galley)
        # The file's identifier is a hash of its input; WeasyPrint would derive it from the time.
        identifier = blake2b(pages.layout.source.encode("utf-8") + galley.source, digest_size=16).digest()
        set_colour_profile(document)
        with output_patched(document) as placeholders:
            data = document.write_pdf(finisher=finish, pdf_identifier=identifier, **pdf_options(galley))
        diagnostics = (*pages.diagnostics, *_late_warnings(galley, placeholders))
        return Output(data, diagnostics, len(document.pages), starts, theme, _page_maps(document))


def _late_warnings(galley: Galley, placeholders: PlaceholderGlyphs) -> tuple[Diagnostic, ...]:
    """Warnings for characters that are missing only in the font of one weight or slant, which the layout shows."""
    reported = missing_letters(galley) if placeholders.letters else {}
    late = (
        letter for letter in placeholders.letters if len(letter) == 1 and letter not in reported and is_visible(letter)
    )
    return missing_glyph_warnings(galley, dict.fromkeys(late, ""))


def _set_properties(metadata: Any, galley: Galley) -> None:
    """Set the document's properties. Its dates are the day of issue: the current time would change the bytes."""
    properties = galley.properties
    metadata.title = properties.title
    metadata.authors = [properties.author] if properties.author else []
    metadata.description = properties.subject or None
    metadata.keywords = [word for word in (properties.keywords, properties.reference) if word]
    metadata.generator = "briefing"
    metadata.lang = galley.language
    metadata.created = metadata.modified = f"{properties.issued}T00:00:00Z"


def _compress_streams(pdf: Any) -> None:
    """Compress the streams of a PDF that is about to be written, as pydyf would."""
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            stream.compress = False
            raw = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [_compressed(raw) if len(raw) <= CACHED_SIZE else zlib.compress(raw, 9)]
            stream.extra["Filter"] = "/FlateDecode"


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


def _page_maps(document: Any) -> tuple[PageMap, ...]:
    """The pages, each with the boxes of its elements that have a data-path."""
    return tuple(
        PageMap(page.width, page.height, tuple(_element_boxes(box, None)))
        for page, box in zip(document.pages, page_boxes(document), strict=True)
    )


def _element_boxes(box: Any, around: Any) -> Iterator[Box]:
    """The boxes below one of the element ``around``. Lines and wrappers of the same element are left out."""
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        path = element.get("data-path") if element is not None and element is not around else None
        if path:
            yield Box(path, *(round(float(number), 1) for number in child.hit_area()))
        yield from _element_boxes(child, around if element is None else element)
