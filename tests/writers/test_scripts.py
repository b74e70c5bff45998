"""Names in other scripts use the fonts of the theme, keep the layout, and can be extracted."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest
from lxml import html

from briefing.pipeline import Job, build
from briefing.theme.load import load_theme
from briefing.workers.pool import Limits, WorkerPool
from briefing.writers.docx import write_docx
from briefing.writers.fonts import letters_by_cut
from briefing.writers.html import write_html
from briefing.writers.pdf import write_pdf
from briefing.writers.scripts import script_of
from tests.support.other_scripts import ARABIC, ENGLISH, NAMES, galley_of, pdf_of
from tests.support.read_outputs import read_docx, read_html, read_pdf
from tests.support.sample_galley import set_brief


def test_only_fonts_of_the_theme_are_in_the_pdf():
    theme = load_theme("standard")
    ours = {face.family.replace(" ", "-") for face in (*theme.faces.values(), *theme.scripts.values())}
    with pdfplumber.open(BytesIO(pdf_of(ENGLISH))) as pdf:
        names = {re.sub(r"^[A-Z]{6}\+", "", char["fontname"]) for page in pdf.pages for char in page.chars}
    families = {re.split(r"-beside-|,", name)[0] for name in names} - {"box0"}  # of the marks of direction
    assert {f for f in families if not any(f == family or f.startswith(f"{family}-") for family in ours)} == set()
    wanted = {"Arabic", "Hebrew", "Devanagari", "Thai", "Georgian", "Ethiopic", "Khmer", "SC", "TC", "JP", "KR"}
    assert {f"Noto-Sans-{name}" for name in wanted} <= {re.sub("-(Semi-Bold|Bold|Italic)+", "", f) for f in families}


@pytest.mark.parametrize("language", NAMES)
def test_every_name_can_be_extracted_in_its_written_order(language):
    body = " ".join(read_pdf(pdf_of(ENGLISH), "Sources").body)
    assert f"called {NAMES[language]} by the people" in body


def test_a_name_in_another_script_does_not_change_the_line_spacing():
    with pdfplumber.open(BytesIO(pdf_of(ENGLISH))) as pdf:
        chars = [
            char for char in pdf.pages[0].chars if char["fontname"].endswith("Source-Serif-4,") and char["size"] > 10
        ]
    lines = sorted({round(char["matrix"][5], 2) for char in chars if 10 < char["size"] < 11}, reverse=True)
    steps = [round(upper - lower, 2) for upper, lower in pairwise(lines)]
    assert len(steps) > 8
    assert {step for step in steps if step < 20} == {14.0}


def test_chart_labels_are_kerned_and_complete():
    with pdfplumber.open(BytesIO(pdf_of(ENGLISH))) as pdf:
        page = next(page for page in pdf.pages if page.search("AVATAR"))
        (latin,) = page.search("AVATAR")
        plain = sum(char["adv"] if "adv" in char else char["width"] for char in latin["chars"])
        assert latin["x1"] - latin["x0"] < plain - 0.5  # A and V stand nearer to each other than by themselves
        arabic = [c for c in page.chars if "Arabic" in c["fontname"] and c["size"] < 9 and c["x0"] < 200]
    assert len(arabic) >= len(NAMES["ar"])


@pytest.mark.parametrize("read", [read_html, read_docx], ids=["html", "docx"])
def test_html_and_word_contain_every_name(read):
    write = write_html if read is read_html else write_docx
    body = " ".join(read(write(galley_of(ENGLISH)).data).body)
    assert all(f"called {name.replace('-', ' ')} by" in body for name in NAMES.values())


def test_the_html_embeds_the_fonts_of_other_scripts_and_uses_them_as_fallback():
    page = html.document_fromstring(write_html(galley_of(ENGLISH)).data.decode("utf-8"))
    css = page.findtext(".//style")
    carried = set(re.findall(r'@font-face\{font-family:"([^"]+)"', css))
    assert {"Noto Sans Arabic", "Noto Sans Arabic beside Source Sans 3", "Noto Sans JP"} <= carried
    for name in ("serif", "sans"):
        (families,) = re.findall(rf"--{name}:([^;}}]+)[;}}]", css.split("--in-")[0].rpartition(":root")[2])
        assert families.index("Source S") < families.index("Noto Sans Arabic")


def test_a_brief_without_other_scripts_embeds_no_fonts_for_them():
    galley = set_brief("title: Plain\nsummary: Words.\nkey_points: '- One.'\nissued: 2016-10-05\n")
    assert "Noto" not in write_html(galley).data.decode("utf-8")
    assert {cut.beside for cut in letters_by_cut(galley)} == {""}


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("ja", "Jpan"),
        ("ko-KR", "Kore"),
        ("zh", "Hans"),
        ("zh-CN", "Hans"),
        ("zh-Hant", "Hant"),
        ("zh-HK", "Hant"),
        ("en", ""),
    ],
)
def test_the_language_of_a_passage_determines_its_han_script(language, script):
    assert script_of(language) == script


def test_a_han_letter_uses_the_font_of_its_language():
    text = "title: Bones\nissued: 2016-10-05\nkey_points: '- One.'\nsummary: Japanese [骨]{lang=ja}, Chinese [骨]{lang=zh}, Korean [骨]{lang=ko}.\n"
    with pdfplumber.open(BytesIO(pdf_of(text))) as pdf:
        fonts = [char["fontname"].partition("+")[2] for char in pdf.pages[0].chars if char["text"] == "骨"]
    assert fonts == ["Noto-Sans-JP", "Noto-Sans-SC", "Noto-Sans-KR"]


def test_a_font_that_is_not_installed_is_reported_with_the_install_command():
    galley = galley_of(ENGLISH)
    absent = {
        code: replace(face, roman=None, italic=None, install='pip install "briefing[east-asian]"')
        if face.family.endswith((" SC", " TC", " JP", " KR"))
        else face
        for code, face in galley.theme.scripts.items()
    }
    made = write_pdf(replace(galley, theme=replace(galley.theme, scripts=absent)))
    assert {d.code for d in made.diagnostics} == {"missing-glyph"}
    assert all('type pip install "briefing[east-asian]" and build again' in d.help for d in made.diagnostics)
    assert len(made.data) > 10_000


def test_an_arabic_brief_is_mirrored_and_keeps_its_words():
    mm = 72 / 25.4
    data = pdf_of(ARABIC)
    with pdfplumber.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        sizes = [c for c in page.chars if c["size"] > 20 and c["fontname"] != "box0"]  # no marks of direction
        assert max(c["x1"] for c in sizes) / mm == pytest.approx(192, abs=1.5)  # the title begins on the right
        tinted = [r for r in page.rects if r["width"] / mm == pytest.approx(50, abs=2)]
        assert tinted
        assert all(r["x1"] / mm < 68.1 for r in tinted)  # the fact box stands on the left
        (summit,) = (char for char in page.chars if char["text"] == "S")
        assert 76 < summit["x0"] / mm < 192
    words = write_html(galley_of(ARABIC)).data.decode("utf-8")
    assert '<html lang="ar" dir="rtl">' in words
    text = html.document_fromstring(words).find(".//main").text_content()
    assert "(EU)" in text
    body = " ".join(read_docx(write_docx(galley_of(ARABIC)).data).body)
    assert "استضافت العاصمة القمة الأولى للمنظمة منذ عام 1999" in body
    assert "Astana Summit" in body


def test_invisible_marks_and_letters_without_a_font_need_little_memory(tmp_path):
    """They have numbers far above those of any font; a font that was cut to such a number took gigabytes."""
    content = tmp_path / "content" / "oman.yaml"
    content.parent.mkdir()
    content.write_text(
        "title: Oman\nlanguage: en\nkey_points: |\n  - Muscat is \u202bمسقط \U00020000\u202c, and [\u202bعُمان\u202c]{lang=ar} is Oman.\n",
        "utf-8",
    )
    job = Job(str(content), str(tmp_path / "output"), ("pdf",), project=str(tmp_path))
    with WorkerPool(1, Limits(memory=600)) as workers:
        outcome = workers.submit(build, job).result()
    assert outcome.exit_code == 0, outcome.diagnostics
    assert {diagnostic.code for diagnostic in outcome.diagnostics} <= {"missing-glyph"}
