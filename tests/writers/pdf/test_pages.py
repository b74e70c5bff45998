"""The layout of printed pages: the shipped briefs and difficult ones, in both themes and paper sizes."""

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
from tests.support.layout_stress import HARD, set_hard
from tests.support.page_geometry import faults, sheets
from tests.support.project import ROOT
from tests.support.sample_galley import norway
from tests.support.shipped_briefs import BRIEFS, printed

MM = 72 / 25.4


# What no page may have


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("name", BRIEFS)
def test_the_shipped_briefs_have_no_layout_faults(name, theme, paper):
    pages = list(printed(name, theme, paper).pages)
    assert sum(len(page.lines) for page in pages) > 50
    assert faults(pages) == []


@pytest.mark.parametrize(("theme", "paper"), [("standard", "A4"), ("chancery", "Letter")])
@pytest.mark.parametrize("name", HARD)
def test_a_difficult_brief_has_no_layout_faults(name, theme, paper):
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
        ("a heading at the foot", "<p style='height:238mm'>The sea.</p><h2 style='break-after:auto'>Land</h2><p>{0}{0}</p>"),
        ("filled to", "<p>The sea.</p><p style='height:150mm'>The land.</p><p style='height:150mm'>Ice.</p>"),
        ("a row goes on", "<p style='height:234mm'>Sea.</p><table><tbody><tr style='break-inside:auto'><td>{0}{0}{0}{0}</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_each_layout_fault_is_detected(fault, body):
    words = "The coast decides what the country lives on, and with whom it talks, whatever they say of one another. "
    galley = replace(norway(), body=parse_markup(body.format(words)))
    assert fault in "\n".join(faults(sheets(galley)))


# Page one


def test_fact_box_key_points_and_body_begin_high_on_page_one():
    """The fact box begins beside the key points, below summary and figures: by 120 mm; the body by 180 mm."""
    with pdfplumber.open(BytesIO(printed("kazakhstan.yaml", "standard").output.data)) as pdf:
        page = pdf.pages[0]

        def top(words: str) -> float:
            return page.search(words)[0]["top"] / MM

        assert top("Kazakhstan keeps up") < 78
        assert top("Inflation") < top("At a glance") < 120
        assert top("Inflation") < top("Key points") < 120
        assert top("Principles and priorities") < 180


def body_of_fact_box(theme):
    edition = resolve(load_draft(ROOT / "content" / "every-block.yaml"), "internal")
    galley = set_galley(edition, theme)
    (box,) = [element for element in galley.body if element.style == "fact-box"]
    return galley, box


# The map of the fact box


def test_the_locator_map_is_below_the_facts_with_the_boundary_note():
    galley, box = body_of_fact_box(load_theme("standard"))
    assert [element.style for element in box.elements] == ["fact-box-title", "flag", "facts", "locator"]
    locator = box.elements[-1]
    assert locator.find("img").get("src").removeprefix("picture:") in galley.pictures
    assert "Norway" in locator.find("img").get("alt")
    assert locator.text.strip() == "Boundaries shown do not imply endorsement."


def test_a_theme_can_leave_out_the_boundary_note(tmp_path):
    folder = tmp_path / "ministry"
    folder.mkdir()
    (folder / "theme.yaml").write_text(
        'name: ministry\ndescription: D\nextends: standard\noptions: {boundary_note: "no"}\n', "utf-8"
    )
    _, box = body_of_fact_box(load_theme("ministry", (tmp_path,)))
    assert box.find("figure", "locator") is not None
    assert "Boundaries" not in box.text


def test_a_long_word_beside_the_fact_box_is_not_moved_below_it():
    page = sheets(set_hard("long words", "standard"))[0]
    title = next(line for line in page.lines if line.text == "Key points")
    word = next(line for line in page.lines if line.text.startswith("Donau") and line.left < title.left + 20)
    assert word.top - title.bottom < 20


def test_the_last_two_words_of_a_title_are_kept_together():
    from briefing.galley import Element
    from briefing.writers.pdf.line_breaks import avoid_short_last_line

    title = avoid_short_last_line(Element("h1", {}, ("Kazakhstan: many vectors, one policy",)))
    assert title.text == "Kazakhstan: many vectors, one\u00a0policy"
    assert avoid_short_last_line(Element("h2", {}, ("The large partners",))).text == "The large partners"
