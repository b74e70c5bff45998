"""The meeting of a brief, as a content file describes it."""

from __future__ import annotations

from pydantic import Field

from .base import Audience, Part
from .blocks import Person
from .fields import Bullets, Identifier, Line, Moment, Words


class IfRaised(Part):
    """A matter that the other side may raise, and the answer to it."""

    topic: Words = Field(description="The matter that may come up.", examples=["Visas"])
    response: Line = Field(description="What to answer.", examples=["We are looking at it in a positive spirit."])
    background: Line | None = Field(
        None,
        description="What to know before answering. For the reader alone: never in a handout.",
        examples=["Talks began in May."],
    )


class Meeting(Part):
    """The sheet that goes into the room: its own page, internal unless it says otherwise."""

    title: Words = Field(description="What the meeting is.", examples=["Call on the Minister of Foreign Affairs"])
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the sheet.", examples=["call"]
    )
    audience: Audience = Field(
        Audience.INTERNAL, description="Who may read the sheet; internal unless it says all.", examples=["internal"]
    )
    marking: Words | None = Field(None, description="The classification of this sheet alone.", examples=["OFFICIAL"])
    when: Moment | None = Field(None, description="The date, and the local time.", examples=["2016-10-12 10:30"])
    where: Words | None = Field(None, description="The place.", examples=["Astana"])
    objectives: Bullets | None = Field(
        None, description="What we want from the meeting: a list.", examples=["- Agree on a date."]
    )
    ours: tuple[Person, ...] = Field(
        (),
        description="Who is on our side: names alone, or each with name, role, since, pronounced and note.",
        examples=[["Jane Doe"]],
    )
    theirs: tuple[Person, ...] = Field(
        (),
        description="Whom we meet: names alone, or each with name, role, since, pronounced and note.",
        examples=[[{"name": "Erlan Idrissov", "role": "Minister of Foreign Affairs"}]],
    )
    points_to_make: Bullets | None = Field(
        None,
        description="What to say: a list, never more than a page.",
        examples=["- Congratulations on the election of 28 June."],
    )
    if_raised: tuple[IfRaised, ...] = Field(
        (),
        description="What they may raise, each with a topic and a response.",
        examples=[[{"topic": "Visas", "response": "We are looking at it in a positive spirit."}]],
    )
    their_objectives: Bullets | None = Field(
        None, description="What they want from the meeting: a list.", examples=["- Support in Geneva."]
    )
    internal_only: Bullets | None = Field(
        None,
        description="What must not be said or shown: a list. Never in a handout, even where the sheet is.",
        examples=["- Do not mention the loan."],
    )
