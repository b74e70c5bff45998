"""The tags of the PDF, mended: what a screen reader hears is the brief, and nothing twice.

WeasyPrint 70 tags running matter as if it were text, leaves languages and the scope of table heads out, and has no tag
for boxes and figures. It offers no hook, so while a document is written three of its functions are exchanged for ours,
which call them. The names are not public: the library is pinned, and a test fails when what comes out changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["mended_tags"]

#: Elements that the library has no tag for.
TAGS = {
    "aside": "Sect",
    "nav": "Sect",
    "header": "Div",
    "figure": "Div",
    "strong": "Span",
    "em": "Span",
    "cite": "Span",
    "time": "Span",
    "abbr": "Span",
    "sup": "Span",
}
LISTS = {"ol": "/Decimal", "ul": "/Disc"}


@contextmanager
def mended_tags(document: Any) -> Iterator[None]:
    """Write the document in this context: running matter and extracts become artifacts, tags get what they lack."""
    import pydyf
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    unread = _unread(document)
    was_marked, was_tag, was_build = Stream.marked, tags._get_pdf_tag, tags._build_box_tree  # noqa: SLF001

    @contextmanager
    def marked(self: Any, box: Any, tag: str) -> Iterator[None]:
        if id(box) not in unread or self._tags is None:
            with was_marked(self, box, tag):
                yield
            return
        kind = pydyf.Dictionary({"Type": "/Pagination"}) if unread[id(box)] else None
        pydyf.Stream.begin_marked_content(self, "Artifact", kind)
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    def tag_of(tag: str | None) -> Any:
        return TAGS.get(tag or "") or was_tag(tag)

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        real = _real(box)
        if id(real) in unread:
            return
        for element in was_build(box, *rest):
            _complete(element, real, pydyf)
            yield element

    Stream.marked, tags._get_pdf_tag, tags._build_box_tree = marked, tag_of, build  # noqa: SLF001
    try:
        yield
    finally:
        Stream.marked, tags._get_pdf_tag, tags._build_box_tree = was_marked, was_tag, was_build  # noqa: SLF001


def _complete(element: Any, box: Any, pydyf: Any) -> None:
    """Give a tag its language, the scope of its head, the numbering of its list."""
    source = box.element
    if source is None or "::" in (box.element_tag or ""):
        return
    if source.get("lang") and box.element_tag != "html" and "Lang" not in element:
        element["Lang"] = pydyf.String(source.get("lang"))
    if element["S"] == "/TH":
        attributes = element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        attributes["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
    if element["S"] == "/L" and box.element_tag in LISTS:
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": LISTS[box.element_tag]})


def _unread(document: Any) -> dict[int, bool]:
    """The boxes that are no part of what is read: those of the margins (true) and those that repeat words (false)."""
    found: dict[int, bool] = {}

    def visit(box: Any, kind: bool | None) -> None:  # noqa: FBT001 - three states: not at all, repeated, of the margin
        real = _real(box)
        element = getattr(real, "element", None)
        if type(real).__name__ == "MarginBox":
            kind = True
        elif kind is None and element is not None and element.get("aria-hidden") == "true":
            kind = False
        if kind is not None:
            found[id(real)] = kind
        for child in getattr(real, "children", ()):
            visit(child, kind)

    for page in document.pages:
        visit(page._page_box, None)  # noqa: SLF001
    return found


def _real(box: Any) -> Any:
    """The box behind the placeholder that an absolutely positioned one leaves."""
    return getattr(box, "_box", box)
