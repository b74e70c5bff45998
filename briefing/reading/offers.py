"""What an editor types for the writer: skeletons of lists and blocks, countries and languages by their names.

A schema says what is right; ``defaultSnippets``, which VS Code and its kin understand, say what to put in.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.model import BLOCKS

__all__ = ["add_offers", "keys_in", "kind_of"]

JsonSchema = dict[str, Any]

#: Codes that Babel knows and that are no countries: groups of states, reserved codes, tests.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
#: The languages of most briefs. Any other tag is taken as well.
_LANGUAGES = (
    "ar az be bg cs da de el en-GB en-US es et fa fi fr he hi hr hu hy id is it ja ka kk ko ky lt lv mn nb nl pl pt ro "
    "ru sk sl sq sr sv tg th tk tr uk ur uz vi zh-Hans zh-Hant"
)
#: Kinds of text that are written below their key, after a bar.
_BELOW = frozenset({"Body", "Bullets", "Prose"})
_BLOCKS = frozenset(block.__name__ for block in BLOCKS.values())


def add_offers(parts: JsonSchema) -> None:
    """Add to every key what the editor types when it is chosen, and the countries and languages by their names."""
    for key, form in keys_in(parts):
        kind = kind_of(form)
        example = form["examples"][0]
        if kind == "Country":
            snippets = [_named(code, name) for name, code in _countries()]
        elif kind == "Language":
            snippets = [_named(tag, name) for name, tag in _languages()]
        elif isinstance(example, dict | list) or kind in _BELOW:
            snippets = [{"label": f"{key} …", "body": _skeleton(example, deep=kind in _BLOCKS)}]
        else:
            continue
        if "$ref" in form:  # beside it the editor minds the description alone
            form["allOf"] = [{"$ref": form.pop("$ref")}]
        # Where the editor shows the example, but does not offer it beside its own.
        form |= {"if": True, "then": {"examples": form.pop("examples")}, "defaultSnippets": snippets}


def keys_in(node: Any) -> Iterator[tuple[str, JsonSchema]]:
    """Every key that has an example of its own, wherever it stands."""
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
    """The name of what stands under a key; one that may be empty has it in its first form."""
    form = form if "$ref" in form else next(iter(form.get("anyOf", ())), {})
    return str(form.get("$ref", "")).rpartition("/")[2]


def _named(value: str, name: str) -> JsonSchema:
    """A value that is found by its name, and by itself."""
    return {"label": f"{name}: {value}", "body": value}


def _countries() -> list[tuple[str, str]]:
    from babel import Locale

    names = Locale("en").territories.items()
    return sorted((name, code) for code, name in names if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES)


def _languages() -> list[tuple[str, str]]:
    from babel import Locale

    return sorted((Locale.parse(tag, sep="-").get_display_name("en") or tag, tag) for tag in _LANGUAGES.split())


def _skeleton(example: Any, *, deep: bool) -> str:
    """An example as one types it under its key, with a stop of the tab key at each value.

    An editor indents it as it has indented the line of the key. A block stands behind a hyphen: its keys stand deeper.
    """
    stops, indent = itertools.count(1), "    " if deep else "  "
    text = [_stop(line, stops) for line in example.splitlines()] if isinstance(example, str) else _lines(example, stops)
    return "".join([*("|" if isinstance(example, str) else ""), *(f"\n{indent}{line}" for line in text)])


def _lines(value: Any, stops: Iterator[int]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and "\n" in inner:
                yield f"{key}: |"
                yield from (f"  {_stop(line, stops)}" for line in inner.splitlines())
            elif isinstance(inner, dict | list):
                yield f"{key}:"
                yield from (f"  {line}" for line in _lines(inner, stops))
            else:
                yield f"{key}: {_stop(_typed(inner), stops)}"
    elif isinstance(value, list):
        for item in value:
            first, *rest = _lines(item, stops)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _stop(_typed(value), stops)


def _typed(value: Any) -> str:
    """A value on one line of YAML."""
    text = value if isinstance(value, str) else json.dumps(value)
    needs_quotes = re.search(r": |\s#|^[-?:,\[\]{}#&*!|>'\"%@`\s]", text)
    return json.dumps(text, ensure_ascii=False) if needs_quotes else text


def _stop(text: str, stops: Iterator[int]) -> str:
    plain = re.sub(r"([$}\\])", r"\\\1", text)
    return f"${{{next(stops)}:{plain}}}"
