"""Fitting a page budget: the tightening, the number of layouts, and the error if nothing fits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefing.diagnostics import Severity
from briefing.galley import Element, Galley, rewrite
from briefing.pipeline import Job, build
from briefing.theme.variants import SETTINGS, for_notes, large_print, tightened
from briefing.writers.pdf import layout, write_pdf
from briefing.writers.pdf.fit import LayoutOptions, LayoutResult, fit
from tests.support.read_word import Opened, W
from tests.support.shipped_briefs import BRIEFS, printed, shipped

SAMPLE = "kazakhstan.yaml"
LONGEST_SHEET = 80


def content(theme: str = "standard") -> Galley:
    return shipped(SAMPLE, theme)


def roomy() -> Galley:
    """The sample with pages enough, so that only its meeting sheet can be too long."""
    return replace(content(), page_budget=3)


def grown(galley: Galley, by: float) -> Galley:
    """The galley with so much more text in each of its sections: their paragraphs go on with their own words."""

    def longer(element: Element) -> tuple[Element, ...] | None:
        if element.tag != "p" or element.style or len(element.text.split()) < 20:
            return None
        words = element.text.split()
        more = (words * (int(by) + 1))[: round(len(words) * by)]
        return (element.having(*element.children, " " + " ".join(more)),)

    def grow(element: Element) -> tuple[Element, ...]:
        return rewrite(element, longer) if element.tag == "section" and not element.style else (element,)

    body = tuple(new for element in galley.body for new in grow(element))
    before, after = ("".join(e.text for e in each) for each in (galley.body, body))
    assert len(after.split()) > len(before.split()) + 20
    return replace(galley, body=body)


def with_sheet(galley: Galley, points: int) -> Galley:
    """The galley with so many points to make in its meeting sheet."""
    point = Element("li", {}, ("We are ready to go on with what was agreed in spring, and to say so in public.",))

    def change(element: Element) -> tuple[Element, ...] | None:
        return (element.having(*[point] * points),) if element.style == "points-to-make" else None

    return replace(galley, body=tuple(new for element in galley.body for new in rewrite(element, change)))


@pytest.fixture
def layouts(monkeypatch) -> list[LayoutResult]:
    """Every layout that is made, in its order; it is the real one, and nothing is put in its place."""
    made: list[LayoutResult] = []
    own = layout._LayoutInput.lay_out

    def kept(self, options: LayoutOptions) -> LayoutResult:
        made.append(own(self, options))
        return made[-1]

    monkeypatch.setattr(layout._LayoutInput, "lay_out", kept)
    return made


def forced(galley: Galley, setting: int) -> LayoutResult:
    """The layout of the brief at one setting, whatever its budget; its side matter stands where it has room."""
    own = tuple(e for e in galley.body if e.style != "meeting-sheet")
    loose = replace(galley, body=own, theme=tightened(galley.theme, setting), page_budget=None)
    with layout.laid_out(loose) as pages:
        document = pages.layout.document
        return LayoutResult(LayoutOptions(setting), document, "", frozenset(), layout.PageUse.of(document, 2))


def test_the_sample_fits_two_pages_in_type_of_the_full_size():
    made = printed(SAMPLE, "standard")
    assert content().page_budget == 2
    assert made.output.pages == 3  # the third is the meeting sheet
    assert [told.code for told in made.output.diagnostics] == ["tightened"]
    assert made.output.theme.style("body") is not None
    assert made.output.theme.style("body").size == content().theme.style("body").size


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_ten_per_cent_more_text_fits_with_the_loosest_possible_setting(layouts, theme, paper):
    galley = replace(grown(content(theme=theme), 0.1), paper=paper)
    made = write_pdf(galley)
    (told,) = made.diagnostics
    assert (told.code, told.severity) == ("tightened", Severity.NOTE)
    assert 1 < len(layouts) <= 4
    chosen = next(s for s in range(SETTINGS) if tightened(galley.theme, s) == made.theme)
    assert chosen > 0
    assert forced(galley, chosen).page_use.brief_pages == 2
    assert forced(galley, chosen - 1).page_use.brief_pages > 2
    assert made.pages == 3


def test_the_note_reports_what_was_tightened_and_for_how_many_pages():
    (told,) = write_pdf(grown(content(), 0.1)).diagnostics
    assert re.fullmatch(
        r"the brief was tightened to fit 2 pages: spaces to \d\d per cent of theirs(, a smaller masthead)?(, text from 10\.5 to [\d.]+ pt)?",
        told.message,
    )


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_no_setting_goes_below_the_minimum_sizes(theme):
    loose = content(theme=theme).theme
    for setting in range(SETTINGS):
        tight = tightened(loose, setting)
        for name, style in tight.styles.items():
            before = loose.styles[name]
            least = 9.5 if before.size >= 9.5 else min(before.size, 8.5)
            assert style.size >= least, (setting, name)
            assert style.leading / style.size == pytest.approx(before.leading / before.size, abs=0.03), (setting, name)
        spaces = [tightened(loose, s).space for s in range(setting + 1)]
        assert spaces == sorted(spaces, reverse=True)
        assert tight.space >= loose.fit.space
    assert tightened(loose, 3).styles["body"].size == loose.styles["body"].size  # space goes first
    assert tightened(loose, SETTINGS - 1).styles["body"].size == 9.5


def test_doubled_text_fails_and_reports_the_excess_and_the_longest_sections(layouts):
    galley = grown(content(), 1.0)
    made = write_pdf(galley)
    (told,) = made.diagnostics
    assert (told.code, told.severity, made.data) == ("page-budget", Severity.ERROR, b"")
    assert len(layouts) <= 4
    assert layouts[-1].options.setting == SETTINGS - 1
    over = re.fullmatch(
        r"the brief is (\d+) words too long for 2 pages, even set as closely as its theme allows", told.message
    )
    assert over, told.message
    # What stands beyond is about the share of the words that the pages beyond have.
    assert 100 < int(over[1]) < sum(len(e.text.split()) for e in galley.body)
    named = re.search(r"the longest sections are (.+)", told.help)
    assert named, told.help
    words = [int(number) for number in re.findall(r"\((\d+) words\)", named[1])]
    assert len(words) == 3
    assert words == sorted(words, reverse=True)


def test_cutting_the_reported_number_of_words_is_enough():
    galley = grown(content(), 0.6)
    (told,) = write_pdf(galley).diagnostics
    over = int(re.findall(r"\d+", told.message)[0])
    tall = [e for e in galley.body if e.tag == "section" and not e.style]
    paragraphs = [
        p for section in tall for p in section.walk() if p.tag == "p" and not p.style and len(p.text.split()) > 20
    ]
    cut: set[int] = set()
    gone = 0
    for paragraph in paragraphs:
        if gone < over:
            cut.add(id(paragraph))
            gone += len(paragraph.text.split())

    def drop(element: Element) -> Element:
        kept = tuple(drop(c) if isinstance(c, Element) else c for c in element.children if id(c) not in cut)
        return element.having(*kept)

    shorter = replace(galley, body=tuple(drop(e) for e in galley.body))
    assert gone >= over > 0
    assert not [d for d in write_pdf(shorter).diagnostics if d.severity is Severity.ERROR]


def test_a_slightly_too_long_meeting_sheet_is_tightened_to_its_page(layouts):
    for points in range(6, LONGEST_SHEET):
        layouts.clear()
        made = write_pdf(with_sheet(roomy(), points))
        if made.diagnostics:
            break
    assert [d.code for d in made.diagnostics] == ["tightened"]
    assert "keep a meeting on its page" in made.diagnostics[0].message
    assert made.pages == 4
    assert len(layouts) <= 4


def test_a_much_too_long_meeting_sheet_is_reported_and_nothing_is_tightened(layouts):
    made = write_pdf(with_sheet(roomy(), LONGEST_SHEET))
    (told,) = made.diagnostics
    assert (told.code, told.severity) == ("sheet-length", Severity.WARNING)
    assert re.search(r"the meeting sheet '.+' is \d+ words longer than its page", told.message)
    assert made.theme == content().theme
    assert len(layouts) == 1


@pytest.mark.parametrize("edition", [large_print, for_notes])
def test_large_print_and_notes_editions_are_never_tightened(layouts, edition):
    galley = with_sheet(content(), LONGEST_SHEET)
    made = write_pdf(replace(galley, theme=edition(galley.theme), page_budget=None))
    assert made.diagnostics == ()
    assert {made.options.setting for made in layouts} == {0}


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", BRIEFS)
def test_every_shipped_brief_fits_its_page_budget_in_at_most_four_layouts(name, theme, paper):
    budget = shipped(name, theme, paper).page_budget
    made = printed(name, theme, paper)
    assert budget
    assert not [d for d in made.output.diagnostics if d.severity is not Severity.NOTE]
    assert made.layouts[-1] <= budget or len(made.layouts) > 1
    # On Letter, three pages of the longest sample have side matter without room, which each layout shows anew.
    assert len(made.layouts) <= (6 if (name, paper) == ("every-block.yaml", "Letter") else 4)


# The search alone, over every answer that layouts can give: the pages of a brief at each setting.


class Pages:
    """A brief of which one knows where it begins to fit, and where its pieces have room."""

    def __init__(self, loosest: int, *, room_from: int = 0, in_text_from: int = 0) -> None:
        self.loosest, self.room_from, self.in_text_from = loosest, room_from, in_text_from
        self.asked: list[LayoutOptions] = []

    def lay_out(self, options: LayoutOptions) -> LayoutResult:
        self.asked.append(options)
        begins = self.in_text_from if 7 in options.in_text else self.loosest
        unplaced = frozenset({7}) if options.setting < self.room_from and 7 not in options.in_text else frozenset()
        filled = 2 if options.setting >= begins else 3
        room = 1.0 if options.setting >= self.in_text_from else -1.0
        page_use = layout.PageUse(filled, filled, words_over=10, space_left=room if unplaced else 1.0)
        return LayoutResult(options, None, "", unplaced, page_use)


@pytest.mark.parametrize("loosest", range(SETTINGS + 1))
def test_the_search_finds_the_loosest_setting_in_at_most_four_layouts(loosest):
    pages = Pages(loosest)
    found = fit(replace(content(), page_budget=2), pages.lay_out)
    assert len(pages.asked) <= 4
    if loosest < SETTINGS:
        assert found.layout.options.setting == loosest
    else:
        assert [d.code for d in found.diagnostics] == ["page-budget"]
        assert found.layout.options.setting == SETTINGS - 1


@pytest.mark.parametrize("loosest", range(SETTINGS))
@pytest.mark.parametrize("room_from", range(1, SETTINGS + 1))
@pytest.mark.parametrize("more", range(3))
def test_side_content_without_space_needs_at_most_one_more_layout(loosest, room_from, more):
    pages = Pages(loosest, room_from=room_from, in_text_from=min(loosest + more, SETTINGS - 1))
    found = fit(replace(content(), page_budget=2), pages.lay_out)
    assert found.layout.options.setting <= max(loosest, min(pages.in_text_from, room_from))
    assert not found.layout.unplaced
    assert len(pages.asked) <= 5


def test_a_brief_is_refused_only_after_a_real_layout():
    pages = Pages(0, room_from=SETTINGS + 1, in_text_from=SETTINGS)
    told = fit(replace(content(), page_budget=2), pages.lay_out).diagnostics
    assert [d.code for d in told] == ["page-budget"]
    assert pages.asked[-1] == LayoutOptions(SETTINGS - 1, frozenset({7}))


# From the command line


LONG = "title: Norway\nmarking: none\nlayout:\n  pages: 1\nsections:\n  - title: Trade\n    body: |\n"


def test_word_uses_the_tightened_settings_and_the_note_has_its_line(tmp_path):
    brief = tmp_path / "norway.yaml"
    sizes = {}
    for count in (20, 34):
        brief.write_text(LONG + "      Fish and oil.\n\n" * count, encoding="utf-8")
        outcome = build(Job(str(brief), str(tmp_path / "output")))
        assert (outcome.exit_code, len(outcome.files)) == (0, 3)
        word = Opened((tmp_path / "output" / "norway.docx").read_bytes())
        sizes[count] = int(*word.styles["BodyText"].xpath("w:pPr/w:spacing/@w:after", namespaces=W))
        noted = [(d.code, d.span.line) for d in outcome.diagnostics]
        assert noted == ([("tightened", 4)] if count == 34 else [])
    assert sizes[34] < sizes[20]


def test_a_note_is_not_a_warning(run_briefing, tmp_path):
    (tmp_path / "norway.yaml").write_text(LONG + "      Fish and oil.\n\n" * 34, encoding="utf-8")
    said = {
        form: run_briefing("build", "norway.yaml", "-f", "pdf", "--strict", "--messages", form, cwd=tmp_path)
        for form in ("full", "concise", "json", "github")
    }
    assert {run.returncode for run in said.values()} == {0}
    assert "note[tightened]: the brief was tightened to fit 1 page" in said["full"].stderr
    assert "norway.yaml:4:" in said["concise"].stderr
    assert '"severity": "note"' in said["json"].stdout
    assert "::notice title=tightened" in said["github"].stdout
    assert "warning" not in said["full"].stdout + said["full"].stderr
    quiet = run_briefing("build", "norway.yaml", "-f", "pdf", "-q", cwd=tmp_path)
    assert (quiet.stdout, quiet.stderr, quiet.returncode) == ("", "", 0)
