"""The looks in CSS: what a browser makes of a type style is what theme.yaml says, and all of it can be read."""

from __future__ import annotations

import re

import pytest

from briefing.theme import Theme
from briefing.theme.css import css_variables, style_rules
from briefing.theme.load import list_themes, load_theme
from briefing.writers.fonts import letters_by_cut
from tests.sheets import norway

THEMES = [name for name, _, _ in list_themes([])]


@pytest.fixture(params=THEMES)
def theme(request) -> Theme:
    return load_theme(request.param)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["colours", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(theme, scheme):
    colours = getattr(theme, scheme)
    used = {style.colour for style in theme.styles.values()}
    assert used >= {"ink", "accent", "marking"}
    weak = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name in used | {"ink", "muted", "accent", "marking"}
        for ground in ("paper", "tint")
        if contrast(colours[name], colours[ground]) < 4.5
    }
    assert weak == {}
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5


def declared(css: str) -> dict[str, str]:
    """The ``font`` and ``color`` of each rule, by its selector."""
    return {m[1].strip(): m[2] for m in re.finditer(r"([^{}]+)\{(font:[^{}]*)\}", css)}


def test_each_type_style_is_one_rule_with_its_face_size_and_colour(theme):
    rules = declared(style_rules(theme, "pt"))
    assert len(rules) == len(theme.styles) > 40
    for rule, style in zip(rules.values(), theme.styles.values(), strict=True):
        font, colour = re.match(r"font:(.*?);color:var\(--(.*?)\)", rule).groups()
        assert f"{style.weight} {style.size:g}pt/{style.leading:g}pt" in font, style.name
        assert f"var(--{style.face})" in font
        assert ("italic" in font) is style.italic
        assert colour == style.colour.replace("_", "-")


def test_the_screen_keeps_the_ratios_of_the_page(theme):
    base = theme.styles["body"].size
    rules = declared(style_rules(theme, "rem"))
    for rule, style in zip(rules.values(), theme.styles.values(), strict=True):
        size, leading = re.search(r"([\d.]+)rem/([\d.]+)", rule).groups()
        assert float(size) == pytest.approx(style.size / base, abs=1e-3)
        assert float(leading) == pytest.approx(style.leading / style.size, abs=1e-3)


def test_every_token_is_a_custom_property(theme):
    light, _, dark = css_variables(theme, screen=True).partition("@media")
    for name, colour in theme.colours.items():
        assert f"--{name.replace('_', '-')}:{colour}" in light
        assert f"--{name.replace('_', '-')}:{theme.dark[name]}" in dark
    assert "prefers-color-scheme" not in css_variables(theme, screen=False)


@pytest.mark.parametrize("sheet", ["print_css", "screen_css"])
def test_a_stylesheet_by_hand_names_no_colour_and_no_face(theme, sheet):
    css = re.sub(r"/\*.*?\*/", "", getattr(theme, sheet), flags=re.DOTALL)
    assert len(css) > 1000
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", css) == []
    assert re.findall(r"font-family|font:", css) == []
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|float:\s*(?:left|right)", css) == []


def test_the_letters_of_a_cut_are_those_that_the_stylesheet_sets_in_it():
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
