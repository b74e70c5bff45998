"""The mapping from the galley to Word: the style of each element and class, and the styles of one document.

The names are Word's (*heading 1*), as in ``base.style_table``. A class has the style of its own name: ``pull-quote`` is
*Pull Quote*. The tables of this module are the exceptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley.tree import Element

from .base.style_table import style_id
from .ooxml.elements import XmlElement, el, name, val

HEADINGS = ("h1", "h2", "h3", "h4")
#: The styles of blocks without a class, and of those whose place decides; the keys are like selectors of CSS.
BLOCK_STYLES: Mapping[str, str] = {
    "h1": "Title",
    "h2": "heading 1",
    "h3": "heading 2",
    "h4": "heading 3",
    "p": "Body Text",
    "li p": "List Continue",
    "dl": "List Continue",
    "dl dt": "Block Title",
    "blockquote": "Quote",
    "pre": "HTML Preformatted",
    "hr": "Rule",
    "caption": "caption",
    "figure": "Figure",
    "figure.wide": "Figure Wide",
    "table": "Brief Table",
    "td": "Table Text",
    ".masthead table": "Masthead",
    ".running table": "Running Line",
    ".masthead figure": "Logo",
    ".fact-box table": "Fact Box",
    ".fact-box figure": "Flag",
    ".sidebar table": "Sidebar Box",
    ".key-points table": "Key Points Box",
    ".contents p": "TOC Heading",
    ".contents li": "toc 1",
    ".contents li li": "toc 2",
    ".glossary h2": "Side Title",
    ".new-page h2": "Sheet Heading",
    ".meeting-sheet dl": "Sheet Side",
    ".notes li": "footnote text",
}
#: The styles of lists without a class, on their first level; on level 2 it is *List Bullet 2*, and so on.
LIST_STYLES: Mapping[str, str] = {"ul": "List Bullet", "ol": "List Number"}
#: The character styles of inline elements, with or without a class.
INLINE_STYLES: Mapping[str, str] = {"code": "HTML Code", "sup": "Superscript", "sub": "Subscript"}
#: Classes of containers and lists that name a part of the brief, not a style.
UNSTYLED_CLASSES = frozenset({"annex", "glossary", "masthead", "meeting-sheet", "objectives", "section"})
#: The styles of bulleted lists in sections and boxes that have their own.
LISTS_INSIDE: Mapping[str, str] = {
    "key-points": "Key Points",
    "further-reading": "Further Reading",
    "sidebar": "Sidebar List",
}
#: The ids of the styles of running text, which can take the note call of a quotation beside it.
RUNNING_TEXT = frozenset(
    map(
        style_id,
        (
            "Body Text", "Body Text After Table", "Numbered Paragraph", "List Bullet", "List Bullet 2", "List Bullet 3",
            "List Number", "List Number 2", "List Number 3", "List Continue",
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairStyles:
    """The styles of a list of pairs; if term and text share a line, ``term`` is a character style."""

    text: str
    term: str
    same_line: bool = True


PAIR_STYLES: Mapping[str, PairStyles] = {
    "timeline": PairStyles("Timeline", "Timeline Date"),
    "people": PairStyles("People", "Person Name"),
    "meeting-details": PairStyles("Meeting Details", "Detail Label"),
    "abbreviations": PairStyles("Abbreviations", "Abbreviation"),
    "if-raised": PairStyles("If Raised", "Topic", same_line=False),
    "facts": PairStyles("Fact Value", "Fact Label", same_line=False),
    "facts-in-text": PairStyles("Fact Value In Text", "Fact Label In Text", same_line=False),
}


@dataclass(frozen=True, slots=True)
class QuoteStyles:
    """The styles of a quotation and its attribution, in the side column and in the text."""

    side: str
    text: str
    text_attribution: str
    side_attribution: str = "Pull Quote Attribution"


QUOTE_STYLES: Mapping[str, QuoteStyles] = {
    "pull-quote": QuoteStyles("Pull Quote", "Intense Quote", "Attribution"),
    "extract": QuoteStyles("Extract", "Extract In Text", "Extract In Text"),
}
#: The ids of all styles of quotations.
QUOTATIONS = frozenset(
    style_id(style)
    for kind in QUOTE_STYLES.values()
    for style in (kind.side, kind.side_attribution, kind.text, kind.text_attribution, BLOCK_STYLES["blockquote"])
)


def style_name(class_name: str) -> str:
    """The Word name of a class's style: ``pull-quote`` is *Pull Quote*."""
    return " ".join(word[:1].upper() + word[1:] for word in class_name.replace("_", "-").split("-"))


def block_style(element: Element, inherited: str = "") -> str:
    """The style of a block: that of its class, else the inherited one or that of its tag."""
    return style_name(element.style) if element.style else inherited or BLOCK_STYLES[element.tag]


def container_style(element: Element, inherited: str) -> str:
    """The style that the paragraphs in a container have: that of its class, else the inherited one."""
    return style_name(element.style) if element.style and element.style not in UNSTYLED_CLASSES else inherited


def list_style(element: Element, inherited: str) -> str:
    """The style of a list's items on its first level; ``inherited`` is that of the list or box around it."""
    if element.tag == "ol":
        return LIST_STYLES["ol"]
    return container_style(element, inherited if inherited not in {"", LIST_STYLES["ol"]} else LIST_STYLES["ul"])


def pair_styles(element: Element) -> PairStyles:
    """The styles of a list of pairs."""
    return PAIR_STYLES.get(element.style) or PairStyles(block_style(element), BLOCK_STYLES["dl dt"], same_line=False)


def emphasis_style(*, bold: bool, italic: bool, cited: bool) -> str:
    """The character style of emphasis and of the title of a work; empty for plain text."""
    if bold:
        return "Intense Emphasis" if italic or cited else "Strong"
    return "Emphasis" if italic else "HTML Cite" if cited else ""


def cell_style(element: Element, *, head: bool) -> str:
    """The style of a table cell's paragraphs, by the alignment of its column."""
    align = next((align for align in ("number", "centre") if align in element.classes), "")
    if head:
        return f"Table Head {align.title()}".rstrip()
    return f"Table {align.title()}" if align else BLOCK_STYLES["td"]


class Styles:
    """The styles of one document. For a class without a style it adds one, based on *Body Text*, and a warning."""

    def __init__(self, part: XmlElement) -> None:
        self._part = part
        self._ids: dict[tuple[str, str], str] = {}
        self.diagnostics: list[Diagnostic] = []
        for style in part.iterfind(name("w:style")):
            if style.find(name("w:name")) is not None:
                key = (style.get(name("w:type")) or "", val(style, "w:name").lower())
                self._ids[key] = style.get(name("w:styleId")) or ""

    def has(self, style: str) -> bool:
        """Whether the document has the paragraph style of that name."""
        return ("paragraph", style.lower()) in self._ids

    def paragraph(self, style: str, *, based: str = "Body Text") -> str:
        """The id of a paragraph style, by its name in Word."""
        found = self._ids.get(("paragraph", style.lower()))
        return found if found is not None else self._create("paragraph", style, self.paragraph(based))

    def character(self, style: str) -> str:
        """The id of a character style by its name, or of the character style linked to a paragraph style."""
        for label in (style, f"{style} Char"):
            found = self._ids.get(("character", label.lower()))
            if found is not None:
                return found
        return self._create("character", style if not self.has(style) else f"{style} Char", "DefaultParagraphFont")

    def table(self, style: str) -> str:
        """The id of a table style, by its name in Word; that of tables without a class if there is none."""
        return self._ids.get(("table", style.lower())) or style_id(BLOCK_STYLES["table"])

    def _create(self, kind: str, style: str, based: str) -> str:
        taken = {identity.lower() for identity in self._ids.values()}
        identity = ascii_style_id(style)
        while identity.lower() in taken:
            identity += "A"
        properties = (el("w:name", val=style), el("w:basedOn", val=based), el("w:uiPriority", val=50), el("w:qFormat"))
        self._part.append(el("w:style", *properties, type=kind, customStyle=1, styleId=identity))
        self._ids[kind, style.lower()] = identity
        class_name = style.lower().replace(" ", "-")
        base = "Body Text" if kind == "paragraph" else "the text around it"
        self.diagnostics.append(
            Diagnostic(
                "unknown-style",
                f"the theme has no style '{class_name}'; in Word it looks like {base}",
                Severity.WARNING,
                help=f"add '{class_name}' under 'styles' in the theme's theme.yaml, or use a class that is there",
            )
        )
        return identity


def ascii_style_id(style: str) -> str:
    """The id of a style with a name of any characters, from its ASCII letters and digits; may be taken already."""
    return style_id("".join(c if c.isascii() and c.isalnum() else " " for c in style)) or "Style"
