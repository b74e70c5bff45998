"""The Word press: what an expert who opens the file would look at."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from briefing.charts import Numbers
from briefing.diagnostics import Severity
from briefing.galley import Running, parse_markup
from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml import NAMESPACES, name
from briefing.writers.docx.prune import KEPT
from tests.docx_brief import BODY, call, galley

ROOT = Path(__file__).resolve().parent.parent
W = {key: NAMESPACES[key] for key in ("w", "wp", "a", "r")}


class Opened:
    """A Word file, opened: its parts by name, its story, and its styles by id."""

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

    def texts(self, style: str) -> list[str]:
        return [words(p) for p in self.paragraphs(style)]

    def running(self) -> dict[str, etree._Element]:
        """Heads and feet by kind and place: ("headerReference", "first")."""
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


def words(element: etree._Element) -> str:
    """The words of an element, a tab and a new line as a space."""
    parts = {name("w:t"): lambda e: e.text or "", name("w:tab"): lambda _: " ", name("w:br"): lambda _: " "}
    return "".join(parts[part.tag](part) for part in element.iter(*parts) if part.getparent().tag == name("w:r"))


def press(body: str = BODY, **changes: object) -> Opened:
    return Opened(write_docx(galley(body, **changes)).data)


@pytest.fixture(scope="module")
def brief() -> Opened:
    return press()


# Styles ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("Title", "Kazakhstan: many vectors, one policy"),
        ("heading 1", "Principles and priorities (OFFICIAL)"),
        ("heading 2", "Neighbours"),
        ("heading 3", "In order"),
        ("List Bullet", "Russia: long-standing historical ties and a vast shared border."),
        ("List Bullet 2", "The longest land border"),
        ("List Continue", "Its pursuit of energy security goes on."),
        ("List Number", "First"),
        ("List Number 2", "Under the second"),
        ("Quote", "A quotation in the text, in a block of its own."),
        ("Pull Quote", "“It is charting a course for a bright and promising future.”"),
        ("Pull Quote Attribution", "Robert O. Blake, Assistant Secretary of State, 20 January 2010"),
        ("caption", "Table 1 Memberships"),
        ("Key Points", "In the chair of the OSCE in 2010."),
        ("Fact Label", "Capital"),
        ("Fact Value", "Astana"),
        ("Timeline", "20 January 2010 Remarks in Washington."),
        ("Abbreviations", "OSCE Organization for Security and Co-operation in Europe"),
        ("Sidebar List", "Belarus"),
        ("Sheet Heading", "Call on the Minister of Foreign Affairs"),
        ("Sheet Side", "When Wednesday, 12 October 2016, 10:30"),
        ("Points To Make", "We hope to work together."),
        ("Background", "Background that is not for saying aloud."),
        ("HTML Preformatted", "A\u00a0\u00a0table in\u00a0type"),
    ],
)
def test_each_element_is_set_in_the_style_that_it_names(brief, style, text):
    assert text in brief.texts(style)


def test_words_style_names_are_words_own_and_the_others_say_that_they_are_not():
    ours = {"Summary", "Pull Quote", "Fact Box", "Key Points", "Portion Mark"}
    built_in = {
        "Normal",
        "Title",
        "heading 1",
        "caption",
        "List Bullet",
        "footnote text",
        "footnote reference",
        "Hyperlink",
        "Strong",
    }
    custom = {
        style.find("w:name", W).get(name("w:val")): style.get(name("w:customStyle")) == "1"
        for style in press().styles.values()
    }
    assert [style for style in ours if not custom[style]] == []
    assert [style for style in built_in if custom[style]] == []


#: What a paragraph, a run or a table may say for itself, since no style can know it; and why.
DIRECT = {
    "pPr": {
        "pStyle": "the style itself",
        "keepNext": "which rows and lines stay with the next one",
        "framePr": "a frame beside the text; LibreOffice sees none in a style",
        "numPr": "the list that an item belongs to, and its depth",
        "bidi": "the direction of a paragraph in another script",
        "pageBreakBefore": "a page break that the content asks for",
    },
    "rPr": {
        "rStyle": "the style itself",
        "lang": "the language of foreign words",
        "rtl": "their direction",
        "b": "emphasis in words that have a style already: a run has one alone",
        "bCs": "the same in complex scripts",
        "i": "as for b",
        "iCs": "as for b",
        "noProof": "a watermark, which no speller reads; Word writes it so",
    },
    "tblPr": {
        "tblStyle": "the style itself",
        "tblpPr": "the place of what floats",
        "tblOverlap": "the same",
        "bidiVisual": "the direction of the columns",
        "tblW": "how wide the table is",
        "tblInd": "how far a wide one reaches over the column",
        "tblLayout": "the widths are those of the grid",
        "tblLook": "whether there is a head",
        "tblCaption": "words for the ear",
        "tblDescription": "words for the ear",
    },
    "trPr": {
        "cantSplit": "whether a row is short enough to stay whole",
        "tblHeader": "the head comes again on each page",
    },
    "tcPr": {"tcW": "the width of a cell", "gridSpan": "cells over columns", "vMerge": "cells over rows"},
}


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_looks_come_from_styles_alone(theme):
    """In the text, the notes, the heads and the feet."""
    opened = press(theme=load_theme(theme), labels={"draft": "Draft"})
    stories = [part for part in opened.parts if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", part)]
    assert len(stories) == 6
    found = [p for part in stories for p in opened.xml(part).iter(*(name(f"w:{tag}") for tag in DIRECT))]
    assert len(found) > 250
    for properties in found:
        styled = properties.find("w:rStyle", W)
        if styled is not None and styled.get(name("w:val")) == "NoteAnchor":
            continue  # LibreOffice gives a call its own style; see the decision on the fact box
        note = next(properties.iterancestors(name("w:footnote")), None)
        if note is not None and note.get(name("w:type")):
            continue  # the rule above the notes, as Word writes it
        said = {etree.QName(child).localname for child in properties}
        assert said <= set(DIRECT[etree.QName(properties).localname])


def test_emphasis_is_a_character_style(brief):
    runs = {words(run): run.find("w:rPr/w:rStyle", W) for run in brief.body.iter(name("w:r"))}
    assert runs["Multi-vector policy:"].get(name("w:val")) == "Emphasis"
    assert runs["strong and "].get(name("w:val")) == "Strong"
    assert runs["lasting"].get(name("w:val")) == "IntenseEmphasis"
    assert runs["The Times"].get(name("w:val")) == "HTMLCite"


def test_a_class_that_the_theme_lacks_gets_a_style_and_a_warning():
    pressed = write_docx(
        galley('<h1>Title</h1><div class="weather-box"><p>Rain.</p></div><p class="weather-box">Snow.</p>')
    )
    opened = Opened(pressed.data)
    assert opened.texts("Weather Box") == ["Rain.", "Snow."]
    (style,) = [s for s in opened.styles.values() if s.find("w:name", W).get(name("w:val")) == "Weather Box"]
    assert style.find("w:basedOn", W).get(name("w:val")) == "BodyText"
    (warning,) = pressed.diagnostics
    assert warning.severity is Severity.WARNING
    assert "weather-box" in warning.message


def test_the_shipped_templates_need_no_style_that_is_missing():
    assert write_docx(galley()).diagnostics == ()


def test_nothing_of_a_foreign_template_is_left(brief):
    assert "docProps/thumbnail.jpeg" not in brief.parts
    names = {style.find("w:name", W).get(name("w:val")) for style in brief.styles.values()}
    assert not {"Light Shading", "Medium Grid 1", "Colorful List", "macro", "List 2"} & names
    assert all(b"python-docx" not in data for data in brief.parts.values())
    settings = brief.xml("word/settings.xml")
    (mode,) = settings.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val", namespaces=W)
    assert mode == "15"
    assert b"updateFields" not in brief.parts["word/settings.xml"]


def test_only_styles_that_serve_are_written():
    """What the brief uses, what that stands on, and a few for somebody who goes on writing."""
    for body in (BODY, "<h1>Title</h1><p>Text.</p>"):
        opened = press(body)
        parts = [opened.xml(part) for part in opened.parts if re.fullmatch(r"word/(document|foot|head)\w*\.xml", part)]
        used = {
            use.get(name("w:val"))
            for part in parts
            for use in part.iter(*map(name, ("w:pStyle", "w:rStyle", "w:tblStyle")))
        }
        grounds = {ground.get(name("w:val")) for s in opened.styles.values() for ground in s.iterfind("w:basedOn", W)}
        names = {i: s.find("w:name", W).get(name("w:val")) for i, s in opened.styles.items()}
        idle = {
            names[i] for i, s in opened.styles.items() if i not in used | grounds and s.get(name("w:default")) != "1"
        }
        assert used <= set(names)
        assert idle <= KEPT
        assert len(KEPT) < 25
        lists = {
            n.get(name("w:val")) for part in [*parts, opened.xml("word/styles.xml")] for n in part.iter(name("w:numId"))
        }
        assert {n.get(name("w:numId")) for n in opened.xml("word/numbering.xml").iterfind("w:num", W)} == lists
    assert len(names) < 45
    assert {"heading 1", "heading 2", "List Bullet", "List Number", "Quote", "caption", "Strong"} <= set(names.values())


def test_the_theme_gives_colours_and_faces(brief):
    theme = brief.parts["word/theme/theme1.xml"].decode()
    assert "1F4E79" in theme
    assert "Source Serif 4" in theme
    assert '<w:altName w:val="Cambria"/>' in brief.parts["word/fontTable.xml"].decode()


# Words ----------------------------------------------------------------------------------------------------------------


def plain_words(element) -> list[str]:
    """The words of the galley, without notes and ways back."""
    if isinstance(element, str):
        return [element]
    if element.style in {"note-call", "notes"} or element.tag == "svg":
        return []
    out = [word for child in element.children for word in plain_words(child)]
    return (
        out
        if element.tag in {"span", "em", "strong", "a", "cite", "time", "sub", "sup", "abbr", "code"}
        else [" ", *out, " "]
    )


def test_the_words_stand_in_the_order_of_the_galley():
    brief = press()
    wanted = "".join(word for top in galley().body for word in plain_words(top)).split()
    paragraphs = []
    for paragraph in brief.body.iter(name("w:p")):
        for number in paragraph.xpath(".//w:r[w:rPr/w:rStyle/@w:val='FootnoteReference']", namespaces=W):
            number.getparent().remove(number)
        paragraphs.append(words(paragraph))
    assert len(wanted) > 300
    assert " ".join(paragraphs).split() == wanted


def test_spaces_are_set_as_a_browser_sets_them():
    opened = press("<p>One\n   two <strong> three</strong> four<br/> five </p>")
    assert opened.texts("Body Text") == ["One two three four five"]


def test_words_among_blocks_are_a_paragraph_of_their_own():
    assert press("<div>Loose <em>words</em><p>A paragraph.</p>more</div>").texts("Body Text") == [
        "Loose words",
        "A paragraph.",
        "more",
    ]


# Notes and references -------------------------------------------------------------------------------------------------


def footnotes(opened: Opened) -> list[str]:
    notes = opened.xml("word/footnotes.xml").findall("w:footnote", W)
    return [words(note).strip() for note in notes if note.get(name("w:type")) is None]


def test_sources_are_native_footnotes_in_the_order_of_their_first_calls(brief):
    assert [note.split(",")[0] for note in footnotes(brief)] == [
        "Central Intelligence Agency", "United Nations", "Embassy of Kazakhstan", "Robert O. Blake",
    ]  # fmt: skip
    calls = [call.get(name("w:id")) for call in brief.body.iter(name("w:footnoteReference"))]
    assert calls == ["1", "2", "3", "4"]
    assert "Sources" not in brief.texts("heading 1")
    assert all("↑" not in note for note in footnotes(brief))


def test_a_source_cited_again_is_a_reference_to_its_note(brief):
    codes = [code.text.strip() for code in brief.body.iter(name("w:instrText"))]
    again = [code for code in codes if code.startswith("NOTEREF")]
    assert len(again) == 7  # all three in the fact box, three more of the embassy, one in the sidebar
    marks = {mark.get(name("w:name")) for mark in brief.body.iter(name("w:bookmarkStart"))}
    assert {code.split()[1] for code in again} <= marks


def test_links_in_footnotes_are_the_footnotes_own(brief):
    relations = brief.parts["word/_rels/footnotes.xml.rels"].decode()
    assert "https://www.example.org/un" in relations
    assert "https://www.example.org/un" not in brief.parts["word/_rels/document.xml.rels"].decode()


def test_what_floats_holds_no_footnote(brief):
    """LibreOffice drops a footnote from a frame, and lets no table float that holds one."""
    floating = brief.body.xpath("//w:tbl[w:tblPr/w:tblpPr] | //w:p[w:pPr/w:framePr]", namespaces=W)
    assert len(floating) >= 3
    assert [e for e in floating if e.findall(".//w:footnoteReference", W)] == []


def test_fields_are_closed_and_filled(brief):
    opened = closed = 0
    for part in (
        p for p in brief.parts if re.match(r"word/(document|header|footer|footnotes)", p) and p.endswith(".xml")
    ):
        kinds = [char.get(name("w:fldCharType")) for char in brief.xml(part).iter(name("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
        opened += kinds.count("begin")
        closed += kinds.count("end")
    assert opened == closed > 10
    assert b"w:dirty" not in brief.parts["word/document.xml"]


def test_captions_count_themselves_and_references_repeat_them(brief):
    codes = [code.text.strip() for code in brief.body.iter(name("w:instrText"))]
    assert [code for code in codes if code.startswith("SEQ")] == [
        r"SEQ Table \* ARABIC", r"SEQ Figure \* ARABIC", r"SEQ Figure \* ARABIC",
    ]  # fmt: skip
    references = [code.split()[1] for code in codes if code.startswith("REF")]
    assert references == ["_Ref_memberships", "_Ref_osce", "_Ref_trade"]
    marks = [mark.get(name("w:name")) for mark in brief.body.iter(name("w:bookmarkStart"))]
    assert set(references) <= set(marks)
    assert len(marks) == len(set(marks))
    links = brief.body.xpath("//w:hyperlink[@w:anchor]", namespaces=W)
    assert [words(link) for link in links] == ["the milestones"]


def test_content_never_stands_in_a_field():
    body = '<table class="brief-table" id="x"><caption><span class="caption-label" data-count="table">INCLUDETEXT "C:\\x" 1</span> T</caption><tbody><tr><td>1</td></tr></tbody></table>'
    codes = [code.text for code in press(body).body.iter(name("w:instrText"))]
    assert codes == [r" SEQ Table \* ARABIC "]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", r"\\server\share", "ftp://example.org"]
)
def test_a_link_that_should_not_be_followed_is_words(address):
    pressed = write_docx(galley(f'<p>See <a href="{address}">this</a>.</p>'))
    opened = Opened(pressed.data)
    assert opened.texts("Body Text") == ["See this."]
    assert address.encode() not in b"".join(opened.parts.values())
    assert [d.code for d in pressed.diagnostics] == ["link-left-out"]


# The page -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [("A4", ("11906", "16838")), ("Letter", ("12240", "15840"))])
def test_the_text_column_is_the_pdfs(paper, size):
    section = press(paper=paper).body.find("w:sectPr", W)
    page, margins = section.find("w:pgSz", W), section.find("w:pgMar", W)
    assert (page.get(name("w:w")), page.get(name("w:h"))) == size
    text = int(size[0]) - int(margins.get(name("w:left"))) - int(margins.get(name("w:right")))
    assert text / 1440 * 25.4 == pytest.approx(116, abs=0.1)


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_on_letter_the_side_column_takes_what_is_left_over(theme):
    opened = press(paper="Letter", theme=load_theme(theme))
    (box,) = opened.body.xpath("//w:tbl[w:tblPr/w:tblpPr]", namespaces=W)
    start = int(box.find("w:tblPr/w:tblpPr", W).get(name("w:tblpX"))) / 1440 * 25.4
    width = int(box.find("w:tblPr/w:tblW", W).get(name("w:w"))) / 1440 * 25.4
    margins = opened.body.find("w:sectPr/w:pgMar", W)
    far = int(margins.get(name("w:left" if theme == "chancery" else "w:right"))) / 1440 * 25.4
    side = {"standard": 46, "chancery": 40}[theme] + 5.9
    assert width == pytest.approx(side, abs=0.1)
    assert far == pytest.approx(side + {"standard": 8, "chancery": 7}[theme] + 20, abs=0.1)
    assert start == pytest.approx(20 if theme == "chancery" else 144, abs=0.1)


def test_the_fact_box_floats_beside_the_text(brief):
    (box,) = brief.body.xpath("//w:tbl[w:tblPr/w:tblpPr]", namespaces=W)
    place = box.find("w:tblPr/w:tblpPr", W)
    assert int(place.get(name("w:tblpX"))) / 1440 * 25.4 == pytest.approx(144, abs=0.1)
    assert place.get(name("w:horzAnchor")) == "page"
    width = box.find("w:tblPr/w:tblW", W).get(name("w:w"))
    assert [column.get(name("w:w")) for column in box.iter(name("w:gridCol"))] == [width]
    assert int(width) / 1440 * 25.4 == pytest.approx(46, abs=0.1)
    assert box.find("w:tblPr/w:tblCaption", W).get(name("w:val")) == "At a glance"
    assert "Population" in box.find("w:tblPr/w:tblDescription", W).get(name("w:val"))
    rows = box.findall("w:tr", W)
    assert len(rows) == 1 + 1 + 8  # its title, the flag, eight facts
    assert rows[0].find("w:trPr/w:tblHeader", W) is not None
    assert [brief.name_of(p) for p in rows[2].iter(name("w:p"))] == ["Fact Label", "Fact Value"]


def box_of(facts: int, *, summary: int = 120, title: str = "At a glance") -> str:
    """A brief that begins with a long summary and a fact box with so many facts, and ends with its sources."""
    pairs = "".join(
        f"<div><dt>Fact {n}</dt><dd>A value of some words, which fill two lines{call('factbook', 1, n)}</dd></div>"
        for n in range(1, facts + 1)
    )
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    return (
        f'<h1>Kazakhstan</h1><p class="summary">{"balance " * summary}</p><aside class="fact-box"><p class="fact-box-title">'
        f'{title}</p><dl class="facts">{pairs}</dl></aside><section><h2>Heading</h2><p>Text.</p></section>{notes}'
    )


def test_a_fact_box_taller_than_what_is_left_of_the_page_stands_in_the_text_and_may_break():
    assert len(press(box_of(5)).body.findall(".//w:tblpPr", W)) == 1
    assert len(press(box_of(10, summary=20)).body.findall(".//w:tblpPr", W)) == 1
    opened = press(box_of(25))
    assert opened.body.findall(".//w:tblpPr", W) == []
    (box,) = opened.body.findall("w:tbl", W)
    assert box.find("w:tblPr/w:tblStyle", W).get(name("w:val")) == "FactBox"
    assert box.find("w:tblPr/w:tblCaption", W).get(name("w:val")) == "At a glance"
    assert "Fact 25" in box.find("w:tblPr/w:tblDescription", W).get(name("w:val"))
    assert int(box.find("w:tblPr/w:tblW", W).get(name("w:w"))) / 1440 * 25.4 == pytest.approx(116, abs=0.1)
    title, *facts = box.findall("w:tr", W)
    assert title.find("w:trPr/w:tblHeader", W) is not None
    assert [[words(cell).split(",")[0] for cell in row.findall("w:tc", W)] for row in facts] == [
        [f"Fact {n}", "A value of some words"] for n in range(1, 26)
    ]
    # A row whose words keep with the next row keeps the whole box on one page.
    for paragraph in (p for row in facts for p in row.iter(name("w:p"))):
        assert paragraph.find("w:pPr/w:keepNext", W) is None
        assert opened.styles[style_of(paragraph)].find("w:pPr/w:keepNext", W) is None
    assert len(box.findall(".//w:footnoteReference", W)) == 1


def test_a_row_that_is_repeated_on_each_page_holds_no_footnote():
    opened = press(box_of(25, title=f"At a glance{call('election', 1)}"))
    (box,) = opened.body.findall("w:tbl", W)
    assert "1" in words(box.find("w:tr", W))
    assert box.find("w:tr", W).find(".//w:footnoteReference", W) is None
    assert box.getprevious().find(".//w:footnoteReference", W).get(name("w:id")) == "1"
    assert [note.split(",")[0] for note in footnotes(opened)] == ["United Nations", "Central Intelligence Agency"]


def test_a_pull_quote_stands_in_a_frame_and_its_note_before_it(brief):
    quote, attribution = brief.paragraphs("Pull Quote") + brief.paragraphs("Pull Quote Attribution")
    frames = [p.find("w:pPr/w:framePr", W) for p in (quote, attribution)]
    assert [int(frame.get(name("w:x"))) / 1440 * 25.4 for frame in frames] == pytest.approx([144, 144], abs=0.1)
    before = quote.getprevious()
    assert before.find(".//w:footnoteReference", W).get(name("w:id")) == "4"


SHEET = """<section class="meeting-sheet"><h2>Call on the Minister</h2>
  <dl class="meeting-details"><div><dt>When</dt><dd>12 October 2016</dd></div></dl>
  <h3>For them</h3><dl class="people"><div><dt>Erlan Idrissov</dt><dd>Minister of Foreign Affairs.{call}</dd></div></dl>
  <h3>Objectives</h3><ul class="objectives"><li>Learn what Astana wants.</li></ul></section>"""


def framed(opened: Opened) -> list[str]:
    return [words(p) for p in opened.body.iter(name("w:p")) if p.find("w:pPr/w:framePr", W) is not None]


def test_time_place_and_people_stand_beside_the_points_of_a_meeting():
    opened = press("<p>Before.</p>" + SHEET.replace("{call}", ""))
    assert framed(opened) == [
        "When 12 October 2016", "For them", "Erlan Idrissov Minister of Foreign Affairs.",
    ]  # fmt: skip
    assert opened.texts("heading 2") == ["For them", "Objectives"]
    order = [words(p) for p in opened.body.iter(name("w:p"))]
    assert order.index("Call on the Minister") < order.index("For them") < order.index("Learn what Astana wants.")


@pytest.mark.parametrize("why", ["a note", "no side column", "too many people"])
def test_the_people_of_a_meeting_stand_in_the_text_where_they_must(why):
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    person = "<div><dt>Somebody</dt><dd>Head of an office with a long name, in a city of some size.</dd></div>"
    sheet = SHEET.replace("{call}", call("blake", 1) if why == "a note" else "")
    sheet = sheet.replace("</dl>\n  <h3>Obj", person * 30 + "</dl>\n  <h3>Obj") if why == "too many people" else sheet
    theme = load_theme("standard")
    if why == "no side column":
        theme = replace(theme, measures=replace(theme.measures, text=170.0, gutter=0.0, side=0.0))
    opened = press("<p>Before.</p>" + sheet + notes, theme=theme)
    assert framed(opened) == []
    assert "Erlan Idrissov Minister of Foreign Affairs." in opened.texts("People")


def test_a_short_list_of_abbreviations_stays_together_under_a_small_title():
    entries = "".join(f"<div><dt>A{n}</dt><dd>Abbreviation {n}</dd></div>" for n in range(12))
    body = '<section class="glossary"><h2>Abbreviations</h2><dl class="abbreviations">{}</dl></section><p>End.</p>'
    short = press(body.format(entries[: entries.index("<div><dt>A3")]))
    assert short.texts("Side Title") == ["Abbreviations"]
    assert short.styles["SideTitle"].find("w:pPr/w:outlineLvl", W).get(name("w:val")) == "0"
    kept = [p.find("w:pPr/w:keepNext", W) is not None for p in short.paragraphs("Abbreviations")]
    assert kept == [True, True, False]
    assert press(body.format(entries)).texts("heading 1") == ["Abbreviations"]
    # Where the brief begins a page with it, it has the heading that does so.
    assert press(f'<p>Text.</p><hr class="page-break"/>{body.format(entries)}').texts("Sheet Heading") == [
        "Abbreviations"
    ]


def test_a_quotation_that_would_meet_the_fact_box_stays_in_the_column():
    quote = '<blockquote class="pull-quote"><p>“Early.”</p><p class="attribution">A. Speaker</p></blockquote>'
    early = BODY.replace("<p>Kazakhstan (<span", quote + "<p>Kazakhstan (<span", 1)
    opened = press(early)
    assert opened.texts("Intense Quote") == ["“Early.”"]
    assert opened.texts("Attribution") == ["A. Speaker"]


def test_a_note_hangs_on_no_heading():
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    quote = f'<blockquote class="pull-quote"><p>“Now.”</p><p class="attribution">A. Speaker{call("blake", 1)}</p></blockquote>'
    opened = press(f"<section><h2>Heading</h2>{quote}<p>{'Text that runs on beside it. ' * 30}</p></section>{notes}")
    assert opened.texts("Intense Quote") == ["“Now.”"]
    (heading,) = opened.paragraphs("heading 1")
    assert heading.find(".//w:footnoteReference", W) is None
    assert opened.paragraphs("Attribution")[0].find(".//w:footnoteReference", W) is not None


def in_a_row(text: int, *, kind: str, before: str = "") -> Opened:
    """Beside a fact box: so many sentences, a long quotation without a source, one with a source, text that runs on."""
    box, end, _ = box_of(8, summary=10).partition("</aside>")
    first = f'<blockquote class="{kind}"><p>{"Twice in a row. " * 20}</p></blockquote>'
    said = f'<blockquote class="pull-quote"><p>“Now.”</p><p class="attribution">A. Speaker{call("blake", 2)}</p></blockquote>'
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    return press(
        f"{box}{end}<section><h2>Heading</h2><p>{'Running text. ' * text}</p>{before}{first}{said}"
        f"<p>{'Text that runs on beside it. ' * 60}</p></section>{notes}"
    )


@pytest.mark.parametrize(("kind", "in_text"), [("extract", "Extract In Text"), ("pull-quote", "Intense Quote")])
def test_a_note_hangs_on_the_text_and_on_no_quotation_between(kind, in_text):
    """Where the first quotation stands in the column and ends below the fact box, the second stands beside the text."""
    pressed = [in_a_row(text, kind=kind) for text in range(20, 400, 30)]
    found = [o for o in pressed if o.texts("Pull Quote") == ["“Now.”"] and len(o.texts(in_text)) == 1]
    assert found
    for opened in found:
        (carrier,) = opened.body.xpath("//w:p[.//w:footnoteReference[@w:id='2']]", namespaces=W)
        assert words(carrier).startswith("Running text.")
        assert opened.paragraphs(in_text)[0].find(".//w:footnoteReference", W) is None


@pytest.mark.parametrize(
    "before", ["<h3>Another</h3>", '<hr class="page-break"/>', "<table><tr><td>1</td></tr></table>"]
)
def test_a_note_is_not_moved_over_a_heading_a_page_or_a_table(before):
    pressed = [in_a_row(text, kind="extract", before=before) for text in range(20, 400, 60)]
    for opened in pressed:
        (carrier,) = opened.body.xpath("//w:p[.//w:footnoteReference[@w:id='2']]", namespaces=W)
        assert opened.name_of(carrier) == "Attribution"
        assert opened.texts("Intense Quote") == ["“Now.”"]


def test_the_second_of_two_quotations_stands_in_the_column_with_its_own_note():
    quotes = "".join(
        f'<blockquote class="pull-quote"><p>“{said}”</p><p class="attribution">A. Speaker{call(key, number)}</p></blockquote>'
        for said, key, number in (("One.", "blake", 1), ("Two.", "election", 2))
    )
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    opened = press(f"<section><h2>H</h2><p>Before.</p>{quotes}<p>{'Runs on. ' * 200}</p></section>{notes}")
    assert opened.texts("Pull Quote") == ["“One.”"]
    assert opened.texts("Intense Quote") == ["“Two.”"]
    carriers = {
        words(p): [call.get(name("w:id")) for call in p.iter(name("w:footnoteReference"))]
        for p in opened.body.iter(name("w:p"))
    }
    assert carriers["Before."] == ["1"]
    assert [p.find(".//w:footnoteReference", W).get(name("w:id")) for p in opened.paragraphs("Attribution")] == ["2"]


def test_a_theme_may_set_the_side_column_before_the_text():
    theme = load_theme("chancery")
    assert theme.options["side_column"] == "before"
    opened = press(theme=theme)
    measures = theme.measures
    margin = int(opened.body.find("w:sectPr/w:pgMar", W).get(name("w:left"))) / 1440 * 25.4
    assert margin == pytest.approx(measures.sides + measures.side + measures.gutter, abs=0.1)
    (box,) = opened.body.iter(name("w:tblpPr"))
    assert int(box.get(name("w:tblpX"))) / 1440 * 25.4 == pytest.approx(measures.sides, abs=0.1)
    outdents = [int(i.get(name("w:w"))) for i in opened.body.iter(name("w:tblInd"))]
    assert [o / 1440 * 25.4 for o in outdents] == pytest.approx([-(measures.gutter + measures.side)] * 2, abs=0.1)


def test_a_quotation_before_something_wide_stays_in_the_column():
    body = '<p>Text.</p><blockquote class="extract"><p>Text</p></blockquote><table class="brief-table wide"><tbody><tr><td>1</td></tr></tbody></table>'
    assert press(body).texts("Extract In Text") == ["Text"]


def test_running_lines_stand_in_every_section_with_page_and_number_of_pages(brief):
    running = brief.running()
    assert set(running) == {
        f"{kind}Reference {place}" for kind in ("header", "footer") for place in ("first", "default")
    }
    assert brief.body.find("w:sectPr/w:titlePg", W) is not None
    for kind, part in running.items():
        assert "OFFICIAL" in words(part)
        assert "Draft · version 2 · 5 October 2016" in words(part)
        if kind.startswith("header"):
            assert "Kazakhstan" in words(part)
        else:
            assert [code.text.strip() for code in part.iter(name("w:instrText"))] == ["PAGE", "NUMPAGES"]
            assert re.search(r"Page \d+ of \d+$", words(part))


def watermarks(opened: Opened) -> list[str]:
    path = "{urn:schemas-microsoft-com:vml}textpath"
    return [
        shape.find(path).get("string")
        for kind, part in sorted(opened.running().items())
        for shape in part.iter("{urn:schemas-microsoft-com:vml}shape")
        if kind.startswith("header")
    ]


def test_a_draft_has_its_watermark_in_every_header_when_the_theme_asks():
    theme = load_theme("standard")
    marked = replace(theme, options={**theme.options, "watermark": "yes"})
    assert watermarks(press(theme=marked, labels={"draft": "Draft"})) == ["DRAFT", "DRAFT"]
    final = Running(marking="OFFICIAL", country="Kazakhstan")
    assert watermarks(press(theme=marked, running=final, labels={"draft": "Draft"})) == []
    assert watermarks(press(labels={"draft": "Draft"})) == []


def test_the_title_runs_above_every_page_but_the_first(brief):
    heads = brief.running()
    assert "many vectors" not in words(heads["headerReference first"])
    assert "Kazakhstan: many vectors, one policy" in words(heads["headerReference default"])


def test_a_brief_without_marking_and_draft_has_quiet_running_lines():
    opened = press(running=Running(folio=("", " / ", "")))
    assert "OFFICIAL" not in "".join(words(part) for part in opened.running().values())


def test_tables_repeat_their_head_and_break_no_row(brief):
    tables = [
        t for t in brief.body.iter(name("w:tbl")) if t.find("w:tblPr/w:tblStyle", W).get(name("w:val")) == "BriefTable"
    ]
    assert len(tables) == 2
    for table in tables:
        rows = table.findall("w:tr", W)
        assert rows[0].find("w:trPr/w:tblHeader", W) is not None
        assert [row for row in rows if row.find("w:trPr/w:cantSplit", W) is None] == []
    widths = [sum(int(c.get(name("w:w"))) for c in t.iter(name("w:gridCol"))) / 1440 * 25.4 for t in tables]
    assert widths == pytest.approx([116, 170], abs=0.1)


def test_what_may_be_taller_than_a_page_may_break():
    """LibreOffice cuts off at the foot of the page what may not break, and the rows under it."""
    long = "Words that run on. " * 200
    rows = f"<tr><td>A</td><td>{long}</td></tr><tr><td>B</td><td>Short.</td></tr>"
    fact = box_of(3).replace("A value of some words", long, 1)
    sidebar = f'<aside class="sidebar"><p class="sidebar-title">Title</p><p>{long}</p></aside>'
    opened = press(
        f'{fact}<table class="brief-table"><thead><tr><th>1</th><th>2</th></tr></thead><tbody>{rows}</tbody></table>{sidebar}'
    )
    whole = [
        [row.find("w:trPr/w:cantSplit", W) is not None for row in table.findall("w:tr", W)]
        for table in opened.body.findall("w:tbl", W)
    ]
    assert whole == [[True, False, True, True], [True, False, True], [False]]
    (_, table, _) = opened.body.findall("w:tbl", W)
    assert table.findall("w:tr", W)[1].find(".//w:keepNext", W) is None


def test_a_column_of_long_words_is_wider_than_one_of_numbers(brief):
    table = next(
        t
        for t in brief.body.iter(name("w:tbl"))
        if "Memberships"
        in (
            t.find("w:tblPr/w:tblCaption", W).get(name("w:val"))
            if t.find("w:tblPr/w:tblCaption", W) is not None
            else ""
        )
    )
    body, part, since = [int(c.get(name("w:w"))) for c in table.iter(name("w:gridCol"))]
    assert body > part > since


def test_cells_over_rows_and_columns_keep_their_grid():
    body = (
        '<table class="brief-table"><tbody><tr><td rowspan="2">A</td><td colspan="2">B</td></tr>'
        "<tr><td>C</td><td>D</td></tr><tr><td>E</td><td>F</td><td>G</td></tr></tbody></table>"
    )
    (table,) = press(body).body.iter(name("w:tbl"))
    rows = [[words(cell) for cell in row.findall("w:tc", W)] for row in table.findall("w:tr", W)]
    assert rows == [["A", "B"], ["", "C", "D"], ["E", "F", "G"]]
    assert [merge.get(name("w:val")) for merge in table.iter(name("w:vMerge"))] == ["restart", "continue"]


def test_pictures_have_words_and_a_vector_beside_the_pixels(brief):
    described = {drawing.get("descr") for drawing in brief.body.iter(name("wp:docPr"))}
    assert described == {
        "Flag of Kazakhstan", "Map of Central Asia", "Exports in 2014 and 2015: 79.5 and 46.0 billion US dollars",
    }  # fmt: skip
    media = {part.rpartition(".")[2] for part in brief.parts if part.startswith("word/media/")}
    assert media == {"png", "svg"}
    wide = [e for e in brief.body.iter(name("wp:extent")) if int(e.get("cx")) / 36000 > 160]
    assert [int(e.get("cx")) / 36000 for e in wide] == pytest.approx([170], abs=0.1)


def test_a_chart_is_words_own_and_its_numbers_can_be_edited(brief):
    chart = brief.parts["word/charts/chart1.xml"].decode()
    assert 'c:barDir val="bar"' in chart
    assert "<c:v>79.5</c:v>" in chart
    assert 'a:schemeClr val="accent1"' in chart
    with zipfile.ZipFile(io.BytesIO(brief.parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])) as workbook:
        assert b"79.5" in workbook.read("xl/worksheets/sheet1.xml")
        assert b"Exports" in workbook.read("xl/sharedStrings.xml")


@pytest.mark.parametrize(("kind", "element"), [("column", "c:barChart"), ("line", "c:lineChart")])
def test_columns_and_lines_with_a_gap(kind, element):
    numbers = Numbers(kind, "", ("2014", "2015"), (("A", (1, None)), ("B", (-2, 3)))).to_json()
    body = f"<figure class='chart' data-chart='{numbers}'><svg viewBox='0 0 300 100' aria-label='Two years'></svg></figure>"
    chart = press(body).xml("word/charts/chart1.xml")
    (drawn,) = chart.iter(name(element))
    series = drawn.findall("c:ser", NAMESPACES)
    points = [[p.get("idx") for p in s.findall("c:val//c:pt", NAMESPACES)] for s in series]
    assert points == [["0"], ["0", "1"]]


def test_lists_begin_anew_or_where_they_are_told():
    opened = press("<ol><li>One</li></ol><p>Between.</p><ol start='3'><li>Three</li></ol>")
    numbers = [p.find("w:pPr/w:numPr/w:numId", W).get(name("w:val")) for p in opened.paragraphs("List Number")]
    assert len(set(numbers)) == 2
    starts = {
        num.get(name("w:numId")): num.find("w:lvlOverride/w:startOverride", W).get(name("w:val"))
        for num in opened.xml("word/numbering.xml").iterfind("w:num", W)
        if num.find("w:lvlOverride", W) is not None
    }
    assert [starts[number] for number in numbers] == ["1", "3"]


def test_a_page_break_goes_into_the_style_of_the_heading_that_follows(brief):
    body = '<p>Text.</p><hr class="page-break"/><section><h2>On a page of its own</h2><p>Text.</p></section>'
    assert press(body).texts("Sheet Heading") == ["On a page of its own"]
    style = brief.styles["SheetHeading"]
    assert style.find("w:pPr/w:pageBreakBefore", W) is not None
    assert style.find("w:basedOn", W).get(name("w:val")) == "Heading1"
    assert brief.body.xpath("//w:br[@w:type='page']", namespaces=W) == []


CONTENTS = """<nav class="contents" id="contents"><p class="contents-title">In this brief</p><ol>
  <li><a href="#a">One</a><ol><li><a href="#aa">Part of one</a></li></ol></li><li><a href="#b">Two</a></li></ol></nav>
  <section id="a"><h2>One</h2><p>Text.</p><h3 id="aa">Part of one</h3></section><section id="b"><h2>Two</h2></section>"""


def test_a_contents_list_is_a_field_that_asks_nothing():
    opened = press(CONTENTS + f"<p>{'Words of a long brief. ' * 600}</p>")
    assert opened.texts("TOC Heading") == ["In this brief"]
    assert opened.texts("toc 1") == ["One", "Two"]
    assert opened.texts("toc 2") == ["Part of one"]
    (code,) = [c.text.strip() for c in opened.body.iter(name("w:instrText"))]
    assert code == r'TOC \o "1-2" \n \h \z \u'
    assert b"updateFields" not in opened.parts["word/settings.xml"]


def test_a_contents_list_has_the_pages_of_the_pdf_each_in_a_field():
    opened = press(CONTENTS, starts={"contents": 1, "a": 1, "aa": 2, "b": 14}, pages=15)
    assert opened.texts("toc 1") == ["One 1", "Two 14"]
    assert opened.texts("toc 2") == ["Part of one 2"]
    code, *pages = [c.text.strip() for c in opened.body.iter(name("w:instrText"))]
    assert code == r'TOC \o "1-2" \h \z \u'
    links = [p.find("w:hyperlink", W).get(name("w:anchor")) for p in opened.paragraphs("toc 1")]
    assert pages[0] == rf"PAGEREF {links[0]} \h"
    assert pages[2] == rf"PAGEREF {links[1]} \h"
    kinds = [char.get(name("w:fldCharType")) for char in opened.body.iter(name("w:fldChar"))]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * 3, "end"]
    (tab,) = opened.styles["Toc1"].iter(name("w:tab"))
    assert (tab.get(name("w:val")), tab.get(name("w:leader"))) == ("right", "dot")
    assert int(tab.get(name("w:pos"))) / 1440 * 25.4 == pytest.approx(116, abs=0.1)


def test_the_contents_list_names_nothing_that_word_does_not_print():
    """The sources are footnotes there."""
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    listed = CONTENTS.replace("</ol></nav>", '<li><a href="#sources">Sources</a></li></ol></nav>')
    opened = press(
        listed + f"<p>Text.{call('blake', 1)}</p>" + notes,
        starts={"contents": 1, "a": 1, "aa": 1, "b": 2, "sources": 3},
        pages=4,
    )
    assert opened.texts("toc 1") == ["One 1", "Two 2"]


def test_a_brief_without_a_contents_list_has_none_in_word(brief):
    codes = [code.text.strip() for code in brief.body.iter(name("w:instrText"))]
    assert len(codes) > 10
    assert [code for code in codes if code.startswith("TOC")] == []
    assert brief.texts("toc 1") == brief.texts("TOC Heading") == []


# Languages ------------------------------------------------------------------------------------------------------------


def test_foreign_words_carry_their_language(brief):
    languages = {words(run): run.find("w:rPr/w:lang", W) for run in brief.body.iter(name("w:r"))}
    assert languages["Қазақстан"].get(name("w:val")) == "kk-KZ"
    defaults = brief.xml("word/styles.xml").find("w:docDefaults//w:lang", W)
    assert defaults.get(name("w:val")) == "en-GB"


def test_words_from_right_to_left_run_so_inside_their_paragraph(brief):
    paragraph = next(p for p in brief.paragraphs("Body Text") if "مرحبا" in words(p))
    assert paragraph.find("w:pPr/w:bidi", W) is not None
    runs = paragraph.findall("w:r/w:rPr", W)
    assert len(runs) == 2
    assert [r.find("w:lang", W).get(name("w:bidi")) for r in runs] == ["ar-EG", "ar-EG"]
    assert all(r.find("w:rtl", W) is not None for r in runs)


def test_a_brief_from_right_to_left_has_one_column():
    opened = press(language="ar", direction="rtl")
    margins = opened.body.find("w:sectPr/w:pgMar", W)
    left, right = (int(margins.get(name(f"w:{side}"))) for side in ("left", "right"))
    assert left == pytest.approx(right, abs=2)
    assert opened.styles["Normal"].find("w:pPr/w:bidi", W) is not None
    assert opened.body.xpath("//w:tblpPr | //w:framePr", namespaces=W) == []
    tables = opened.body.findall(".//w:tbl", W)
    assert len(tables) >= 5
    assert [t for t in tables if t.find("w:tblPr/w:bidiVisual", W) is None] == []
    text = 11906 - left - right
    assert [t for t in tables if int(t.find("w:tblPr/w:tblW", W).get(name("w:w"))) > text + 2] == []


# The file -------------------------------------------------------------------------------------------------------------


def test_properties_say_what_the_brief_is(brief):
    core = docx.Document(io.BytesIO(brief.data)).core_properties
    assert core.title == "Kazakhstan: many vectors, one policy"
    assert core.author == "Central Asia Desk"
    assert core.language == "en-GB"
    assert core.created.date().isoformat() == core.modified.date().isoformat() == "2016-10-05"
    custom = brief.parts["docProps/custom.xml"].decode()
    assert "OFFICIAL" in custom
    assert "CB 14/2016" in custom


def test_the_same_galley_gives_the_same_bytes(tmp_path):
    script = (
        "import sys, hashlib; from tests.docx_brief import galley; from briefing.writers.docx import write_docx;"
        "print(hashlib.sha256(write_docx(galley()).data).hexdigest())"
    )
    seen = set()
    for zone, locale, seed in (
        ("UTC", "C", "0"),
        ("Asia/Almaty", "C.UTF-8", "77"),
        ("America/Los_Angeles", "POSIX", "4711"),
    ):
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        seen.add(run.stdout.strip())
    assert len(seen) == 1
    assert len(seen.pop()) == 64


def test_a_galley_of_nothing_is_a_document_that_opens():
    assert docx.Document(io.BytesIO(press("<h1>Title</h1>").data)).paragraphs[0].text == "Title"
    assert docx.Document(io.BytesIO(press("<table><tbody><tr><td>1</td></tr></tbody></table>").data)).tables


def test_a_document_never_ends_with_a_table():
    body = press("<p>Text.</p><table class='brief-table'><tbody><tr><td>1</td></tr></tbody></table>").body
    assert [etree.QName(child).localname for child in body][-3:] == ["tbl", "p", "sectPr"]


def test_a_theme_of_ones_own_changes_the_styles():
    own = galley()
    theme = replace(
        own.theme,
        colours={**own.theme.colours, "accent": "#006633"},
        styles={**own.theme.styles, "heading-1": replace(own.theme.styles["heading-1"], size=20.0, leading=24.0)},
    )
    opened = press(theme=theme)
    heading = opened.styles["Heading1"]
    assert heading.find("w:rPr/w:sz", W).get(name("w:val")) == "40"
    assert heading.find("w:rPr/w:color", W).get(name("w:val")) == "006633"


def test_the_fixture_uses_the_whole_vocabulary():
    used = {element.tag for top in parse_markup(BODY) if not isinstance(top, str) for element in top.walk()}
    assert used >= {"header", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "aside", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "img", "svg", "figcaption", "section", "pre", "hr", "strong", "em", "a", "br", "sup", "sub", "abbr", "cite", "time", "code", "span"}  # fmt: skip
