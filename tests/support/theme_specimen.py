"""The specimen of a theme with computed styles: the class, colour and background of each text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from briefing.edition import resolve
from briefing.galley import Galley, to_markup
from briefing.galley.set import set_galley
from briefing.project import shipped_templates
from briefing.reading import load_draft
from briefing.theme import Theme
from briefing.theme.css import css_variables, style_rules
from briefing.theme.load import load_theme
from briefing.writers.pdf.layout import laid_out

__all__ = ["dressed", "sheet_of", "specimen"]


@cache
def specimen(theme: str) -> Galley:
    """The galley of the shipped specimen, in a theme."""
    file = shipped_templates() / "standard" / "specimen.yaml"
    return set_galley(resolve(load_draft(file), "internal"), load_theme(theme))


@cache
def on_paper(theme: str) -> str:
    """The markup of the specimen for pages, with the blocks of the side column."""
    with laid_out(specimen(theme)) as pages:
        return pages.layout.source.partition("</html>")[0] + "</html>"


@cache
def on_screen(theme: str) -> str:
    """The markup of the specimen for a browser."""
    body = "".join(map(to_markup, specimen(theme).body))
    return f"<html><body><main>{body}</main></body></html>"


def sheet_of(theme: Theme, medium: str) -> str:
    """The theme's style sheet for pages ("print") or for a browser ("screen")."""
    screen = medium == "screen"
    rules = style_rules(theme, "rem" if screen else "pt") + (theme.screen_css if screen else theme.print_css)
    return css_variables(theme, screen=screen) + rules


def dressed(name: str, medium: str, *, dark: bool = False) -> Iterator[tuple[str, str, str, str]]:
    """Every text with its class or tag, and the colours of its letters and background."""
    from weasyprint import CSS, HTML
    from weasyprint.css import get_all_computed_styles

    theme = load_theme(name)
    if dark:
        theme = replace(theme, colours=theme.dark)
    html = HTML(string=on_screen(name) if medium == "screen" else on_paper(name), media_type=medium)
    sheet = CSS(string=sheet_of(theme, medium), media_type=medium)
    style_for = get_all_computed_styles(html, [sheet])
    grounds = {html.etree_element: theme.colours["paper"]}
    for element in html.etree_element.find("body").iter():
        if not isinstance(element.tag, str) or "svg" in element.tag:
            continue
        style = style_for(element)
        for child in element:
            grounds[child] = ground(style_for(child), grounds.get(element, theme.colours["paper"]))
        own = [element.text, *(child.tail for child in element)]
        for words in own:
            if words and words.strip():
                kind = element.get("class") or element.tag
                yield kind, words.strip(), hexadecimal(style["color"]), grounds.get(element, theme.colours["paper"])


def ground(style: object, below: str) -> str:
    """The background colour of an element: its own, or that of the nearest ancestor that has one."""
    colour = style["background_color"]
    return below if colour == "currentcolor" or colour.alpha == 0 else hexadecimal(colour)


def hexadecimal(colour: object) -> str:
    """A computed colour as ``#rrggbb``."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour.to("srgb").coordinates[:3])
