"""The layout patches change no page, with a cold or a warm cache."""

import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.galley import Galley
from briefing.pipeline import Job, build
from briefing.theme.load import load_theme
from briefing.writers.pdf import write_pdf
from briefing.writers.pdf.page_css import resolve_variables, stylesheet
from briefing.writers.pdf.weasyprint_ import patches
from briefing.writers.pdf.weasyprint_.patches import line_cache, svg_text, tags
from tests.support.galley_with_everything import galley
from tests.support.project import ROOT

BRIEFS = ("every-block", "kazakhstan.ru")


def built(folder: Path, first: str, times: int) -> dict[str, bytes]:
    """The bytes of PDFs by their names. Each theme is built so many times in one process, and the last one counts."""
    script = f"""
        from briefing.pipeline import Job, build
        from briefing.writers.pdf.weasyprint_ import patches

        {first}
        for theme in ("standard", "chancery") * {times}:
            for brief in {BRIEFS!r}:
                outcome = build(Job(f"content/{{brief}}.yaml", {str(folder)!r} + "/" + theme, ("pdf",), theme=theme))
                assert outcome.exit_code == 0, outcome
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("*/*.pdf")}


def test_the_pages_are_the_same_with_and_without_the_speed_patches(tmp_path):
    without = built(tmp_path / "without", "patches.LAYOUT = (patches.svg_text, patches.trailing_space)", times=1)
    with_them = built(tmp_path / "with", "assert len(patches.LAYOUT) == 6", times=2)
    assert len(with_them) == 4
    assert {name for name in with_them if with_them[name] != without[name]} == set()


def brief(words: str, theme="standard") -> Galley:
    return galley(f"<h1>Norway</h1><p>{words}</p>", theme=load_theme(theme))


def test_a_cached_line_is_not_reused_for_other_words_fonts_or_columns():
    words = "Norway trades with the European Union from outside, and it works with it from within, in Schengen. " * 3
    first = write_pdf(brief(words)).data
    assert write_pdf(brief(words)).data == first
    line_cache._cached.clear()
    changed = {
        "words": brief(words.replace("Schengen", "Dublin")),
        "fonts": brief(words, "chancery"),
        "letters": brief(words + "ðþ"),
        "column": replace(brief(words), theme=large(load_theme("standard"))),
    }
    alone = {}
    for name, each in changed.items():
        line_cache._cached.clear()
        alone[name] = write_pdf(each).data
    line_cache._cached.clear()
    write_pdf(brief(words))
    assert {name: write_pdf(each).data for name, each in changed.items()} == alone
    assert len(set(alone.values())) == len(alone)


def large(theme):
    return replace(theme, measures=replace(theme.measures, text=90.0))


def test_lines_are_cached_only_for_the_last_briefs():
    for number in range(4):
        write_pdf(brief(f"Brief {'abcd'[number]} {'ðþøå'[number]}"))
    assert len(line_cache._cached) == line_cache.FONT_SETS


@pytest.fixture
def engine_changed(monkeypatch):
    """Makes a patch find another function than it was written for."""
    patches._changed.cache_clear()

    def change(patch):
        name = next(iter(patch.TARGETS))
        monkeypatch.setattr(patch, "TARGETS", {**patch.TARGETS, name: "(something, else)"})

    yield change
    patches._changed.cache_clear()


def test_a_patch_that_no_longer_fits_is_skipped_with_a_warning(engine_changed):
    engine_changed(svg_text)
    engine_changed(line_cache)
    made = write_pdf(brief("Words."))
    (warning,) = made.diagnostics
    assert (warning.code, warning.severity) == ("engine-changed", "warning")
    assert "labels of charts and drawings lose their kerning" in warning.message
    assert "a layout takes longer" in warning.message
    assert "WeasyPrint 70" in warning.message
    assert made.data.startswith(b"%PDF")


def test_without_the_tags_patch_no_pdf_is_written_but_the_other_formats_are(engine_changed, tmp_path):
    engine_changed(tags)
    outcome = build(Job(str(ROOT / "content" / "kazakhstan.ru.yaml"), str(tmp_path)))
    assert outcome.exit_code == 3
    assert [file.format for file in outcome.files] == ["html", "docx"]
    (error,) = [found for found in outcome.diagnostics if found.severity == "error"]
    assert error.code == "engine-changed"
    assert "there is no PDF: WeasyPrint 70" in error.message
    assert "a screen reader reads page numbers as text" in error.message


def test_the_line_cache_key_has_every_style_property_that_weasyprint_reads():
    """When this fails WeasyPrint asks for more: add it to ``PROPERTIES``."""
    import re

    from weasyprint.text import fonts, line_break

    asked = set()
    for module in (fonts, line_break):
        asked |= set(re.findall(r"style\['(\w+)'\]", Path(module.__file__).read_text("utf-8")))
    assert len(asked) > 20
    assert asked == set(line_cache.PROPERTIES)


@pytest.mark.parametrize(
    ("tokens", "rules", "css"),
    [
        (":root{--space:.9;--ink:#111}", "p{margin:calc(5mm * var(--space));color:var(--ink)}", "p{margin:4.5mm;color:#111}"),
        (":root{--place:31mm}", "p{width:calc((var(--place) + 2mm) * 2)}", "p{width:66mm}"),
        ("", "p{margin:calc((0mm - 7mm) * 1.5);width:calc(3mm + 2mm)}", "p{margin:-10.5mm;width:calc(3mm + 2mm)}"),
        (":root{--outdent:-54mm}", "p{width:calc(100% - var(--outdent))}", "p{width:calc(100% - -54mm)}"),
        (":root{--side:46mm}\n:root{--side:52mm}", "p{width:var(--side)}", "p{width:52mm}"),
        (":root{--ink:#111}", ".box{--ink:red}p{color:var(--ink)}", ".box{--ink:red}p{color:var(--ink)}"),
        ("", "p{color:var(--ink, #222)}", "p{color:var(--ink, #222)}"),
        ("", "p{color:var(--own)}:root{--own:red}", "p{color:var(--own)}:root{--own:red}"),
    ],
)  # fmt: skip
def test_css_variables_are_replaced_by_their_values_unless_a_rule_sets_them(tokens, rules, css):
    assert resolve_variables(tokens, rules) == tokens + css


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_the_print_stylesheet_of_a_shipped_theme_has_no_var_or_calc(theme):
    css = stylesheet(brief("Text.", theme))
    assert "--accent" in css
    assert [word for word in ("var(", "calc(") if word in css] == []
