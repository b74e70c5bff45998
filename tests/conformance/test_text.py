"""Poppler extracts every word of every PDF, and the tagged words in the order of the galley."""

import re
from collections import Counter
from unicodedata import bidirectional

from tests.support.shipped_briefs import shipped
from tests.writers.pdf.test_tags import heard, words


def galley_words(sheet):
    set_whole = shipped(f"{sheet.brief.as_posix()}.yaml", sheet.theme)
    return words(re.sub(r"\d+(?=\x00)", "", " ".join(heard(e, call="\x00") for e in set_whole.body)))


def without_contents(shown):
    """The tree as Poppler shows it, one tag a line, without what stands inside the contents list."""
    kept, inside = [], None
    for line in shown.splitlines():
        depth = len(line) - len(line.lstrip())
        inside = inside if inside is not None and depth > inside else depth if line.split()[:1] == ["TOC"] else None
        if inside is None:
            kept.append(line)
    return "\n".join(kept)


def test_poppler_finds_every_word(whole_sheet, prints, tool):
    wanted = Counter(galley_words(whole_sheet))
    text = re.sub(r"[‐\u00ad]\n", "", tool("pdftotext", "-enc", "UTF-8", prints[whole_sheet], "-"))
    missing = wanted - Counter(words(text))
    whole = "".join(text.split())
    assert len(wanted) > 100
    assert [word for word in missing if word not in whole] == []


def test_poppler_reads_the_tags_in_the_order_of_the_galley(whole_sheet, prints, tool):
    shown = tool("pdfinfo", "-struct-text", prints[whole_sheet])
    found = words(" ".join(re.findall(r'^\s+"(.*)"$', without_contents(shown), re.MULTILINE)).casefold())
    letters = "".join(found)  # pdfinfo reads no ActualText, so a word that the layout has hyphenated is in two pieces
    wanted = [word for word in words(" ".join(galley_words(whole_sheet)).casefold()) if not word.isdigit()]
    assert len(wanted) > 100
    at = 0
    for word in wanted:
        place = letters.find(word, at, at + 400)
        assert place >= 0, f"'{word}' does not come after '{letters[max(0, at - 60) : at]}'"
        at = place + len(word)


def test_the_compared_words_exclude_right_to_left_scripts():
    assert words("one 2 три أوسلو") == ["one", "2", "три"]
    assert bidirectional("أ") == "AL"
