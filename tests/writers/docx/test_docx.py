"""The Word writer: styles, fields, footnotes, links and properties."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from briefing.diagnostics import Severity
from briefing.galley import parse_markup
from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml.elements import name
from briefing.writers.docx.unused_styles import KEPT
from tests.support.galley_with_everything import BODY, galley
from tests.support.project import ROOT
from tests.support.read_word import Opened, W, footnotes, word_file, words


@pytest.fixture(scope="module")
def brief() -> Opened:
    return word_file()


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
def test_each_element_has_the_word_style_of_its_class(brief, style, text):
    assert text in brief.texts(style)


def test_only_styles_that_are_not_built_into_word_are_marked_as_custom():
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
        for style in word_file().styles.values()
    }
    assert [style for style in ours if not custom[style]] == []
    assert [style for style in built_in if custom[style]] == []


#: What a paragraph, a run or a table may say for itself, since no style can know it; and why.
DIRECT = {
    "pPr": {
        "pStyle": "the style itself",
        "keepNext": "which rows and lines stay with the next one",
        "keepLines": "text that stays with what stands beside it",
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
def test_formatting_comes_only_from_styles(theme):
    """In the text, the notes, the heads and the feet."""
    opened = word_file(theme=load_theme(theme), labels={"draft": "Draft"})
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


def test_a_class_that_the_theme_lacks_becomes_a_style_with_a_warning():
    written = write_docx(
        galley('<h1>Title</h1><div class="weather-box"><p>Rain.</p></div><p class="weather-box">Snow.</p>')
    )
    opened = Opened(written.data)
    assert opened.texts("Weather Box") == ["Rain.", "Snow."]
    (style,) = [s for s in opened.styles.values() if s.find("w:name", W).get(name("w:val")) == "Weather Box"]
    assert style.find("w:basedOn", W).get(name("w:val")) == "BodyText"
    (warning,) = written.diagnostics
    assert warning.severity is Severity.WARNING
    assert "weather-box" in warning.message


def test_the_shipped_templates_use_no_missing_style():
    assert write_docx(galley()).diagnostics == ()


def test_nothing_of_the_python_docx_template_remains(brief):
    assert "docProps/thumbnail.jpeg" not in brief.parts
    names = {style.find("w:name", W).get(name("w:val")) for style in brief.styles.values()}
    assert not {"Light Shading", "Medium Grid 1", "Colorful List", "macro", "List 2"} & names
    assert all(b"python-docx" not in data for data in brief.parts.values())
    settings = brief.xml("word/settings.xml")
    (mode,) = settings.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val", namespaces=W)
    assert mode == "15"
    assert b"updateFields" not in brief.parts["word/settings.xml"]


def test_only_needed_styles_and_numberings_are_written():
    """What the brief uses, what that stands on, and a few for somebody who goes on writing."""
    for body in (BODY, "<h1>Title</h1><p>Text.</p>"):
        opened = word_file(body)
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


def test_colours_and_fonts_come_from_the_theme(brief):
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


def test_the_words_are_in_the_order_of_the_galley():
    brief = word_file()
    wanted = "".join(word for top in galley().body for word in plain_words(top)).split()
    paragraphs = []
    for paragraph in brief.body.iter(name("w:p")):
        for number in paragraph.xpath(".//w:r[w:rPr/w:rStyle/@w:val='FootnoteReference']", namespaces=W):
            number.getparent().remove(number)
        paragraphs.append(words(paragraph))
    assert len(wanted) > 300
    assert " ".join(paragraphs).split() == wanted


def test_spaces_are_collapsed_as_in_a_browser():
    opened = word_file("<p>One\n   two <strong> three</strong> four<br/> five </p>")
    assert opened.texts("Body Text") == ["One two three four five"]


def test_text_between_blocks_becomes_a_paragraph():
    assert word_file("<div>Loose <em>words</em><p>A paragraph.</p>more</div>").texts("Body Text") == [
        "Loose words",
        "A paragraph.",
        "more",
    ]


# Notes and references -------------------------------------------------------------------------------------------------


def test_sources_are_native_footnotes_in_the_order_of_first_citation(brief):
    assert [note.split(",")[0] for note in footnotes(brief)] == [
        "Central Intelligence Agency", "United Nations", "Embassy of Kazakhstan", "Robert O. Blake",
    ]  # fmt: skip
    calls = [call.get(name("w:id")) for call in brief.body.iter(name("w:footnoteReference"))]
    assert calls == ["1", "2", "3", "4"]
    assert "Sources" not in brief.texts("heading 1")
    assert all("↑" not in note for note in footnotes(brief))


def test_a_repeated_citation_refers_to_the_first_footnote(brief):
    codes = [code.text.strip() for code in brief.body.iter(name("w:instrText"))]
    again = [code for code in codes if code.startswith("NOTEREF")]
    assert len(again) == 7  # all three in the fact box, three more of the embassy, one in the sidebar
    marks = {mark.get(name("w:name")) for mark in brief.body.iter(name("w:bookmarkStart"))}
    assert {code.split()[1] for code in again} <= marks


def test_links_in_footnotes_use_the_relationships_of_the_footnotes(brief):
    relations = brief.parts["word/_rels/footnotes.xml.rels"].decode()
    assert "https://www.example.org/un" in relations
    assert "https://www.example.org/un" not in brief.parts["word/_rels/document.xml.rels"].decode()


def test_floating_parts_hold_no_footnote(brief):
    """LibreOffice drops a footnote from a frame, and lets no table float that holds one."""
    floating = brief.body.xpath("//w:tbl[w:tblPr/w:tblpPr] | //w:p[w:pPr/w:framePr]", namespaces=W)
    assert len(floating) >= 3
    assert [e for e in floating if e.findall(".//w:footnoteReference", W)] == []


def test_every_field_is_complete_and_not_marked_for_update(brief):
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


def test_captions_are_numbered_by_fields_and_references_repeat_them(brief):
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


def test_content_never_becomes_a_field_code():
    body = '<table class="brief-table" id="x"><caption><span class="caption-label" data-count="table">INCLUDETEXT "C:\\x" 1</span> T</caption><tbody><tr><td>1</td></tr></tbody></table>'
    codes = [code.text for code in word_file(body).body.iter(name("w:instrText"))]
    assert codes == [r" SEQ Table \* ARABIC "]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", r"\\server\share", "ftp://example.org"]
)
def test_an_unsafe_link_becomes_plain_text_with_a_warning(address):
    written = write_docx(galley(f'<p>See <a href="{address}">this</a>.</p>'))
    opened = Opened(written.data)
    assert opened.texts("Body Text") == ["See this."]
    assert address.encode() not in b"".join(opened.parts.values())
    assert [d.code for d in written.diagnostics] == ["link-left-out"]


# Languages ------------------------------------------------------------------------------------------------------------


def test_foreign_words_are_tagged_with_their_language(brief):
    languages = {words(run): run.find("w:rPr/w:lang", W) for run in brief.body.iter(name("w:r"))}
    assert languages["Қазақстан"].get(name("w:val")) == "kk-KZ"
    defaults = brief.xml("word/styles.xml").find("w:docDefaults//w:lang", W)
    assert defaults.get(name("w:val")) == "en-GB"


def test_right_to_left_words_are_marked_in_their_paragraph(brief):
    paragraph = next(p for p in brief.paragraphs("Body Text") if "مرحبا" in words(p))
    assert paragraph.find("w:pPr/w:bidi", W) is not None
    runs = paragraph.findall("w:r/w:rPr", W)
    assert len(runs) == 2
    assert [r.find("w:lang", W).get(name("w:bidi")) for r in runs] == ["ar-EG", "ar-EG"]
    assert all(r.find("w:rtl", W) is not None for r in runs)


def test_a_right_to_left_brief_has_one_column():
    opened = word_file(language="ar", direction="rtl")
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


def test_the_document_properties_come_from_the_brief(brief):
    core = {etree.QName(entry).localname: entry.text or "" for entry in brief.xml("docProps/core.xml")}
    assert core == {
        "title": "Kazakhstan: many vectors, one policy",
        "subject": "Country brief",
        "creator": "Central Asia Desk",
        "lastModifiedBy": "Central Asia Desk",
        "keywords": "Kazakhstan",
        "category": "",
        "description": "",
        "language": "en-GB",
        "version": "2",
        "contentStatus": "draft",
        "revision": "1",
        "created": "2016-10-05T00:00:00Z",
        "modified": "2016-10-05T00:00:00Z",
    }
    custom = brief.parts["docProps/custom.xml"].decode()
    assert "OFFICIAL" in custom
    assert "CB 14/2016" in custom


def test_long_properties_are_cut_to_255_characters():
    made = galley()
    long = replace(made.properties, title="T" * 300, author="A" * 300, keywords="K" * 300)
    core = {
        etree.QName(e).localname: e.text
        for e in Opened(write_docx(replace(made, properties=long)).data).xml("docProps/core.xml")
    }
    assert (core["title"], core["creator"], core["keywords"]) == ("T" * 255, "A" * 255, "K" * 255)


def test_repeated_links_to_an_address_share_one_relationship():
    body = "".join(f'<p><a href="https://example.org/{number % 3}">{number}</a></p>' for number in range(9))
    made = word_file(body)
    links = [r for r in made.xml("word/_rels/document.xml.rels") if r.get("TargetMode") == "External"]
    assert sorted(link.get("Target") for link in links) == [f"https://example.org/{number}" for number in range(3)]
    used = [link.get(name("r:id")) for link in made.body.iter(name("w:hyperlink"))]
    assert len(used) == 9
    assert set(used) == {link.get("Id") for link in links}
    identities = [r.get("Id") for r in made.xml("word/_rels/document.xml.rels")]
    assert len(identities) == len(set(identities))


def test_the_same_galley_gives_the_same_bytes(tmp_path):
    script = (
        "import sys, hashlib; from tests.support.galley_with_everything import galley; from briefing.writers.docx import write_docx;"
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


def test_a_minimal_galley_gives_a_document():
    assert word_file("<h1>Title</h1>").texts("Title") == ["Title"]
    (table,) = word_file("<table><tbody><tr><td>1</td></tr></tbody></table>").body.iter(name("w:tbl"))
    assert words(table).strip() == "1"


def test_a_document_never_ends_with_a_table():
    body = word_file("<p>Text.</p><table class='brief-table'><tbody><tr><td>1</td></tr></tbody></table>").body
    assert [etree.QName(child).localname for child in body][-3:] == ["tbl", "p", "sectPr"]


def test_a_custom_theme_changes_the_styles():
    own = galley()
    theme = replace(
        own.theme,
        colours={**own.theme.colours, "accent": "#006633"},
        styles={**own.theme.styles, "heading-1": replace(own.theme.styles["heading-1"], size=20.0, leading=24.0)},
    )
    opened = word_file(theme=theme)
    heading = opened.styles["Heading1"]
    assert heading.find("w:rPr/w:sz", W).get(name("w:val")) == "40"
    assert heading.find("w:rPr/w:color", W).get(name("w:val")) == "006633"


def test_the_fixture_uses_every_element():
    used = {element.tag for top in parse_markup(BODY) if not isinstance(top, str) for element in top.walk()}
    assert used >= {"header", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "aside", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "img", "svg", "figcaption", "section", "pre", "hr", "strong", "em", "a", "br", "sup", "sub", "abbr", "cite", "time", "code", "span"}  # fmt: skip
