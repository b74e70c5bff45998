"""The contents list: a TOC field that is already filled, so that Word does not ask to update it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement
from .ooxml.text import field, field_begin, field_end, hyperlink, paragraph, run, tab
from .text_runs import text_of
from .word_styles import BLOCK_STYLES

#: The deepest level of entries: the document has the styles toc 1 and toc 2, for the headings of the text.
_DEEPEST = 2


def build_contents(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a contents list: its title, and an entry for each link to an element of the brief.

    The page numbers are those of the PDF, each in a field of its own, as Word writes them. Word counts them anew when
    the reader updates the list. If no pages have been laid out, there are links without numbers (the switch "n").
    """
    for child in element.elements:
        if child.tag in {"p", "h2", "h3"}:
            builder.paragraph(BLOCK_STYLES[".contents p"], child.children, context.inside(child))
    entries = [
        (level, link)
        for level, link in _links(element, 0)
        if link.get("href").startswith("#") and builder.bookmarks.is_printed(link.get("href")[1:])
    ]
    if not entries:
        return
    numbered = any(link.get("href")[1:] in builder.galley.starts for _, link in entries)
    switches = "\\h \\z \\u" if numbered else "\\n \\h \\z \\u"
    code = f'TOC \\o "1-{max(level for level, _ in entries)}" {switches}'
    lines = [[_entry(builder, link, context.inside(link))] for _, link in entries]
    lines[0] = [*field_begin(code), *lines[0]]
    lines[-1].append(field_end())
    for (level, link), line in zip(entries, lines, strict=True):
        style = BLOCK_STYLES[".contents li" if level == 1 else ".contents li li"]
        builder.blocks.append(paragraph(builder.styles.paragraph(style), line, bidi=builder.is_bidi(context)))
        builder.columns.add_text(builder.columns.height(style, text_of(link.children)))


def _entry(builder: DocxBuilder, link: Element, context: BlockContext) -> XmlElement:
    """An entry as one link: the text, and the page number in a field after a tab."""
    identity = link.get("href")[1:]
    mark = builder.bookmarks.name(identity)
    runs = builder.runs.build(builder.text_runs(link.children, context))
    page = builder.galley.starts.get(identity)
    if page is not None:
        runs += [tab(), *field(f"PAGEREF {mark} \\h", [run(str(page))])]
    return hyperlink(runs, anchor=mark)


def _links(element: Element, level: int) -> Iterator[tuple[int, Element]]:
    """The links of the list, each with its level, counted from 1."""
    for child in element.elements:
        if child.tag == "a":
            yield min(max(level, 1), _DEEPEST), child
        else:
            yield from _links(child, level + (child.tag in {"ol", "ul"}))
