"""The Word file of every brief, as the Open XML SDK, openxml-audit, ooxml-integrity and LibreOffice see it."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.conformance.word_invariants import W, findings


def open_xml_sdk(tool, cache, file):
    """What Microsoft's own validator says about one file."""
    report = tool(
        cache / "node_modules/.bin/ooxml-validator",
        file,
        codes=(0, 1),
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    verdict = json.loads(report)
    return verdict["errors"] or ([] if verdict["ok"] else [verdict])


def audit(tool, cache, file):
    """What openxml-audit finds in one file. Given several at once it mixes up their notes."""
    program = cache / "venv/bin/openxml-audit"
    verdict = json.loads(tool(program, file, "-o", "json", "-f", "microsoft365", "-m", "0", codes=(0, 1)))
    verdict = verdict[0] if isinstance(verdict, list) else verdict
    return verdict["errors"] or ([] if verdict["valid"] else [verdict["verdict"]])


def integrity(tool, cache, files):
    """file -> what ooxml-integrity finds in it, warnings too."""
    program = cache / "venv/bin/ooxml-integrity"
    report = json.loads(tool(program, "check", "--json", "--no-config", "--fail-on", "warn", *files, codes=(0, 1)))
    return {
        Path(each["path"]): [finding for finding in each["findings"] if finding.get("severity") != "info"]
        for each in report["files"]
    }


@pytest.fixture(scope="module")
def whole(tool, cache, files):
    return integrity(tool, cache, list(files("docx").values()))


@pytest.fixture
def faulty(files, tmp_path):
    """A Word file in which a paragraph stands inside a paragraph, and a note that nobody wrote is called."""
    path = tmp_path / "faulty.docx"
    with zipfile.ZipFile(next(iter(files("docx").values()))) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                inside = b'<w:p><w:pPr><w:pStyle w:val="NoSuchStyle"/></w:pPr><w:p/><w:r><w:footnoteReference w:id="987"/></w:r></w:p>'
                data = data.replace(b"<w:body>", b"<w:body>" + inside, 1)
                assert inside in data
            new.writestr(name, data)
    return path


def test_the_open_xml_sdk_sees_a_fault(tool, cache, faulty):
    assert "invalid child element" in str(open_xml_sdk(tool, cache, faulty))


def test_openxml_audit_sees_a_fault(tool, cache, faulty):
    assert "NoSuchStyle" in str(audit(tool, cache, faulty))


def test_ooxml_integrity_sees_a_fault(tool, cache, faulty):
    assert [*integrity(tool, cache, [faulty]).values()] != [[]]


def test_the_open_xml_sdk_finds_nothing(case, files, tool, cache):
    found = open_xml_sdk(tool, cache, files("docx")[case])
    assert not found, "\n".join(map(str, found))


def test_openxml_audit_finds_nothing(case, files, tool, cache):
    found = audit(tool, cache, files("docx")[case])
    assert not found, "\n".join(map(str, found))


def test_ooxml_integrity_finds_nothing(case, files, whole):
    found = whole[files("docx")[case]]
    assert not found, "\n".join(map(str, found))


def test_nothing_is_wrong_that_no_validator_sees(case, files):
    found = findings(files("docx")[case])
    assert not found, "\n".join(map(str, found))


@pytest.fixture(scope="module")
def opened(tool, files, tmp_path_factory):
    """case -> the text of the pages that LibreOffice makes of the Word file. One start of LibreOffice for them all."""
    paths = files("docx")
    folder = tmp_path_factory.mktemp("opened")
    copies = {}
    for number, (case, path) in enumerate(paths.items()):  # files of different themes have the same name
        copies[case] = folder / f"{number}.docx"
        copies[case].write_bytes(path.read_bytes())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    tool("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *copies.values())
    return {case: tool("pdftotext", copy.with_suffix(".pdf"), "-") for case, copy in copies.items()}


def words(text):
    """The words in a text without the breaks and hyphens that a page puts in."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def test_libreoffice_shows_every_heading(case, files, opened):
    with zipfile.ZipFile(files("docx")[case]) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    headings = {
        style.get(W + "styleId")
        for style in styles.iter(W + "style")
        if re.fullmatch(r"(?i)title|heading [1-3]", style.find(W + "name").get(W + "val"))
    }
    titles = [
        "".join(text.text or "" for text in paragraph.iter(W + "t"))
        for paragraph in document.iter(W + "p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(W + "val") in headings
    ]
    assert len(titles) >= 2, "no headings were found"
    shown = words(opened[case])
    assert [title for title in titles if words(title) not in shown] == []
