"""No output and no build sends requests or reads files from outside the project.

Each way that the bare libraries took is tried in every text field, in the files that a brief names, and in every file
of a theme; the three formats and both themes are then unpacked to the last stream.
"""

import base64
import io
import itertools
import re
import threading
import zipfile
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from lxml import etree, html

from briefing.pipeline import Job, Outcome, build
from tests.end_to_end.test_editions import traces
from tests.support.every_field import DRAWN, MAP, NAMING, escaped, filled, text_fields, write
from tests.support.galley_with_everything import galley
from tests.support.workbooks import ods, xlsx
from tests.writers.docx.test_template import changed, ministry

SECRET = "zqxjvsecret"
THEMES = ("standard", "chancery")
POSIX = pytest.mark.skipif(__import__("os").name == "nt", reason="links need a privilege there")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that answers everything, and what it was asked."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        do_POST = do_HEAD = do_GET  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/canary", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def desk(tmp_path) -> Path:
    """A project, and beside it a folder that is none of its business."""
    private = tmp_path / "private"
    private.mkdir()
    for name in ("secret.txt", "secret.css", "secret.yaml", "secret.csv", "secret.j2", "print.css", "secret.ttf"):
        (private / name).write_text(f"{SECRET}: {SECRET}\n", "utf-8")
    for name in ("secret.xlsx", "secret.ods"):
        (private / name).write_bytes(xlsx([[SECRET], [SECRET]]) if name.endswith("xlsx") else ods([SECRET], [SECRET]))
    (private / "secret.svg").write_text(MAP.replace("<rect", f"<title>x</title><text>{SECRET}</text><rect"), "utf-8")
    (private / "secret.png").write_bytes(PNG + SECRET.encode())
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def test_the_server_records_requests_and_the_search_finds_the_secret(canary, desk):
    import urllib.request

    address, asked = canary
    with urllib.request.urlopen(f"{address}/itself") as answer:
        assert traces(answer.read(), SECRET)
    assert asked == ["/canary/itself"]
    asked.clear()
    assert traces((desk.parent / "private/secret.svg").read_bytes(), SECRET)


# Every text field.


def test_the_test_brief_fills_every_text_field_of_the_model():
    wanted = {name for name, kind in text_fields().items() if kind != "address"} - NAMING - DRAWN
    assert len(wanted) > 60
    assert {name for name, _ in filled()} == wanted


def routes(address: str, secret: Path) -> list[str]:
    """What a field can hold that some format, browser, stylesheet, word processor or template would follow."""
    file = secret.as_uri()
    return [
        *(f'<img src="{a}">' for a in (address, file, str(secret), "../../private/secret.txt", "%2e%2e/private/secret.txt")),
        f'<link rel="stylesheet" href="{address}"><style>@import "{address}"; p{{background:url({address})}}</style>',
        f"<script src='{address}'></script><iframe src='{file}'></iframe><object data='{file}'></object>",
        f'<svg><image href="{address}"/><use href="{file}#a"/><style>@font-face{{font-family:x;src:url({address})}}</style></svg>',
        f'"}} body{{background:url("{address}")}} @import url({address}); {{"',
        f"'; content: url({address}); x: '\\22 url({address})",
        f'<a rel="attachment" href="{file}">x</a><meta http-equiv="refresh" content="0;url={address}">',
        f'" onmouseover="x" style="background:url({address})" data-x="',
        "{% include '../../private/secret.txt' %}{{ ''.__class__ }}{{ cycler.__init__.__globals__ }}",
        f'INCLUDEPICTURE "{address}" \\d  INCLUDETEXT "{secret}"  DDEAUTO c:\\\\x  HYPERLINK "{file}" =cmd|\'x\'!A1',
        f'</w:t></w:r><w:r><w:instrText>INCLUDETEXT "{secret}"</w:instrText></w:r><w:r><w:t>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]>&e; <?xml-stylesheet href="{address}"?> <![CDATA[x]]>',
        f"${{jndi:{address}}} `cat {secret}` $(cat {secret}) \\\\127.0.0.1\\share\\x //127.0.0.1/x",
    ]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("formats", [("html", "docx"), ("pdf",)], ids=["html and docx", "pdf"])
def test_no_address_in_any_text_field_is_fetched(canary, desk, theme, formats):
    """The ways are tried in shares, in each field in turn: all together they are taller than a page as the name of a bar.

    Pages of so much text take long to lay out, so a PDF gets a quarter at a time, the others half.
    """
    address, asked = canary
    ways = routes(address, desk.parent / "private/secret.txt")
    count = 4 if formats == ("pdf",) else 2
    shares = [ways[n::count] for n in range(count)]
    for turn in range(count):
        number = itertools.count(turn)

        def fill(kind: str, where: str) -> str:
            text = f"{where} {' '.join(shares[next(number) % len(shares)])}"  # noqa: B023 - used up before the next turn
            return (
                text
                if kind == "words"
                else escaped(text)
                if where in {"Brief.summary", "Table.rows"}
                else as_markdown(text)
            )

        # For notes, so that nothing is laid out several times to fit.
        outcome, files = made(desk, write(desk, fill), theme, formats, for_notes=formats == ("pdf",))
        assert outcome.exit_code == 0, [d for d in outcome.diagnostics if d.severity == "error"]
        assert (asked, files.keys()) == ([], set(formats))
        for suffix, data in files.items():
            if suffix == "pdf":  # to the last letter in other tests; here, whether anything was embedded
                streams = [data, *unpacked(data)]
                assert len(streams) > 20
                assert not [stream for stream in streams if SECRET.encode() in stream.lower()]
            else:
                assert traces(data, SECRET) == [], suffix
                assert traces(data, "includepicture"), f"the words are not in {suffix}"
        if "pdf" in formats:
            assert not [
                word
                for word in (b"/Launch", b"/EmbeddedFile", b"/JavaScript", b"/GoToR", b"/URI (file")
                if word in files["pdf"]
            ]
        else:
            assert_html_loads_nothing(files["html"])
            assert_word_loads_nothing(files["docx"])


def as_markdown(text: str) -> str:
    """The text with nothing escaped but what would be an error of its own: brackets that look like a link or an id."""
    return re.sub(r"[\[\]!]", lambda sign: f"\\{sign[0]}", text)


LINKS = ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "\\\\\\\\server\\\\x", "//server/x", "vbscript:x", "ftp://x/y", "../../secret.txt"]  # fmt: skip


def test_unsafe_links_and_pictures_are_refused_in_every_markdown_field(canary, desk):
    address, asked = canary
    bad = " ".join(f"[x]({link})" for link in LINKS) + f" ![x]({address})"
    content = write(desk, lambda kind, _: "x" if kind == "words" else f"y {bad}")
    outcome, files = made(desk, content, "standard")
    assert (outcome.exit_code, files, asked) == (1, {}, [])
    fields = [where for where, kind in filled() if kind != "words"]
    lines = [n for n, line in enumerate(content.read_text("utf-8").splitlines(), 1) if "javascript:" in line]
    assert len(lines) >= len(set(fields)) > 20
    for number in lines:
        told = [d for d in outcome.diagnostics if d.span and d.span.line == number]
        assert sum(d.code == "link" for d in told) == len(LINKS), number
        assert any(d.code == "picture-in-text" for d in told), number


# The files that a brief names.

FILES = {
    f
    for f in NAMING
    if not f.endswith((".range", ".sheet")) and f not in {"Checks.ignore", "Checks.known", "Layout.theme"}
}

NAMES = [
    "../../private/secret.svg", "images/../../../private/secret.png", "%2e%2e/%2e%2e/private/secret.svg", "CANARY", "FILE",
    "ABSOLUTE", "//127.0.0.1/share/x.png", "\\\\127.0.0.1\\share\\x.png", "data:image/png;base64,AAAA", "linked.svg", "folder/secret.svg",
    "linked.png", "linked.csv", "linked.xlsx", "linked.ods",
]  # fmt: skip


@POSIX
@pytest.mark.parametrize("field", sorted(FILES))
def test_no_field_reads_a_file_outside_the_project(canary, desk, field):
    address, asked = canary
    private = desk.parent / "private"
    (desk / "content").mkdir()
    for folder in (desk, desk / "content"):
        for suffix in ("svg", "png", "csv", "xlsx", "ods"):
            (folder / f"linked.{suffix}").symlink_to(private / f"secret.{suffix}")
        (folder / "folder").symlink_to(private)
    for name in NAMES:
        name = name.replace("CANARY", address).replace("FILE", (private / "secret.svg").as_uri())  # noqa: PLW2901
        name = name.replace("ABSOLUTE", str(private / "secret.svg"))  # noqa: PLW2901
        block = {
            "Chart.csv": {"chart": {"caption": "x", "csv": name}},
            "Table.csv": {"table": {"caption": "x", "csv": name}},
            "Figure.image": {"figure": {"alt": "x", "image": name}},
        }.get(field, "Text.")
        brief = {"title": "x", "language": "en", "sections": [{"title": "x", "body": [block]}]}
        if field.startswith("FactBox"):
            brief["fact_box"] = {"facts": {"a": "b"}, field.partition(".")[2]: name}
        (desk / "briefing.yaml").write_text(
            yaml.safe_dump({"logo": name} if field == "Project.logo" else {"series": "x"}), "utf-8"
        )
        content = desk / "content/all.yaml"
        content.write_text(yaml.safe_dump(brief), "utf-8")
        outcome, files = made(desk, content, "standard")
        assert (outcome.exit_code, files, asked) == (1, {}, []), name
        (told,) = outcome.diagnostics
        assert told.code in {"file-name", "file-outside", "no-file"}, name
        assert told.span is not None
        assert told.span.file.endswith("briefing.yaml" if field == "Project.logo" else "all.yaml")


@POSIX
@pytest.mark.parametrize("link", ["content/linked.yaml", "briefing.yaml"])
def test_a_content_or_project_file_linked_from_outside_is_refused(desk, link):
    content = write(desk, lambda *_: "x")
    (desk / link).unlink(missing_ok=True)
    (desk / link).symlink_to(desk.parent / "private/secret.yaml")
    outcome, files = made(desk, desk / link if link.startswith("content") else content, "standard")
    assert (outcome.exit_code, files, [d.code for d in outcome.diagnostics]) == (2, {}, ["file-outside"])
    assert SECRET not in str(outcome)


# The files of a theme.

TEMPLATES = {
    "a stylesheet": '<link rel="stylesheet" href="CANARY"/>',
    "a refresh": '<meta http-equiv="refresh" content="0;url=CANARY"/>',
    "an attachment": '<p><a rel="attachment" href="FILE">x</a></p>',
    "an attachment from the web": '<p><a rel="attachment" href="CANARY">x</a></p>',
    "a picture": '<img src="CANARY" alt="x"/>',
    "a set of pictures": '<img src="picture:x" srcset="CANARY 2x" alt="x"/>',
    "a picture element": '<picture><source srcset="CANARY"/></picture>',
    "a frame": '<iframe src="FILE"></iframe>',
    "an object": '<object data="FILE"></object>',
    "an embedded thing": '<embed src="CANARY"/>',
    "a film": '<video src="CANARY" poster="CANARY"></video>',
    "a form": '<form action="CANARY"><input type="image" src="CANARY"/></form>',
    "a base": '<base href="CANARY"/>',
    "a background": '<table background="CANARY"><tr><td>x</td></tr></table>',
    "a ping": '<p><a href="https://example.org/" ping="CANARY">x</a></p>',
    "a link to a file": '<p><a href="FILE">x</a></p>',
    "a script behind a link": '<p><a href="javascript:alert(1)">x</a></p>',
    "a script": "<script>x</script>",
    "an event": '<p onclick="x">x</p>',
    "a style": '<p style="background:url(CANARY)">x</p>',
    "a drawn picture": '<svg viewBox="0 0 9 9"><image href="CANARY" width="9" height="9"/></svg>',
    "a drawn file": '<svg viewBox="0 0 9 9" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="FILE"/></svg>',
    "a drawn copy": '<svg viewBox="0 0 9 9"><use href="CANARY#a"/></svg>',
    "a drawn fill": '<svg viewBox="0 0 9 9"><rect fill="url(CANARY#a)"/></svg>',
    "a drawn fill in disguise": '<svg viewBox="0 0 9 9"><rect fill="u\\72l(CANARY#a)"/></svg>',
    "a drawn style": '<svg viewBox="0 0 9 9"><style>@import "CANARY";</style></svg>',
    "a drawn style attribute": '<svg viewBox="0 0 9 9"><rect style="fill:url(CANARY#a)"/></svg>',
    "a drawn script": '<svg viewBox="0 0 9 9"><script>x</script></svg>',
    "a drawn event": '<svg viewBox="0 0 9 9"><rect onload="x"/></svg>',
    "a drawn link": '<svg viewBox="0 0 9 9"><a href="javascript:x"><rect/></a></svg>',
    "foreign markup": '<svg viewBox="0 0 9 9"><foreignObject><img src="CANARY"/></foreignObject></svg>',
    "a movement to an address": '<svg viewBox="0 0 9 9"><set attributeName="href" to="CANARY"/></svg>',
    "a file that is included": "{% include '../../private/secret.j2' %}",
    "a file that is named in full": "{% include 'ABSOLUTE' %}",
    "a file that is imported": "{% import '/etc/passwd' as x %}",
    "the inside of Python": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "the inside by a filter": "{{ brief|attr('__init__') }}",
    "the inside by a format": "{{ '{0.__class__.__mro__}'.format(brief) }}",
    "the inside of a function": "{{ label.__globals__ }}",
    "content as markup": '{{ \'<img src="CANARY" alt="x"/>\'|safe }}',
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_cannot_load_anything_from_outside(canary, desk, name):
    address, asked = canary
    secret = desk.parent / "private/secret.txt"
    body = TEMPLATES[name].replace("CANARY", address).replace("FILE", secret.as_uri()).replace("ABSOLUTE", str(secret))
    files = {
        "brief.html.j2": "{% extends 'shipped/standard/brief.html.j2' %}{% block banner %}\n" + body + "{% endblock %}"
    }
    outcome, written = made(desk, with_theme(desk, files), "evil")
    assert (outcome.exit_code, written, asked) == (2, {}, []), outcome.diagnostics
    told = outcome.diagnostics[0]
    assert told.code.startswith(("galley-", "template"))
    assert told.file.startswith("templates/evil/brief.html.j2")
    assert (told.span is not None and told.span.line == 2) or "line 2" in f"{told.message} {told.file}"
    assert SECRET not in str(outcome)


SHEETS = [
    "p { background: url(CANARY) }", '@import "CANARY";', "@import url(FILE);", "@font-face { font-family: x; src: url(CANARY) }",
    "p { background: u\\72l(CANARY) }", "p { background: image-set('CANARY' 1x) }", "p { background: image('CANARY') }",
    "p { content: url(../../private/secret.svg) }", 'p { background: url("\\\ndata\\\n://CANARY") }', "p { cursor: url(FILE), auto }",
    "@page { background: url(CANARY) }", "p { list-style: url( 'CANARY' ) }", "p { filter: url(CANARY#a); mask: url(CANARY) }",
    "@namespace url(CANARY);", "p { --a: url(CANARY); background: var(--a) }", "p { background: src('CANARY') }",
]  # fmt: skip


@pytest.mark.parametrize("sheet", ["print.css", "screen.css"])
def test_a_stylesheet_cannot_load_anything_from_outside(canary, desk, sheet):
    address, asked = canary
    for css in SHEETS:
        css = css.replace("CANARY", address).replace("FILE", (desk.parent / "private/secret.css").as_uri())  # noqa: PLW2901
        outcome, written = made(desk, with_theme(desk, {sheet: css}), "evil")
        assert (outcome.exit_code, written, asked) == (2, {}, []), css
        assert [d.code for d in outcome.diagnostics] == ["theme-address"], css
        assert outcome.diagnostics[0].file == f"templates/evil/{sheet}"


@POSIX
@pytest.mark.parametrize(
    ("link", "secret", "settings"),
    [
        ("print.css", "secret.css", ""), ("screen.css", "secret.css", ""), ("part.html.j2", "secret.j2", ""), ("labels/en.yaml", "secret.yaml", ""),
        ("handout.docx", "secret.txt", ""), ("logo.svg", "secret.svg", "logo: logo.svg\n"), ("house.ttf", "secret.ttf", "faces: {sans: {family: x, roman: house.ttf}}\n"),
        ("labels", "", ""), ("other", "", "logo: other/secret.svg\n"), ("fonts", "", "faces: {sans: {family: x, roman: fonts/secret.ttf}}\n"),
    ],
)  # fmt: skip
def test_a_theme_file_linked_from_outside_the_theme_is_refused(desk, link, secret, settings):
    content = with_theme(desk, {"theme.yaml": f"name: evil\nextends: standard\n{settings}"})
    target = desk / "templates/evil" / link
    target.parent.mkdir(exist_ok=True)
    target.symlink_to(desk.parent / "private" / secret)
    outcome, written = made(desk, content, "evil")
    assert (outcome.exit_code, written) == (2, {}), outcome.diagnostics
    assert outcome.diagnostics[0].file.startswith("templates/evil/")
    assert SECRET not in str(outcome)


@pytest.mark.parametrize(
    "settings",
    [
        "logo: ../../../private/secret.svg", "logo: /etc/passwd", "logo: CANARY", "logo: FILE", "faces: {sans: {family: x, roman: ../../../private/secret.ttf}}",
        "faces: {sans: {folder: /}}", "faces: {sans: {family: x, roman: private/secret.ttf, folder: PARENT}}", "scripts: {Arab: {folder: /, roman: x}}",
        "extends: ../../private", "faces: {sans: {css_fallback: 'x; background: url(CANARY)'}}", "colours: {ink: 'url(CANARY)'}",
        "faces: {sans: {family: 'x\"; src: url(CANARY)'}}", "styles: {body: {colour: 'url(CANARY)'}}", "styles: {'p{}*': {size: 9}}",
        "description: !!python/object/apply:os.system [id]",
    ],
)  # fmt: skip
def test_no_setting_of_a_theme_can_name_a_file_outside_it(canary, desk, settings):
    address, asked = canary
    settings = settings.replace("CANARY", address).replace("FILE", (desk.parent / "private/secret.svg").as_uri())
    extends = "" if "extends" in settings else "extends: standard\n"
    content = with_theme(desk, {"theme.yaml": f"name: evil\n{extends}{settings.replace('PARENT', str(desk.parent))}\n"})
    outcome, written = made(desk, content, "evil")
    assert (outcome.exit_code, written, asked) == (2, {}, []), outcome.diagnostics
    assert all(d.code.startswith(("theme-", "unknown-theme")) for d in outcome.diagnostics)


def test_a_theme_cannot_set_the_font_folder_of_another_theme(desk):
    """A face whose font is named by one theme, and looked for where the next one says."""
    with_theme(
        desk,
        {"theme.yaml": "name: base\nextends: standard\nfaces: {sans: {family: x, roman: private/secret.ttf}}\n"},
        "base",
    )
    content = with_theme(
        desk, {"theme.yaml": f"name: evil\nextends: base\nfaces: {{sans: {{folder: {desk.parent}}}}}\n"}
    )
    outcome, _ = made(desk, content, "evil")
    assert (outcome.exit_code, [d.code for d in outcome.diagnostics]) == (2, ["theme-face"])
    assert "no key 'folder'" in outcome.diagnostics[0].message


RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'
FIELD = b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
SHAPE = b'<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><v:shape><v:imagedata %s/></v:shape></w:pict></w:r></w:p></w:hdr>'
HEADER, RELATIONS = "word/header1.xml", "word/_rels/document.xml.rels"
TYPE = b'<Override PartName="/word/header9.png" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>'
REFERENCES = {
    "a linked picture": (RELATIONS, b"</Relationships>", RELATION % (b"image", b"CANARY")),
    "a picture of a header": ("word/_rels/header1.xml.rels", b"</Relationships>", RELATION % (b"image", b"FILE")),
    "a part of another document": (RELATIONS, b"</Relationships>", RELATION % (b"subDocument", b"FILE")),
    "a frame": (RELATIONS, b"</Relationships>", RELATION % (b"frame", b"CANARY")),
    "an object": (RELATIONS, b"</Relationships>", RELATION % (b"oleObject", b"FILE")),
    "a link to a script": (RELATIONS, b"</Relationships>", RELATION % (b"hyperlink", b"javascript:x")),
    "INCLUDEPICTURE": (HEADER, b"</w:hdr>", FIELD % b'INCLUDEPICTURE "CANARY" \\d'),
    "INCLUDETEXT": (HEADER, b"</w:hdr>", FIELD % b'INCLUDETEXT "FILE"'),
    "DDEAUTO": (HEADER, b"</w:hdr>", FIELD % b"DDEAUTO c:\\x"),
    "a picture of an older drawing": (HEADER, b"</w:hdr>", SHAPE % b'src="CANARY"'),
    "the origin of a picture": (HEADER, b"</w:hdr>", SHAPE % b'o:href="CANARY"'),
    "a part in disguise": ("[Content_Types].xml", b"</Types>", TYPE),
    "a document type": ("word/styles.xml", b"<w:styles", b'<!DOCTYPE x SYSTEM "FILE"><w:styles'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFERENCES)
def test_a_word_template_cannot_load_anything_from_outside(canary, desk, name):
    address, asked = canary
    part, before, after = REFERENCES[name]
    secret = (desk.parent / "private/secret.txt").as_uri().encode()
    data = changed(
        ministry(), edit={part: (before, after.replace(b"CANARY", address.encode()).replace(b"FILE", secret))}
    )
    outcome, written = made(desk, with_theme(desk, {"handout.docx": data}), "evil")
    assert (outcome.exit_code, written, asked) == (2, {}, []), outcome.diagnostics
    assert [(d.code, d.file) for d in outcome.diagnostics] == [("theme-handout", "templates/evil/handout.docx")]


def test_the_attached_template_of_a_word_template_is_not_copied(canary, desk):
    address, asked = canary
    edit = {RELATIONS: (b"</Relationships>", RELATION % (b"attachedTemplate", address.encode()))}
    outcome, files = made(desk, with_theme(desk, {"handout.docx": changed(ministry(), edit=edit)}), "evil", ("docx",))
    assert (outcome.exit_code, asked) == (0, [])
    assert traces(files["docx"], "127.0.0.1") == []
    assert_word_loads_nothing(files["docx"])


# How it is looked at.


def with_theme(desk: Path, files: dict[str, str | bytes], name: str = "evil") -> Path:
    """A project with a theme of strangers; its brief."""
    folder = desk / "templates" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for file, text in {"theme.yaml": f"name: {name}\nextends: standard\n", **files}.items():
        (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    content = desk / "content/all.yaml"
    content.parent.mkdir(exist_ok=True)
    content.write_text("title: x\nlanguage: en\nsections:\n  - title: x\n    body: Text.\n", "utf-8")
    return content


def made(
    desk: Path,
    content: Path,
    theme: str,
    formats: tuple[str, ...] = ("html", "pdf", "docx"),
    *,
    for_notes: bool = False,
) -> tuple[Outcome, dict[str, bytes]]:
    """What became of a brief, and its files."""
    output = desk / "output"
    outcome = build(Job(str(content), str(output), formats, theme=theme, project=str(desk), for_notes=for_notes))
    found = {p.suffix[1:]: p.read_bytes() for p in output.iterdir() if p.name[0] != "."} if output.is_dir() else {}
    return outcome, found


def unpacked(pdf: bytes) -> Iterator[bytes]:
    """The streams of a PDF."""
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


def assert_html_loads_nothing(data: bytes) -> None:
    page = html.document_fromstring(data)
    seen = 0
    for element in page.iter(etree.Element):
        assert element.tag not in {"script", "link", "iframe", "object", "embed", "base", "form", "video", "audio"}
        for name, value in element.items():
            assert not name.startswith("on"), name
            assert name not in {"srcset", "background", "poster", "ping", "data", "style", "action"}, name
            if name in {"src", "href"}:
                seen += 1
                assert value.startswith(("data:image/", "#") if element.tag != "a" else ("#", "https:", "http:")), value
        if element.tag == "style":
            assert not re.findall(r"@import|url\((?!data:font|data:image)", element.text or "")
    assert seen > 3
    assert not [meta for meta in page.iter("meta") if meta.get("http-equiv", "").lower() == "refresh"]


def assert_word_loads_nothing(data: bytes) -> None:
    parts = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            parts += 1
            for element in etree.fromstring(package.read(name)).iter(etree.Element):
                local = etree.QName(element).localname
                if local == "Relationship" and element.get("TargetMode") == "External":
                    assert element.get("Type").endswith("/hyperlink"), element.get("Target")
                    assert element.get("Target").startswith(("http:", "https:", "mailto:", "tel:")), element.get(
                        "Target"
                    )
                code = (
                    (element.text or "")
                    if local == "instrText"
                    else " ".join(element.values())
                    if local == "fldSimple"
                    else ""
                )
                assert not re.search(r"INCLUDE|DDE|LINK\b|IMPORT|EMBED", code), code
                assert local not in {"altChunk", "subDoc", "attachedTemplate", "object"}, name
    assert parts > 5


def test_galley_validation_accepts_the_shipped_templates():
    """Or every one of the refusals above would mean nothing."""
    from briefing.galley.validate import validate_galley

    assert galley().body
    assert list(validate_galley(galley().body, {})) == []
