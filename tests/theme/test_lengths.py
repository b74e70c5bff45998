"""Indents, spaces and rules: a token in theme.yaml changes Word's styles and the stylesheets alike."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml

from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml.elements import mm, name
from briefing.writers.html import write_html
from briefing.writers.pdf.page_css import stylesheet
from tests.support.galley_with_everything import galley
from tests.support.project import ROOT
from tests.support.read_word import Opened, W

STANDARD = ROOT / "templates" / "standard"


@pytest.fixture
def ministry(tmp_path):
    def make(text: str):
        folder = tmp_path / "ministry"
        folder.mkdir()
        (folder / "theme.yaml").write_text(text, "utf-8")
        return galley(theme=load_theme("ministry", (tmp_path,)))

    return make


def style(opened: Opened, identity: str):
    return opened.xml("word/styles.xml").find(f"w:style[@w:styleId='{identity}']", W)


def test_a_token_changes_word_pdf_and_html(ministry):
    made = ministry(
        "extends: standard\nrules: {heavy: 4, thin: 1}\nindents: {timeline: 40, people: 44}\nspaces: {after-table: 20}\n"
    )
    opened = Opened(write_docx(made).data)
    for table in ("Masthead", "KeyPointsBox"):
        assert style(opened, table).find(".//w:tblBorders/w:top", W).get(name("w:sz")) == "32"
    assert style(opened, "BriefTable").find(".//w:tblBorders/w:bottom", W).get(name("w:sz")) == "8"
    for identity, place in (("Timeline", 40), ("People", 44)):
        indent = style(opened, identity).find(".//w:ind", W)
        assert [int(indent.get(name(f"w:{side}"))) for side in ("left", "hanging")] == [mm(place), mm(place)]
        assert int(style(opened, identity).find(".//w:tab", W).get(name("w:pos"))) == mm(place)
    assert style(opened, "BodyTextAfterTable").find(".//w:spacing", W).get(name("w:before")) == "400"

    print_css = stylesheet(made)
    assert re.search(r"\.masthead \{[^}]*border-top: 4pt solid", print_css)
    assert "thead th { vertical-align: bottom; border-bottom: 1pt solid" in print_css
    assert ".timeline dt { flex: 0 0 42mm; }" in print_css
    assert ".people dt { flex: 0 0 40mm; padding-inline-end: 4mm; }" in print_css
    assert ".brief-table + :not(.table-note) { margin-top: 20pt; }" in print_css

    page = write_html(made).data.decode("utf-8")
    assert "--rule-heavy:4pt" in page
    assert re.search(r"\.masthead \{[^}]*border-top: var\(--rule-heavy\) solid", page)


def test_a_hairline_is_never_lighter_than_word_can_draw(ministry):
    opened = Opened(write_docx(ministry("extends: standard\nrules: {hairline: .1}\n")).data)
    assert style(opened, "BriefTable").find(".//w:tblBorders/w:insideH", W).get(name("w:sz")) == "2"


def test_large_print_widens_indents_with_the_type():
    theme = load_theme("standard")
    opened = Opened(write_docx(galley(theme=replace(theme, scale=1.5))).data)
    assert int(style(opened, "Timeline").find(".//w:ind", W).get(name("w:left"))) == mm(theme.indents["timeline"] * 1.5)


def test_a_theme_that_was_copied_before_there_were_these_tokens_has_todays_lengths(ministry):
    tokens = yaml.safe_load((STANDARD / "theme.yaml").read_text("utf-8"))
    old = {key: value for key, value in tokens.items() if key not in {"rules", "indents", "spaces"}}
    theme = ministry(yaml.safe_dump(old)).theme
    assert (theme.rules, theme.indents, theme.spaces) == (tokens["rules"], tokens["indents"], tokens["spaces"])


@pytest.mark.parametrize("group", ["rules", "indents", "spaces"])
def test_every_length_is_used(group):
    texts = [path.read_text("utf-8") for path in STANDARD.glob("*.css")]
    texts += [path.read_text("utf-8") for path in (ROOT / "briefing" / "writers" / "docx").rglob("*.py")]
    every = "\n".join(texts)
    lengths = getattr(load_theme("standard"), group)
    assert lengths
    assert [token for token in lengths if f'"{token}"' not in every and f"--{group[:-1]}-{token}" not in every] == []
