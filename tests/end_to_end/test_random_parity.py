"""Random briefs say the same in HTML, PDF and Word: words, notes, numbers of lists, tables and figures, and their order.

The formats differ on purpose in these points, and in no others:

- The contents list and the headers and footers of pages are left out: they have page numbers, and HTML has no pages.
- An extract repeats words of the text. In a PDF it is drawn, but is no part of what is read aloud.
- The note calls of a quotation beside the text stand at the end of the text before it in Word: LibreOffice drops a
  footnote from a frame.
- A PDF may break a line inside a word.
- A theme may print a line in capitals. They are letters of their own in a PDF, and in Word if the language has its own
  rules for them; HTML leaves them to the browser.
- A PDF has words from right to left in the order of the drawing, from the left. The lines of a paragraph that
  has some are compared by their letters.
- The label of a chart in a PDF and in Word ends with the numbers that HTML has in a table for screen readers.
- Word draws a chart itself, from its names and numbers. They are compared with those of HTML.
"""

import difflib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings

from briefing.model import Brief
from briefing.model.blocks import BLOCKS
from briefing.pipeline import Job, build
from tests.end_to_end.test_parity import differences, without_breaks
from tests.support.every_field import NAMING, text_fields
from tests.support.random_briefs import CHOICES, LEFT_OUT, RandomBrief, briefs, random_brief
from tests.support.read_outputs import Lines, Words, notes_title, read, read_pdf, split
from tests.support.sweep import FACTOR, SEED, sweep


def unlike_word(html: Words, word: Words) -> list[str]:
    """Where the text of a Word file is not that of the page; the calls of quotations may stand in the text before."""
    wanted, got = tuple(map(plain, html.marked)), tuple(map(plain, word.marked))
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    lost = Counter(call for _, a, b, _, _ in changes for call in wanted[a:b])
    added = Counter(call for _, _, _, c, d in changes for call in got[c:d])
    if lost != added or lost - Counter(f"[{call}]" for call in html.quoted):
        return differences(wanted, got)
    # The calls are words of their own above; here they are left out, with the spaces around them.
    return differences(tuple(map(plain, html.silent)), tuple(map(plain, word.silent)))


def unlike_pdf(wanted: tuple[str, ...], lines: Lines, *, rtl: bool) -> str:
    """The first line of a PDF that is not what the page goes on with; empty if there is none."""
    text, place, part = plain(" ".join(wanted)), 0, ""
    for number, (line, begins) in enumerate(lines):
        words = plain(" ".join(split(line)))
        if begins:
            ends = next((at for at in range(number + 1, len(lines)) if lines[at][1]), len(lines))
            part = "".join(line for line, _ in lines[number:ends])
        place += text[place : place + 1] == " "
        end = place
        for _ in words.replace(" ", ""):
            end += 1 + (text[end : end + 1] == " ")
        if rtl or any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in part):
            same = sorted(text[place:end].replace(" ", "")) == sorted(words.replace(" ", ""))
        else:
            same = text[place:end] == words
        if not same or (begins and words and place and text[place - 1] != " "):
            return f"after '… {text[max(0, place - 60) : place]}': '{text[place:end]}' became '{words}'"
        place = end
    return f"the PDF ends before '{text[place:]}'" if text[place:].strip() else ""


def plain(text: str) -> str:
    """The text in small letters, without signs that draw nothing."""
    small = unicodedata.normalize("NFC", text.replace("ı", "i").replace("İ", "i").casefold())
    return "".join(letter for letter in small if unicodedata.category(letter) != "Cf")


def unlike_labels(html: Words, other: Words) -> Iterator[str]:
    """The alternative texts of figures that are not those of the page; that of a chart may end with its numbers."""
    for wanted, got in zip_longest(html.alts, other.alts, fillvalue=None):
        if wanted is None or got is None or got.label[: len(wanted.label)] != wanted.label:
            yield f"{wanted} became {got}"
            continue
        added = {word.strip(".,;:") for word in got.label[len(wanted.label) :]}
        if not added <= {"", *wanted.numbers}:
            yield f"the label {got} says more than {wanted}"


def unlike(html: Words, pdf: Words, word: Words, *, rtl: bool) -> list[str]:
    """Everything that a reader of one format sees and a reader of another does not, or elsewhere."""
    found = [unlike_pdf(html.heard, pdf.lines, rtl=rtl), *unlike_word(html, word)]
    for wanted, lines, got in zip_longest(html.marked_notes, pdf.note_lines, word.marked_notes, fillvalue=()):
        found += [unlike_pdf(wanted, lines, rtl=rtl), *differences(wanted, got)]
    drawn = pdf.untagged if not rtl else ""
    found += [
        f"the PDF lacks the extract {e}" for e in html.extracts if drawn and "".join(e) not in without_breaks(drawn)
    ]
    found += [*unlike_labels(html, pdf), *unlike_labels(html, word)]
    if Counter("".join(html.drawn)) != Counter("".join(pdf.drawn).replace(" ", "")):
        found.append(f"the drawings have {html.drawn}, those of the PDF {pdf.drawn}")
    if html.charts != word.charts:
        found.append(f"the charts have {html.charts}, those of Word {word.charts}")
    return [difference for difference in found if difference]


def assert_same(project: Path, brief: RandomBrief) -> None:
    file = brief.write(project)
    outcome = build(Job(str(file), str(project / "output"), project=str(project), **brief.options))
    assert outcome.exit_code == 0, [d for d in outcome.diagnostics if d.severity == "error"]
    page, pdf, word = (next((project / "output").glob(f"*.{suffix}")) for suffix in ("html", "pdf", "docx"))
    html = read(page)
    assert len(html.marked) > 5
    found = unlike(html, read_pdf(pdf.read_bytes(), notes_title(page)), read(word), rtl=brief.rtl)
    assert not found, "\n".join(found)


@sweep
@seed(SEED)
@given(brief=briefs())
@settings(
    max_examples=4 * FACTOR,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_random_briefs_say_the_same_in_every_format(tmp_path_factory, brief):
    assert_same(tmp_path_factory.mktemp("parity"), brief)


def keys_of(part: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Each key of a brief, after the key that it stands under."""
    for key, child in part.items() if isinstance(part, dict) else ():
        yield name, key
        yield from keys_of(child, key)
    for child in part if isinstance(part, list) else ():
        yield from keys_of(child, name)


def test_random_briefs_have_every_block_and_every_key_of_it():
    found = {pair for number in range(200) for pair in keys_of(random_brief(Random(number)).content)}
    parts = {**BLOCKS, "": Brief}
    assert len(parts) > 8
    wanted = {
        (name, own.key)
        for name, part in parts.items()
        for field, own in part.fields.items()
        if field != "kind" and not {f"{c.__name__}.{own.key}" for c in part.__mro__} & LEFT_OUT.keys()
    }
    assert wanted - found == set()


def test_only_known_fields_are_left_out():
    assert LEFT_OUT.keys() - text_fields().keys() <= {"Settings.checks", "Settings.status", "Layout.pages"}
    assert {name for name in CHOICES if not name.endswith(".marking")} <= NAMING


PAGE = Words(
    (), (), silent=("Fish", "oil", "end."), marked=("3.", "Fish", "[1]", "oil", "end.", "[2]"), quoted=("2",),
    heard=("3.", "Fish1", "oil", "end.2"), marked_notes=(("1.", "First"), ("2.", "Second")),
)  # fmt: skip
PDF = Words(
    (),
    (),
    lines=(("3.", True), ("FISH1 oil e", True), ("nd.2", False)),
    note_lines=((("1. First", True),), (("2. Second", True),)),
)
WORD = replace(PAGE, marked=("3.", "Fish", "[1]", "[2]", "oil", "end."))


def test_known_differences_are_none():
    assert unlike(PAGE, PDF, WORD, rtl=False) == []


def test_a_difference_is_found():
    assert unlike(PAGE, PDF, replace(WORD, marked=("1.", *WORD.marked[1:])), rtl=False)
    assert unlike(PAGE, PDF, replace(WORD, marked=("3.", "[1]", "Fish", "oil", "end.", "[2]")), rtl=False)
    assert unlike(PAGE, PDF, replace(WORD, marked_notes=PAGE.marked_notes[::-1]), rtl=False)
    for lines in (
        [("3.", True), ("fish1 oil end.", True)],
        [("3.", True), ("oil fish1 end.2", True)],
        [("3. fish1 oilend.2", True)],
    ):
        assert unlike(PAGE, replace(PDF, lines=tuple(lines)), WORD, rtl=False)
