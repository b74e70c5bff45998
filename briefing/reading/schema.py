"""The JSON Schema of content files, which gives editors completion, descriptions and validation.

It is made from the model, so that the two agree. This module adds the syntax that the reader accepts before the model:
the forms of a body, and the short forms of blocks. Snippets for editors are added at the end.
"""

from __future__ import annotations

import copy
import inspect
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.model import BLOCKS, Brief, Model, Project, values
from briefing.model.typed import JsonSchema, Typed

from .names import display_name

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
#: An empty key counts as missing. It is written with "if", because editors would offer ``null`` for a plain type.
_NOTHING: JsonSchema = {
    "title": "Nothing yet",
    "if": {"type": ["array", "boolean", "number", "object", "string"]},
    "then": {"type": "null"},
}
_NOTHING_REF: JsonSchema = {"$ref": "#/$defs/Nothing"}
_BODY = "Markdown, or a list of Markdown and blocks"
_INFO_KEYS = ("description", "examples")


def brief_schema() -> JsonSchema:
    """The schema of a content file."""
    schema = _schema(Brief)
    schema["allOf"] = [_one_of("sections", "key_points", say="A brief needs sections: or key_points:")]
    return schema


def project_schema() -> JsonSchema:
    """The schema of a project's ``briefing.yaml``."""
    return _schema(Project)


def schema_text(*, project: bool = False) -> str:
    """The schema as indented JSON with a final line feed."""
    return json.dumps(project_schema() if project else brief_schema(), indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[Model]) -> JsonSchema:
    models = {part.__name__: part for part in _parts(model)}
    parts = {name: _part_schema(part) for name, part in models.items()}
    schema = parts[model.__name__]
    _tidy(parts)
    if model is Brief:
        _add_body_syntax(parts)
    for name, part in parts.items():
        form, noun = _full_form(part), display_name(models[name])
        form["title"] = noun[:1].upper() + noun[1:]
        for key in form.get("properties", {}).keys() - form.get("required", ()):
            form["properties"][key] = _or_nothing(form["properties"][key])
    parts |= _shared_definitions(parts)
    for _, form in keys_in(parts):
        if kind_of(form) in models:  # an editor would show this instead of the description of the key
            _full_form(parts[kind_of(form)]).pop("description", None)
    add_snippets(parts)
    del parts[model.__name__]
    definitions = dict(sorted({**parts, "Nothing": _NOTHING}.items()))
    head = {"$schema": _DRAFT, "title": schema["title"], "description": schema["description"]}
    return {**head, **{key: value for key, value in schema.items() if key not in head}, "$defs": definitions}


def _parts(model: type[Model]) -> list[type[Model]]:
    """A part and all parts that it contains, directly or not."""
    found = [model]
    for part in found:
        fields = values.value_types_of(part).values()
        found += [inner for value_type in fields for inner in _parts_in(value_type) if inner not in found]
    return found


def _parts_in(value_type: values.ValueType) -> Iterator[type[Model]]:
    match value_type:
        case values.ModelValue(part):
            yield part
        case values.ListValue(inner) | values.MappingValue(_, inner) | values.OptionalValue(inner):
            yield from _parts_in(inner)
        case values.BlockValue(kinds):
            yield from (block.model for block in kinds.values())


def _part_schema(part: type[Model]) -> JsonSchema:
    """The schema of a part, with its short form if it has one."""
    keys = {}
    for name, value_type in values.value_types_of(part).items():
        own = part.fields[name]
        info = {"description": own.description, "examples": list(own.examples)} if own.examples else {}
        keys[own.key] = copy.deepcopy({**_value_schema(value_type), **info})  # the schema is shared with the model
    needed = [own.key for own in part.fields.values() if own.required]
    full: JsonSchema = {
        "type": "object",
        "properties": keys,
        **({"required": needed} if needed else {}),
        "title": part.__name__,
        "description": inspect.cleandoc(part.__doc__ or ""),
        "additionalProperties": False,
    }
    if part.examples:
        full["examples"] = copy.deepcopy(list(part.examples))
    return {"anyOf": [keys[part.fields[part.short].key], full]} if part.short else full


def _value_schema(value_type: values.ValueType) -> JsonSchema:
    """The schema of a field, with references to parts."""
    match value_type:
        case values.ModelValue(model):
            return {"$ref": f"#/$defs/{model.__name__}"}
        case values.FieldValue(kind):
            return kind.json_schema
        case values.SchemaValue():
            return value_type.json_schema
        case values.OptionalValue(inner):
            return {"anyOf": [_value_schema(inner), {"type": "null"}]}
        case values.ChoiceValue(words, _, title):
            meanings = {"enum": list(words), "enumDescriptions": list(words.values())}
            return {"title": title, "type": "string", **meanings}
        case values.ListValue(item, least):
            return {"type": "array", "items": _value_schema(item), **({"minItems": least} if least else {})}
        case values.MappingValue(key, item, least):
            pattern, own = key.kind.json_schema.get("pattern"), _value_schema(item)
            keys = {"patternProperties": {pattern: own}} if pattern else {"additionalProperties": own}
            return {"type": "object", **keys, **({"minProperties": least} if least else {})}
        case _:  # the kind of a block and the blocks of a body, which ``_add_body_syntax`` replaces
            return {}


def _full_form(definition: JsonSchema) -> JsonSchema:
    """The schema with the keys of a part; its definition may also have a short form."""
    if "properties" in definition:
        return definition
    forms = (definition.get("then"), *reversed(definition.get("anyOf", ())))
    return next((_full_form(form) for form in forms if isinstance(form, dict)), definition)


def _add_body_syntax(parts: JsonSchema) -> None:
    """Add the syntax of a body, in place: text, or a list of texts and blocks; and the rules for keys of blocks."""
    del parts["Paragraphs"]
    forms: JsonSchema = {}
    for key, model in BLOCKS.items():
        form = _full_form(parts[model.__name__])
        del form["properties"]["kind"]
        forms[key] = {"$ref": f"#/$defs/{model.__name__}", **{name: form[name] for name in _INFO_KEYS if name in form}}
        form.pop("examples", None)
    parts["PageBreak"] = _full_form(parts["PageBreak"])
    forms["page_break"]["anyOf"] = [{"$ref": forms["page_break"].pop("$ref")}, _NOTHING_REF]
    forms["page_break"]["doNotSuggest"] = True  # not as a key: it is written without a colon
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
    body = _full_form(parts["Section"])["properties"]["body"]
    body.pop("type", None)
    body |= {
        "title": _BODY,
        "if": {"type": ["object", "null"]},
        "then": {"type": "string", "errorMessage": "Put '- ' before each block, two spaces further in."},
        "items": item,
    }
    parts["Entry"] = _entry_schema(parts["Entry"])
    parts["Chart"]["allOf"] = [
        _one_of("data", "series", "csv", say="A chart needs data:, series: or csv:"),
        *(
            _exclusive(one, other, say=f"This chart has its numbers twice: keep {one}: or {other}:")
            for one, other in (("data", "series"), ("data", "csv"), ("series", "csv"))
        ),
        {"if": _present("series"), "then": {"required": ["categories"], "errorMessage": "Series need categories:"}},
    ]
    parts["Table"]["allOf"] = [
        _one_of("rows", "csv", say="A table needs columns: and rows:, or csv:"),
        _exclusive("rows", "csv", say="This table has rows and a file: keep one of the two."),
        {"if": _present("rows"), "then": {"required": ["columns"], "errorMessage": "Rows need columns:"}},
    ]
    for part in ("Chart", "Table"):
        parts[part]["allOf"] += [
            {"if": _present(key), "then": {"required": ["csv"], "errorMessage": f"{key}: needs csv:, with a workbook."}}
            for key in ("sheet", "range")
        ]


def _entry_schema(full: JsonSchema) -> JsonSchema:
    """The schema of a timeline entry: in full, or one date with a text."""
    keys = [{"required": [key]} for key in full["properties"]]
    short = {
        "description": "A date, or words such as 2017 to 2018, and what happened.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": full["properties"]["text"],
    }
    return {"if": {"anyOf": keys}, "then": full, "else": short}


def _present(*keys: str) -> JsonSchema:
    """A condition: all these keys are present and not empty."""
    return {"required": list(keys), "properties": {key: {"not": {"type": "null"}} for key in keys}}


def _one_of(*keys: str, say: str) -> JsonSchema:
    """A rule: one of these keys must be present."""
    one = {"anyOf": [{"required": [key]} for key in keys]}
    return {"if": {"not": one}, "then": {"required": [keys[0]], "errorMessage": say}}


def _exclusive(*keys: str, say: str) -> JsonSchema:
    """A rule: these keys exclude each other."""
    return {"if": _present(*keys), "then": {"type": "null", "errorMessage": say}}


def _or_nothing(form: JsonSchema) -> JsonSchema:
    """The schema of a key that may have no value."""
    if _NOTHING_REF in form.get("anyOf", ()):
        return form
    info = {key: form[key] for key in _INFO_KEYS if key in form}
    return {"anyOf": [{key: value for key, value in form.items() if key not in info}, _NOTHING_REF], **info}


def _tidy(node: Any) -> None:
    """Unwrap descriptions and drop their markup, and give lists and mappings a title, in place."""
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


def _shared_definitions(parts: JsonSchema) -> JsonSchema:
    """The definitions of the types of values; in ``parts`` they are replaced by references."""
    names = {kind.json_schema["title"]: kind.__name__ for kind in _value_types(Typed) if "title" in kind.json_schema}
    names |= {_BODY: "Body", values.AUDIENCE: "Visibility"}
    shared: JsonSchema = {}

    def move(node: Any) -> None:
        for child in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            move(child)
        if not isinstance(node, dict) or not isinstance(node.get("title"), str):
            return
        if name := names.get(node["title"]):
            shared[name] = {key: node.pop(key) for key in [*node] if key not in _INFO_KEYS}
            node["$ref"] = f"#/$defs/{name}"

    move(parts)
    return shared


def _value_types(base: type[Typed]) -> Iterator[type[Typed]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _value_types(kind)


#: Codes that Babel knows but that are not countries: groups of states, reserved codes, test codes.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
#: BCP 47 tags that editors suggest; all others are valid as well.
_LANGUAGES = (
    "ar az be bg cs da de el en-GB en-US es et fa fi fr he hi hr hu hy id is it ja ka kk ko ky lt lv mn nb nl pl pt ro "
    "ru sk sl sq sr sv tg th tk tr uk ur uz vi zh-Hans zh-Hant"
)
#: Types of text that are written as a block scalar below their key.
_BLOCK_TEXTS = frozenset({"Body", "Markdown", "MarkdownList"})
_BLOCKS = frozenset(block.__name__ for block in BLOCKS.values())


def add_snippets(parts: JsonSchema) -> None:
    """Add snippets to the keys of a schema, in place."""
    for key, form in keys_in(parts):
        kind = kind_of(form)
        example = form["examples"][0]
        if kind in {"Country", "Language"}:  # an editor finds the snippet by the name and by the value
            names = _countries() if kind == "Country" else _languages()
            snippets = [{"label": f"{name}: {value}", "body": value} for name, value in names]
        elif isinstance(example, dict | list) or kind in _BLOCK_TEXTS:
            snippets = [{"label": f"{key} …", "body": _skeleton(example, deep=kind in _BLOCKS)}]
        else:
            continue
        if "$ref" in form:  # editors ignore snippets next to "$ref"
            form["allOf"] = [{"$ref": form.pop("$ref")}]
        # In "then" the editor shows the example on hover but does not suggest it.
        form |= {"if": True, "then": {"examples": form.pop("examples")}, "defaultSnippets": snippets}


def keys_in(node: Any) -> Iterator[tuple[str, JsonSchema]]:
    """Every key with examples, at any depth, and its schema."""
    if isinstance(node, list):
        for item in node:
            yield from keys_in(item)
    elif isinstance(node, dict):
        for name, child in node.items():
            if name == "properties":
                yield from ((key, form) for key, form in child.items() if "examples" in form)
            if name not in {"examples", "if"}:
                yield from keys_in(child)


def kind_of(form: JsonSchema) -> str:
    """The name of the definition that the schema of a key refers to; empty if it refers to none."""
    form = form if "$ref" in form else next(iter(form.get("anyOf", ())), {})
    return str(form.get("$ref", "")).rpartition("/")[2]


def _countries() -> list[tuple[str, str]]:
    from babel import Locale

    names = Locale("en").territories.items()
    return sorted((name, code) for code, name in names if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES)


def _languages() -> list[tuple[str, str]]:
    from babel import Locale

    return sorted((Locale.parse(tag, sep="-").get_display_name("en") or tag, tag) for tag in _LANGUAGES.split())


def _skeleton(example: Any, *, deep: bool) -> str:
    """An example in YAML below its key, with a tab stop at each value.

    Editors add the indentation of the key's line. A block follows a hyphen, so its keys are indented by four
    spaces (``deep``).
    """
    stops, indent = itertools.count(1), "    " if deep else "  "
    text = (
        [_tab_stop(line, stops) for line in example.splitlines()]
        if isinstance(example, str)
        else _lines(example, stops)
    )
    return "".join([*("|" if isinstance(example, str) else ""), *(f"\n{indent}{line}" for line in text)])


def _lines(value: Any, stops: Iterator[int]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and "\n" in inner:
                yield f"{key}: |"
                yield from (f"  {_tab_stop(line, stops)}" for line in inner.splitlines())
            elif isinstance(inner, dict | list):
                yield f"{key}:"
                yield from (f"  {line}" for line in _lines(inner, stops))
            else:
                yield f"{key}: {_tab_stop(_inline_yaml(inner), stops)}"
    elif isinstance(value, list):
        for item in value:
            first, *rest = _lines(item, stops)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _tab_stop(_inline_yaml(value), stops)


def _inline_yaml(value: Any) -> str:
    """A value on one line of YAML."""
    text = value if isinstance(value, str) else json.dumps(value)
    needs_quotes = re.search(r": |\s#|^[-?:,\[\]{}#&*!|>'\"%@`\s]", text)
    return json.dumps(text, ensure_ascii=False) if needs_quotes else text


def _tab_stop(text: str, stops: Iterator[int]) -> str:
    """A tab stop of a snippet with a default text."""
    escaped = re.sub(r"([$}\\])", r"\\\1", text)
    return f"${{{next(stops)}:{escaped}}}"
