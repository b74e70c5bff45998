"""Corrections to the tag tree of a PDF once it is complete: definition lists, notes, figures and ids.

WeasyPrint tags each ``dt`` and each ``dd`` as a list item of its own, and the entries of the list of notes like other
items. It gives the position of a figure in its own units, and it writes no table of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .objects import add, resolve

#: WeasyPrint's unit is 1/96 inch, counted from the top; that of a PDF is 1/72 inch, counted from the bottom.
PT_PER_PX = 0.75
#: The prefix of the ids of the entries in the list of notes (docs/galley.md).
NOTE_PREFIX = "source-"
#: The tags of a list, and those that replace them in a contents list.
CONTENTS_TAGS = {"/Sect": "/TOC", "/P": "/Caption", "/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}


def correct_tags(pdf: Any) -> None:
    """Correct the tag tree of a PDF that is about to be written."""
    elements: list[Any] = [e for e in pdf.objects if isinstance(e, dict) and e.get("Type") == "/StructElem"]
    # The HTML element of a tag is set by ``weasyprint_.patches.tags``.
    sources = [(e, e.source) for e in elements if getattr(e, "source", None) is not None]
    for element, source in sources:
        if element["S"] == "/L" and source.tag == "dl":
            _join_definitions(pdf, element)
        elif element["S"] == "/LBody" and source.tag == "li" and source.get("id", "").startswith(NOTE_PREFIX):
            _wrap_note(pdf, element, source.get("id"))
        elif element["S"] == "/Figure":
            _convert_position(pdf, element)
    for element in elements:
        if element["S"] == "/LI":
            _join_body(pdf, element)
    _retag_contents(sources)
    _drop_empty(pdf, elements)
    _add_id_table(pdf)


def _retag_contents(sources: list[tuple[Any, Any]]) -> None:
    """Tag a contents list as one, not as a list of the text (ISO 32000-1, 14.8.4.2)."""
    inside = {id(below) for _, source in sources if source.tag == "nav" for below in source.iter()}
    for element, source in sources:
        if id(source) in inside and element["S"] in CONTENTS_TAGS:
            element["S"] = CONTENTS_TAGS[element["S"]]
            element.pop("A", None)


def _drop_empty(pdf: Any, elements: list[Any]) -> None:
    """Remove elements without content, such as those around an extract, which is an artifact."""
    for element in reversed(elements):
        if element["S"] in {"/Div", "/NonStruct", "/Span"} and not element["K"]:
            siblings = resolve(pdf, element["P"])["K"]
            if element.reference in siblings:
                siblings.remove(element.reference)


def _join_definitions(pdf: Any, listing: Any) -> None:
    """Make each term and its texts the label and the body of one list item (ISO 32000-1, 14.8.4.3.3)."""
    items: list[Any] = []
    for item in _items_of(pdf, listing):
        kids = _kids(pdf, item)
        if item.source.tag == "dt":
            for kid in kids:
                kid["S"] = "/Lbl"
            items.append(item)
        elif items:
            _append(items[-1], kids)
            item["K"] = _array([])
        else:
            items.append(item)
    listing["K"] = _array([])
    _append(listing, items)


def _join_body(pdf: Any, item: Any) -> None:
    """Give an item of a list one body with everything but its label (ISO 32000-1, 14.8.4.3.3)."""
    kids = _kids(pdf, item)
    labels, content = ([kid for kid in kids if (kid["S"] == "/Lbl") is is_label] for is_label in (True, False))
    if [kid["S"] for kid in content] in ([], ["/LBody"]):
        return
    body = _new(pdf, "/LBody", item)
    for kid in content:
        if kid["S"] == "/LBody":
            kid["S"] = "/Div"
    _append(body, content)
    item["K"] = _array(kid.reference for kid in (*labels, body))


def _items_of(pdf: Any, listing: Any) -> Iterator[Any]:
    """The items of a list, including those in its divisions."""
    for kid in _kids(pdf, listing):
        if kid["S"] == "/LI":
            yield kid
        else:
            yield from _items_of(pdf, kid)


def _wrap_note(pdf: Any, body: Any, name: str) -> None:
    """Tag the text of an entry in the list of notes as a note with a unique id (ISO 14289-1, 7.9)."""
    import pydyf

    note = _new(pdf, "/Note", body)
    note["ID"] = pydyf.String(name)
    _append(note, _kids(pdf, body))
    body["K"] = _array([note.reference])


def _convert_position(pdf: Any, figure: Any) -> None:
    """Convert the position of a figure to the units of the page."""
    if "BBox" in figure.get("A", ()):
        left, top, right, bottom = (PT_PER_PX * value for value in figure["A"]["BBox"])
        height = resolve(pdf, figure["Pg"])["MediaBox"][3]
        figure["A"]["BBox"] = _array(round(value, 2) for value in (left, height - bottom, right, height - top))


def _add_id_table(pdf: Any) -> None:
    """Add the table by which elements are found by their id (ISO 32000-1, 14.7.2)."""
    import pydyf

    elements: list[Any] = [e for e in pdf.objects if isinstance(e, dict) and "S" in e and "ID" in e]
    by_name = {bytes(e["ID"].data): e for e in elements}
    if by_name:
        names = _array(part for _, e in sorted(by_name.items()) for part in (e["ID"], e.reference))
        resolve(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = add(pdf, pydyf.Dictionary({"Names": names}))


def _new(pdf: Any, kind: str, parent: Any) -> Any:
    """A new element without kids, on the page of its parent."""
    import pydyf

    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": parent["Pg"], "P": parent.reference}
    )
    add(pdf, element)
    return element


def _append(parent: Any, kids: Iterable[Any]) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _kids(pdf: Any, element: Any) -> list[Any]:
    return [resolve(pdf, kid) for kid in element["K"]]


def _array(values: Iterable[Any]) -> Any:
    import pydyf

    return pydyf.Array(values)
