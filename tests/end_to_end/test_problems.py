"""Errors in themes, templates and calls have a code, a position if there is one, and an explanation page."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.checks import SILENCEABLE
from briefing.cli import messages, run
from briefing.cli.briefs import find_briefs, output_folders
from briefing.cli.explain import pages, summary
from briefing.diagnostics import BriefingError, Diagnostic, Severity
from briefing.pipeline import Job, build, check
from briefing.reading.unused import unused_pictures
from briefing.theme.copy import copy_theme
from briefing.workers.cluster import _connected
from briefing.workers.pool import WorkerPool, limits, outcome_of
from tests.support.diagnostic_codes import codes
from tests.support.project import ROOT

BRIEF = """\
title: Mongolia
language: en-GB
sections:
  - title: Neighbours
    id: neighbours
    body: It lies between two.
"""
EXTENDS = '{% extends "shipped/standard/brief.html.j2" %}\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (tmp_path / "templates" / "ministry").mkdir(parents=True)
    (tmp_path / "templates" / "ministry" / "theme.yaml").write_text("extends: standard\n", "utf-8")
    return tmp_path


def told(desk: Path, **options: object) -> Diagnostic:
    """The one problem of the brief in the theme under work."""
    job = Job(str(desk / "content" / "mongolia.yaml"), str(desk / "output"), (), theme="ministry", project=str(desk))
    outcome = check(replace(job, **options))
    (diagnostic,) = outcome.diagnostics
    return diagnostic


@pytest.mark.parametrize(
    ("theme", "code", "place"),
    [
        ("extends: standard\ncolors:\n  accent: '#1f4e79'\n", "theme-key", "2:1"),
        ("extends: standard\noptions:\n  boundary: no\n", "theme-key", "3:3"),
        ("extends: ministry\n", "theme-circle", "1:1"),
        ("extends: standard\ncolours:\n  accent: blue\n", "theme-colour", "3:3"),
        ("extends: standard\ndark:\n  accent: blue\n", "theme-colour", "3:3"),
        ("extends: standard\nstyles:\n  title:\n    size: huge\n", "theme-style", "4:5"),
        ("extends: standard\nstyles:\n  title:\n    size: 200\n", "theme-style", "3:3"),
        ("extends: standard\nmeasures:\n  text: wide\n", "theme-measure", "3:3"),
        ("extends: standard\nindents:\n  timelines: 40\n", "theme-measure", "3:3"),
        ("extends: standard\nrules:\n  heavy: 3pt\n", "theme-measure", "3:3"),
        ("extends: standard\nspaces: wide\n", "theme-key", "2:1"),
        ("extends: standard\nfit:\n  text: 7\n", "theme-fit", "3:3"),
        ("extends: standard\nfaces:\n  serif:\n    roman: nothing.ttf\n", "theme-face", "4:5"),
        ("extends: standard\nlogo: crest.svg\n", "theme-logo", "2:1"),
        ("extends: standard\ncolours\n  accent: blue\n", "theme-yaml", "2:1"),
        ("extends: standard\nmeasures:\n  text: 90\n  text: 95\n", "theme-yaml", "4:3"),
        ("extends: !mine standard\n", "theme-yaml", "1:10"),
        ("extends: standard\nfit:\n  text: 2016-13-45\n", "theme-yaml", "3:9"),
        (f"extends: {'[' * 40}{']' * 40}\n", "theme-yaml", "1:41"),
    ],
)
def test_an_error_in_theme_yaml_is_reported_with_its_line(desk, theme, code, place):
    (desk / "templates" / "ministry" / "theme.yaml").write_text(theme, "utf-8")
    found = told(desk)
    assert (found.code, str(found.span)) == (code, f"templates/ministry/theme.yaml:{place}")
    assert found.excerpt == theme.splitlines()[int(place[0]) - 1]


@pytest.mark.parametrize(
    ("template", "code", "place"),
    [
        (EXTENDS + "{% block banner %}\n  {{ brief.titel }}{% endblock %}\n", "template", "3:3"),
        (EXTENDS + "{% block banner %}<p>Visit{% endblock %}\n", "markup", "2:1"),
        (EXTENDS + "{% block banner %}\n<style>p {}</style>{% endblock %}\n", "galley-forbidden", "3:1"),
        (EXTENDS + "{% block banner %}\n<p style='x'>x</p>{% endblock %}\n", "galley-attribute", "3:1"),
        (EXTENDS + "{% block banner %}\n<marquee>x</marquee>{% endblock %}\n", "galley-vocabulary", "3:1"),
        (EXTENDS + "{% block banner %}\n<p id='neighbours'>x</p>{% endblock %}\n", "galley-id", None),
    ],
)
def test_an_error_in_a_template_is_reported_with_its_line(desk, template, code, place):
    (desk / "templates" / "ministry" / "brief.html.j2").write_text(template, "utf-8")
    found = told(desk)
    assert found.code == code
    if place is not None:
        assert str(found.span) == f"templates/ministry/brief.html.j2:{place}"
        assert found.excerpt == template.splitlines()[int(place[0]) - 1]


def test_a_stylesheet_with_an_import_is_reported_with_its_line(desk):
    (desk / "templates" / "ministry" / "print.css").write_text("p { }\n  @import 'x.css';\n", "utf-8")
    found = told(desk)
    assert (found.code, str(found.span)) == ("theme-address", "templates/ministry/print.css:2:3")


def test_a_theme_without_the_main_template_is_reported(desk):
    alone = desk / "templates" / "alone"
    alone.mkdir()
    standard = ROOT / "templates" / "standard" / "theme.yaml"
    (alone / "theme.yaml").write_bytes(standard.read_bytes())
    assert told(desk, theme="alone").code == "template-missing"


def test_a_stylesheet_that_is_not_utf_8_is_reported(desk):
    (desk / "templates" / "ministry" / "print.css").write_bytes(b"/* \xe9 */")
    found = told(desk)
    assert (found.code, found.file) == ("theme-unreadable", "templates/ministry/print.css")


def test_only_meetings_without_a_meeting_sheet_is_an_error(desk):
    assert told(desk, only="meetings").code == "no-meetings"


def test_attaching_the_content_file_to_a_handout_is_refused(desk):
    assert told(desk, edition="handout", attach_source=True).code == "attach-source"


def test_the_word_writer_reports_a_class_without_a_style(desk):
    template = EXTENDS + '{% block banner %}<p class="banner">Visit</p>{% endblock %}\n'
    (desk / "templates" / "ministry" / "brief.html.j2").write_text(template, "utf-8")
    content = str(desk / "content" / "mongolia.yaml")
    outcome = build(Job(content, str(desk / "output"), ("docx",), theme="ministry", project=str(desk)))
    assert [found.code for found in outcome.diagnostics] == ["unknown-style"]


#: One problem of each kind: what is written into which file, and the code and the line that are told.
KINDS = {
    "YAML": ("content/mongolia.yaml", "title: Mongolia: a neighbour\nkey_points: One.\n", "colon-in-value", 1),
    "model": ("content/mongolia.yaml", "title: Mongolia\nsumary: Two.\nkey_points: One.\n", "unknown-key", 2),
    "text": ("content/mongolia.yaml", "title: Mongolia\nkey_points: See [[nowhere]].\n", "unknown-reference", 2),
    "check": ("content/mongolia.yaml", "title: Mongolia\nkey_points: One one.\n", "doubled-word", 2),
    "picture": (
        "content/mongolia.yaml",
        BRIEF + "fact_box:\n  picture: flag.png\n  facts:\n    Area: x\n",
        "no-file",
        8,
    ),
    "CSV": (
        "content/mongolia.yaml",
        BRIEF.replace(
            "body: It lies between two.", "body:\n      - table:\n          caption: Trade\n          csv: a.csv"
        ),
        "no-file",
        9,
    ),
    "theme": ("templates/ministry/theme.yaml", "extends: standard\nfit:\n  text: 7\n", "theme-fit", 3),
    "template": (
        "templates/ministry/brief.html.j2",
        EXTENDS + "{% block banner %}{{ x }}{% endblock %}\n",
        "template",
        2,
    ),
    "stylesheet": ("templates/ministry/print.css", "@import 'x.css';\n", "theme-address", 1),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_format_shows_every_kind_of_problem_consistently(desk, kind):
    file, text, code, line = KINDS[kind]
    (desk / file).write_text(text, "utf-8")
    found = told(desk)
    assert (found.code, found.span.line) == (code, line)
    excerpt = text.splitlines()[line - 1]
    full = messages.full(found).splitlines()
    assert full[0] == f"{found.severity}[{code}]: {found.message}"
    assert full[1].endswith(f"{file}:{line}:{found.span.column}")
    assert full[3] == f"{line} | {excerpt}"
    assert "^" in full[4]
    assert full[-1].endswith(f"= more: briefing explain {code}")
    assert f"{file}:{line}:{found.span.column}: {found.severity}[{code}]: " in messages.concise(found)
    assert re.match(rf"::{found.severity} title={code},file=\S*{file},line={line},col=", messages.github(found))
    data = messages.as_data(found)
    assert (data["code"], data["span"]["line"], data["excerpt"]) == (code, line, excerpt)
    coloured = messages.full(found, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines() == full


def code_of(call) -> str:
    with pytest.raises(BriefingError) as caught:
        call()
    return caught.value.diagnostics[0].code


def test_wrong_calls_have_an_error_code(desk, tmp_path_factory):
    nowhere = tmp_path_factory.mktemp("nowhere")
    assert code_of(lambda: find_briefs((), nowhere)) == "no-project"
    assert code_of(lambda: find_briefs(("mongola.yaml",), desk)) == "no-content"
    (desk / "content" / "mongolia.yml").write_text(BRIEF, "utf-8")
    assert code_of(lambda: output_folders(find_briefs((), desk), None)) == "same-output"
    (desk / "content" / "mongolia.yml").rename(desk / "content" / "mongolia-handout.yml")
    assert code_of(lambda: output_folders(find_briefs((), desk), None)) == "handout-name"
    assert code_of(lambda: copy_theme("standard", "Our ministry", desk / "templates")) == "theme-name"
    assert code_of(lambda: copy_theme("standard", "ministry", desk / "templates")) == "theme-exists"


def test_an_output_folder_linked_outside_the_project_is_refused(desk, tmp_path_factory):
    (desk / "output").symlink_to(tmp_path_factory.mktemp("elsewhere"), target_is_directory=True)
    assert code_of(lambda: output_folders(find_briefs((), desk), None)) == "output-outside"


def test_an_error_of_the_operating_system_is_reported_as_system(desk, monkeypatch):
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("jinja2.Environment.get_template", refuse)
    assert told(desk).code == "system"


def test_a_text_that_is_too_long_is_reported_with_its_line(desk):
    content = desk / "content" / "mongolia.yaml"
    content.write_text("title: " + "Mongolia and its neighbours " * 200 + "\nkey_points: |\n  - One point.\n", "utf-8")
    found = told(desk)
    assert (found.code, found.span.line) == ("too-long", 1)
    assert "4,000 are the most" in found.message


def test_a_cluster_without_the_distributed_package_is_reported(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert code_of(lambda: _connected("tcp://127.0.0.1:8786")) == "no-cluster"


def test_an_unused_picture_is_reported_once_and_can_be_silenced(desk):
    images = desk / "content" / "images"
    images.mkdir()
    for name in ("flag.svg", "old-flag.svg", "новый.svg"):
        (images / name).write_text("<svg/>", "utf-8")
    brief = BRIEF + "fact_box:\n  picture: images/flag.svg\n  facts:\n    Capital: Ulaanbaatar\n"
    (desk / "content" / "mongolia.yaml").write_text(brief, "utf-8")
    (desk / "content" / "russian.yaml").write_bytes((BRIEF + "# images/новый.svg\n").encode("utf-16"))
    (found,) = unused_pictures(desk)
    assert (found.code, found.severity) == ("unused-picture", Severity.WARNING)
    assert found.file.endswith("content/images/old-flag.svg")
    (desk / "briefing.yaml").write_text("checks:\n  ignore:\n    - unused-picture\n", "utf-8")
    assert unused_pictures(desk) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="another function starts a process there")
def test_a_system_that_cannot_start_processes_is_reported(desk, monkeypatch):
    def refuse(*_arguments: object, **_options: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refuse)  # what starts a process, on POSIX
    job = Job(str(desk / "content" / "mongolia.yaml"), str(desk / "output"), ("html",))
    with WorkerPool(1, limits(None, None)) as workers:
        outcome = outcome_of(workers.submit(build, job), job)
    assert [(found.code, found.file) for found in outcome.diagnostics] == [("no-process", job.content)]


def test_an_unknown_name_of_a_disputed_line_is_reported_in_the_project_file(desk):
    (desk / "briefing.yaml").write_text("maps:\n  dashed:\n    kashmer: true\n", "utf-8")
    found = told(desk)
    assert (found.code, found.help) == ("map-dashed", "did you mean 'kashmir'?")
    assert str(found.span) == f"{desk / 'briefing.yaml'}:3:5"


def test_a_broken_flag_of_a_theme_is_reported(desk):
    (desk / "templates" / "ministry" / "flags").mkdir()
    (desk / "templates" / "ministry" / "flags" / "MN.svg").write_text("<svg>", "utf-8")
    found = told(desk)
    assert (found.code, found.file) == ("theme-flag", "templates/ministry/theme.yaml")
    assert "flags/MN.svg" in found.message


# --- Explaining ---------------------------------------------------------------------------------


def test_every_code_has_a_page_and_every_page_a_code():
    found = codes()
    assert len(found) > 80
    assert {"unknown-block", "theme-key", "picture", "csv", "stale-fact", "no-pango", "worker-died"} <= found.keys()
    assert sorted(found.keys() - pages().keys()) == [], "write briefing/explain/CODE.md"
    assert sorted(pages().keys() - found.keys()) == []


def test_every_explanation_page_has_a_summary_cause_example_and_cure():
    assert len(pages()) > 80
    for code, path in pages().items():
        page = path.read_text("utf-8")
        title, sentence, *rest = page.split("\n\n")
        assert title == f"# {code}"
        assert sentence == f"{summary(page)}.", code
        assert len(sentence) <= 79, code
        headings = re.findall(r"^## (.+)$", "\n\n".join(rest), re.MULTILINE)
        assert headings == ["Cause", "Example", "Cure", *(["Silence"] if code in SILENCEABLE else [])], code
        assert re.search(r"^## Example\n\n {4}\S", page, re.MULTILINE), code
        assert all(part.partition("\n\n")[2].strip() for part in page.split("\n## ")[1:]), code


def test_explain_accepts_a_code_as_it_appears_in_a_message(capsys):
    for asked in ("unknown-block", "error[unknown-block]:", "[unknown-block]"):
        assert run(["explain", asked]) == 0
        said = capsys.readouterr().out
        assert said.startswith("unknown-block\n")
        assert "Cause:" in said
        assert "Example:" in said
        assert "Cure:" in said
        assert "#" not in said


def test_explain_lists_all_codes_one_per_line(capsys):
    assert run(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(pages())


def test_explain_suggests_the_nearest_code_for_an_unknown_one(capsys):
    assert run(["explain", "unknown-blok"]) == 2
    said = capsys.readouterr().err
    assert "error[unknown-code]" in said
    assert "did you mean unknown-block?" in said


def test_a_message_names_its_explanation_page(desk):
    (desk / "templates" / "ministry" / "theme.yaml").write_text("extends: standard\nfit:\n  text: 7\n", "utf-8")
    assert messages.full(told(desk)).endswith("  = more: briefing explain theme-fit")
    assert "more:" not in messages.full(Diagnostic("tightened", "a note", Severity.NOTE))


def test_check_warns_of_an_overdue_review_and_strict_fails_on_it(desk, capsys, monkeypatch):
    (desk / "content" / "mongolia.yaml").write_text(BRIEF + "review_by: 2016-10-05\n", "utf-8")
    monkeypatch.chdir(desk)
    assert run(["check", "content/mongolia.yaml"]) == 0
    assert "content/mongolia.yaml:7:12" in (said := capsys.readouterr().err)
    assert "warning[review-overdue]: this brief was to be looked at again by 2016-10-05" in said
    assert run(["check", "content/mongolia.yaml", "--strict"]) == 1
