"""Accessibility of the Word file: titles, languages, headings, tables, pictures and reading order.

Read from the finished files alone, beside the HTML edition.
"""

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from briefing.writers.docx import write_docx
from tests.support.galley_with_everything import galley
from tests.support.project import ROOT
from tests.support.read_outputs import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = ROOT / "content"
BRIEFS = sorted(path.stem for path in CONTENT.glob("*.yaml"))
THEMES = ("standard", "chancery")
#: Paragraphs that the standard wants and no reader sees: around tables, and under what floats.
SPECKS = {"Anchor", "Table Gap", "Masthead Rule", "Rule"}


class Word:
    """The parts of one Word file, and its styles by their ids."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.document, self.styles = self.xml("word/document.xml"), self.xml("word/styles.xml")
        self.by_id = {style.get(f"{W}styleId"): style for style in self.styles.iter(f"{W}style")}

    def xml(self, name: str):
        return etree.fromstring(self.parts[name])

    def style(self, paragraph) -> str:
        """The name of a paragraph's style."""
        used = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.by_id[used.get(f"{W}val")].find(f"{W}name").get(f"{W}val") if used is not None else "Normal"

    def level(self, paragraph) -> int | None:
        """The level at which a paragraph stands in the outline, from 1; its style may have it from another."""
        used = paragraph.find(f"{W}pPr/{W}pStyle")
        identity = used.get(f"{W}val") if used is not None else None
        while identity is not None:
            style = self.by_id[identity]
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return int(level.get(f"{W}val")) + 1 if level.get(f"{W}val") != "9" else None
            based = style.find(f"{W}basedOn")
            identity = based.get(f"{W}val") if based is not None else None
        return None


def words(element) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(f"{W}t")).split())


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_briefing) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    for theme in THEMES:
        run = run_briefing("build", "--theme", theme, "--format", "html", "--format", "docx", "-o", folder / theme)
        assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(params=[(theme, brief) for theme in THEMES for brief in BRIEFS], ids=" ".join)
def file(request, built) -> Path:
    theme, brief = request.param
    return built / theme / f"{brief}.docx"


@pytest.fixture
def word(file) -> Word:
    return Word(file.read_bytes())


@pytest.fixture
def page(file):
    return html.document_fromstring(file.with_suffix(".html").read_text("utf-8"))


def test_the_file_has_a_title_and_a_language(word, page):
    core = word.xml("docProps/core.xml")
    assert core.findtext(f"{DC}title") == page.findtext(".//title").strip()
    assert core.findtext(f"{DC}language") == page.get("lang")
    language = word.styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val")
    assert language.split("-")[0] == page.get("lang").split("-")[0]


def test_heading_levels_are_never_skipped(word):
    levels = [
        level for paragraph in word.document.iter(f"{W}p") if (level := word.level(paragraph)) and words(paragraph)
    ]
    assert levels[0] == 1
    assert len(levels) > 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_html_heading_is_in_the_word_outline(word, page):
    for apart in page.xpath("//section[@class='notes']"):
        apart.drop_tree()
    wanted = [int(h.tag[1]) - 1 for h in page.xpath("//main//*[self::h2 or self::h3 or self::h4]")]
    levels = [level for p in word.document.iter(f"{W}p") if (level := word.level(p)) and words(p)]
    assert levels == wanted


def test_data_tables_have_a_header_row_a_name_and_no_merged_cells(word, page):
    tables = [
        t for t in word.document.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val").startswith("Brief")
    ]
    assert len(tables) == len(page.xpath("//table[starts-with(@class, 'brief-table')]"))
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert not [*table.iter(f"{W}gridSpan", f"{W}vMerge")]


def test_the_fact_box_has_a_caption_a_description_and_a_header_row(word):
    (box,) = [t for t in word.document.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "FactBox"]
    assert box.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") in words(box.find(f"{W}tr"))
    assert box.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
    assert box.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_no_table_is_nested_in_another(word):
    assert not [
        inner for table in word.document.iter(f"{W}tbl") for inner in table.iter(f"{W}tbl") if inner is not table
    ]


def test_every_picture_has_alternative_text(word, page):
    drawn = [drawing.get("descr") for drawing in word.document.iter(f"{WP}docPr")]
    shown = page.xpath("//main//figure[not(@class='logo')][.//img or .//*[local-name()='svg']]")
    shown += page.xpath("//main//p/img[@class='flag']")
    assert len(drawn) == len(shown) > 0
    assert all(alt and len(alt) > 3 for alt in drawn)


def test_blank_paragraphs_and_spaces_are_not_used_for_layout(word):
    """Blank paragraphs stand only where the standard wants one, and are no text for a screen reader."""
    blank = [
        word.style(paragraph)
        for paragraph in word.document.iter(f"{W}p")
        if not words(paragraph) and not [*paragraph.iter(f"{W}drawing", f"{W}footnoteReference")]
        and next(paragraph.iterancestors(f"{W}tc"), None) is None
    ]  # fmt: skip
    assert set(blank) <= SPECKS
    texts = [text.text or "" for text in word.document.iter(f"{W}t")]
    assert not [text for text in texts if "   " in text or "\t" in text]


def test_there_are_no_text_boxes_and_no_floating_pictures(word):
    """No text box and no picture that floats: a table and frames float, and are read where they stand."""
    local = {etree.QName(element).localname for element in word.document.iter() if isinstance(element.tag, str)}
    assert not local & {"txbxContent", "textbox", "anchor"}


def test_floating_parts_are_read_in_the_order_of_the_html(file):
    assert read(file).silent == read(file.with_suffix(".html")).silent


def test_links_have_text(word):
    links = [*word.document.iter(f"{W}hyperlink"), *word.xml("word/footnotes.xml").iter(f"{W}hyperlink")]
    assert all(len(words(link)) > 1 for link in links)


# Languages


def spoken(word: Word) -> dict[str, str]:
    """Words in another language than the file's: text -> its language, as a screen reader is told."""
    found = {}
    for part in ("word/document.xml", "word/footnotes.xml"):
        for run in word.xml(part).iter(f"{W}r"):
            language = run.find(f"{W}rPr/{W}lang")
            if language is not None:
                rtl = run.find(f"{W}rPr/{W}rtl") is not None
                found[words(run)] = language.get(f"{W}bidi" if rtl else f"{W}val")
    return found


def test_foreign_words_are_tagged_with_their_language(word, page):
    wanted = {
        " ".join(element.text_content().split()): element.get("lang")
        for element in page.xpath("//main//span[@lang] | //main//p[@lang]")
    }
    got = spoken(word)
    assert len(wanted) >= 1
    for text, language in wanted.items():
        assert got[text].split("-")[0] == language.split("-")[0], text


MANY = """<h1>Names</h1><p>Text <span lang="ja">東京</span>, <span lang="zh-Hant">臺北</span>, <span lang="ko">서울</span>,
<span lang="ar" dir="rtl">بغداد</span>, <span lang="he" dir="rtl">חיפה</span>.</p><p lang="ar" dir="rtl">بغداد</p>"""


def test_each_script_has_its_word_language_attribute_and_theme_fonts():
    """Eastern words in the attribute for them, words from right to left in theirs; the theme names faces for both."""
    word = Word(write_docx(galley(MANY)).data)
    told = {
        words(run): run.find(f"{W}rPr/{W}lang")
        for run in word.document.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    }
    assert {text: language.get(f"{W}eastAsia") for text, language in told.items()} == {
        "東京": "ja-JP", "臺北": "zh-TW", "서울": "ko-KR", "بغداد": None, "חיפה": None,
    }  # fmt: skip
    assert told["بغداد"].get(f"{W}bidi").startswith("ar-")
    assert told["חיפה"].get(f"{W}bidi") == "he-IL"
    faces = {font.get("script"): font.get("typeface") for font in word.xml("word/theme/theme1.xml").iter("{*}font")}
    assert all(faces[script] for script in ("Jpan", "Hans", "Hant", "Hang", "Arab", "Hebr"))
    assert all(face.get("typeface") for face in word.xml("word/theme/theme1.xml").iter("{*}cs"))


def test_a_right_to_left_paragraph_is_marked_as_bidirectional():
    word = Word(write_docx(galley(MANY)).data)
    *_, last = word.document.iter(f"{W}p")
    assert last.find(f"{W}pPr/{W}bidi") is not None
    assert [run.find(f"{W}rPr/{W}rtl") is not None for run in last.iter(f"{W}r")] == [True]


@pytest.mark.parametrize(("language", "direction"), [("ja", "ltr"), ("zh-Hans", "ltr"), ("ar", "rtl"), ("he", "rtl")])
def test_the_language_of_a_brief_is_in_styles_settings_and_properties(language, direction):
    word = Word(write_docx(galley(MANY, language=language, direction=direction)).data)
    own = word.styles.find(f"{W}docDefaults//{W}lang")
    named = own.get(f"{W}bidi" if direction == "rtl" else f"{W}eastAsia")
    assert named.split("-")[0] == language.split("-")[0]
    theme = word.xml("word/settings.xml").find(f"{W}themeFontLang")
    assert theme.get(f"{W}bidi" if direction == "rtl" else f"{W}eastAsia").split("-")[0] == language.split("-")[0]
    assert word.xml("docProps/core.xml").findtext(f"{DC}language") == language
