"""The PDF writer: the galley with the theme's print stylesheet, laid out by WeasyPrint.

``markup`` prepares the galley for paper and ``lines`` its words. ``page`` makes the CSS of the page, ``settled``
resolves the custom properties of a stylesheet, and ``fetcher`` refuses every address and file. ``layout`` makes pages,
``side_column`` places what stands beside the text, ``fit`` searches the setting that keeps to the page budget, and
``budget`` counts. ``glyphs`` names letters that the fonts lack, ``vacant`` reserves their width, and ``hollow_box``
draws a box instead.

``write`` writes the file: ``tag_tree`` completes its tags, ``archival`` makes it PDF/A and PDF/UA, ``attachment``
attaches the content file, ``watermark`` draws the mark of a draft, ``streams`` compresses. ``libraries`` lists the
system's libraries for the cache, and ``sheets`` says what is where on a page.
"""

from __future__ import annotations

from .layout import Pages, paginate
from .writer import write_pdf

__all__ = ["Pages", "paginate", "write_pdf"]
