"""Escape text for XML as ``xml.sax.saxutils`` does; that module would import http and ssl."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text with ``&``, ``<`` and ``>`` as entity references."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(text: str) -> str:
    """The text as an attribute value in quotation marks: double, or single if the text has only double ones."""
    text = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'
