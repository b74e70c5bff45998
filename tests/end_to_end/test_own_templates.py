"""A user's template changes all three formats, without a line of Python."""

from pathlib import Path

import pytest

from tests.support.read_outputs import read

MONGOLIA = """\
series: Country brief
title: "Mongolia: the third neighbour"
country: MN
language: en-GB
issued: 2016-10-05
fact_box:
  title: At a glance
  facts:
    Capital: Ulaanbaatar
    Area:
      value: 1,564,116 km²
      source: yearbook
sections:
  - title: The third neighbour
    body: |
      The policy of the third neighbour looks to Japan, Korea and the West.[@atlas]
sources:
  atlas: Atlas of Asia, 2014
  yearbook: Statistical yearbook, 2015
"""

# Six lines: a banner under the masthead, and the fact box after the text.
TEMPLATE = """\
{% extends "shipped/standard/brief.html.j2" %}
{% block banner %}<p class="banner">Visit of the Minister, 12 October</p>{% endblock %}
{% block fact_box %}{% endblock %}
{% block sections %}{{ super() }}
{% include "parts/fact_box.html.j2" %}
{% endblock %}
"""
BANNER = "Visit of the Minister, 12 October"


def position(words: tuple[str, ...], phrase: str) -> int:
    """Where the phrase begins among the words; fails when it is not there."""
    wanted = tuple(phrase.split())
    return next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)


@pytest.fixture
def desk(tmp_path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "mongolia.yaml").write_text(MONGOLIA, "utf-8")
    return tmp_path


@pytest.fixture(params=["standard", "desk"])
def own(request, desk) -> list[str]:
    """A user's template: over the shipped theme, or in a theme of its own. What the command line needs for it."""
    folder = desk / "templates" / request.param
    folder.mkdir(parents=True)
    (folder / "brief.html.j2").write_text(TEMPLATE, "utf-8")
    if request.param == "standard":
        return []
    (folder / "theme.yaml").write_text("name: desk\ndescription: Our own.\nextends: standard\n", "utf-8")
    return ["--theme", "desk"]


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx"])
def test_a_six_line_template_changes_every_format(run_briefing, desk, own, suffix):
    plain = run_briefing("build", "-f", suffix, "-o", "plain", "content/mongolia.yaml", cwd=desk.parent / desk.name)
    assert len(TEMPLATE.splitlines()) == 6
    run = run_briefing("build", "-f", suffix, *own, cwd=desk)
    assert run.returncode == 0, run.stderr
    changed = read(desk / "output" / f"mongolia.{suffix}").body
    banner, box, text = (position(changed, words) for words in (BANNER, "At a glance", "The policy of the third"))
    masthead, title = position(changed, "Country brief"), position(changed, "The third neighbour")
    assert masthead < position(changed, "Mongolia") < banner < title < text < box
    # The fact box has moved behind the text, and so has the number of its note.
    assert "West.1" in changed
    assert "km²2" in changed
    if own:
        assert plain.returncode == 0, plain.stderr
        before = read(desk / "plain" / f"mongolia.{suffix}").body
        assert position(before, "At a glance") < position(before, "The policy of the third")
        assert "Visit" not in before
        assert "km²1" in before


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            '{% extends "shipped/standard/brief.html.j2" %}\n{% block banner %}<p class="banner">Visit{% endblock %}\n',
            "brief.html.j2:2:",
        ),
        (
            '{% extends "shipped/standard/brief.html.j2" %}\n{% block banner %}{{ nothing }}{% endblock %}\n',
            "brief.html.j2:2:",
        ),
        (
            '{% extends "shipped/standard/brief.html.j2" %}\n{% block banner %}{{ brief.titel }}{% endblock %}\n',
            "brief.html.j2:2:",
        ),
        (
            '{% extends "shipped/standard/brief.html.j2" %}\n{% block banner %}{{ label("visit") }}{% endblock %}\n',
            "there is no label 'visit'",
        ),
        ('{% extends "nowhere.html.j2" %}\n', "nowhere.html.j2"),
        ("{% block %}\n", "brief.html.j2:1:"),
        (
            '{% extends "shipped/standard/brief.html.j2" %}\n{% block banner %}<script>x</script>{% endblock %}\n',
            "script",
        ),
    ],
)
def test_an_error_in_a_template_is_reported_without_a_traceback(run_briefing, desk, template, words):
    folder = desk / "templates" / "standard"
    folder.mkdir(parents=True)
    (folder / "brief.html.j2").write_text(template, "utf-8")
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert "internal" not in run.stderr
    assert not (desk / "output").exists()


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ brief.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../content/mongolia.yaml' %}",
    ],
)
def test_a_template_cannot_reach_python_internals_or_other_files(run_briefing, desk, attack):
    folder = desk / "templates" / "standard"
    folder.mkdir(parents=True)
    (folder / "brief.html.j2").write_text(f"<h1>{attack}</h1>\n", "utf-8")
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert run.returncode == 2
    assert "error[" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (desk / "output").exists()


def test_jinja_in_content_is_only_text(run_briefing, desk):
    content = desk / "content" / "mongolia.yaml"
    content.write_text(MONGOLIA.replace("At a glance", "'{{ 7 * 7 }} {% raw %}'"), "utf-8")
    run = run_briefing("build", cwd=desk)
    assert run.returncode == 0, run.stderr
    for suffix in ("html", "pdf", "docx"):
        assert position(read(desk / "output" / f"mongolia.{suffix}").body, "{{ 7 * 7 }} {% raw %}") > 0
