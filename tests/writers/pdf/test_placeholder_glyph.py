"""Letters without a font: a placeholder is drawn, the letter can be extracted, and PDF/A is kept."""

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from briefing.theme.load import load_theme
from briefing.writers.fonts import Cut, repertoire
from briefing.writers.pdf import write_pdf
from briefing.writers.pdf.missing_glyphs import blank_font, is_visible, letters_without_font
from tests.support.read_outputs import read_pdf
from tests.support.sample_galley import set_brief
from tests.support.static_fonts import LETTERS, static_font

#: Letters that no font of the standard theme has: Han, a face, of private use, not assigned; and a mark that its own have not.
HAN, FACE, PRIVATE, UNASSIGNED, MARK = "\U00020000", "\U0001f600", "\ue000", "\u0378", "\u1ab0"
LACKING = (HAN, FACE, PRIVATE, UNASSIGNED)
EVERYWHERE = f"""
title: "Title {HAN}"
series: Series {FACE}
marking: Marking {PRIVATE}
issued: 2016-10-05
summary: Of {HAN} and *{FACE}* and **{PRIVATE}** and [link {UNASSIGNED} *{HAN}*](https://example.org/).
key_points: |
  - Point {HAN}
fact_box:
  facts:
    Key {HAN}: "{FACE}"
sections:
  - title: Section {PRIVATE}
    body:
      - Text {HAN} and **bold {FACE}** and note.
      - table: {{caption: "Table {HAN}", columns: ["Head {FACE}"], rows: [["Cell {PRIVATE}"]]}}
      - chart: {{type: bar, caption: "Chart {HAN}", unit: "Unit {FACE}", data: {{"Bar {PRIVATE}": 1, Other: 2}}}}
      - pull_quote: {{text: "Quote {HAN}", by: "Speaker {FACE}", source: x}}
sources:
  x: Source {HAN}
glossary:
  ABC: Meaning {PRIVATE}
"""


def saying(words: str) -> str:
    """A short brief with these words."""
    return f"title: T\nissued: 2016-10-05\nkey_points: '- One.'\nsummary: {words}\n"


def fonts_of(pdf) -> dict:
    """The fonts of the first page, by name."""
    return {name: resolve1(font) for name, font in resolve1(pdf.pages[0].page_obj.resources["Font"]).items()}


def shown(data: bytes) -> list[tuple[str, str]]:
    """Every letter with the font that draws it."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [
            (char["text"], char["fontname"].partition("+")[2] or char["fontname"])
            for p in pdf.pages
            for char in p.chars
        ]


def test_the_fonts_lack_the_letters_of_these_tests():
    theme = load_theme("standard")
    faces = (*theme.faces, *(code for code, lent in theme.scripts.items() if lent.roman))
    assert not any(ord(MARK) in repertoire(theme, face) for face in theme.faces)
    for letter in LACKING:
        assert not any(ord(letter) in repertoire(theme, face) for face in faces)
        assert is_visible(letter)


def test_letters_without_a_font_can_be_extracted_from_text_and_drawings():
    made = write_pdf(set_brief(EVERYWHERE))
    assert {warning.code for warning in made.diagnostics} >= {"missing-glyph"}
    words = " ".join(read_pdf(made.data).body)
    for said in (f"Title {HAN}", f"Of {HAN} and {FACE} and {PRIVATE} and link {UNASSIGNED} {HAN}.", f"Point {HAN}",
                 f"Key {HAN} {FACE}", f"Section {PRIVATE}", f"Text {HAN} and bold {FACE} and note.", f"Table {HAN}",
                 f"Head {FACE} Cell {PRIVATE}", f"Chart {HAN}", f"Quote {HAN}", f"Source {HAN}", f"Meaning {PRIVATE}"):  # fmt: skip
        assert said in words, said
    everything = "".join(letter for letter, _ in shown(made.data))
    assert f"Bar {PRIVATE}" in everything
    assert f"Unit {FACE}" in everything
    assert f"Marking {PRIVATE}".upper() in everything.upper()


def test_no_notdef_glyph_is_in_the_file():
    """Every number that is drawn is one of the font's own, and means something; the boxes are a font of their own."""
    data = write_pdf(set_brief(EVERYWHERE)).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        fonts = fonts_of(pdf)
        (box,) = [font for font in fonts.values() if font["Subtype"].name == "Type3"]
        drawn = b"".join(stream.get_data() for page in pdf.pages for stream in page.page_obj.contents)
    assert len(box["Widths"]) >= len(LACKING)
    assert box["FontDescriptor"]
    told = {bytes.fromhex(text.decode()).decode("utf-16") for text in re.findall(rb"/ActualText <(\w+)>", drawn)}
    assert PRIVATE in told  # the font of the boxes says the others
    assert {font for letter, font in shown(data) if letter in LACKING} == {"box0"}
    assert not any("room" in font["BaseFont"].name for font in fonts.values() if font is not box)


def test_the_placeholders_follow_the_text_in_its_colour():
    data = write_pdf(set_brief(EVERYWHERE)).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = pdf.pages[0].chars
        boxes = [place for place, char in enumerate(chars) if char["text"] in LACKING]
        assert len(boxes) > 8
        for place in boxes:
            box, before = chars[place], chars[place - 1]
            assert box["width"] > 2
            if before["matrix"][5] == box["matrix"][5] and box["x0"] < before["x1"] + 5:  # not the value of a fact
                assert box["x0"] >= before["x0"]
                assert box["x0"] >= before["x1"] - 1
                assert box["non_stroking_color"] == before["non_stroking_color"]


def test_placeholders_do_not_change_the_line_spacing():
    words = "Nobody has the letter {} and everybody reads on all the same as long as lines go. " * 8
    tops = []
    for letter in ("n", HAN):
        galley = set_brief(
            f"title: T\nissued: 2016-10-05\nsummary: S\nsections: [{{title: S, body: '{words.format(*letter * 8)}'}}]\n"
        )
        with pdfplumber.open(BytesIO(write_pdf(galley).data)) as pdf:
            tops.append(sorted({round(char["matrix"][5], 2) for char in pdf.pages[0].chars}))
    assert len(tops[0]) > 8
    assert tops[0] == tops[1]


def test_more_letters_than_one_placeholder_font_holds_can_be_extracted():
    letters = [chr(0x20000 + n) for n in range(300)]
    galley = set_brief(
        f"title: T\nissued: 2016-10-05\nsummary: S\nsections: [{{title: S, body: 'a {' '.join(letters)} z'}}]\n"
    )
    data = write_pdf(galley).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert {"box0", "box1", "box2"} <= fonts_of(pdf).keys()
    assert " ".join(letters) in " ".join(read_pdf(data).body)


def test_invisible_characters_are_not_missing_glyphs():
    """A sign that chooses a form of the letter before it, and such as say where a line may break."""
    words = "heart \u2764\ufe0f, soft\u00adhyphen, zero\u200bwidth, a\u2060b, \ufeffmark, tag\U000e0041, en\u2002space"
    made = write_pdf(set_brief(saying(f"{words}")))
    assert made.diagnostics == ()
    assert "box0" not in {font for _, font in shown(made.data)}


def test_a_combining_mark_without_a_font_does_not_cover_its_letter():
    galley = set_brief(saying(f"before x{MARK} after"))
    data = write_pdf(replace(galley, theme=replace(galley.theme, scripts={}))).data
    assert f"before x{MARK} after" in " ".join(read_pdf(data).body)
    with pdfplumber.open(BytesIO(data)) as pdf:
        (box,) = [char for char in pdf.pages[0].chars if char["fontname"] == "box0"]
        letter = next(char for char in pdf.pages[0].chars if char["text"].startswith("x"))
    assert box["x0"] >= letter["x1"] - 0.5


def test_a_variation_selector_after_a_space_gives_no_notdef_glyph():
    """A choice of form after a space that does not break: Pango stays in the font of the letter before, which has no such."""
    data = write_pdf(set_brief(saying("one \u30ca\u00a0\ufe0f\u30c3 two"))).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        drawn = b"".join(stream.get_data() for page in pdf.pages for stream in page.page_obj.contents)
    rows = [row for row in re.findall(rb"<([0-9a-f]+)>", drawn) if not len(row) % 4]
    numbers = {row[at : at + 4] for row in rows for at in range(0, len(row), 4)}
    assert len(numbers) > 10
    assert b"0000" not in numbers
    assert "\u30ca" in " ".join(read_pdf(data).body)


def test_an_arabic_word_and_a_placeholder_in_one_line_are_both_extracted():
    made = write_pdf(set_brief(saying(f"Cairo is القاهرة {HAN} there")))
    words = " ".join(read_pdf(made.data).body)
    assert "القاهرة" in words
    assert HAN in words


def test_pointed_hebrew_letters_stay_in_their_place():
    """Two ways that the pen moves, one after the other, are two numbers."""
    with pdfplumber.open(BytesIO(write_pdf(set_brief(saying("word שָׁלוֹם word"))).data)) as pdf:
        hebrew = [char for char in pdf.pages[0].chars if "Hebrew" in char["fontname"] and char["text"] != " "]
        first, last = [word for word in pdf.pages[0].extract_words() if word["text"] == "word"]
    assert len(hebrew) == 7
    assert all(first["x1"] - 1 < char["x0"] < last["x0"] + 1 for char in hebrew)


def test_letters_without_font_returns_only_visible_missing_letters():
    theme = load_theme("standard")
    cut = Cut("sans", 700, False, 10)
    assert letters_without_font(theme, {cut: frozenset(f"ab {HAN}\ufe0f\u2002\n")}) == {HAN}
    assert letters_without_font(theme, {cut: frozenset("ab")}) == frozenset()


def test_a_letter_missing_in_one_weight_is_reported(tmp_path, monkeypatch):
    """The regular cut has it, and is not asked for it."""
    (tmp_path / "regular.ttf").write_bytes(static_font(400, italic=False))
    monkeypatch.setattr("tests.support.static_fonts.LETTERS", LETTERS - {ord("Ж")})
    (tmp_path / "bold.ttf").write_bytes(static_font(700, italic=False))
    galley = set_brief(saying("a x b **c Ж d**"))
    face = replace(galley.theme.faces["sans"], roman=tmp_path / "regular.ttf", italic=None, bold=tmp_path / "bold.ttf")
    house = replace(galley.theme, faces=dict.fromkeys(galley.theme.faces, face), scripts={})
    made = write_pdf(replace(galley, theme=house))
    (warning,) = made.diagnostics
    assert (warning.code, warning.label) == ("missing-glyph", "Ж")
    assert [font for letter, font in shown(made.data) if letter == "Ж"] == ["box0"]


def test_letters_of_css_content_without_a_font_are_drawn_and_reported():
    galley = set_brief(saying("S"))
    assert write_pdf(galley).diagnostics == ()
    print_css = galley.theme.print_css + f'\n.lead::before {{ content: "{HAN} "; }} h1::after {{ content: "{HAN}"; }}\n'
    made = write_pdf(replace(galley, theme=replace(galley.theme, print_css=print_css)))
    (warning,) = made.diagnostics
    assert warning.code == "missing-glyph"
    assert HAN in warning.message
    assert (HAN, "box0") in shown(made.data)


def test_a_placeholder_is_about_as_wide_as_a_small_letter():
    import uharfbuzz

    theme = load_theme("standard")
    font = uharfbuzz.Font(uharfbuzz.Face(blank_font(theme, (HAN, FACE))))
    widths = {font.get_glyph_h_advance(font.get_nominal_glyph(ord(letter))) for letter in (HAN, FACE)}
    assert len(widths) == 1
    assert 0.4 < widths.pop() / font.face.upem < 0.7
    assert font.get_nominal_glyph(ord("n")) in {None, 0}


@pytest.mark.parametrize("text", [EVERYWHERE, saying(f"S {MARK}")])
def test_the_same_placeholders_give_the_same_bytes(text):
    assert write_pdf(set_brief(text)).data == write_pdf(set_brief(text)).data
