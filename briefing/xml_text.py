"""Escape text for XML as ``xml.sax.saxutils`` does; that module would import http and ssl."""

from __future__ import annotations

import html


def escape(text: str) -> str:
    """The text with ``&``, ``<`` and ``>`` as entity references."""
    return html.escape(text, quote=False)


def quoteattr(text: str) -> str:
    """The text as an attribute value in quotation marks: double, or single if the text has only double ones."""
    text = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', "&quot;") + '"'
