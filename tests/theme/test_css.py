"""The CSS of a theme: type styles match theme.yaml, and all colours have enough contrast."""

from __future__ import annotations

import re

import pytest

from briefing.diagnostics import Severity
from briefing.theme import Theme
from briefing.theme.contrast import contrast
from briefing.theme.css import css_variables, style_rules
from briefing.theme.load import list_themes, load_theme
from briefing.writers.fonts import letters_by_cut
from tests.support.sample_galley import norway

THEMES = [name for name, _, _ in list_themes([])]


@pytest.fixture(params=THEMES)
def theme(request) -> Theme:
    return load_theme(request.param)


def test_contrast_is_computed_as_in_the_guidelines():
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_shipped_themes_give_no_warnings(theme):
    assert theme.diagnostics == ()


def house(tmp_path, text: str) -> Theme:
    """A theme of a project that says so much more than the one that it extends."""
    folder = tmp_path / "templates" / "ministry"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(f"name: ministry\nextends: standard\n{text}", "utf-8")
    return load_theme("ministry", (tmp_path / "templates",))


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ('colours:\n  muted: "#999999"\n', [("muted", "tint", 4)]),
        ('dark:\n  accent: "#224466"\n', [("accent", "tint", 4)]),
        ('colours:\n  tint: "#335577"\n', [(text, "tint", 4) for text in ("accent", "ink", "marking", "muted")]),
        ('colours:\n  accent: "#004400"\n', []),
        ('colours:\n  rule: "#eeeeee"\n', []),
    ],
)
def test_a_low_contrast_colour_is_a_warning_with_its_line(tmp_path, text, weak):
    found = [d for d in house(tmp_path, text).diagnostics if "'on_accent'" not in d.message]
    for diagnostic in found:
        assert (diagnostic.code, diagnostic.severity) == ("theme-contrast", Severity.WARNING)
        assert diagnostic.file == "templates/ministry/theme.yaml"
    told = [(*re.search(r"text in '(\w+)' .*? on '(\w+)'", d.message).groups(), d.span.line) for d in found]
    assert sorted(told) == weak


def test_text_on_the_accent_is_compared_with_the_accent(tmp_path):
    (found,) = house(tmp_path, 'colours:\n  on_accent: "#6688aa"\n').diagnostics
    assert "text in 'on_accent' (#6688aa) is hard to read on 'accent' (#1f4e79)" in found.message


def test_the_shade_that_a_warning_suggests_has_enough_contrast(tmp_path):
    theme = house(tmp_path, 'colours:\n  muted: "#999999"\n')
    (found,) = theme.diagnostics
    shade = re.search(r'"(#[0-9a-f]{6})"', found.help)[1]
    assert all(contrast(shade, theme.colours[ground]) >= 4.5 for ground in ("paper", "tint"))
    assert contrast(shade, theme.colours["tint"]) < 4.7, "it is the nearest such shade"


def test_check_reports_low_contrast_colours_of_the_theme(tmp_path, run_briefing):
    house(tmp_path, 'colours:\n  muted: "#999999"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "mongolia.yaml").write_text(
        "title: Mongolia\nkey_points: |\n  - Two neighbours.\n", "utf-8"
    )
    run = run_briefing("check", "--theme", "ministry", cwd=tmp_path)
    assert run.returncode == 0
    assert "warning[theme-contrast]" in run.stderr
    assert "templates/ministry/theme.yaml:4:3" in run.stderr
    assert 'muted: "#999999"' in run.stderr


def declared(css: str) -> dict[str, str]:
    """The ``font`` and ``color`` of each rule, by its selector."""
    return {m[1].strip(): m[2] for m in re.finditer(r"([^{}]+)\{(font:[^{}]*)\}", css)}


def test_each_type_style_is_one_css_rule_with_its_font_size_and_colour(theme):
    rules = declared(style_rules(theme, "pt"))
    assert len(rules) == len(theme.styles) > 40
    for rule, style in zip(rules.values(), theme.styles.values(), strict=True):
        font, colour = re.match(r"font:(.*?);color:var\(--(.*?)\)", rule).groups()
        assert f"{style.weight} {style.size:g}pt/{style.leading:g}pt" in font, style.name
        assert f"var(--{style.face})" in font
        assert ("italic" in font) is style.italic
        assert colour == style.colour.replace("_", "-")


def test_the_screen_styles_keep_the_ratios_of_the_print_styles(theme):
    base = theme.styles["body"].size
    rules = declared(style_rules(theme, "rem"))
    for rule, style in zip(rules.values(), theme.styles.values(), strict=True):
        size, leading = re.search(r"([\d.]+)rem/([\d.]+)", rule).groups()
        assert float(size) == pytest.approx(style.size / base, abs=1e-3)
        assert float(leading) == pytest.approx(style.leading / style.size, abs=1e-3)


def test_every_colour_is_a_css_custom_property(theme):
    light, _, dark = css_variables(theme, screen=True).partition("@media")
    for name, colour in theme.colours.items():
        assert f"--{name.replace('_', '-')}:{colour}" in light
        assert f"--{name.replace('_', '-')}:{theme.dark[name]}" in dark
    assert "prefers-color-scheme" not in css_variables(theme, screen=False)


@pytest.mark.parametrize("sheet", ["print_css", "screen_css"])
def test_a_handwritten_stylesheet_names_no_colour_and_no_font(theme, sheet):
    css = re.sub(r"/\*.*?\*/", "", getattr(theme, sheet), flags=re.DOTALL)
    assert len(css) > 1000
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", css) == []
    assert re.findall(r"font-family|font:", css) == []
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|float:\s*(?:left|right)", css) == []


def test_the_letters_per_font_include_all_that_the_css_cascade_needs():
    """The fonts hold no more than is used, so what uses them must be known: here the cascade itself is asked."""
    galley = norway()
    wanted = cascade(galley)
    found = {(c.face, c.weight, c.italic): set() for c in letters_by_cut(galley)}
    for cut, letters in letters_by_cut(galley).items():
        found[cut.face, cut.weight, cut.italic] |= letters
    assert len(wanted) >= 6
    for key, letters in wanted.items():
        assert letters <= found.get(key, set()), f"{key} lacks {sorted(letters - found.get(key, set()))}"


def cascade(galley) -> dict[tuple[str, int, bool], set[str]]:
    """Which letters each face, weight and slant sets, by the library's own cascade."""
    from weasyprint import CSS, HTML
    from weasyprint.css import get_all_computed_styles

    from briefing.galley import to_markup

    html = HTML(string=f"<html><body><main>{''.join(map(to_markup, galley.body))}</main></body></html>")
    sheet = CSS(string=css_variables(galley.theme, screen=False) + style_rules(galley.theme, "pt"))
    style_for = get_all_computed_styles(html, [sheet])
    families = {face.family: name for name, face in galley.theme.faces.items()}
    found: dict[tuple[str, int, bool], set[str]] = {}

    def add(element, text: str) -> None:
        style = style_for(element)
        family = style["font_family"][-1]
        key = families[family], int(style["font_weight"]), style["font_style"] == "italic"
        found.setdefault(key, set()).update(text)

    for element in html.etree_element.find("body").iter():
        if isinstance(element.tag, str) and "svg" not in element.tag:
            add(element, (element.text or "").strip())
            for child in element:
                add(element, (child.tail or "").strip())
    return {key: letters - {" ", "\n"} for key, letters in found.items() if letters - {" ", "\n"}}
