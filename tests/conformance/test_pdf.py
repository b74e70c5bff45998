"""The PDF of every brief, in every theme, paper size and edition, passes the checks of qpdf and Poppler."""

import re

# The families of the shipped themes and of the faces that they borrow for other scripts, as a PDF spells them: six letters
# for the subset, then the PostScript name.
OUR_FONT = re.compile(r"[A-Z]{6}\+(Source-?(Serif|Sans)-?[34]|Noto-?Sans)", re.IGNORECASE)


def fonts(tool, path):
    """One dictionary a font, as pdffonts lists them."""
    lines = tool("pdffonts", path).splitlines()
    heads = [(match[0].strip(), match.start()) for match in re.finditer(r"\S+(?: ID)?", lines[0])]
    assert [name for name, _ in heads] == ["name", "type", "encoding", "emb", "sub", "uni", "object ID"], lines[0]
    # A long name pushes its row to the right: the last six columns are read from the end.
    rows = [re.match(r"(.+?)\s{1,}(CID TrueType|CID Type 0C(?: \(OT\))?|TrueType|Type 1C?(?: \(OT\))?|Type 3)\s+(\S+)\s+(yes|no)\s+(yes|no)\s+(yes|no)\s", line) for line in lines[2:]]  # fmt: skip
    assert all(rows), lines
    return [
        dict(zip(["name", "type", "encoding", "embedded", "subset", "unicode"], row.groups(), strict=True))
        for row in rows
    ]


def test_qpdf_detects_a_truncated_pdf(tool, prints, tmp_path):
    good = next(iter(prints.values())).read_bytes()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(good[: len(good) // 2])
    assert "No syntax or stream encoding errors found" not in tool("qpdf", "--check", broken, codes=(2, 3))


def test_qpdf_reports_no_errors(sheet, prints, tool):
    report = tool("qpdf", "--check", prints[sheet], codes=(0, 2, 3))
    assert "No syntax or stream encoding errors found" in report, report
    assert "WARNING" not in report


def test_every_font_is_from_the_theme_and_embedded(sheet, prints, tool):
    listed = fonts(tool, prints[sheet])
    assert len(listed) >= 2, "no fonts were found"
    for font in listed:
        # Boxes, and marks of direction, are drawn by a Type 3 font, which has no name and only glyphs that are used.
        own = font["type"] == "Type 3"
        assert own or OUR_FONT.match(font["name"]), f"not a face of the theme: {font['name']}"
        assert (font["embedded"], font["subset"], font["unicode"]) == ("yes", "no" if own else "yes", "yes"), font


def test_the_pdf_has_the_expected_properties(sheet, prints, tool):
    told = dict(re.findall(r"^([^:]+):\s+(.*)$", tool("pdfinfo", prints[sheet]), re.MULTILINE))
    assert told["Title"]
    assert told["Tagged"] == "yes"
    assert told["Encrypted"] == "no"
    assert told["JavaScript"] == "no"
    assert int(told["Pages"]) >= 1
    assert told["Page size"].startswith("595.276 x 841.89" if sheet.paper == "A4" else "612 x 792")
    assert told["Producer"] == told["Creator"] == "briefing"


def test_the_content_file_is_attached_only_on_request(sheet, prints, tool):
    listed = tool("pdfdetach", "-list", prints[sheet])
    if sheet.edition == "source":
        assert listed.split() == ["1", "embedded", "files", "1:", f"{sheet.brief.name}.yaml"]
    else:
        assert listed.split() == ["0", "embedded", "files"]
