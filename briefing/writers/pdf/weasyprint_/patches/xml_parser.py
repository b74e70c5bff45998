"""The document is parsed as XML if that gives the same tree as HTML.

The galley has been validated, so it is XML as well as HTML, and XML is parsed in a thirtieth of the time (12 ms of 360
for three pages). If an HTML parser would build another tree (a row without a table body, a block in a paragraph),
WeasyPrint's own parser is used.
"""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from typing import Any
from xml.etree import ElementTree as ET

from briefing.galley.validate import INLINE

from .guard import replaced

TARGETS = {"tinyhtml5:parse": "(document, namespace_html_elements=True, **kwargs)"}
UPSTREAM = "Kozea/WeasyPrint#2232"
REASON = "a long brief takes longer to read"

#: The parents that an element may have: in another one, an HTML parser adds a parent or ends the open one.
_ONLY_IN = {
    **{part: {"table"} for part in ("caption", "colgroup", "thead", "tbody", "tfoot")},
    "tr": {"thead", "tbody", "tfoot"},
    **{part: {"tr"} for part in ("td", "th")},
    "col": {"colgroup"},
    "li": {"ul", "ol"},
    **{part: {"dl", "div"} for part in ("dt", "dd")},
}
#: Elements that may have only these children, and no text.
_HOLDS = {
    whole: {part for part, places in _ONLY_IN.items() if whole in places}
    for whole in ("table", "thead", "tbody", "tfoot", "tr", "colgroup")
}
#: The elements that a paragraph or a heading may contain, at any depth.
_INLINE = INLINE | {"img"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
#: Elements that both parsers treat alike.
_PLAIN = {
    *("html", "head", "meta", "title", "body", "main", "div", "article", "section", "header", "aside", "nav"),
    *("blockquote", "ul", "ol", "dl", "table", "figure", "figcaption", "hr"),
    *_PARAGRAPHS, *_ONLY_IN, *_INLINE,
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"


def apply() -> AbstractContextManager[None]:
    """Parse documents as XML where that is the same."""
    import tinyhtml5

    own = tinyhtml5.parse

    def parse(document: Any, namespace_html_elements: Any = True, **options: Any) -> Any:  # noqa: FBT002 - the library's signature
        text = document.read()
        root = None if namespace_html_elements or not isinstance(text, str) else as_xml(text)
        again = io.StringIO(text) if isinstance(text, str) else io.BytesIO(text)
        return own(again, namespace_html_elements, **options) if root is None else root

    return replaced({"tinyhtml5:parse": parse})


def as_xml(source: str) -> ET.Element | None:
    """The tree of a document; None if an HTML parser would build another one."""
    try:
        root = ET.fromstring(source.removeprefix("<!doctype html>"))  # noqa: S314 - our own document, without DTD
    except ET.ParseError:
        return None
    return root if root.tag == "html" and all(_as_in_html(element) for element in root.iter()) else None


def _as_in_html(element: ET.Element) -> bool:
    """Whether an HTML parser leaves an element and its children as they are."""
    tag = element.tag
    if tag.startswith(_SVG):
        return all(child.tag.startswith(_SVG) for child in element)
    holds = _HOLDS.get(tag)
    if holds is not None:
        words = [element.text, *(child.tail for child in element)]
        return not any(word and word.strip() for word in words) and all(child.tag in holds for child in element)
    if tag == "pre" and (element.text or "").startswith("\n"):
        return False
    if tag in _PARAGRAPHS or tag == "a":
        return all(
            part.tag in _INLINE and (tag != "a" or part.tag != "a") for part in element.iter() if part is not element
        )
    return tag in _PLAIN and all(
        child.tag.startswith(_SVG) or (child.tag in _PLAIN and tag in _ONLY_IN.get(child.tag, {tag}))
        for child in element
    )
