"""A meeting sheet, and the topics that the other side may raise."""

from .audience import Visibility
from .base import Model, field
from .blocks import Person
from .fields import Identifier, InlineMarkdown, MarkdownList, Moment, PlainText


class IfRaised(Model):
    """A topic that the other side may raise, and the answer to it."""

    topic: PlainText = field("The topic that they may raise.", examples=["Visas"])
    response: InlineMarkdown = field("What to answer.", examples=["We are looking at it in a positive spirit."])
    background: InlineMarkdown | None = field(
        "What to know before answering. Only for the reader: never in a handout.",
        examples=["Talks began in May."],
        default=None,
    )


class Meeting(Model):
    """A meeting sheet: on its own page, internal unless audience is all."""

    title: PlainText = field("What the meeting is.", examples=["Call on the Minister of Foreign Affairs"])
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the sheet.", examples=["call"], default=None
    )
    audience: Visibility = field(
        "Who may read the sheet; internal by default.", examples=["internal"], default=Visibility.INTERNAL
    )
    marking: PlainText | None = field("The classification of this sheet alone.", examples=["OFFICIAL"], default=None)
    when: Moment | None = field("The date, and the local time.", examples=["2016-10-12 10:30"], default=None)
    where: PlainText | None = field("The place.", examples=["Astana"], default=None)
    objectives: MarkdownList | None = field(
        "What we want from the meeting: a list.", examples=["- Agree on a date."], default=None
    )
    ours: tuple[Person, ...] = field(
        "Who is on our side: only names, or each with name, role, since, pronounced and note.",
        examples=[["Jane Doe"]],
        default=(),
    )
    theirs: tuple[Person, ...] = field(
        "Whom we meet: only names, or each with name, role, since, pronounced and note.",
        examples=[[{"name": "Erlan Idrissov", "role": "Minister of Foreign Affairs"}]],
        default=(),
    )
    points_to_make: MarkdownList | None = field(
        "What to say: a list, never more than a page.",
        examples=["- Congratulations on the election of 28 June."],
        default=None,
    )
    if_raised: tuple[IfRaised, ...] = field(
        "What they may raise, each with a topic and a response.",
        examples=[[{"topic": "Visas", "response": "We are looking at it in a positive spirit."}]],
        default=(),
    )
    their_objectives: MarkdownList | None = field(
        "What they want from the meeting: a list.", examples=["- Support in Geneva."], default=None
    )
    internal_only: MarkdownList | None = field(
        "What nobody must say or show: a list. Never in a handout, even if the sheet is.",
        examples=["- Do not mention the loan."],
        default=None,
    )
