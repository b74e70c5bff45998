"""Read the words of the body and the notes back from HTML, PDF and Word files.

The readers use no knowledge of how the program writes the files. Contents lists, headers and footers, list marks, labels
and numbers of charts, and the arrows back from notes are left out, because they are not words of the brief.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lxml import etree, html
from pdfminer.utils import decode_text
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Words:
    """Words in reading order: the body, and each note.

    ``calls`` are the numbers of note calls, ``silent`` is the body without them: in Word the call of a quotation beside
    the text is in the paragraph before, because a frame cannot hold it. An extract repeats words of the brief and need
    not be read aloud: ``aloud`` is the body without extracts. ``untagged`` is the text of a PDF that is visible but not
    in the tag tree, without spaces.
    """

    body: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]
    calls: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    aloud: tuple[str, ...] = ()
    extracts: tuple[tuple[str, ...], ...] = ()
    untagged: str = ""


def split(text: str) -> tuple[str, ...]:
    """Split a text into words, also after a hyphen, a dash or a slash: a line can be broken there."""
    return tuple(re.sub(r"[-‐‑–—/\u00a0\u202f\u2009]|\u00ad", lambda m: "" if m[0] == "\u00ad" else " ", text).split())


def read(path: Path) -> Words:
    """The words of an output file, by its format."""
    return {".html": read_html, ".pdf": read_pdf, ".docx": read_docx}[path.suffix](path.read_bytes())


def notes_title(page: Path) -> str:
    """The heading of the notes in an HTML file; empty if it has none."""
    found = html.document_fromstring(page.read_text("utf-8")).xpath("//section[@class='notes']/h2")
    return "".join(found[0].itertext()) if found else ""


#: Private-use characters around extracts and calls, which separate them from the text.
EXTRACT, CALL = "\ue000", "\ue001"


def without_calls(text: str) -> tuple[str, ...]:
    """The words without calls; a comma between two calls is removed too."""
    return split(re.sub(f"{CALL}[^{CALL}]*{CALL}(?:,(?={CALL}))?", "", text))


# HTML

INLINE = {"strong", "em", "a", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span", "b", "i"}


def read_html(data: bytes) -> Words:
    """The words of ``main``."""
    main = html.document_fromstring(data.decode("utf-8")).find(".//main")
    assert main is not None, "the page has no main part"
    notes: list[tuple[str, ...]] = []
    extracts: list[tuple[str, ...]] = []
    calls: list[str] = []

    def text(element: Any) -> str:
        if not isinstance(element.tag, str) or element.tag in {"svg", "style", "script"}:
            return element.tail or ""
        classes = (element.get("class") or "").split()
        if "note-call" in classes:
            number = "".join(element.itertext())
            calls.extend(re.findall(r"\d+", number))
            return f"{CALL}{number}{CALL}" + (element.tail or "")
        inside = (element.text or "") + "".join(text(child) for child in element)
        if element.tag == "br":
            inside = " "
        if "backlink" in classes or "chart-numbers" in classes or element.tag == "nav":
            inside = ""
        elif "notes" in classes:
            notes.extend(split((item.text or "") + "".join(map(text, item))) for item in element.iter("li"))
            inside = ""
        elif element.get("aria-hidden") == "true":
            extracts.append(split(inside))
            inside = f"{EXTRACT}{inside}{EXTRACT}"
        if element.tag not in INLINE:
            inside = f" {inside} "
        return inside + (element.tail or "")

    whole = text(main)
    aloud = "".join(whole.split(EXTRACT)[::2]).replace(CALL, "")
    whole = whole.replace(EXTRACT, "")
    return Words(
        split(whole.replace(CALL, "")), tuple(notes), tuple(calls), without_calls(whole), split(aloud), tuple(extracts)
    )


# Word


def read_docx(data: bytes) -> Words:
    """The words of the main document part, with the number of each note at its call."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    story = _Story(parts["word/styles.xml"], parts.get("word/numbering.xml"))
    whole = " ".join(story.paragraphs(parts["word/document.xml"].find(f"{W}body")))
    order = tuple(story.called)
    notes = {
        note.get(f"{W}id"): split(" ".join(story.paragraphs(note)))
        for note in parts.get("word/footnotes.xml", etree.Element("none"))
    }
    calls = tuple(number for call in whole.split(CALL)[1::2] for number in re.findall(r"\d+", call))
    return Words(split(whole.replace(CALL, "")), tuple(notes[number] for number in order), calls, without_calls(whole))


class _Story:
    """Reads the text of paragraphs; ``called`` are the ids of the footnotes in the order of their calls."""

    ASIDE = frozenset({"pPr", "rPr", "Fallback", "instrText", "del", "drawing"})

    def __init__(self, styles: Any, numbering: Any = None) -> None:
        self.styles = {
            s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val").lower() for s in styles.iter(f"{W}style")
        }
        self.called: list[str] = []
        # The number of a numbered paragraph counts as a word, as in the other formats; that of a list item does not.
        levels = [] if numbering is None else list(numbering.iter(f"{W}lvl"))
        tied = {
            style.get(f"{W}val"): level.find(f"{W}lvlText").get(f"{W}val")
            for level in levels
            for style in level.iter(f"{W}pStyle")
        }
        self.counted = {style: text for style, text in tied.items() if self.styles.get(style) == "numbered paragraph"}
        self.count = 0

    def paragraphs(self, element: Any) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
            elif isinstance(child.tag, str):
                yield from self.paragraphs(child)

    def paragraph(self, element: Any) -> str:
        style = element.find(f"{W}pPr/{W}pStyle")
        name = self.styles.get(style.get(f"{W}val"), "") if style is not None else ""
        number = self.counted.get(style.get(f"{W}val"), "") if style is not None else ""
        self.count += bool(number)
        words = f"{number.replace('%1', str(self.count))} {''.join(self.inside(element))}"
        return "" if name.startswith("toc ") else words

    def inside(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag == "t":
                yield self.text(child)
            elif tag in {"tab", "br", "cr"} and child.getparent().tag == f"{W}r":
                yield " "
            elif tag == "noBreakHyphen":
                yield "-"
            elif tag == "footnoteReference":
                yield self.call(child)
            elif tag == "p":
                yield f" {self.paragraph(child)} "
            elif tag not in self.ASIDE:
                yield from self.inside(child)

    def text(self, element: Any) -> str:
        """The text of a run; a number in the style of a call is marked as a repeated call."""
        style = element.getparent().find(f"{W}rPr/{W}rStyle")
        name = self.styles.get(style.get(f"{W}val"), "") if style is not None else ""
        words = element.text or ""
        return f"{CALL}{words}{CALL}" if name == "footnote reference" else words

    def call(self, reference: Any) -> str:
        self.called.append(reference.get(f"{W}id"))
        # The note of a floated table has its reference after the table, in an invisible size of at most 1 pt.
        size = reference.getparent().find(f"{W}rPr/{W}sz")
        return "" if size is not None and int(size.get(f"{W}val")) <= 2 else f"{CALL}{len(self.called)}{CALL}"


# PDF

#: Marks of direction, which are not words.
DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
#: The numbering of lists whose labels are marks or numbers; the labels of other lists are words of the brief.
MARKED = "L with marks"
FLOWING = {"Span", "NonStruct", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Note", "Lbl", "Sub", "Annot"}


def read_pdf(data: bytes, title: str = "") -> Words:
    """The words in the order of the tag tree, in which a screen reader reads them.

    The notes are the items of the lists under the heading ``title``, up to the next heading or paragraph.
    """
    import pdfplumber

    with (
        patch("pdfplumber.page.PDFPageAggregatorWithMarkedContent", WithActualText),
        pdfplumber.open(BytesIO(data)) as pdf,
    ):
        marked: dict[tuple[int, int], list[Any]] = {}
        loose: list[str] = []
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is None or char["tag"] == "Artifact":
                    loose.append(char["text"])
                else:
                    marked.setdefault((page.page_number, char["mcid"]), []).append(char)
        tree = pdf.structure_tree
    assert tree, "the PDF has no tags"
    reader = _Aloud(marked, title)
    for element in tree:
        reader.read(element, ())
    notes = tuple(split(note.words().replace("↑", " ")) for note in reader.notes)
    return Words(split(reader.body.words()), notes, untagged="".join(loose).replace(" ", ""))


class WithActualText(PDFPageAggregatorWithMarkedContent):
    """A pdfminer device that replaces characters by their ActualText; marked content can be nested."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.marks: list[tuple[Any, Any]] = []
        self.said: str | None = None

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self.marks.append((self.cur_tag, self.cur_mcid))
        outer = self.cur_mcid
        super().begin_tag(tag, props)
        self.cur_mcid = outer if self.cur_mcid is None else self.cur_mcid
        if isinstance(props, dict) and "ActualText" in props:
            self.said = decode_text(props["ActualText"])

    def end_tag(self) -> None:
        self.cur_tag, self.cur_mcid = self.marks.pop()
        self.said = None

    def render_char(self, *args: Any, **options: Any) -> float:
        width = super().render_char(*args, **options)
        if self.said is not None:
            self.cur_item._objs[-1]._text, self.said = self.said, ""
        return width


class _Aloud:
    """Reads the tag tree; ``marked`` are the characters of each page by their marked-content id (MCID)."""

    def __init__(self, marked: dict[tuple[int, int], list[Any]], title: str) -> None:
        self.marked = marked
        self.title = title
        self.body = self.now = _Flow()
        self.notes: list[_Flow] = []
        self.under_title = False

    def read(self, element: Any, above: tuple[str, ...]) -> None:
        kind, children = element.get("type", ""), element.get("children", [])
        lists = [name for name in above if name in {"L", MARKED}]
        if kind == "TOC" or (kind == "Lbl" and lists[-1:] == [MARKED]) or (kind == "Figure" and not children):
            return
        if kind == "L" and "ListNumbering" in element.get("attributes", {}):
            kind = MARKED
        if kind == "H2" or (kind == "P" and "LI" not in above):
            self.under_title = False
        before = self.now
        if kind == "LI" and self.under_title:
            self.now = self.note(goes_on=all(child.get("type") != "Lbl" for child in children))
        self.words(element, kind, (*above, kind))
        self.now = before

    def note(self, *, goes_on: bool) -> _Flow:
        """Begin a note; an item without a number continues the one of the page before."""
        if not (goes_on and self.notes):
            self.notes.append(_Flow())
        return self.notes[-1]

    def words(self, element: Any, kind: str, above: tuple[str, ...]) -> None:
        part = kind not in FLOWING
        if part:
            self.now.part()
        begin, page = len(self.now.out), element.get("page_number", 1)
        for number in element.get("mcids", ()):
            for char in self.marked.get((page, number), ()):
                self.now.char(char, page)
        for child in element.get("children", []):
            self.read(child, above)
        if kind == "H2" and self.title and "".join(self.now.out[begin:]).strip() == self.title:
            self.under_title = True
            del self.now.out[begin:]
        if part:
            self.now.part()


def begins_line(char: Any, page: int, last: tuple[int, Any] | None) -> bool:
    """Whether a character is in another line than the last one, on its page."""
    if last is None or last[0] != page:
        return last is not None
    fall = abs(last[1]["matrix"][5] - char["matrix"][5])
    return bool(fall > 0.7 * max(last[1]["size"], char["size"]))


class _Flow:
    """Joins characters to text: a line break is a space, unless it is after a soft hyphen."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.last: tuple[int, Any] | None = None

    def part(self) -> None:
        self.out.append("\n")
        self.last = None

    def char(self, char: Any, page: int) -> None:
        if not char["text"]:
            return
        if begins_line(char, page, self.last):
            if self.out and self.out[-1] in {"‐", "\u00ad"}:
                self.out.pop()
            else:
                self.out.append("\n")
        self.out.append(char["text"].translate(DIRECTIONS))
        self.last = page, char

    def words(self) -> str:
        return " ".join("".join(self.out).split("\n"))
