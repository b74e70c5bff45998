"""`briefing new` creates a first brief or a first project that can be built at once."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing.diagnostics import SetupError
from briefing.starter.brief import Wish, brief_text, words_of
from briefing.starter.country import country_named, country_names, find_country, find_language
from briefing.starter.file_names import place_of
from briefing.starter.project import begin_project
from tests.support.read_outputs import read

DAY = dt.date(2016, 10, 1)


def switched_on(text: str) -> str:
    """The text with every line that is switched off by a single # switched on, as Ctrl+/ does it."""
    return re.sub(r"^( *)# (?!yaml-language-server)", r"\1", text, flags=re.MULTILINE)


def wish(country: str | None, language: str = "en-GB", **more) -> Wish:
    known = find_country(country, language, DAY) if country else None
    title = known.name if known else "First brief"
    return Wish("content/x.yaml", "x.json", title, language, DAY, known, **more)


# The brief.


def test_a_first_brief_can_be_created_and_built(run_briefing, tmp_path):
    made = run_briefing("new", "kazakhstan", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "wrote  content/kazakhstan.yaml  about Kazakhstan (KZ)\n" in made.stdout
    told = next(line.split("  ")[1] for line in made.stdout.splitlines() if "briefing build" in line)
    built = run_briefing(*told.split()[1:], cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "error" not in built.stderr
    assert set(re.findall(r"^warning\[([a-z-]+)\]", built.stderr, re.MULTILINE)) <= {"todo"}
    for suffix in ("html", "pdf", "docx"):
        words = " ".join(read(tmp_path / "output" / f"kazakhstan.{suffix}").body)
        for phrase in ("Kazakhstan", "Country brief", "Languages Russian, Kazakh", "Kazakhstani", "TODO"):
            assert phrase in words, suffix


def test_a_brief_in_another_language_has_the_words_of_that_language(run_briefing, tmp_path):
    made = run_briefing("new", "asia/kazakhstan.ru", "--country", "kz", "--language", "ru", "--meeting", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    built = run_briefing("build", "-f", "html", cwd=tmp_path)
    assert (built.returncode, "error" in built.stderr) == (0, False), built.stderr
    words = " ".join(read(tmp_path / "output/asia/kazakhstan.ru.html").body)
    for phrase in ("Страновая справка", "Казахстан", "Столица", "Русский, казахский", "(KZT)", "Тезисы для беседы"):
        assert phrase in words


def test_a_new_brief_names_its_schema_and_is_valid(run_briefing, tmp_path):
    run_briefing("new", "visits/oslo", "-c", "NO", "--meeting", cwd=tmp_path)
    brief = tmp_path / "content/visits/oslo.yaml"
    line = brief.read_text("utf-8").partition("\n")[0]
    schema = (brief.parent / line.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert schema.is_relative_to(tmp_path)
    loaded = yaml.load(brief.read_text("utf-8"), yaml.SafeLoader)
    # As an editor reads it, after YAML 1.2: NO is a word, and a date is one too.
    plain = json.loads(json.dumps({**loaded, "country": "NO"}, default=str))
    assert list(Draft202012Validator(json.loads(schema.read_text("utf-8"))).iter_errors(plain)) == []


def test_an_existing_schema_of_the_project_is_used(run_briefing, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/briefing.schema.json").write_text("{}")
    run_briefing("new", "norway", cwd=tmp_path)
    assert "$schema=../docs/briefing.schema.json\n" in (tmp_path / "content/norway.yaml").read_text("utf-8")
    assert not (tmp_path / ".vscode").exists()


def test_a_brief_created_in_a_subfolder_is_written_to_the_content_folder(run_briefing, tmp_path):
    (tmp_path / "content/asia").mkdir(parents=True)
    run = run_briefing("new", "norway", cwd=tmp_path / "content/asia")
    assert "wrote  ../norway.yaml" in run.stdout
    assert (tmp_path / "content/norway.yaml").is_file()
    assert "briefing build ../norway.yaml" in run.stdout
    # In the file it is named as seen from the project.
    assert "briefing build content/norway.yaml\n" in (tmp_path / "content/norway.yaml").read_text("utf-8")


def test_settings_of_the_project_are_not_repeated_in_a_new_brief(run_briefing, tmp_path):
    (tmp_path / "briefing.yaml").write_text("series: Desk note\nlanguage: kk\n", "utf-8")
    run_briefing("new", "norway", cwd=tmp_path)
    text = (tmp_path / "content/norway.yaml").read_text("utf-8")
    assert "\nlanguage: kk\n" in text
    assert "\n# series:" in text
    run_briefing("new", "norway.ru", "-l", "ru", cwd=tmp_path)
    assert "\nseries: Страновая справка\n" in (tmp_path / "content/norway.ru.yaml").read_text("utf-8")


@pytest.mark.parametrize(("language", "meeting"), [("en-GB", False), ("ru", True)])
def test_every_commented_line_of_a_new_brief_is_valid(run_briefing, root, tmp_path, language, meeting):
    text = switched_on(brief_text(wish("NO", language, meeting=meeting)))
    assert text.count("\n      - ") > 8, "no blocks were switched on"
    (tmp_path / "content/images").mkdir(parents=True)
    for name, other in {"flag": "tests/benchmarks/flag.svg", "map": "content/images/norway-locator.svg"}.items():
        shutil.copy(root / other, tmp_path / f"content/images/{name}.svg")
    (tmp_path / "content/norway.yaml").write_text("title: Norway\nkey_points: |\n  - One.\n", "utf-8")
    (tmp_path / "content/all.yaml").write_text(text, "utf-8")
    run = run_briefing("check", "--messages", "concise", "content/all.yaml", cwd=tmp_path)
    assert (run.returncode, "error[" in run.stderr) == (0, False), run.stderr
    # One line names another brief, one a day that has passed.
    filled = re.sub("(?m)^(?:translation_of|review_by):.*\n", "", text.replace("TODO", "We want peace"))
    (tmp_path / "desk").mkdir()
    begin_project(tmp_path / "desk", language)
    shutil.copytree(tmp_path / "content/images", tmp_path / "desk/content/images")
    (tmp_path / "desk/content/norway.yaml").write_text("title: Norway\nkey_points: |\n  - One.\n", "utf-8")
    (tmp_path / "desk/content/all.yaml").write_text(filled, "utf-8")
    run = run_briefing("check", "--strict", "content/all.yaml", cwd=tmp_path / "desk")
    assert (run.returncode, run.stderr.count("warning[")) == (0, 0), run.stderr


def test_a_misspelt_marking_is_an_error_in_a_new_project(desk, run_briefing, tmp_path):
    here = shutil.copytree(desk, tmp_path / "desk")
    (here / "content/oslo.yaml").write_text("title: Oslo\nmarking: OFFICAL\nkey_points: |\n  - Fish.\n", "utf-8")
    run = run_briefing("check", "content/oslo.yaml", cwd=here)
    assert run.returncode == 1
    assert "error[unknown-marking]" in run.stderr
    assert "did you mean 'OFFICIAL'?" in run.stderr


def test_a_new_brief_uses_only_yaml_block_style():
    for meeting in (False, True):
        node = yaml.compose(switched_on(brief_text(wish("KZ", meeting=meeting))))
        nodes, flow = [node], []
        while nodes:
            each = nodes.pop()
            if isinstance(each, yaml.CollectionNode):
                flow += [each.start_mark.line + 1] if each.flow_style else []
                nodes += [n for pair in each.value for n in (pair if isinstance(pair, tuple) else (pair,))]
        assert isinstance(node, yaml.MappingNode)
        assert flow == []


@pytest.mark.parametrize("language", ["ru", "fr"])
def test_a_brief_can_be_created_for_every_country(language):
    codes = sorted(country_names("en"))
    assert len(codes) > 240
    for code in codes:
        asked = wish(code, language)
        loaded = yaml.load(brief_text(asked), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        assert (loaded["title"], loaded["country"]) == (asked.country.name, code)
        facts = loaded["fact_box"]["facts"]
        assert facts[words_of(language)["capital"]]["value"] == (asked.country.capital or "TODO")
        assert facts[words_of(language)["currency"]]["value"] == (asked.country.currency or "TODO")
        assert facts[words_of(language)["languages"]]["value"] == (asked.country.languages or "TODO")


def test_the_words_of_every_language_are_complete():
    keys = {language: list(words_of(language)) for language in ("en", "ru", "kk")}
    assert len(keys["en"]) > 8
    assert keys["ru"] == keys["kk"] == keys["en"]
    assert words_of("ru") != words_of("kk") != words_of("en")


def test_a_new_brief_says_that_its_language_has_no_translated_names():
    assert "The names of facts and sections are English" in brief_text(wish("FR", "fr"))
    assert "The names of facts and sections are English" not in brief_text(wish("FR", "en-US"))


@pytest.mark.parametrize(
    ("name", "code"),
    [("norway", "NO"), ("south-korea", "KR"), ("cote-d-ivoire", "CI"), ("Kazakhstan", "KZ"), ("oslo", None)],
)
def test_the_country_of_a_brief_is_found_from_its_name(name, code):
    assert country_named(name, "en") == code


# What is refused.


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("norway", ("norway",)),
        ("europe/norway", ("europe", "norway")),
        ("content/norway.yaml", ("norway",)),
        ("./content/europe/norway.yml", ("europe", "norway")),
        (r"europe\norway", ("europe", "norway")),
        ("kazakhstan.ru", ("kazakhstan.ru",)),
        ("Қазақстан", ("Қазақстан",)),
    ],
)
def test_a_typed_name_becomes_a_path_below_the_content_folder(name, place):
    assert place_of(name) == place


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../norway", "a/../b", "/etc/norway", "C:norway", r"C:\norway", r"\\server\norway", "con", "LPT1.ru",
     "aux/norway", ".hidden", "a//b", "norway.", "nor way", "nor?way", "nor*way", "a:b", 'a"b', "a|b", "a\nb", "a\0b",
     "-norway", "x-handout", "templates/norway", "n" * 100, "~norway", "$HOME"],
)  # fmt: skip
def test_names_outside_the_project_or_forbidden_by_a_system_are_refused(name):
    with pytest.raises(SetupError):
        place_of(name)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["South Korea"], "brief-name", "how about south-korea?"),
        (["x", "--country", "Norwya"], "unknown-country", "did you mean NO (Norway)?"),
        (["x", "--country", "ZZ"], "unknown-country", "'ZZ' is not the code of a country"),
        (["x", "--language", "russian"], "unknown-language", "did you mean ru?"),
        (["norway"], "brief-exists", "content/norway.yaml is there already; nothing was written"),
        (["NORWAY.yml"], "brief-exists", "content/norway.yaml is there already; nothing was written"),
    ],
)
def test_a_wrong_call_is_reported_and_writes_nothing(run_briefing, tmp_path, arguments, code, words):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/norway.yaml").write_text("title: Mine\n")
    run = run_briefing("new", *arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stderr.partition(": ")[0] == f"error[{code}]"
    assert words in run.stderr
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["norway.yaml"]
    assert (tmp_path / "content/norway.yaml").read_text() == "title: Mine\n"


def test_new_without_a_name_shows_how_to_call_it(run_briefing, tmp_path):
    run = run_briefing("new", cwd=tmp_path)
    assert run.returncode == 2
    assert "briefing new norway" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_path_is_reported(run_briefing, tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/europe").write_text("a file")
    run = run_briefing("new", "europe/norway", cwd=tmp_path)
    assert run.returncode == 3
    assert "content/europe" in run.stderr
    assert "cannot be written" in run.stderr


def test_a_language_tag_is_normalised():
    assert [find_language(tag) for tag in ("EN-gb", "ru", "zh_Hant_TW")] == ["en-GB", "ru", "zh-Hant-TW"]


# The project.


@pytest.fixture(scope="module")
def desk(tmp_path_factory, run_briefing) -> Path:
    folder = tmp_path_factory.mktemp("new")
    run = run_briefing("new", "--project", "desk", "--country", "CI", cwd=folder)
    assert run.returncode == 0, run.stderr
    assert "  cd desk " in run.stdout
    assert "briefing build content/cote-d-ivoire.yaml" in run.stdout
    return folder / "desk"


def test_a_new_project_has_all_its_files(desk):
    files = {path.relative_to(desk).as_posix() for path in desk.rglob("*") if path.is_file()}
    assert files >= {
        "briefing.yaml",
        "content/cote-d-ivoire.yaml",
        "templates/README.md",
        ".vscode/settings.json",
        ".vscode/extensions.json",
        ".vscode/briefing.schema.json",
        ".vscode/briefing-project.schema.json",
        ".gitignore",
    }
    assert (desk / "output").is_dir()
    settings = json.loads((desk / ".vscode/settings.json").read_text("utf-8"))
    assert [name for name in settings["yaml.schemas"] if not (desk / name).is_file()] == []
    assert "redhat.vscode-yaml" in json.loads((desk / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]
    assert "/output/" in (desk / ".gitignore").read_text("utf-8").splitlines()


def test_a_new_project_can_be_built_at_once(desk, run_briefing, tmp_path):
    here = shutil.copytree(desk, tmp_path / "desk")
    run = run_briefing("build", "-f", "html", cwd=here)
    assert (run.returncode, "error" in run.stderr) == (0, False), run.stderr
    assert "Côte d’Ivoire" in (here / "output/cote-d-ivoire.html").read_text("utf-8")
    # Its themes' folder and its ignored files are no briefs, and its defaults hold for the next one.
    assert run_briefing("themes", cwd=here).returncode == 0
    settings = here / "briefing.yaml"
    settings.write_text(settings.read_text("utf-8").replace("# marking: OFFICIAL", "marking: OFFICIAL"), "utf-8")
    run_briefing("build", "-f", "html", cwd=here)
    assert "OFFICIAL" in (here / "output/cote-d-ivoire.html").read_text("utf-8")


def test_every_commented_default_of_a_new_project_is_valid(desk, run_briefing, root, tmp_path):
    here = shutil.copytree(desk, tmp_path / "desk")
    settings = here / "briefing.yaml"
    text = switched_on(settings.read_text("utf-8"))
    assert len(yaml.safe_load(text)) > 8
    settings.write_text(text, "utf-8")
    shutil.copy(root / "tests/benchmarks/flag.svg", here / "templates/crest.svg")
    run = run_briefing("check", "--messages", "concise", cwd=here)
    assert (run.returncode, "error[" in run.stderr) == (0, False), run.stderr
    assert "briefing.yaml" not in run.stderr


def test_existing_files_and_existing_projects_are_left_unchanged(run_briefing, tmp_path):
    (tmp_path / ".gitignore").write_text("mine\n")
    run = run_briefing("new", "--project", ".", "norway", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "kept   .gitignore: it was there already" in run.stdout
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    run = run_briefing("new", "--project", ".", "sweden", cwd=tmp_path)
    assert run.returncode == 2
    assert "error[project-exists]" in run.stderr
    assert "is a project already" in run.stderr
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize("arguments", [["../x"], ["x", "--country", "ZZ"], ["x", "--language", "klingonish"]])
def test_a_wrong_call_creates_no_part_of_a_project(run_briefing, tmp_path, arguments):
    run = run_briefing("new", "--project", "desk", *arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert list(tmp_path.iterdir()) == []
