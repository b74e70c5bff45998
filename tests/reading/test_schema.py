"""The JSON schemas for editors agree with the reader; every key has a description and an example."""

import json
import re
from typing import get_args

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema_rs import Draft202012Validator as IndependentValidator

from briefing.diagnostics import errors
from briefing.model import BLOCKS, Brief, Model, Paragraphs, Project, Section, Settings
from briefing.model.values import ChoiceValue, Validation, value_types_of
from briefing.reading import read
from briefing.reading.schema import brief_schema, project_schema, schema_text
from tests.support.project import ROOT

CONTENT = [*sorted((ROOT / "content").rglob("*.yaml")), ROOT / "templates" / "standard" / "specimen.yaml"]
BRIEF, PROJECT = brief_schema(), project_schema()
VALIDATOR, SECOND = Draft202012Validator(BRIEF), IndependentValidator(BRIEF)


class Editor(yaml.SafeLoader):
    """Values as an editor sees them: YAML 1.2, where NO is a word and a date is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the library's own name


Editor.add_constructor(
    "tag:yaml.org,2002:map",
    lambda loader, node: {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value},
)
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false|True|False)$"), list("tfTF"))
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]*\.[0-9]+$"), list("-+.0123456789"))


def accepts(text):
    """Whether a content file keeps to the schema; two validators that share no code have to agree."""
    data = yaml.load(text, Editor)
    verdict = SECOND.is_valid(data)
    assert VALIDATOR.is_valid(data) == verdict, text
    return verdict


def properties(node, path=""):
    """Every key that the schema describes, wherever it stands, with its path. What a condition names describes nothing."""
    if isinstance(node, list):
        for item in node:
            yield from properties(item, path)
    elif isinstance(node, dict):
        for key, value in node.get("properties", {}).items():
            yield f"{path}.{key}", value
        for name, child in node.items():
            if name not in {"examples", "if", "defaultSnippets"}:
                yield from properties(child, f"{path}.{name}")


def examples(form):
    """Where the editor types more than the example, it stands under `then`, so that it is not offered twice."""
    return form.get("examples") or form.get("then", {}).get("examples") or ()


SCHEMAS = pytest.mark.parametrize(("schema", "least"), [(BRIEF, 140), (PROJECT, 14)], ids=["brief", "project"])


@SCHEMAS
def test_each_schema_is_valid_for_its_json_schema_draft(schema, least):
    assert len(dict(properties(schema))) > least, "the keys were not found"
    assert schema["$schema"].endswith("2020-12/schema")
    Draft202012Validator.check_schema(schema)
    jsonschema_rs.meta.validate(schema)


@SCHEMAS
def test_every_key_has_a_description_and_an_example(schema, least):
    keys = dict(properties(schema))
    assert len(keys) > least, "the keys were not found"
    for path, form in keys.items():
        assert form.get("description", "").endswith((".", "?")), path
        assert examples(form), path


@SCHEMAS
def test_each_schema_accepts_its_own_examples(schema, least):
    checked = 0
    for path, form in properties(schema):
        own = {**form, "$defs": schema["$defs"]}
        first, second = Draft202012Validator(own), IndependentValidator(own)
        for example in examples(form):
            assert first.is_valid(example), (path, example)
            assert second.is_valid(example), (path, example)
            checked += 1
    assert checked > least


def test_a_block_without_examples_still_has_a_description(monkeypatch):
    monkeypatch.setattr(BLOCKS["pull_quote"], "examples", ())
    described = dict(properties(brief_schema()))
    block = next(form for path, form in described.items() if path.endswith("items.pull_quote"))
    assert block["description"]
    assert "examples" not in block


def fields(model, seen=()):
    """Every field of the model and of the parts that it is made of, each part once."""
    for field in model.fields.values():
        yield model, field.key, field
        for part in parts_of(field.annotation):
            if part not in seen:
                seen = (*seen, part)
                yield from fields(part, seen)


def parts_of(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_of(inner)]


def as_typed(value):
    """A value as the reader hands it on: every scalar as text."""
    if isinstance(value, dict):
        return {str(key): as_typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_typed(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else value if value is None else str(value)


@pytest.mark.parametrize(("model", "least"), [(Brief, 120), (Project, 14)])
def test_the_model_accepts_the_examples_of_every_field(model, least):
    checked = 0
    for part, name, field in fields(model):
        if name == "kind" or part is Paragraphs or Section in parts_of(field.annotation) or part is Section:
            continue  # what has a body goes through the reader, below
        form = next(form for key, form in value_types_of(part).items() if part.fields[key].key == name)
        assert field.examples, (part, name)
        for example in field.examples:
            validation = Validation(None)
            form.validate(as_typed(example), (name,), validation)
            assert validation.issues == []
            checked += 1
    assert checked > least


@pytest.mark.parametrize("name", BRIEF["properties"])
def test_the_reader_accepts_the_examples_of_every_key_of_a_brief(name):
    found = examples(BRIEF["properties"][name])
    assert found
    for example in found:
        brief = {"title": "T", "key_points": "Four partners.", name: example}
        assert read(yaml.safe_dump(brief).encode(), "b.yaml").diagnostics == ()


def test_every_allowed_value_of_a_choice_is_described():
    found = [
        (get_args(annotation), tuple(choices.meanings))
        for _, _, field in fields(Brief)
        for annotation, choices in annotated(field.annotation)
    ]
    assert len(found) >= 5
    assert all(words == told for words, told in found)


def annotated(annotation):
    """The list of words of a field, and what is told about each."""
    base, *notes = [getattr(annotation, "__origin__", annotation), *getattr(annotation, "__metadata__", ())]
    yield from ((base, note) for note in notes if isinstance(note, ChoiceValue))
    for inner in get_args(annotation):
        yield from annotated(inner)


def complaints(body):
    """What the reader says about a brief with this body, and with the source that the examples cite."""
    brief = {"title": "T", "sections": [{"title": "S", "body": body}], "sources": {"blake-2010": "Remarks"}}
    return read(yaml.safe_dump(brief).encode(), "b.yaml").diagnostics


def block_forms():
    return BRIEF["$defs"]["Body"]["items"]["properties"]


@pytest.mark.parametrize("name", BLOCKS)
def test_the_reader_accepts_the_examples_of_every_block(name):
    for example in examples(block_forms()[name]):
        assert complaints(["Text.", {name: example}]) == ()


def test_the_reader_accepts_the_examples_of_a_body():
    found = Section.fields["body"].examples
    assert len(found) > 1
    for example in found:
        assert complaints(example) == ()


def objects(node):
    """Every mapping with keys of its own, wherever it stands."""
    if isinstance(node, dict) and "properties" in node:
        yield node
    children = node if isinstance(node, list) else node.values() if isinstance(node, dict) else ()
    if isinstance(node, dict):
        children = [child for name, child in node.items() if name not in {"examples", "if"}]
    for child in children:
        yield from objects(child)


@SCHEMAS
def test_no_object_of_a_schema_allows_unknown_keys(schema, least):
    found = list(objects(schema))
    assert len(found) > least // 8
    assert all(part["additionalProperties"] is False for part in found)


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.name)
def test_the_schema_accepts_every_shipped_brief(path):
    assert errors(read(path.read_bytes(), path.name).diagnostics) == ()
    found = [
        f"{list(error.absolute_path)}: {error.message[:200]}"
        for error in VALIDATOR.iter_errors(yaml.load(path.read_text(encoding="utf-8"), Editor))
    ]
    assert found == []


HEAD = "title: T\nsections:\n  - title: S\n    body:\n"
TAKEN = [
    "title: 2016\nkey_points: 4\n",
    "title: T\nkey_points:\n  - One.\n  - 2\n",
    "title: T\nkey_points: x\nsummary:\nlayout: ~\nsources:\n",
    "title: T\nkey_points: x\ncopy: 3 of 12\nas_of: 2016\nissued: 2016-10-05\n",
    "title: T\nkey_points: x\nfact_box:\n  facts:\n    Capital: Astana\n    Population:\n      value: 17.9\n      as_of: 2016\n      source: [a, b]\n",
    "title: T\nsections:\n  - title: S\n    body: Text.\n  - title: S\n    body:\n",
    HEAD + "      - Text.\n      - page_break\n      - page_break:\n",
    HEAD
    + "      - pull_quote: x\n      - sidebar: y\n      - people:\n          - Jane Doe\n          - name: Erlan Idrissov\n            since: 2012\n",
    HEAD
    + "      - timeline:\n          - 2010-01-20: Remarks\n          - 2017 to 2018: Term\n          - when: 2010\n            text: x\n",
    HEAD
    + "      - table:\n          caption: c\n          columns:\n            - A\n            - title: B\n              align: right\n          rows:\n            - [a, ~]\n            - [b, 1.5]\n",
    HEAD + "      - chart:\n          caption: c\n          data:\n            Italy: 7.5\n",
    HEAD + "      - table:\n          caption: c\n          csv: a.csv\n          rows:\n",
    "title: T\nkey_points: x\nfact_box:\n  facts:\n    Capital:\n    Area: 5\nglossary:\n  OSCE:\nsources:\n  a:\n",
    'title: T\nkey_points: x\nlayout:\n  pages: "2"\n  paragraph_numbers: yes\n',
    "title: T\nkey_points: x\nsources:\n  2016: x\nfact_box:\n  source: 2016\n  facts:\n    A: 1\n",
    "title: T\nkey_points: x\nmeetings:\n  - title: M\n    when: 2016-10-12 10:30\n    ours: [Jane Doe]\n",
]
REFUSED = [
    "title: T\n",
    "key_points: x\n",
    "title: T\nkey_points: x\nsumary: y\n",
    "title: [T]\nkey_points: x\n",
    "title: T\nkey_points: x\nstatus: finished\n",
    "title: T\nkey_points: x\ncountry: kz\n",
    "title: T\nkey_points: x\nissued: 5 October 2016\n",
    "title: T\nkey_points: x\nlanguage: English\n",
    HEAD + "      - pullquote: x\n",
    HEAD + "      - sidebar: x\n        audience: internal\n",
    HEAD + "      - sidebar:\n          kind: table\n          body: x\n",
    HEAD + "      - figure:\n          image: x.svg\n",
    HEAD + "      - figure:\n          image: x.svg\n          alt: y\n          wide: perhaps\n",
    HEAD + "      - sidebar\n",
    HEAD + "      - sidebar:\n",
    HEAD + "      - page_break: now\n",
    HEAD + "      - table:\n          caption: c\n          rows:\n            - - a\n",
    HEAD
    + "      - table:\n          caption: c\n          columns:\n            - A\n          rows:\n            - - a\n          csv: a.csv\n",
    HEAD + "      - chart:\n          caption: c\n          data:\n            A: 1\n          csv: a.csv\n",
    HEAD + "      - timeline:\n          - when: 2010-13\n            text: x\n",
    "title: T\nkey_points: x\nas_of: last week\n",
    "title: T\nkey_points: x\nas_of: 2016-13\n",
    "title: T\nkey_points: x\nsources:\n  two words: x\n",
    "title: T\nkey_points: x\nlayout:\n  pages: two\n",
    "title: T\nkey_points: x\nmeetings:\n  - title: M\n    when: 2016-10-12 25:30\n",
]


@pytest.mark.parametrize("text", TAKEN)
def test_the_schema_accepts_what_the_reader_accepts(text):
    assert errors(read(text.encode(), "b.yaml").diagnostics) == () or "source" in text
    assert accepts(text)


@pytest.mark.parametrize("text", REFUSED)
def test_the_schema_refuses_what_the_reader_refuses(text):
    assert errors(read(text.encode(), "b.yaml").diagnostics)
    assert not accepts(text)


CASES = [
    (f"{path.stem}: {title}", text)
    for path in sorted((ROOT / "tests" / "cases").glob("*.md"))
    for title, text in re.findall(
        r"^([^\n#.][^\n]*)\n\.\n(.*?)^\.\n.*?^\.$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
]
#: What no schema can see: what is wrong inside a text, and what does not fit together.
UNSEEN = {
    "anchor",
    "block-in-line",
    "brackets",
    "character",
    "citation-form",
    "duplicate-id",
    "duplicate-key",  # the editor itself does
    "foreign-form",
    "heading-level",
    "link",
    "map-country",
    "markdown-depth",
    "not-a-list",
    "picture-in-text",
    "reference-form",
    "reserved-id",
    "row-length",
    "rule",
    "series-length",
    "unknown-reference",
    "unknown-source",
}
UNSEEN_CASES = {
    "mistakes: A chart whose values are all empty",
    "mistakes: Cells that are no numbers in a column of numbers",
    "mistakes: A percentage among numbers",
}


def test_the_schema_and_the_reader_agree_on_every_case():
    """Every case that is YAML at all: the build and the editor agree, as far as a schema can see."""
    taken, refused, unseen, wrong = 0, 0, set(), []
    for title, text in CASES:
        try:
            value = yaml.load(text, Editor)
        except (yaml.YAMLError, ValueError):
            continue
        codes = {diagnostic.code for diagnostic in errors(read(text.encode(), "b.yaml").diagnostics)}
        red, visible = not VALIDATOR.is_valid(value), codes - UNSEEN
        taken += not codes
        refused += bool(visible)
        unseen |= codes & UNSEEN if not red else set()
        if (visible and not red and title not in UNSEEN_CASES) or (red and not codes):
            wrong.append(f"{title}: {sorted(codes)}, and the editor {'reddens it' if red else 'takes it'}")
    assert wrong == []
    assert taken > 12, "no good cases were found"
    assert refused > 40, "no bad cases were found"
    assert unseen == UNSEEN, "what is told to be unseen is seen, or is in no case"


def test_every_block_has_a_completion():
    assert set(block_forms()) == set(BLOCKS)


def test_countries_are_offered_by_name():
    offers = {offer["body"]: offer["label"] for offer in BRIEF["properties"]["country"]["defaultSnippets"]}
    assert len(offers) == 250  # ISO 3166-1, and Kosovo
    assert offers["KZ"] == "Kazakhstan: KZ"
    assert offers["NO"] == "Norway: NO"
    assert not {"UN", "EU", "ZZ"} & offers.keys()


def test_languages_are_offered_by_name_and_other_tags_are_accepted():
    for schema in (BRIEF, PROJECT):
        form = schema["properties"]["language"]
        offers = {offer["body"]: offer["label"] for offer in form["defaultSnippets"]}
        assert offers["en-GB"] == "English (United Kingdom): en-GB"
        assert offers["kk"] == "Kazakh: kk"
        part = Draft202012Validator({**form, "$defs": schema["$defs"]})
        assert all(part.is_valid(tag) for tag in (*offers, "sr-Latn-RS", "es-419"))


def test_the_project_schema_has_every_key_shared_with_briefs():
    assert set(Settings.fields) < set(PROJECT["properties"])


@pytest.mark.parametrize(("name", "project"), [("briefing", False), ("briefing-project", True)])
def test_the_schemas_in_the_docs_are_up_to_date(name, project):
    kept = (ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8")
    option = "--project " if project else ""
    assert nameless(kept) == nameless(schema_text(project=project)), (
        f"write it anew: briefing schema {option}-o docs/{name}.schema.json"
    )
    assert json.loads(schema_text(project=project)) == (PROJECT if project else BRIEF)


def nameless(text):
    """Without the names of countries and languages, which another edition of Babel may spell otherwise."""
    schema = json.loads(text)
    named = [form for _, form in properties(schema) if len(form.get("defaultSnippets", ())) > 1]
    assert len(named) > 0, "no names were found"
    for form in named:
        form["defaultSnippets"] = sorted(offer["body"] for offer in form["defaultSnippets"])
    return schema
