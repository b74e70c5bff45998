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

from tests.support.word_numbers import WordNumbers

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


def words(text: str) -> list[str]:
    """The words of a text, for comparing: without the signs that only say where a line may break."""
    return re.sub(r"[\u00ad\u200b\u2060\u2066-\u2069\u200e\u200f\u202a-\u202e]", "", text).split()
