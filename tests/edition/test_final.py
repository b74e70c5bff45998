"""Draft and final briefs, and unknown markings: the errors and warnings when an edition is resolved."""

import pytest

from briefing.diagnostics import ContentError, Severity
from briefing.edition import resolve
from briefing.pipeline import Job, build, check
from briefing.reading import load_draft

FINAL = """\
title: Norway
status: final
marking: OFFICIAL
handout_marking: UNCLASSIFIED
cleared_by: Head of Department
key_points: |
  - The talks begin on 3 October.
fact_box:
  facts:
    Capital: Oslo
sections:
  - title: Trade
    body:
      - |
        Fish, oil and ferries.

        A second paragraph.
      - table:
          caption: Ports
          csv: ports.csv
      - timeline:
          - 2010: Treaty signed
  - title: Our line
    audience: internal
    body: Hold on.
"""
PORTS = "Port,Ships\nBergen,5\n"
ORDER = "markings:\n  - UNCLASSIFIED\n  - OFFICIAL\n  - SECRET\n"


@pytest.fixture
def found_in(tmp_path):
    def found(text, audience="internal", *, project="series: Country brief\n", ports=PORTS):
        (tmp_path / "briefing.yaml").write_text(project, encoding="utf-8")
        (tmp_path / "ports.csv").write_text(ports, encoding="utf-8")
        brief = tmp_path / "norway.yaml"
        brief.write_text(text, encoding="utf-8")
        draft = load_draft(brief)
        assert draft.diagnostics == ()
        try:
            return resolve(draft, audience).diagnostics
        except ContentError as error:
            return error.diagnostics

    return found


def places(found):
    return [(d.code, d.span.line, d.span.column) for d in found]


@pytest.mark.parametrize("audience", ["internal", "handout"])
def test_a_complete_final_brief_gives_no_errors(found_in, audience):
    assert found_in(FINAL, audience) == ()


@pytest.mark.parametrize("audience", ["internal", "handout"])
def test_a_draft_may_be_incomplete(found_in, audience):
    text = FINAL.replace("final", "draft").replace("cleared_by: Head of Department\n", "").replace("Fish", "TODO fish")
    assert found_in(text, audience) == ()
    assert found_in(text.replace("status: draft\n", ""), audience) == ()


def test_a_final_brief_requires_cleared_by(found_in):
    [found] = found_in(FINAL.replace("cleared_by: Head of Department\n", ""))
    assert (found.code, found.span.line, found.severity) == ("not-final", 2, Severity.ERROR)
    assert "cleared" in found.message
    assert "cleared_by:" in found.help
    cleared = FINAL.replace("cleared_by: Head of Department\n", "")
    assert found_in(cleared, project="cleared_by: Head of Department\n") == ()


def test_a_final_brief_requires_a_marking_or_marking_none(found_in):
    bare = FINAL.replace("marking: OFFICIAL\nhandout_marking: UNCLASSIFIED\n", "")
    for audience in ("internal", "handout"):
        [found] = found_in(bare, audience)
        assert (found.code, found.span.line) == ("not-final", 2)
        assert "marking: none" in found.help
        assert found_in(bare + "marking: none\n", audience) == ()
    assert found_in(bare, project="marking: OFFICIAL\n") == ()


def test_a_final_handout_requires_only_its_own_marking(found_in):
    text = FINAL.replace("marking: OFFICIAL\nhandout_", "handout_")
    assert found_in(text, "handout") == ()
    assert places(found_in(text)) == [("not-final", 2, 9)]


@pytest.mark.parametrize(
    ("words", "with_todo", "place"),
    [
        ("title: Norway", "title: Norway TODO", (1, 15)),
        ("The talks begin", "TODO begin", (7, 5)),
        ("Capital: Oslo", "Capital: TODO", (10, 14)),
        ("Capital: Oslo", "TODO: Oslo", (10, 5)),
        ("A second", "A TODO: second", (17, 11)),
        ("caption: Ports", "caption: Ports (TODO)", (19, 27)),
        ("2010: Treaty", "TODO: Treaty", (22, 13)),
        ("Treaty signed", "Treaty (TODO)", (22, 27)),
        ("caption: Ports", 'caption: "Ports, TODO"', (19, 20)),
    ],
)
def test_a_todo_is_reported_at_its_position(found_in, words, with_todo, place):
    assert words in FINAL
    for audience in ("internal", "handout"):
        found = found_in(FINAL.replace(words, with_todo), audience)
        assert places(found) == [("not-final", *place)]
        assert "TODO" in found[0].excerpt


def test_each_todo_of_a_text_is_reported(found_in):
    text = FINAL.replace("Fish, oil and ferries.", "TODO fish, TODO oil.").replace("A second", "TODO: a second")
    assert places(found_in(text)) == [("not-final", 15, 9), ("not-final", 15, 20), ("not-final", 17, 9)]


def test_a_todo_in_a_csv_file_or_the_project_file_is_reported_in_the_brief(found_in):
    assert places(found_in(FINAL, ports="Port,Ships\nBergen,TODO\n")) == [("not-final", 20, 16)]
    assert places(found_in(FINAL, project="contact: TODO\n")) == [("not-final", 2, 9)]


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Fish", "Todo el pescado"),
        ("Fish", "METODO"),
        ("Fish", "[Fish](https://example.org/TODO)"),
        ("title: Norway", "title: Norway\ntranslation_of: TODO.yaml"),
    ],
)
def test_unprinted_text_and_similar_words_are_not_reported_as_todo(found_in, words, other):
    assert found_in(FINAL.replace(words, other)) == ()


def test_a_todo_in_internal_text_does_not_stop_the_handout(found_in):
    text = FINAL.replace("Hold on.", "TODO, hold on.")
    assert places(found_in(text)) == [("not-final", 25, 11)]
    assert found_in(text, "handout") == ()


def test_a_marking_unknown_to_the_project_is_an_error(found_in):
    text = FINAL.replace("marking: OFFICIAL\n", "marking: OFFICAL\n", 1)
    [found] = found_in(text, project=ORDER)
    assert (found.code, found.severity) == ("unknown-marking", Severity.ERROR)
    assert (found.span.line, found.span.column) == (3, 10)
    assert found.label == "did you mean 'OFFICIAL'?"
    assert found_in(text) == ()
    assert found_in(text, "handout", project=ORDER) == ()
    assert found_in(FINAL.replace("OFFICIAL", "official"), project=ORDER) == ()
    assert found_in(FINAL.replace("UNCLASSIFIED", "none"), "handout", project=ORDER) == ()


def test_unknown_markings_of_sections_handouts_and_defaults_are_reported(found_in):
    part = FINAL.replace("  - title: Trade\n", "  - title: Trade\n    marking: UNCLASIFIED\n")
    for audience in ("internal", "handout"):
        assert places(found_in(part, audience, project=ORDER)) == [("unknown-marking", 13, 14)]
    whole = FINAL.replace("handout_marking: UNCLASSIFIED", "handout_marking: PUBLIC")
    assert places(found_in(whole, "handout", project=ORDER)) == [("unknown-marking", 4, 18)]
    default = FINAL.replace("marking: OFFICIAL\n", "", 1)
    assert places(found_in(default, project=ORDER + "marking: OFFICAL\n")) == [("unknown-marking", 1, 1)]


def test_a_message_about_a_handout_does_not_reveal_internal_markings(found_in):
    text = FINAL.replace("UNCLASSIFIED", "PUBLIC")
    [found] = found_in(text, "handout", project=ORDER)
    assert "OFFICIAL" not in repr(found)
    assert "SECRET" not in repr(found)


def test_an_error_of_an_edition_is_in_the_outcome(tmp_path):
    (tmp_path / "briefing.yaml").write_text(ORDER, encoding="utf-8")
    (tmp_path / "norway.yaml").write_text("title: Norway\nmarking: OFFICAL\nkey_points: Talks.\n", encoding="utf-8")
    outcome = check(Job(str(tmp_path / "norway.yaml"), ""))
    assert [d.code for d in outcome.diagnostics] == ["unknown-marking"]
    assert outcome.exit_code == 1


def test_a_brief_over_its_page_budget_is_an_error_and_keeps_the_old_outputs(tmp_path):
    brief = tmp_path / "norway.yaml"
    head = "title: Norway\nmarking: none\nlayout:\n  pages: 1\nsections:\n  - title: Trade\n    body: |\n"
    brief.write_text(head + "      Fish and oil.\n\n" * 20, encoding="utf-8")
    job = Job(str(brief), str(tmp_path / "output"))
    assert build(job).exit_code == 0
    before = {file.name: file.read_bytes() for file in (tmp_path / "output").iterdir()}
    brief.write_text(head + "      Fish and oil.\n\n" * 120, encoding="utf-8")
    outcome = build(job)
    (told,) = outcome.diagnostics
    assert (told.code, told.severity, told.span.line) == ("page-budget", Severity.ERROR, 4)
    assert (outcome.files, outcome.exit_code) == ((), 1)
    assert {file.name: file.read_bytes() for file in (tmp_path / "output").iterdir()} == before
