"""The HTML writer: one self-contained file that makes no requests, for screens of any width and for print."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import Literal

from briefing.charts import rules
from briefing.galley import Element, Galley, Node, bare_words, rewrite, to_markup
from briefing.galley.chart_numbers import CHART_NUMBERS
from briefing.galley.contents import with_contents_if_long
from briefing.galley.locale import capitals
from briefing.theme import Theme
from briefing.theme.css import css_variables, style_declarations, style_rules
from briefing.writers.drawings import limited
from briefing.writers.font_files import to_woff
from briefing.writers.fonts import LIST_MARKERS, cut_font, face_rule, faces_in_use, letters_by_cut
from briefing.writers.output import Output
from briefing.writers.scripts import fallback_rules

#: Blocks scripts, frames and requests: styles, pictures and fonts are inside the file. Pictures are not listed, because
#: the Nu checker reads "img-src data:" as a ban on the very pictures that it allows.
POLICY = (
    "script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'; media-src 'none'; "
    "style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
#: For the hand editions, which have one column: undoes the stylesheets' rules for the side column. It comes after them,
#: with the same specificity.
_ONE_COLUMN = """\
@media screen and (min-width: 64rem), print {
  main { padding-inline: 0; }
  .masthead, h1, .wide, .scroll:has(> .wide), .notes, .further-reading, .glossary, .imprint { margin-inline: 0; }
  .opening { float: none; }
  .fact-box, .contents, .pull-quote, .extract, .portion-mark:has(+ :is(.pull-quote, .extract)),
  .glossary:not(:has(.abbreviations > :nth-child(11))) { float: none; clear: both; width: auto; margin-inline: 0; }
  .fact-box { margin-block: 1.4rem; }
  .pull-quote, .extract { margin-block: 1.6rem; }
  .facts > div { display: flex; }
  .meeting-sheet { margin-inline: 0; padding-inline: 0; }
  .meeting-sheet > h2 { margin-inline: 0; }
  .meeting-details, .meeting-sheet > h3:has(+ .people), .meeting-sheet > h3 + .people {
    float: none; clear: none; width: auto; margin-inline: 0;
  }
  .meeting-details > div, .meeting-sheet .people > div { display: flex; padding-block: .15rem; }
}
@media screen and (min-width: 64rem) { body { max-width: 44rem; } }
"""
_TAGS: tuple[Literal["header", "footer"], ...] = ("header", "footer")


def write_html(galley: Galley) -> Output:
    """Write the galley as one HTML file with its pictures and fonts inside, no script, and no URL that is loaded."""
    galley = with_contents_if_long(galley)
    root = f'<html lang="{escape(galley.language)}" dir="{galley.direction}">'
    page = f"<!doctype html>\n{root}\n<head>\n{_head(galley)}</head>\n{_body(galley)}</html>\n"
    return Output(page.encode("utf-8"))


def _head(galley: Galley) -> str:
    properties = galley.properties
    meta = {
        "viewport": "width=device-width, initial-scale=1",
        "description": properties.subject,
        "author": properties.author,
        "keywords": properties.keywords,
        "dcterms.identifier": properties.reference,
        "dcterms.issued": properties.issued,
        "dcterms.accessRights": properties.marking,
        "generator": "briefing",
    }
    lines = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in meta.items() if value)
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        f"<title>{escape(properties.title)}</title>\n{lines}<style>\n{_stylesheet(galley)}</style>\n"
    )


def _stylesheet(galley: Galley) -> str:
    theme = galley.theme
    marks = {"running-marking", "draft-mark"}
    outside = [element for part in galley.running.parts for element in part.walk() if element.style in marks]
    fonts = ""
    cuts = letters_by_cut(galley, (*outside, Element("p", {}, (galley.labels.get("skip", ""),))))
    for cut, letters in cuts.items():
        wanted = letters if cut.beside else letters | LIST_MARKERS
        packed = b64encode(to_woff(cut_font(theme, cut, wanted))).decode("ascii")
        fonts += face_rule(theme, cut, f"data:font/woff;base64,{packed}")
    drawn = any(element.find("figure", "chart") for element in galley.body)
    charts = f"@media screen and (prefers-color-scheme: dark) {{ {rules(theme.dark)} }}\n" if drawn else ""
    css = (
        fonts
        + css_variables(theme, screen=True)
        + style_rules(theme, "rem")
        + fallback_rules(theme, faces_in_use(cuts), galley.language, screen=True)
        + charts
        + theme.screen_css
        + ("" if theme.measures.side else _ONE_COLUMN + _wide_margins(theme))
        + _print_rules(galley)
    )
    # The HTML parser ends a stylesheet at the first "</"; no theme may close the element.
    return css.replace("</", "<\\/")


def _wide_margins(theme: Theme) -> str:
    """The margins of the edition for notes in a browser's print: there is space to write along the outer edge."""
    inner, outer = theme.measures.sides, theme.measures.outer
    if outer is None:
        return ""
    return (
        f"@media print{{@page:right{{margin-left:{inner:g}mm;margin-right:{outer:g}mm}}"
        f"@page:left{{margin-left:{outer:g}mm;margin-right:{inner:g}mm}}}}\n"
    )


def _print_rules(galley: Galley) -> str:
    """The marking on every page that a browser prints; the document's own header and footer are on two pages only.

    The text becomes a CSS string of escaped code points, so that no character can end the string.
    """
    style = galley.theme.style("running-marking")
    head, foot = (" ".join(e.text for e in _markings(galley, tag, first=False)) for tag in _TAGS)
    if not (head or foot) or style is None:
        return ""

    def box(marking: str) -> str:
        shown = capitals(marking, galley.language) if style.capitals else marking
        words = "".join(f"\\{ord(letter):06x}" for letter in shown)
        return f'content:"{words}";{style_declarations(galley.theme, style, "pt", spaces=False)};text-align:center'

    pages = f"@page{{@top-center{{{box(head)}}}@bottom-center{{{box(foot)}}}}}"
    return f"@media print{{{pages}@page:first{{@top-center{{content:none}}}}}}\n"


def _markings(galley: Galley, tag: Literal["header", "footer"], *, first: bool) -> list[Element]:
    """The marking in a header or footer of the pages: of all that stands there, a web page shows only this."""
    places = galley.running.line(tag, first=first).values()
    return [element for place in places for element in place if element.style == "running-marking"]


def _body(galley: Galley) -> str:
    markings = ("".join(to_markup(e, html=True) for e in _markings(galley, tag, first=True)) for tag in _TAGS)
    head, foot = (
        f'<{tag} class="page-{tag[:4]}">{marks}</{tag}>\n' if marks else ""
        for tag, marks in zip(_TAGS, markings, strict=True)
    )
    label = escape(galley.labels.get("skip", "↓"))
    nodes = (node for top in galley.body for node in rewrite(top, lambda element: _for_screen(element, galley)))
    main = "".join(to_markup(node, html=True) + "\n" for node in nodes)
    skip = f'<a class="skip" href="#main">{label}</a>\n'
    return f'<body>\n{skip}{head}<main id="main" tabindex="-1">\n{main}</main>\n{foot}</body>\n'


def _for_screen(element: Element, galley: Galley) -> tuple[Node, ...]:
    """An element with the changes to the galley's markup that a screen needs."""
    if galley.edition != "internal":
        attributes = {name: value for name, value in element.attributes.items() if name != "data-path"}
        element = Element(element.tag, attributes, element.children)
    if element.tag == "img":
        picture = galley.pictures.get(element.get("src").removeprefix("picture:"))
        data = f"{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}" if picture else ","
        return (element.having(src=f"data:{data}"),)
    if element.tag == "figure" and element.style in {"picture", "locator", "flag", "logo"}:
        return (limited(element),)
    if element.tag == "table" and element.style == CHART_NUMBERS:
        return (Element("div", {"class": "unseen"}, (element,)),)
    if element.tag == "table":
        # A region of its own scrolls sideways on a narrow screen, also by keyboard.
        caption = element.find("caption")
        label = {"aria-label": bare_words(caption)} if caption else {}
        return (Element("div", {"class": "scroll", "role": "region", "tabindex": "0", **label}, (element,)),)
    if element.tag == "section" and not any(e.tag in {"h2", "h3", "h4"} for e in element.walk()):
        # A screen reader announces a section by its heading; one without a heading becomes a named group.
        return (Element("div", {**element.attributes, "role": "group"}, element.children),)
    return (element,)
