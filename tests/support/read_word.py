"""Read a Word file, for the tests of the Word writer."""

import io
import zipfile

from lxml import etree

from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml.elements import NAMESPACES, name
from tests.support.galley_with_everything import BODY, galley

W = {key: NAMESPACES[key] for key in ("w", "wp", "a", "r")}


class Opened:
    """A parsed Word file: its parts by name, its body, and its styles by id."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {part: archive.read(part) for part in archive.namelist()}
        self.body = self.xml("word/document.xml")[0]
        self.styles = {
            style.get(name("w:styleId")): style for style in self.xml("word/styles.xml").iterfind("w:style", W)
        }

    def xml(self, part: str) -> etree._Element:
        return etree.fromstring(self.parts[part])

    def name_of(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style."""
        return self.styles[style_of(paragraph)].find("w:name", W).get(name("w:val"))

    def paragraphs(self, style: str) -> list[etree._Element]:
        return [p for p in self.body.iter(name("w:p")) if self.name_of(p) == style]

    def contents_list(self) -> list[str]:
        """The lines of the contents list, with a tab between heading and page."""
        lines = [p for p in self.body.iter(name("w:p")) if self.name_of(p).startswith("toc ")]
        return [
            "".join("\t" if part.tag == name("w:tab") else part.text or "" for part in printed(line)) for line in lines
        ]

    def texts(self, style: str) -> list[str]:
        return [words(p) for p in self.paragraphs(style)]

    def running(self) -> dict[str, etree._Element]:
        """The texts of headers and footers by element and type, such as ``headerReference first``."""
        targets = {
            relation.get("Id"): "word/" + relation.get("Target")
            for relation in self.xml("word/_rels/document.xml.rels")
        }
        (section,) = self.body.iter(name("w:sectPr"))
        references = section.xpath("w:headerReference | w:footerReference", namespaces=W)
        return {
            f"{etree.QName(reference).localname} {reference.get(name('w:type'))}": self.xml(
                targets[reference.get(name("r:id"))]
            )
            for reference in references
        }


def style_of(paragraph: etree._Element) -> str:
    return paragraph.find("w:pPr/w:pStyle", W).get(name("w:val"))


def printed(element: etree._Element) -> list[etree._Element]:
    """The texts, tabs and line breaks of an element's runs."""
    parts = element.iter(name("w:t"), name("w:tab"), name("w:br"))
    return [part for part in parts if part.getparent().tag == name("w:r")]


def words(element: etree._Element) -> str:
    """The text of an element, with a space for a tab or line break."""
    return "".join(part.text or "" if part.tag == name("w:t") else " " for part in printed(element))


def word_file(body: str = BODY, **changes: object) -> Opened:
    return Opened(write_docx(galley(body, **changes)).data)


def footnotes(opened: Opened) -> list[str]:
    notes = opened.xml("word/footnotes.xml").findall("w:footnote", W)
    return [words(note).strip() for note in notes if note.get(name("w:type")) is None]
