"""The specimen shows and names every style of a theme, in every format, with enough contrast."""

from __future__ import annotations

import re

import pytest

from briefing.model.blocks import BLOCKS
from briefing.project import shipped_templates
from briefing.theme.contrast import contrast, luminance
from briefing.theme.css import selector
from briefing.theme.load import list_themes, load_theme
from tests.support.read_outputs import read
from tests.support.theme_specimen import dressed, on_paper

THEMES = [name for name, _, _ in list_themes([])]
SPECIMEN = shipped_templates() / "standard" / "specimen.yaml"


@pytest.mark.parametrize("name", THEMES)
def test_the_specimen_uses_every_style_of_the_theme(name):
    import cssselect2
    from weasyprint import HTML

    styles = load_theme(name).styles
    assert len(styles) > 50
    document = on_paper(name)
    root = cssselect2.ElementWrapper.from_html_root(HTML(string=document).etree_element)
    # A contents list stands only in a brief that is long enough.
    elsewhere = {"country-long", "country-longest"} | ({"contents"} if "<nav" not in document else set())
    unused = []
    for style in set(styles) - elsewhere:
        wanted = cssselect2.compile_selector_list(selector(style))
        if not any(any(s.test(element) for s in wanted) for element in root.iter_subtree()):
            unused.append(style)
    assert unused == [], "give the specimen a piece in each of these styles"


def test_the_specimen_uses_every_block():
    used = set(re.findall(r"^      - (\w+):", SPECIMEN.read_text("utf-8"), re.MULTILINE))
    assert len(BLOCKS) > 7
    # Text stands as it is, and where a page ends is not for a designer to see.
    assert set(BLOCKS) - used <= {"paragraphs", "page_break"}


def test_the_specimen_names_the_style_of_its_words():
    """The names stand in the words themselves, so that a printed sheet tells a designer what to change."""
    text = "\n".join(words for _, words, _, _ in dressed("standard", "print"))
    # Parts whose words are given by the program, or by the brief's own numbers.
    silent = {
        "contents",
        "contents-title",
        "portion-mark",
        "boundary-note",
        "side-title",
        "list",
        "topic",
        "paragraph-number",
    }
    silent |= {style for style in load_theme("standard").styles if style.startswith("running-")}
    said = {
        style for style in load_theme("standard").styles if re.search(rf"(?i)\b{style.replace('-', '[- ]')}\b", text)
    }
    assert len(said) > 40
    assert set(load_theme("standard").styles) - said <= silent


@pytest.mark.parametrize("name", THEMES)
def test_the_specimen_is_built_in_every_format_without_warnings(name, run_briefing, tmp_path):
    run = run_briefing("build", SPECIMEN, "--theme", name, "--strict", "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(path.suffix for path in tmp_path.glob("specimen.*")) == [".docx", ".html", ".pdf"]
    for path in tmp_path.glob("specimen.*"):
        words = " ".join(read(path).body)
        for part in ("Title: a brief in every style", "fact box title", "sidebar title", "points to make", "Annex A"):
            assert part in words, f"{path.suffix} lacks '{part}'"


def test_a_build_of_all_briefs_skips_the_specimen(run_briefing, tmp_path):
    (tmp_path / "briefing.yaml").write_text("series: Country brief\n", "utf-8")
    (tmp_path / "mongolia.yaml").write_text("title: Mongolia\nkey_points: |\n  - Between two neighbours.\n", "utf-8")
    assert run_briefing("themes", "--copy", "standard", "ministry", cwd=tmp_path).returncode == 0
    run = run_briefing("build", "-f", "html", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert [path.name for path in (tmp_path / "output").glob("*.html")] == ["mongolia.html"]


@pytest.mark.parametrize(("medium", "dark"), [("print", False), ("screen", False), ("screen", True)])
@pytest.mark.parametrize("name", THEMES)
def test_every_word_has_enough_contrast_with_its_background(name, medium, dark):
    """The pairs come from the cascade: what each word of the specimen is set in, and what lies below it."""
    found = list(dressed(name, medium, dark=dark))
    pairs = {(colour, below): f"{kind}: {words[:40]}" for kind, words, colour, below in found}
    theme = load_theme(name)
    colours = theme.dark if dark else theme.colours
    assert len(found) > 150
    assert {below for _, below in pairs} >= {colours["paper"], colours["tint"]}
    assert {colour for colour, _ in pairs} >= {colours[t] for t in ("ink", "muted", "accent", "marking")}
    weak = {pair: where for pair, where in pairs.items() if contrast(*pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("scheme", ["colours", "dark"])
@pytest.mark.parametrize("name", THEMES)
def test_text_rules_and_boxes_stay_visible_in_greyscale(name, scheme):
    """Luminance alone tells text, hairlines and boxes from the paper; what is marked says so in capitals, too."""
    colours = getattr(load_theme(name), scheme)
    for dark in ("ink", "accent", "marking", "muted"):
        assert contrast(colours[dark], colours["paper"]) >= 4.5, dark
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5
    assert contrast(colours["rule"], colours["paper"]) >= 1.5
    assert abs(luminance(colours["tint"]) - luminance(colours["paper"])) > 0.005
    assert load_theme(name).styles["running-marking"].capitals
