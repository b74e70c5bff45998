"""A brief for the tests of the HTML and PDF writers: two pages and a meeting sheet, with the standard theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from briefing.edition import resolve
from briefing.galley import Galley
from briefing.galley.set import set_galley
from briefing.reading import load_draft
from briefing.theme.load import load_theme

FLAG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400" width="600" height="400">
<rect width="600" height="400" fill="#ba0c2f"/><path d="M0 200H600M240 0V400" stroke="#ffffff" stroke-width="90"/></svg>"""

PARAGRAPH = """The coast decides what the country lives on, and with whom it talks. Fish, oil and ferries tie it to its
neighbours, whatever their governments say of one another, and a treaty that is kept is worth more here than a speech.
Ministers come and go; the harbour master stays."""

BRIEF = """
series: Country brief
title: "Norway: the sea decides"
summary: Norway trades with the European Union from outside, and works with Russia from within the alliance.
country: NO
language: en-GB
as_of: 2016-09-01
issued: 2016-09-15
version: 3
reference: CB 15/2016
status: draft
marking: OFFICIAL-SENSITIVE
handout_marking: UNCLASSIFIED
prepared_by: Nordic Desk
contact: nordic@example.org
key_points: |
  - *Outside, yet inside:* no member of the European Union, but part of its market.[@yearbook]
  - *A border at peace:* the line through the sea was agreed in 2010.[@treaty]
fact_box:
  title: At a glance
  picture: images/flag.svg
  alt: A white cross on a red ground
  facts:
    Capital:
      value: Oslo
      source: yearbook
    Population:
      value: 5.2 million
      as_of: 2016-07
      source: yearbook
    Languages: Norwegian, [davvisámegiella]{lang=se}
    Currency: Krone (NOK)
    Head of state: Harald V
    Head of government: Erna Solberg
sections:
  - title: The sea
    id: sea
    body:
      - |
PARAGRAPHS
      - pull_quote:
          text: A treaty that is kept is worth more here than a speech
  - title: The neighbours
    id: neighbours
    body:
      - |
PARAGRAPHS
      - table:
          id: bodies
          caption: Memberships
          columns: [Body, {title: Since, unit: year, align: right}]
          rows:
            - [United Nations, 1945]
            - [Arctic Council, 1996]
          note: Founding member of both.
          source: yearbook
      - pull_quote:
          text: A line on a map is worth as much as the trust on either side of it.
          by: A. N. Example
          role: Head of the delegation
          date: 2010-09-15
          source: speech
      - |
PARAGRAPHS
      - timeline:
          - 1970: First talks
          - 2010-09-15: Treaty signed[@treaty]
      - |
        The people of the north call it [Баренцево море]{lang=ru}; see [[bodies]].
meetings:
  - title: Breakfast with the Minister
    when: 2016-09-27 08:15
    where: Oslo
    points_to_make: |
      - We value the work in the north.
    internal_only: |
      - Do not mention the quota.
sources:
  yearbook: Statistics Office, Yearbook, 2016
  treaty: Treaty on the delimitation of the sea, Murmansk, 15 September 2010
  speech: A. N. Example, speech in Murmansk, 15 September 2010, https://example.org/speech
glossary:
  EEA: European Economic Area
"""


def brief(*, paragraphs: int = 3) -> str:
    """The text of the content file, with a number of paragraphs in each of its three texts."""
    text = "\n\n".join([PARAGRAPH] * paragraphs)
    return dedent(BRIEF).replace("PARAGRAPHS", indent(text, " " * 8))


def set_brief(text: str, *, audience: str = "internal", theme: str = "standard") -> Galley:
    """The galley of a content file, set in a project with one picture."""
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        (content / "images").mkdir(parents=True)
        (content / "images" / "flag.svg").write_text(FLAG, "utf-8")
        file = content / "norway.yaml"
        file.write_text(text, "utf-8")
        return set_galley(resolve(load_draft(file), audience), load_theme(theme))


@cache
def norway(audience: str = "internal", theme: str = "standard") -> Galley:
    """The galley of the unchanged brief, set once for all tests."""
    return set_brief(brief(), audience=audience, theme=theme)
