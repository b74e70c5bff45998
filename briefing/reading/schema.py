"""The JSON Schema that editors use: completion, hover and red lines for a content file, with no further set-up.

It is made from the model, so that it cannot say anything else; what the reader does before the model is put in here:
the forms of a body, and the short forms of its blocks.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from briefing.model import BLOCKS, Brief, Project

__all__ = ["brief_schema", "project_schema", "schema_text"]

JsonSchema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: JsonSchema = {"type": ["string", "number", "boolean"]}


def brief_schema() -> JsonSchema:
    """The schema of a content file."""
    schema = _schema(Brief, "A country brief")
    schema["anyOf"] = [{"required": ["sections"]}, {"required": ["key_points"]}]
    return schema


def project_schema() -> JsonSchema:
    """The schema of a project's ``briefing.yaml``."""
    return _schema(Project, "Defaults for the briefs of a project")


def schema_text(*, project: bool = False) -> str:
    """The schema as a file: JSON, indented, with a line break at its end."""
    return json.dumps(project_schema() if project else brief_schema(), indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[BaseModel], title: str) -> JsonSchema:
    schema = model.model_json_schema(by_alias=True, mode="validation")
    definitions: JsonSchema = schema.get("$defs", {})
    for name in {block.__name__ for block in BLOCKS.values()} & definitions.keys():
        _object(definitions[name])["properties"].pop("kind", None)
    definitions.pop("Paragraphs", None)
    if "Section" in definitions:
        _body(definitions)
    if "Entry" in definitions:
        definitions["Entry"] = {"anyOf": [_dated(), definitions["Entry"]]}
    # An empty brief.yaml key is as if it had not been written, whatever its kind.
    for definition in (*definitions.values(), schema):
        _optional(_object(definition))
    _tidy(schema)
    head = {"$schema": _DRAFT, "title": title, "description": (model.__doc__ or "").split("\n")[0]}
    return {**head, **{key: value for key, value in schema.items() if key not in head}}


def _object(definition: JsonSchema) -> JsonSchema:
    """The full form of a definition that has a short form beside it."""
    if "properties" in definition:
        return definition
    return next((_object(form) for form in reversed(definition.get("anyOf", ())) if isinstance(form, dict)), definition)


def _body(definitions: JsonSchema) -> None:
    """A body as it is typed: text, or a list of text and of blocks by their names."""
    blocks: list[JsonSchema] = [{"const": "page_break", "description": "A new page begins here."}]
    for key, block in BLOCKS.items():
        name = block.__name__
        form: JsonSchema = {"$ref": f"#/$defs/{name}"} if name in definitions else {}
        content = {"anyOf": [form, {"type": "null"}]} if key == "page_break" else form
        blocks.append(
            {
                "type": "object",
                "description": " ".join((block.__doc__ or "").split()),
                "properties": {key: content},
                "required": [key],
                "additionalProperties": False,
            }
        )
    definitions["Body"] = {"anyOf": [_TEXT, {"type": "array", "items": {"anyOf": [*blocks, _TEXT]}}]}
    properties = _object(definitions["Section"])["properties"]
    told = {key: value for key, value in properties["body"].items() if key in {"description", "examples"}}
    properties["body"] = {"$ref": "#/$defs/Body", **told}
    page_break = _object(definitions["PageBreak"]) if "PageBreak" in definitions else {}
    if page_break:
        definitions["PageBreak"] = page_break


def _dated() -> JsonSchema:
    """The short form of a timeline's entry: a date and what happened."""
    return {
        "type": "object",
        "description": "A date or words such as 2017 to 2018, and what happened.",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": _TEXT,
        "not": {"anyOf": [{"required": ["when"]}, {"required": ["text"]}]},
    }


def _optional(definition: JsonSchema) -> None:
    """A key that need not be there may stand there without a value."""
    required = definition.get("required", ())
    for name, form in definition.get("properties", {}).items():
        if name in required or _takes_null(form):
            continue
        told = {key: form.pop(key) for key in ("description", "examples", "default") if key in form}
        definition["properties"][name] = {"anyOf": [dict(form), {"type": "null"}], **told}


def _takes_null(form: JsonSchema) -> bool:
    return any(option.get("type") == "null" for option in form.get("anyOf", ()))


def _tidy(node: Any) -> None:
    """Drop what pydantic adds for programmers: titles of fields and defaults of every kind."""
    if isinstance(node, list):
        for item in node:
            _tidy(item)
    elif isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        node.pop("default", None)
        node.pop("discriminator", None)
        for key, value in node.items():
            if key != "examples":
                _tidy(value)
