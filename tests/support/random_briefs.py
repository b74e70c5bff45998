"""Random briefs with every block, every field and every kind of text.

The strategies are made from the annotations of the model, so that a new block or field is part of the briefs at once. A
new type of field needs an entry in ``SCALARS``, and a part whose fields depend on each other needs one in ``PARTS``: the
import of this module fails without it.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml
from hypothesis import strategies as st

from briefing.model import Brief, Model
from briefing.model.audience import Visibility
from briefing.model.blocks import BLOCKS, Chart, Paragraphs, PullQuote, Table
from briefing.model.fields import (
    Address,
    Country,
    Day,
    Identifier,
    InlineMarkdown,
    Language,
    Markdown,
    MarkdownList,
    Moment,
    PartialDate,
    Period,
    PlainText,
    SourceKey,
)
from briefing.model.numbers import Number
from briefing.model.typed import Typed
from briefing.model.values import ChoiceValue
from tests.support.every_field import MAP
from tests.support.other_scripts import NAMES, said

#: A sentence of every brief, which extracts repeat.
EXTRACT = "The coast decides what the country lives on."
KEYS = ("first", "second", "third", "fourth")
WORDS = [
    "talks", "Astana", "oil", "Österreich", "Αθήνα", "переговоры", "Қазақстан", "naïve", "EEA", "12 %", "5.5", "1,000", "2010–2015",
    "“so”", "co-operation", "and/or", "€5", "–", "1.", "3. Oktober", "Donaudampfschifffahrtselektrizitätengesellschaft", "a_b", "AT&T", "<b>",
]  # fmt: skip
MARKUP = [
    "*fish*", "**roads**", "***both***", "`code`", "H~2~O", "km^2^", "[the *speech*](https://www.example.org/speech?a=1&b=2)",
    "https://www.example.org/page", "\\*", "**H~2~O**", "*[Мәжіліс]{lang=kk}*", "−5", "R\u0026D", "soft\u00adhyphen", "no\u00a0break",
]  # fmt: skip
NOTES = ["[@first]", "[@second]", "[@third; @first]", "[@second, @fourth]"]
REFERENCES = ["[[any]]"]
#: Further words of a brief in one of these languages; its labels are in that language too.
LANGUAGES = {
    "en-GB": ["harbour", "fisheries"], "de": ["Ausschuß", "Wirtschaftsbeziehungen", "17. Mai 1814"], "fr": ["l’État", "«\u00a0oui\u00a0»"],
    "ru": ["соглашение", "сельскохозяйственный"], "ar": ["المفاوضات", "الاتحاد (EU)", "عام 2010"], "he": ["ירושלים", "שיחות (EU)"],
    "ja": ["東京の会議", "交渉"], "tr": ["İstanbul", "ılık"], "kk": ["келіссөздер"],
}  # fmt: skip


def drawn(make: Callable[[Random], str]) -> st.SearchStrategy[str]:
    """A random text from one number: Hypothesis limits how much a whole brief may draw."""
    return st.integers(0, 2**32).map(lambda number: make(Random(number)))


def sentence(random: Random, *kinds: list[str]) -> str:
    """A line of words of these kinds."""
    words = random.choices([word for kind in kinds for word in kind], k=random.randint(1, 7))
    return f"The {' '.join(words)} end."


def list_of(random: Random, line: Callable[[Random], str], depth: int = 4) -> str:
    """A list, nested at most four deep; its numbers begin anywhere, and its items may have a second paragraph."""
    numbered, start = random.random() < 0.5, random.choice([0, 1, 1, 3, 9, 31])
    lines = []
    for index in range(random.randint(2, 3)):
        mark = f"{start + index}. " if numbered else "- "
        lines.append(mark + line(random))
        more = random.random()
        inner = list_of(random, line, depth - 1) if depth > 1 and more < 0.3 else line(random) if more > 0.85 else ""
        if inner:
            lines += ["", *(" " * len(mark) + inside if inside else "" for inside in inner.split("\n")), ""]
    return "\n".join(lines)


@cache
def texts(language: str) -> dict[type[Typed], st.SearchStrategy[str]]:
    """The texts of each type of field."""
    words = [*WORDS, *LANGUAGES[language] * 4]
    scripts = [said(tag) for tag in NAMES]

    def plain(random: Random) -> str:
        return sentence(random, words, list(NAMES.values()))

    def line(random: Random) -> str:
        return sentence(random, words * 2, scripts, MARKUP * 2, NOTES * 3, REFERENCES * 2)

    def bullets(random: Random) -> str:
        return list_of(random, line)

    def prose(random: Random) -> str:
        marks = random.choices(["", "", "list", "> ", "# ", "## "], k=random.randint(1, 3))
        return "\n\nA line between.\n\n".join(bullets(random) if mark == "list" else mark + line(random) for mark in marks)

    return {PlainText: drawn(plain), InlineMarkdown: drawn(line), Markdown: drawn(prose), MarkdownList: drawn(bullets)}


DATES = st.sampled_from(["2010", "2010-09", "2010-09-15"])
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    Address: st.sampled_from(["https://www.example.org/", "http://example.org/archive/2016?a=1&b=2"]),
    Country: st.sampled_from(["NO", "KZ"]),
    Day: st.just("2016-09-15"),
    Identifier: st.just("any"),
    Language: st.sampled_from(sorted(LANGUAGES)),
    Moment: st.sampled_from(["2016-09-27", "2016-09-27 8:15"]),
    Number: st.sampled_from(["1", "2.5", "-3", "1234.5"]),
    PartialDate: DATES,
    Period: st.one_of(DATES, st.just("2017 to 2018")),
    SourceKey: st.sampled_from(KEYS),
    bool: st.booleans(),
    Visibility: st.sampled_from(["internal", "all"]),
}
#: Fields that a random brief leaves out, each with the reason; None is a field that it sets itself.
LEFT_OUT = {
    "Brief.translation_of": "names another file, and is not printed",
    "Brief.sources": None,
    "Brief.glossary": None,
    "Settings.language": None,
    "Settings.checks": "silences warnings, which are not compared",
    "Settings.status": "a final brief cannot be made with parts left open",
    "Settings.marking": None,
    "Settings.handout_marking": None,
    "Layout.pages": "a random brief rarely fits into a page budget",
    "Chart.csv": "a file, whose tests are in test_spreadsheets.py",
    "Table.csv": "a file, whose tests are in test_spreadsheets.py",
}
OWN: dict[str, st.SearchStrategy[Any]] = {
    "Layout.theme": st.sampled_from(["standard", "chancery"]),
    "FactBox.map": st.just("map.svg"),
    "FactBox.picture": st.just("map.svg"),
    "Figure.image": st.just("map.svg"),
    "Source.text": drawn(lambda random: sentence(random, WORDS, MARKUP, [said("ar"), said("ja")])),
    **dict.fromkeys(["BlockPart.marking", "Section.marking", "Meeting.marking"], st.sampled_from(["OFFICIAL", "UNCLASSIFIED"])),
}  # fmt: skip


def field_strategy(annotation: Any, where: str, language: str) -> st.SearchStrategy[Any]:
    """A strategy for a field by its annotation. Raises KeyError for a type without a strategy."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if where in OWN:
        return OWN[where]
    if origin is typing.Annotated:
        for metadata in arguments[1:]:
            if isinstance(metadata, ChoiceValue):
                return st.sampled_from(list(metadata.meanings))
        return field_strategy(arguments[0], where, language)
    if origin in {typing.Union, types.UnionType}:
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) > 1:
            return block_strategy(language)
        value = field_strategy(inner[0], where, language)
        # A number may be missing; the key of another field is left out instead.
        return st.one_of(value, value, st.none()) if inner[0] is Number else value
    if origin is tuple:
        return st.lists(field_strategy(arguments[0], where, language), min_size=1, max_size=3)
    if origin is dict:
        return st.dictionaries(
            field_strategy(arguments[0], f"{where} keys", language),
            field_strategy(arguments[1], where, language),
            min_size=1,
            max_size=4,
        )
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return part_strategy(annotation, language)
    return (SCALARS | texts(language))[annotation]


@cache
def part_strategy(part: type[Model], language: str) -> st.SearchStrategy[Any]:
    """A part with its required fields and some of the others."""
    return PARTS[part](language) if part in PARTS else plain_part(part, language)


def plain_part(part: type[Model], language: str, *without: str) -> st.SearchStrategy[dict[str, Any]]:
    """A part by the annotations of its fields."""
    required, optional = {}, {}
    for name, own in part.fields.items():
        where = f"{next(c for c in reversed(part.__mro__) if name in c.__dict__.get('__annotations__', {})).__name__}.{own.key}"
        if name not in without and where not in LEFT_OUT and typing.get_origin(own.annotation) is not Literal:
            (required if own.required else optional)[own.key] = field_strategy(own.annotation, where, language)
    return st.fixed_dictionaries(required, optional=optional)


def block_strategy(language: str) -> st.SearchStrategy[Any]:
    """Any block of a body, or running text."""
    blocks = [part_strategy(part, language).map(lambda block, key=key: {key: block}) for key, part in BLOCKS.items()]
    return st.one_of(texts(language)[Markdown], *blocks)


@st.composite
def charts(draw: st.DrawFn, language: str) -> dict[str, Any]:
    """A chart with numbers for each category, in one series or several."""
    chart = draw(plain_part(Chart, language, "data", "series", "categories"))
    names = st.lists(st.sampled_from(["Oslo", *NAMES.values(), "2015"]), min_size=1, max_size=4, unique=True)
    number = SCALARS[Number]
    categories = draw(names)
    values = st.lists(st.one_of(number, number, st.none()), min_size=len(categories), max_size=len(categories)).filter(any)
    if draw(st.booleans()):
        return {**chart, "data": dict(zip(categories, draw(values), strict=True))}
    series = [{"name": name, "values": draw(values)} for name in draw(names)]
    return {**chart, "categories": categories, "series": series}


@st.composite
def tables(draw: st.DrawFn, language: str) -> dict[str, Any]:
    """A table whose cells fit the formats of its columns."""
    table = draw(plain_part(Table, language, "columns", "rows"))
    columns = draw(field_strategy(Table.fields["columns"].annotation, "Table.columns", language))
    line = texts(language)[InlineMarkdown]
    cells = {"text": st.one_of(line, st.sampled_from(["", "1", "Oslo"])), "number": st.sampled_from(["1234.5", "-3", "–"]), "date": DATES}
    row = st.tuples(*(cells[column.get("format", "text")] for column in columns)).map(list)
    return {**table, "columns": columns, "rows": draw(st.lists(row, min_size=1, max_size=4))}


def pull_quotes(language: str) -> st.SearchStrategy[dict[str, Any]]:
    """A quotation with its speaker and source, or an extract."""
    speaker = st.fixed_dictionaries({"by": texts(language)[PlainText], "source": SCALARS[SourceKey]})
    quotation = st.builds(lambda quote, own: {**quote, **own}, plain_part(PullQuote, language), speaker)
    return st.one_of(quotation, quotation, st.just({"text": EXTRACT}))


#: Parts whose fields depend on each other.
PARTS = {Chart: charts, Table: tables, PullQuote: pull_quotes}


@dataclass(frozen=True)
class RandomBrief:
    """The content of a brief, and the options of its build."""

    content: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)

    def write(self, project: Path) -> Path:
        """Write the content file, with its picture, and the project's file; returns the content file."""
        (project / "content").mkdir()
        (project / "briefing.yaml").write_text("markings: [UNCLASSIFIED, OFFICIAL, SECRET]\n", "utf-8")
        (project / "content/map.svg").write_text(MAP, "utf-8")
        file = project / "content/brief.yaml"
        file.write_text(yaml.safe_dump(self.content, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")
        return file


@st.composite
def briefs(draw: st.DrawFn) -> RandomBrief:
    """A brief; each of its references names a part that it has, and a handout has no internal part."""
    language = draw(SCALARS[Language])
    content = draw(part_strategy(Brief, language))
    source, gloss = OWN["Source.text"], drawn(lambda random: sentence(random, WORDS))
    content |= {
        "language": language,
        "marking": "SECRET",
        "handout_marking": "SECRET",
        "sources": {key: draw(st.one_of(source, source.map(lambda text: {"text": text}))) for key in KEYS},
        "glossary": {"EEA": draw(gloss)},
    }
    content.setdefault("sections", []).insert(0, {"title": "Coast", "id": "any", "body": [EXTRACT]})
    handout = draw(st.integers(0, 4)) == 0
    options: dict[str, Any] = {"edition": "handout"} if handout else {}
    options |= draw(st.sampled_from([{}, {}, {}, {"large_print": True}, {"for_notes": True}]))
    if any(not handout or meeting.get("audience") == "all" for meeting in content.get("meetings", ())):
        options |= draw(st.sampled_from([{}, {}, {}, {"only": "meetings"}]))
    named: list[str] = []
    content = _named(content, named, open_to_all=handout)
    return RandomBrief(_tied(content, named, iter(range(10**6))), options)


def _named(part: Any, names: list[str], *, open_to_all: bool) -> Any:
    """The part with an id of its own in each place that has one; ``names`` gets all of them."""
    if isinstance(part, list):
        return [_named(item, names, open_to_all=open_to_all) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _named(value, names, open_to_all=open_to_all) for key, value in part.items()}
    if part.get("id") == "any" and ("title" in part or "caption" in part):
        names.append(f"part-{len(names) + 1}")
        part["id"] = names[-1]
    return {**part, "audience": "all"} if open_to_all and "audience" in part else part


def _tied(part: Any, names: list[str], turn: Any) -> Any:
    """The part with the next of the names in each reference."""
    if isinstance(part, list):
        return [_tied(item, names, turn) for item in part]
    if isinstance(part, dict):
        return {key: _tied(value, names, turn) for key, value in part.items()}
    while isinstance(part, str) and "[[any]]" in part:
        part = part.replace("[[any]]", f"[[{names[next(turn) % len(names)]}]]", 1)
    return part


EVERY = {language: part_strategy(Brief, language) for language in LANGUAGES}
assert Paragraphs.short == "text"
