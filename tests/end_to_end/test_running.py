"""Headers and footers: one template says in all formats what stands in them."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from tests.support.project import ROOT
from tests.support.read_word import Opened, style_of, words

BRIEF = """\
title: "Mongolia: the third neighbour"
series: Country brief
country: MN
marking: OFFICIAL
status: final
cleared_by: A. Head
language: en-GB
sections:
  - {title: The third neighbour, body: "The policy looks to Japan, Korea and the West."}
  - title: Trade
    body:
      - page_break
      - Coal and copper.
"""
TEMPLATE = """\
{% extends "shipped/standard/running.html.j2" %}
{% block first_header %}
<header class="first-page">
<div class="start"><p class="series">Asia desk, {{ brief.series }}</p></div>
<div class="middle"><p class="running-marking">{{ marking }} - ASIA ONLY</p></div>
</header>
{% endblock %}
{% block footer %}
<footer>{{ middle }}<div class="end"><p class="running-foot"><strong>Sheet</strong> {{ page }}/{{ pages }}</p></div></footer>
{% endblock %}
"""
HEAD = '<p class="running-head">{{ shortened(brief.short_title or brief.title) }}</p>'
STANDARD = ROOT / "templates" / "standard"


@pytest.fixture
def desk(tmp_path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "briefing.yaml").write_text("markings: [OFFICIAL]\n", "utf-8")
    (tmp_path / "content" / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (tmp_path / "templates" / "standard").mkdir(parents=True)
    return tmp_path


def write(desk: Path, template: str) -> None:
    (desk / "templates" / "standard" / "running.html.j2").write_text(template, "utf-8")


def test_one_template_changes_headers_and_footers_in_every_format(run_briefing, desk):
    write(desk, TEMPLATE)
    run = run_briefing("build", cwd=desk)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    output = desk / "output" / "mongolia"
    assert output.with_suffix(".html").read_text("utf-8").count("OFFICIAL - ASIA ONLY") == 1

    with pdfplumber.open(output.with_suffix(".pdf")) as pdf:
        heads = [page.crop((0, 0, page.width, 24 / 25.4 * 72)).extract_text() for page in pdf.pages]
        feet = [page.crop((0, 269 / 25.4 * 72, page.width, page.height)).extract_text() for page in pdf.pages]
    assert "Asia desk, Country brief" in heads[0]
    assert "OFFICIAL - ASIA ONLY" in heads[0]
    assert "Mongolia" not in heads[0]
    assert "Asia" not in heads[1]
    assert "Mongolia: the third neighbour" in heads[1]
    assert [foot.split("OFFICIAL")[1].strip() for foot in feet] == ["Sheet 1/2", "Sheet 2/2"]

    running = Opened(output.with_suffix(".docx").read_bytes()).running()
    first = running["headerReference first"]
    assert words(first) == "Asia desk, Country briefOFFICIAL - ASIA ONLY"
    assert style_of(next(first.iter("{*}p"))) == "Series"
    assert "Mongolia: the third neighbour" in words(running["headerReference default"])
    for place in ("first", "default"):
        foot = running[f"footerReference {place}"]
        assert "Sheet" in words(foot)
        assert [code.text.strip() for code in foot.iter("{*}instrText")] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    ("code", "old", "new", "line", "told"),
    [
        ("template", "brief.short_title or brief.title", "brief.titel", 17, "did you mean 'title'?"),
        (
            "markup",
            HEAD,
            HEAD.removesuffix("</p>"),
            0,
            "not well formed",
        ),
        (
            "running",
            HEAD,
            '<h2 class="name">T</h2>',
            17,
            '<h2 class="name">',
        ),
        ("running", '<header class="first-page">', "<header>", 0, "<header> stands twice"),
        (
            "running",
            '<div class="start"><p class="running-head">',
            '<div class="left"><p class="running-head">',
            17,
            '<div class="left">',
        ),
        (
            "running",
            HEAD,
            "{{ brief.title }}",
            0,
            "'Mongolia: the third neighbour'",
        ),
        ("running", '<p class="running-marking">{{ marking }}</p>', "", 0, "of the first page shows the marking"),
    ],
)
def test_a_slip_in_the_template_names_file_and_line_and_says_what_to_do(run_briefing, desk, code, old, new, line, told):
    text = (STANDARD / "running.html.j2").read_text("utf-8")
    assert old in text
    write(desk, text.replace(old, new))
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert run.returncode == 2
    assert f"error[{code}]" in run.stderr
    assert told in run.stderr
    assert "templates/standard/running.html.j2" + (f":{line}:" if line else "") in run.stderr
    assert "= help:" in run.stderr
    assert not (desk / "output").exists()


def test_a_theme_that_was_copied_before_there_was_the_template_has_todays_headers(run_briefing, desk):
    """Its print.css has the old rules for the margin boxes."""
    run_briefing("themes", "--copy", "standard", "ministry", cwd=desk)
    theme = desk / "templates" / "ministry"
    (theme / "running.html.j2").unlink()
    with (theme / "print.css").open("a") as sheet:
        sheet.write(
            "@page { @top-left { content: string(title) } }\n@page :first:right { @top-right { content: none } }\n"
        )
    assert run_briefing("build", "-f", "pdf", "--theme", "ministry", cwd=desk).returncode == 0
    with pdfplumber.open(BytesIO((desk / "output" / "mongolia.pdf").read_bytes())) as pdf:
        heads = [page.crop((0, 0, page.width, 24 / 25.4 * 72)).extract_text().split("\n")[-1] for page in pdf.pages]
    assert heads == ["OFFICIAL", "Mongolia: the third neighbour OFFICIAL"]
