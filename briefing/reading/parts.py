"""The parts of the model for people: what each is called, its keys, where a key belongs, how one would type it."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from briefing.model import BLOCKS, Brief, Checks, FactBox, Layout, Project

from .draft import Path

__all__ = ["NOUNS", "home_of", "keys_of", "model_at", "noun_of", "typed"]

#: What each part is called in a sentence.
NOUNS = {
    "Brief": "a brief",
    "Project": "briefing.yaml",
    "Section": "a section",
    "Meeting": "a meeting",
    "IfRaised": "an entry under if_raised",
    "Fact": "a fact",
    "FactBox": "the fact box",
    "Layout": "layout",
    "Checks": "checks",
    "Source": "a source",
    "Chart": "a chart",
    "Series": "a series of a chart",
    "Figure": "a figure",
    "PageBreak": "a page break",
    "Paragraphs": "a paragraph",
    "People": "a list of people",
    "Person": "a person",
    "PullQuote": "a pull quote",
    "Sidebar": "a sidebar",
    "Table": "a table",
    "Column": "a column of a table",
    "Timeline": "a timeline",
    "Entry": "an entry of a timeline",
}


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """The keys that a part of a brief takes, as they are typed."""
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items() if name != "kind"]


def noun_of(model: type[BaseModel] | None) -> str:
    """What a part is called in a sentence."""
    return NOUNS.get(model.__name__, "this part") if model is not None else "this part"


def home_of(key: str, model: type[BaseModel]) -> str:
    """Where a key belongs that stands in the wrong part."""
    if model is Project and key in keys_of(Brief):
        return "each brief has its own"
    if key in BLOCKS:
        return "a block is an item of the list under body:"
    homes = (
        name for name, model in (("layout", Layout), ("checks", Checks), ("fact_box", FactBox)) if key in keys_of(model)
    )
    home = next(homes, "")
    return f"it stands under {home}:" if home else ""


def typed(model: type[BaseModel], key: str, path: Path) -> str:
    """A key with an example of its value, as one would type it."""
    parent = model_at(model, path[:-1])
    field = (
        next((f for n, f in parent.model_fields.items() if key in {n, f.alias}), None) if parent is not None else None
    )
    example = field.examples[0] if field is not None and field.examples else None
    if isinstance(example, str) and len(example) < 60:
        return f"{key}: {_quote(example)}"
    if isinstance(example, int | float):
        return f"{key}: {example}"
    return f"{key}: and its items below" if example is not None else f"{key}:"


def _quote(example: str) -> str:
    return f'"{example}"' if ": " in example or example[:1] in "[*&%@`" else example


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that a path of pydantic's leads to: through fields, indexes, keys, and the tags of blocks."""
    current: type[BaseModel] | None = model
    container = False
    for step in path:
        if container:  # the index or key of a list or mapping; of a body, the tag of the block comes next
            container = False
            continue
        if current is None and isinstance(step, str) and step in BLOCKS:
            current = BLOCKS[step]
            continue
        if current is None:
            return None
        field = next((f for n, f in current.model_fields.items() if step in {n, f.alias}), None)
        if field is None:
            return None
        container = _holds_many(field.annotation)
        current = _inner(field.annotation) if step != "body" or "kind" in current.model_fields else None
    return None if container else current


def _holds_many(annotation: Any) -> bool:
    origin = getattr(annotation, "__origin__", None)
    if origin in {tuple, dict}:
        return True
    return any(_holds_many(arg) for arg in get_args(annotation) if origin is not tuple)


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model inside a list, a mapping or an optional."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_inner, get_args(annotation)) if found is not None), None)
