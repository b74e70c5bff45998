"""Loading themes: settings, inheritance, and the errors of wrong themes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from briefing.diagnostics import SetupError
from briefing.project import shipped_templates
from briefing.theme.load import list_themes, load_theme


def make(tmp_path: Path, name: str, text: str, **files: str) -> Path:
    folder = tmp_path / "templates" / name
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(text, "utf-8")
    for file, content in files.items():
        (folder / file.replace("__", ".")).write_text(content, "utf-8")
    return tmp_path / "templates"


def test_the_standard_theme_has_the_expected_sizes_fonts_and_labels():
    theme = load_theme("standard")
    assert theme.measures.full == 174
    assert (theme.styles["title"].size, theme.styles["title"].leading) == (24, 28)
    assert (theme.styles["body"].size, theme.styles["summary"].size, theme.styles["key-points"].size) == (
        10.5,
        13.5,
        11.5,
    )
    assert theme.faces["serif"].roman.is_file()
    assert "brief.html.j2" in theme.templates
    assert {"en", "ru", "kk"} <= set(theme.labels)


def test_only_note_numbers_are_smaller_than_8_5_pt():
    theme = load_theme("standard")
    small = {name: style.size for name, style in theme.styles.items() if style.size < 8.5}
    assert small == {"note-call": 7}


def test_every_language_has_every_label():
    labels = load_theme("standard").labels
    assert len(labels["en"]) > 25
    for language, words in labels.items():
        assert words.keys() == labels["en"].keys(), language
        for key, english in labels["en"].items():
            wanted = {part.split("}")[0] for part in english.split("{")[1:]}
            got = {part.split("}")[0] for part in words[key].split("{")[1:]}
            assert got == wanted or key == "annex", f"{language}: {key}"


def test_the_page_number_precedes_the_page_count_in_every_language():
    for language, words in load_theme("standard").labels.items():
        assert 0 <= words["folio"].find("{page}") < words["folio"].find("{pages}"), language


def test_at_least_two_themes_are_shipped():
    names = [name for name, _, _ in list_themes([])]
    assert "standard" in names
    assert len(names) >= 2


def test_a_theme_overrides_the_settings_of_the_theme_it_extends(tmp_path):
    folders = make(
        tmp_path,
        "ministry",
        'extends: standard\ncolours:\n  accent: "#7A0019"\nstyles:\n  title: {size: 30, leading: 34}\n',
    )
    theme = load_theme("ministry", [folders])
    standard = load_theme("standard")
    assert theme.colours["accent"] == "#7a0019"
    assert theme.colours["ink"] == standard.colours["ink"]
    assert (theme.styles["title"].size, theme.styles["title"].weight) == (30, 700)
    assert theme.folders == (folders / "ministry", shipped_templates() / "standard")


def test_the_stylesheets_of_the_extending_theme_come_last(tmp_path):
    folders = make(
        tmp_path, "ministry", "extends: standard\n", print__css=".mine{margin:0}", screen__css=".mine{padding:0}"
    )
    theme = load_theme("ministry", [folders])
    assert theme.print_css.rstrip().endswith(".mine{margin:0}")
    assert theme.screen_css.rstrip().endswith(".mine{padding:0}")


def test_a_project_theme_can_add_labels_in_another_language(tmp_path):
    folders = make(tmp_path, "ministry", "extends: standard\n")
    (folders / "ministry" / "labels").mkdir()
    (folders / "ministry" / "labels" / "nb.yaml").write_text("sources: Kilder\n", "utf-8")
    assert load_theme("ministry", [folders]).labels["nb"] == {"sources": "Kilder"}


def test_a_project_template_overrides_the_shipped_one_which_stays_available(tmp_path):
    folders = make(tmp_path, "standard", "extends: ''\n")
    (folders / "standard" / "theme.yaml").unlink()
    (folders / "standard" / "brief.html.j2").write_text("mine", "utf-8")
    theme = load_theme("standard", [folders])
    assert theme.templates["brief.html.j2"].text == "mine"
    assert "masthead" in theme.templates["shipped/standard/brief.html.j2"].text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extends: nowhere\n", "there is no theme 'nowhere'"),
        ("extends: ministry\n", "extend each other"),
        ("extends: ../../etc\n", "cannot be the name of a theme"),
        ("extends: standard\ncolors: {}\n", "no key 'colors'"),
        ("extends: standard\ncolours: {accent: blue}\n", "the colour 'accent' is 'blue'"),
        ('extends: standard\ncolours: {accent: "url(http://x)"}\n', "the colour 'accent'"),
        ("extends: standard\nstyles: {title: {size: huge}}\n", "'size: huge'"),
        ("extends: standard\nstyles: {title: {size: 200}}\n", "out of range"),
        ("extends: standard\nstyles: {title: {sise: 20}}\n", "'sise: 20'"),
        ("extends: standard\nstyles: {title: {colour: pink}}\n", "names a face, colour"),
        ("extends: standard\nmeasures: {text: wide}\n", "'text: wide'"),
        ("extends: standard\nfaces: {serif: {family: 'x\"; } *{'}}\n", "family name"),
        ("extends: standard\nfaces: {serif: {package: '', roman: ../../secret.ttf}}\n", "is not there"),
        ("extends: standard\noptions: {boundary: no}\n", "no option 'boundary'"),
        ("- a list\n", "this is not a theme"),
        ("extends: [standard\n", "cannot be read as YAML"),
    ],
)
def test_an_error_in_a_theme_is_reported_with_its_file(tmp_path, text, words):
    folders = make(tmp_path, "ministry", text)
    with pytest.raises(SetupError) as caught:
        load_theme("ministry", [folders])
    (told,) = caught.value.diagnostics
    assert words in told.message
    assert told.file == "templates/ministry/theme.yaml" or "there is no theme" in words or "name of a theme" in words


def test_a_custom_font_is_found_in_the_folder_of_its_theme(tmp_path):
    sans = load_theme("standard").faces["sans"]
    text = "extends: standard\nfaces: {sans: {family: House Sans, roman: Roman.ttf, italic: Italic.ttf}}\n"
    folders = make(tmp_path, "ministry", text)
    for cut in ("roman", "italic"):
        (folders / "ministry" / f"{cut.title()}.ttf").write_bytes(getattr(sans, cut).read_bytes())
    face = load_theme("ministry", [folders]).faces["sans"]
    assert (face.family, face.roman) == ("House Sans", folders / "ministry" / "Roman.ttf")
    assert face.word_fallback == sans.word_fallback


def test_a_template_linked_from_outside_the_theme_is_refused(tmp_path):
    (tmp_path / "secret.j2").write_text("secret", "utf-8")
    folders = make(tmp_path, "ministry", "extends: standard\n")
    (folders / "ministry" / "brief.html.j2").symlink_to(tmp_path / "secret.j2")
    with pytest.raises(SetupError, match="outside") as caught:
        load_theme("ministry", [folders])
    assert [found.code for found in caught.value.diagnostics] == ["theme-outside"]


def test_a_theme_can_be_pickled():
    theme = load_theme("standard")
    assert pickle.loads(pickle.dumps(theme)) == theme


@pytest.mark.parametrize(
    "css",
    [
        "body { background: url(https://example.org/spy.png) }",
        "body { background: URL( 'http://example.org/spy.png') }",
        'body { background: url("file:///etc/passwd") }',
        "body { background: url(//example.org/x) }",
        "body { background: u\\72 l(https://example.org/x) }",
        "body { background: \\url(https://example.org/x) }",
        '@import "https://example.org/x.css";',
        "@IMPORT url(x.css);",
        'body { background: image-set("https://example.org/x" 1x) }',
        'a { content: "/*" } b { background: url(https://example.org/x) } c { content: "*/" }',
        "@font-face { font-family: x; src: url(../../secret.ttf) }",
    ],
)
@pytest.mark.parametrize("sheet", ["print__css", "screen__css"])
def test_a_stylesheet_that_loads_an_address_is_refused(tmp_path, sheet, css):
    folders = make(tmp_path, "ministry", "extends: standard\n", **{sheet: css})
    with pytest.raises(SetupError) as caught:
        load_theme("ministry", [folders])
    (told,) = caught.value.diagnostics
    assert told.code == "theme-address"
    assert told.file == f"templates/ministry/{sheet.replace('__', '.')}"


def test_a_stylesheet_may_use_data_addresses_and_fragments(tmp_path):
    css = 'body { background: url("data:image/png;base64,AAAA") } path { fill: url(#grey) }'
    assert (
        css in load_theme("ministry", [make(tmp_path, "ministry", "extends: standard\n", screen__css=css)]).screen_css
    )
