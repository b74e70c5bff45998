"""A brief that fills every text field of the model with texts that a test supplies."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import yaml

from briefing.model import Brief, Model, Project
from briefing.model.fields import Address, InlineMarkdown, Markdown, MarkdownList, PlainText

Kind = Literal["words", "line", "prose", "bullets"]
KINDS: dict[type, Kind] = {PlainText: "words", InlineMarkdown: "line", Markdown: "prose", MarkdownList: "bullets"}
#: Returns the text of a field: (kind of text, "Class.field") -> text.
Fill = Callable[[Kind, str], str]

#: Texts that select or name something and are not printed; each has its own tests.
NAMING = {
    "Chart.csv", "Chart.range", "Chart.sheet", "Checks.ignore", "Checks.known", "FactBox.map", "FactBox.picture", "Figure.image", "Layout.theme", "Project.logo",
    "Table.csv", "Table.range", "Table.sheet",
}  # fmt: skip
#: Texts of maps, and a short title: names are drawn where there is room, a title is cut to a line. tests/countries and
#: tests/end_to_end/test_country_pictures.py try them.
DRAWN = {
    "Brief.short_title", "LocatorMap.file", "Map.alt", "MapContent.capital", "MapContent.data", "MapContent.names", "MapDefaults.capitals",
    "MapDefaults.dashed keys", "MapDefaults.data", "MapDefaults.names", "MapDefaults.note", "MapMark.name",
}  # fmt: skip


def text_fields() -> dict[str, Kind | Literal["address"]]:
    """Every text field of the model, "Class.field" -> kind; the keys of a mapping are "Class.field keys"."""
    found: dict[str, Any] = {}
    seen: set[type] = set()

    def visit(part: type[Model]) -> None:
        if part in seen:
            return
        seen.add(part)
        for name, field in part.fields.items():
            owner = next(c for c in reversed(part.__mro__) if name in getattr(c, "__annotations__", {}))
            note(field.annotation, f"{owner.__name__}.{name.rstrip('_')}")

    def note(kind: Any, where: str) -> None:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is dict:
            note(arguments[0], f"{where} keys")
            note(arguments[1], where)
        elif origin in {tuple, typing.Union, types.UnionType, typing.Annotated}:
            for argument in arguments:
                note(argument, where)
        elif isinstance(kind, type) and issubclass(kind, Model):
            visit(kind)
        elif kind in KINDS:
            found[where] = KINDS[kind]
        elif kind is Address:
            found[where] = "address"

    visit(Brief)
    visit(Project)
    return found


def every_field(fill: Fill) -> dict[str, Any]:
    """The content of a brief in which each text field has the text that ``fill`` returns."""

    def words(where: str) -> str:
        return fill("words", where)

    def line(where: str) -> str:
        return fill("line", where)

    def bullets(where: str) -> str:
        return fill("bullets", where)

    def prose(where: str) -> str:
        return fill("prose", where)

    def mark(block: dict[str, Any], owner: str = "BlockPart") -> dict[str, Any]:
        return {**block, "marking": words(f"{owner}.marking")}

    person = {
        "name": words("Person.name"), "role": words("Person.role"), "pronounced": words("Person.pronounced"),
        "note": line("Person.note"),
    }  # fmt: skip
    blocks: list[Any] = [
        prose("Paragraphs.text"),
        {"pull_quote": mark({
            "text": line("PullQuote.text"), "by": words("PullQuote.by"), "role": words("PullQuote.role"),
            "occasion": words("PullQuote.occasion"), "date": "2010-01-20", "source": "first",
        })},
        {"timeline": mark({"title": words("Timeline.title"), "entries": [{"when": "2017 to 2018", "text": line("Entry.text")}]})},
        {"table": mark({
            "caption": line("Table.caption"), "note": line("Table.note"), "rows": [[line("Table.rows"), "1"]],
            "columns": [{"title": line("Column.title"), "unit": words("Column.unit")}, "Number"],
        })},
        {"chart": mark({
            "caption": line("Chart.caption"), "unit": words("Chart.unit"), "alt": words("Chart.alt"), "note": line("Chart.note"),
            "categories": [words("Chart.categories"), "2016"], "series": [{"name": words("Series.name"), "values": ["1", "2"]}],
        })},
        {"chart": {"caption": "Short", "data": {words("Chart.data keys"): "1"}}},
        {"figure": mark({
            "image": "map.svg", "alt": words("Figure.alt"), "caption": line("Figure.caption"), "credit": words("Figure.credit"),
        })},
        {"map": mark({"of": "NO", "capital": "none", "caption": line("Map.caption")})},
        {"sidebar": mark({"title": words("Sidebar.title"), "body": prose("Sidebar.body")})},
        {"people": mark({"title": words("People.title"), "entries": [person]})},
    ]  # fmt: skip
    section = {"title": words("Section.title"), "marking": words("Section.marking"), "body": blocks}
    settings = {
        key: words(f"Settings.{key}")
        for key in ("series", "marking", "handout_marking", "prepared_by", "cleared_by", "contact")
    }
    return {
        **settings,
        "title": words("Brief.title"),
        "language": "en",
        "summary": line("Brief.summary"),
        "version": words("Brief.version"),
        "reference": words("Brief.reference"),
        "copy": words("Brief.copy"),
        "translation_of": words("Brief.translation_of"),
        "key_points": bullets("Brief.key_points"),
        "key_figures": {
            words("Brief.key_figures keys"): {
                "value": line("KeyFigure.value"), "unit": line("KeyFigure.unit"), "change": line("KeyFigure.change"),
            },
        },
        "fact_box": {
            "title": words("FactBox.title"), "picture": "map.svg", "alt": words("FactBox.alt"), "map": "map.svg",
            "map_alt": words("FactBox.map_alt"),
            "facts": {words("FactBox.facts keys"): {"value": line("Fact.value")}},
        },
        "sections": [section],
        "meetings": [{
            "title": words("Meeting.title"), "marking": words("Meeting.marking"), "where": words("Meeting.where"),
            "objectives": bullets("Meeting.objectives"), "points_to_make": bullets("Meeting.points_to_make"),
            "their_objectives": bullets("Meeting.their_objectives"), "internal_only": bullets("Meeting.internal_only"),
            "ours": [person],
            "if_raised": [{
                "topic": words("IfRaised.topic"), "response": line("IfRaised.response"), "background": line("IfRaised.background"),
            }],
        }],
        "sources": {
            "first": {
                "author": words("Source.author"), "title": words("Source.title"), "publisher": words("Source.publisher"),
                "url": "https://example.org/",
            },
            "second": {"text": line("Source.text")},
        },
        "glossary": {words("Brief.glossary keys"): line("Brief.glossary")},
        "annexes": [{"title": words("Section.title"), "body": prose("Paragraphs.text")}],
    }  # fmt: skip


MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#123456"/></svg>'


def write(desk: Path, fill: Fill, name: str = "all", *, ascii_only: bool = False) -> Path:
    """Write the content file of such a brief in a new project. ``fill`` is called once for each field."""
    content = desk / "content" / f"{name}.yaml"
    content.parent.mkdir(parents=True, exist_ok=True)
    brief = every_field(fill)
    markings = list(dict.fromkeys(["X", fill("words", "Project.markings"), *reversed(list(markings_in(brief)))]))
    (desk / "briefing.yaml").write_text(yaml.safe_dump({"markings": markings}), "utf-8")
    (content.parent / "map.svg").write_text(MAP, "utf-8")
    content.write_text(yaml.safe_dump(brief, allow_unicode=not ascii_only, sort_keys=False, width=10**6), "utf-8")
    return content


def markings_in(part: object) -> Iterator[str]:
    """Every marking in a brief, which its project has to know."""
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key in {"marking", "handout_marking"})
    for child in part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ():
        yield from markings_in(child)


def filled() -> Iterator[tuple[str, Kind]]:
    """The names of the fields that such a brief fills."""
    found: list[tuple[str, Kind]] = []

    def note(kind: Kind, where: str) -> str:
        found.append((where, kind))
        return "x"

    every_field(note)
    note("words", "Project.markings")
    return iter(found)


def escaped(text: str) -> str:
    """The text as Markdown without markup: each character that could be markup gets a backslash."""
    return "".join(f"\\{letter}" if letter in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" else letter for letter in text)
