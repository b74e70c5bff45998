"""Random briefs say the same in HTML, PDF and Word: words, notes, numbers of lists, tables and figures, and their order."""

import difflib
import itertools
import unicodedata
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from briefing.pipeline import Job, build
from tests.end_to_end.test_parity import differences, without_breaks
from tests.support.random_briefs import RandomBrief, briefs
from tests.support.read_outputs import Lines, Words, notes_title, read, read_pdf, split
from tests.support.sweep import FACTOR, SEED, sweep


def unlike_word(html: Words, word: Words) -> list[str]:
    """The differences between HTML and Word, but for the calls of quotations: they may stand in the text before it."""
    matcher = difflib.SequenceMatcher(None, html.marked, word.marked, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    lost = [call for _, a, b, _, _ in changes for call in html.marked[a:b]]
    added = [call for _, _, _, c, d in changes for call in word.marked[c:d]]
    moved = Counter(lost) == Counter(added) and not Counter(lost) - Counter(f"[{call}]" for call in html.quoted)
    return [] if moved else differences(html.marked, word.marked)


def unlike(wanted: tuple[str, ...], lines: Lines, *, rtl: bool) -> str:
    """The first line of a PDF that is not the next one of the wanted text; empty if there is none.

    A line may end inside a word, and a theme may print capitals. Words from right to left are drawn from the left: a line
    that has some, or stands in a brief in such a language, is compared by its letters.
    """
    text, place = plain(" ".join(wanted)), 0
    for line, begins in lines:
        words = plain(" ".join(split(line)))
        if not words:
            continue
        place += text[place : place + 1] == " "
        end = place
        for _ in words.replace(" ", ""):
            end += 1 + (text[end : end + 1] == " ")
        same = sorted(text[place:end].replace(" ", "")) == sorted(words.replace(" ", ""))
        loose = rtl or any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in words)
        if not (same if loose else text[place:end] == words) or (begins and place and text[place - 1] != " "):
            return f"after '… {text[max(0, place - 60) : place]}': '{text[place:end]}' became '{words}'"
        place = end
    return text[place:].strip() and f"the PDF lacks '{text[place:]}' at its end"


def plain(text: str) -> str:
    """The text without the difference between capitals and small letters, and without signs that draw nothing."""
    small = unicodedata.normalize("NFC", text.replace("ı", "i").replace("İ", "i").casefold())
    return "".join(letter for letter in small if unicodedata.category(letter) != "Cf")


def unlike_label(html: tuple[tuple[str, ...], frozenset[str]], other: tuple[str, ...]) -> bool:
    """Whether an alternative text differs; that of a chart in PDF and Word ends with the numbers of the table in HTML."""
    label, numbers = html
    rest = {word.strip(".,;:()") for word in other[len(label):]}
    return other[:len(label)] != label and other[:len(label)-1] or not rest <= numbers


def assert_same(project: Path, brief: RandomBrief) -> None:
    file = brief.write(project)
    outcome = build(Job(str(file), str(project / "output"), project=str(project), **brief.options))
    assert outcome.exit_code == 0, [d for d in outcome.diagnostics if d.severity == "error"]
    page, pdf, word = (next((project / "output").glob(f"*.{suffix}")) for suffix in ("html", "pdf", "docx"))
    html, printed, edited = read(page), read_pdf(pdf.read_bytes(), notes_title(page)), read(word)
    rtl = brief.rtl
    found = {
        "pdf words": unlike(html.heard, printed.lines, rtl=rtl),
        "word words": unlike_word(html, edited),
        "word glue": differences(html.silent, edited.silent),
        "pdf notes": [unlike(a, b, rtl=rtl) for a, b in itertools.zip_longest(html.marked_notes, printed.note_lines, fillvalue=()) if unlike(a,b, rtl=rtl)],
        "word notes": [(a, b) for a, b in itertools.zip_longest(html.marked_notes, edited.marked_notes) if a != b],
        "word alts": [(a, b) for a, b in itertools.zip_longest(printed.alts, edited.alts) if a != b],
        "html alts": [(a, b) for a, b in itertools.zip_longest(html.alts, edited.alts) if a != b and (not a or a != b[:len(a)])],
        "drawn": Counter("".join(html.drawn)) - Counter("".join(printed.drawn)) or Counter("".join(printed.drawn)) - Counter("".join(html.drawn)),
    }
    found["extracts"] = [e for e in html.extracts if "".join(e) not in without_breaks(printed.untagged) and not rtl]
    assert not any(found.values()), found


@sweep
@seed(SEED)
@given(brief=briefs())
@settings(
    max_examples=5 * FACTOR,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_briefs_say_the_same_in_every_format(tmp_path_factory, brief):
    assert_same(tmp_path_factory.mktemp("parity"), brief)
