"""The docs list every key and no other, their examples pass, and every link has a target."""

import re
import shutil

import click
import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing import cli
from briefing.model import (
    BLOCKS,
    Brief,
    Checks,
    Column,
    Entry,
    Fact,
    FactBox,
    IfRaised,
    Layout,
    Meeting,
    Person,
    Project,
    Section,
    Series,
    Settings,
    Source,
)
from briefing.model.blocks.common import BlockPart
from briefing.reading.schema import brief_schema
from tests.support.project import ROOT

TEXT = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")

#: What a chapter about a block explains besides the block.
IN_BLOCKS = {"chart": [Series], "people": [Person], "table": [Column], "timeline": [Entry]}
#: Which part of a brief each chapter is about.
CHAPTERS = {
    "The front of the brief": [],  # what a brief has besides its parts, below
    "Layout": [Layout],
    "Key points and the fact box": [FactBox, Fact],
    "Sections and annexes": [Section],
    "Blocks": [BlockPart],
    **{key: [block, *IN_BLOCKS.get(key, [])] for key, block in BLOCKS.items()},
    "Sources, notes and references": [Source],
    "Meeting sheets": [Meeting, IfRaised],
    "Silencing a check": [Checks],
    "Defaults for all briefs": [Project],
}
#: Keys of a brief that have a chapter of their own.
ELSEWHERE = {"annexes", "checks", "fact_box", "glossary", "key_points", "layout", "meetings", "sections", "sources"}


def keys(model):
    return {field.key for name, field in model.fields.items() if name != "kind"}


def chapter(title):
    """What stands under a heading, without the examples of YAML, up to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", without_comments(TEXT), re.MULTILINE | re.DOTALL)
    assert found, f"there is no chapter '{title}'"
    return found[1]


def without_comments(text):
    """`# ` in an example of YAML or Markdown is no heading."""
    return re.sub(r"^```.*?^```", lambda fence: fence[0].replace("\n#", "\n·"), text, flags=re.MULTILINE | re.DOTALL)


def named(text):
    """Every word in the way of a key: in backticks, or in front of a colon in an example."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    ticked = re.findall(r"`(?:layout\.)?([a-z_]+)(?::[^`]*)?`", prose)
    examples = "\n".join(re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    return {*ticked, *re.findall(r"^[ -]*([a-z_]+):", examples, re.MULTILINE)}


def rows(text):
    """The keys in the first column of a chapter's table of keys."""
    table = re.search(r"^\| key \|.*?\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = [line.split("|")[1] for line in table[1].splitlines()] if table else []
    return [key for cell in cells for key in re.findall(r"`(?:layout\.)?([a-z_]+)`", cell)]


def wanted(title):
    """The keys that a chapter must name, and those that it may."""
    models = CHAPTERS[title]
    must = set().union(*map(keys, models)) if models else keys(Brief) - ELSEWHERE
    shared = keys(BlockPart) if any(issubclass(model, BlockPart) for model in models) and title != "Blocks" else set()
    return must - shared, must | shared


@pytest.mark.parametrize("title", CHAPTERS)
def test_every_key_is_documented_in_its_chapter(title):
    must, _ = wanted(title)
    assert must <= named(chapter(title)), f"{title}: {sorted(must - named(chapter(title)))}"


@pytest.mark.parametrize("title", CHAPTERS)
def test_every_documented_key_exists_in_the_program(title):
    _, may = wanted(title)
    found = rows(chapter(title))
    assert len(found) == len(set(found))
    assert set(found) <= may


def test_the_key_tables_are_found():
    assert len([title for title in CHAPTERS if rows(chapter(title))]) >= 8
    assert len(rows(chapter("The front of the brief"))) > 15


def test_every_model_has_a_chapter():
    parts = {model for models in CHAPTERS.values() for model in models}
    assert {*BLOCKS.values(), Layout, FactBox, Fact, Section, Source, Meeting, IfRaised, Person, Checks} <= parts
    assert keys(Settings) < keys(Brief)
    assert keys(Brief) > ELSEWHERE
    assert re.search(r"^## Glossary$", TEXT, re.MULTILINE)


def test_every_command_and_every_option_is_documented():
    group = next(value for value in vars(cli).values() if isinstance(value, click.Group))
    context = click.Context(group)
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    options = [option for command in commands.values() for option in command.params if isinstance(option, click.Option)]
    assert len(commands) > 5
    assert len(options) > 20
    told = chapter("The commands")
    assert [name for name in commands if f"`briefing {name}" not in told] == []
    ticked = {word for words in re.findall(r"`([^`\n]+)`", TEXT) for word in re.split(r"[ ,=]+", words)}
    assert [option.opts for option in options if not ticked & set(option.opts)] == []


# --- the examples ---------------------------------------------------------------------------------

EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def whole(example):
    """A brief around an example: what it leaves out, the sources that it cites, and the text that it draws on."""
    if re.match(r"- [a-z_]+(:|$)", example, re.MULTILINE):
        block = "".join(f"      {line}\n" for line in example.splitlines())
        example = f"sections:\n  - title: Partners\n    body:\n{block}"
    if example.startswith("body:"):
        example = "sections:\n  - title: Partners\n" + "".join(f"    {line}\n" for line in example.splitlines())
    cited = {*re.findall(r"@([a-z0-9-]+)", example), *re.findall(r"^ +source: ([a-z0-9-]+)", example, re.MULTILINE)}
    has_picture = "flag.svg" in example or "map: " in example
    missing = [] if "\nsources:" in f"\n{example}" else sorted(cited)
    return "".join(
        [
            "" if "\ntitle:" in f"\n{example}" else "title: Kazakhstan\n",
            "" if re.search(r"^(sections|key_points):", example, re.MULTILINE) else "key_points: Four partners.\n",
            "country: KZ\n" if has_picture and "\ncountry:" not in f"\n{example}" else "",
            example,
            "sources:\n" if missing else "",
            *(f"  {key}: An entry.\n" for key in missing),
        ]
    )


def test_the_examples_pass_the_check_command(tmp_path, run_briefing):
    """Every example of YAML, alone, with the project's pictures beside it."""
    content = tmp_path / "content"
    for folder in ("images", "data"):
        shutil.copytree(ROOT / "content" / folder, content / folder)
    assert len(EXAMPLES) > 15, "the examples were not found"
    for number, example in enumerate(EXAMPLES, 1):
        (content / f"example-{number}.yaml").write_text(whole(example), encoding="utf-8")
    run = run_briefing("check", cwd=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr


class AsTyped(yaml.SafeLoader):
    """Dates are texts in an editor."""


AsTyped.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_the_schema_accepts_the_examples(example):
    found = Draft202012Validator(brief_schema()).iter_errors(yaml.load(whole(example), AsTyped))
    assert [error.message[:200] for error in found] == []


# --- docs/themes.md -------------------------------------------------------------------------------


def merged(one, other):
    """Two parts of a theme.yaml as one."""
    both = {key: merged(one[key], value) for key, value in other.items() if isinstance(one.get(key), dict)}
    return {**one, **other, **both}


def test_the_example_theme_works(tmp_path, run_briefing):
    """The theme of ten minutes, with the style, the template and the labels that the page shows further down."""
    text = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    yamls = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    theme = next(yaml.safe_load(example) for example in yamls if example.startswith("name: ministry"))
    for example in yamls:
        if example.startswith("styles:"):
            theme = merged(theme, yaml.safe_load(example))
    assert {"title", "summary", "banner"} <= theme["styles"].keys()
    labels = next(example for example in yamls if example.startswith("# templates/standard/labels/nb.yaml"))
    template = re.search(r"^```jinja\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
    files = {
        "content/brief.yaml": "title: Kazakhstan\nlanguage: nb\nkey_points: |\n  - Four partners.\nlayout:\n  theme: ministry\n"
        "fact_box:\n  source: factbook\n  facts:\n    Capital: Astana\nsources:\n  factbook: The World Factbook\n",
        "templates/ministry/theme.yaml": yaml.safe_dump(theme),
        "templates/ministry/brief.html.j2": template,
        "templates/standard/labels/nb.yaml": labels,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    run = run_briefing("build", "-f", "html", "--strict", cwd=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    page = (tmp_path / "output" / "brief.html").read_text(encoding="utf-8")
    assert '<p class="banner">For the visit of 12 October</p>' in page
    assert "#5b2a6e" in page
    assert page.index("Hovedpunkter") < page.index("Kort fortalt") < page.index("Kilder</h2>")


# --- links ----------------------------------------------------------------------------------------

PAGES = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))


def anchor_of(title):
    """The name that a heading has in a link."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def anchors(page):
    """The names by which a page's headings can be reached."""
    titles = re.findall(r"^#+ (.+)$", without_comments(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {anchor_of(title) for title in titles}


def links(page):
    """The links of a page to other pages and files of the project."""
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_has_a_target(page):
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_links_are_found():
    assert len(PAGES) > 8
    assert sum(len(links(page)) for page in PAGES) > 60


def test_the_table_of_contents_lists_every_chapter():
    page = ROOT / "docs" / "authoring.md"
    contents = TEXT[: TEXT.index("\n## ")]
    listed = re.findall(r"\]\(#([^)]+)\)", contents)
    chapters = re.findall(r"^## (.+)$", without_comments(TEXT), re.MULTILINE)
    assert len(chapters) > 15
    assert {anchor_of(title) for title in chapters} <= set(listed)
    assert set(listed) <= anchors(page)
