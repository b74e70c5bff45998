"""The brief, and the settings that it shares with its project."""

from typing import Annotated, Literal

from .base import Issue, Model, field
from .blocks.map import Map
from .country_map import CountryPictures, MapDefaults
from .fact_box import FactBox
from .fields import Country, Day, InlineMarkdown, Language, MarkdownList, PartialDate, PlainText, SourceKey
from .key_figure import KeyFigure
from .layout import Checks, Layout
from .meeting import Meeting
from .section import Section
from .source import Source
from .values import ChoiceValue

Status = Annotated[
    Literal["draft", "final"],
    ChoiceValue(
        {
            "draft": "Work in progress: the masthead and the marking lines say so, and anything may be left open.",
            "final": "Marked, cleared, with no TODO left; else it is not made.",
        }
    ),
]


class Settings(Model):
    """The fields that a brief and its project may set; those of the brief take precedence."""

    series: PlainText | None = field(
        "The line above the title, such as the name of the series.", examples=["Country brief"], default=None
    )
    language: Language | None = field(
        "The language of the brief (BCP 47): quotation marks, dates, labels, hyphenation, direction.",
        examples=["en-GB"],
        default=None,
    )
    status: Status | None = field(
        "Whether the brief is a draft or final; a draft by default.", examples=["draft"], default=None
    )
    marking: PlainText | None = field(
        "The classification, at the top and bottom of every page; the word none says that there is none.",
        examples=["OFFICIAL"],
        default=None,
    )
    handout_marking: PlainText | None = field(
        "The classification of the handout.", examples=["UNCLASSIFIED"], default=None
    )
    prepared_by: PlainText | None = field(
        "The desk or the person who wrote the brief.", examples=["Central Asia Desk"], default=None
    )
    cleared_by: PlainText | None = field(
        "Who cleared the brief. A final brief needs it.", examples=["Head of Department"], default=None
    )
    contact: PlainText | None = field(
        "Where to ask: an address, a telephone number.", examples=["desk@example.org"], default=None
    )
    country_pictures: CountryPictures | None = field(
        "What the program draws from the code of the country; nothing without it.",
        examples=["flag and map"],
        default=None,
    )
    layout: Layout = field(
        "The layout of the brief: theme, paper, pages.",
        examples=[{"theme": "standard"}],
        default=Layout(),
    )
    checks: Checks = field("Editorial checks to silence.", examples=[{"ignore": ["stale-fact"]}], default=Checks())


class Brief(Settings):
    """A country brief: what one content file says."""

    title: PlainText = field(
        "The title of the brief. If it begins with the country and a colon, that part stands in the masthead.",
        examples=["Kazakhstan: many vectors, one policy"],
    )
    short_title: PlainText | None = field(
        "A shorter title for the headers of the pages after the first.", examples=["Kazakhstan"], default=None
    )
    summary: InlineMarkdown | None = field(
        "One or two sentences that a minister can read in a few seconds; about 30 words.",
        examples=["Kazakhstan keeps four partners in balance."],
        default=None,
    )
    country: Country | None = field(
        "The country that the brief is about: its code of two capitals (ISO 3166). NO is Norway.",
        examples=["KZ"],
        default=None,
    )
    as_of: PartialDate | None = field(
        "The day, month or year on which the facts of the brief hold.", examples=["2016-10-01"], default=None
    )
    issued: Day | None = field(
        "The date on the masthead. It is also the date of the files.", examples=["2016-10-05"], default=None
    )
    version: PlainText | None = field("The version of the brief, kept as you type it.", examples=[2], default=None)
    reference: PlainText | None = field("The reference of the file.", examples=["CB 14/2016"], default=None)
    copy_: PlainText | None = field("The number of the copy.", examples=["3 of 12"], default=None, key="copy")
    review_by: Day | None = field(
        "The day by which somebody must look at the brief again. For the desk; it is not printed.",
        examples=["2017-01-01"],
        default=None,
    )
    translation_of: PlainText | None = field(
        "The content file that this one translates. For the desk; it is not printed.",
        examples=["kazakhstan.yaml"],
        default=None,
    )
    key_figures: dict[PlainText, KeyFigure] = field(
        "Four to six numbers in a strip under the summary, a label and a value each.",
        examples=[{"Population": {"value": 5.6, "unit": "million", "as_of": "2025-07"}}],
        default={},
    )
    key_points: MarkdownList | None = field(
        "The main points, four to six of them: a list, one or two lines for each.",
        examples=["- Four partners, one method.\n- A seat on the Security Council in 2017."],
        default=None,
    )
    fact_box: FactBox | None = field(
        "The facts beside the text of page one.",
        examples=[{"title": "At a glance", "facts": {"Capital": "Astana"}}],
        default=None,
    )
    sections: tuple[Section, ...] = field(
        "The sections of the brief: a list, each with a title and a body.",
        examples=[[{"title": "Partners", "body": "Text in *Markdown*.\n"}]],
        default=(),
    )
    meetings: tuple[Meeting, ...] = field(
        "The meeting sheets, each on its own page. Internal, unless audience is all.",
        examples=[[{"title": "Call on the Minister", "when": "2016-10-12 10:30", "where": "Astana"}]],
        default=(),
    )
    sources: dict[SourceKey, Source] = field(
        "The sources of the brief, each under a key of your own; [@key] cites it.",
        examples=[{"blake-2010": 'Robert O. Blake, "Remarks", 20 January 2010'}],
        default={},
    )
    glossary: dict[PlainText, InlineMarkdown] = field(
        "Abbreviations and what they stand for. Those that the brief uses are printed.",
        examples=[{"OSCE": "Organization for Security and Co-operation in Europe"}],
        default={},
    )
    annexes: tuple[Section, ...] = field(
        "Annexes: like sections, but after the sources and each on a new page.",
        examples=[[{"title": "Text of the treaty", "body": "Article 1.\n"}]],
        default=(),
    )

    @property
    def flag_file(self) -> str:
        """The name of the country's flag if the program supplies it: flags/NO.svg; empty if it does not."""
        named = self.fact_box is not None and self.fact_box.picture is not None
        wanted = self.country is not None and self.country_pictures in {"flag", "flag and map"} and not named
        return f"flags/{self.country}.svg" if wanted else ""

    def issues(self) -> tuple[Issue, ...]:
        """Maps that the program would draw, if it knew of which country."""
        if self.country is not None:
            return ()
        box = self.fact_box.map if self.fact_box is not None else None
        paths: list[tuple[str | int, ...]] = [("fact_box", "map")] if box is not None and box.file is None else []
        for name in ("sections", "annexes"):
            for index, section in enumerate(getattr(self, name)):
                body = (name, index, "body")
                paths += [
                    (*body, n, "map") for n, part in enumerate(section.body) if isinstance(part, Map) and not part.of
                ]
        message, advice = "nothing says which country this map shows", "add country: with its code, as in country: NO"
        return tuple(Issue(path, "map-country", message, advice) for path in paths)


class Project(Settings):
    """Defaults for all briefs of a project: ``briefing.yaml``."""

    logo: PlainText | None = field(
        "A picture for the masthead, named relative to the project. Without it the theme's own.",
        examples=["images/crest.svg"],
        default=None,
    )
    markings: tuple[PlainText, ...] = field(
        "All markings, from the lowest to the highest. No part may be marked higher than the whole.",
        examples=[["UNCLASSIFIED", "OFFICIAL", "SECRET"]],
        default=(),
    )
    maps: MapDefaults = field(
        "What your organisation decides about maps that the program draws.",
        examples=[{"names": {"CD": "DR Congo"}}],
        default=MapDefaults(),
    )
