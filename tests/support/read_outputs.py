"""Read the words of the body and the notes back from HTML, PDF and Word files.

The readers use no knowledge of how the program writes the files. Contents lists, headers and footers, labels and numbers
of charts, and the arrows back from notes are left out, because they are not words of the brief. ``marked`` alone has the
numbers and bullets of lists.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from lxml import etree, html
from pdfminer.utils import decode_text
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from tests.support.word_numbers import WordFields, WordNumbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


class Label(NamedTuple):
    """The alternative text of a figure; HTML has the numbers of a chart in a table."""

    label: tuple[str, ...]
    numbers: tuple[str, ...] = ()


Rows = tuple[tuple[str, ...], ...]
Lines = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Words:
    """Words in reading order: the body, and each note.

    ``calls`` are the numbers of note calls, ``silent`` is the body without them: in Word the call of a quotation beside
    the text is in the paragraph before, because a frame cannot hold it. An extract repeats words of the brief and need
    not be read aloud: ``aloud`` is the body without extracts. ``untagged`` is the text of a PDF that is visible but not
    in the tag tree, without spaces. ``marked`` is the body with the number or bullet of each item of a list, and the calls
    as ``[1]``, of which ``quoted`` are those in quotations; ``marked_notes`` are the notes with their numbers. ``heard`` is that body of an HTML file without extracts and
    with the calls as they stand, and ``lines`` are the lines of a PDF, each with whether it begins a part of the text.
    ``alts`` are the alternative texts of the figures, ``drawn`` the words in the charts of HTML and PDF, and ``charts`` the
    names and the digits of the numbers of those of HTML and Word.
    """

    body: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]
    calls: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    aloud: tuple[str, ...] = ()
    extracts: tuple[tuple[str, ...], ...] = ()
    untagged: str = ""
    marked: tuple[str, ...] = ()
    marked_notes: tuple[tuple[str, ...], ...] = ()
    quoted: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    lines: Lines = ()
    note_lines: tuple[Lines, ...] = ()
    alts: tuple[Label, ...] = ()
    drawn: tuple[str, ...] = ()
    charts: tuple[Rows, ...] = ()


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


#: Private-use characters around extracts, calls and the numbers and bullets of lists, which separate them from the text.
EXTRACT, CALL, MARK = "\ue000", "\ue001", "\ue002"
BULLETS = frozenset("•–◦▪‣-")


def mark(text: str) -> str:
    """The number or bullet of an item, between signs; every bullet is the same."""
    text = text.strip()
    return f" {MARK}{'•' if text in BULLETS else text}{MARK} " if text else ""


def without_marks(text: str) -> str:
    """The text without the numbers and bullets of lists."""
    return re.sub(f"{MARK}[^{MARK}]*{MARK}", "", text)


def with_marks(text: str) -> tuple[str, ...]:
    """The words with the numbers and bullets of lists, and each call as a word of its own, without commas between calls."""
    text = re.sub(
        f"{CALL}([^{CALL}]*){CALL}(?:,(?={CALL}))?", lambda call: f" [{call[1]}] " if call[1] != "," else "", text
    )
    return split(text.replace(MARK, ""))


def without_calls(text: str) -> tuple[str, ...]:
    """The words without calls; a comma between two calls is removed too."""
    return split(re.sub(f"{CALL}[^{CALL}]*{CALL}(?:,(?={CALL}))?", "", text))


# HTML

INLINE = {"strong", "em", "a", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span", "b", "i"}


def read_html(data: bytes) -> Words:
    """The words of ``main``."""
    main = html.document_fromstring(data.decode("utf-8")).find(".//main")
    assert main is not None, "the page has no main part"
    notes: list[str] = []
    extracts: list[tuple[str, ...]] = []
    calls: list[str] = []
    alts: list[Label] = []
    drawn: list[str] = []

    def text(element: Any) -> str:
        if isinstance(element.tag, str) and element.tag in {"img", "svg"}:
            cells = element.xpath("ancestor::figure[1]//table[@class='chart-numbers']//*[self::th or self::td]")
            table = " ".join(cell.text_content() for cell in cells)
            alts.append(Label(split(element.get("alt") or element.get("aria-label") or ""), split(table)))
            drawn.extend(split(" ".join(label.text_content() for label in element.iter("text"))))
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
        if element.tag == "li" and not is_without_bullet(element):
            inside = mark(item_number(element)) + inside
        if "backlink" in classes or "chart-numbers" in classes or element.tag == "nav":
            inside = ""
        elif "notes" in classes:
            notes.extend(
                mark(item_number(item)) + (item.text or "") + "".join(map(text, item)) for item in element.iter("li")
            )
            inside = ""
        elif element.get("aria-hidden") == "true":
            extracts.append(split(without_marks(inside)))
            inside = f"{EXTRACT}{inside}{EXTRACT}"
        if element.tag not in INLINE:
            inside = f" {inside} "
        return inside + (element.tail or "")

    marked = text(main)
    heard = "".join(marked.split(EXTRACT)[::2]).replace(CALL, "")
    marked = marked.replace(EXTRACT, "")
    whole = without_marks(marked)
    return Words(
        split(whole.replace(CALL, "")),
        tuple(split(without_marks(note)) for note in notes),
        tuple(calls),
        without_calls(whole),
        split(without_marks(heard)),
        tuple(extracts),
        marked=with_marks(marked),
        marked_notes=tuple(map(with_marks, notes)),
        quoted=tuple(re.findall(r"\d+", " ".join(main.xpath(".//blockquote//sup[@class='note-call']//text()")))),
        heard=split(heard.replace(MARK, "")),
        alts=tuple(alts),
        drawn=tuple(drawn),
        charts=tuple(map(chart_rows, main.xpath(".//table[@class='chart-numbers']"))),
    )


def chart_rows(table: Any) -> Rows:
    """The numbers of a chart: a row for each category, with its name, after one for the names of several series."""
    heads, *rows = ([cell.text_content() for cell in row] for row in table.iter("tr"))
    names = heads[1:] if len(heads) > 2 else []
    return (tuple(names), *((name, *map(digits, values)) for name, *values in rows))


def digits(text: str) -> str:
    """The digits of a number and its minus sign: separators depend on the language of the reader's Word."""
    kept = (str(unicodedata.digit(c, "")) or ("-" if c in "-−" else "") for c in text)
    return "".join(kept)


def item_number(item: Any) -> str:
    """The number of an item of a list, as a browser prints it, or a bullet."""
    parent = item.getparent()
    if parent.tag != "ol":
        return "•"
    return f"{int(parent.get('start') or 1) + sum(1 for _ in item.itersiblings('li', preceding=True))}."


# Word


def read_docx(data: bytes) -> Words:
    """The words of the main document part, with the number of each note at its call."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    document = parts["word/document.xml"]
    story = _Story(parts["word/styles.xml"], parts.get("word/numbering.xml"), document)
    marked = " ".join(story.paragraphs(document.find(f"{W}body")))
    whole = without_marks(marked)
    order = tuple(story.called)
    notes = {
        note.get(f"{W}id"): " ".join(story.paragraphs(note))
        for note in parts.get("word/footnotes.xml", etree.Element("none"))
    }
    calls = tuple(number for call in whole.split(CALL)[1::2] for number in re.findall(r"\d+", call))
    return Words(
        split(whole.replace(CALL, "")),
        tuple(split(without_marks(notes[number])) for number in order),
        calls,
        without_calls(whole),
        marked=with_marks(marked),
        marked_notes=tuple((f"{place}.", *with_marks(notes[number])) for place, number in enumerate(order, 1)),
        alts=tuple(Label(split(drawing.get("descr") or "")) for drawing in document.iter(f"{WP}docPr")),
        charts=tuple(
            word_chart_rows(parts[name])
            for name in sorted(parts, key=lambda name: (len(name), name))
            if name.startswith("word/charts/chart")
        ),
    )


def word_chart_rows(chart: Any) -> Rows:
    """The numbers of a chart that Word draws, as :func:`chart_rows`."""
    names, columns = [], []
    categories: list[str] = []
    for series in chart.iter(f"{C}ser"):
        names += [value.text or "" for value in series.find(f"{C}tx").iter(f"{C}v")]
        categories = [value.text or "" for value in series.find(f"{C}cat").iter(f"{C}v")]
        numbers = {
            int(point.get("idx")): float(point.findtext(f"{C}v")) for point in series.find(f"{C}val").iter(f"{C}pt")
        }
        form = series.findtext(f"{C}val//{C}formatCode").split(";")[0]
        decimals = len(form.partition(".")[2])
        columns.append(
            [digits(f"{numbers[at]:.{decimals}f}") if at in numbers else "" for at in range(len(categories))]
        )
    return (tuple(names if len(names) > 1 else ()), *zip(categories, *columns, strict=True))


class _Story:
    """Reads the text of paragraphs; ``called`` are the ids of the footnotes in the order of their calls.

    The numbers of paragraphs and the results of fields are those that Word computes.
    """

    ASIDE = frozenset({"pPr", "rPr", "Fallback", "instrText", "del", "drawing"})

    def __init__(self, styles: Any, numbering: Any, document: Any) -> None:
        self.styles = {
            s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val").lower() for s in styles.iter(f"{W}style")
        }
        self.called: list[str] = []
        self.numbers = WordNumbers(styles, numbering) if numbering is not None else None
        self.fields = WordFields(document)
        self.open_fields: list[str | None] = []

    def paragraphs(self, element: Any) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
            elif isinstance(child.tag, str):
                yield from self.paragraphs(child)

    def paragraph(self, element: Any) -> str:
        style = element.find(f"{W}pPr/{W}pStyle")
        name = self.styles.get(style.get(f"{W}val"), "") if style is not None else ""
        number = self.numbers.next(element) if self.numbers is not None else ""
        # The number of a numbered paragraph counts as a word, as in the other formats; that of a list item does not.
        number = "" if name == "key points" else number  # Word keeps their bullets, which no other format has
        words = f"{number if name == 'numbered paragraph' else mark(number)} {''.join(self.inside(element))}"
        return "" if name.startswith("toc ") else words

    def inside(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag == "fldChar":
                yield self.field(child)
            elif tag in {"t", "tab", "br", "cr", "noBreakHyphen"} and any(self.open_fields):
                continue  # the result of the field that the program has written
            elif tag == "t":
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

    def field(self, sign: Any) -> str:
        """The result of a field at its beginning, if Word computes it from the document."""
        if sign.get(f"{W}fldCharType") == "begin":
            result = self.fields.results.get(sign)
            self.open_fields.append(result)
            return f"{CALL}{result}{CALL}" if result and sign in self.fields.calls else result or ""
        if sign.get(f"{W}fldCharType") == "end":
            self.open_fields.pop()
        return ""

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
#: The lower edge of the header of the first page, in pt.
HEADER = 64
FLOWING = {"Span", "NonStruct", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Note", "Lbl", "Sub", "Annot"}


def is_without_bullet(item: Any) -> bool:
    """Whether an item of a web page stands in a list without bullets: key figures, and key points."""
    around = item.getparent()
    if around.tag != "ul":
        return False
    return "key-figures" in (around.get("class") or "") or "key-points" in (around.getparent().get("class") or "")


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
                header = (
                    page.page_number == 1 and char["bottom"] < HEADER
                )  # the marking, which no other format has here
                if char["mcid"] is None or char["tag"] == "Artifact" or header:
                    loose.append(char["text"])
                else:
                    marked.setdefault((page.page_number, char["mcid"]), []).append(char)
        tree = pdf.structure_tree
    assert tree, "the PDF has no tags"
    reader = _Aloud(marked, title)
    for element in tree:
        reader.read(element, ())
    notes = [note.words().replace("↑", " ") for note in reader.notes]
    return Words(
        split(without_marks(reader.body.words())),
        tuple(split(without_marks(note)) for note in notes),
        untagged="".join(loose).replace(" ", ""),
        lines=reader.body.lines(),
        note_lines=tuple(note.lines() for note in reader.notes),
        alts=tuple(reader.alts),
        drawn=split(" ".join(reader.drawn)),
    )


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
        self.alts: list[Label] = []
        self.drawn: list[str] = []
        self.under_title = False

    def read(self, element: Any, above: tuple[str, ...]) -> None:
        kind, children = element.get("type", ""), element.get("children", [])
        lists = [name for name in above if name in {"L", MARKED}]
        if kind == "Figure":
            self.alts.append(Label(split(element.get("alt_text") or "")))
        if kind == "Figure" and not children:
            self.drawn.append(self.alone(element))
        elif kind == "Lbl" and lists[-1:] == [MARKED]:
            self.now.out.append(mark(self.alone(element)))
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

    def alone(self, element: Any) -> str:
        """The words of an element that is not part of the text."""
        before, self.now = self.now, _Flow()
        self.words(element, "Span", ())
        alone, self.now = self.now, before
        return " ".join(line for line, _ in alone.lines())

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
        for kid in in_order(element, page):
            if isinstance(kid, int):
                for char in self.marked.get((page, kid), ()):
                    self.now.char(char, page)
            else:
                self.read(kid, above)
        if kind == "H2" and self.title and sorted("".join(self.now.out[begin:]).strip()) == sorted(self.title):
            self.under_title = True
            del self.now.out[begin:]
        if part:
            self.now.part()


def in_order(element: Any, page: int) -> list[Any]:
    """The numbers of an element's own text, and the elements in it; pdfplumber has lost their order.

    In an element with text of its own, the order is that of the drawing.
    """

    def first(kid: Any, page: int) -> tuple[int, int]:
        page = kid.get("page_number", page)
        own = [(page, number) for number in kid.get("mcids", ())]
        return min(own + [first(child, page) for child in kid.get("children", ())], default=(page, 0))

    numbers, children = list(element.get("mcids", ())), list(element.get("children", ()))
    if not numbers:
        return children
    return sorted([*numbers, *children], key=lambda kid: (page, kid) if isinstance(kid, int) else first(kid, page))


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
                self.out.append("\r")
        self.out.append(char["text"].translate(DIRECTIONS))
        self.last = page, char

    def words(self) -> str:
        """The text, with a space for the end of a line."""
        return " ".join(re.split("[\n\r]", "".join(self.out)))

    def lines(self) -> Lines:
        """The lines as they are drawn, each with whether it begins a part."""
        parts = [part for part in "".join(self.out).replace(MARK, "\n").replace("↑", "").split("\n") if part.strip()]
        return tuple((line, not place) for part in parts for place, line in enumerate(part.split("\r")))
