"""What a reader finds in the finished files: the body words and the notes of an HTML, a PDF and a Word file.

Each reader knows its format alone and nothing of how the program made it. Contents lists, running matter, list marks, chart
labels and the arrows back from a note are no words of the brief, so they are left out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Words:
    """Words in reading order: the body, and each note.

    An extract repeats words of the brief, and need not be read aloud: ``aloud`` is the body without extracts, ``untagged`` is
    what a PDF shows but does not read aloud, without spaces.
    """

    body: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]
    aloud: tuple[str, ...] = ()
    extracts: tuple[tuple[str, ...], ...] = ()
    untagged: str = ""


def split(text: str) -> tuple[str, ...]:
    """Words. A line may be broken after a hyphen, a dash or a stroke, so these part words in every format."""
    return tuple(re.sub(r"[-‐‑–—/\u00a0\u202f\u2009]|\u00ad", lambda m: "" if m[0] == "\u00ad" else " ", text).split())


def read(path: Path) -> Words:
    """The words of a finished file."""
    return {".html": read_html, ".pdf": read_pdf, ".docx": read_docx}[path.suffix](path.read_bytes())


def notes_title(page: Path) -> str:
    """What the notes of this HTML file are headed; nothing when it has none."""
    found = html.document_fromstring(page.read_text("utf-8")).xpath("//section[@class='notes']/h2")
    return "".join(found[0].itertext()) if found else ""


# HTML

INLINE = {"strong", "em", "a", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span", "b", "i"}


def read_html(data: bytes) -> Words:
    """The words in ``main``."""
    main = html.document_fromstring(data.decode("utf-8")).find(".//main")
    assert main is not None, "the page has no main part"
    notes: list[tuple[str, ...]] = []
    extracts: list[tuple[str, ...]] = []
    mark = "\ue000"  # of private use: it parts the extracts from the rest

    def text(element: Any) -> str:
        if not isinstance(element.tag, str) or element.tag in {"svg", "style", "script"}:
            return element.tail or ""
        classes = (element.get("class") or "").split()
        inside = (element.text or "") + "".join(text(child) for child in element)
        if element.tag == "br":
            inside = " "
        if "backlink" in classes or element.tag == "nav":
            inside = ""
        elif "notes" in classes:
            notes.extend(split((item.text or "") + "".join(map(text, item))) for item in element.iter("li"))
            inside = ""
        elif element.get("aria-hidden") == "true":
            extracts.append(split(inside))
            inside = f"{mark}{inside}{mark}"
        if element.tag not in INLINE:
            inside = f" {inside} "
        return inside + (element.tail or "")

    whole = text(main)
    aloud = "".join(whole.split(mark)[::2])
    return Words(split(whole.replace(mark, "")), tuple(notes), split(aloud), tuple(extracts))


# Word


def read_docx(data: bytes) -> Words:
    """The words of the document's story, with the number of each note where it is called."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        document = etree.fromstring(package.read("word/document.xml"))
        names = package.namelist()
        footnotes = etree.fromstring(package.read("word/footnotes.xml")) if "word/footnotes.xml" in names else None
        styles = etree.fromstring(package.read("word/styles.xml"))
    style_names = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val").lower() for s in styles.iter(f"{W}style")}
    called: list[str] = []

    def paragraph(element: Any) -> str:
        style = element.find(f"{W}pPr/{W}pStyle")
        name = style_names.get(style.get(f"{W}val"), "") if style is not None else ""
        if name.startswith(("toc ", "toc heading")):
            return ""
        return "".join(runs(element))

    def runs(element: Any) -> Iterator[str]:
        for child in element:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag == "t":
                yield child.text or ""
            elif tag in {"tab", "br", "cr"} and child.getparent().tag == f"{W}r":
                yield " "
            elif tag == "noBreakHyphen":
                yield "-"
            elif tag == "footnoteReference":
                called.append(child.get(f"{W}id"))
                # A note that is called from a floated table hangs on a speck after the table, where nobody sees a number.
                size = child.getparent().find(f"{W}rPr/{W}sz")
                if size is None or int(size.get(f"{W}val")) > 2:
                    yield str(len(called))
            elif tag in {"pPr", "rPr", "Fallback", "instrText", "del", "drawing"}:
                continue
            elif tag == "p":
                yield f" {paragraph(child)} "
            else:
                yield from runs(child)

    def story(element: Any) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}p":
                yield paragraph(child)
            elif isinstance(child.tag, str):
                yield from story(child)

    body = split(" ".join(story(document.find(f"{W}body"))))
    notes: dict[str, tuple[str, ...]] = {}
    if footnotes is not None:
        for note in footnotes:
            notes[note.get(f"{W}id")] = split(" ".join("".join(runs(p)) for p in note.iter(f"{W}p")))
    return Words(body, tuple(notes[number] for number in called))


# PDF

FLOWING = {"Span", "NonStruct", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Note", "Lbl", "Sub", "Annot"}


def read_pdf(data: bytes, title: str = "") -> Words:
    """The words in the order of the tag tree, which is the order in which they are read aloud.

    The notes are the items of the lists under the heading ``title``, up to the next heading or paragraph.
    """
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as pdf:
        marked: dict[tuple[int, int], list[Any]] = {}
        loose: list[Any] = []
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is None or char["tag"] == "Artifact":
                    loose.append(char)
                else:
                    marked.setdefault((page.page_number, char["mcid"]), []).append(char)
        tree = pdf.structure_tree
    assert tree, "the PDF has no tags"
    body, notes = _Flow(), list[_Flow]()
    now = body
    under_title = False

    def visit(element: Any, above: tuple[str, ...]) -> None:
        nonlocal now, under_title
        kind, page = element.get("type", ""), element.get("page_number", 1)
        children = element.get("children", [])
        if (kind == "Lbl" and "L" in above) or (kind == "Figure" and not children):
            return
        if kind == "H2" or (kind == "P" and "LI" not in above):
            under_title = False
        before = now
        if kind == "LI" and under_title:
            if not notes or any(child.get("type") == "Lbl" for child in children):
                notes.append(_Flow())  # without its number it goes on from the page before
            now = notes[-1]
        if kind not in FLOWING:
            now.part()
        begin = len(now.out)
        for mcid in element.get("mcids", ()):
            for char in marked.get((page, mcid), ()):
                now.char(char, page)
        for child in children:
            visit(child, (*above, kind))
        if kind == "H2" and title and "".join(now.out[begin:]).strip() == title:
            under_title = True
            del now.out[begin:]
        if kind not in FLOWING:
            now.part()
        now = before

    for element in tree:
        visit(element, ())
    each = tuple(split(note.words().replace("↑", " ")) for note in notes)
    return Words(split(body.words()), each, untagged="".join(char["text"] for char in loose).replace(" ", ""))


class _Flow:
    """Characters into text: a new line is a space, unless it was broken after a soft hyphen."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.last: Any = None

    def part(self) -> None:
        self.out.append(" ")
        self.last = None

    def char(self, char: Any, page: int) -> None:
        if self.last is not None and (self.last["page_number"] != page or char["x0"] < self.last["x1"] - 5):
            if self.out and self.out[-1] == "‐":
                self.out.pop()
            else:
                self.out.append(" ")
        self.out.append(char["text"])
        self.last = {**char, "page_number": page}

    def words(self) -> str:
        return "".join(self.out)
