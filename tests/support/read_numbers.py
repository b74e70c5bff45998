"""What a reader sees of a brief: its words with the numbers of lists, in HTML, PDF and Word.

The numbers of a Word file are computed as Word computes them: all lists of one definition (abstractNum) count together,
a list of its own (num) may begin a level anew (startOverride) where it is first used, and an item begins the levels
below it anew.
"""

import io
import re
import zipfile
from typing import Any

import pdfplumber
from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INLINE = {"strong", "em", "a", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span"}
_MARKS = re.compile(r"^[•–]\s*", re.MULTILINE)


def html_text(data: bytes, *, calls: bool = True) -> str:
    """The text of ``main``, a line for each block; an item of a numbered list begins with its number.

    Without ``calls``, the numbers of notes in the text are left out.
    """
    main = html.document_fromstring(data.decode("utf-8")).find(".//main")
    assert main is not None, "the page has no main part"

    def text(element: Any) -> str:
        tail = element.tail or ""
        if (
            not isinstance(element.tag, str)
            or element.tag in {"svg", "style", "nav"}
            or element.get("class") == "backlink"
        ):
            return tail
        if not calls and (element.get("class") or "").startswith("note-"):
            return tail
        inside = (element.text or "") + "".join(map(text, element))
        if element.tag == "br":
            inside = "\n"
        parent = element.getparent()
        if element.tag == "li" and parent.tag == "ol":
            before = sum(1 for _ in element.itersiblings("li", preceding=True))
            inside = f"{int(parent.get('start') or 1) + before}. {inside}"
        return inside + tail if element.tag in _INLINE else f"\n{inside}\n{tail}"

    return text(main)


def pdf_text(data: bytes) -> str:
    """The text of the pages as poppler's and other readers lay it out, without bullets."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return _MARKS.sub("", "\n".join(page.extract_text() or "" for page in pdf.pages))


def word_text(data: bytes) -> str:
    """The text of the body, a line for each paragraph; a numbered one begins with its number."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document, styles, numbering = (
            etree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "styles", "numbering")
        )
    numbers = WordNumbers(styles, numbering)
    lines = []
    for paragraph in document.iter(f"{W}p"):
        number = numbers.next(paragraph)
        words = "".join(
            part.text or "" if part.tag == f"{W}t" else " " for part in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        )
        lines.append(f"{number} {words}" if number and number not in "•–" else words)
    return "\n".join(lines)


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/"))) if element is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


class WordNumbers:
    """Counts the numbered paragraphs of a Word file in their order."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self.styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
        self.lists = {one.get(f"{W}numId"): one for one in numbering.iter(f"{W}num")}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph, "" if it has none; it counts as one more."""
        identity, level = self._place(paragraph)
        if not identity or identity == "0":
            return ""
        own = self.lists[identity]
        abstract = _value(own, "abstractNumId")
        counts = self.counts.setdefault(abstract, {})
        definition = self._level(abstract, level)
        override = next((o for o in own.iter(f"{W}lvlOverride") if o.get(f"{W}ilvl") == str(level)), None)
        start = _value(override, "startOverride")
        if start and (identity, level) not in self.begun:
            counts[level] = int(start)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = int(start or _value(definition, "start") or 1)
        self.begun.add((identity, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        for higher in range(level):
            counts.setdefault(higher, int(_value(self._level(abstract, higher), "start") or 1))
        if (form := _value(definition, "numFmt")) == "bullet":
            return _value(definition, "lvlText")
        assert form == "decimal", f"a number of the form {form}"
        return re.sub(r"%(\d)", lambda match: str(counts[int(match[1]) - 1]), _value(definition, "lvlText"))

    def _place(self, paragraph: Any) -> tuple[str, int]:
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        if direct is not None:
            return _value(direct, "numId"), int(_value(direct, "ilvl") or 0)
        style = self.styles.get(_value(paragraph, "pPr/pStyle"))
        while style is not None:
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                return _value(numbered, "numId"), int(_value(numbered, "ilvl") or 0)
            style = self.styles.get(_value(style, "basedOn"))
        return "", 0

    def _level(self, abstract: str, level: int) -> Any:
        levels = self.abstract[abstract].iter(f"{W}lvl")
        return next((one for one in levels if one.get(f"{W}ilvl") == str(level)), None)


def words(text: str) -> list[str]:
    """The words of a text, for comparing: without the signs that only say where a line may break."""
    return re.sub(r"[\u00ad\u200b\u2060\u2066-\u2069\u200e\u200f\u202a-\u202e]", "", text).split()
