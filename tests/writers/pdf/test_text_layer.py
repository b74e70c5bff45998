"""The text that two independent readers, poppler and pdfium, extract from a PDF is what was typed."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from briefing.writers.pdf import write_pdf
from briefing.writers.pdf.missing_glyphs import is_visible
from tests.support.every_field import escaped
from tests.support.hostile_strings import NAUGHTY
from tests.support.other_scripts import NAMES, RIGHT_TO_LEFT
from tests.support.sample_galley import norway, set_brief
from tests.support.sweep import sweep

THEMES = ("standard", "chancery")
READERS = ("poppler", "pdfium")
#: Words that are several glyphs for a letter, or one glyph for several letters, by language tag.
WORDS = {
    "yo": "ẹ̀kọ́ Ọ̀ṣun gbọ́n",
    "ig": "Ọ̀kpụ́ṅ ụ̀lọ̀",
    "vi": "Việt Nguyễn tiếng ướt",
    "lt": "mė́nuo lū̃pos j̃ė į̃",
    "el": "Ἀθῆναι ᾧ Ω Ω µ μ",
    "ru": "за́мок Йод",
    "fr": "office affligé Å Å",
    "hi": "नई दिल्ली",
    "my": "နေပြည်တော်",
    "th": "กรุงเทพมหานคร ที่นี่",
}
#: The marks that show the direction of text, which poppler adds.
DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))


def text_of(data: bytes, reader: str, folder: Path) -> str:
    """The text that a reader extracts from a PDF, without marks of direction."""
    if reader == "pdfium":
        document = pypdfium2.PdfDocument(data)
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    else:
        file = folder / "brief.pdf"
        file.write_bytes(data)
        text = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True
        ).stdout.decode()
    return " ".join(text.translate(DIRECTIONS).split())


def brief(paragraphs: list[str], language: str = "en") -> str:
    body = "\n\n".join(f"      {paragraph}" for paragraph in paragraphs)
    return f"title: Names\nlanguage: {language}\nissued: 2016-10-05\nsections:\n- title: One\n  body: |\n{body}\n"


def found(text: str, name: object) -> str:
    """What stands between the marks of a sample."""
    match = re.search(rf"Begin{name}x(.*?)Stop{name}x", text)
    return match[1].strip() if match else ""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_with_marks_and_all_letters_after_them_are_extracted(theme, reader, form, tmp_path) -> None:
    """A letter with a mark is drawn first, so that a later letter alone must still have its own text."""
    words = {tag: unicodedata.normalize(form, word) for tag, word in WORDS.items()}
    samples = [
        f"Begin{tag}x [{word}]{{lang={tag}}} Stop{tag}x and the office expects one." for tag, word in words.items()
    ]
    text = text_of(write_pdf(set_brief(brief(samples), theme=theme)).data, reader, tmp_path)
    normal = {tag: unicodedata.normalize("NFC", word) for tag, word in words.items()}
    assert {tag: unicodedata.normalize("NFC", found(text, tag)) for tag in words} == normal
    assert text.count("and the office expects one.") == len(words)


@pytest.mark.parametrize("word", ["اتفاقيات أوسلو", "القاهرة", "ירושלים", "اسلام آباد"])
def test_right_to_left_words_are_extracted(word, tmp_path) -> None:
    text = text_of(write_pdf(set_brief(brief([f"Begin0x [{word}]{{lang=ar}} Stop0x"]))).data, "poppler", tmp_path)
    assert found(text, 0) == word


def test_no_right_to_left_letter_or_mark_is_lost(tmp_path) -> None:
    """Both readers put a mark before its letter there, but each is there once."""
    words = "مُحَمَّدٌ שָׁלוֹם"
    made = write_pdf(set_brief(brief([words])))
    for reader in READERS:
        letters = Counter(unicodedata.normalize("NFD", text_of(made.data, reader, tmp_path)))
        assert not Counter(words.replace(" ", "")) - letters


@pytest.mark.parametrize("reader", READERS)
def test_every_script_of_the_shipped_fonts_is_extracted(reader, tmp_path) -> None:
    # pdfium orders words from the right by their places, and repeats a Khmer syllable whose letters are lowered.
    left_out = {*RIGHT_TO_LEFT, "km"} if reader == "pdfium" else set()
    names = {tag: name for tag, name in NAMES.items() if tag not in left_out}
    samples = [f"Begin{tag}x [{name}]{{lang={tag}}} Stop{tag}x" for tag, name in names.items()]
    text = text_of(write_pdf(set_brief(brief(samples))).data, reader, tmp_path)
    assert {tag: found(text, tag) for tag in names} == names


def visible(text: str) -> Counter[str]:
    """The visible characters; a hyphen may be that of a line break, and pdfium writes a ligature as its letters."""
    letters = unicodedata.normalize("NFKC", text)
    return Counter(letter for letter in letters if is_visible(letter) and letter not in "-‐ ")


@pytest.mark.parametrize("theme", [THEMES[0], pytest.param(THEMES[1], marks=sweep)])
@pytest.mark.parametrize("reader", READERS)
def test_no_character_of_a_naughty_string_is_lost(theme, reader, tmp_path) -> None:
    samples = [escaped(f"Begin{number}x {text} Stop{number}x") for number, text in enumerate(NAUGHTY)]
    text = text_of(write_pdf(set_brief(brief(samples), theme=theme)).data, reader, tmp_path)
    lost = {}
    for number, typed in enumerate(NAUGHTY):
        if reader == "pdfium" and "עולם" in typed:  # pdfium orders such a line by its first letters
            continue
        lost[number] = visible(typed) - visible(found(text, number))
    # Both readers take a mark without a font that is drawn twice over one letter for bold type. pdfium reads no
    # ActualText above U+FFFC, which a character of private use must have.
    assert set(sum(lost.values(), Counter())) <= ({"\u035a", "\U000f0000"} if reader == "pdfium" else {"\u035a"})


@pytest.mark.parametrize("reader", READERS)
def test_a_sample_brief_is_extracted_in_reading_order(reader, tmp_path) -> None:
    text = text_of(write_pdf(norway()).data, reader, tmp_path)
    for words in ("The coast decides what the country lives on", "davvisámegiella", "Ministers come and go;"):
        assert words in text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("title", ["Zypern & Kürzel: quo vadis? Jy", "Ђорђе, Œuvre ẹ̀kọ́ " + "und ein langer Titel " * 6])
def test_the_letters_of_running_matter_have_one_weight(theme, title) -> None:
    """Letters that only the running head uses are in its own cut."""
    head = f"title: '{title.strip()}'\nlanguage: de\nmarking: ZQ-Xŷ\nissued: 2016-09-15\nsections:\n- title: Eins\n"
    made = write_pdf(set_brief(f"{head}  body: [Nur Text., page_break, Ende.]\n", theme=theme))
    with pdfplumber.open(BytesIO(made.data)) as pdf:
        chars = [char for char in pdf.pages[1].chars if char["mcid"] is None or char["tag"] == "Artifact"]
    running = "".join(char["text"] for char in chars)
    begin = running.find(title[:5])
    assert begin >= 0
    assert len({char["fontname"] for char in chars[begin : begin + 15]}) == 1
