"""The JSON Schema that editors use: completion, hover and red lines for a content file, with no further set-up.

It is made from the model, so that it cannot say anything else. What the reader does before the model is put in here:
the forms of a body, and the short forms of its blocks. ``offers.py`` adds what an editor types for the writer.
"""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Iterator
from typing import Any

from briefing.model import BLOCKS, Brief, Part, Project
from briefing.model.forms import AUDIENCE, Blocks, Form, Listed, Mapped, Optional, Whole, forms_of
from briefing.model.typed import Typed

from .offers import add_offers, keys_in, kind_of
from .parts import noun_of

__all__ = ["brief_schema", "project_schema", "schema_text"]

JsonSchema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
#: An empty key is as if it had not been written. Told in a roundabout way, or an editor would offer the word ``null``.
_NOTHING: JsonSchema = {
    "title": "Nothing yet",
    "if": {"type": ["array", "boolean", "number", "object", "string"]},
    "then": {"type": "null"},
}
_NOTHING_REF: JsonSchema = {"$ref": "#/$defs/Nothing"}
_BODY = "Markdown, or a list of Markdown and blocks"
_TOLD = ("description", "examples")


def brief_schema() -> JsonSchema:
    """The schema of a content file."""
    schema = _schema(Brief)
    schema["allOf"] = [_needs("sections", "key_points", say="A brief needs sections: or key_points:")]
    return schema


def project_schema() -> JsonSchema:
    """The schema of a project's ``briefing.yaml``."""
    return _schema(Project)


def schema_text(*, project: bool = False) -> str:
    """The schema as a file: JSON, indented, with a line break at its end."""
    return json.dumps(project_schema() if project else brief_schema(), indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[Part]) -> JsonSchema:
    models = {part.__name__: part for part in _parts(model)}
    parts = {name: _part(part) for name, part in models.items()}
    schema = parts[model.__name__]
    _tidy(parts)
    if model is Brief:
        _blocks(parts)
    for name, part in parts.items():
        form, noun = _object(part), noun_of(models[name])
        form["title"] = noun[:1].upper() + noun[1:]
        _optional(form)
    parts |= _share(parts)
    for _, form in keys_in(parts):
        if kind_of(form) in models:  # what the key says of itself counts, and an editor would show this first
            _object(parts[kind_of(form)]).pop("description", None)
    add_offers(parts)
    del parts[model.__name__]
    definitions = dict(sorted({**parts, "Nothing": _NOTHING}.items()))
    head = {"$schema": _DRAFT, "title": schema["title"], "description": schema["description"]}
    return {**head, **{key: value for key, value in schema.items() if key not in head}, "$defs": definitions}


def _parts(model: type[Part]) -> list[type[Part]]:
    """A part and all that it is made of."""
    found = [model]
    for part in found:
        found += [inner for form in forms_of(part).values() for inner in _named(form) if inner not in found]
    return found


def _named(form: Form) -> Iterator[type[Part]]:
    """The parts that a form names."""
    match form:
        case Whole(part):
            yield part
        case Listed(inner) | Mapped(_, inner) | Optional(inner):
            yield from _named(inner)
        case Blocks(kinds):
            yield from (whole.part for whole in kinds.values())


def _part(part: type[Part]) -> JsonSchema:
    """A part with its keys; and its short form, if it has one."""
    keys = {}
    for name, form in forms_of(part).items():
        about = part.fields[name]
        told = {"description": about.description, "examples": list(about.examples)} if about.examples else {}
        keys[about.key] = copy.deepcopy({**form.schema(), **told})  # parts of it belong to the model
    needed = [about.key for about in part.fields.values() if about.needed]
    made: JsonSchema = {
        "type": "object",
        "properties": keys,
        **({"required": needed} if needed else {}),
        "title": part.__name__,
        "description": inspect.cleandoc(part.__doc__ or ""),
        "additionalProperties": False,
    }
    if part.examples:
        made["examples"] = copy.deepcopy(list(part.examples))
    return {"anyOf": [keys[part.fields[part.short].key], made]} if part.short else made


def _object(definition: JsonSchema) -> JsonSchema:
    """The full form of a definition that has a short form beside it."""
    if "properties" in definition:
        return definition
    forms = (definition.get("then"), *reversed(definition.get("anyOf", ())))
    return next((_object(form) for form in forms if isinstance(form, dict)), definition)


def _blocks(parts: JsonSchema) -> None:
    """A body as it is typed: text, or a list of texts and of blocks by their names; and what makes a block whole."""
    del parts["Paragraphs"]
    forms: JsonSchema = {}
    for key, model in BLOCKS.items():
        form = _object(parts[model.__name__])
        del form["properties"]["kind"]
        forms[key] = {"$ref": f"#/$defs/{model.__name__}", **{told: form[told] for told in _TOLD if told in form}}
        form.pop("examples", None)
    parts["PageBreak"] = _object(parts["PageBreak"])
    forms["page_break"]["anyOf"] = [{"$ref": forms["page_break"].pop("$ref")}, _NOTHING_REF]
    forms["page_break"]["doNotSuggest"] = True  # as a key: it is written alone
    names = "|".join(name for name in BLOCKS if name != "page_break")
    item = {
        "title": "Text, or a block",
        "if": {"type": ["array", "null"]},
        "then": {"type": "string", "errorMessage": "Write text after the hyphen, or the name of a block."},
        "pattern": f"^(?!({names})$)",
        "patternErrorMessage": "A block needs a colon after its name, and its keys below it.",
        "properties": forms,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "defaultSnippets": [{"label": "page_break", "body": "page_break"}],
    }
    body = _object(parts["Section"])["properties"]["body"]
    body.pop("type", None)
    body |= {
        "title": _BODY,
        "if": {"type": ["object", "null"]},
        "then": {"type": "string", "errorMessage": "Put '- ' before each block, two spaces further in."},
        "items": item,
    }
    parts["Entry"] = _entry(parts["Entry"])
    parts["Chart"]["allOf"] = [
        _needs("data", "series", "csv", say="A chart needs data:, series: or csv:"),
        *(
            _never(one, other, say=f"This chart has its numbers twice: keep {one}: or {other}:")
            for one, other in (("data", "series"), ("data", "csv"), ("series", "csv"))
        ),
        {"if": _given("series"), "then": {"required": ["categories"], "errorMessage": "Series need categories:"}},
    ]
    parts["Table"]["allOf"] = [
        _needs("rows", "csv", say="A table needs columns: and rows:, or csv:"),
        _never("rows", "csv", say="This table has rows and a CSV file: keep one of the two."),
        {"if": _given("rows"), "then": {"required": ["columns"], "errorMessage": "Rows need columns:"}},
    ]


def _entry(full: JsonSchema) -> JsonSchema:
    """An entry of a timeline: in full, or one date and what happened."""
    keys = [{"required": [key]} for key in full["properties"]]
    short = {
        "description": "A date, or words such as 2017 to 2018, and what happened.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": full["properties"]["text"],
    }
    return {"if": {"anyOf": keys}, "then": full, "else": short}


def _given(*keys: str) -> JsonSchema:
    """These keys are there, and not empty."""
    return {"required": list(keys), "properties": {key: {"not": {"type": "null"}} for key in keys}}


def _needs(*keys: str, say: str) -> JsonSchema:
    """One of these keys must be there."""
    one = {"anyOf": [{"required": [key]} for key in keys]}
    return {"if": {"not": one}, "then": {"required": [keys[0]], "errorMessage": say}}


def _never(*keys: str, say: str) -> JsonSchema:
    """These keys do not go together."""
    return {"if": _given(*keys), "then": {"type": "null", "errorMessage": say}}


def _optional(definition: JsonSchema) -> None:
    """A key that need not be there may stand there without a value."""
    required = definition.get("required", ())
    for name, form in definition.get("properties", {}).items():
        if name not in required:
            definition["properties"][name] = _or_nothing(form)


def _or_nothing(form: JsonSchema) -> JsonSchema:
    if _NOTHING_REF in form.get("anyOf", ()):
        return form
    told = {key: form[key] for key in _TOLD if key in form}
    return {"anyOf": [{key: value for key, value in form.items() if key not in told}, _NOTHING_REF], **told}


def _tidy(node: Any) -> None:
    """Drop what is meant for programmers, and say what a list and a mapping is; whole texts are read on a screen."""
    for child in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
        _tidy(child)
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            node["description"] = " ".join(node["description"].replace("``", "'").split())
        if node == {"type": "null"}:
            node.clear()
            node.update(_NOTHING_REF)
        elif node.get("type") == "array":
            node.setdefault("title", "A list")
        elif "patternProperties" in node:
            forms = {pattern: _or_nothing(form) for pattern, form in node["patternProperties"].items()}
            node |= {"title": "Names and values", "patternProperties": forms, "additionalProperties": False}
        elif isinstance(node.get("additionalProperties"), dict):
            node |= {"title": "Names and values", "additionalProperties": _or_nothing(node["additionalProperties"])}


def _share(parts: JsonSchema) -> JsonSchema:
    """Each kind of value once, under its name, and a reference wherever it stands."""
    names = {kind.json_schema["title"]: kind.__name__ for kind in _kinds(Typed) if "title" in kind.json_schema}
    names |= {_BODY: "Body", AUDIENCE: "Audience"}
    shared: JsonSchema = {}

    def look(node: Any) -> None:
        for child in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            look(child)
        if not isinstance(node, dict) or not isinstance(node.get("title"), str):
            return
        name = names.get(node["title"])
        if name:
            shared[name] = {key: value for key, value in node.items() if key not in _TOLD}
            for key in shared[name]:
                del node[key]
            node["$ref"] = f"#/$defs/{name}"

    look(parts)
    return shared


def _kinds(base: type[Typed]) -> Iterator[type[Typed]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
