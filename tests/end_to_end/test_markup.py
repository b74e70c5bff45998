"""Signs in texts look the same in every format: bold beside East Asian punctuation, raised and lowered signs, addresses."""

import pytest
from lxml import html

from tests.end_to_end.test_lists import READERS, assert_in_order, body, made, seen
from tests.support.read_numbers import words
from tests.support.read_word import Opened

BOLD = {
    "会談は**「東京」**で開かれる。": "「東京」",
    "회담은 **서울(首都)**에서 열린다.": "서울(首都)",
    "这是**我想做的事。**所以继续。": "我想做的事。",
    "ประชุมที่**“กรุงเทพ”**วันนี้": "“กรุงเทพ”",
    "The talks are in **“Oslo”** now.": "“Oslo”",
}


@pytest.mark.parametrize("text", BOLD)
def test_strong_text_beside_punctuation_is_bold_in_every_format(tmp_path, text):
    _, outputs = made(tmp_path, body(text))
    assert html.document_fromstring(outputs["html"].decode()).xpath("//main//strong")[0].text_content() == BOLD[text]
    assert "*" not in READERS["pdf"](outputs["pdf"])
    runs = Opened(outputs["docx"]).body.xpath(
        "//w:r[w:rPr/w:rStyle[@w:val='Strong']]", namespaces={"w": Opened(outputs["docx"]).body.nsmap["w"]}
    )
    assert "".join("".join(run.itertext()) for run in runs) == BOLD[text]


LINKS = {
    "见https://example.org/x。然后继续。": "https://example.org/x",
    "（https://example.org/y）です。": "https://example.org/y",
    "انظر https://example.org/z، ثم تابع.": "https://example.org/z",
    "देखें https://example.org/a। फिर।": "https://example.org/a",
    "Դիտել https://example.org/b։ Հետո": "https://example.org/b",
    "「https://example.org/c」、": "https://example.org/c",
    "[https://example.org/d]": "https://example.org/d",
    "https://example.org/wiki/東京_(都)。": "https://example.org/wiki/東京_(都)",
    "see https://example.org/e–f, and": "https://example.org/e–f",
    "see https://example.org/g’s page": "https://example.org/g",
    "see https://example.org/h—and": "https://example.org/h",
    "https://example.org/i에서 확인": "https://example.org/i",
    "詳細はhttps://example.org/jをご覧ください": "https://example.org/j",
}


@pytest.mark.parametrize("text", LINKS)
def test_a_bare_address_ends_at_punctuation_of_any_script(tmp_path, text):
    _, outputs = made(tmp_path, body(text))
    assert html.document_fromstring(outputs["html"].decode()).xpath("//main//p/a/@href") == [LINKS[text]]


def test_raised_and_lowered_signs_are_read_in_every_format(tmp_path):
    text = "CO~2~ on 5 km^2^ and 10^-6^; from $5 to $7, ~20 or ~30, 5 * 3."
    outcome, outputs = made(tmp_path, body(text, key_points="- H~2~O on *5 m^3^*"))
    assert outcome.diagnostics == ()
    page = html.document_fromstring(outputs["html"].decode())
    assert page.xpath("//main//sub/text() | //main//sup/text()") == ["2", "3", "2", "2", "-6"]
    assert_in_order(
        ["from $5 to $7, ~20 or ~30, 5 * 3."], {s: " ".join(words(READERS[s](d))) for s, d in outputs.items()}
    )
    opened = Opened(outputs["docx"])
    assert opened.parts["word/document.xml"].count(b'"Superscript"') == 3
    assert opened.parts["word/document.xml"].count(b'"Subscript"') == 2


SIGNS = ["> 50 per cent of exports", "+ 2.5 per cent", "2*3*4 metres"]


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_a_sign_before_a_number_is_printed_at_the_start_of_an_item_and_of_a_line(tmp_path, theme):
    text = "\n\n".join(f"The share was\n{sign}.\n\n- one\n  - {sign} inside." for sign in SIGNS)
    points = "\n".join(f"- {sign} first." for sign in SIGNS)
    wanted = [f"{sign} first." for sign in SIGNS]
    wanted += [words for sign in SIGNS for words in (f"The share was {sign}.", f"{sign} inside.")]
    assert_in_order(wanted, seen(tmp_path, body(text, key_points=points), theme))


def test_a_dash_where_a_line_wraps_begins_no_list(tmp_path):
    text = "The deal\n- which failed - was signed.\n\nAims\n- one that\n  wraps\n- two"
    outcome, outputs = made(tmp_path, body(text))
    assert [d.code for d in outcome.diagnostics] == ["list-mark"]
    assert html.document_fromstring(outputs["html"].decode()).xpath("//main//li/text()") == ["one that wraps", "two"]
    assert_in_order(
        ["The deal - which failed - was signed."], {s: " ".join(words(READERS[s](d))) for s, d in outputs.items()}
    )


def test_markup_of_other_programs_is_printed_as_typed(tmp_path):
    text = "Exports fell.[^1] It is ~~struck~~ and *important."
    assert_in_order([text], seen(tmp_path, body(text)))
