"""Random briefs with every block, every field and every kind of text.

They are made from the annotations of the model, so that a new block or field is part of them at once. A new type of
field needs an entry in ``VALUES``, and a part whose fields depend on each other needs one in ``PARTS``. Hypothesis draws
one number for each brief: it limits how much a test may draw, and would make small briefs only.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml
from hypothesis import strategies as st

from briefing.model import Brief, Model
from briefing.model.audience import Visibility
from briefing.model.blocks import BLOCKS, Chart, PullQuote, Table
from briefing.model.fields import (
    Address,
    Country,
    Day,
    Identifier,
    InlineMarkdown,
    Markdown,
    MarkdownList,
    Moment,
    PartialDate,
    Period,
    PlainText,
    Position,
    SourceKey,
)
from briefing.model.numbers import Number
from briefing.model.values import ChoiceValue
from tests.support.every_field import MAP
from tests.support.other_scripts import NAMES, said

#: A sentence of every brief, which extracts repeat.
EXTRACT = "The coast decides what the country lives on."
KEYS = ("first", "second", "third", "fourth")
#: The id of each part that has one, and each reference, until they get their names.
ANY = "any"
WORDS = [
    "talks", "Astana", "oil", "Österreich", "Αθήνα", "переговоры", "Қазақстан", "naïve", "EEA", "12 %", "5.5", "1,000", "2010–2015",
    "“so”", "co-operation", "and/or", "€5", "–", "1.", "3. Oktober", "Donaudampfschifffahrtselektrizitätengesellschaft", "a_b", "AT&T", "<b>",
]  # fmt: skip
MARKUP = [
    "*fish*", "**roads**", "***both***", "`code`", "H~2~O", "km^2^", "[the *speech*](https://www.example.org/speech?a=1&b=2)",
    "https://www.example.org/page", "\\*", "**H~2~O**", "*[Мәжіліс]{lang=kk}*", "−5", "R&D", "soft\u00adhyphen", "no\u00a0break",
    "*東京*", "[الاتحاد (EU) 2010]{lang=ar}", "(القاهرة)", "**שלום**", "10\u202f000", "x\u0301", "\U0001f47e", "1\\. May", "[Oslo](https://www.example.org/)",
]  # fmt: skip
NOTES = [
    "[@first]", "[@second]", "[@third; @first]", "[@second, @fourth]", "fish.[@first]", "km^2^[@third]", "**roads[@second]**, oil[@fourth],",
    "[Мәжіліс[@first]]{lang=kk}", "[القاهرة[@third]]{lang=ar}", "“so”[@second; @third][@first].", "[@first]ships",
]  # fmt: skip
REFERENCE = f"[[{ANY}]]"
REFERENCES = [REFERENCE, REFERENCE, f"*{REFERENCE}*", f"({REFERENCE})", f"{REFERENCE}[@second]"]
#: Words of a brief in one of these languages; its labels are in that language too.
LANGUAGES = {
    "en-GB": ["harbour", "fisheries"], "de": ["Ausschuß", "Wirtschaftsbeziehungen", "17. Mai 1814"], "fr": ["l’État", "«\u00a0oui\u00a0»"],
    "ru": ["соглашение", "сельскохозяйственный"], "ar": ["المفاوضات", "الاتحاد (EU)", "عام 2010"], "he": ["ירושלים", "שיחות (EU)"],
    "ja": ["東京の会議", "交渉"], "tr": ["İstanbul", "ılık"], "kk": ["келіссөздер"],
}  # fmt: skip
RIGHT_TO_LEFT = {"ar", "he"}
DATES = ["2010", "2010-09", "2010-09-15"]
#: Fields that a random brief leaves out, each with the reason.
LEFT_OUT = {
    "Brief.translation_of": "names another file, and is not printed",
    "Settings.checks": "silences warnings, which are not compared",
    "Settings.status": "a final brief cannot be made with parts left open",
    "Layout.pages": "a random brief rarely fits into a page budget",
    "MapContent.data": "a file, which has tests of its own",
    "Chart.csv": "a file, which has tests of its own",
    "Table.csv": "a file, which has tests of its own",
    **{f"{part}.{key}": "a part of such a file" for part in ("Chart", "Table") for key in ("sheet", "range")},
}
#: Fields with one of a few values.
CHOICES = {
    "Layout.theme": ["standard", "chancery"],
    "FactBox.map": ["map.svg", {"show": "region"}, "none"],
    "FactBox.picture": ["map.svg"],
    "Figure.image": ["map.svg"],
    **{f"{part}.marking": ["OFFICIAL", "UNCLASSIFIED"] for part in ("BlockPart", "Section", "Meeting")},
}


@dataclass(frozen=True)
class RandomBrief:
    """The content of a brief, and the options of its build."""

    content: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def rtl(self) -> bool:
        """Whether the brief is in a language that is written from right to left."""
        return self.content["language"] in RIGHT_TO_LEFT

    def write(self, project: Path) -> Path:
        """Write the content file, its picture and the project's file; returns the content file."""
        (project / "content").mkdir()
        (project / "briefing.yaml").write_text("markings: [UNCLASSIFIED, OFFICIAL, SECRET]\n", "utf-8")
        (project / "content/map.svg").write_text(MAP, "utf-8")
        file = project / "content/brief.yaml"
        file.write_text(yaml.safe_dump(self.content, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")
        return file


def briefs() -> st.SearchStrategy[RandomBrief]:
    """Random briefs."""
    return st.integers(0, 2**64).map(lambda number: random_brief(Random(number)))


def random_brief(random: Random) -> RandomBrief:
    """A brief whose references name parts that it has; a handout has no internal part."""
    texts = Texts(random, random.choice(list(LANGUAGES)))
    handout = random.random() < 0.2
    content = texts.part(Brief, "language", "sources", "glossary") | {
        "language": texts.language,
        "country": texts.choice(["NO", "KZ"]),
        "marking": "SECRET",
        "handout_marking": "SECRET",
        "sources": {key: texts.source() for key in KEYS},
        "glossary": {"EEA": texts.sentence(WORDS)},
    }
    content["sections"] = [{"title": "Coast", "id": ANY, "body": [EXTRACT]}, *content.get("sections", ())]
    options: dict[str, Any] = {"edition": "handout"} if handout else {}
    options |= random.choice([{}, {}, {}, {"large_print": True}, {"for_notes": True}])
    if content.get("meetings"):
        options |= random.choice([{}, {}, {}, {"only": "meetings"}])
    for meeting in content.get("meetings", ()):
        meeting.setdefault("audience", "internal")
    names: list[str] = []
    content = _named(content, names, open_to_all=handout)
    return RandomBrief(_tied(content, names, count()), options)


def _named(part: Any, names: list[str], *, open_to_all: bool) -> Any:
    """The part with an id of its own in each place that has one; ``names`` gets those with a title or caption."""
    if isinstance(part, list):
        return [_named(item, names, open_to_all=open_to_all) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _named(value, names, open_to_all=open_to_all) for key, value in part.items()}
    if part.get("id") == ANY and not part.keys() & {"title", "caption"}:
        del part["id"]  # a reference to it would have no words
    elif part.get("id") == ANY:
        names.append(f"part-{len(names) + 1}")
        part["id"] = names[-1]
    return {**part, "audience": "all"} if open_to_all and "audience" in part else part


def _tied(part: Any, names: list[str], turn: Iterator[int]) -> Any:
    """The part with the next of the names in each reference."""
    if isinstance(part, list):
        return [_tied(item, names, turn) for item in part]
    if isinstance(part, dict):
        return {key: _tied(value, names, turn) for key, value in part.items()}
    while isinstance(part, str) and REFERENCE in part:
        part = part.replace(REFERENCE, f"[[{names[next(turn) % len(names)]}]]", 1)
    return part


@dataclass(frozen=True)
class Texts:
    """Makes the values of fields, with words of a language and of all others."""

    random: Random
    language: str

    def part(self, part: type[Model], *without: str) -> dict[str, Any]:
        """A part with its required fields and most of the others."""
        made = {}
        for name, own in part.fields.items():
            owner = next(c for c in reversed(part.__mro__) if name in getattr(c, "__annotations__", {}))
            where = f"{owner.__name__}.{own.key}"
            is_kind = typing.get_origin(own.annotation) is Literal
            if name in without or where in LEFT_OUT or is_kind or not (own.required or self.random.random() < 0.5):
                continue
            made[own.key] = self.value(own.annotation, where)
        return made

    def value(self, annotation: Any, where: str) -> Any:
        """A value for a field by its annotation. Raises KeyError for a type that has no entry in ``VALUES``."""
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if where in CHOICES:
            return self.random.choice(CHOICES[where])
        if origin is typing.Annotated:
            choice = next((data for data in arguments[1:] if isinstance(data, ChoiceValue)), None)
            return self.value(arguments[0], where) if choice is None else self.random.choice(list(choice.meanings))
        if origin in {typing.Union, types.UnionType}:
            inner = [argument for argument in arguments if argument is not type(None)]
            return self.value(inner[0], where) if len(inner) == 1 else self.block()
        if origin is tuple:
            return [self.value(arguments[0], where) for _ in range(self.random.randint(1, 3))]
        if origin is dict:
            return {
                self.value(arguments[0], where): self.value(arguments[1], where)
                for _ in range(self.random.randint(1, 4))
            }
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return PARTS[annotation](self) if annotation in PARTS else self.part(annotation)
        return VALUES[annotation](self)

    def choice(self, values: list[Any]) -> Any:
        """One of these values."""
        return self.random.choice(values)

    def block(self) -> Any:
        """A block of any kind, or running text."""
        key = self.random.choice(["", "", *BLOCKS])
        return {key: self.value(BLOCKS[key], key)} if key else self.prose()

    def sentence(self, *kinds: list[str]) -> str:
        """A line of words of these kinds."""
        words = self.random.choices([word for kind in kinds for word in kind], k=self.random.randint(1, 7))
        return f"The {' '.join(words)} end."

    def plain(self) -> str:
        """A line without markup."""
        return self.sentence(WORDS, LANGUAGES[self.language] * 4, list(NAMES.values()))

    def line(self) -> str:
        """A line with markup, names in every script, notes and references."""
        scripts = [said(language) for language in NAMES]
        return self.sentence(WORDS * 2, LANGUAGES[self.language] * 8, scripts, MARKUP * 2, NOTES, REFERENCES)

    def source(self) -> str:
        """The text of a source, which has no notes and references."""
        return self.sentence(WORDS, MARKUP, [said("ar"), said("ja")])

    def list_of_items(self, depth: int = 4) -> str:
        """A list, nested at most four deep; its numbers begin anywhere, and an item may have a second paragraph."""
        numbered, start = self.random.random() < 0.5, self.random.choice([0, 1, 1, 3, 9, 31])
        lines = []
        for index in range(self.random.randint(2, 3)):
            mark = f"{start + index}. " if numbered else "- "
            lines.append(mark + self.line())
            more = self.random.choices(["", "paragraph", "list", "list paragraph", "paragraph list"], [12, 2, 4, 1, 1])[
                0
            ].split()
            for kind in more if depth > 1 else ():
                inner = self.list_of_items(depth - 1) if kind == "list" else self.line()
                lines += ["", *(" " * len(mark) + inside if inside else "" for inside in inner.split("\n")), ""]
        return "\n".join(lines)

    def prose(self) -> str:
        """Paragraphs, lists, quotations and sub-headings."""
        kinds = self.random.choices(["line", "long", "list", "list", "> ", "# ", "## "], k=self.random.randint(1, 4))
        return self.random.choice(["\n\n", "\n\nA line between.\n\n"]).join(map(self.paragraph, kinds))

    def paragraph(self, kind: str) -> str:
        """A paragraph of a kind: a long one may have line breaks."""
        if kind == "long":
            return self.random.choice([" ", "\n"]).join(self.line() for _ in range(self.random.randint(3, 9)))
        if kind == "> " and self.random.random() < 0.3:
            return "> " + self.list_of_items(2).replace("\n", "\n> ")
        return self.list_of_items() if kind == "list" else kind.removeprefix("line") + self.line()

    def number(self) -> str | None:
        """A number of a chart; None where there is none."""
        return self.random.choice(["1", "2.5", "-3", "1234.5", None])

    def chart(self) -> dict[str, Any]:
        """A chart with a number for each category, in one series or several."""
        chart, names = self.part(Chart, "data", "series", "categories"), ["Oslo", "2015", *NAMES.values()]
        categories = self.random.sample(names, self.random.randint(1, 4))
        series = [
            {"name": name, "values": ["46", *(self.number() for _ in categories[1:])]}
            for name in self.random.sample(names, self.random.randint(1, 3))
        ]
        if self.random.random() < 0.5:
            return {**chart, "data": dict(zip(categories, series[0]["values"], strict=True))}
        return {**chart, "categories": categories, "series": series}

    def table(self) -> dict[str, Any]:
        """A table whose cells fit the formats of its columns."""
        table, columns = (
            self.part(Table, "columns", "rows"),
            self.value(Table.fields["columns"].annotation, "Table.columns"),
        )
        cells = {
            "text": lambda: self.random.choice([self.line(), "", "1", "Oslo"]),
            "number": lambda: self.random.choice(["1234.5", "-3", "–"]),
            "date": lambda: self.random.choice(DATES),
        }
        rows = [
            [cells[column.get("format", "text")]() for column in columns]
            for _ in range(self.random.choice([1, 2, 2, 3, 3, 4, 4, 5, 5, 30]))
        ]
        return {**table, "columns": columns, "rows": rows}

    def pull_quote(self) -> dict[str, Any]:
        """A quotation with its speaker and source, or an extract."""
        quotation = self.part(PullQuote) | {"by": self.plain(), "source": self.random.choice(KEYS)}
        return self.random.choice([quotation, quotation, {"text": EXTRACT}])


VALUES: dict[Any, Callable[[Texts], Any]] = {
    PlainText: Texts.plain,
    InlineMarkdown: Texts.line,
    Markdown: Texts.prose,
    MarkdownList: Texts.list_of_items,
    Address: lambda texts: texts.choice(["https://www.example.org/", "http://example.org/archive/2016?a=1&b=2"]),
    Country: lambda texts: texts.choice(["NO", "KZ"]),
    Day: lambda _: "2016-09-15",
    Identifier: lambda _: ANY,
    Moment: lambda texts: texts.choice(["2016-09-27", "2016-09-27 8:15"]),
    Number: Texts.number,
    PartialDate: lambda texts: texts.choice(DATES),
    Period: lambda texts: texts.choice([*DATES, "2017 to 2018"]),
    Position: lambda texts: texts.choice(["59.91, 10.75", "-33.9, 18.4"]),
    SourceKey: lambda texts: texts.choice(list(KEYS)),
    bool: lambda texts: texts.choice([True, False]),
    Visibility: lambda texts: texts.choice(["internal", "all"]),
}
#: Parts whose fields depend on each other.
PARTS: dict[type[Model], Callable[[Texts], Any]] = {Chart: Texts.chart, Table: Texts.table, PullQuote: Texts.pull_quote}
