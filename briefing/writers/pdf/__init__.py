"""The PDF writer: the galley with the theme's print stylesheet, laid out by WeasyPrint."""

from __future__ import annotations

from .layout import Pages, paginate
from .write import write_pdf

__all__ = ["Pages", "paginate", "write_pdf"]
