"""The printed page, as a designer looks at it: every brief of content/ and harder ones, in both themes, on both papers."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from briefing.edition import resolve
from briefing.galley import parse_markup
from briefing.galley.set import set_galley
from briefing.reading import load_draft
from briefing.theme.load import load_theme
from briefing.writers.pdf import write_pdf
from tests.support.layout_stress import HARD, set_hard
from tests.support.page_geometry import faults, sheets
from tests.support.project import ROOT
from tests.support.sample_galley import norway

BRIEFS = sorted(path.relative_to(ROOT / "content").as_posix() for path in (ROOT / "content").rglob("*.yaml"))
MM = 72 / 25.4


def content(name: str, theme: str):
    return set_galley(resolve(load_draft(ROOT / "content" / name), "internal"), load_theme(theme))


# What no page may have


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("name", BRIEFS)
def test_the_briefs_that_come_with_the_program_are_well_laid_out(name, theme, paper):
    pages = sheets(replace(content(name, theme), paper=paper))
    assert sum(len(page.lines) for page in pages) > 50
    assert faults(pages) == []


@pytest.mark.parametrize(("theme", "paper"), [("standard", "A4"), ("chancery", "Letter")])
@pytest.mark.parametrize("name", HARD)
def test_a_hard_brief_is_well_laid_out(name, theme, paper):
    pages = sheets(replace(set_hard(name, theme), paper=paper))
    assert pages[0].lines
    assert faults(pages) == []


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("leaves its column", "<p style='white-space:nowrap'>The coast decides what the country lives on, and with whom it talks.</p>"),
        ("leaves the page", "<p><span style='white-space:nowrap'>{0}{0}</span></p>"),
        ("meets", "<p>The sea.</p><p style='margin-top:-14pt'>The land.</p>"),
        ("stands alone on its line", "<p>{0}<br/>Sea.</p>"),
        ("a line alone", "<p style='orphans:1;widows:1;height:234mm'>The sea.</p><p style='widows:1;orphans:1'>{0}{0}</p>"),
        ("a heading at the foot", "<p style='height:226mm'>The sea.</p><h2 style='break-after:auto'>Land</h2><p>{0}{0}</p>"),
        ("filled to", "<p>The sea.</p><p style='height:150mm'>The land.</p><p style='height:150mm'>Ice.</p>"),
        ("a row goes on", "<p style='height:222mm'>Sea.</p><table><tbody><tr style='break-inside:auto'><td>{0}{0}{0}{0}</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_a_fault_would_be_seen(fault, body):
    words = "The coast decides what the country lives on, and with whom it talks, whatever they say of one another. "
    galley = replace(norway(), body=parse_markup(body.format(words)))
    assert fault in "\n".join(faults(sheets(galley)))


# Page one


def test_page_one_is_for_reading():
    """The fact box begins beside the summary, the key points by 78 mm, the body by 122 mm."""
    with pdfplumber.open(BytesIO(write_pdf(content("kazakhstan.yaml", "standard")).data)) as pdf:
        page = pdf.pages[0]

        def top(words: str) -> float:
            return page.search(words)[0]["top"] / MM

        assert top("Kazakhstan keeps up") - 2 < top("At a glance") < 60
        assert top("Key points") < 78
        assert top("Principles and priorities") < 122


def body_of_fact_box(theme):
    edition = resolve(load_draft(ROOT / "content" / "every-block.yaml"), "internal")
    galley = set_galley(edition, theme)
    (box,) = [element for element in galley.body if element.style == "fact-box"]
    return galley, box


# The map of the fact box


def test_a_map_stands_under_the_facts_with_the_note_on_boundaries():
    galley, box = body_of_fact_box(load_theme("standard"))
    assert [element.style for element in box.elements] == ["fact-box-title", "flag", "facts", "locator"]
    locator = box.elements[-1]
    assert locator.find("img").get("src").removeprefix("picture:") in galley.pictures
    assert "Norway" in locator.find("img").get("alt")
    assert locator.text.strip() == "Boundaries shown do not imply endorsement."


def test_a_theme_leaves_the_note_on_boundaries_out(tmp_path):
    folder = tmp_path / "ministry"
    folder.mkdir()
    (folder / "theme.yaml").write_text(
        'name: ministry\ndescription: D\nextends: standard\noptions: {boundary_note: "no"}\n', "utf-8"
    )
    _, box = body_of_fact_box(load_theme("ministry", (tmp_path,)))
    assert box.find("figure", "locator") is not None
    assert "Boundaries" not in box.text


def test_a_long_word_beside_the_fact_box_stays_beside_it():
    page = sheets(set_hard("long words", "standard"))[0]
    title = next(line for line in page.lines if line.text == "Key points")
    word = next(line for line in page.lines if line.text.startswith("Donau") and line.left < title.left + 20)
    assert word.top - title.bottom < 20


def test_a_title_does_not_leave_its_last_word_alone_on_a_line():
    from briefing.galley import Element
    from briefing.writers.pdf.line_breaks import avoid_short_last_line

    title = avoid_short_last_line(Element("h1", {}, ("Kazakhstan: many vectors, one policy",)))
    assert title.text == "Kazakhstan: many vectors, one\u00a0policy"
    assert avoid_short_last_line(Element("h2", {}, ("The large partners",))).text == "The large partners"
