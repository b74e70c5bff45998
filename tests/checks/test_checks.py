"""The editorial checks on whole briefs: each mistake of the source text is reported at its line."""

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

from briefing.checks import CHECKS, SILENCEABLE
from briefing.diagnostics import Diagnostic, Severity
from briefing.pipeline import Job, check
from tests.support.project import ROOT

SAMPLE = ROOT / "content" / "kazakhstan.yaml"
TS = """\
Its motto was “Four Ts”. The embassy explains three: *trust; tradition,*
        OSCE principles and values; *transparency,* openness without “double standards” or “dividing lines”, and
        constructive co-operation against threats.[@embassy] The fourth was *tolerance.*[@address]
"""
COUNTED_OFF = """\
Its motto was “Four Ts”. The first T refers to trust. The second,
        ‘tradition’, refers to the principles of the OSCE. The third, ‘transparency’, conveys
        maximum openness.[@embassy; @address]
"""
REPORTED = """\
      - pull_quote:
          text: |
            Kazakhstan’s approach to foreign policy is borne out of our deep-rooted belief in the power of dialogue.
          by: Erlan Idrissov
          role: Minister of Foreign Affairs
          occasion: Opening plenary of the 71st General Assembly
          date: 2016-09
          source: embassy
      - timeline:
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "briefing.yaml", folder)
    return folder


def found(project: Path, name: str, text: str = "", audience: str = "internal", **options) -> tuple[Diagnostic, ...]:
    content = project / "content" / name
    if text:
        content.write_text(text, "utf-8")
    return check(Job(str(content), "", (), audience, project=str(project), **options)).diagnostics


@pytest.mark.parametrize("audience", ["internal", "handout"])
@pytest.mark.parametrize("name", ["kazakhstan.yaml", "kazakhstan.ru.yaml", "every-block.yaml"])
def test_the_checks_report_nothing_in_the_sample_briefs(project, name, audience):
    """But that the map, which has a disputed line, is not in the handout."""
    told = found(project, name, audience=audience, today=dt.date(2030, 1, 1))
    is_left_out = audience == "handout" and name.startswith("kazakhstan")
    assert [(each.code, each.severity) for each in told] == [("map-left-out", Severity.NOTE)] * is_left_out


@pytest.mark.parametrize(
    ("right", "wrong", "code", "words"),
    [
        (TS, TS.replace(" The fourth was *tolerance.*[@address]", "[@address]"), "wrong-count", "“Four Ts”"),
        (TS, COUNTED_OFF, "wrong-count", "“Four Ts”"),
        ("      - timeline:\n", REPORTED, "reported-speech", "text: |"),
        (
            "They rest, the embassy says, on a deep-rooted belief in\n        the power of dialogue and a commitment",
            "Minister Idrissov noted: “Kazakhstan’s approach is borne out of our deep-rooted belief”.[@embassy] It is a commitment",
            "reported-speech",
            "Minister Idrissov noted",
        ),
        (
            "show, in the\n        embassy’s phrase, the “vibrancy",
            "underscore the\n        “vibrancy",
            "quotation-without-speaker",
            "“vibrancy and dynamism”",
        ),
        ("          by: Robert O. Blake\n", "", "extract-not-in-text", "text: |"),
        ("- - Commonwealth of Independent States\n", "- - CIS\n", "unknown-abbreviation", "- - CIS"),
        ("- - Eurasian Economic Union (EAEU)\n", "- - EEU\n", "unknown-abbreviation", "- - EEU"),
        ("    as_of: 2016-07\n", "", "undated-fact", "Population:"),
        (
            "    President:\n      value: Nursultan Nazarbayev\n      as_of: 2016-10-01\n",
            "    President: Nursultan Nazarbayev\n",
            "undated-fact",
            "President:",
        ),
        (
            "      value: Erlan Idrissov\n      as_of: 2016-10-01\n",
            "      value: Erlan Idrissov\n",
            "undated-fact",
            "Foreign minister:",
        ),
        ("Kazakhstan’s highest", "Kazakhstan's highest", "mixed-quotation-marks", "Kazakhstan's"),
        ("“our term”", '"our term"', "mixed-quotation-marks", '"our term"'),
        (
            "its priorities and its diplomacy; it",
            "its priorities.The country",
            "missing-space",
            "priorities.The country",
        ),
    ],
)
def test_each_mistake_of_the_source_text_is_reported_at_its_line(project, right, wrong, code, words):
    sample = SAMPLE.read_text("utf-8")
    assert sample.count(right) == 1
    text = sample.replace(right, wrong)
    here = sample.index(right)
    at = text.index(words, here) if words in text[here:] else text.rindex(words, 0, here)
    line = text.count("\n", 0, at) + 1
    told = found(project, "faulty.yaml", text)
    assert [(fault.code, fault.span.line) for fault in told] == [(code, line)]


def test_every_check_can_be_silenced_and_has_an_explanation_page():
    pages = {path.stem for path in (ROOT / "briefing" / "explain").glob("*.md")}
    assert len(CHECKS) >= 20
    assert CHECKS.keys() <= SILENCEABLE
    assert CHECKS.keys() <= pages


@pytest.mark.parametrize("where", ["brief", "project"])
def test_the_brief_or_its_project_can_silence_a_check(tmp_path, where):
    text = "title: Norway\nfact_box:\n  facts:\n    Population: 5.2 million\nkey_points: One TODO.\n"
    silence = "checks:\n  ignore:\n    - undated-fact\n    - todo\n"
    (tmp_path / "content").mkdir()
    (tmp_path / "briefing.yaml").write_text(silence if where == "project" else "language: en-GB\n", "utf-8")
    told = found(tmp_path, "norway.yaml", text + (silence if where == "brief" else ""))
    assert [fault.code for fault in told] == ["unsourced-fact"]


def test_an_error_cannot_be_silenced(tmp_path):
    (tmp_path / "content").mkdir()
    text = "title: Norway\nkey_points: See [[nowhere]].\nchecks:\n  ignore:\n    - unknown-reference\n"
    assert [fault.code for fault in found(tmp_path, "norway.yaml", text)] == ["unknown-reference"]
    (tmp_path / "briefing.yaml").write_text("checks:\n  ignore:\n    - unknown-referense\n", "utf-8")
    (told,) = found(tmp_path, "norway.yaml", "title: Norway\nkey_points: One.\n")
    assert (told.code, Path(told.file).name) == ("unknown-check", "briefing.yaml")


def test_the_date_does_not_change_the_diagnostics_of_the_sample():
    jobs = [Job(str(SAMPLE), "", (), today=day) for day in (None, dt.date(2016, 1, 1), dt.date(2040, 1, 1))]
    assert {check(job).diagnostics for job in jobs} == {()}


def test_the_checks_never_fail_on_random_text(project):
    """Whatever words stand in a brief: a check finds something or nothing, and never fails."""
    chance = random.Random(20161005)
    pieces = [
        "four Ts", "three:", "two", "first", "second", "a, b and c", ";", "“", "”", '"', "'", "‘quoted words here’", "said",
        "OSCE", "(OSCE)", "EU (the European Union)", "TODO", "word word", "end.The", "[@a]", "[[x]]", "[слово]{lang=ru}",
        "[link](https://example.org/)", "*em*", "**strong**", "`code`", "\n\n", "\n\n- ", "\n\n# Head\n\n", "\n\n## Head\n\n",
        "1,234.5", "1 234,5", "2016–17", "…", "\\", "&amp;", "<b>", "ß", "İ", "𝒳", "\u00a0", "\u0301",
    ]  # fmt: skip
    for language in ("en-GB", "ru", "kk", "ja", "ar"):
        for _ in range(12):
            words = " ".join(chance.choice(pieces) for _ in range(40)).splitlines()
            body = "\n".join(f"          {line}".rstrip() for line in words)
            text = f"title: Norway\nlanguage: {language}\ntranslation_of: kazakhstan.yaml\nsections:\n  - title: x\n    id: x\n    body:\n      - |\n{body}\n      - pull_quote:\n          text: word\n          by: word\n          source: a\nsources:\n  a: word\n"
            assert not {fault.code for fault in found(project, "odd.yaml", text)} & {"internal"}
