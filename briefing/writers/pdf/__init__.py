"""The PDF writer: the galley with the theme's print stylesheet, laid out by WeasyPrint.

``markup`` prepares the galley for paper and ``line_breaks`` its words; ``page_css`` makes the CSS of the page.
``running`` makes headers and footers, ``layout`` makes pages, ``side_column`` places what stands beside the text,
``fit`` searches the setting that keeps to the page budget, and ``budget`` counts. ``missing_glyphs`` reports characters
that the fonts lack and reserves their width, and ``placeholder_glyph`` draws a box instead.

``writer`` writes the file: ``tag_tree`` completes its tags, ``pdfa`` makes it PDF/A and PDF/UA and attaches the content
file, ``watermark`` draws the mark of a draft; ``objects`` finds and adds objects of the file. ``libraries`` lists the
system's libraries for the cache.
"""

from __future__ import annotations

from .writer import write_pdf

__all__ = ["write_pdf"]
