"""A custom theme: `briefing themes --copy`, then logo, fonts and colours in theme.yaml only."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
import yaml
from PIL import Image

from briefing.project import shipped_templates
from briefing.theme.load import list_themes, load_theme
from tests.support.static_fonts import embedded, lay_fonts

SHIPPED = shipped_templates()
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 140">
<rect width="140" height="140" rx="20" fill="#00aa55"/><path d="M170 30H290V60H170z" fill="#5b2a6e"/></svg>"""
BRIEF = """\
series: Country brief
title: "Mongolia: the third neighbour"
country: MN
language: en-GB
marking: OFFICIAL
issued: 2016-10-05
prepared_by: Asia desk
sections:
  - title: The third neighbour
    body: |
      The policy of the third neighbour looks to **Japan**, *Korea* and the ***West***.

      # What it brings

      Partners far away, beside the two that are near.
"""
FACES = """\
faces:
  serif:
    family: Ministry Serif
    roman: fonts/MinistrySerif-Regular.ttf
    italic: fonts/MinistrySerif-Italic.ttf
    bold: fonts/MinistrySerif-Bold.ttf
    bold_italic: fonts/MinistrySerif-BoldItalic.ttf
    word_fallback: Georgia
    css_fallback: Georgia, serif
  sans:
    family: Ministry Sans
    roman: fonts/MinistrySans-Regular.ttf
    italic: fonts/MinistrySans-Italic.ttf
    bold: fonts/MinistrySans-Bold.ttf
    bold_italic: fonts/MinistrySans-BoldItalic.ttf
    word_fallback: Arial
    css_fallback: Arial, sans-serif
"""


@pytest.fixture
def desk(tmp_path) -> Path:
    """A project with one brief."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "mongolia.yaml").write_text(BRIEF, "utf-8")
    return tmp_path


def test_a_copy_contains_every_file_of_the_theme(run_briefing, desk):
    run = run_briefing("themes", "--copy", "standard", "ministry", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    source, copy = SHIPPED / "standard", desk / "templates" / "ministry"
    files = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    assert len(files) > 25
    assert {path.relative_to(copy) for path in copy.rglob("*") if path.is_file()} == files
    changed = {path.as_posix() for path in files if (source / path).read_bytes() != (copy / path).read_bytes()}
    assert changed == {"theme.yaml", "specimen.yaml"}
    assert [path.name for path in (desk / "templates").iterdir()] == ["ministry"]


def test_the_theme_yaml_of_a_copy_differs_only_in_name_and_description(run_briefing, desk):
    run_briefing("themes", "--copy", "standard", "ministry", cwd=desk)
    before = (SHIPPED / "standard" / "theme.yaml").read_text("utf-8").splitlines()
    after = (desk / "templates" / "ministry" / "theme.yaml").read_text("utf-8").splitlines()
    different = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(":")[0] for line in different] == ["name", "description"]
    assert yaml.safe_load("\n".join(different)) == {
        "name": "ministry",
        "description": "The house style of ministry, made from the theme standard.",
    }
    assert any(line.startswith("# logo:") for line in after)


def test_the_commands_that_copy_suggests_work(run_briefing, desk):
    run = run_briefing("themes", "--copy", "standard", "ministry", cwd=desk)
    commands = re.findall(r"^  briefing (build .*?)  ", run.stdout, re.MULTILINE)
    assert commands == ["build templates/ministry/specimen.yaml", "build --theme ministry"]
    for command in commands:
        built = run_briefing(*command.split(), "-f", "html", cwd=desk)
        assert built.returncode == 0, built.stderr
    assert sorted(path.name for path in (desk / "output").glob("*.html")) == ["mongolia.html", "specimen.html"]
    assert "templates/ministry" in run_briefing("themes", cwd=desk).stdout


@pytest.mark.parametrize("name", [name for name, _, _ in list_themes([])])
def test_a_copy_has_the_settings_of_its_original(run_briefing, desk, name):
    run_briefing("themes", "--copy", name, "ministry", cwd=desk)
    copy, source = load_theme("ministry", (desk / "templates",)), load_theme(name)
    assert (copy.colours, copy.dark, copy.styles, copy.faces) == (
        source.colours,
        source.dark,
        source.styles,
        source.faces,
    )
    assert (copy.print_css, copy.screen_css, copy.labels) == (source.print_css, source.screen_css, source.labels)
    assert copy.diagnostics == ()
    said = yaml.safe_load((desk / "templates" / "ministry" / "theme.yaml").read_text("utf-8"))
    assert said.get("extends") == yaml.safe_load((SHIPPED / name / "theme.yaml").read_text("utf-8")).get("extends")
    assert (desk / "templates" / "ministry" / "specimen.yaml").is_file()
    assert "licence" in (desk / "templates" / "ministry" / "fonts" / "README.txt").read_text("utf-8")


def test_a_project_theme_is_copied_with_its_own_files(run_briefing, desk):
    folder = desk / "templates" / "ministry"
    folder.mkdir(parents=True)
    text = "# Ours.\ndescription: >\n  Two lines\n  of words.\nextends: chancery   # formal\nname: ministry\n"
    (folder / "theme.yaml").write_text(text, "utf-8")
    (folder / "print.css").write_text(".series { letter-spacing: 1pt; }\n", "utf-8")
    (folder / ".DS_Store").write_text("x", "utf-8")
    run = run_briefing("themes", "--copy", "ministry", "embassies", cwd=desk)
    assert run.returncode == 0, run.stderr
    copy = desk / "templates" / "embassies"
    said = (copy / "theme.yaml").read_text("utf-8")
    assert said.startswith("# Ours.\n")
    assert "extends: chancery   # formal\n" in said
    assert yaml.safe_load(said) == {
        "name": "embassies",
        "extends": "chancery",
        "description": "The house style of embassies, made from the theme ministry.",
    }
    assert (copy / "print.css").read_text("utf-8") == ".series { letter-spacing: 1pt; }\n"
    assert not (copy / ".DS_Store").exists()


@pytest.mark.parametrize(
    ("source", "name", "words", "advice"),
    [
        ("standrad", "ministry", "there is no theme 'standrad'", "did you mean standard?"),
        ("templates\\standard", "ministry", "there is no theme", "did you mean standard?"),
        ("standard", "../ministry", "cannot be the name", "letters, digits and hyphens"),
        ("standard", "My Ministry", "cannot be the name", "my-ministry"),
        ("standard", "NUL", "cannot be the name", "letters, digits and hyphens"),
        ("standard", "chancery", "comes with the program", "another name"),
        ("standard", "desk", "templates/desk is there already", "another name"),
        ("standard", "Desk", "templates/desk is there already", "another name"),
    ],
)
def test_an_invalid_copy_is_reported_and_writes_nothing(run_briefing, desk, source, name, words, advice):
    (desk / "templates" / "desk").mkdir(parents=True)
    (desk / "templates" / "desk" / "theme.yaml").write_text("extends: standard\n", "utf-8")
    before = sorted(desk.rglob("*"))
    run = run_briefing("themes", "--copy", source, name, cwd=desk)
    assert run.returncode == 2
    assert words in run.stderr
    assert advice in run.stderr
    assert sorted(desk.rglob("*")) == before


def test_an_unwritable_folder_of_themes_is_reported(run_briefing, desk):
    (desk / "templates").write_text("a file")
    run = run_briefing("themes", "--copy", "standard", "ministry", cwd=desk)
    assert run.returncode == 3
    assert "error[cannot-write]" in run.stderr
    assert "the folder templates/ministry cannot be written" in run.stderr
    assert (desk / "templates").read_text() == "a file"


def test_without_a_project_nothing_is_copied(run_briefing, tmp_path):
    run = run_briefing("themes", "--copy", "standard", "ministry", cwd=tmp_path)
    assert run.returncode == 2
    assert "no project" in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def ministry(run_briefing, desk) -> Path:
    """A house theme as a designer makes it: files laid into two folders, and theme.yaml changed in three places."""
    assert run_briefing("themes", "--copy", "standard", "ministry", cwd=desk).returncode == 0
    folder = desk / "templates" / "ministry"
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    for face in ("serif", "sans"):
        lay_fonts(folder / "fonts", face=face)
    text = (folder / "theme.yaml").read_text("utf-8")
    text, logos = re.subn(r"^# (logo: logo.svg)", r"\1", text, flags=re.MULTILINE)
    text, accents = re.subn("#1f4e79", "#5b2a6e", text)
    text, faces = re.subn(r"^faces:.*?\n(?=\S|\n)", FACES, text, flags=re.MULTILINE | re.DOTALL)
    assert (logos, accents, faces) == (1, 1, 1)
    (folder / "theme.yaml").write_text(text, "utf-8")
    return desk


def test_logo_fonts_and_colours_need_only_theme_yaml(run_briefing, ministry):
    run = run_briefing("build", "--theme", "ministry", cwd=ministry)
    assert (run.returncode, "warning" in run.stdout + run.stderr) == (0, False), run.stderr
    output = ministry / "output"

    fonts = embedded((output / "mongolia.pdf").read_bytes())
    assert {"Ministry-Sans-Bold", "Ministry-Serif", "Ministry-Serif-Italic", "Ministry-Serif-Bold-Italic"} <= set(fonts)
    assert all(name.startswith(("Ministry-Sans", "Ministry-Serif")) for name in fonts)
    assert set(fonts.values()) == {"FontFile2"}
    with pdfplumber.open(output / "mongolia.pdf") as pdf:
        page = pdf.pages[0]
        heading = [char for char in page.chars if char["fontname"].endswith("Sans-Bold") and round(char["size"]) == 14]
        assert "".join(char["text"] for char in heading).replace(" ", "") == "Thethirdneighbour"
        assert {tuple(round(part * 255) for part in char["non_stroking_color"]) for char in heading} == {
            (0x5B, 0x2A, 0x6E)
        }
        painted = {
            tuple(round(part * 255) for part in shape["non_stroking_color"]) for shape in page.rects + page.curves
        }
        assert (0, 0xAA, 0x55) in painted, "the logo is not on the page"

    html = (output / "mongolia.html").read_text("utf-8")
    assert "--accent:#5b2a6e" in html
    assert '--sans:"Ministry Sans",Arial' in html
    assert 'font-family:"Ministry Serif"' in html
    assert re.search(r'<header class="masthead">\s*<figure class="logo"[^>]*><img [^>]*src="data:image/svg\+xml', html)

    with zipfile.ZipFile(output / "mongolia.docx") as package:
        theme = package.read("word/theme/theme1.xml").decode()
        assert re.findall(r'<a:(?:latin) typeface="([^"]*)"', theme) == ["Ministry Sans", "Ministry Serif"]
        heading_style = re.search(
            r'<w:style [^>]*w:styleId="Heading1">.*?</w:style>', package.read("word/styles.xml").decode(), re.DOTALL
        )
        assert "5B2A6E" in heading_style[0]
        assert "majorHAnsi" in heading_style[0]
        known = package.read("word/fontTable.xml").decode()
        assert re.search(r'<w:font w:name="Ministry Sans">\s*<w:altName w:val="Arial"/>', known)
        assert any(
            package.read(n).startswith(b"<svg") and b"#00aa55" in package.read(n)
            for n in package.namelist()
            if "media" in n
        )
        raster = next(package.read(n) for n in package.namelist() if n.endswith(".png"))
    assert Image.open(BytesIO(raster)).convert("RGB").getpixel((40, 40)) == (0, 0xAA, 0x55)


def test_the_logo_of_the_project_overrides_that_of_the_theme(run_briefing, ministry):
    (ministry / "ours.svg").write_text(LOGO.replace("#00aa55", "#123456"), "utf-8")
    (ministry / "briefing.yaml").write_text("logo: ours.svg\n", "utf-8")
    run = run_briefing("build", "--theme", "ministry", "-f", "docx", cwd=ministry)
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(ministry / "output" / "mongolia.docx") as package:
        pictures = b"".join(package.read(name) for name in package.namelist() if name.endswith(".svg"))
    assert (b"#123456" in pictures, b"#00aa55" in pictures) == (True, False)


@pytest.mark.parametrize(
    ("logo", "content", "words"),
    [
        ("log.svg", None, "there is no file 'log.svg'"),
        ("../../content/mongolia.yaml", None, "outside the theme's folder"),
        ("evil.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>', "script"),
        ("broken.png", b"\x89PNG\r\n\x1a\nxxxx", "broken"),
        ("logo.gif", b"GIF89a", "broken"),
    ],
)
def test_an_unusable_logo_is_reported_with_its_line(run_briefing, ministry, logo, content, words):
    folder = ministry / "templates" / "ministry"
    if content is not None:
        (folder / logo).write_bytes(content)
    text = (folder / "theme.yaml").read_text("utf-8")
    (folder / "theme.yaml").write_text(text.replace("logo: logo.svg", f"logo: {logo} "), "utf-8")
    run = run_briefing("check", "--theme", "ministry", cwd=ministry)
    assert run.returncode == 2
    assert words in run.stderr
    assert "templates/ministry/theme.yaml:4:1" in run.stderr
    assert "relative to the content file" not in run.stderr
