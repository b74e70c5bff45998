"""Snippets for the JSON Schema: skeletons of lists and blocks, and codes of countries and languages by name.

They are written as ``defaultSnippets``, an extension of JSON Schema in VS Code and related editors.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.model.typed import JsonSchema
from briefing.model import BLOCKS

__all__ = ["add_offers", "keys_in", "kind_of"]

#: Codes that Babel knows but that are not countries: groups of states, reserved codes, test codes.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
#: BCP 47 tags that editors suggest; all others are valid as well.
_LANGUAGES = (
    "ar az be bg cs da de el en-GB en-US es et fa fi fr he hi hr hu hy id is it ja ka kk ko ky lt lv mn nb nl pl pt ro "
    "ru sk sl sq sr sv tg th tk tr uk ur uz vi zh-Hans zh-Hant"
)
#: Types of text that are written as a block scalar below their key.
_BLOCK_TEXTS = frozenset({"Body", "Bullets", "Prose"})
_BLOCKS = frozenset(block.__name__ for block in BLOCKS.values())


def add_offers(parts: JsonSchema) -> None:
    """Add snippets to the keys of a schema, in place."""
    for key, form in keys_in(parts):
        kind = kind_of(form)
        example = form["examples"][0]
        if kind == "Country":
            snippets = [_value_snippet(code, name) for name, code in _countries()]
        elif kind == "Language":
            snippets = [_value_snippet(tag, name) for name, tag in _languages()]
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


def _value_snippet(value: str, name: str) -> JsonSchema:
    """A snippet that an editor finds by the name and by the value."""
    return {"label": f"{name}: {value}", "body": value}


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
