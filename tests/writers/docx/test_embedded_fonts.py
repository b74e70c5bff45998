"""Fonts of the theme are embedded in the Word file if the theme enables it and their licence allows it."""

import struct
from dataclasses import replace
from itertools import cycle

import pytest

from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.docx.ooxml.elements import name
from briefing.writers.font_files import font_of, tables_of
from tests.support.galley_with_everything import galley
from tests.support.read_word import Opened, W

CUTS = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
BODY = "<h1>Title</h1><p>Text with <strong>bold</strong> words.</p>"


def asking():
    theme = load_theme("standard")
    return replace(theme, options={**theme.options, "embed_fonts": "yes"})


@pytest.fixture(scope="module")
def embedded() -> Opened:
    result = write_docx(galley(BODY, theme=asking()))
    assert result.diagnostics == ()
    return Opened(result.data)


def unveiled(opened: Opened, font, cut: str) -> bytes:
    """The font behind one cut, by the recipe of the standard: 32 bytes XORed with the key, read backwards."""
    mark = font.find(f"w:{cut}", W)
    targets = {r.get("Id"): "word/" + r.get("Target") for r in opened.xml("word/_rels/fontTable.xml.rels")}
    data = opened.parts[targets[mark.get(name("r:id"))]]
    key = bytes.fromhex(mark.get(name("w:fontKey")).strip("{}").replace("-", ""))[::-1]
    return bytes(a ^ b for a, b in zip(data[:32], cycle(key), strict=False)) + data[32:]


def names_of(font: bytes) -> dict[int, str]:
    table = tables_of(font)[b"name"]
    count, start = struct.unpack(">HH", table[2:6])
    rows = [struct.unpack(">6H", table[6 + 12 * n : 18 + 12 * n]) for n in range(count)]
    return {row[3]: table[start + row[5] : start + row[5] + row[4]].decode("utf-16-be") for row in rows}


def test_each_font_family_is_embedded_with_four_complete_named_fonts(embedded):
    fonts = embedded.xml("word/fontTable.xml").findall("w:font", W)
    assert {font.get(name("w:name")) for font in fonts} >= {"Source Serif 4", "Source Sans 3"}
    for font in (f for f in fonts if f.get(name("w:name")).startswith("Source")):
        marks = []
        for cut, label in zip(CUTS, ("Regular", "Bold", "Italic", "Bold Italic"), strict=True):
            data = unveiled(embedded, font, cut)
            tables = tables_of(data)
            assert data[:4] == b"\0\1\0\0"
            assert b"fvar" not in tables
            names = names_of(data)
            assert (names[1], names[2]) == (font.get(name("w:name")), label)
            assert "Open Font License" in names[13]
            assert struct.unpack(">H", tables[b"maxp"][4:6])[0] > 1000  # a colleague goes on writing
            marks.append(struct.unpack(">H", tables[b"head"][44:46])[0])
        assert marks == [0, 1, 2, 3]
    assert embedded.xml("word/settings.xml").find("w:embedTrueTypeFonts", W) is not None


def test_no_font_is_embedded_by_default():
    opened = Opened(write_docx(galley(BODY)).data)
    assert [part for part in opened.parts if part.endswith(".odttf")] == []
    assert opened.xml("word/settings.xml").find("w:embedTrueTypeFonts", W) is None
    assert len(opened.data) < 40_000


@pytest.mark.parametrize("permission", [0x0002, 0x0004, 0x0200])
def test_a_font_that_forbids_embedding_is_not_embedded(permission, tmp_path):
    """Restricted; preview and print alone; bitmaps alone."""
    theme = asking()
    data = theme.faces["sans"].roman.read_bytes()
    tables = tables_of(data)
    tables[b"OS/2"] = tables[b"OS/2"][:8] + struct.pack(">H", permission) + tables[b"OS/2"][10:]
    file = tmp_path / "Ministry.ttf"
    file.write_bytes(font_of(data[:4], tables))
    own = replace(theme.faces["sans"], family="Ministry Sans", roman=file, italic=file)
    result = write_docx(galley(BODY, theme=replace(theme, faces={**theme.faces, "sans": own})))
    assert [d.code for d in result.diagnostics] == ["font-not-embedded"]
    assert "Ministry Sans" in result.diagnostics[0].message
    fonts = [part for part in Opened(result.data).parts if part.endswith(".odttf")]
    assert len(fonts) == len(CUTS)  # those of the serif


def test_embedding_the_same_fonts_gives_the_same_bytes(embedded):
    assert write_docx(galley(BODY, theme=asking())).data == embedded.data
