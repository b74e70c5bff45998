"""The strip of key figures: what each cell says in HTML, PDF and Word, by language and audience."""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import dedent

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from lxml import html

from briefing.edition.resolve import resolve
from briefing.galley import Element, Galley
from briefing.galley.set import set_galley
from briefing.pipeline import Job, build
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from tests.support.read_tags import read_tags

BRIEF = """\
title: Norway
language: en-GB
handout_marking: none
key_figures:
  Population:
    value: 5.6
    unit: million
    change: 1.0 % in a year
    direction: up
    as_of: 2025-07
    source: statistics
  GDP per head:
    value: 86,000
    unit: US$
    as_of: 2024, estimate
  Budget:
    value: 2.1
    unit: NOK trillion
    change: from 2.4
    direction: down
    source: ministry
  Unemployment: 4.0 %
  Last review:
    value: 2016
    audience: internal
sections:
  - {title: Trade, body: "Fish is sold.[@ministry]"}
sources:
  ministry: Ministry of Finance, *Budget*, 2025
  statistics: Statistics Norway, 2025
"""
#: The words of each cell, without spaces that do not break: label, value with unit, change, date.
CELLS = [
    ["Population", "5.6 million", "▲ 1.0 % in a year", "July 20251"],
    ["GDP per head", "US$ 86,000", "2024, estimate"],
    ["Budget", "NOK 2.1 trillion", "▼ from 2.42"],
    ["Unemployment", "4.0 %"],
    ["Last review", "2016"],
]


def lines(text: str) -> str:
    return " ".join(text.split())


def galley_of(folder: Path, text: str = BRIEF, audience: str = "internal") -> Galley:
    content = folder / "norway.yaml"
    content.write_text(dedent(text), "utf-8")
    edition = resolve(load_draft(content, folder), audience)
    return set_galley(edition, load_theme(edition.theme))


def cells(galley: Galley) -> list[list[str]]:
    (strip,) = [top for top in galley.body if isinstance(top, Element) and top.style == "key-figures"]
    return [[lines(p.text) for p in item.walk() if p.tag == "p"] for item in strip.walk() if item.tag == "li"]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> tuple[str, bytes, bytes]:
    folder = tmp_path_factory.mktemp("norway")
    (folder / "norway.yaml").write_text(BRIEF, "utf-8")
    outcome = build(Job(str(folder / "norway.yaml"), str(folder / "out"), project=str(folder)))
    assert outcome.exit_code == 0, outcome.diagnostics
    read = [(folder / "out" / f"norway.{end}").read_bytes() for end in ("html", "pdf", "docx")]
    return read[0].decode(), read[1], read[2]


def test_the_web_page_has_an_item_for_each_figure(outputs):
    (strip,) = html.document_fromstring(outputs[0]).xpath("//ul[@class='key-figures']")
    assert strip.get("aria-label") == "Key figures"
    found = [[lines(p.text_content()) for p in item.iterchildren("p")] for item in strip.iterchildren("li")]
    assert found == CELLS


def test_the_pdf_has_a_tagged_list_with_the_same_words(outputs):
    items = [tag for tag in read_tags(outputs[1]).walk() if tag.kind == "LI" and "Population" in tag.text]
    assert items
    strip = next(tag for tag in read_tags(outputs[1]).walk() if tag.kind == "L" and "Population" in tag.text)
    found = [lines(tag.text) for tag in strip.walk() if tag.kind == "LI"]
    assert found == [" ".join(cell) for cell in CELLS]


def test_word_has_a_table_with_a_cell_for_each_figure_and_footnotes(outputs):
    document = docx.Document(io.BytesIO(outputs[2]))
    (table,) = [table for table in document.tables if "Population" in table.cell(0, 0).text]
    assert len(table.rows) == 1
    found = [[lines(p.text) for p in cell.paragraphs] for cell in table.rows[0].cells]
    # The calls are footnotes, which have no text of their own.
    assert found == [
        [text.removesuffix("20251") + "2025" * text.endswith("20251") for text in cell] for cell in CELLS[:2]
    ] + [
        ["Budget", "NOK 2.1 trillion", "▼ from 2.4"],
        *CELLS[3:],
    ]
    footnotes = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}footnoteReference"
    assert [len(list(cell._tc.iter(footnotes))) for cell in table.rows[0].cells] == [1, 0, 1, 0, 0]


def test_an_internal_figure_is_not_in_the_handout(tmp_path):
    assert cells(galley_of(tmp_path)) == CELLS
    assert cells(galley_of(tmp_path, audience="handout")) == CELLS[:-1]


@pytest.mark.parametrize(
    ("language", "unit", "shown"),
    [
        ("en-GB", "US$", "US$ 5"),
        ("de", "US$", "5 US$"),
        ("fr", "€", "5 €"),
        ("ru", "₽", "5 ₽"),
        ("en-GB", "€ billion", "€ 5 billion"),
        ("de", "€ Milliarden", "5 € Milliarden"),
        ("en-GB", "million", "5 million"),
        ("en-GB", "NOK billion", "NOK 5 billion"),
        ("en-GB", "GWh", "5 GWh"),
        ("en-GB", "ABC", "5 ABC"),
    ],
)
def test_a_currency_stands_where_the_language_puts_it(tmp_path, language, unit, shown):
    text = f"title: X\nlanguage: {language}\nkey_figures:\n  GDP: {{value: 5, unit: {unit}}}\nkey_points: One.\n"
    ((_, value),) = cells(galley_of(tmp_path, text))
    assert value == shown


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (3, [3]), (6, [6]), (7, [4, 3]), (13, [5, 5, 3])])
def test_more_than_six_figures_take_several_rows_in_word(tmp_path, count, rows):
    figures = "".join(f"  Figure {number}: {number}\n" for number in range(1, count + 1))
    (tmp_path / "x.yaml").write_text(f"title: X\nlanguage: en\nkey_figures:\n{figures}key_points: One.\n", "utf-8")
    outcome = build(Job(str(tmp_path / "x.yaml"), str(tmp_path), ("docx",), project=str(tmp_path)))
    assert ("key-figures" in {d.code for d in outcome.diagnostics}) == (not 4 <= count <= 6)
    document = docx.Document(tmp_path / "x.docx")
    # A table that is the whole of a field is in a content control.
    tables = [Table(element, document) for element in document.element.body.iter(qn("w:tbl"))]
    (table,) = [table for table in tables if "Figure 1" in table.cell(0, 0).text]
    found = [[cell.text for cell in row.cells if cell.text] for row in table.rows]
    assert list(map(len, found)) == rows
    assert sum(found, []) == [f"Figure {number}\n{number}" for number in range(1, count + 1)]  # noqa: RUF017
