"""Custom fonts: one file per style, TrueType or PostScript; invalid and non-embeddable files are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefing.diagnostics import SetupError, Severity
from briefing.theme import Theme
from briefing.theme.load import load_theme
from briefing.writers.fonts import Cut, cut_font
from briefing.writers.html import write_html
from briefing.writers.pdf.writer import write_pdf
from tests.support.sample_galley import brief, set_brief
from tests.support.static_fonts import embedded, lay_fonts, static_font, with_licence

FACE = {
    "family": "Ministry Sans",
    "roman": "fonts/MinistrySans-Regular.ttf",
    "italic": "fonts/MinistrySans-Italic.ttf",
    "bold": "fonts/MinistrySans-Bold.ttf",
    "bold_italic": "fonts/MinistrySans-BoldItalic.ttf",
}


@pytest.fixture(scope="module")
def family(tmp_path_factory) -> Path:
    """A folder with the family as TTF and as OTF."""
    folder = tmp_path_factory.mktemp("family")
    lay_fonts(folder)
    lay_fonts(folder, postscript=True)
    return folder


@pytest.fixture
def house(tmp_path, family):
    """`house(roman=…, italic=…)`: a theme whose sans face says that; the font files lie in its fonts/."""

    def make(**face: str) -> tuple[Path, ...]:
        folder = tmp_path / "templates" / "ministry"
        (folder / "fonts").mkdir(parents=True)
        for file in family.iterdir():
            (folder / "fonts" / file.name).write_bytes(file.read_bytes())
        rows = "".join(f"    {key}: {value}\n" for key, value in face.items())
        (folder / "theme.yaml").write_text(f"name: ministry\nextends: standard\nfaces:\n  sans:\n{rows}", "utf-8")
        return (folder.parent,)

    return make


def thickness(theme: Theme, weight: int, *, italic: bool) -> int:
    """How much ink the letter l has, in font units: the width of its stem."""
    font = TTFont(BytesIO(cut_font(theme, Cut("sans", weight, italic, 10.5), frozenset("l"))))
    glyphs = font.getGlyphSet()
    from fontTools.pens.areaPen import AreaPen

    pen = AreaPen(glyphs)
    glyphs[font.getBestCmap()[ord("l")]].draw(pen)
    return abs(round(pen.value / font["head"].unitsPerEm))


@pytest.mark.parametrize("suffix", ["ttf", "otf"])
def test_each_weight_uses_the_nearest_font_file(house, suffix):
    theme = load_theme("ministry", house(**{k: v.replace("ttf", suffix) for k, v in FACE.items()}))
    regular, bold = thickness(theme, 400, italic=False), thickness(theme, 700, italic=False)
    assert bold > regular * 1.3
    assert thickness(theme, 500, italic=False) == regular
    assert thickness(theme, 600, italic=False) == thickness(theme, 900, italic=False) == bold
    assert thickness(theme, 700, italic=True) > thickness(theme, 400, italic=True) * 1.3
    assert [
        theme.faces["sans"].file(w, italic=i).stem.partition("-")[2] for w in (400, 700) for i in (False, True)
    ] == [
        *("Regular", "Italic", "Bold", "BoldItalic"),
    ]


def test_a_family_with_only_a_roman_uses_it_for_every_style(house):
    only_roman = load_theme("ministry", house(family="Ministry Sans", roman=FACE["roman"])).faces["sans"]
    assert {only_roman.file(weight, italic=italic) for weight in (400, 700) for italic in (False, True)} == {
        only_roman.roman
    }


def test_bold_italic_without_its_own_file_uses_the_italic(house):
    face = load_theme("ministry", house(**{k: v for k, v in FACE.items() if k != "bold_italic"})).faces["sans"]
    assert face.file(700, italic=True) == face.italic
    assert face.file(700) == face.bold


@pytest.mark.parametrize("suffix", ["ttf", "otf"])
def test_custom_fonts_are_embedded_in_pdf_and_html(house, suffix):
    from dataclasses import replace

    theme = load_theme("ministry", house(**{k: v.replace("ttf", suffix) for k, v in FACE.items()}))
    galley = replace(set_brief(brief(paragraphs=1)), theme=theme)
    pdf = write_pdf(galley)
    assert {d.code for d in pdf.diagnostics} <= {"page-budget"}
    fonts = embedded(pdf.data)
    assert fonts["Ministry-Sans-Bold"] == {"ttf": "FontFile2", "otf": "FontFile3"}[suffix]
    assert fonts["Source-Serif-4"] == "FontFile2"
    assert not any(name.startswith("Source-Sans") for name in fonts)
    html = write_html(galley).data.decode()
    assert 'font-family:"Ministry Sans";font-style:normal;font-weight:700' in html
    assert "Source Sans" not in html


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"wOFF" + bytes(40), "web font (WOFF)"),
        (b"wOF2" + bytes(40), "web font (WOFF2)"),
        (b"ttcf" + bytes(40), "holds several fonts"),
        (b"%!PS-AdobeFont-1.0", "Type 1"),
        (b"PK\x03\x04 a font in a zip", "is no font"),
        (b"", "is no font"),
        (b"\0\1\0\0" + bytes(8), "broken font"),
        (static_font(400, italic=False)[:20_000], "broken font"),
        (with_licence(static_font(400, italic=False), 2), "licence forbids embedding"),
        (with_licence(static_font(400, italic=False), 0x200), "no outlines to be embedded"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_font_file_that_cannot_be_embedded_is_refused_with_its_line(house, content, words):
    folders = house(**FACE)
    (folders[0] / "ministry" / FACE["bold"]).write_bytes(content)
    with pytest.raises(SetupError) as caught:
        load_theme("ministry", folders)
    (told,) = caught.value.diagnostics
    assert words in told.message
    assert "MinistrySans-Bold.ttf" in told.message
    assert told.help
    assert str(told.span) == "templates/ministry/theme.yaml:8:5"
    assert told.excerpt.strip().startswith("bold: ")


@pytest.mark.parametrize(("bits", "told"), [(0, 0), (4, 0), (8, 0), (2 | 8, 0), (0x100, 1), (8 | 0x100, 1)])
def test_a_font_licence_that_forbids_subsetting_is_a_warning(house, bits, told):
    """Of several kinds the least strict one counts; a font that wants to stay whole is told of, and set."""
    folders = house(**FACE)
    file = folders[0] / "ministry" / FACE["bold"]
    file.write_bytes(with_licence(file.read_bytes(), bits))
    found = load_theme("ministry", folders).diagnostics
    assert len(found) == told
    for diagnostic in found:
        assert (diagnostic.code, diagnostic.severity) == ("theme-font", Severity.WARNING)


@pytest.mark.parametrize(
    ("face", "words", "advice"),
    [
        ({"roman": FACE["roman"]}, "no name of its own", "write family:"),
        ({"family": "Ministry Sans", "bold": FACE["bold"]}, "has no roman", "write roman:"),
        ({**FACE, "itallic": FACE["italic"]}, "no key 'itallic'", "did you mean 'italic'?"),
        ({**FACE, "bold": "fonts/Bold.ttf"}, "'fonts/Bold.ttf' of 'Ministry Sans' is not there", "forward slashes"),
        ({**FACE, "package": "fontpkg_source_sans_3"}, "is not there", "take away the line 'package'"),
        ({**FACE, "bold": "../../../secret.ttf"}, "is not there", "into the theme's folder"),
    ],
)
def test_an_error_in_a_face_is_reported_with_advice(house, face, words, advice):
    with pytest.raises(SetupError) as caught:
        load_theme("ministry", house(**face))
    (told,) = caught.value.diagnostics
    assert words in told.message
    assert advice in told.help
    assert told.span is not None
    assert told.span.file == "templates/ministry/theme.yaml"


def test_a_theme_that_changes_a_fallback_keeps_the_fonts_of_the_theme_it_extends(house):
    folders = house(**FACE)
    (folders[0] / "embassies").mkdir()
    (folders[0] / "embassies" / "theme.yaml").write_text(
        "extends: ministry\nfaces:\n  sans:\n    word_fallback: Verdana\n", "utf-8"
    )
    face = load_theme("embassies", folders).faces["sans"]
    assert (face.family, face.word_fallback) == ("Ministry Sans", "Verdana")
    assert face.roman == folders[0] / "ministry" / FACE["roman"]
