"""A theme's handout.docx: its styles, margins and headers are used; missing styles are added and reported."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from PIL import Image

from briefing.diagnostics import SetupError
from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml.elements import name
from tests.support.galley_with_everything import galley
from tests.support.read_word import Opened, W, words

EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def field(paragraph, code: str, shown: str) -> None:
    """A field as Word writes one, its code in two runs."""
    for kind, text in (("begin", ""), ("", code[:6]), ("", code[6:]), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
            run._r.append(part)


def ministry(*, right: float = 25.0, marking: bool = True, first: bool = False) -> bytes:
    """A ministry's own letter, made in a German Word: its ids are German, its names are Word's."""
    document = docx.Document()
    heading = document.styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(17), RGBColor(0x00, 0x66, 0x33)
    document.styles["Body Text"].font.size = Pt(12)
    own = document.styles.add_style("Dispatch", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    own.quick_style = True
    for style in document.styles.element.findall(qn("w:style")):
        for part in (style, *style.iter(qn("w:basedOn"), qn("w:next"), qn("w:link"))):
            key = qn("w:styleId") if part is style else qn("w:val")
            if part.get(key) == "Heading1":
                part.set(key, "berschrift1")
    section = document.sections[0]
    section.left_margin, section.right_margin = Mm(30), Mm(right)
    section.top_margin, section.bottom_margin = Mm(35), Mm(30)
    section.different_first_page_header_footer = first
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#006633").save(picture, "png")
    picture.seek(0)
    head = section.header.paragraphs[0]
    head.add_run().add_picture(picture, width=Mm(20))
    head.add_run("Ministry of Foreign Affairs ")
    if marking:
        field(head, "DOCPROPERTY Marking", "TOP SECRET")
        field(head, "DOCPROPERTY Draft", "old")
    foot = section.footer.paragraphs[0]
    field(foot, "TITLE \\* MERGEFORMAT", "The title of an old letter")
    field(foot, " PAGE ", "7")
    document.add_paragraph("The text of an old letter.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(data: bytes, **changes: object):
    return write_docx(galley(theme=replace(load_theme("standard"), handout=data), **changes))


def test_the_template_styles_are_used_under_the_ids_of_the_writer():
    opened = Opened(written(ministry()).data)
    heading = opened.styles["Heading1"]
    assert heading.find("w:rPr/w:color", W).get(name("w:val")) == "006633"
    assert heading.find("w:rPr/w:sz", W).get(name("w:val")) == "34"
    assert "berschrift1" not in opened.styles
    assert "Principles and priorities (OFFICIAL)" in [words(p) for p in opened.body.iter(name("w:p"))]
    # What is made from the tokens beside it has the size of its text.
    assert opened.styles["BodyTextAfterTable"].find("w:rPr/w:sz", W).get(name("w:val")) == "24"
    # A style of its own in the gallery is there to be used; the ninety of an old template are not.
    assert "Dispatch" in opened.styles
    assert len(opened.styles) < 200
    assert b"old letter" not in b"".join(opened.parts.values())


def test_a_template_header_keeps_its_ignorable_namespaces():
    """A newer Word writes elements there that an older one may pass over: only if the root says so."""
    head = Opened(written(ministry()).data).running()["headerReference default"]
    assert "Ministry of Foreign Affairs" in words(head)
    ignorable = head.get(name("mc:Ignorable")).split()
    assert ignorable
    assert set(ignorable) <= head.nsmap.keys()


def test_duplicate_styles_of_a_template_become_one():
    """LibreOffice writes such files."""
    data = ministry()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml")
    twice = styles.replace(
        b"</w:styles>",
        b'<w:style w:type="paragraph" w:styleId="again"><w:name w:val="heading 1"/></w:style>'
        b'<w:style w:type="paragraph" w:styleId="own1"><w:name w:val="Dispatch"/></w:style></w:styles>',
    )
    opened = Opened(written(changed(data, edit={"word/styles.xml": (styles, twice)})).data)
    names = [style.find("w:name", W).get(name("w:val")).lower() for style in opened.styles.values()]
    assert sorted(set(names)) == sorted(n for n in names if n)
    assert opened.styles["Heading1"].find("w:rPr/w:sz", W).get(name("w:val")) == "34"


def test_on_off_values_in_template_rows_are_normalised():
    """LibreOffice writes `w:val="true"`, which the Open XML SDK refuses there."""
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit w:val="{said}"/></w:trPr><w:tc><w:tcPr/><w:p/></w:tc></w:tr>'
        for said in ("true", "false")
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p>".encode()
    opened = Opened(written(changed(ministry(), edit={"word/header1.xml": (b"<w:p>", table)})).data)
    head = opened.running()["headerReference default"]
    assert len(head.findall(".//w:tr", W)) == 2
    assert [dict(mark.attrib) for mark in head.iter(name("w:cantSplit"))] == [{}]


def test_the_template_margins_are_used_and_a_narrow_one_has_no_side_column():
    opened = Opened(written(ministry()).data)
    margins = opened.body.find("w:sectPr/w:pgMar", W)
    sides = [int(margins.get(name(f"w:{side}"))) / 1440 * 25.4 for side in ("left", "right", "top", "bottom")]
    assert sides == pytest.approx([30, 25, 35, 30], abs=0.1)
    assert opened.body.find("w:sectPr/w:pgSz", W).get(name("w:w")) == "11906"  # the brief's paper, not the letter's
    assert opened.body.xpath("//w:tblpPr | //w:framePr", namespaces=W) == []
    widths = {
        round(sum(int(c.get(name("w:w"))) for c in t.iter(name("w:gridCol"))) / 1440 * 25.4)
        for t in opened.body.findall("w:tbl", W)
    }
    assert max(widths) == 155  # 210 less both margins


def test_a_wide_margin_holds_the_side_column():
    opened = Opened(written(ministry(right=74)).data)
    (box,) = opened.body.iter(name("w:tblpPr"))
    assert int(box.get(name("w:tblpX"))) / 1440 * 25.4 == pytest.approx(30 + 106 + 8, abs=0.2)


def test_the_template_headers_are_used_with_the_words_of_the_brief_in_their_fields():
    result = written(ministry())
    opened = Opened(result.data)
    running = opened.running()
    assert set(running) == {"headerReference default", "footerReference default"}
    assert "Ministry of Foreign Affairs OFFICIAL" in words(running["headerReference default"])
    assert "Draft · version 2" in words(running["headerReference default"])
    assert "TOP SECRET" not in words(running["headerReference default"])
    assert words(running["footerReference default"]).startswith("Kazakhstan: many vectors, one policy")
    rels = opened.parts["word/_rels/header1.xml.rels"].decode()
    (picture,) = [part for part in opened.parts if part.startswith("word/media/header-")]
    assert picture.removeprefix("word/") in rels
    assert [d.code for d in result.diagnostics] == ["handout-styles"]


@pytest.mark.parametrize("first", [False, True])
def test_the_marking_is_added_to_template_headers_that_lack_it(first):
    result = written(ministry(marking=False, first=first))
    heads = {kind: part for kind, part in Opened(result.data).running().items() if kind.startswith("header")}
    assert set(heads) == {"headerReference default"} | ({"headerReference first"} if first else set())
    for head in heads.values():
        assert words(head).startswith("OFFICIAL")
    assert "handout-marking" in [d.code for d in result.diagnostics]


def test_styles_that_the_template_lacks_are_reported():
    (warning,) = written(ministry()).diagnostics
    assert warning.file == "templates/standard/handout.docx"
    assert "'Fact Box'" in warning.message
    assert "'Key Points'" in warning.message
    assert "'heading 1'" not in warning.message


def test_a_document_of_the_writer_used_as_template_lacks_no_style():
    """Pressed once, and taken as the reference: all styles are there, and the page is the same."""
    made = write_docx(galley()).data
    result = written(made)
    assert [d for d in result.diagnostics if d.code == "handout-styles"] == []
    old, new = Opened(made), Opened(result.data)
    assert [words(p) for p in new.body.iter(name("w:p"))] == [words(p) for p in old.body.iter(name("w:p"))]
    assert len(new.styles) == len(old.styles)


def test_the_same_template_gives_the_same_bytes():
    data = ministry()
    assert written(data).data == written(data).data


# The gate -------------------------------------------------------------------------------------------------------------


def changed(
    data: bytes, *, add: dict[str, bytes] | None = None, edit: dict[str, tuple[bytes, bytes]] | None = None
) -> bytes:
    """The same package with other parts, or with words replaced in them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            for before, after in [(edit or {}).get(part, (b"", b""))]:
                assert before in content
                content = content.replace(before, after, 1) if before else content
            new.writestr(part, content)
        for part, content in (add or {}).items():
            new.writestr(part, content)
    return buffer.getvalue()


def loaded(tmp_path, data: bytes):
    folder = tmp_path / "templates" / "ministry"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: ministry\nextends: standard\n", encoding="utf-8")
    (folder / "handout.docx").write_bytes(data)
    return load_theme("ministry", (tmp_path / "templates",))


def test_a_plain_template_is_accepted_unchanged(tmp_path):
    data = ministry()
    assert loaded(tmp_path, data).handout == data
    assert load_theme("standard").handout == b""


RELATION = b'<Relationship Id="rId99" Type="%s" Target="%s" TargetMode="External"/></Relationships>'


def outside(kind: str, target: str) -> dict[str, tuple[bytes, bytes]]:
    return {
        "word/_rels/document.xml.rels": (b"</Relationships>", RELATION % ((EXTERNAL + kind).encode(), target.encode()))
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"add": {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}}, "macros"),
        ({"add": {"word/embeddings/oleObject1.bin": b"\xd0\xcf"}}, "another file"),
        ({"edit": outside("image", "https://example.org/spy.png")}, "spy.png"),
        ({"edit": outside("subDocument", "file:///etc/passwd")}, "etc/passwd"),
        ({"edit": outside("hyperlink", "javascript:alert(1)")}, "javascript"),
        ({"edit": {"word/styles.xml": (b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles')}}, "never writes"),
        ({"add": {"word/header9.xml": b'<?xml version="1.0" encoding="UTF-7"?><x/>'}}, "never writes"),
        ({"add": {"word/header9.xml": "<?xml version='1.0' encoding='UTF-16'?><x/>".encode("utf-16")}}, "never writes"),
        ({"add": {"word/header9.xml": b"<x>"}}, "damaged"),
        ({"add": {"word/bomb.xml": b"<x>" + b" " * 30_000_000 + b"</x>"}}, "too much"),
        ({"add": {f"word/part{n}.xml": b"<x/>" for n in range(500)}}, "unpacks"),
        ({"add": {"word/../../evil.xml": b"<x/>"}}, "damaged"),
        ({"edit": {"word/document.xml": (b"<w:body>", b'<w:body><w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "C:\\x"</w:instrText></w:r></w:p>')}}, "INCLUDETEXT"),
        ({"edit": {"word/document.xml": (b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr=" D&#68;E cmd "/></w:p>')}}, "DDE"),
    ],
)  # fmt: skip
def test_a_dangerous_template_is_refused_with_a_reason(tmp_path, change, said):
    with pytest.raises(SetupError) as caught:
        loaded(tmp_path, changed(ministry(), **change))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("theme-handout", "templates/ministry/handout.docx")
    assert said in problem.message
    assert problem.help


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not really", b"{\\rtf1 An old letter}"])
def test_a_template_that_is_not_a_word_document_is_refused(tmp_path, data):
    with pytest.raises(SetupError, match="not a Word document"):
        loaded(tmp_path, data)


def test_the_attached_template_of_a_word_template_is_not_copied(tmp_path):
    """The template that a letter was made from is noted in many files. It is not read, and not written."""
    theme = loaded(tmp_path, changed(ministry(), edit=outside("attachedTemplate", "file:///C:/Ministry.dotx")))
    data = write_docx(galley(theme=theme)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert [part for part, content in parts.items() if b"Ministry.dotx" in content] == []
    for part, content in parts.items():
        if part.endswith(".xml"):
            etree.fromstring(content)
