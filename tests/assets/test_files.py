"""Pictures, tables and the project: which files a brief may name, and which are refused."""

import base64
import io
import os
import struct
import sys
import zlib

import pytest

from briefing.charts import numbers_of
from briefing.diagnostics import ContentError, MachineError, SetupError
from briefing.project import find_project
from briefing.reading import load_draft

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 45"><rect width="90" height="45" fill="#0af"/></svg>'


def png(width=3, height=2):
    rows = b"".join(b"\x00" + b"\x10\x20\x30" * width for _ in range(height))
    return _png(width, height, zlib.compress(rows))


def _png(width, height, data):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (16, 9), "red").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def project(tmp_path):
    """A project with a content folder, and files outside it."""
    (tmp_path / "project" / "content" / "images").mkdir(parents=True)
    (tmp_path / "secret.svg").write_bytes(SVG)
    (tmp_path / "secret.csv").write_text("a,b\nsecret,1\n")
    return tmp_path / "project"


def brief(project, text, **files):
    for name, data in files.items():
        path = project / "content" / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    content = project / "content" / "brief.yaml"
    content.write_text(text, encoding="utf-8")
    return content


def with_picture(name):
    return f"title: T\nsections:\n  - title: S\n    body:\n      - figure:\n          image: {name}\n          alt: A map.\n"


def picture(project, data, name="map.svg"):
    (project / "content" / name).write_bytes(data)
    return load_draft(brief(project, with_picture(name))).pictures[name]


def refusal(content):
    with pytest.raises(ContentError) as refused:
        load_draft(content)
    (found,) = refused.value.diagnostics
    return found


# Pictures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "media_type", "size"),
    [(png(), "image/png", (3, 2)), (jpeg(), "image/jpeg", (16, 9)), (SVG, "image/svg+xml", (90, 45))],
)
def test_picture_types_are_detected_from_bytes_not_names(project, data, media_type, size):
    loaded = picture(project, data, "picture.bin")
    assert (loaded.media_type, loaded.width, loaded.height, loaded.data) == (media_type, *size, data)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10" height="20"', (10, 20)), ('width="1in" height="2.54cm"', (96, 96)), ('width="72pt" height="25.4mm"', (96, 96)),
        ('viewBox="0,0,8,4"', (8, 4)), ('viewBox="0 0 8 4" width="16"', (16, 8)), ('viewBox="0 0 8 4" height="8"', (16, 8)),
        ('viewBox="0 0 8 4" width="100%" height="100%"', (8, 4)),
    ],
)  # fmt: skip
def test_the_natural_size_of_an_svg_is_converted_to_css_pixels(project, attributes, size):
    loaded = picture(project, f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path d="M0 0h9"/></svg>'.encode())
    assert (loaded.width, loaded.height) == pytest.approx(size)


def svg(inner="", attributes=""):
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '
        f"{attributes}>{inner}</svg>"
    ).encode()


BOMB = "<g id='g0'><rect/><rect/></g>" + "".join(
    f"<g id='g{n}'>" + f"<use href='#g{n - 1}'/>" * 10 + "</g>" for n in range(1, 10)
)
DATA = base64.b64encode(png()).decode()

HARMLESS = {
    "a reference inside": svg("<defs><g id='a'/></defs><use href='#a'/><use xlink:href='#a'/>"),
    "a gradient": svg("<linearGradient id='a'/><rect fill='url(#a)' style='stroke: url(\"#a\")'/>"),
    "a picture inside": svg(f"<image href='data:image/png;base64,{DATA}'/>"),
    "a style": svg("<style>rect { fill: red }</style><rect/>"),
    "a title": svg("<title>Map, at https://example.org</title><rect/>"),
    "a declaration": b'<?xml version="1.0" encoding="UTF-8"?>' + svg("<rect/>"),
    "a plain document type": b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>"
    + svg("<rect/>"),
    "UTF-16": svg("<title>Қ</title><rect/>".encode().decode()).decode().encode("utf-16"),
}
HOSTILE = {
    "a script": (svg("<script>alert(1)</script>"), "a script"),
    "an event": (svg("<rect onclick='alert(1)'/>"), "a script"),
    "an event on the root": (svg(attributes="onload='alert(1)'"), "a script"),
    "foreign markup": (svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"), "foreign markup"),
    "a picture on the web": (svg("<image href='https://example.org/x.png'/>"), "outside"),
    "a picture in a file": (svg("<image xlink:href='file:///etc/passwd'/>"), "outside"),
    "a picture beside it": (svg("<image href='../secret.png'/>"), "outside"),
    "an svg inside": (svg("<image href='data:image/svg+xml,x'/>"), "neither PNG nor JPEG"),
    "a use of another file": (svg("<use href='other.svg#a'/>"), "outside"),
    "a fill from the web": (svg("<rect fill='url(https://example.org/a#b)'/>"), "outside"),
    "a style attribute": (svg("<rect style='background: url(//example.org/x)'/>"), "outside"),
    "an open bracket": (svg("<style>rect { fill: url(https://example.org/x</style>"), "outside"),
    "an import": (svg("<style>@import 'https://example.org/x.css';</style>"), "a style from outside"),
    "a disguised import": (svg("<style>@\\69mport 'https://example.org/x.css';</style>"), "a style from outside"),
    "a disguised address": (svg("<style>r{fill:u\\72l(https://example.org)}</style>"), "outside"),
    "a font": (svg("<style>@font-face { src: url(font.woff) }</style>"), "outside"),
    "a stylesheet": (b"<?xml-stylesheet href='https://example.org/x.css'?>" + svg(), "a style from outside"),
    "a link": (svg("<a href='https://example.org'><rect/></a>"), "a link"),
    "a base": (svg("<g xml:base='https://example.org/'/>"), "address"),
    "a doctype": (b"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + svg("<text>&a;</text>"), "document type"),
    "an entity": (b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + svg("<title>&a;</title>"), "document type"),
    "laughs": (b"<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" + svg("<title>&b;</title>"), "document type"),
    "copies of copies": (svg(BOMB), "intricate"),
    "a copy of itself": (svg("<g id='a'><use href='#a'/></g>"), "intricate"),
    "deep groups": (svg("<g>" * 500 + "</g>" * 500), "intricate"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "how large"),
    "an impossible size": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e30 1"/>', "impossible size"),
    "nothing drawn": (svg("<defs><g/></defs>"), "draws nothing"),
    "a variable": (svg("<rect style='--c: red; fill: var(--c)'/>"), "var("),
    "a colour of another space": (svg("<style>rect { fill: oklch(60% 0.2 30) }</style><rect/>"), "oklch("),
    "a size in a style": (svg("<circle style='r: 3px'/>"), "'r:'"),
    "text placed from the right": (svg("<text x='9' direction='rtl'>سلام</text>"), "direction"),
    "broken markup": (svg("<g>"), "broken in line 1"),
    "a web page": (b"<html><body/></html>", "no picture"),
    "another svg": (b"<svg/>", "no picture"),
    "a text": (b"not a picture", "no picture"),
    "nothing": (b"", "is empty"),
    "a GIF": (b"GIF89a\x01\x00\x01\x00", "broken"),
    "a PDF": (b"%PDF-1.7\n", "a PDF"),
    "a WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "broken"),
    "a compressed svg": (b"\x1f\x8b\x08\x00", "compressed"),
    "a truncated PNG": (png(200, 200)[:-60], "broken"),
    "a PNG with a wrong checksum": (png()[:40] + b"\x00" + png()[41:], "broken"),
    "a PNG that is only a signature": (b"\x89PNG\r\n\x1a\n", "broken"),
    "a truncated JPEG": (jpeg()[:-200], "broken"),
    "100 megapixels": (_png(10_000, 10_000, b""), "megapixels"),
    "billions of pixels": (_png(2_000_000, 2_000_000, b""), "pixels"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_svg_is_accepted(project, name):
    assert picture(project, HARMLESS[name]).media_type == "image/svg+xml"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_picture_is_refused_at_the_field_that_names_it(project, name):
    data, reason = HOSTILE[name]
    found = refusal(brief(project, with_picture("map.svg"), map_dot_svg=data))
    assert reason in found.message
    assert "'map.svg'" in found.message
    assert (found.code, found.span.line, found.span.column) == ("picture", 6, 18)
    assert found.help


def test_a_truncated_picture_is_refused_even_if_pillow_allows_truncated_images(project):
    from PIL import ImageFile

    # As WeasyPrint does when it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    data, reason = HOSTILE["a truncated PNG"]
    assert reason in refusal(brief(project, with_picture("map.svg"), map_dot_svg=data)).message


def test_a_picture_over_the_size_limit_is_not_read(project):
    content = brief(project, with_picture("map.svg"))
    with (project / "content" / "map.svg").open("wb") as file:
        file.truncate(21_000_000)
    assert refusal(content).code == "file-too-large"


# Names of files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../secret.svg", "file-outside"), ("images/../../../secret.svg", "file-outside"), ("/etc/passwd", "file-name"),
        ("C:/Users/map.svg", "file-name"), ("images\\map.svg", "file-name"), ("file:///etc/passwd", "file-name"),
        ("https://example.org/map.svg", "file-name"), ("//server/map.svg", "file-name"), ("images", "no-file"), ("nothing.svg", "no-file"),
        ("%2e%2e/%2e%2e/secret.svg", "no-file"), ("..", "no-file"), (".", "no-file"),
    ],
)  # fmt: skip
def test_file_names_outside_the_project_or_without_a_file_are_refused(project, name, code):
    found = refusal(brief(project, with_picture(f"'{name}'")))
    assert (found.code, found.span.line) == (code, 6)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
@pytest.mark.parametrize("link", ["file", "folder"])
def test_a_symbolic_link_out_of_the_project_is_refused(project, link):
    if link == "file":
        (project / "content" / "images" / "secret.svg").symlink_to(project.parent / "secret.svg")
        name = "images/secret.svg"
    else:
        (project / "content" / "out").symlink_to(project.parent)
        name = "out/secret.svg"
    assert refusal(brief(project, with_picture(name))).code == "file-outside"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders there")
def test_a_named_pipe_is_refused_as_a_picture(project):
    os.mkfifo(project / "content" / "map.svg")
    assert refusal(brief(project, with_picture("map.svg"))).code == "no-file"


def test_a_picture_outside_content_but_inside_the_project_is_accepted(project):
    (project / "shared").mkdir()
    (project / "shared" / "map.svg").write_bytes(SVG)
    assert "../shared/map.svg" in load_draft(brief(project, with_picture("../shared/map.svg"))).pictures


def test_the_error_for_a_missing_picture_suggests_similar_names(project):
    found = refusal(brief(project, with_picture("images/kazakstan.svg"), images__kazakhstan_dot_svg=SVG))
    assert found.message == "there is no file 'images/kazakstan.svg'"
    assert "kazakhstan.svg" in found.help


def test_all_missing_pictures_are_reported_together(project):
    content = brief(project, with_picture("a.svg") + with_picture("b.svg").split("body:\n")[1])
    with pytest.raises(ContentError) as refused:
        load_draft(content)
    assert [(d.code, d.span.line) for d in refused.value.diagnostics] == [("no-file", 6), ("no-file", 9)]


# Tables and charts from CSV -------------------------------------------------------------------------------------------

TABLE = (
    "title: T\nsections:\n  - title: S\n    body:\n      - table:\n          caption: Trade\n          csv: trade.csv\n"
)
CHART = (
    "title: T\nsections:\n  - title: S\n    body:\n      - chart:\n          caption: Trade\n          csv: trade.csv\n"
)


def table(project, data, extra=""):
    return load_draft(brief(project, TABLE + extra, trade_dot_csv=data)).brief.sections[0].body[0]


@pytest.mark.parametrize(
    "data",
    [
        "Partner,Exports\nItaly,7.5\nChina,4.2\n", "Partner;Exports\nItaly;7.5\nChina;4.2\n", "Partner\tExports\nItaly\t7.5\nChina\t4.2\n",
        "\ufeffPartner,Exports\r\nItaly,7.5\r\n\r\nChina,4.2\r\n", '"Partner","Exports"\n"Italy","7.5"\n"China","4.2"',
        "Partner,Exports\nItaly,7.5\nChina,4.2\n".encode("utf-16"),
    ],
)  # fmt: skip
def test_a_table_reads_its_columns_and_rows_from_csv(project, data):
    loaded = table(project, data)
    assert [column.title for column in loaded.columns] == ["Partner", "Exports"]
    assert loaded.rows == (("Italy", "7.5"), ("China", "4.2"))


def test_columns_in_the_brief_override_the_csv_header(project):
    loaded = table(
        project,
        "a,b\nItaly,7.5\n",
        "          columns:\n            - Partner\n            - title: Exports\n              format: number\n",
    )
    assert [(column.title, column.format) for column in loaded.columns] == [("Partner", "text"), ("Exports", "number")]


def test_csv_cells_are_not_read_as_markdown(project):
    from briefing.markup.markdown import line

    (row,) = table(project, "a,b\n*5*,[x](javascript:1) <b>_y_ & [@z]\n").rows
    assert [line(cell) for cell in row] == ["*5*", "[x](javascript:1) &lt;b&gt;_y_ &amp; [@z]"]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ("a,b\n1,2,3\n", "row-length", "line 2 of 'trade.csv' has 3 cells"), ("a,b\n\n1\n", "row-length", "line 3"),
        ("a,b\n", "no-rows", "no rows"), ("", "no-rows", "no rows"), ("a,b\nx\x00,1\n", "character", "NUL"),
        ("a,b\nCôte,1\n".encode("cp1252"), "encoding", "UTF-8"), ('a,b\n"x,1\n', "csv", "cannot be read"),
        ("a,b\n" + "1,2\n" * 30_000, "csv", "cells"),
    ],
)  # fmt: skip
def test_an_invalid_csv_table_is_refused_with_a_reason(project, data, code, words):
    found = refusal(brief(project, TABLE, trade_dot_csv=data))
    assert (found.code, found.span.line) == (code, 7)
    assert words in found.message


def test_fewer_columns_in_the_brief_than_in_the_csv_file_are_an_error(project):
    found = refusal(brief(project, TABLE + "          columns: [Partner]\n", trade_dot_csv="a,b\n1,2\n"))
    assert (found.code, found.span.line) == ("row-length", 8)


def test_a_csv_file_outside_the_project_is_not_read(project):
    assert refusal(brief(project, TABLE.replace("trade.csv", "../../secret.csv"))).code == "file-outside"


def test_a_chart_reads_its_categories_and_series_from_csv(project):
    chart = (
        load_draft(brief(project, CHART, trade_dot_csv="Year;Exports;Imports\n2015;46;31\n2016;37;\n"))
        .brief.sections[0]
        .body[0]
    )
    assert chart.categories == ("2015", "2016")
    assert [(series.name, [value and str(value) for value in series.values]) for series in chart.series] == [
        ("Exports", ["46", "37"]),
        ("Imports", ["31", None]),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [("Year,Exports\n2015,many\n", "number-form"), ("Year\n2015\n", "no-numbers"), ("Year,E\n2015\n", "row-length")],
)
def test_a_csv_file_unsuitable_for_a_chart_is_refused(project, data, code):
    assert refusal(brief(project, CHART, trade_dot_csv=data)).code == code


def test_the_short_form_of_a_chart_is_one_series(project):
    text = CHART.replace(
        "csv: trade.csv", "unit: US$ billion\n          data:\n            Italy: 7.5\n            China: 4.2"
    )
    chart = load_draft(brief(project, text)).brief.sections[0].body[0]
    assert chart.categories == ("Italy", "China")
    assert [(series.name, [float(value) for value in series.values]) for series in chart.series] == [
        ("US$ billion", [7.5, 4.2])
    ]


def test_a_value_left_empty_in_the_short_form_is_a_gap(project):
    text = (
        "title: T\nsections:\n  - title: S\n    body:\n      - chart:\n          caption: Trade\n"
        "          data:\n            Italy: 7.5\n            Spain:\n            China: ~\n            Japan: 2\n"
    )
    chart = load_draft(brief(project, text)).brief.sections[0].body[0]
    assert chart.categories == ("Italy", "Spain", "China", "Japan")
    assert [value and float(value) for value in chart.series[0].values] == [7.5, None, None, 2.0]
    assert numbers_of(chart).series[0][1] == (7.5, None, None, 2.0)


# Projects -------------------------------------------------------------------------------------------------------------


def test_the_project_is_the_nearest_folder_with_a_project_file(project):
    content = brief(project, "title: T\nkey_points: x\n")
    assert find_project(content) == project
    (project / "content" / "briefing.yaml").write_text("series: Near\n")
    (project / "briefing.yaml").write_text("series: Far\n")
    assert find_project(content) == project / "content"
    assert load_draft(content).brief.series == "Near"


def test_a_brief_without_a_project_file_uses_its_own_folder_as_project(tmp_path):
    content = tmp_path / "brief.yaml"
    content.write_text("title: T\nkey_points: x\n")
    assert find_project(content) == tmp_path
    assert load_draft(content).name == "brief"


def test_the_logo_path_is_relative_to_the_project_folder(project):
    (project / "crest.svg").write_bytes(SVG)
    (project / "briefing.yaml").write_text("logo: crest.svg\n")
    assert "crest.svg" in load_draft(brief(project, "title: T\nkey_points: x\n")).pictures


def test_a_missing_logo_is_reported_in_the_project_file(project):
    (project / "briefing.yaml").write_text("series: S\nlogo: crest.svg\n")
    found = refusal(brief(project, "title: T\nkey_points: x\n"))
    assert (found.code, found.span.line, found.span.file.endswith("briefing.yaml")) == ("no-file", 2, True)


def test_load_draft_keeps_the_warnings_of_the_reader(project):
    draft = load_draft(brief(project, "title: T #1\nkey_points: x\n"))
    assert [d.code for d in draft.diagnostics] == ["cut-by-hash"]


def test_load_draft_refuses_a_missing_file(tmp_path):
    with pytest.raises(SetupError):
        load_draft(tmp_path / "nothing.yaml")


def test_load_draft_refuses_a_folder(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(MachineError) as caught:
        load_draft(tmp_path / "folder.yaml")
    assert [found.code for found in caught.value.diagnostics] == ["unreadable"]


SEEN = "seen"
NOTED = f"""<?xml version="1.0"?>
<!-- zqxjv comment -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 90 45" i:path="zqxjv/C:">
  <metadata>zqxjv</metadata><title>zqxjv</title><i:view name="zqxjv"/>
  <g id="zqxjv" i:label="zqxjv"><rect width="90" height="45" fill="#0af"/><!-- zqxjv --><text x="3" y="9">{SEEN} &amp; read</text></g>
  <g style="stroke:red; display:none"><text>zqxjv, a layer that is off</text></g>
  <g display="none"><path id="mark" d="M0 0h9v9z"/></g><use href="#mark"/>
</svg>""".encode()


def noted(kind):
    """A picture with words that nobody sees."""
    from PIL import Image, PngImagePlugin

    out = io.BytesIO()
    image = Image.effect_mandelbrot((40, 20), (-2, -1, 1, 1), 20).convert("RGB")
    if kind == "png":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", "zqxjv")
        texts.add_itxt("XML:com.adobe.xmp", "<x>zqxjv</x>")
        image.save(out, "PNG", pnginfo=texts, dpi=(300, 300))
    else:
        exif = image.getexif()
        exif[0x010E], exif[0x0112] = "zqxjv", 6
        image.save(out, "JPEG", exif=exif, comment=b"zqxjv", progressive=kind == "progressive", dpi=(300, 300))
    return out.getvalue() + b"zqxjv after the end"


@pytest.mark.parametrize("kind", ["png", "jpeg", "progressive"])
def test_metadata_of_a_picture_is_removed_without_changing_its_pixels(project, kind):
    from PIL import Image

    before = noted(kind)
    name = "map.png" if kind == "png" else "map.jpg"
    after = (
        load_draft(brief(project, with_picture(name), **{name.replace(".", "_dot_"): before}), project)
        .pictures[name]
        .data
    )
    assert b"zqxjv" in before
    assert b"zqxjv" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert new.getexif().get(0x0112, 1) == 1
        if kind == "png":
            assert old.tobytes() == new.tobytes()
            assert old.info["dpi"] == new.info["dpi"]
        else:  # stored anew, upright
            assert new.size == old.size[::-1]


def test_metadata_of_an_svg_is_removed_without_changing_its_rendering(project):
    import resvg_py

    after = load_draft(brief(project, with_picture("map.svg"), map_dot_svg=NOTED), project).pictures["map.svg"].data
    assert b"zqxjv" not in after
    assert f"{SEEN} &amp; read".encode() in after
    old, new = (resvg_py.svg_to_bytes(svg_string=svg.decode(), skip_system_fonts=True) for svg in (NOTED, after))
    assert bytes(old) == bytes(new)
