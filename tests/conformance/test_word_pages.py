"""Word files laid out by LibreOffice, with the installed fonts and with DejaVu only, have no overlaps.

The reader's machine has the faces that it has, and LibreOffice moves nothing that stands beside the text away from the
foot of its page. The sample brief is shifted down in steps, so that its quotations come to stand everywhere on a page.
"""

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from tests.conformance.conftest import ROOT, THEMES, once

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Between a shift and the next one, in paragraphs of two lines; sixteen of them are more than half a page.
SHIFTS = range(0, 16, 2)
FILLER = "      It seeks strong, lasting alliances and partnerships near and far, and says so in every speech of the year.\n\n"
#: DejaVu is what LibreOffice falls back to, and wider than all others.
FACES = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{faces}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@dataclass(frozen=True)
class Word:
    """A word on a page, and its box in pt."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def on(self, other: "Word") -> bool:
        """Whether the two stand on each other; letters of lines that are set close may touch."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and tall > 0.4 * min(self.bottom - self.top, other.bottom - other.top)


@pytest.fixture(scope="module")
def files(tmp_path_factory, run_briefing):
    """name -> a Word file: the briefs of content/ in each theme, and the sample shifted in each theme."""
    folder = once(tmp_path_factory, "word-pages", lambda folder: build(folder, run_briefing))
    return {path.stem: path for path in sorted(folder.glob("*/*.docx"))}


def build(folder, run_briefing):
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    text = (folder / "content" / "kazakhstan.yaml").read_text("utf-8")
    place = text.index("      A country of this size")
    for shift in SHIFTS:
        shifted = text[:place] + FILLER * shift + text[place:]
        (folder / "content" / f"shifted-{shift}.yaml").write_text(shifted, "utf-8")
    for theme in THEMES:
        run = run_briefing("build", "--theme", theme, "-f", "docx", "-o", folder / theme, cwd=folder)
        assert run.returncode == 0, run.stdout + run.stderr
        for path in (folder / theme).glob("*.docx"):
            path.rename(path.with_name(f"{theme}-{path.name}"))


@pytest.fixture(scope="module", params=["the faces of this machine", "DejaVu alone"])
def opened(request, tool, files, tmp_path_factory):
    """name -> the words of each page, as LibreOffice sets them."""
    folder = tmp_path_factory.mktemp("opened")
    (folder / "faces").mkdir()
    for face in Path(tool("fc-match", "-f", "%{file}", "DejaVu Serif")).parent.glob("DejaVu*.ttf"):
        shutil.copy(face, folder / "faces")
    (folder / "fonts.conf").write_text(FACES.format(faces=folder / "faces", cache=folder / "cache"), "utf-8")
    faces = {} if request.param.startswith("the") else {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    tool("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *files.values(), env=faces)
    pages = {name: read(tool, folder / f"{name}.pdf") for name in files}
    if faces:
        fonts = "".join(tool("pdffonts", folder / f"{name}.pdf") for name in files)
        assert set(re.findall(r"\+(DejaVu|OpenSymbol|\w+)", fonts)) <= {"DejaVu", "OpenSymbol"}
        assert "DejaVuSerif" in fonts
    return pages


def read(tool, path: Path) -> list[list[Word]]:
    tree = etree.fromstring(tool("pdftotext", "-bbox", path, "-").encode(), etree.XMLParser(recover=True))
    return [
        [Word(word.text or "", *(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))) for word in page]
        for page in tree.iter("{*}page")
    ]


def running(path: Path) -> set[str]:
    """The words of the headers and footers."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if re.search(r"(header|footer)\d*\.xml$", name)]
    lines = (text for part in parts for line in etree.fromstring(part).iter(W + "p") for text in line.itertext(W + "t"))
    return {word for line in lines for word in line.split()}


def test_there_are_quotations_beside_the_text_and_at_the_page_bottom(files):
    frames = re.compile(r'<w:framePr [^>]*w:vAnchor="(\w+)"[^>]*/>')
    found = []
    for path in files.values():
        with zipfile.ZipFile(path) as archive:
            found += frames.findall(archive.read("word/document.xml").decode())
    assert found.count("text") > 20, "no quotations beside the text"
    assert found.count("margin") > 2, "no quotations on the foot of a page"


def test_no_words_overlap(opened):
    assert sum(len(page) for pages in opened.values() for page in pages) > 10_000
    on = [
        (name, number, word.text, other.text)
        for name, pages in opened.items()
        for number, page in enumerate(pages, 1)
        for index, word in enumerate(page)
        for other in page[index + 1 :]
        if word.on(other)
    ]
    assert on == []


def test_no_text_overlaps_the_footer(opened, files):
    """Below the first line of the footer, on pages whose footer is found, stand its words and numbers alone."""
    wrong, found = [], 0
    for name, pages in opened.items():
        foot = running(files[name])
        for number, page in enumerate(pages, 1):
            tops = [word.top for word in page if word.top > 700 and word.text in foot and word.left < 150]
            found += bool(tops)
            low = [word.text for word in page if tops and word.bottom > max(tops) and word.top > 700]
            wrong += [(name, number, text) for text in low if text not in foot and not text.isdigit()]
    assert found > 50, "no footers were found"
    assert wrong == []
