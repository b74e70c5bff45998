"""Each engine patch is still needed and works with the installed version.

Every test makes a short document twice. If it fails without the patch, the library no longer needs the patch: remove it.
If it fails with it, the patch no longer fits. ``make test`` installs the newest WeasyPrint of the range in
pyproject.toml, so CI runs these tests on the newest release.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import Any

import pytest

from briefing.theme.load import load_theme
from briefing.writers.fonts import Cut, cut_font
from briefing.writers.pdf import write_pdf
from briefing.writers.pdf.placeholder_glyph import PlaceholderGlyphs
from briefing.writers.pdf.weasyprint_ import patches
from briefing.writers.pdf.weasyprint_.engine import engine_started
from briefing.writers.pdf.weasyprint_.patches import (
    actual_text,
    empty_line_height,
    line_cache,
    style_values,
    svg_text,
    tags,
    trailing_space,
    xml_parser,
)
from briefing.writers.pdf.weasyprint_.patches.guard import changed_target, replaced, target
from tests.support.read_outputs import read_pdf
from tests.support.read_tags import read_tags
from tests.support.sample_galley import set_brief

PATCHES = (*patches.LAYOUT, *patches.OUTPUT)
NAMES = [patch.__name__.rpartition(".")[2] for patch in PATCHES]
ROWS = "".join(f"<tr><td>{year}</td><td>{year % 7} million tonnes</td></tr>" for year in range(2000, 2012))
PAGE = f"""<!doctype html><html lang="en"><head><title>Norway</title><style>
@page {{ size: 105mm 60mm; margin: 15mm; @top-center {{ content: "Running header" }} }}
</style></head><body><p>The coast decides what the country lives on.</p>
<table><thead><tr><th>Year</th><th>Fish</th></tr></thead><tbody>{ROWS}</tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text x="2" y="15" font-size="12">AVATAR</text></svg>
</body></html>"""


@pytest.fixture
def weasyprint() -> Iterator[Any]:
    theme = load_theme("standard")
    letters = frozenset(map(chr, range(32, 127)))
    with engine_started(cut_font(theme, Cut("serif", 400, italic=False, size=10), letters), theme) as (library, _):
        yield library


def written(library: Any, page: str = PAGE, around: Callable[[Any], Any] = lambda _: nullcontext()) -> bytes:
    document = library.HTML(string=page).render(pdf_variant="pdf/ua-1")
    with around(document):
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"1", uncompressed_pdf=True))


@contextmanager
def calls_of(*functions: Callable[..., Any]) -> Iterator[Counter[str]]:
    """Counts the calls of functions, by any caller and under any name."""
    names = {function.__code__: function.__name__ for function in functions}
    found: Counter[str] = Counter()

    def note(frame: Any, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code in names:
            found[names[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("patch", PATCHES, ids=NAMES)
def test_the_installed_engine_is_the_one_that_each_patch_expects(patch: ModuleType) -> None:
    assert patch.TARGETS
    assert changed_target(patch) == ""
    assert patch.UPSTREAM
    assert patch.REASON
    assert patch.__doc__


@pytest.mark.parametrize("patch", PATCHES, ids=NAMES)
def test_the_original_functions_are_restored_after_a_patch(weasyprint: Any, patch: ModuleType) -> None:
    before = {name: target(name) for name in patch.TARGETS}
    document = weasyprint.HTML(string=PAGE).render()
    with patch.apply(document) if patch in patches.OUTPUT else patch.apply():
        assert all(target(name) is not function for name, function in before.items())
    assert {name: target(name) for name in patch.TARGETS} == before


def tables(data: bytes) -> int:
    return sum(tag.kind == "Table" for tag in read_tags(data).walk())


def test_the_tags_patch_marks_headers_as_artifacts_and_keeps_a_split_table_whole(weasyprint: Any) -> None:
    """Without it, page margins are read as text, and a table over two pages is two tables."""
    without, with_it = written(weasyprint), written(weasyprint, around=tags.apply)
    header = b"/Artifact\n<</Type /Pagination/Subtype /Header>>"
    assert header not in without
    assert tables(without) > 1
    assert with_it.count(header) > 1
    assert tables(with_it) == 1


def in_item(data: bytes) -> list[str]:
    """The tags in the first item of a list."""
    return next([child.kind for child in tag.children] for tag in read_tags(data).walk() if tag.kind == "LI")


def test_the_tags_patch_keeps_a_list_at_its_place_in_an_item(weasyprint: Any) -> None:
    """Without it, the list is read after the whole item."""
    page = "<html lang=en><title>x</title><ul><li><p>Fish</p><ol><li>quota</li></ol><p>Ships</p></li></ul>"
    assert in_item(written(weasyprint, page)) == ["Lbl", "P", "P"]
    assert in_item(written(weasyprint, page, around=tags.apply)) == ["Lbl", "P", "L", "P"]


def test_the_actual_text_patch_keeps_arabic_words_correct_when_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, an Arabic word is copied as another word."""
    word = "الطاقة"
    words = f"The word is [{word}]{{lang=ar}} here."
    brief = set_brief(f"title: Energy\nlanguage: en\nissued: 2016-10-05\nsummary: {words}\nkey_points: '- One.'\n")
    with_it = " ".join(read_pdf(write_pdf(brief).data, "Sources").body)
    monkeypatch.setattr(actual_text, "apply", lambda _document: nullcontext(PlaceholderGlyphs()))
    without = " ".join(read_pdf(write_pdf(brief).data, "Sources").body)
    assert "The word is" in without
    assert f"is {word} here" not in without
    assert f"is {word} here" in with_it


def lines_of(document: Any) -> list[int]:
    """The widths of the lines of a document, in px."""
    boxes = document.pages[0]._page_box.descendants()
    return [round(box.width) for box in boxes if type(box).__name__ == "LineBox"]


def test_the_trailing_space_patch_keeps_words_on_a_line_where_only_the_space_does_not_fit(weasyprint: Any) -> None:
    """Without it, there is a break after the first word."""
    start = "The coast decides what the country lives on"

    def laid_out(width: str) -> list[int]:
        style = f"@page {{ size: 2000px 400px; margin: 0 }} p {{ width: {width}; margin: 0 }}"
        page = f"<style>{style}</style><p>{start} <strong>today</strong></p>"
        return lines_of(weasyprint.HTML(string=page).render())

    words = weasyprint.HTML(string=f"<style>@page {{ size: 2000px; margin: 0 }}</style><p>{start}</p>").render()
    width = lines_of(words)[0] + 1
    without = laid_out(f"{width}px")
    with trailing_space.apply():
        with_it = laid_out(f"{width}px")
    assert len(without) == len(with_it) + 1 == 3


def test_the_svg_text_patch_draws_a_label_as_one_piece(weasyprint: Any) -> None:
    """Without it, each letter of a label is drawn by itself."""
    without = written(weasyprint)
    with svg_text.apply():
        with_it = written(weasyprint)
    assert without.count(b"TJ") - with_it.count(b"TJ") == len("AVATAR") - 1


def test_the_style_values_patch_at_least_halves_the_property_lookups(weasyprint: Any) -> None:
    """Without it, the slow function looks up every property that no rule sets."""
    lookup = target("weasyprint.css:ComputedStyle.__missing__")
    with calls_of(lookup) as without:
        page = written(weasyprint)
    with style_values.apply(), calls_of(lookup) as with_it:
        assert written(weasyprint) == page
    assert with_it["__missing__"] < without["__missing__"] / 2


def test_the_empty_line_height_patch_at_least_halves_the_height_lookups(weasyprint: Any) -> None:
    """Without it, the height of an empty line is looked up for each line."""
    height = target("weasyprint.text.line_break:strut")
    with calls_of(height) as without:
        page = written(weasyprint)
    with empty_line_height.apply(), calls_of(height) as with_it:
        assert written(weasyprint) == page
    assert with_it["strut"] < without["strut"] / 2


def test_the_line_cache_patch_reuses_line_breaks_in_a_second_layout(weasyprint: Any) -> None:
    """Without it, a second layout of the same text breaks its lines again."""
    breaks = target("weasyprint.text.line_break:split_first_line")

    def laid_out() -> bytes:
        configuration = weasyprint.text.fonts.FontConfiguration()
        line_cache.use_lines(configuration, b"canary")
        document = weasyprint.HTML(string=PAGE).render(font_config=configuration)
        return bytes(document.write_pdf(pdf_identifier=b"1"))

    page = laid_out()
    with calls_of(breaks) as without:
        assert laid_out() == page
    with line_cache.apply():
        assert laid_out() == page
        with calls_of(breaks) as with_it:
            assert laid_out() == page
    assert without["split_first_line"] > 20
    assert with_it["split_first_line"] < without["split_first_line"] / 2


def test_the_xml_parser_patch_avoids_the_html_parser(weasyprint: Any) -> None:
    """Without it, every document is parsed by the slow HTML parser."""
    parse = target("tinyhtml5:parse")
    page = '<html lang="en"><head><title>Norway</title></head><body><p>The coast &amp; the sea.</p></body></html>'
    with calls_of(parse) as without:
        expected = written(weasyprint, page)
    with xml_parser.apply(), calls_of(parse) as with_it:
        assert written(weasyprint, page) == expected
    assert without["parse"] == 1
    assert with_it["parse"] == 0


def test_a_changed_signature_is_detected() -> None:
    with replaced({"weasyprint.svg:text": lambda *_: None}):
        assert changed_target(svg_text) == "weasyprint.svg:text"
    with replaced({"weasyprint.css:ComputedStyle.__missing__": lambda *_: None}):
        assert changed_target(style_values) == "weasyprint.css:ComputedStyle.__missing__"
    assert changed_target(svg_text) == changed_target(style_values) == ""
