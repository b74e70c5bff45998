"""The watermark of a draft: on every page, complete, light, and not part of the text."""

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


def test_a_draft_has_a_watermark_on_every_page_if_the_theme_enables_it():
    pages = drawn(pressed())
    assert len(pages) >= 3
    assert [page.count(MARK) for page in pages] == [1] * len(pages)


@pytest.mark.parametrize("options", [{"status": "final"}, {"watermark": "no"}])
def test_a_final_brief_or_a_disabled_option_gives_no_watermark(options):
    assert all(MARK not in page for page in drawn(pressed(**options)))


def test_the_watermark_is_drawn_last_and_is_within_the_page():
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


def test_the_watermark_is_not_part_of_the_text():
    def words(data: bytes) -> list[str]:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return [page.extract_text() for page in pdf.pages]

    assert words(pressed()) == words(pressed(watermark="no"))
    assert not any("DRAFT" in page for page in words(pressed()))


def shaded(colour: str) -> str:
    """A colour with the watermark multiplied into it."""
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * SHADE):02x}" for at in (1, 3, 5))


@pytest.mark.parametrize("name", [name for name, _, _ in list_themes(())])
def test_every_text_colour_has_enough_contrast_with_the_watermark(name):
    theme = load_theme(name)
    used = {style.colour for style in theme.styles.values()}
    assert {"ink", "muted", "accent", "marking"} <= used
    for colour in used - {"on_accent"}:
        for ground in ("paper", "tint"):
            # A letter that lies half on the mark has the darker ground and its own colour.
            assert contrast(theme.colours[colour], shaded(theme.colours[ground])) >= 4.5, (colour, ground)
    assert 1.05 < contrast(theme.colours["paper"], shaded(theme.colours["paper"])) < 1.3


def test_a_watermark_whose_letters_the_font_lacks_is_left_out():
    made = galley()
    arabic = replace(made, labels={**made.labels, "draft": "مسودة"})
    assert all(MARK not in page for page in drawn(write_pdf(arabic).data))
