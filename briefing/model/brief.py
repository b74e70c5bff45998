"""The brief of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Part
from .fact_box import FactBox
from .fields import Bullets, Country, Day, Language, Line, PartialDate, SourceKey, Words
from .layout import Checks, Layout
from .meeting import Meeting
from .section import Section
from .source import Source
from .typed import Choices

Status = Annotated[
    Literal["draft", "final"],
    Choices(
        {
            "draft": "Work in progress: the masthead and the marking lines say so, and anything may be left open.",
            "final": "Marked, cleared, with no TODO left; else it is not made.",
        }
    ),
]


class Settings(Part):
    """What a brief and its project may both set; the brief wins."""

    series: Words | None = Field(
        None, description="The line above the title, such as the name of the series.", examples=["Country brief"]
    )
    language: Language | None = Field(
        None,
        description="The language of the brief (BCP 47): quotation marks, dates, labels, hyphenation, direction.",
        examples=["en-GB"],
    )
    status: Status | None = Field(
        None, description="How far the brief is; a draft until it says otherwise.", examples=["draft"]
    )
    marking: Words | None = Field(
        None,
        description="The classification, at the top and bottom of every page; the word none says that there is none.",
        examples=["OFFICIAL"],
    )
    handout_marking: Words | None = Field(
        None, description="The classification of the edition that leaves the house.", examples=["UNCLASSIFIED"]
    )
    prepared_by: Words | None = Field(
        None, description="The desk or the person who wrote the brief.", examples=["Central Asia Desk"]
    )
    cleared_by: Words | None = Field(
        None, description="Who cleared the brief. A final brief needs it.", examples=["Head of Department"]
    )
    contact: Words | None = Field(
        None, description="Where to ask: an address, a telephone number.", examples=["desk@example.org"]
    )
    layout: Layout = Field(
        default_factory=Layout,
        description="How the brief looks, as far as its writer decides that: theme, paper, pages.",
        examples=[{"theme": "standard"}],
    )
    checks: Checks = Field(
        default_factory=Checks,
        description="Editorial checks that stay silent.",
        examples=[{"ignore": ["stale-fact"]}],
    )


class Brief(Settings):
    """A country brief: what one content file says."""

    title: Words = Field(description="The title of the brief.", examples=["Kazakhstan: many vectors, one policy"])
    summary: Line | None = Field(
        None,
        description="One or two sentences that a minister reads in the lift; about 30 words.",
        examples=["Kazakhstan keeps four partners in balance."],
    )
    country: Country | None = Field(
        None,
        description="The country that the brief is about: its code of two capitals (ISO 3166). NO is Norway.",
        examples=["KZ"],
    )
    as_of: PartialDate | None = Field(
        None, description="The day, month or year on which the facts of the brief hold.", examples=["2016-10-01"]
    )
    issued: Day | None = Field(
        None, description="The date on the masthead. The files are dated by it too.", examples=["2016-10-05"]
    )
    version: Words | None = Field(None, description="The version of the brief, kept as you type it.", examples=[2])
    reference: Words | None = Field(None, description="The reference of the file.", examples=["CB 14/2016"])
    copy_: Words | None = Field(None, alias="copy", description="The number of the copy.", examples=["3 of 12"])
    review_by: Day | None = Field(
        None,
        description="The day by which somebody must look at the brief again. For the desk; it is not printed.",
        examples=["2017-01-01"],
    )
    translation_of: Words | None = Field(
        None,
        description="The content file that this one translates. For the desk; it is not printed.",
        examples=["kazakhstan.yaml"],
    )
    key_points: Bullets | None = Field(
        None,
        description="The main points, four to six of them: a list, one or two lines for each.",
        examples=["- Four partners, one method.\n- A seat on the Security Council in 2017."],
    )
    fact_box: FactBox | None = Field(
        None,
        description="The facts that stand beside the text of page one.",
        examples=[{"title": "At a glance", "facts": {"Capital": "Astana"}}],
    )
    sections: tuple[Section, ...] = Field(
        (),
        description="The sections of the brief: a list, each with a title and a body.",
        examples=[[{"title": "Partners", "body": "Text in *Markdown*.\n"}]],
    )
    meetings: tuple[Meeting, ...] = Field(
        (),
        description="The sheets that go into the room, each on a page of its own. Internal, unless one says all.",
        examples=[[{"title": "Call on the Minister", "when": "2016-10-12 10:30", "where": "Astana"}]],
    )
    sources: dict[SourceKey, Source] = Field(
        default_factory=dict,
        description="The sources of the brief, each under a key of your own; [@key] cites it.",
        examples=[{"blake-2010": 'Robert O. Blake, "Remarks", 20 January 2010'}],
    )
    glossary: dict[Words, Line] = Field(
        default_factory=dict,
        description="Abbreviations and what they stand for. Those that the brief uses are printed.",
        examples=[{"OSCE": "Organization for Security and Co-operation in Europe"}],
    )
    annexes: tuple[Section, ...] = Field(
        (),
        description="Annexes: like sections, but after the sources and each on a new page.",
        examples=[[{"title": "Text of the treaty", "body": "Article 1.\n"}]],
    )


class Project(Settings):
    """Defaults for all briefs of a project: ``briefing.yaml``."""

    logo: Words | None = Field(
        None,
        description="A picture for the masthead, named relative to the project. Without it the theme's own.",
        examples=["images/crest.svg"],
    )
    markings: tuple[Words, ...] = Field(
        (),
        description="All markings, from the lowest to the highest. No part may be marked higher than the whole.",
        examples=[["UNCLASSIFIED", "OFFICIAL", "SECRET"]],
    )
