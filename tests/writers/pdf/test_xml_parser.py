"""A print document parsed as XML gives the tree that browsers build, or it is not parsed as XML."""

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as some

from briefing.writers.pdf.markup import print_document
from briefing.writers.pdf.weasyprint_.patches import xml_parser
from tests.support.galley_with_everything import BODY, galley
from tests.support.sweep import FACTOR, sweep

WORDS = some.sampled_from(["", " ", "\n", "Norway", "oil & gas < fish", "“cod”", "\u00ad", "\u200b"])
TAGS = sorted(xml_parser._PLAIN - {"html", "head", "meta", "title", "body"})
VOID = {"br", "img", "hr", "col"}


def shown(element):
    """An element as it can be compared; of an SVG without the name of its space."""
    attributes = {name: value for name, value in element.attrib.items() if not name.endswith("}xmlns")}
    return element.tag, attributes, element.text or "", element.tail or "", [shown(child) for child in element]


def as_html(source):
    return shown(tinyhtml5.parse(source, namespace_html_elements=False))


def whole(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>Norway</title></head><body>{body}</body></html>'


def written(tag: str, inner: str) -> str:
    return f"<{tag}/>" if tag in VOID else f'<{tag} class="x">{inner}</{tag}>'


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


PARTS = some.recursive(
    WORDS.map(escaped),
    lambda inner: some.builds(written, some.sampled_from(TAGS), some.lists(inner, max_size=4).map("".join)),
    max_leaves=14,
)


@sweep
@settings(max_examples=400 * FACTOR)
@given(PARTS)
def test_xml_and_html_parsing_give_the_same_tree_for_any_nesting(body):
    tree = xml_parser.as_xml(whole(body))
    if tree is not None:
        assert shown(tree) == as_html(whole(body))


def test_a_brief_with_all_blocks_is_parsed_as_xml():
    body = BODY.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')  # as the charts of briefs have it
    source = print_document(galley(body), {"images/flag.svg": "picture:0", "images/map.svg": "picture:1"})
    assert all(part in source for part in ("<table", "<dl", "<svg", "<sup", "<blockquote", "<pre"))
    tree = xml_parser.as_xml(source)
    assert tree is not None
    assert shown(tree) == as_html(source)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>No table body</td></tr></table>",
        "<p>A block <div>in a paragraph</div></p>",
        "<p>A list <ul><li>in a paragraph</li></ul></p>",
        '<p><a href="#a">A link <a href="#b">in a link</a></a></p>',
        "<table>Words<tbody><tr><td>in a table</td></tr></tbody></table>",
        "<pre>\nA line that HTML leaves out</pre>",
        "<li>An item without a list</li>",
        "<p>A sign that is no XML: \ufffe</p>",
        "<p>An entity:&nbsp;of HTML</p>",
    ],
)
def test_markup_that_browsers_read_differently_is_not_parsed_as_xml(body):
    assert xml_parser.as_xml(whole(body)) is None
