"""Two editions from one file: the contents of the handout, and the references checked in each edition."""

import pickle
from dataclasses import fields

import pytest

from briefing.assets.pictures import Picture
from briefing.diagnostics import ContentError
from briefing.edition import resolve
from briefing.reading import Draft, read

SECRETS = (
    "SECRET-SECTION", "SECRET-ANNEX", "SECRET-BLOCK", "SECRET-FACT", "SECRET-MEETING", "SECRET-LINE", "SECRET-SOURCE", "SECRET-ONLY-CITED",
    "SECRET-TERM", "secret-map.svg", "secret-key", "OFFICIAL", "only-cited",
)  # fmt: skip

BRIEF = """\
title: Kazakhstan
marking: OFFICIAL
handout_marking: UNCLASSIFIED
key_points: |
  - One method, four partners. [@open; @secret-key]
fact_box:
  picture: flag.svg
  facts:
    Capital: Astana
    Reserves:
      value: SECRET-FACT
      audience: internal
sections:
  - title: Our line
    audience: internal
    id: line
    body: |
      SECRET-SECTION, see [[partners]]. [@only-cited; @open]
  - title: Partners
    id: partners
    marking: (U)
    body:
      - |
        The OSCE is a partner, and FTAs are made with it.
      - sidebar:
          audience: internal
          id: aside
          body: SECRET-BLOCK about SECRET-TERM and ABBR.
      - figure:
          audience: internal
          image: secret-map.svg
          alt: SECRET-BLOCK
      - pull_quote: the osce is a partner
annexes:
  - title: SECRET-ANNEX
    audience: internal
    body: x
meetings:
  - title: SECRET-MEETING
    points_to_make: "- SECRET-MEETING"
  - title: Public lecture
    audience: all
    points_to_make: "- Welcome."
    internal_only: "- SECRET-LINE"
sources:
  open: The World Factbook
  secret-key:
    text: SECRET-SOURCE
    audience: internal
  only-cited: SECRET-ONLY-CITED
  uncited: Further reading
glossary:
  OSCE: Organization for Security and Co-operation in Europe
  FTA: free-trade agreement
  ABBR: SECRET-TERM spelled out
"""


def draft_of(text, project=""):
    reading = read(
        text.encode(), "brief.yaml", project=project.encode() if project else None, project_file="briefing.yaml"
    )
    assert reading.brief is not None, [d.message for d in reading.diagnostics]
    pictures = {
        name: Picture(name, b"<svg/>", "image/svg+xml", 10, 10) for name in ("flag.svg", "secret-map.svg", "crest.svg")
    }
    return Draft(
        "brief", "brief.yaml", reading.brief, reading.project, pictures, reading.source_map, reading.diagnostics
    )


def refused(text, audience="internal"):
    with pytest.raises(ContentError) as refusal:
        resolve(draft_of(text), audience)
    return [(d.code, d.span.line if d.span else 0) for d in refusal.value.diagnostics]


def everything_in(edition):
    """All bytes of an edition, in a form that escapes nothing."""
    return "\n".join(repr(getattr(edition, field.name)) for field in fields(edition))


def test_the_internal_edition_holds_everything():
    draft = draft_of(BRIEF)
    edition = resolve(draft, "internal")
    assert edition.brief == draft.brief
    assert (edition.marking, edition.language, edition.theme, edition.paper) == ("OFFICIAL", "en-GB", "standard", "A4")
    for secret in SECRETS:
        assert secret in everything_in(edition)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_internal_word_is_left_in_the_handout(secret):
    edition = resolve(draft_of(BRIEF, "marking: OFFICIAL\nmarkings: [(U), UNCLASSIFIED, OFFICIAL]\n"), "handout")
    assert secret not in everything_in(edition)


def test_the_handout_keeps_only_the_parts_for_all():
    edition = resolve(draft_of(BRIEF), "handout")
    brief = edition.brief
    assert edition.marking == "UNCLASSIFIED" == brief.marking
    assert [section.title for section in brief.sections] == ["Partners"]
    assert brief.sections[0].marking == "(U)"
    assert [block.kind for block in brief.sections[0].body] == ["paragraphs", "pull_quote"]
    assert [meeting.title for meeting in brief.meetings] == ["Public lecture"]
    assert list(brief.sources) == ["open", "uncited"]
    assert list(brief.glossary) == ["OSCE", "FTA"]
    assert list(brief.fact_box.facts) == ["Capital"]
    assert list(edition.pictures) == ["flag.svg"]
    assert brief.key_points == "- One method, four partners. [@open]\n"


def test_the_source_map_of_a_handout_matches_its_remaining_parts():
    source_map = resolve(draft_of(BRIEF), "handout").source_map
    assert source_map.source(("sections", 0, "title")) == "Partners"
    assert source_map.span(("sections", 0, "title")).line == 19
    assert source_map.source(("sections", 0, "body", 1, "text")) == "the osce is a partner"


@pytest.mark.parametrize("audience", ["internal", "handout"])
def test_an_edition_can_be_pickled(audience):
    edition = resolve(draft_of(BRIEF), audience)
    assert pickle.loads(pickle.dumps(edition)) == edition


def test_the_handout_of_a_marked_brief_requires_a_handout_marking():
    assert refused("title: T\nmarking: OFFICIAL\nkey_points: x\n", "handout") == [("handout-marking", 2)]


@pytest.mark.parametrize(
    ("markings", "internal", "handout"),
    [
        ("", "", ""),
        ("marking: none\n", "", ""),
        ("marking: OFFICIAL\nhandout_marking: none\n", "OFFICIAL", ""),
        ("handout_marking: UNCLASSIFIED\n", "", "UNCLASSIFIED"),
        ("marking: none\nhandout_marking: UNCLASSIFIED\n", "", "UNCLASSIFIED"),
    ],
)
def test_each_edition_has_its_own_marking(markings, internal, handout):
    draft = draft_of(f"title: T\nkey_points: x\n{markings}")
    assert (resolve(draft, "internal").marking, resolve(draft, "handout").marking) == (internal, handout)


def test_a_reference_to_an_internal_part_is_an_error_only_in_the_handout():
    text = (
        "title: T\nsections:\n  - title: A\n    body: |\n      Text, see\n      [[b]] and [there](#b).\n"
        "  - title: B\n    id: b\n    audience: internal\n    body: Text.\n"
    )
    resolve(draft_of(text), "internal")
    with pytest.raises(ContentError) as refusal:
        resolve(draft_of(text), "handout")
    (found,) = refusal.value.diagnostics
    assert (found.code, found.span.line, found.span.column) == ("handout-reference", 6, 7)
    assert "internal" in found.message


EXTRACT = "title: T\nsections:\n  - title: A\n    body:\n      - |\n        {text}\n      - pull_quote: {extract}\n  - title: B\n    audience: internal\n    body: Only here.\n"


@pytest.mark.parametrize(
    ("text", "extract"),
    [
        ("It is *one* method for all.", "one method for all"),
        ("It is one\n        method for all.", "It is one method"),
        ("They call it “one method”.", "'They call it \"one method\".'"),
        ("Among all, a country of size stands.", "A country of size"),
        ("It is one method.[@x] And more.", "It is one method. And more."),
        ("The [Мәжіліс]{lang=kk} sat.", "The Мәжіліс sat"),
    ],
)
def test_an_extract_that_occurs_in_the_text_is_accepted(text, extract):
    brief = EXTRACT.format(text=text, extract=extract) + "sources:\n  x: X\n"
    resolve(draft_of(brief), "internal")


@pytest.mark.parametrize("extract", ["It was one method", "one method, all", "Title A", "one two three"])
def test_an_extract_that_does_not_occur_in_the_text_is_refused(extract):
    assert refused(EXTRACT.format(text="It is one method.\n\n        one two\n\n        three", extract=extract)) == [
        (
            "extract-not-in-text",
            EXTRACT.format(text="It is one method.\n\n        one two\n\n        three", extract="")
            .split("pull_quote")[0]
            .count("\n")
            + 1,
        )
    ]


def test_an_extract_that_occurs_only_in_extracts_is_refused():
    twice = (
        "title: T\nsections:\n  - title: A\n    body:\n      - pull_quote: same words\n      - pull_quote: same words\n"
    )
    assert [code for code, _ in refused(twice)] == ["extract-not-in-text"] * 2


def test_an_extract_from_internal_text_is_an_error_only_in_the_handout():
    brief = EXTRACT.format(text="Text.", extract="Only here")
    resolve(draft_of(brief), "internal")
    with pytest.raises(ContentError) as refusal:
        resolve(draft_of(brief), "handout")
    assert "internal" in refusal.value.diagnostics[0].message


def test_a_quotation_need_not_occur_in_the_text():
    resolve(
        draft_of(
            "title: T\nsections:\n  - title: A\n    body:\n      - pull_quote:\n          text: said elsewhere\n          by: R. Blake\n"
        ),
        "internal",
    )


def test_the_handout_of_an_entirely_internal_brief_is_refused():
    text = "title: T\nsections:\n  - title: A\n    audience: internal\n    body: x\n"
    assert refused(text, "handout") == [("nothing-to-set", 0)]


def test_a_source_cited_only_by_a_dropped_abbreviation_is_dropped():
    text = """\
title: Norway
sections:
  - title: Sea
    body: Fish and oil.
  - title: Our line
    audience: internal
    body: We call it NLB.
glossary:
  NLB: The northern light brief [@light]
sources:
  light: A SECRET paper on NLB
"""
    assert "SECRET" in everything_in(resolve(draft_of(text), "internal"))
    handout = resolve(draft_of(text), "handout").brief
    assert (dict(handout.glossary), dict(handout.sources)) == ({}, {})


@pytest.mark.parametrize(
    ("words", "stays"),
    [("The EU decides.", True), ("Two EUs.", True), ("A price in EUR.", False), ("All of EUrope.", False)],
)
def test_an_abbreviation_does_not_match_the_start_of_another_word(words, stays):
    text = f"title: T\nsections:\n  - title: S\n    body: {words}\nglossary:\n  EU: European Union\n"
    assert bool(resolve(draft_of(text), "handout").brief.glossary) is stays


def test_the_background_of_an_if_raised_entry_is_not_in_the_handout():
    text = """\
title: Norway
key_points: "- Fish."
meetings:
  - title: Lecture
    audience: all
    if_raised:
      - topic: Visas
        response: In a positive spirit.
        background: SECRET talks began in May.
"""
    assert "SECRET" in everything_in(resolve(draft_of(text), "internal"))
    handout = everything_in(resolve(draft_of(text), "handout"))
    assert "SECRET" not in handout
    assert "In a positive spirit." in handout


ORDER = "markings:\n  - PUBLIC\n  - OFFICIAL\n  - SECRET\n"


def marked_part(whole, part):
    return f"{whole}title: T\nsections:\n  - title: S\n    marking: {part}\n    body: Text.\n"


@pytest.mark.parametrize(
    ("whole", "part", "internal", "handout"),
    [
        ("marking: SECRET\nhandout_marking: PUBLIC\n", "OFFICIAL", [], ["marking-too-high"]),
        ("marking: OFFICIAL\nhandout_marking: OFFICIAL\n", "secret", ["marking-too-high"], ["marking-too-high"]),
        ("marking: OFFICIAL\nhandout_marking: OFFICIAL\n", "PUBLIC", [], []),
        ("marking: OFFICIAL\nhandout_marking: none\n", "PUBLIC", [], []),
        ("", "SECRET", ["marking-too-high"], ["marking-too-high"]),
    ],
)
def test_a_part_marked_higher_than_the_brief_is_refused(whole, part, internal, handout):
    draft = draft_of(marked_part(whole, part), ORDER)
    for audience, wanted in (("internal", internal), ("handout", handout)):
        try:
            resolve(draft, audience)
            found = []
        except ContentError as error:
            found = error.diagnostics
        assert [d.code for d in found] == wanted, audience
        for diagnostic in found:
            assert part in diagnostic.excerpt
            assert diagnostic.help


def test_a_reference_without_text_requires_a_target_with_a_title():
    text = """\
title: T
sections:
  - title: S
    body:
      - See [[dates]], and [the dates](#dates).
      - timeline:
          id: dates
          entries:
            - 2010: Talks
"""
    assert refused(text) == [("reference-without-name", 5)]
    resolve(draft_of(text.replace("See [[dates]], and", "See")), "internal")
    resolve(draft_of(text.replace("          entries", "          title: Dates\n          entries")), "internal")
