"""The tags of the PDF, so that a screen reader reads the brief in order and nothing twice.

WeasyPrint 70 tags the margins of the page like text. It writes no languages, no scope of table heads, and no tags for
boxes and figures. It moves a list inside an item behind the item, and so behind the rest of it. It begins all elements
again on each page: a table over two pages would be two tables whose head is read twice, and a long fact box would have
the text of the page between its halves. There is no public hook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from briefing.writers.pdf.objects import resolve
from briefing.writers.pdf.tag_tree import NOTE_PREFIX
from briefing.writers.pdf.weasyprint_.boxes import page_boxes, real_box

from .guard import replaced

TARGETS = {
    "weasyprint.pdf.stream:Stream.marked": "(self, box, tag)",
    "weasyprint.pdf.tags:_get_pdf_tag": "(tag)",
    "weasyprint.pdf.tags:_build_box_tree": "(box, parent, pdf, page_number, nums, annotations, tags)",
}
UPSTREAM = "Kozea/WeasyPrint#1836, Kozea/WeasyPrint#2471"
REASON = "a screen reader reads page numbers as text, and tables over two pages as two"

#: Elements that the library has no tag for.
ELEMENT_TAGS = {
    **dict.fromkeys(("aside", "nav"), "Sect"),
    **dict.fromkeys(("header", "figure"), "Div"),
    **dict.fromkeys(("strong", "em", "cite", "time", "abbr", "sup"), "Span"),
}
LISTS = {"ol": "/Decimal", "ul": "/Disc"}


@contextmanager
def apply(document: Any) -> Iterator[None]:
    """Write the document with complete tags: artifacts marked, elements on several pages joined, attributes added."""
    import pydyf
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    _link_once(document)
    artifacts, notes = _artifacts(document), _notes(document)
    joined, written = _JoinedElements(), set[int]()
    built: list[list[Any]] = [[]]  # by depth: the elements in the box that is built
    own_marked, own_tag, own_build = Stream.marked, tags._get_pdf_tag, tags._build_box_tree

    @contextmanager
    def marked(self: Any, box: Any, tag: str) -> Iterator[None]:
        if id(box) not in artifacts or self._tags is None:
            with own_marked(self, box, tag):
                yield
            return
        subtype = artifacts[id(box)]
        kind = pydyf.Dictionary({"Type": "/Pagination", "Subtype": subtype}) if subtype else None
        pydyf.Stream.begin_marked_content(self, "Artifact", kind)
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    def tag_of(tag: str | None) -> Any:
        return ELEMENT_TAGS.get(tag or "") or own_tag(tag)

    def build(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        real = real_box(box)
        if id(real) in artifacts:
            joined.repeat_head(real)
            return
        built.append([])
        elements = list(own_build(box, parent, *rest))
        inside = built.pop()
        for element in elements:
            _complete(element, real, notes, written)
            element["S"] = _kind_in(parent, element)
            if element["S"] == "/LI":
                _keep_lists(element, inside)
            if not joined.continues(element, real, *rest[:2]):
                built[-1].append(element)
                if not (element["S"] == "/L" and parent["S"] == "/L"):
                    yield element

    with replaced(dict(zip(TARGETS, (marked, tag_of, build), strict=True))):
        yield


def _kind_in(parent: Any, element: Any) -> str:
    """The tag of an element; an anonymous box in a paragraph, such as words beside a picture, is no paragraph."""
    return "/Span" if element["S"] == parent["S"] == "/P" else str(element["S"])


def _keep_lists(item: Any, inside: list[Any]) -> None:
    """Keep the lists inside an item of a list at their place in it; WeasyPrint puts them behind the item."""
    if any(element["S"] == "/L" for element in inside):
        references = [element.reference for element in inside]
        item["K"][:] = [*(kid for kid in item["K"] if kid not in references), *references]
        for element in inside:
            element["P"] = item.reference


def _link_once(document: Any) -> None:
    """Remove the links that WeasyPrint adds to elements inside a link: emphasis, and words that may be broken."""
    # The link around them has the same target, and they lack the tag that a link must have (ISO 14289-1, 7.18.5).
    for page in document.pages:
        page.links[:] = [link for link in page.links if (link[-1].element_tag or "").partition("::")[0] == "a"]


class _JoinedElements:
    """Elements of the tag tree that began on an earlier page, to which the content of later pages is added."""

    def __init__(self) -> None:
        #: By source element and tag: the element, and the last page with it.
        self.begun: dict[tuple[int, str], tuple[Any, int]] = {}
        #: The tag of a head cell by source element; and the placeholders of its repetitions, each with that tag.
        self.heads: dict[int, Any] = {}
        self.repeated: list[tuple[Any, Any]] = []

    def repeat_head(self, group: Any) -> None:
        """Give the cells of a repeated head placeholders, to which WeasyPrint gives names and refers."""
        for cell in _cells(group):
            if id(cell.element) in self.heads:
                cell.mark = {}
                self.repeated.append((cell.mark, self.heads[id(cell.element)]))

    def continues(self, element: Any, box: Any, pdf: Any, page: int) -> bool:
        """Whether an element continues from an earlier page. If so, its content is added to the element there."""
        source, kind = box.element, element["S"]
        if _is_generated(box) or kind in {"/NonStruct", "/Link", "/Figure"}:
            return False
        if kind == "/TH":
            self.heads.setdefault(id(source), element)
        if kind == "/Table":
            self._refer(box)
        first, last = self.begun.setdefault((id(source), kind), (element, page))
        if first is element or last == page or any(isinstance(kid, int) for kid in element["K"]):
            # An element may have several boxes on one page; and a kid that is a mere number is valid on its page only.
            return False
        for kid in element["K"]:
            child = resolve(pdf, kid)
            if "P" in child:
                child["P"] = first.reference
            first["K"].append(kid)
        element["K"].clear()  # nothing refers to it any more
        return True

    def _refer(self, table: Any) -> None:
        """Let the cells on a table's later pages refer to the head that is read, not to its repetitions."""
        names = {bytes(mark["ID"].data): head["ID"] for mark, head in self.repeated if "ID" in mark and "ID" in head}
        self.repeated.clear()
        for cell in _cells(table) if names else ():
            headers = cell.mark.get("A", {}).get("Headers") if cell.mark else None
            if headers:
                headers[:] = [names.get(bytes(name.data), name) for name in headers]


def _is_generated(box: Any) -> bool:
    """Whether a box belongs to no element, or is a pseudo-element such as ``li::marker``."""
    return box.element is None or "::" in (box.element_tag or "")


def _cells(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TableCellBox":
            yield child
        else:
            yield from _cells(child)


def _complete(element: Any, box: Any, notes: Mapping[str, str], written: set[int]) -> None:
    """Add language, scope of a head cell, numbering of a list, and description of a link to a tag."""
    import pydyf

    if _is_generated(box):
        return
    source, tag = box.element, element["S"]
    element.source = source
    if source.get("lang") and box.element_tag != "html" and "Lang" not in element:
        element["Lang"] = pydyf.String(source.get("lang"))
    if tag == "/Span" and "note-call" in source.get("class", "").split():
        element["S"] = "/Reference"
    elif tag == "/Span" and source.get("dir") == "rtl" and not len(source):
        # The file has the letters of such a word in visual order; this is the text to read and copy. On a second line
        # it is empty, because the first has all of it.
        element["ActualText"] = pydyf.String("" if id(source) in written else _words(source))
        written.add(id(source))
    elif tag == "/Link" and box.link_annotation:
        # The description of a note call is its source, which a viewer shows under the pointer.
        description = source.get("aria-label") or notes.get(source.get("href", "")) or _words(source)
        box.link_annotation["Contents"] = pydyf.String(description)
    elif tag == "/TH":
        attributes = element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        attributes["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
    elif tag == "/L" and box.element_tag in LISTS:
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": LISTS[box.element_tag]})


def _notes(document: Any) -> dict[str, str]:
    """The texts of the list of notes, by the target of a note call."""
    boxes = (box for page in page_boxes(document) for box in page.descendants() if box.element_tag == "li")
    elements = (box.element for box in boxes if box.element.get("id", "").startswith(NOTE_PREFIX))
    return {"#" + element.get("id"): _words(element) for element in elements}


def _words(element: Any) -> str:
    """The text of an element, without the back arrow of a note."""
    return " ".join("".join(element.itertext()).replace("↑", " ").split())


def _artifacts(document: Any) -> dict[int, str]:
    """The boxes that are not read: those of the margins ("/Header", "/Footer"), and repeated ones ("")."""
    found: dict[int, str] = {}
    heads: dict[int, Any] = {}

    def visit(box: Any, kind: str | None) -> None:
        real = real_box(box)
        element = getattr(real, "element", None)
        if type(real).__name__ == "MarginBox":
            kind = "/Header" if real.at_keyword.startswith("@top") else "/Footer"
        elif kind is None and element is not None:
            first = heads.setdefault(id(element), page) if type(real).__name__ == "TableRowGroupBox" else page
            again = first is not page and real.element_tag in {"thead", "tfoot"}
            if again or element.get("aria-hidden") == "true":
                kind = ""
        if kind is not None:
            found[id(real)] = kind
        for child in getattr(real, "children", ()):
            visit(child, kind)

    for page in page_boxes(document):
        visit(page, None)
    return found
