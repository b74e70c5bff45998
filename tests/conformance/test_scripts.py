"""Names in other scripts: Poppler finds them in the PDF, and the PDF conforms to its standards."""

import re

import pytest

from briefing.writers.html import write_html
from tests.conformance.test_pdf_standards import vera
from tests.support.other_scripts import ARABIC, ENGLISH, NAMES, galley_of, pdf_of
from tests.support.read_outputs import read_html

BRIEFS = {"english": ENGLISH, "arabic": ARABIC}
#: Marks of direction, which poppler puts round words.
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The two briefs as PDFs, by their names."""
    folder = tmp_path_factory.mktemp("scripts")
    for name, text in BRIEFS.items():
        (folder / f"{name}.pdf").write_bytes(pdf_of(text))
    return {name: folder / f"{name}.pdf" for name in BRIEFS}


def extracted(tool, path) -> str:
    return MARKS.sub("", tool("pdftotext", "-layout", path, "-"))


def test_poppler_finds_every_name(tool, pages):
    text = extracted(tool, pages["english"])
    assert [name for name in NAMES.values() if not all(word in text for word in name.split())] == []


def test_poppler_finds_every_word_of_an_arabic_brief(tool, pages):
    text = extracted(tool, pages["arabic"])
    words = read_html(write_html(galley_of(ARABIC)).data).body
    assert len(words) > 30
    assert [word for word in words if not all(part in text for part in re.findall(r"[\w.]+\w|\w", word))] == []


def test_briefs_in_other_scripts_conform_to_pdf_ua_and_pdf_a(tool, cache, pages):
    standards = ("ua1", "2a")
    broken = vera(tool, cache, standards, list(pages.values()))
    assert broken == {(standard, path): [] for standard in standards for path in pages.values()}


def test_every_font_is_from_the_theme_embedded_and_subset(tool, pages):
    for path in pages.values():
        rows = tool("pdffonts", path).splitlines()[2:]
        assert len(rows) > 4
        assert [row for row in rows if not re.match(r"[A-Z]{6}\+(Source|Noto)-S|\[none\] +Type 3|box0 ", row)] == []
        # Embedded, cut to what is used, and readable. Boxes and marks of direction are drawn by a Type 3 font, which has
        # no glyph that is not used, and no name that would say so.
        for row in rows:
            assert row.split()[-5:-2] == ["yes", "no" if " Type 3 " in row else "yes", "yes"], row
