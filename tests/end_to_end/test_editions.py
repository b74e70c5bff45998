"""Two editions from one file: a handout contains no byte of internal content."""

import base64
import binascii
import gzip
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

FORMATS = ("html", "pdf", "docx")

#: Every canary begins like this, and nothing else does. The number stands in an internal chart and table alone.
CANARY = "zqxjv"
NUMBER = "73519"


def svg(words: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 90 60"><title>{words}</title>'
        f'<desc>{words}</desc><rect class="{words}" width="90" height="60" fill="#1f4e79"/></svg>'
    )


BRIEF = """\
# Zqxjvcomment: what the desk says to itself in the file.
series: Country brief
title: "Mongolia: the third neighbour"
summary: Between Russia and China, Mongolia looks for friends further away.
country: MN
language: en-GB
as_of: 2016-10-01
issued: 2016-10-05
review_by: 2017-01-01   # zqxjvreview
version: 2
reference: CB 15/2016
marking: ZQXJVMARKING
handout_marking: UNCLASSIFIED
prepared_by: Central Asia Desk
key_points: |
  - Two neighbours, and a policy of the third.[@yearbook]
fact_box:
  facts:
    Capital: Ulaanbaatar
    Zqxjvlabel:
      value: Zqxjvvalue
      source: zqxjvfactsource
      audience: internal
    Area:
      value: 1,564,116 km²
      source:
        - yearbook
        - zqxjvsource
sections:
  - title: The third neighbour
    body:
      - |
        The policy of the third neighbour looks to Japan, Korea and the West.[@yearbook; @zqxjvsource]
      - sidebar:
          title: Zqxjvsidebar
          body: "Zqxjvside by side, says the ZQXJVA.[@zqxjvonly]"
          audience: internal
      - pull_quote:
          text: Zqxjvquote, we shall see.
          by: Zqxjvspeaker
          role: Zqxjvrole
          date: 2010-01-20
          source: zqxjvquoted
          audience: internal
      - table:
          id: zqxjvtableid
          caption: Zqxjvtable
          columns:
            - Zqxjvcolumn
            - Since
          rows:
            - - Zqxjvcell
              - 73519
          note: Zqxjvtablenote
          audience: internal
      - chart:
          id: zqxjvchartid
          type: bar
          caption: Zqxjvchart
          unit: zqxjvunit
          categories:
            - Zqxjvcategory
            - Other
          series:
            - name: Zqxjvseries
              values:
                - 73519
                - 12
          alt: Zqxjvchartalt
          audience: internal
      - figure:
          image: images/zqxjvpicture.svg
          alt: Zqxjvalt
          caption: Zqxjvcaption
          credit: Zqxjvcredit
          audience: internal
      - timeline:
          audience: internal
          entries:
            - when: 2010-01-20
              text: Zqxjventry
      - people:
          audience: internal
          entries:
            - name: Zqxjvperson
              role: Zqxjvoffice
              note: Zqxjvpersonnote
      - figure:
          image: images/map.svg
          alt: A plain rectangle
          caption: The country
  - title: Zqxjvsection
    id: zqxjvsectionid
    audience: internal
    body:
      - |
        Zqxjvbody with a [link](https://zqxjvlink.example.org/) and a [word]{lang=mn}; see [[zqxjvtableid]].[@zqxjvonly]
      - figure:
          image: images/zqxjvother.svg
          alt: Zqxjvotheralt
          caption: Zqxjvothercaption
  - title: Trade
    body: Copper goes south.
meetings:
  - title: Zqxjvmeeting
    when: 2016-10-12 10:30
    where: Zqxjvplace
    objectives: |
      - Zqxjvobjective
    ours:
      - Zqxjvours
    theirs:
      - name: Zqxjvtheirs
        role: Zqxjvminister
        pronounced: zqxjv-SAY
        note: Zqxjvnote
    points_to_make: |
      - Zqxjvpoint
    if_raised:
      - topic: Zqxjvtopic
        response: Zqxjvresponse
        background: Zqxjvbackground
    their_objectives: |
      - Zqxjvwish
    internal_only: |
      - Zqxjvsecret
  - title: Call at the embassy
    audience: all
    points_to_make: |
      - We thank you.
    internal_only: |
      - Zqxjvundisclosed
sources:
  yearbook: Statistical yearbook, 2015
  zqxjvsource:
    title: Zqxjvsourcetitle
    publisher: Zqxjvpublisher
    url: https://zqxjvaddress.example.org/
    audience: internal
  zqxjvonly: Zqxjvonlythere, 2014
  zqxjvquoted: Zqxjvquotedthere, 2010
  zqxjvfactsource: Zqxjvfactthere, 2012
glossary:
  ZQXJVA: Zqxjvagency
annexes:
  - title: Zqxjvannex
    id: zqxjvannexid
    audience: internal
    body: Zqxjvannexbody
  - title: Map
    body: The map is small.
checks:
  ignore:
    - stale-fact
"""
PROJECT = """\
contact: desk@example.org
markings:
  - UNCLASSIFIED
  - ZQXJVLOWER
  - ZQXJVMARKING
"""

#: In no edition: comments, keys of sources, ids that nothing refers to, and what is only for checks.
NEVER_PRINTED = {"comment", "review", "lower", "picture", "other"}
WORDS = {word.lower() for word in re.findall(rf"(?<![\w./-]){CANARY}-?(\w+)", BRIEF, re.IGNORECASE)}


def everything(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file and of all that is packed in it, however deep, with a name for each."""
    yield name, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield f"{name} comment", package.comment
            for entry in package.infolist():
                yield f"{name} name", entry.filename.encode() + entry.extra + entry.comment
                yield from everything(package.read(entry), f"{name}/{entry.filename}")
    elif data[:2] == b"\x1f\x8b":
        yield from everything(gzip.decompress(data), f"{name} unzipped")
    elif data[:5] == b"%PDF-":
        yield from of_pdf(data, name)
    else:
        for number, code in enumerate(re.findall(rb"base64,([A-Za-z0-9+/=]{16,})", data)):
            yield from everything(base64.b64decode(code), f"{name} data {number}")


def of_pdf(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    import pdfplumber
    from pdfminer.pdftypes import PDFStream

    for number, stream in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            plain = stream
        yield from everything(plain, f"{name} stream {number}")
        # Text in hexadecimal digits, as fields and bookmarks may be written.
        for digits in re.findall(rb"<([0-9A-Fa-f\s]{8,})>", plain):
            code = re.sub(rb"\s", b"", digits)
            yield f"{name} hexadecimal {number}", binascii.unhexlify(code + b"0" * (len(code) % 2))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for xref in pdf.doc.xrefs:
            for number in xref.get_objids():
                thing = pdf.doc.getobj(number)
                yield f"{name} object {number}", repr(thing.attrs if isinstance(thing, PDFStream) else thing).encode()
        yield f"{name} properties", repr(pdf.metadata).encode()
        for page in pdf.pages:
            letters = "".join(char["text"] for char in page.chars)
            yield f"{name} page {page.page_number}", re.sub(r"[\s‐-]", "", letters).encode()


def traces(data: bytes, needle: str) -> list[str]:
    """Where a needle stands in the data: as text of one or two bytes a letter, in upper or lower case."""
    found = []
    for name, part in everything(data, "file"):
        small = part.lower()
        if any(needle.encode(code) in small for code in ("utf-8", "utf-16-le", "utf-16-be")):
            found.append(name)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_briefing) -> Path:
    """Both editions of the brief, in all formats."""
    desk = tmp_path_factory.mktemp("desk")
    images = desk / "content" / "images"
    images.mkdir(parents=True)
    (images / "zqxjvpicture.svg").write_text(svg("Zqxjvinsvg"), "utf-8")
    (images / "zqxjvother.svg").write_text(svg("Zqxjvinother"), "utf-8")
    (images / "map.svg").write_text(svg("map"), "utf-8")
    (desk / "content" / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (desk / "briefing.yaml").write_text(PROJECT, "utf-8")
    for edition in ("internal", "handout"):
        run: subprocess.CompletedProcess[str] = run_briefing("build", "--for", edition, cwd=desk)
        assert run.returncode == 0, run.stderr
    return desk / "output"


@pytest.fixture(params=FORMATS)
def handout(request, built) -> bytes:
    return (built / f"mongolia-handout.{request.param}").read_bytes()


def test_the_search_finds_text_in_nested_archives_and_other_encodings():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("sheet.xml", "<v>Zqxjvdeep</v>")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("workbook.xlsx", inner.getvalue())
        package.writestr("page.html", b"data:x;base64," + base64.b64encode(b"0123456789 Zqxjvcoded 0123456789"))
        package.writestr("wide.bin", "Zqxjvwide".encode("utf-16-be"))
    assert traces(outer.getvalue(), CANARY) == [
        "file/workbook.xlsx/sheet.xml",
        "file/page.html data 0",
        "file/wide.bin",
    ]
    assert traces(b"1 0 obj stream\n" + zlib.compress(b"Zqxjv") + b"endstream", CANARY) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_internal_edition_holds_every_canary(built, suffix):
    """Or the search would find nothing in a handout either."""
    assert len(WORDS) > 50
    data = (built / f"mongolia.{suffix}").read_bytes()
    text = b"\n".join(part.lower() for _, part in everything(data, "file"))
    expected = WORDS - NEVER_PRINTED - {word for word in WORDS if word.endswith("id")}
    # Keys of sources and addresses are no words of a page.
    expected -= {"factsource", "source", "only", "quoted", "link", "address"}
    missing = sorted(
        word for word in expected if f"{CANARY}{word}".encode() not in text and f"{CANARY}-{word}".encode() not in text
    )
    assert set(missing) <= {"series", "say"}  # a chart of one series names it nowhere; a page breaks after a hyphen
    assert traces(data, NUMBER)


def test_the_internal_edition_holds_the_internal_pictures(built):
    for suffix in ("html", "docx"):
        assert traces((built / f"mongolia.{suffix}").read_bytes(), "zqxjvinsvg")
        assert traces((built / f"mongolia.{suffix}").read_bytes(), "zqxjvinother")


def test_a_handout_holds_no_canary(handout):
    assert len(list(everything(handout, "file"))) > 1, "nothing was unpacked"
    assert traces(handout, CANARY) == []


def test_a_handout_holds_no_number_of_an_internal_chart_or_table(handout):
    assert traces(handout, NUMBER) == []


def test_a_handout_has_no_field_paths_and_no_source_file_name(handout):
    for trace in ("data-path", "sections[", "meetings[", "_bf_", "content/mongolia", "mongolia.yaml"):
        assert traces(handout, trace) == []


def test_a_handout_keeps_everything_that_is_not_internal(built):
    page = (built / "mongolia-handout.html").read_text("utf-8")
    for words in ("UNCLASSIFIED", "The third neighbour", "looks to Japan", "Call at the embassy", "We thank you", "Statistical yearbook", "Copper goes south", "1,564,116", "The map is small"):  # fmt: skip
        assert words in page
    assert "Not to be disclosed" not in page


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_handout_has_its_own_marking(built, suffix):
    assert traces((built / f"mongolia.{suffix}").read_bytes(), "zqxjvmarking")
    assert traces((built / f"mongolia-handout.{suffix}").read_bytes(), "unclassified")


def test_a_marked_brief_without_a_handout_marking_is_refused(tmp_path, run_briefing):
    content = tmp_path / "mongolia.yaml"
    content.write_text("title: Mongolia\nmarking: SECRET\nkey_points: |\n  - One\n", "utf-8")
    run = run_briefing("build", "--for", "handout", content, cwd=tmp_path)
    assert run.returncode == 1
    assert "handout_marking" in run.stderr
    assert not (tmp_path / "output").exists()


def test_both_editions_are_written_to_one_folder(built):
    names = sorted(path.name for path in built.iterdir() if not path.name.startswith("."))
    assert names == sorted(f"mongolia{edition}.{suffix}" for edition in ("", "-handout") for suffix in FORMATS)
