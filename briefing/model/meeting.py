"""The meeting of a brief, as a content file describes it."""

from __future__ import annotations

from pydantic import Field

from .base import Audience, Part
from .blocks import Person
from .fields import Bullets, Identifier, Line, Moment, Words


class IfRaised(Part):
    """A matter that the other side may raise, and the answer to it."""

    topic: Words = Field(description="The matter.", examples=["Visas"])
    response: Line = Field(description="What to answer.", examples=["We are looking at it in a positive spirit."])
    background: Line | None = Field(
        None, description="What to know before answering.", examples=["Talks began in May."]
    )


class Meeting(Part):
    """The sheet that goes into the room: its own page, internal unless it says otherwise."""

    title: Words = Field(description="What the meeting is.", examples=["Call on the Minister of Foreign Affairs"])
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["call"])
    audience: Audience = Field(
        Audience.INTERNAL, description="all puts the sheet into the handout too.", examples=["internal"]
    )
    marking: Words | None = Field(None, description="A portion mark for this sheet alone.", examples=["OFFICIAL"])
    when: Moment | None = Field(None, description="Date and time, local.", examples=["2016-10-12 10:30"])
    where: Words | None = Field(None, description="The place.", examples=["Astana"])
    objectives: Bullets | None = Field(
        None, description="What we want from the meeting: a Markdown list.", examples=["- Agree on a date."]
    )
    ours: tuple[Person, ...] = Field(
        (), description="Who comes with us: names, or mappings with name, role.", examples=[["Jane Doe"]]
    )
    theirs: tuple[Person, ...] = Field(
        (), description="Whom we meet.", examples=[[{"name": "Erlan Idrissov", "role": "Minister"}]]
    )
    points_to_make: Bullets | None = Field(
        None, description="What to say: a Markdown list.", examples=["- We welcome the election."]
    )
    if_raised: tuple[IfRaised, ...] = Field(
        (), description="What they may raise, with an answer.", examples=[[{"topic": "Visas", "response": "…"}]]
    )
    their_objectives: Bullets | None = Field(
        None, description="What they want: a Markdown list.", examples=["- Support in Geneva."]
    )
    internal_only: Bullets | None = Field(
        None, description="What must not be said or shown; never in a handout.", examples=["- Do not mention the loan."]
    )
