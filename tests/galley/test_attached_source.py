"""The content file attached to the PDF: complete, without comments, and refused if parts are not printed."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from briefing.galley.attached_source import strip_comments
from tests.support.project import ROOT
from tests.support.sweep import sweep

GEORGIA = """\
# yaml-language-server: $schema=../docs/briefing.schema.json
title: Georgia    # ask Nino whether the old name is still used
summary: |  # too long for page one?
  Georgia looks west. # Its neighbours look on.
country: GE
language: en-GB
issued: 2016-10-05
status: draft
marking: OFFICIAL
handout_marking: UNCLASSIFIED
# The embassy says that the minister is about to resign.
key_points: |
  - *West:* an association agreement.[@agreement]
sections:
  - title: The region
    body:
      - The region matters. The port of Poti is [open](https://example.org/#poti).
      # - Rumours of a new base.
      - table:
          caption: Trade
          columns: [Partner, {title: Share, unit: per cent, align: right}]   # from memory
          rows: [[Turkey, 17.2], ["Azerbaijan # 2", 1234.5]]
sources:
  agreement: Association agreement, 2014
# end
"""


@pytest.fixture
def georgia(tmp_path):
    """Make a project with one brief, and give the file."""

    def make(text: str = GEORGIA, **templates: str) -> Path:
        file = tmp_path / "content" / "georgia.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        for name, template in templates.items():
            path = tmp_path / "templates" / "standard" / f"{name}.html.j2"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(template, "utf-8")
        return file

    return make


@pytest.fixture
def build(run_briefing, tmp_path):
    def run(*options: str):
        return run_briefing("build", "--attach-source", *options, cwd=tmp_path)

    return run


def attached(path: Path) -> tuple[dict, dict, bytes]:
    """The one file inside a PDF: how it is named, what it says of itself, its bytes."""
    with pdfplumber.open(path) as pdf:
        names = resolve1(resolve1(resolve1(pdf.doc.catalog["Names"])["EmbeddedFiles"])["Names"])
        (association,) = resolve1(pdf.doc.catalog["AF"])
        assert len(names) == 2
        assert association.objid == names[1].objid
        named = resolve1(names[1])
        stream = resolve1(resolve1(named["EF"])["F"])
        return named, stream.attrs, stream.get_data()


def test_the_pdf_contains_the_content_file_without_its_comments(georgia, build, tmp_path):
    file = georgia()
    run = build("-f", "pdf")
    assert run.returncode == 0, run.stdout + run.stderr
    named, said, data = attached(tmp_path / "output" / "georgia.pdf")
    text = data.decode("utf-8")
    assert yaml.safe_load(text) == yaml.safe_load(file.read_text("utf-8"))
    for secret in ("Nino", "too long", "resign", "Rumours", "from memory", "schema"):
        assert secret not in text
    assert "Georgia looks west. # Its neighbours look on." in text
    assert '"Azerbaijan # 2"' in text
    assert [decode_text(named[key]) for key in ("F", "UF")] == ["georgia.yaml"] * 2
    assert named["AFRelationship"].name == "Source"
    assert decode_text(named["Desc"]) == "Content file of this brief"
    assert said["Subtype"].name == "application/yaml"
    parameters = resolve1(said["Params"])
    assert parameters["Size"] == len(data)
    assert parameters["CreationDate"] == parameters["ModDate"] == b"D:20161005000000Z"


def test_the_attached_file_builds_the_same_pdf(georgia, build, tmp_path):
    file = georgia()
    assert build("-f", "pdf").returncode == 0
    first = (tmp_path / "output" / "georgia.pdf").read_bytes()
    file.write_bytes(attached(tmp_path / "output" / "georgia.pdf")[2])
    assert build("-f", "pdf").returncode == 0
    assert (tmp_path / "output" / "georgia.pdf").read_bytes() == first


def test_the_pdf_declares_pdf_a_3a_and_pdf_ua_1(georgia, build, tmp_path):
    georgia()
    build("-f", "pdf")
    with pdfplumber.open(tmp_path / "output" / "georgia.pdf") as pdf:
        said = resolve1(pdf.doc.catalog["Metadata"]).get_data().decode("utf-8")
    assert re.search(r'pdfaid:part="3"', said)
    assert re.search(r'pdfaid:conformance="A"', said)
    assert "<pdfuaid:part>1</pdfuaid:part>" in said


def test_html_and_word_do_not_contain_the_content_file(georgia, build, run_briefing, tmp_path):
    georgia()
    assert build().returncode == 0
    with_source = {p.suffix: p.read_bytes() for p in (tmp_path / "output").iterdir() if p.stem == "georgia"}
    run_briefing("build", cwd=tmp_path)
    without = {p.suffix: p.read_bytes() for p in (tmp_path / "output").iterdir() if p.stem == "georgia"}
    assert with_source[".pdf"] != without[".pdf"]
    assert b"/EmbeddedFile" not in without[".pdf"]
    assert (with_source[".html"], with_source[".docx"]) == (without[".html"], without[".docx"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--for", "handout"), "a handout leaves out what is internal"),
        (("--only", "meetings"), "--only meetings leaves the rest out"),
        (("-f", "docx,html"), "add pdf to --format"),
    ],
)
def test_attaching_is_refused_if_the_output_omits_content(georgia, build, tmp_path, options, words):
    georgia()
    run = build(*options)
    assert run.returncode == 2
    assert words in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert not list(tmp_path.rglob("georgia*.pdf"))


def test_content_that_the_theme_omits_is_reported_with_its_line(georgia, build):
    georgia(**{"parts/key_points": "<p>Nothing to see.</p>"})
    run = build("-f", "pdf")
    assert run.returncode == 2
    assert "content/georgia.yaml:12" in run.stdout + run.stderr
    assert "stands in the content file and not in the brief" in run.stdout + run.stderr


# Comments


def events(text: str) -> list[tuple]:
    return [(type(e).__name__, getattr(e, "value", None), getattr(e, "anchor", None)) for e in yaml.parse(text)]


@pytest.mark.parametrize("file", sorted((ROOT / "content").rglob("*.yaml")), ids=lambda file: file.name)
def test_removing_comments_does_not_change_the_shipped_briefs(file):
    text = file.read_text("utf-8")
    bare = strip_comments(text)
    assert events(bare) == events(text)
    assert len(bare) < len(text)
    assert "yaml-language-server" not in bare


PIECES = st.sampled_from(
    ["# secret\n", "  # secret\n", "\n", "a: 1\n", "b: 'x # y'  # secret\n", 'c: "# y"\n', "d: |  # secret\n  # text\n  more\n",
     "e: [1, # secret\n  2]\n", "f: >-\n  x\n\n # secret\n", "g: x#y # secret\n", "h:\n  # secret\n  - i # secret\n  - j\n"]
)  # fmt: skip


@sweep
@given(st.lists(PIECES, max_size=12))
def test_removing_comments_keeps_every_value_and_removes_every_comment(pieces):
    text = "".join(pieces)
    bare = strip_comments(text)
    assert events(bare) == events(text)
    # After a literal block, an indented "# secret" is text.
    assert ("secret" in bare) == any("secret" in (value or "") for _, value, _ in events("".join(pieces)))
