"""Names and keys of the model's parts for messages: nouns, examples, and where a misplaced key belongs."""

from __future__ import annotations

from briefing.model import BLOCKS, Brief, Checks, FactBox, Layout, Model, Project, values
from briefing.model.data_path import DataPath

#: The noun for each part in messages. A block that is not in this table is named by its key.
NOUNS = {
    "Brief": "a brief",
    "Project": "briefing.yaml",
    "Section": "a section",
    "Meeting": "a meeting",
    "IfRaised": "an entry under if_raised",
    "Fact": "a fact",
    "FactBox": "the fact box",
    "KeyFigure": "a key figure",
    "Layout": "layout",
    "Checks": "checks",
    "Source": "a source",
    "Chart": "a chart",
    "Series": "a series of a chart",
    "Figure": "a figure",
    "LocatorMap": "the map of the fact box",
    "Map": "a map",
    "MapDefaults": "maps",
    "MapMark": "a place on a map",
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


def keys_of(model: type[Model] | None) -> list[str]:
    """The keys of a part as typed in a content file."""
    return [field.key for name, field in model.fields.items() if name != "kind"] if model is not None else []


def display_name(model: type[Model] | None) -> str:
    """The noun for a part in messages."""
    kind = model.fields.get("kind") if model is not None else None
    noun = NOUNS.get(model.__name__, "") if model is not None else ""
    return noun or (f"the block '{kind.default}'" if kind is not None else "this part")


def owner_of(key: str, model: type[Model]) -> str:
    """A label that says where a misplaced key belongs; empty if that is not known."""
    if model is Project and key in keys_of(Brief):
        return "each brief has its own"
    if key in BLOCKS:
        return "a block is an item of the list under body:"
    owners = {"layout": Layout, "checks": Checks, "fact_box": FactBox}
    return next((f"it stands under {name}:" for name, owner in owners.items() if key in keys_of(owner)), "")


def key_with_example(model: type[Model], key: str, path: DataPath) -> str:
    """A key with an example of its value in YAML."""
    parent = model_at(model, path[:-1])
    field = next((f for f in parent.fields.values() if key == f.key), None) if parent is not None else None
    example = field.examples[0] if field is not None and field.examples else None
    if isinstance(example, str) and len(example) < 60:
        needs_quotes = ": " in example or example[:1] in "[*&%@`"
        return f'{key}: "{example}"' if needs_quotes else f"{key}: {example}"
    if isinstance(example, int | float):
        return f"{key}: {example}"
    return f"{key}: and its items below" if example is not None else f"{key}:"


def model_at(model: type[Model], path: DataPath) -> type[Model] | None:
    """The class of the part at a path of the model; None if there is no part."""
    value_type: values.ValueType | None = values.ModelValue(model)
    for step in path:
        match value_type:
            case values.ModelValue(part):
                field = next((name for name, own in part.fields.items() if own.key == step), "")
                value_type = values.value_types_of(part).get(field)
            case values.ListValue(item) | values.MappingValue(_, item):
                value_type = item
            case values.BlockValue(kinds) if isinstance(step, str):
                value_type = kinds.get(step)
            case _:
                return None
        while isinstance(value_type, values.OptionalValue):
            value_type = value_type.inner
    return value_type.model if isinstance(value_type, values.ModelValue) else None
