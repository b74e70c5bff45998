"""The print document as a tree, for the layout.

What the templates write has been read once, strictly, so it is XML as well as HTML, and XML is read in a thirtieth of
the time. Where HTML would make another tree of it (a row without a table body, a block in a paragraph) it is left to
the library, which reads it as browsers do.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

__all__ = ["document_of"]

#: Where an element may stand without HTML putting something around it, or ending what it stands in.
_ONLY_IN = {
    **{part: {"table"} for part in ("caption", "colgroup", "thead", "tbody", "tfoot")},
    "tr": {"thead", "tbody", "tfoot"},
    **{part: {"tr"} for part in ("td", "th")},
    "col": {"colgroup"},
    "li": {"ul", "ol"},
    **{part: {"dl", "div"} for part in ("dt", "dd")},
}
#: What may hold elements of these alone, and no words.
_HOLDS = {
    whole: {part for part, places in _ONLY_IN.items() if whole in places}
    for whole in ("table", "thead", "tbody", "tfoot", "tr", "colgroup")
}
#: What a paragraph or a heading may hold, with all that is in it.
_INLINE = {"strong", "em", "a", "br", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span", "img"}
_LINES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
#: Elements that are read as in any XML.
_PLAIN = {
    *("html", "head", "meta", "title", "body", "main", "div", "article", "section", "header", "aside", "nav"),
    *("blockquote", "ul", "ol", "dl", "table", "figure", "figcaption", "hr"),
    *_LINES, *_ONLY_IN, *_INLINE,
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"


def document_of(weasyprint: Any, source: str, fetcher: Any) -> Any:
    """WeasyPrint's ``HTML`` of an HTML document, for print."""
    root = _as_xml(source)
    if root is None:
        return weasyprint.HTML(string=source, url_fetcher=fetcher, media_type="print")
    document = weasyprint.HTML.__new__(weasyprint.HTML)
    document.base_url, document.url_fetcher, document.media_type = None, fetcher, "print"
    document.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


def _as_xml(source: str) -> ET.Element | None:
    """The tree; None where HTML would read another one."""
    try:
        root = ET.fromstring(source.removeprefix("<!doctype html>"))  # noqa: S314 - we wrote it, without DTD
    except ET.ParseError:
        return None
    return root if root.tag == "html" and all(_as_in_html(element) for element in root.iter()) else None


def _as_in_html(element: ET.Element) -> bool:
    """Whether HTML leaves an element and what stands in it as they are."""
    tag = element.tag
    if tag.startswith(_SVG):
        return all(child.tag.startswith(_SVG) for child in element)
    holds = _HOLDS.get(tag)
    if holds is not None:
        words = [element.text, *(child.tail for child in element)]
        return not any(word and word.strip() for word in words) and all(child.tag in holds for child in element)
    if tag == "pre" and (element.text or "").startswith("\n"):
        return False
    if tag in _LINES or tag == "a":
        return all(
            part.tag in _INLINE and (tag != "a" or part.tag != "a") for part in element.iter() if part is not element
        )
    return tag in _PLAIN and all(
        child.tag.startswith(_SVG) or (child.tag in _PLAIN and tag in _ONLY_IN.get(child.tag, {tag}))
        for child in element
    )
