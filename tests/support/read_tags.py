"""Read the tag tree of a PDF from its bytes, in the order of a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import decode_text

from tests.support.read_outputs import DIRECTIONS, WithActualText, begins_line

#: The attributes of an element, in the order of the reference file.
SAID = ("ID", "Lang", "Alt", "Scope", "ListNumbering", "ColSpan", "RowSpan")


@dataclass
class Tag:
    """An element of the tag tree: its kind, attributes, own words, link annotations and children."""

    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    links: list[str] = field(default_factory=list)
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """This element and its descendants, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        """All words, without list marks and numbers; for a figure its alternative text."""
        return " ".join("".join(self._pieces(marked=False)).split())

    def _pieces(self, *, marked: bool) -> Iterator[str]:
        if (self.kind == "Lbl" and marked) or self.kind == "Figure":
            return
        if self.kind == "L":
            marked = "ListNumbering" in self.attributes
        gap = "" if self.kind in INLINE else " "
        if "ActualText" in self.attributes:
            yield self.attributes["ActualText"]
            return
        yield gap + self.words
        for child in self.children:
            yield from child._pieces(marked=marked)
        yield gap


INLINE = {"Span", "Link", "Reference", "Note", "Em", "Strong", "Quote", "NonStruct"}


def read_tags(data: bytes) -> Tag:
    """The tree below the document. Successive lines are separated by a space."""
    with (
        patch("pdfplumber.page.PDFPageAggregatorWithMarkedContent", WithActualText),
        pdfplumber.open(BytesIO(data)) as pdf,
    ):
        pages = {page.page_obj.pageid: page.page_number for page in pdf.pages}
        marked: dict[tuple[int, int], list[Any]] = {}
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is not None and char["tag"] != "Artifact" and char["text"]:
                    marked.setdefault((page.page_number, char["mcid"]), []).append(char)
        root = resolve1(pdf.doc.catalog["StructTreeRoot"])
        return _Reader(pages, marked).tag(resolve1(resolve1(root["K"])[0]), 1)


@dataclass
class _Reader:
    pages: dict[int, int]
    marked: dict[tuple[int, int], list[Any]]
    last: tuple[int, Any] | None = None

    def tag(self, element: dict[str, Any], page: int) -> Tag:
        page = self.page(element, page)
        made = Tag(element["S"].name, dict(self.attributes(element)))
        kids = resolve1(element.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            self.kid(made, resolve1(kid), page)
        return made

    def kid(self, made: Tag, kid: Any, page: int) -> None:
        if isinstance(kid, int):
            made.words += self.words(page, kid)
        elif "MCID" in kid:
            made.words += self.words(self.page(kid, page), kid["MCID"])
        elif kid.get("Type") is not None and kid["Type"].name == "OBJR":
            made.links.append(_text(resolve1(kid["Obj"]).get("Contents", b"")))
        else:
            made.children.append(self.tag(kid, page))

    def words(self, page: int, number: int) -> str:
        """The words of one marked-content sequence; a line break is a space, unless it is after a soft hyphen."""
        out = ""
        for char in self.marked.get((page, number), ()):
            if begins_line(char, page, self.last) and self.last and self.last[1]["text"] != "\u00ad":
                out += " "
            out += char["text"].translate(DIRECTIONS)
            self.last = page, char
        return out

    def page(self, element: dict[str, Any], page: int) -> int:
        reference = element.get("Pg")
        return self.pages[reference.objid] if isinstance(reference, PDFObjRef) else page

    def attributes(self, element: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for name in ("ID", "Lang", "Alt", "ActualText"):
            if name in element:
                yield name, _text(resolve1(element[name]))
        for name, value in (resolve1(element.get("A")) or {}).items():
            plain = resolve1(value)
            if name == "Headers":
                yield name, [_text(resolve1(head)) for head in plain]
            elif name != "O":
                yield name, getattr(plain, "name", plain)


def _text(value: Any) -> str:
    return decode_text(value) if isinstance(value, bytes) else str(value)


def portrait(data: bytes) -> str:
    """The tree as lines: indentation, kind, attributes, the first words."""

    def lines(tag: Tag, depth: int) -> Iterator[str]:
        said = "".join(f" {name}={tag.attributes[name]!r}" for name in SAID if name in tag.attributes)
        inner = [child for child in tag.children if child.kind != "Span" or child.attributes or child.children]
        flat = tag.words + " ".join(child.words for child in tag.children if child not in inner)
        words = " ".join(flat.split())
        short = f" | {words[:60]}{'…' if len(words) > 60 else ''}" if words else ""
        where = "".join(f" -> {link}" for link in tag.links if link)
        yield f"{'  ' * depth}{tag.kind}{said}{where}{short}"
        for child in inner:
            yield from lines(child, depth + 1)

    return "\n".join(lines(read_tags(data), 0)) + "\n"
