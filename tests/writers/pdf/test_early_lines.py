"""No line inside a paragraph ends before the next word would not fit."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.support.page_geometry import sheets
from tests.support.sample_galley import set_brief
from tests.support.sweep import FACTOR, SEED, sweep

WORDS = [
    "have",
    "oil",
    "left",
    "from",
    "was",
    "partner",
    "rules",
    "is",
    "it",
    "was",
    "centre",
    "been",
    "council",
    "government",
    "partner",
    "policy",
    "trade",
    "an",
    "office",
    "well-known",
    "agreement",
    "administration",
    "extraordinarily",
    "2016",
    "Norway,",
    "reports",
]
#: A letter of a word may be wider than the mean letter of its line by this factor.
WIDER = 1.6


def paragraph(chance: random.Random) -> str:
    """A random paragraph with note calls and other elements in it."""
    words = chance.choices(WORDS, k=chance.randint(12, 60))
    for place in chance.sample(range(5, len(words)), chance.randint(1, 4)):
        word = words[place]
        words[place] = chance.choice((f"{word}[@gov]", f"{word}.[@treaty]", f"*{word}*", f"**{word} {word}**[@gov]"))
    return f"{' '.join(words).capitalize()} end.[@gov]"


def brief(chance: random.Random, paragraphs: int) -> str:
    """A brief with paragraphs in each width of column: the text, lists, a quotation, boxes, a table, and the notes."""

    def some(indent: str, number: int, mark: str = "") -> str:
        return "\n\n".join(f"{indent}{mark}{paragraph(chance)}" for _ in range(number))

    def one() -> str:
        return paragraph(chance).replace("[@gov]", "").replace("[@treaty]", "")

    return (
        f"title: Norway\nlanguage: en\nissued: 2016-10-05\nsummary: {one()!r}\nkey_points: |\n"
        f"{some('  ', 3, '- ')}\nfact_box:\n  facts:\n    Trade: {one()!r}\n    Oil: {one()!r}\n"
        f"sections:\n- title: One\n  body:\n  - |\n{some(' ' * 6, paragraphs)}\n"
        f"  - |\n{some(' ' * 6, paragraphs // 3, '- ')}\n  - |\n{some(' ' * 6, paragraphs // 3, '> ')}\n"
        f"  - table:\n      caption: Cities\n      columns: [A, B, C]\n      rows:\n"
        f"        - [{one()!r}, {one()!r}, {one()!r}]\n"
        f"  - sidebar:\n      title: Trade\n      body: |\n{some(' ' * 8, 3)}\n"
        f"meetings:\n- title: Talks\n  when: 2016-09-27\n  objectives: |\n{some('    ', 2, '- ')}\n"
        f"  points_to_make: |\n{some('    ', 2, '- ')}\n"
        f"sources:\n  gov: {one()!r}\n  treaty: {one()!r}\n"
    )


def early(text: str, theme: str) -> list[str]:
    """The lines after which the first word of the next one would have fitted."""
    found = []
    for sheet in sheets(set_brief(text, theme=theme)):
        for line, after in pairwise(sheet.lines):
            if line.block is not after.block or not line.flowing or after.top <= line.top:
                continue
            mean = (after.right - after.left) / max(len(after.text), 1)
            word = after.text.split(" ")[0]
            if line.right + (len(word) + 1) * mean * WIDER + 12 < line.column[1]:
                found.append(f"{line.text!r}, then {after.text!r}")
    return found


@sweep
@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("number", range(FACTOR))
def test_no_line_inside_a_paragraph_ends_early(theme: str, number: int) -> None:
    """With FACTOR 50 there are more than 2,000 paragraphs in each theme."""
    assert early(brief(random.Random(SEED + number), 40), theme) == []
