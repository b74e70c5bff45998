"""The Word file of every brief passes the Open XML SDK, openxml-audit, ooxml-integrity and LibreOffice.

Every brief in every edition and theme on A4, as it is built, and on Letter too; and a brief in the styles of somebody
else's document. Each checker is started once for all of them.
"""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.conformance.conftest import BRIEFS, CASES, ROOT, THEMES
from tests.conformance.word_invariants import W, findings
from tests.writers.docx.test_template import ministry

HERE = Path(__file__).parent
OWN = "every-block, in a ministry's own handout.docx"
LETTERS = {(brief, theme): f"{brief.as_posix()}, on Letter, {theme}" for brief in BRIEFS for theme in THEMES}
LABELS = [*map(str, CASES), *LETTERS.values(), OWN]


def pytest_generate_tests(metafunc):
    if "label" in metafunc.fixturenames:
        metafunc.parametrize("label", LABELS)


@pytest.fixture(scope="module")
def words(files, tmp_path_factory, run_briefing):
    """label -> the Word file."""
    paths = {str(case): path for case, path in files("docx").items()}
    project = tmp_path_factory.mktemp("letter")
    shutil.copytree(ROOT / "content", project / "content")
    shutil.copy(ROOT / "briefing.yaml", project)
    for brief in BRIEFS:
        file = project / "content" / f"{brief}.yaml"
        text = file.read_text("utf-8")
        assert "paper: A4" in text, f"{brief}: this brief does not say its paper"
        file.write_text(text.replace("paper: A4", "paper: Letter"), "utf-8")
    (project / "templates" / "ministry").mkdir(parents=True)
    (project / "templates/ministry/theme.yaml").write_text("name: ministry\nextends: standard\n", "utf-8")
    (project / "templates/ministry/handout.docx").write_bytes(ministry())
    for theme in [*THEMES, "ministry"]:
        run = run_briefing("build", "--theme", theme, "-f", "docx", "-o", project / theme, cwd=project)
        assert run.returncode == 0, run.stdout + run.stderr
    paths |= {label: project / theme / f"{brief}.docx" for (brief, theme), label in LETTERS.items()}
    return {**paths, OWN: project / "ministry" / "every-block.docx"}


def open_xml_sdk(tool, cache, files):
    """file -> what Microsoft's own validator says about it."""
    code = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    report = json.loads(tool("node", HERE / "word.mjs", cache, *files, env=code))
    assert set(report) == set(map(str, files))
    return {Path(file): found for file, found in report.items()}


def audit(tool, cache, files):
    """file -> what openxml-audit finds in it."""
    report = json.loads(tool(cache / "venv/bin/python", HERE / "word_audit.py", *files))
    assert set(report) == set(map(str, files))
    return {Path(file): found for file, found in report.items()}


def integrity(tool, cache, files):
    """file -> what ooxml-integrity finds in it, warnings too."""
    program = cache / "venv/bin/ooxml-integrity"
    report = json.loads(tool(program, "check", "--json", "--no-config", "--fail-on", "warn", *files, codes=(0, 1)))
    return {
        Path(each["path"]): [finding for finding in each["findings"] if finding.get("severity") != "info"]
        for each in report["files"]
    }


@pytest.fixture(scope="module", params=[open_xml_sdk, audit, integrity], ids=lambda checker: checker.__name__)
def found(request, tool, cache, words):
    """file -> what one of the checkers finds in it."""
    return request.param(tool, cache, [*words.values()])


@pytest.fixture
def faulty(words, tmp_path):
    """A Word file in which a paragraph stands inside a paragraph, and a note that nobody wrote is called."""
    path = tmp_path / "faulty.docx"
    with zipfile.ZipFile(next(iter(words.values()))) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                inside = b'<w:p><w:pPr><w:pStyle w:val="NoSuchStyle"/></w:pPr><w:p/><w:r><w:footnoteReference w:id="987"/></w:r></w:p>'
                data = data.replace(b"<w:body>", b"<w:body>" + inside, 1)
                assert inside in data
            new.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("checker", "fault"), [(open_xml_sdk, "invalid child element"), (audit, "NoSuchStyle"), (integrity, "987")]
)
def test_each_checker_detects_a_fault(checker, fault, tool, cache, faulty):
    assert fault in str(checker(tool, cache, [faulty]))


def test_each_checker_reports_nothing(label, words, found):
    assert not found[words[label]], "\n".join(map(str, found[words[label]]))


def test_the_files_have_no_faults_that_validators_overlook(label, words):
    wrong = findings(words[label])
    assert not wrong, "\n".join(map(str, wrong))


@pytest.fixture(scope="module")
def opened(tool, words, tmp_path_factory):
    """label -> the text of the pages that LibreOffice makes of the Word file. One start of LibreOffice for them all."""
    folder = tmp_path_factory.mktemp("opened")
    copies = {}
    for number, (label, path) in enumerate(words.items()):  # files of different themes have the same name
        copies[label] = folder / f"{number}.docx"
        copies[label].write_bytes(path.read_bytes())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    tool("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *copies.values())
    # In the order of the drawing, so that two columns are not read across.
    return {label: tool("pdftotext", "-raw", copy.with_suffix(".pdf"), "-") for label, copy in copies.items()}


def letters(text):
    """The words in a text without the breaks and hyphens that a page puts in."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def groups(line, shown):
    """The parts of a line, four words each, that are not shown; but for one, in which a page may have ended."""
    parts = [" ".join(line.split()[start : start + 4]) for start in range(0, len(line.split()), 4)]
    capitals = shown.upper()
    missing = [part for part in parts if letters(part) not in shown and letters(part).upper() not in capitals]
    return missing if len(missing) > int(len(parts) > 1) else []


def test_libreoffice_shows_every_word(label, words, opened):
    """Each line of the story, and no field by its code."""
    with zipfile.ZipFile(words[label]) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    said = []
    for paragraph in document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        hidden = paragraph.findall(f".//{W}footnoteReference") or (
            style is not None and style.get(W + "val") == "Anchor"
        )
        if not hidden and not any(True for _ in paragraph.iter(W + "fldChar")):
            pieces = [
                text.text or "" if text.tag == W + "t" else "\n"
                for text in paragraph.iter(W + "t", W + "tab", W + "br")
                if text.getparent().tag == W + "r"
            ]
            said += "".join(pieces).split("\n")
    assert len([line for line in said if line]) >= 10, "no words were found"
    shown = letters(opened[label])
    lost = [group for line in said for group in groups(line, shown)]
    assert lost == []
    codes = [code for code in ("NOTEREF", "PAGEREF", "MERGEFORMAT", "SEQTable", "SEQFigure") if code in shown]
    assert codes == []
