"""Random briefs say the same in HTML, PDF and Word: words, numbers of lists, tables, figures and notes, and their order."""

import difflib
import re
from collections import Counter
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.end_to_end.test_lists import made
from tests.support.read_numbers import html_text, pdf_text, word_text
from tests.support.read_outputs import notes_title, read, read_html, read_pdf
from tests.support.sweep import FACTOR, SEED, sweep

WORDS = ["talks", "Astana", "oil", "Мәжіліс", "переговоры", "Österreich", "Αθήνα", "H~2~O", "km^2^", "*fish*", "**roads**",
         "5.5", "3. Oktober", "[@first]", "[@second]", "[東京]{lang=ja}", "[[trade]]", "`code`", "12 %", "“so”"]  # fmt: skip
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
    lambda words: "The " + " ".join(words) + " end."
)


@st.composite
def lists(draw, depth: int = 4) -> list[str]:
    """The lines of a list; its numbers begin anywhere."""
    numbered, start = draw(st.booleans()), draw(st.sampled_from([0, 1, 1, 3, 9, 31]))
    lines = []
    for index in range(draw(st.integers(2, 3))):
        mark = f"{start + index}. " if numbered else "- "
        lines.append(mark + draw(sentences))
        if depth > 1 and draw(st.integers(0, 2)) == 0:
            lines += ["", *(" " * len(mark) + line if line else "" for line in draw(lists(depth - 1))), ""]
    return lines


texts = st.lists(
    st.one_of(sentences, lists().map("\n".join), sentences.map("> ".__add__), sentences.map("# ".__add__)),
    min_size=1,
    max_size=4,
).map("\n\nA line between.\n\n".join)
blocks = st.lists(
    st.one_of(
        texts,
        texts.map(lambda text: {"sidebar": {"title": "Aside", "body": text}}),
        sentences.map(lambda text: {"timeline": [{"2010": text}, {"2011": text}]}),
        sentences.map(lambda text: {"table": {"caption": text, "columns": ["One", "Two"], "rows": [[text, "1"], ["x", "2"]]}}),
        sentences.map(lambda text: {"chart": {"caption": text, "data": {"2015": "1", "2016": "2"}, "alt": "A chart."}}),
        sentences.map(lambda text: {"people": [{"name": "Ada", "role": "Minister", "note": text}]}),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@st.composite
def briefs(draw) -> dict:
    table = {"table": {"id": "trade", "caption": "Trade", "columns": ["A", "B"], "rows": [["x", "1"]]}}
    return {
        "title": "Norway",
        "issued": "2016-09-15",
        "summary": draw(sentences),
        "key_points": "\n".join(draw(lists())),
        "sections": [{"title": "One", "body": [table, *draw(blocks)]}, {"title": "Two", "body": draw(blocks)}],
        "sources": {"first": "The first source", "second": "The second source"},
    }


def numbers(text: str) -> list[str]:
    """The numbers of lists in the text of HTML or Word, each with the letters of the line: calls of notes have digits."""
    lines = (re.fullmatch(r"\s*(\d{1,3}\.) (.*)", line) for line in text.split("\n"))
    return [f"{line[1]} {re.sub(r'[^A-Za-z]', '', line[2])[:20]}" for line in lines if line]


def printed_numbers(text: str) -> Counter[str]:
    """How often each number begins a line, as that of an item; a line may be broken before a date."""
    return Counter(re.findall(r"^\s*(\d{1,3}\.) (?!Oktober)", text, re.MULTILINE))


def differences(wanted, got) -> list[str]:
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    return [f"{wanted[a:b]} became {got[c:d]}" for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def assert_same(folder: Path, brief: dict) -> None:
    _, outputs = made(folder, yaml.safe_dump(brief, allow_unicode=True, sort_keys=False))
    page = folder / "output/brief.html"
    wanted, pdf, word = (
        read_html(outputs["html"]),
        read_pdf(outputs["pdf"], notes_title(page)),
        read(page.with_suffix(".docx")),
    )
    assert differences(wanted.silent, word.silent) == []
    assert differences(wanted.body, pdf.body) == []
    assert word.calls == wanted.calls
    assert pdf.notes == wanted.notes == word.notes
    main = html_text(outputs["html"], calls=False)
    main = main.rpartition(notes_title(page) or "\0")[0] or main
    assert differences(numbers(main), numbers(word_text(outputs["docx"]))) == []
    assert printed_numbers(html_text(outputs["html"])) == printed_numbers(pdf_text(outputs["pdf"]))


@sweep
@seed(SEED)
@given(brief=briefs())
@settings(
    max_examples=4 * FACTOR,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_briefs_say_the_same_in_every_format(tmp_path_factory, brief):
    assert_same(tmp_path_factory.mktemp("parity"), brief)
