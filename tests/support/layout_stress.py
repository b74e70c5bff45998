"""Briefs that are difficult to lay out: each is extreme in one respect and otherwise ordinary."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent

from briefing.edition import resolve
from briefing.galley import Galley
from briefing.galley.set import set_galley
from briefing.reading import load_draft
from briefing.theme.load import load_theme
from tests.support.sample_galley import FLAG, PARAGRAPH

__all__ = ["HARD", "set_hard"]

FRONT = """series: Country brief
reference: CB 15/2016
language: en-GB
as_of: 2016-09-01
issued: 2016-09-15
version: 3
status: draft
marking: OFFICIAL
prepared_by: Nordic Desk
contact: nordic@example.org
"""
TITLE = 'title: "Norway: the sea decides"\ncountry: "NO"\n'
SUMMARY = (
    "summary: Norway trades with the European Union from outside, and works with Russia from within the alliance.\n"
)
KEY_POINTS = """key_points: |
  - *Outside, yet inside:* no member of the European Union, but part of its market.
  - *A border at peace:* the line through the sea was agreed in 2010, after forty years of talks.
  - *For this visit:* fisheries first, then the sea routes.
"""
#: Sentences of different lengths, so that the last lines of paragraphs differ.
SENTENCES = [
    *PARAGRAPH.replace("\n", " ").split(". "),
    "The ferries go on through the winter",
    "What the coast needs comes by sea, and what it sells leaves the same way",
    "Nobody in the capital would put it so",
    "Quotas are settled each autumn, between people who have known each other for years",
]
SIGN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">
<rect width="{0}" height="{1}" fill="#dbe8f1"/><path d="M0 {1}L{0} 0" stroke="#1f4e79" stroke-width="6"/></svg>"""


def text(paragraphs: int, seed: int = 0) -> str:
    """Text of ``paragraphs`` paragraphs, all different."""
    made = []
    for number in range(seed, seed + paragraphs):
        chosen = [SENTENCES[(number * 3 + step) % len(SENTENCES)].strip(" .") for step in range(2 + number % 4)]
        made.append(". ".join(chosen) + ".")
    return "\n\n".join(made)


def facts(count: int, value: str = "Oslo, on the fjord") -> str:
    """The YAML of a fact box with ``count`` facts."""
    rows = "".join(f"    Fact number {number}: {value} {number}\n" for number in range(1, count + 1))
    return f"fact_box:\n  picture: images/flag.svg\n  alt: A white cross\n  map: images/wide.svg\n  facts:\n{rows}"


def section(title: str, *blocks: str) -> str:
    """The YAML of a section; each block is a text of a paragraph, or the YAML of a block."""
    body = "".join(
        f"      - {block}" if block.lstrip().startswith(BLOCKS) else f"      - |\n{indent(block, ' ' * 8)}\n"
        for block in blocks
    )
    return f'  - title: "{title}"\n    body:\n{body}'


BLOCKS = ("table:", "figure:", "sidebar:", "pull_quote:", "timeline:", "people:", "chart:", "page_break")


def table(columns: int, rows: int, *, wide: bool = False, words: str = "Bergen") -> str:
    """The YAML of a table; its first column has words, the others numbers."""
    heads = "".join(f"            - {{title: Year {1990 + n}, format: number, unit: t}}\n" for n in range(1, columns))
    lines = "".join(
        f"            - [{words} {row}, {', '.join(str(row * 1000 + n) + '.5' for n in range(1, columns))}]\n"
        for row in range(1, rows + 1)
    )
    return (
        f"table:\n          caption: Landings of fish\n          wide: {str(wide).lower()}\n"
        f"          columns:\n            - Harbour\n{heads}          rows:\n{lines}          note: Round weight.\n"
    )


def figure(image: str, caption: str = "The coast", extra: str = "") -> str:
    """The YAML of a figure with a caption."""
    return (
        f"figure:\n          image: images/{image}.svg\n          alt: A line\n          caption: {caption}\n"
        f"          credit: Drawn by hand\n{extra}"
    )


def quotation(number: int, words: str = "A line on a map is worth the trust on either side of it") -> str:
    """The YAML of a quotation in the side column."""
    return (
        f"pull_quote:\n          text: {words} {number}.\n          by: A. N. Example\n"
        f"          role: Head of the delegation\n          date: 2010-09-15\n          source: speech\n"
    )


SOURCES = "sources:\n  speech: A. N. Example, speech in Murmansk, 15 September 2010\n"
URL = (
    "https://www.example.org/"
    + "archive/of-the-ministry/2016/09/" * 4
    + "speech-by-the-minister-of-foreign-affairs.html"
)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SEA = section("The sea", text(3))
MANY = "".join(section(f"Part {n}", text(2 + n % 4, n)) for n in range(1, 13))
HARD = {
    "title of three lines": 'title: "Norway and the long negotiation about the sea, the fish, the seabed and the routes of the north: what forty years of talks between two neighbours have brought"\n'
    + SUMMARY
    + KEY_POINTS
    + facts(8)
    + "sections:\n"
    + MANY,
    "no fact box": TITLE + SUMMARY + KEY_POINTS + "sections:\n" + MANY,
    "sixteen facts": TITLE + SUMMARY + KEY_POINTS + facts(16, "Oslo, on the fjord, under hills") + "sections:\n" + MANY,
    "no key points": TITLE + SUMMARY + facts(8) + "sections:\n" + MANY,
    "no summary": TITLE + KEY_POINTS + facts(8) + "sections:\n" + MANY,
    "no country": 'title: "The sea decides"\n' + SUMMARY + KEY_POINTS + facts(3) + "sections:\n" + SEA,
    "long section titles": TITLE
    + SUMMARY
    + "sections:\n"
    + "".join(
        section(
            f"What the talks of the nineties about the sea and the fish have brought to the coast and the capital, part {n}",
            text(2, n),
        )
        for n in range(9)
    ),
    "long words": TITLE
    + SUMMARY
    + f"key_points: |\n  - {LONG}\n  - *{LONG}:* a company.\n"
    + f"fact_box:\n  facts:\n    {LONG}: {LONG}\n    Sea: {LONG}\n"
    + "sections:\n"
    + section(
        LONG,
        LONG,
        text(2),
        f"table:\n          caption: {LONG}\n          columns: [{LONG}, {LONG}]\n          rows:\n            - [{LONG}, {LONG}]\n",
        f"people:\n          - {{name: {LONG}, role: {LONG}}}\n",
        f"timeline:\n          - 2010: {LONG}\n",
        f"sidebar: |\n          {LONG}\n",
    ),
    "many quotations": TITLE
    + SUMMARY
    + KEY_POINTS
    + facts(8)
    + "sections:\n"
    + "".join(section(f"Part {n}", text(1, n), quotation(n), text(1, n + 5)) for n in range(1, 10))
    + SOURCES,
    "fact box taller than the page": TITLE + SUMMARY + KEY_POINTS + facts(40) + "sections:\n" + SEA,
    "very short": TITLE + SUMMARY + "sections:\n" + section("The sea", "Nothing new.", quotation(1)) + SOURCES,
    "table of sixty rows": TITLE
    + SUMMARY
    + "sections:\n"
    + section("Landings", text(2), table(5, 60, wide=True), text(2, 3)),
    "table of eight columns": TITLE
    + SUMMARY
    + "sections:\n"
    + section("Landings", text(2), table(8, 9, wide=True), text(1, 4), table(8, 4), text(2, 5)),
    "figure taller than a page": TITLE
    + SUMMARY
    + KEY_POINTS
    + "sections:\n"
    + section(
        "The coast", text(2), figure("tall"), text(2, 4), figure("tall", extra="          wide: true\n"), text(3, 7)
    ),
    "deep lists": TITLE
    + SUMMARY
    + "sections:\n"
    + section(
        "Lists",
        *(
            f"{text(1, n)}\n\n- The coast needs fish, mail and people, and all of these come by sea.\n  - The north, which is far from the capital.\n    - The very north.\n      - The cape, where the road ends and the ferry has its last call before it turns.\n\n1. First of all the fish.\n2. Then the routes.\n   1. The winter route.\n   2. The summer route, which is longer and has more calls on the way than the other.\n"
            for n in range(6)
        ),
    ),
    "long captions": TITLE
    + SUMMARY
    + "sections:\n"
    + section(
        "Pictures", *(part for n in range(5) for part in (text(2, n), figure("wide", text(1, n).replace(":", ""))))
    ),
    "twenty sources and long addresses": TITLE
    + SUMMARY
    + facts(8)
    + "sections:\n"
    + section("The sea", *(f"{text(1, n)}[@source-{n}]" for n in range(20)))
    + "sources:\n"
    + "".join(
        f"  source-{n}: Ministry of Foreign Affairs, a speech about the sea, <{URL}>, 15 September 2010\n"
        for n in range(20)
    ),
    "tables, sidebars and figures": TITLE
    + SUMMARY
    + KEY_POINTS
    + facts(10)
    + "sections:\n"
    + "".join(
        section(
            f"Part {n}",
            text(1 + n % 3, n),
            table(3, 3 + n),
            f"sidebar:\n          title: What is the sea?\n          body: |\n{indent(text(1 + n % 3, n), ' ' * 12)}\n",
            text(1, n + 2),
            figure("wide"),
            "timeline:\n          - 1970: First talks\n          - 2010-09-15: Treaty signed after forty years of talks between people who had come to know each other\n",
            text(2, n),
        )
        for n in range(1, 7)
    ),
    "a long sheet and annexes": TITLE
    + SUMMARY
    + "sections:\n"
    + SEA
    + "meetings:\n  - title: Breakfast with the Minister of Foreign Affairs and the Minister of Trade, Industry and Fisheries\n    when: 2016-09-27 08:15\n    where: Ministry of Foreign Affairs, Oslo\n    theirs:\n"
    + "".join(
        f"      - {{name: Person Number {n}, role: Director of the sea, note: Spoke at the opening of the talks in Murmansk.}}\n"
        for n in range(9)
    )
    + "    points_to_make: |\n"
    + "".join(
        f"      - We value the work in the north, and we should like to see it go on for years to come: point {n}.\n"
        for n in range(9)
    )
    + "    if_raised:\n"
    + "".join(
        f"      - {{topic: Whaling in year {n}, response: Our position is known and has not changed since we last met., background: Norway resumed the hunt in 1993.}}\n"
        for n in range(9)
    )
    + "    internal_only: |\n      - Do not mention the quota.\n"
    + "annexes:\n"
    + section("Treaty", text(12))
    + section("Seating plan", "To be confirmed."),
}


def set_hard(name: str, theme: str) -> Galley:
    """The galley of one of the briefs, set in a project with three pictures."""
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        (content / "images").mkdir(parents=True)
        pictures = {"flag": FLAG, "tall": SIGN.format(400, 2400), "wide": SIGN.format(800, 420)}
        for picture, drawing in pictures.items():
            (content / "images" / f"{picture}.svg").write_text(drawing, "utf-8")
        file = content / "norway.yaml"
        file.write_text(FRONT + HARD[name], "utf-8")
        return set_galley(resolve(load_draft(file), "internal"), load_theme(theme))
