"""Briefs with a hostile string in every text field pass the independent checkers.

What stands in a brief is nobody's fault: whatever its letters, the outputs are valid and say them.
"""

import re
import unicodedata
from collections import Counter

import pytest

from briefing.pipeline import Job, build
from briefing.theme.load import load_theme
from briefing.writers.fonts import repertoire
from tests.conformance.test_html import axe, nu_checker
from tests.conformance.test_pdf_standards import vera
from tests.conformance.test_word import audit, integrity, open_xml_sdk
from tests.conformance.word_invariants import findings
from tests.support.every_field import filled, write
from tests.support.hostile_strings import NAUGHTY, turn_about

#: With which of the strings each brief begins; so each of them stands in other fields.
STARTS = (0, 5, 11)
FORMATS = ("html", "pdf", "docx")
#: What the checkers say of the words themselves, which are the author's: that letters could be written another way, that
#: nobody knows letters of private use, that this is no English, that "&amp;" looks like a slip.
ADVICE = (
    "is not in Unicode Normalization Form C",
    "Document uses the Unicode Private Use Area",
    "This document appears to be written in",
)
SLIPS = {"TXT002"}
#: Signs that steer, and are not among the words that another program takes out of a PDF.
STEERING = {"Cf", "Zs", "Zl"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """By format, the files of the briefs."""
    desks = {first: tmp_path_factory.mktemp(f"from-{first}") for first in STARTS}
    for first, desk in desks.items():
        content = write(desk, turn_about(first))
        outcome = build(Job(str(content), str(desk / "output"), FORMATS, project=str(desk)))
        assert outcome.exit_code == 0, [d for d in outcome.diagnostics if d.severity == "error"]
        assert any(d.code == "missing-glyph" for d in outcome.diagnostics)
    return {suffix: [desk / f"output/all.{suffix}" for desk in desks.values()] for suffix in FORMATS}


def test_the_hostile_strings_include_letters_without_a_font_and_very_long_words():
    theme = load_theme("standard")
    faces = (*theme.faces, *(code for code, lent in theme.scripts.items() if lent.roman))
    known = [repertoire(theme, face) for face in faces]
    lacking = {letter for text in NAUGHTY for letter in text if not any(ord(letter) in held for held in known)}
    assert {"\U00020000", "\ue000", "\U000f0000", "\U0001f9d1"} <= lacking
    assert max(len(word) for text in NAUGHTY for word in text.split()) >= 300


def test_each_string_is_used_in_several_kinds_of_field():
    stand = Counter()
    for first in STARTS:
        fill = turn_about(first)
        for where, kind in filled():
            stand[fill("words", where).removeprefix(f"{where} "), kind] += 1
    for text in NAUGHTY:
        kinds = [kind for said, kind in stand if said == text]
        assert len(kinds) > 1
        assert sum(stand[text, kind] for kind in kinds) > 9


def test_the_html_files_are_valid_and_send_no_requests(tool, cache, chromium, made):
    for found in nu_checker(tool, cache, made["html"]).values():
        assert [told for told in found if not any(words in told for words in ADVICE)] == []
    assert axe(tool, cache, chromium, made["html"]) == {path: [] for path in made["html"]}


def test_the_pdfs_conform_to_pdf_ua_and_pdf_a(tool, cache, made):
    standards = ("ua1", "2a")
    broken = vera(tool, cache, standards, made["pdf"])
    assert broken == {(standard, path): [] for standard in standards for path in made["pdf"]}
    for path in made["pdf"]:
        assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", path, codes=(0, 2, 3))


def test_the_placeholder_fonts_are_the_only_type_3_fonts(tool, made):
    for path in made["pdf"]:
        rows = tool("pdffonts", path).splitlines()[2:]
        assert len(rows) > 4
        drawn = [row for row in rows if " Type 3 " in row]
        assert drawn
        assert [row for row in drawn if not re.match(r"(\[none\]|box\d) +Type 3 +Custom +yes +no +yes", row)] == []


@pytest.mark.parametrize("checker", [open_xml_sdk, audit, integrity], ids=lambda checker: checker.__name__)
def test_the_word_files_are_valid(checker, tool, cache, made):
    for found in checker(tool, cache, made["docx"]).values():
        assert [told for told in found if not (isinstance(told, dict) and told.get("code") in SLIPS)] == []
    assert [found for path in made["docx"] for found in findings(path)] == []


def test_poppler_finds_every_word_in_the_pdf(tool, made):
    """But for those that are drawn from right to left, and marks stacked on a letter, which each reader orders its own way."""
    for path in made["pdf"]:
        text = plain(tool("pdftotext", "-raw", path, "-"))
        words = {word for said in NAUGHTY for word in said.split() if not any(map(reordered, word))}
        assert len(words) > 200
        assert [word for word in words if plain(word) not in text] == [], path


def reordered(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 or unicodedata.bidirectional(letter) in {"R", "AL", "RLE", "RLI", "AN"}


def plain(text: str) -> str:
    """Letters alone, without breaks, hyphens, and what draws nothing: signs that steer, and such as choose a form or a flag."""
    shown = (letter for letter in text if unicodedata.category(letter) not in STEERING and not letter.isspace())
    return re.sub("[-\u2010\u2065\ufe00-\ufe0f\U000e0000-\U000e0fff]", "", unicodedata.normalize("NFC", "".join(shown)))
