"""Hostile files: each is refused or handled quickly, in little memory, with a located error.

All are built by one worker, as on the command line. What never ends gets two seconds here instead of thirty.
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from briefing.pipeline import Job, build
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from tests.support.workbooks import changed as rewritten
from tests.support.workbooks import xlsx
from tests.writers.docx.test_template import changed, ministry

POSIX = pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX")
pytestmark = POSIX

PLAIN = "title: Mongolia\nlanguage: en\nsections:\n  - title: Neighbours\n    body: It lies between two others.\n"
FIGURE = "title: Mongolia\nlanguage: en\nsections:\n  - title: Neighbours\n    body:\n      - figure:\n          image: map\n          alt: A map\n"
TABLE = "title: Mongolia\nlanguage: en\nsections:\n  - title: Neighbours\n    body:\n      - table:\n          caption: T\n          csv: t.csv\n"
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
STYLES = "extends: standard\n"


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def png(width: int, height: int, rows: bytes) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def archive(parts: dict[str, bytes], *, close: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue() if close else buffer.getvalue()[:-30]


@dataclass
class Attack:
    """The brief, the other files of the project (those of a theme by themselves), the exit code, and what is told where."""

    code: str
    exit_code: int
    where: str
    brief: str = PLAIN
    files: dict[str, str | bytes] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html", "docx")


def theme(
    code: str, exit_code: int, where: str = "content/m.yaml", formats: tuple[str, ...] = ("html",), **files: str | bytes
) -> Attack:
    named = {f"templates/evil/{name.replace('__', '/').replace('_', '.')}": data for name, data in files.items()}
    return Attack(code, exit_code, where, PLAIN, {"templates/evil/theme.yaml": STYLES, **named}, formats)


def template(body: str, code: str = "template", exit_code: int = 2) -> Attack:
    where = "content/m.yaml" if exit_code == 3 else "brief.html.j2"
    return theme(
        code,
        exit_code,
        where,
        brief_html_j2=f"{{% extends 'shipped/standard/brief.html.j2' %}}{{% block banner %}}{body}{{% endblock %}}",
    )


def sheet(css: str, code: str, exit_code: int) -> Attack:
    return theme(code, exit_code, formats=("pdf",), print_css=css)


def reference(data: bytes) -> Attack:
    return theme("theme-handout", 2, "templates/evil/handout.docx", ("docx",), handout_docx=data)


def picture(
    data: bytes, code: str = "picture", exit_code: int = 1, formats: tuple[str, ...] = ("html", "docx")
) -> Attack:
    return Attack(code, exit_code, "content/m.yaml", FIGURE, {"content/map": data}, formats)


def table(data: bytes, code: str) -> Attack:
    return Attack(code, 1, "content/m.yaml", TABLE, {"content/t.csv": data})


def workbook(part: str, before: str, after: str) -> Attack:
    data = rewritten(xlsx([["a"], ["b"]]), {part: (before, after)})
    return Attack("workbook", 1, "content/m.yaml", TABLE.replace("t.csv", "t.xlsx"), {"content/t.xlsx": data})


SQUARE = '<rect width="9" height="9"/>'
NESTED = "<p>" + "<span>" * 5000 + "x" + "</span>" * 5000 + "</p>"
ATTACKS = {
    # Content.
    "50,000 brackets": Attack("too-deep", 1, "content/m.yaml", PLAIN + "key_points: " + "[" * 50_000),
    "a billion laughs": Attack("too-many-parts", 1, "content/m.yaml", LAUGHS),
    "ten megabytes": Attack("too-large", 1, "content/m.yaml", "title: " + "x" * 10_000_000),
    "a thousand unknown keys on one line": Attack("unknown-key", 1, "content/m.yaml", "{" + ", ".join(f"k{n}: x" for n in range(1_500)) + "}"),
    "a text without end": Attack("too-long", 1, "content/m.yaml", PLAIN.replace("Mongolia", "x" * 500_000)),
    "lists in lists": Attack("markdown-depth", 1, "content/m.yaml", PLAIN.replace("It lies between two others.", "|\n" + "".join(f"      {'  ' * n}- x\n" for n in range(200)))),
    # Pictures.
    "a truncated picture": picture(png(300, 300, b"\0" * 90_300)[:-80]),
    "a picture with less than it says": picture(png(5000, 5000, b"\0" * 100)),
    "a gigapixel": picture(png(40_000, 40_000, b"")),
    "a picture that unpacks without end": picture(png(9, 9, b"\0" * 50_000_000), "", 0),
    "a compressed drawing": picture(b"\x1f\x8b" + zlib.compress(b"\0" * 10_000_000)),
    "a drawing with a document type": picture(b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("&a;")),
    "copies of copies": picture(svg("<g id='g0'><rect/></g>" + "".join(f"<g id='g{n}'>" + f"<use href='#g{n - 1}'/>" * 10 + "</g>" for n in range(1, 9)))),
    "a drawing too deep": picture(svg("<g>" * 5000 + "</g>" * 5000)),
    "brackets without end in a style": picture(svg(SQUARE + "<style>" + "url(#a " * 100_000 + "</style>"), "", 0, ("html",)),
    "comments without end in a style": picture(svg(SQUARE + "<style>" + "/*" * 400_000 + "</style>"), "", 0, ("html",)),
    "a noise without end": picture(svg('<filter id="f" width="99" height="99"><feTurbulence baseFrequency="9" numOctaves="100000"/></filter><rect width="9" height="9" filter="url(#f)"/>'), "time-limit", 3, ("docx",)),
    # Tables.
    "a million cells": table(b"a,b\n" + b"1,2\n" * 400_000, "csv"),
    "a cell without end": table(b'a,b\n"' + b"x" * 1_000_000, "csv"),
    "a table of noughts": table(b"a,b\n" + b"\0" * 1000, "character"),
    "a table in Latin-1": table("a,b\né,ü\n".encode("latin-1"), "encoding"),
    # Workbooks.
    "a workbook that unpacks without end": workbook("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData>" + " " * 17_000_000),
    "a workbook with a document type": workbook("xl/worksheets/sheet1.xml", "<worksheet ", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
    "a million rows": workbook("xl/worksheets/sheet1.xml", "</sheetData>", '<row><c t="str"><v>x</v></c></row>' * 400_000 + "</sheetData>"),
    "a workbook cut off": Attack("workbook", 1, "content/m.yaml", TABLE.replace("t.csv", "t.xlsx"), {"content/t.xlsx": xlsx([["a"], ["b"]])[:-50]}),
    # Templates.
    "a text of two gigabytes": template("{{ 'x' * 2000000000 }}", "memory-limit", 3),
    "a number without end": template("{{ 10 ** (10 ** 9) }}", "time-limit", 3),
    "a range without end": template("{{ range(10 ** 12)|list }}"),
    "a macro that calls itself": template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    "a template that includes itself": theme("template", 2, "brief.html.j2", brief_html_j2="{% include 'brief.html.j2' %}"),
    "loops in loops": template("{% for i in 'x' %}" * 30 + "{% endfor %}" * 30),
    "brackets in brackets": template("{{ " + "(" * 30_000 + "1" + ")" * 30_000 + " }}"),
    "a message without end": template("{{ {}['x' * 50000000] }}"),
    "elements in elements": template(NESTED, "markup"),
    "half a character": template(r'{{ "\ud800" }}', "markup"),
    # Stylesheets.
    "a span over a billion columns": theme("memory-limit", 3, formats=("pdf",), brief_html_j2="<table><tr><td colspan='1000000000'>x</td></tr></table>"),
    "variables in variables": sheet(":root{--a0:xxxxxxxxxx;" + "".join(f"--a{n}:{f'var(--a{n - 1})' * 10};" for n in range(1, 10)) + "}p{font-family:var(--a9)}", "", 3),
    "a grid of a million rows": sheet("main{display:grid;grid-template-columns:repeat(100000,1fr);grid-template-rows:repeat(100000,1px)}", "", 3),
    "selectors without end": sheet(":is(" * 3000 + "p" + ")" * 3000 + "{color:red}", "layout", 1),
    # A theme's own file.
    "laughs in a theme": theme("theme-yaml", 2, "theme.yaml", theme_yaml="extends: standard\ndescription: &a x\n" + LAUGHS),
    "brackets in a theme": theme("theme-yaml", 2, "theme.yaml", theme_yaml="extends: standard\ndescription: " + "[" * 50_000),
    "a day that is none": theme("theme-yaml", 2, "theme.yaml", theme_yaml="extends: standard\ndescription: 2024-02-30\n"),
    "a number of ten thousand digits": theme("theme-yaml", 2, "theme.yaml", theme_yaml="extends: standard\nmeasures: {top: " + "9" * 10_000 + "}\n"),
    "bytes in a theme": theme("theme-yaml", 2, "theme.yaml", theme_yaml=bytes(range(256))),
    "a stylesheet without end": theme("theme-unreadable", 2, "print.css", print_css=b"x" * 9_000_000),
    # Reference documents.
    "a bomb in a reference": reference(changed(ministry(), add={"word/bomb.xml": b"<x>" + b" " * 30_000_000 + b"</x>"})),
    "ten thousand parts": reference(archive({f"word/part{n}.xml": b"<x/>" for n in range(10_000)})),
    "a reference that is cut off": reference(archive({"word/document.xml": b"<x/>"}, close=False)),
    "a reference that is no archive": reference(b"PK\3\4 no"),
    "a document type in a reference": reference(changed(ministry(), edit={"word/styles.xml": (b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles')})),
    "a margin that is no number": Attack("handout-styles", 0, "templates/evil/handout.docx", PLAIN, {"templates/evil/theme.yaml": STYLES, "templates/evil/handout.docx": changed(ministry(), edit={"word/document.xml": (b'w:left="', b'w:left="nan')})}, ("docx",)),
}  # fmt: skip
#: What some of these come to depends on the library's own speed: they are ended, for time or for memory.
ENDED = {"time-limit", "memory-limit", "worker-died", "layout"}


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerPool]:
    with WorkerPool(1, Limits(processor=3, clock=120, memory=1024)) as crew:
        yield crew


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_file_is_built_or_refused_and_a_refusal_keeps_the_old_outputs(workers, tmp_path, name):
    attack = ATTACKS[name]
    content = tmp_path / "content/m.yaml"
    for file, data in {"content/m.yaml": attack.brief, **attack.files}.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(data if isinstance(data, bytes) else data.encode())
    output = tmp_path / "output"
    output.mkdir()
    for suffix in attack.formats:
        (output / f"m.{suffix}").write_bytes(b"as it was")
    evil = "evil" if "templates/evil/theme.yaml" in attack.files else None
    job = Job(str(content), str(output), attack.formats, theme=evil, project=str(tmp_path))
    outcome = outcome_of(workers.submit(build, job), job)
    assert outcome.exit_code == attack.exit_code, outcome.diagnostics
    codes = {d.code for d in outcome.diagnostics}
    if attack.exit_code:
        assert attack.code in codes if attack.code else codes & ENDED
        assert all(attack.where in (d.file or str(d.span)) for d in outcome.diagnostics if d.severity == "error")
        assert {p.read_bytes() for p in output.iterdir()} == {b"as it was"}
    assert "internal" not in codes
    assert all(len(d.message) < 1100 and len(d.excerpt) <= 2000 for d in outcome.diagnostics)


def test_a_stylesheet_that_breaks_the_layout_is_reported_as_a_layout_error(workers, tmp_path):
    attack = ATTACKS["selectors without end"]
    for file, data in {"content/m.yaml": attack.brief, **attack.files}.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(data)
    job = Job(str(tmp_path / "content/m.yaml"), str(tmp_path), ("pdf",), theme="evil", project=str(tmp_path))
    outcome = outcome_of(workers.submit(build, job), job)
    assert [d.code for d in outcome.diagnostics if d.severity == "error"] == ["layout"]


def test_the_next_brief_is_built_after_all_hostile_files(workers, tmp_path):
    content = tmp_path / "content/m.yaml"
    content.parent.mkdir()
    content.write_text(PLAIN, "utf-8")
    job = Job(str(content), str(tmp_path / "output"), ("html",), project=str(tmp_path))
    assert outcome_of(workers.submit(build, job), job).exit_code == 0
    assert (tmp_path / "output/m.html").is_file()
