"""The schema in an editor, tested with the YAML language server of VS Code.

A cursor in a text is written ▮.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from briefing.diagnostics import errors
from briefing.model import BLOCKS, Brief, Fact, FactBox, Project, PullQuote
from briefing.reading import read
from tests.conformance.language_server import editor

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODELINE = "# yaml-language-server: $schema=../docs/briefing.schema.json\n"
#: What VS Code's extension sends, but for the list of schemas that it would fetch from the web.
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
BODY = "title: T\nsections:\n  - title: S\n    body:\n"
CONTENT = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").glob("*.yaml"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project as `briefing` has it: content, and the schemas that its files name in their first lines."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "briefing.yaml", folder)
    (folder / "docs").mkdir()
    for schema in (ROOT / "docs").glob("*.schema.json"):
        shutil.copy(schema, folder / "docs")
    return folder


@pytest.fixture(scope="module")
def command(cache):
    """The language server, which reports when it would use the network."""
    node, server = shutil.which("node"), cache / "node_modules/yaml-language-server/bin/yaml-language-server"
    assert node, "node is not installed; make conformance does that"
    assert server.is_file(), "the YAML language server is not installed; make conformance does that"
    return [node, "--require", HERE / "no_network.cjs", server, "--stdio"]


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def vscode(command, project, log):
    with log.open("wb") as channel, editor(command, project, SETTINGS, log=channel) as it:
        yield it


@pytest.fixture
def show(vscode):
    """`show(text)`: the text as it is open in the editor, under a content file's modeline."""
    return lambda text: vscode.open(MODELINE + text, "content")


@pytest.fixture
def at(show):
    """`at(text)`: the open text and the place of its cursor."""

    def place(text):
        before = (MODELINE + text).partition("▮")[0]
        document = show(text.replace("▮", ""))
        return document, before.count("\n") + 1, len(before) - before.rfind("\n")

    return place


@pytest.fixture
def offered(vscode, at):
    """`offered(text)`: what the editor offers at the cursor, by its label."""

    def offers(text):
        found = vscode.offers(*at(text))
        assert len({offer.label for offer in found}) == len(found), "something is offered twice"
        return {offer.label: offer for offer in found}

    return offers


def keys(model):
    return {field.key for name, field in model.fields.items() if name != "kind"}


def accept(text, offer):
    """The text after an offer has been chosen, as VS Code types it: stops filled, lines indented as the first one."""
    before, _, after = text.partition("▮")
    line = before[before.rfind("\n") + 1 :]
    indent = line[: len(line) - len(line.lstrip(" "))]
    filled = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+", lambda stop: stop[1] or "", offer.inserts)
    plain = re.sub(r"\\([$}\\])", r"\1", filled)
    return before + plain.replace("\n", f"\n{indent}") + after


# --- what is right --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTENT)
def test_the_editor_reports_no_errors_in_the_shipped_briefs(vscode, name):
    text = (ROOT / name).read_text("utf-8")
    assert text.startswith(MODELINE)
    assert vscode.open(text, "content").red_lines == ()


def test_the_editor_reports_no_errors_in_the_project_file(vscode):
    text = (ROOT / "briefing.yaml").read_text("utf-8")
    assert vscode.open(text, ".").red_lines == ()


def test_the_editor_reports_no_errors_in_a_new_project(vscode, project, run_briefing):
    run = run_briefing("new", "--project", "demo", "norway", cwd=project)
    assert run.returncode == 0, run.stdout + run.stderr
    run = run_briefing("new", "visits/astana", "--country", "KZ", "--language", "ru", "--meeting", cwd=project / "demo")
    assert run.returncode == 0, run.stdout + run.stderr
    files = sorted((project / "demo").rglob("*.yaml"))
    assert [path.name for path in files] == ["briefing.yaml", "norway.yaml", "astana.yaml"]
    for path in files:
        text = path.read_text("utf-8")
        document = vscode.open(text, path.parent.relative_to(project).as_posix())
        assert document.red_lines == (), path.name
        known = {field.key for field in ({**Brief.fields, **Project.fields}).values()}
        key = next(key for key, _ in yaml.compose(text).value if key.value in known)
        words = vscode.hover(document, key.start_mark.line + 1, key.start_mark.column + 2)
        assert "Example:" in words, "the schema was not found"


# --- what is wrong --------------------------------------------------------------------------------

FAULTS = [
    ("title: T\nsumary: Four partners.\nkey_points: x\n", 2, 1, "Property sumary is not allowed"),
    ("title: T\nkey_points: x\nstatus: finished\n", 3, 9, 'Valid values: "draft", "final"'),
    ("title: T\nkey_points: x\ncountry: Kazakhstan\n", 3, 10, "the code of a country, two capitals"),
    ("title: T\nkey_points: x\nlanguage: English\n", 3, 11, "the tag of a language"),
    ("title: T\nkey_points: x\nissued: 5 October 2016\n", 3, 9, "year, month and day, as in 2016-10-01"),
    ("title: T\nkey_points: x\nas_of: 2016-13\n", 3, 8, "a date as 2016-10-01, 2016-10 or 2016"),
    ("title: [T]\nkey_points: x\n", 1, 8, "Write text here"),
    ("title: T\n", 1, 1, "A brief needs sections: or key_points:"),
    ("title: T\nkey_points: x\nlayout:\n  pages: two\n", 4, 10, "a whole number from 1 to 999"),
    ("title: T\nkey_points: x\nfact_box:\n  facts:\n    A:\n      value: 1\n      asof: 2016\n", 7, 7, "asof"),
    (BODY + "      - pullquote: x\n", 5, 9, "Property pullquote is not allowed"),
    (BODY + "      - pull_quote:\n          text: x\n          speaker: y\n", 7, 11, "speaker"),
    (
        BODY + "      - chart:\n          caption: c\n          type: pie\n          data:\n            A: 1\n",
        7,
        17,
        "bar",
    ),
    (
        BODY + "      - figure:\n          image: a.svg\n          alt: b\n          wide: perhaps\n",
        8,
        17,
        "true or false",
    ),
    (BODY + "      - table:\n          caption: c\n", 5, 9, "A table needs columns: and rows:, or csv:"),
    (BODY + "      - timeline:\n          - when: 2010\n            txt: x\n", 7, 13, "Property txt is not allowed"),
    (BODY + "      - sidebar\n", 5, 9, "A block needs a colon after its name"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_the_editor_underlines_a_mistake_at_its_position(show, text, line, column, words):
    assert errors(read(text.encode(), "brief.yaml").diagnostics), "the build must refuse it too"
    found = show(text).red_lines
    assert [red for red in found if (red.line - 1, red.column) == (line, column) and words in red.message], found


# --- what may be typed ----------------------------------------------------------------------------


def test_the_editor_offers_the_keys_of_a_brief(offered):
    found = offered("title: T\n▮")
    assert found.keys() == keys(Brief) - {"title"}
    assert all(offer.told.endswith(".") for offer in found.values()), "each with what it is"


def test_the_editor_offers_the_keys_of_the_fact_box(offered):
    assert offered("title: T\nfact_box:\n  ▮").keys() >= keys(FactBox)


def test_the_editor_offers_the_keys_of_a_fact(offered):
    assert offered("title: T\nfact_box:\n  facts:\n    Population:\n      ▮").keys() >= keys(Fact)


def test_the_editor_offers_the_keys_of_a_block(offered):
    assert offered(BODY + "      - pull_quote:\n          ▮").keys() >= keys(PullQuote)


def test_the_editor_offers_the_blocks_in_a_body(offered):
    found = offered(BODY + "      - ▮")
    assert found.keys() >= set(BLOCKS)
    assert found["table"].told.startswith("A table with a caption")


def test_the_editor_offers_only_the_allowed_values_of_a_key(offered):
    found = offered("title: T\nkey_points: x\nstatus: ▮\n")
    assert found.keys() == {"draft", "final"}
    assert found["final"].told.startswith("Marked, cleared")
    assert offered(BODY + "      - chart:\n          type: ▮\n").keys() == {"bar", "column", "line"}
    assert offered("title: T\nkey_points: x\nlayout:\n  theme: ▮\n").keys() == {"standard", "chancery"}


def test_the_editor_offers_countries_by_name(offered):
    found = offered("title: T\ncountry: ▮\n")
    assert len(found) == 250
    assert found["Kazakhstan: KZ"].inserts == "KZ"


def test_the_editor_does_not_offer_null_true_false_or_object(offered):
    for text in ("title: ▮\n", "title: T\nsummary: ▮\n", "title: T\nkey_points: ▮\n", "title: T\nlanguage: ▮\n"):
        found = offered(text)
        assert not {"null", "true", "false"} & found.keys(), text
        assert not any("[object" in offer.inserts for offer in found.values()), text


@pytest.mark.parametrize("key", sorted(keys(Brief) - {"title"}))
def test_each_key_that_the_editor_inserts_is_valid(offered, key):
    text = "title: T\n▮"
    if key not in {"sections", "key_points"}:
        text = "title: T\nkey_points: Four partners.\n▮"
    chosen = accept(text, offered(text)[key])
    assert f"\n{key}:" in chosen
    assert errors(read(chosen.encode(), "brief.yaml").diagnostics) == (), chosen


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_that_the_editor_inserts_is_valid(offered, show, block):
    text = "title: T\nsources:\n  blake-2010: Remarks\nsections:\n  - title: S\n    body:\n      - ▮"
    chosen = accept(text, offered(text)[block])
    assert errors(read(chosen.encode(), "brief.yaml").diagnostics) == (), chosen
    assert show(chosen).red_lines == (), chosen


# --- what it means --------------------------------------------------------------------------------


def test_the_editor_describes_every_key_of_a_brief(vscode):
    document = vscode.open((ROOT / "content/every-block.yaml").read_text("utf-8"), "content")
    told = {field.key: field for field in Brief.fields.values()}
    pairs = yaml.compose(document.text).value
    assert len(pairs) > 20, "no keys were found"
    for key, _ in pairs:
        words = vscode.hover(document, key.start_mark.line + 1, key.start_mark.column + 2)
        description = told[key.value].description
        assert plain(description) in plain(words), key.value
        assert "Example:" in words, key.value


def plain(markdown):
    return re.sub(r"\\(.)", r"\1", markdown)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BODY + "      - p▮ull_quote:\n          text: x\n", "With 'by' it is a quotation"),
        (BODY + "      - pull_quote:\n          text: x\n          b▮y: y\n", "Who said it."),
        ("title: T\nstatus: fi▮nal\nkey_points: x\n", "Marked, cleared"),
        ("title: T\nkey_points: x\nlayout:\n  pa▮ges: 2\n", "The page budget"),
    ],
)
def test_the_editor_describes_nested_keys(vscode, at, text, words):
    assert words in plain(vscode.hover(*at(text)))


def test_the_editor_describes_a_key_of_the_project_file(vscode):
    modeline = "# yaml-language-server: $schema=docs/briefing-project.schema.json\n"
    document = vscode.open(modeline + "markings:\n  - OFFICIAL\n", ".")
    assert document.red_lines == ()
    assert Project.fields["markings"].description in plain(vscode.hover(document, 2, 3))


# --- who is asked ---------------------------------------------------------------------------------


def test_a_network_request_of_the_editor_is_detected(command, project, tmp_path):
    settings = json.loads(json.dumps(SETTINGS))
    settings["yaml"]["schemaStore"] = {"enable": True, "url": "https://example.org/catalog.json"}
    with (tmp_path / "log").open("wb") as channel, editor(command, project, settings, log=channel) as it:
        it.open("title: T\n", "content")
    assert "asks for the network" in (tmp_path / "log").read_text("utf-8")


def test_the_editor_sends_no_network_requests(show, log):
    assert show("title: T\n").red_lines
    assert "asks for the network" not in log.read_text("utf-8")
