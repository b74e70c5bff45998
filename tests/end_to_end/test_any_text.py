"""Any text is printed unchanged in every format, or refused at its position in all of them."""

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from briefing.pipeline import Job, Outcome, build, check
from tests.end_to_end.test_no_requests import assert_html_loads_nothing, assert_word_loads_nothing
from tests.support.every_field import escaped, filled, write
from tests.support.hostile_strings import NAUGHTY
from tests.support.read_outputs import read_pdf
from tests.support.sweep import FACTOR, sweep

#: Settings and ids that are not printed as such, and what stands once for all fields that share a name.
UNPRINTED = {"Settings.handout_marking", "Brief.translation_of", "Project.markings", "Settings.marking"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))


def fill_with(text: str):
    """Each field says its own name, and the text after it."""
    return lambda kind, where: f"{where} {text}" if kind == "words" else escaped(f"{where} {text}")


def made(desk: Path, text: str, formats: tuple[str, ...]) -> tuple[Outcome, dict[str, bytes]]:
    content = write(desk, fill_with(text))
    outcome = build(Job(str(content), str(desk / "output"), formats, project=str(desk)))
    return outcome, {
        suffix: (desk / f"output/all.{suffix}").read_bytes() for suffix in formats if not outcome.exit_code
    }


def squeezed(text: str) -> str:
    """Text without spaces of any kind and without the signs that only say where a line may break."""
    return re.sub(r"[\s\u00ad\u200b\u2060\u180e\ufeff]", "", text)


def words_of_html(data: bytes) -> str:
    page = html.document_fromstring(data.decode("utf-8"))
    for element in page.xpath("//style | //svg"):
        element.drop_tree()
    alt = " ".join(page.xpath("//img/@alt"))
    return squeezed(" ".join(page.xpath("//text()")) + alt)


def words_of_word(data: bytes) -> str:
    said = ""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|footnotes)\.xml", name):
                root = etree.fromstring(package.read(name))
                for each in root.iter(f"{W}t", f"{W}noBreakHyphen", f"{W}softHyphen", "{*}docPr"):
                    said += {f"{W}t": each.text or "", f"{W}noBreakHyphen": "\u2011"}.get(
                        str(each.tag), each.get("descr") or ""
                    )
    return squeezed(said)


def assert_said(text: str, found: str, what: str) -> None:
    """Every field stands there with its text."""
    names = {where for where, _ in filled()} - UNPRINTED - INSIDE_DRAWINGS
    assert len(names) > 50
    for where in names:
        assert squeezed(f"{where} {text}").casefold() in found, (what, where)


#: What stands in drawings, where Word and the page write it otherwise; their numbers and names have tests of their own.
INSIDE_DRAWINGS = {"Chart.alt", "Chart.categories", "Chart.data keys", "Chart.unit", "Series.name", "FactBox.alt", "FactBox.map_alt", "Figure.alt"}  # fmt: skip


def test_there_are_many_fields_and_hostile_strings():
    assert len(set(filled())) > 60
    assert len(NAUGHTY) > 12


@sweep
@settings(max_examples=15 * FACTOR, phases=(Phase.explicit, Phase.generate))
@given(st.text(LETTERS, max_size=40))
@example("\x00")
@example("a\ufffeb")
@example("\u2028")
@example("<b>&amp;\"'")
@example("# a - b : c")
def test_any_text_is_printed_in_html_and_word_or_refused_at_its_position(tmp_path_factory, text):
    desk = tmp_path_factory.mktemp("desk")
    outcome, files = made(desk, text, ("html", "docx"))
    if outcome.exit_code:
        assert_refused(desk, outcome)
        return
    assert_said(text, words_of_html(files["html"]).casefold(), "html")
    assert_said(text, words_of_word(files["docx"]).casefold(), "docx")
    assert_html_loads_nothing(files["html"])
    assert_word_loads_nothing(files["docx"])


def assert_refused(desk: Path, outcome: Outcome) -> None:
    """At a line of the file, with a sentence, and by whatever press: it is the reader who refuses."""
    assert outcome.exit_code == 1, outcome.diagnostics
    assert outcome.files == ()
    errors = [d for d in outcome.diagnostics if d.severity == "error"]
    assert errors
    for told in errors:
        assert told.span is not None, told
        assert told.message
        assert told.code != "internal"
    content = desk / "content/all.yaml"
    for formats in (("html",), ("pdf",), ("docx",)):
        alone = build(Job(str(content), str(desk / "output"), formats, project=str(desk)))
        assert (alone.exit_code, alone.diagnostics) == (1, outcome.diagnostics)
    assert check(Job(str(content), "", (), project=str(desk))).diagnostics == outcome.diagnostics


def set_as_written(letter: str) -> bool:
    """Whether a letter stands in a PDF in the order in which it is written, and by itself.

    What is read from right to left, and marks, stand as they are drawn: tests/writers/test_scripts.py looks at words of those.
    """
    return not unicodedata.combining(letter) and unicodedata.bidirectional(letter) not in {"R", "AL", "AN"}


def as_printed(text: str) -> str:
    """Text as a page may print it: words broken with hyphens, in capitals, letters joined, without what draws nothing.

    And read_pdf takes "/" for a space.
    """
    return re.sub(
        "[-‐‑–—/\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]", "", unicodedata.normalize("NFKC", squeezed(text)).casefold()
    )


@sweep
@settings(max_examples=8 * FACTOR, phases=(Phase.explicit, Phase.generate))
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Mn", "Mc", "Me")).filter(set_as_written),
        max_size=30,
    )
)
@example("Қазақстан <b>&amp; {{ x }} \\ \"'")
@example("\U00020000 \U0001f600\U0001f600 \ue000\ue000 \u0378 ﬁ fi ffi ½ ß 北")
def test_any_text_is_printed_in_the_pdf_or_refused_at_its_position(tmp_path_factory, text):
    """Whether the fonts have its letters or not."""
    desk = tmp_path_factory.mktemp("desk")
    outcome, files = made(desk, text, ("pdf",))
    if outcome.exit_code:
        assert_refused(desk, outcome)
        return
    read = read_pdf(files["pdf"])
    found = as_printed("".join((*read.body, *read.notes)))
    names = {where for where, _ in filled()} - UNPRINTED - INSIDE_DRAWINGS
    assert len(names) > 50
    assert [where for where in names if as_printed(f"{where} {text}") not in found] == []


@pytest.mark.parametrize("first", [0, 1])
def test_hostile_strings_are_printed_as_text_in_html_and_word(tmp_path, first):
    """Half of them at a time: as the name of a bar, all together are taller than a page."""
    text = " ".join(NAUGHTY[first::2])
    outcome, files = made(tmp_path, text, ("html", "docx"))
    assert outcome.exit_code == 0, outcome.diagnostics
    assert_said(text, words_of_html(files["html"]).casefold(), "html")
    assert_said(text, words_of_word(files["docx"]).casefold(), "docx")
    assert_html_loads_nothing(files["html"])
    assert_word_loads_nothing(files["docx"])


@pytest.mark.parametrize("first", range(0, len(NAUGHTY), 9))
def test_hostile_strings_give_a_complete_pdf(tmp_path, first):
    """A few of them at a time, each field with another one."""
    order = iter(range(10**6))
    content = write(
        tmp_path,
        lambda kind, where: (
            f"{where} {NAUGHTY[(first + next(order) % 9) % len(NAUGHTY)]}"
            if kind == "words"
            else escaped(f"{where} {NAUGHTY[(first + next(order) % 9) % len(NAUGHTY)]}")
        ),
    )
    outcome = build(Job(str(content), str(tmp_path / "output"), ("pdf",), project=str(tmp_path)))
    assert outcome.exit_code == 0, [d for d in outcome.diagnostics if d.severity == "error"]
    data = (tmp_path / "output/all.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.7")
    body = " ".join(read_pdf(data).body)
    assert "Brief.title" in body


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85", "\ufffe", "\ufdd0", "\U0001ffff", "\u2029"])
def test_a_forbidden_character_is_reported_in_every_field(tmp_path, character):
    """As YAML's own escape, which no editor shows as what it is."""
    desk = tmp_path
    content = write(desk, lambda _kind, where: f"{where} a{character}b", ascii_only=True)
    fields = [n for n, line in enumerate(content.read_text("utf-8").splitlines(), 1) if re.search(r"a\\\w+b", line)]
    assert len(fields) > 60
    outcome = build(Job(str(content), str(desk / "output"), ("html",), project=str(desk)))
    assert_refused(desk, outcome)
    assert set(fields) <= {d.span.line for d in outcome.diagnostics if d.code == "character" and d.span}
