"""The watermark of a draft: across every page, whole, light, and no word of the text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from briefing.theme.contrast import contrast
from briefing.theme.load import list_themes, load_theme
from briefing.writers.pdf import write_pdf
from briefing.writers.pdf.watermark import EDGE, SHADE
from tests.support.sample_galley import norway

MARK = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"


def galley(*, status="draft", watermark="yes"):
    made = norway()
    theme = replace(made.theme, options={**made.theme.options, "watermark": watermark})
    return replace(made, theme=theme, properties=replace(made.properties, status=status))


@cache
def pressed(**options) -> bytes:
    return write_pdf(galley(**options)).data


def drawn(data: bytes) -> list[bytes]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        parts = [resolve1(page.page_obj.attrs["Contents"]) for page in pdf.pages]
        return [
            b"\n".join(resolve1(part).get_data() for part in (page if isinstance(page, list) else [page]))
            for page in parts
        ]


def test_a_draft_has_it_on_every_page_where_the_theme_asks_for_it():
    pages = drawn(pressed())
    assert len(pages) >= 3
    assert [page.count(MARK) for page in pages] == [1] * len(pages)


@pytest.mark.parametrize("options", [{"status": "final"}, {"watermark": "no"}])
def test_a_final_brief_and_another_theme_have_none(options):
    assert all(MARK not in page for page in drawn(pressed(**options)))


def test_it_is_drawn_over_all_boxes_and_lies_whole_between_the_edges():
    for page in drawn(pressed()):
        after = page[page.index(MARK) :]
        assert after.count(b"EMC") == 1, "nothing is drawn after it"
        assert b"/watermark gs" in after
    with pdfplumber.open(BytesIO(pressed())) as pdf:
        assert pdf.pages
        for page in pdf.pages:
            letters = [c for c in [*page.curves, *page.rects] if c["non_stroking_color"] == (SHADE,) * 3]
            left, right = min(c["x0"] for c in letters), max(c["x1"] for c in letters)
            assert EDGE - 1 < left < page.width / 3
            assert page.width * 2 / 3 < right < page.width - EDGE + 1
            assert min(c["top"] for c in letters) > EDGE - 1
            assert max(c["bottom"] for c in letters) < page.height - EDGE + 1


def test_it_is_no_word_of_the_text():
    def words(data: bytes) -> list[str]:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return [page.extract_text() for page in pdf.pages]

    assert words(pressed()) == words(pressed(watermark="no"))
    assert not any("DRAFT" in page for page in words(pressed()))


def shaded(colour: str) -> str:
    """A colour with the watermark multiplied into it."""
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * SHADE):02x}" for at in (1, 3, 5))


@pytest.mark.parametrize("name", [name for name, _, _ in list_themes(())])
def test_every_colour_of_text_can_be_read_on_it(name):
    theme = load_theme(name)
    used = {style.colour for style in theme.styles.values()}
    assert {"ink", "muted", "accent", "marking"} <= used
    for colour in used - {"on_accent"}:
        for ground in ("paper", "tint"):
            # A letter that lies half on the mark has the darker ground and its own colour.
            assert contrast(theme.colours[colour], shaded(theme.colours[ground])) >= 4.5, (colour, ground)
    assert 1.05 < contrast(theme.colours["paper"], shaded(theme.colours["paper"])) < 1.3


def test_a_word_that_the_face_has_no_letters_for_is_left_out():
    made = galley()
    arabic = replace(made, labels={**made.labels, "draft": "مسودة"})
    assert all(MARK not in page for page in drawn(write_pdf(arabic).data))
