"""The brief of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Part
from .fact_box import FactBox
from .fields import Bullets, Country, Day, Language, Line, PartialDate, SourceKey, Words
from .layout import Checks, Layout
from .meeting import Meeting
from .section import Section
from .source import Source


class Settings(Part):
    """What a brief and its project may both set; the brief wins."""

    series: Words | None = Field(None, description="The line above the title.", examples=["Country brief"])
    language: Language | None = Field(
        None, description="BCP 47: quotes, dates, labels, hyphenation, direction.", examples=["en-GB"]
    )
    status: Literal["draft", "final"] | None = Field(
        None, description="draft (by default) or final: marked, cleared, no TODO left.", examples=["draft"]
    )
    marking: Words | None = Field(
        None,
        description="The classification, top and bottom of every page; none says that there is none.",
        examples=["OFFICIAL"],
    )
    handout_marking: Words | None = Field(
        None, description="The classification of the edition that leaves the house.", examples=["UNCLASSIFIED"]
    )
    prepared_by: Words | None = Field(
        None, description="The desk or person who wrote it.", examples=["Central Asia Desk"]
    )
    cleared_by: Words | None = Field(None, description="Who cleared it.", examples=["Head of Department"])
    contact: Words | None = Field(None, description="Where to ask.", examples=["desk@example.org"])
    layout: Layout = Field(
        default_factory=Layout, description="Theme, paper, page budget.", examples=[{"theme": "standard"}]
    )
    checks: Checks = Field(
        default_factory=Checks, description="Editorial checks to silence.", examples=[{"ignore": ["stale-fact"]}]
    )


class Brief(Settings):
    """A country brief: what one content file says."""

    title: Words = Field(description="The title of the brief.", examples=["Kazakhstan: many vectors, one policy"])
    summary: Line | None = Field(
        None,
        description="One or two sentences that a minister reads in the lift.",
        examples=["Kazakhstan keeps four partners in balance."],
    )
    country: Country | None = Field(None, description="ISO 3166 code of the country; NO is Norway.", examples=["KZ"])
    as_of: PartialDate | None = Field(None, description="The facts hold on this day.", examples=["2016-10-01"])
    issued: Day | None = Field(None, description="The date of the brief.", examples=["2016-10-05"])
    version: Words | None = Field(None, description="The version.", examples=[2])
    reference: Words | None = Field(None, description="The file reference.", examples=["CB 14/2016"])
    copy_: Words | None = Field(None, alias="copy", description="The copy number.", examples=["3 of 12"])
    review_by: Day | None = Field(
        None, description="The day by which the brief must be looked at again.", examples=["2017-01-01"]
    )
    translation_of: Words | None = Field(
        None, description="The content file that this one translates.", examples=["kazakhstan.yaml"]
    )
    key_points: Bullets | None = Field(
        None, description="Four to six main points: a Markdown list.", examples=["- Four partners, one method."]
    )
    fact_box: FactBox | None = Field(
        None, description="The facts beside the text of page one.", examples=[{"facts": {"Capital": "Astana"}}]
    )
    sections: tuple[Section, ...] = Field(
        (), description="The sections.", examples=[[{"title": "Partners", "body": "Text."}]]
    )
    meetings: tuple[Meeting, ...] = Field(
        (),
        description="Meeting sheets, each on its own page; internal.",
        examples=[[{"title": "Call on the Minister"}]],
    )
    sources: dict[SourceKey, Source] = Field(
        default_factory=dict,
        description="The sources, by the key that [@key] cites.",
        examples=[{"blake-2010": 'Robert O. Blake, "Remarks", 20 January 2010'}],
    )
    glossary: dict[Words, Line] = Field(
        default_factory=dict,
        description="Abbreviations and what they stand for.",
        examples=[{"OSCE": "Organization for Security and Co-operation in Europe"}],
    )
    annexes: tuple[Section, ...] = Field(
        (),
        description="Like sections, after the sources, each on a new page.",
        examples=[[{"title": "Treaty text", "body": "Text."}]],
    )


class Project(Settings):
    """Defaults for all briefs of a project: ``briefing.yaml``."""

    logo: Words | None = Field(
        None, description="A picture for the masthead, relative to the project.", examples=["images/crest.svg"]
    )
    markings: tuple[Words, ...] = Field(
        (), description="The markings from lowest to highest.", examples=[["UNCLASSIFIED", "OFFICIAL", "SECRET"]]
    )
