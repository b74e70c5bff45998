"""The tag tree of a PDF, put in order once it is whole: terms and what is said of them, notes, figures, names.

The library tags each ``dt`` and each ``dd`` as a list item of its own, and an entry of the list of notes as any other
item; it gives the place of a figure in units of its own; and it names elements and no table to find them by.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["mend_tree"]

#: The library's unit is 1/96 inch, counted from the top; that of a PDF is 1/72 inch, counted from the foot.
UNIT = 0.75
#: How the ids of the entries in the list of notes begin (docs/galley.md).
NOTE = "source-"
#: The tags of a contents list, for those of a list.
CONTENTS = {"/Sect": "/TOC", "/P": "/Caption", "/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}


def mend_tree(pdf: Any) -> None:
    """Put the tag tree of a PDF that is about to be written in order.

    The elements know what they were made from: ``source``, which :mod:`.tags` has given them.
    """
    elements = [e for e in pdf.objects if isinstance(e, dict) and e.get("Type") == "/StructElem"]
    for element in elements:
        source = getattr(element, "source", None)
        if source is None:
            continue
        if element["S"] == "/L" and source.tag == "dl":
            _join_terms(pdf, element)
        elif element["S"] == "/LBody" and source.tag == "li" and source.get("id", "").startswith(NOTE):
            _wrap_note(pdf, element, source.get("id"))
        elif element["S"] == "/Figure":
            _place(pdf, element)
    _list_contents(elements)
    _drop_empty(pdf, elements)
    _list_names(pdf)


def _list_contents(elements: list[Any]) -> None:
    """A contents list is no list of the text: it has tags of its own (ISO 32000-1, 14.8.4.2)."""
    named = [(e, e.source) for e in elements if getattr(e, "source", None) is not None]
    inside = {id(below) for _, source in named if source.tag == "nav" for below in source.iter()}
    for element, source in named:
        if id(source) in inside and element["S"] in CONTENTS:
            element["S"] = CONTENTS[element["S"]]
            element.pop("A", None)


def _drop_empty(pdf: Any, elements: list[Any]) -> None:
    """Take out what holds nothing: what stood around an extract, which is not read."""
    for element in reversed(elements):
        if element["S"] in {"/Div", "/NonStruct", "/Span"} and not element["K"]:
            parent = pdf.objects[_number(element["P"])]
            if element.reference in parent["K"]:
                parent["K"].remove(element.reference)


def _join_terms(pdf: Any, whole: Any) -> None:
    """A term and what is said of it are the label and the body of one list item (ISO 32000-1, 14.8.4.3.3)."""
    items: list[Any] = []
    for item in _flat(pdf, whole):
        body = _kids(pdf, item)
        term = item.source.tag == "dt"
        if term or not items:
            items.append(item)
        else:
            _put(items[-1], body)
        if term:
            for kid in body:
                kid["S"] = "/Lbl"
    for item in items:
        bodies = [kid for kid in _kids(pdf, item) if kid["S"] == "/LBody"]
        if len(bodies) > 1:
            first, others = bodies[0], bodies[1:]
            # An item has one body: what is said in several parts stands in it, part by part.
            part = _new(pdf, "/Div", first)
            _put(part, _kids(pdf, first))
            first["K"] = _array([part.reference])
            for other in others:
                other["S"] = "/Div"
                item["K"].remove(other.reference)
            _put(first, others)
    whole["K"] = _array([])
    _put(whole, items)


def _flat(pdf: Any, whole: Any) -> Iterable[Any]:
    """The items of a list, those in its divisions too."""
    for kid in _kids(pdf, whole):
        if kid["S"] == "/LI":
            yield kid
        else:
            yield from _flat(pdf, kid)


def _wrap_note(pdf: Any, body: Any, name: str) -> None:
    """What an entry of the list of notes says is a note, with a name that is its own (ISO 14289-1, 7.9)."""
    import pydyf

    note = _new(pdf, "/Note", body)
    note["ID"] = pydyf.String(name)
    _put(note, _kids(pdf, body))
    body["K"] = _array([note.reference])


def _place(pdf: Any, figure: Any) -> None:
    """Where a figure stands, in the units of the page."""
    if "A" not in figure or "BBox" not in figure["A"]:
        return
    left, top, right, bottom = figure["A"]["BBox"]
    height = pdf.objects[_number(figure["Pg"])]["MediaBox"][3]
    figure["A"]["BBox"] = _array(
        round(value, 2) for value in (left * UNIT, height - bottom * UNIT, right * UNIT, height - top * UNIT)
    )


def _list_names(pdf: Any) -> None:
    """Elements with a name are found through a table of names (ISO 32000-1, 14.7.2)."""
    import pydyf

    elements: list[Any] = [e for e in pdf.objects if isinstance(e, dict) and "S" in e and "ID" in e]
    named = {bytes(e["ID"].data): e for e in elements}
    names = pydyf.Array()
    for _, element in sorted(named.items()):
        names.extend([element["ID"], element.reference])
    if names:
        tree = pydyf.Dictionary({"Names": names})
        pdf.add_object(tree)
        pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["IDTree"] = tree.reference


def _new(pdf: Any, kind: str, parent: Any) -> Any:
    import pydyf

    made = pydyf.Dictionary(
        {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": parent["Pg"], "P": parent.reference}
    )
    pdf.add_object(made)
    return made


def _put(parent: Any, kids: Iterable[Any]) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _kids(pdf: Any, element: Any) -> list[Any]:
    return [pdf.objects[_number(kid)] for kid in element["K"]]


def _number(reference: Any) -> int:
    return int(bytes(reference).split()[0])


def _array(values: Iterable[Any]) -> Any:
    import pydyf

    return pydyf.Array(values)
