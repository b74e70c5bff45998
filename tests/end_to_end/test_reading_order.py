"""One reading order in every format: summary, key points, facts, text, wherever the fact box is on the page."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from briefing.galley import Galley
from briefing.theme.variants import large_print
from briefing.writers.docx import write_docx
from briefing.writers.html import write_html
from briefing.writers.pdf import write_pdf
from tests.support.read_outputs import read_docx, read_html, read_pdf
from tests.support.read_word import Opened, W
from tests.support.sample_galley import set_brief

LABELS = ("Capital", "Area", "Population", "Head of state", "Growth", "Currency", "Religion", "Parliament")
MM = 72 / 25.4


def norway(facts: int, *, theme: str = "standard", points: int = 3, language: str = "en-GB") -> Galley:
    rows = "".join(f"    {LABELS[n % 8]} {n // 8 + 1}: Value {n + 1}\n" for n in range(facts))
    said = "".join(f"  - Point {n + 1} of those that the minister wants to make.\n" for n in range(points))
    text = (
        f"title: Norway\nlanguage: {language}\nissued: 2016-09-15\nsummary: Summary of the brief.\n"
        f"key_points: |\n{said}fact_box:\n  title: At a glance\n  facts:\n{rows}"
        f"sections:\n  - title: The sea\n    body: The coast decides.\n"
    )
    return set_brief(text, theme=theme)


def order(words: tuple[str, ...]) -> list[str]:
    """The parts of the brief in the order in which their first words are read."""
    text = " ".join(words)
    parts = {"summary": "Summary of", "key points": "Point 1", "facts": "Value 1", "text": "The coast"}
    return sorted(parts, key=lambda part: text.index(parts[part]))


ORDER = ["summary", "key points", "facts", "text"]


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize(("facts", "paper"), [(3, "A4"), (11, "Letter"), (12, "A4"), (20, "Letter"), (40, "A4")])
def test_the_key_points_are_read_before_the_facts(facts, paper, theme):
    galley = replace(norway(facts, theme=theme), paper=paper)
    data = write_pdf(galley).data
    page, word = read_html(write_html(galley).data), read_docx(write_docx(galley).data)
    aloud = read_pdf(data, "")
    for words in (page.body, aloud.body, word.body):
        assert order(words) == ORDER
        assert [word for word in words if word == "Value"] == ["Value"] * facts
    with pdfplumber.open(BytesIO(data)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
        box, summary = pdf.pages[0].search("At a glance")[0], pdf.pages[0].search("Summary of")[0]
    assert sum(text.count("Value") for text in pages) == facts
    # Up to twenty facts stand beside a short summary, more than the page holds below the key points.
    assert (abs(box["top"] - summary["top"]) < 6 * MM) == (facts <= 20)


@pytest.mark.parametrize("facts", [3, 40])
def test_the_order_is_the_same_in_large_print_and_from_right_to_left(facts):
    galley = norway(facts)
    large = replace(galley, theme=large_print(galley.theme))
    for one in (large, replace(galley, language="ar", direction="rtl")):
        assert order(read_html(write_html(one).data).body) == ORDER
        assert order(read_pdf(write_pdf(one).data, "").body) == ORDER
        assert order(read_docx(write_docx(one).data).body) == ORDER


@pytest.mark.parametrize(("facts", "beside"), [(11, True), (12, True), (16, True), (30, False)])
def test_in_word_a_box_beside_the_text_stands_below_the_summary(facts, beside):
    body = Opened(write_docx(norway(facts)).data).body
    places = body.findall(".//w:tblpPr", W)
    assert len(places) == beside
    for place in places:
        top = int(place.get(f"{{{W['w']}}}tblpY")) / 1440 * 25.4
        assert place.get(f"{{{W['w']}}}vertAnchor") == "margin"
        assert 36 < top < 48, "below a title and a summary of one line"


def test_a_fact_box_stands_on_page_one_though_the_key_points_go_on_to_page_two():
    data = write_pdf(norway(5, points=50)).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "Point 50 of" in texts[1]
    assert "At a glance" in texts[0]
    assert order(read_pdf(data, "").body) == ORDER
