"""The schema that editors use: true to the reader, with a word and an example for every key."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing.diagnostics import errors
from briefing.model import BLOCKS, Settings
from briefing.reading import read
from briefing.reading.schema import brief_schema, project_schema, schema_text

ROOT = Path(__file__).resolve().parent.parent
CONTENT = sorted((ROOT / "content").rglob("*.yaml"))
VALIDATOR = Draft202012Validator(brief_schema())


class Editor(yaml.SafeLoader):
    """Values as an editor sees them: YAML 1.2, where NO is a word and a date is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the library's own name


Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false|True|False)$"), list("tfTF"))
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]*\.[0-9]+$"), list("-+.0123456789"))


def accepts(text):
    return VALIDATOR.is_valid(yaml.load(text, Editor))


def properties(schema):
    """Every key of the schema, with the name of its part."""
    for name, part in {**schema["$defs"], "": schema}.items():
        for form in (part, *part.get("anyOf", ())):
            for key, value in form.get("properties", {}).items():
                yield f"{name}.{key}", value


@pytest.mark.parametrize("schema", [brief_schema(), project_schema()], ids=["brief", "project"])
def test_it_is_a_schema_of_the_draft_it_names(schema):
    assert schema["$schema"].endswith("2020-12/schema")
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("schema", [brief_schema(), project_schema()], ids=["brief", "project"])
def test_every_key_has_a_description_and_an_example(schema):
    keys = [(name, value) for name, value in properties(schema) if not name.startswith("Body.")]
    assert len(keys) > 10
    for name, value in keys:
        assert value.get("description", "").endswith((".", "?")), name
        assert value.get("examples"), name


def test_every_example_is_one_that_the_schema_takes():
    schema = brief_schema()
    checked = 0
    for name, value in properties(schema):
        for example in value.get("examples", ()):
            part = Draft202012Validator({**value, "$defs": schema["$defs"]})
            assert part.is_valid(example), (name, example)
            checked += 1
    assert checked > 80


def test_no_part_takes_an_unknown_key():
    for part in brief_schema()["$defs"].values():
        for form in (part, *part.get("anyOf", ())):
            if "properties" in form:
                assert form["additionalProperties"] is False


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.name)
def test_every_brief_that_the_reader_takes_the_editor_takes(path):
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
]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_reader_takes_the_editor_takes(text):
    assert errors(read(text.encode(), "b.yaml").diagnostics) == () or "source" in text
    assert accepts(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_reader_refuses_the_editor_reddens(text):
    assert errors(read(text.encode(), "b.yaml").diagnostics)
    assert not accepts(text)


def test_every_block_can_be_completed():
    offered = {
        key
        for form in brief_schema()["$defs"]["Body"]["anyOf"][1]["items"]["anyOf"]
        for key in form.get("properties", {})
    }
    assert offered == set(BLOCKS)


def test_a_project_knows_the_keys_that_a_brief_shares_with_it():
    assert set(Settings.model_fields) < set(project_schema()["properties"])


def test_the_schema_in_the_docs_is_the_one_the_program_writes():
    kept = (ROOT / "docs" / "briefing.schema.json").read_text(encoding="utf-8")
    assert kept == schema_text(), "write it anew: briefing schema -o docs/briefing.schema.json"
    assert json.loads(kept) == brief_schema()
    kept = (ROOT / "docs" / "briefing-project.schema.json").read_text(encoding="utf-8")
    assert kept == schema_text(project=True), (
        "write it anew: briefing schema --project -o docs/briefing-project.schema.json"
    )
    assert json.loads(kept) == project_schema()
