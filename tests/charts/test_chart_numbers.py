"""The numbers of a chart are available to screen readers in every format and are not printed twice."""

import zipfile
from functools import cache
from io import BytesIO

import pdfplumber
import pytest
from lxml import etree, html

from briefing.writers.docx import write_docx
from briefing.writers.html import write_html
from briefing.writers.pdf import write_pdf
from tests.support.sample_galley import set_brief

BRIEF = """
title: Trade
issued: 2016-10-05
sections:
  - title: Goods
    body:
      - chart:
          type: column
          caption: Trade in *goods*
          unit: US$ billion
          categories: [2014, 2015]
          series:
            - {name: Exports, values: [79.5, 46.0]}
            - {name: Imports, values: [41.3, null]}
          alt: Exports fall by two fifths.
      - chart:
          type: bar
          caption: Buyers
          unit: per cent
          data: {Italy: 19.0, China: -15.5}
      - chart:
          type: bar
          caption: Sellers
          unit: per cent
          data: {Russia: 34.4, China: 16.6}
          alt: Russia sells 34.4 per cent, and China 16.6.
"""
SAID = [
    "Exports fall by two fifths. 2014: Exports 79.5, Imports 41.3; 2015: Exports 46.0, Imports –.",
    "Buyers. Italy 19.0; China −15.5.",
    "Russia sells 34.4 per cent, and China 16.6.",
]


@cache
def galley():
    return set_brief(BRIEF)


@cache
def page():
    return html.document_fromstring(write_html(galley()).data.decode("utf-8"))


def test_each_html_chart_has_a_data_table_with_row_and_column_headers():
    tables = page().xpath("//figure//div[@class='unseen']/table")
    assert len(tables) == 3
    first = tables[0]
    assert first.findtext("caption") == "Trade in goods (US$ billion)"
    rows = [[cell.text_content() for cell in row] for row in first.iter("tr")]
    assert rows == [["", "Exports", "Imports"], ["2014", "79.5", "41.3"], ["2015", "46.0", "–"]]
    assert [cell.get("scope") for cell in first.iter("th")] == ["col", "col", "row", "row"]
    labels = [svg.get("aria-label") for svg in page().iter("{*}svg", "svg")]
    assert labels == ["Exports fall by two fifths.", "Buyers", SAID[2]], (
        "the table says the numbers, the label does not"
    )


def test_the_data_table_is_visually_hidden_and_not_focusable():
    assert "position: absolute" in page().findtext(".//style").partition(".unseen {")[2].partition("}")[0]
    assert page().xpath("//div[@class='unseen']//ancestor-or-self::*[@tabindex='0']") == []


def alternatives(element) -> list[str]:
    here = [element["alt_text"]] if element.get("alt_text") else []
    return here + [text for child in element.get("children", []) for text in alternatives(child)]


def test_the_pdf_gives_the_numbers_as_alternative_text_and_prints_them_once():
    with pdfplumber.open(BytesIO(write_pdf(galley()).data)) as pdf:
        assert [text for element in pdf.structure_tree for text in alternatives(element)] == SAID
        words = " ".join(page.extract_text() for page in pdf.pages)
    assert words.count("79.5") == 1


def test_word_gives_the_numbers_as_alternative_text_of_its_charts():
    with zipfile.ZipFile(BytesIO(write_docx(galley()).data)) as package:
        story = etree.fromstring(package.read("word/document.xml"))
    drawings = story.iterfind(".//{*}docPr")
    assert [drawing.get("descr") for drawing in drawings if drawing.get("descr")] == SAID
    assert "79.5" not in "".join(story.itertext())


@pytest.mark.parametrize("write", [write_html, write_pdf, write_docx])
def test_charts_give_no_warnings(write):
    assert write(galley()).diagnostics == ()
