"""Short ways through a layout end where the long one does: the same pages, cold and warm, whatever was set before."""

import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.galley import Galley
from briefing.theme.load import load_theme
from briefing.writers.pdf import quick_layout, write_pdf
from briefing.writers.pdf.page import stylesheet
from briefing.writers.pdf.settled import settled
from tests.docx_brief import galley

ROOT = Path(__file__).resolve().parent.parent
BRIEFS = ("every-block", "kazakhstan.ru")


@pytest.fixture(scope="module")
def long_way(tmp_path_factory):
    """The PDFs of briefs in both themes, without a short way."""
    return pressed(tmp_path_factory.mktemp("long"), "quick_layout.LEVERS = ()")


def pressed(folder, first):
    """name -> the bytes of a PDF. Each theme is set twice in one process, and the first does not count."""
    script = f"""
        from briefing.press import Job, press
        from briefing.writers.pdf import quick_layout

        {first}
        for theme in ("standard", "chancery", "standard", "chancery"):
            for brief in {BRIEFS!r}:
                outcome = press(Job(f"content/{{brief}}.yaml", {str(folder)!r} + "/" + theme, ("pdf",), theme=theme))
                assert outcome.exit_code == 0, outcome
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("*/*.pdf")}


def test_the_pages_are_the_same_by_the_long_way_and_by_the_short_one(long_way, tmp_path):
    short = pressed(tmp_path, "assert len(quick_layout.LEVERS) == 4")
    assert len(short) == 4
    assert {name for name in short if short[name] != long_way[name]} == set()


def brief(words: str, theme="standard") -> Galley:
    return galley(f"<h1>Norway</h1><p>{words}</p>", theme=load_theme(theme))


def test_a_line_that_was_kept_is_not_taken_for_other_words_other_fonts_or_another_column():
    words = "Norway trades with the European Union from outside, and it works with it from within, in Schengen. " * 3
    first = write_pdf(brief(words)).data
    assert write_pdf(brief(words)).data == first
    quick_layout._KEPT.clear()
    changed = {
        "words": brief(words.replace("Schengen", "Dublin")),
        "fonts": brief(words, "chancery"),
        "letters": brief(words + "ðþ"),
        "column": replace(brief(words), theme=large(load_theme("standard"))),
    }
    alone = {}
    for name, each in changed.items():
        quick_layout._KEPT.clear()
        alone[name] = write_pdf(each).data
    quick_layout._KEPT.clear()
    write_pdf(brief(words))
    assert {name: write_pdf(each).data for name, each in changed.items()} == alone
    assert len(set(alone.values())) == len(alone)


def large(theme):
    return replace(theme, measures=replace(theme.measures, text=90.0))


def test_lines_are_kept_for_the_last_briefs_alone():
    for number in range(4):
        write_pdf(brief(f"Brief {'abcd'[number]} {'ðþøå'[number]}"))
    assert len(quick_layout._KEPT) == quick_layout.BRIEFS


def test_another_version_of_the_library_is_left_as_it_is():
    script = """
        import weasyprint
        from weasyprint import css
        from weasyprint.layout import inline

        from briefing.writers.pdf import quick_layout

        before = css.ComputedStyle.__missing__, inline.split_first_line
        weasyprint.VERSION = "70.1"
        quick_layout.quicken()
        assert (css.ComputedStyle.__missing__, inline.split_first_line) == before
        weasyprint.VERSION = quick_layout.VERSION
        quick_layout.quicken()
        assert css.ComputedStyle.__missing__ is not before[0]
        assert inline.split_first_line is not before[1]
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_line_is_kept_by_all_that_the_library_asks_of_a_style():
    """When this fails WeasyPrint asks for more: add it to ``ASKED_FOR``."""
    import re

    from weasyprint.text import fonts, line_break

    asked = set()
    for module in (fonts, line_break):
        asked |= set(re.findall(r"style\['(\w+)'\]", Path(module.__file__).read_text("utf-8")))
    assert len(asked) > 20
    assert asked == set(quick_layout.ASKED_FOR)


@pytest.mark.parametrize(
    ("tokens", "rules", "css"),
    [
        (":root{--space:.9;--ink:#111}", "p{margin:calc(5mm * var(--space));color:var(--ink)}", "p{margin:4.5mm;color:#111}"),
        (":root{--outdent:-54mm}", "p{width:calc(100% - var(--outdent))}", "p{width:calc(100% - -54mm)}"),
        (":root{--side:46mm}\n:root{--side:52mm}", "p{width:var(--side)}", "p{width:52mm}"),
        (":root{--ink:#111}", ".box{--ink:red}p{color:var(--ink)}", ".box{--ink:red}p{color:var(--ink)}"),
        ("", "p{color:var(--ink, #222)}", "p{color:var(--ink, #222)}"),
        ("", "p{color:var(--own)}:root{--own:red}", "p{color:var(--own)}:root{--own:red}"),
    ],
)  # fmt: skip
def test_a_property_is_put_in_unless_the_rules_set_it_anew(tokens, rules, css):
    assert settled(tokens, rules) == tokens + css


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_the_layout_has_nothing_left_to_work_out_of_a_shipped_theme(theme):
    css = stylesheet(brief("Text.", theme))
    assert "--accent" in css
    assert [word for word in ("var(", "calc(") if word in css] == []
