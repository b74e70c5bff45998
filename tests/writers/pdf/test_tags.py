"""The tag tree of the PDF of every shipped brief, in both themes, as a screen reader uses it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from io import BytesIO
from itertools import pairwise
from unicodedata import bidirectional

import pdfplumber
import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import decode_text

from briefing.galley import Element, Node
from briefing.writers.pdf import write_pdf
from tests.end_to_end.test_parity import differences
from tests.support.read_outputs import INLINE, split
from tests.support.read_tags import Tag, read_tags
from tests.support.sample_galley import set_brief
from tests.support.shipped_briefs import BRIEFS, PAPERS, THEMES, printed, shipped

#: What stands in the galley for screens: the way back from a note, and a chart's numbers, which a PDF has in its Alt.
UNPRINTED = {"backlink", "chart-numbers"}
#: What may stand in what (ISO 32000-1, 14.8.4; ISO 14289-1, 7.5 and 7.6).
HOLDS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "Reference": {"Link"},
    "P": {"Span", "Link", "Reference", "Figure", "NonStruct"},
}


def made(brief: str, theme: str, paper: str = "A4") -> bytes:
    return printed(brief, theme, paper).output.data


@cache
def tree(brief: str, theme: str) -> Tag:
    """The tags, without the contents list, which has tags of its own."""
    return without_contents(read_tags(made(brief, theme)))


def without_contents(tag: Tag) -> Tag:
    kept = [child for child in tag.children if {below.kind for below in child.children} != {"TOC"}]
    tag.children = [without_contents(child) for child in kept if child.kind != "TOC"]
    return tag


@pytest.fixture(params=[(brief, theme) for brief in BRIEFS for theme in THEMES], ids=" ".join)
def case(request) -> tuple[str, str]:
    return request.param


def elements(case, kind: str) -> list[Tag]:
    return [tag for tag in tree(*case).walk() if tag.kind == kind]


def heard(node: Node, call: str = "") -> str:
    """The words of the galley that are read aloud, in its order; each call of a note ends with ``call``."""
    if isinstance(node, str):
        return node
    if node.tag in {"svg", "nav"} or node.get("aria-hidden") == "true" or node.style in UNPRINTED:
        return ""
    gap = "" if node.tag in INLINE else " "
    end = call if node.style == "note-call" else ""
    return gap + "".join(heard(child, call) for child in node.children) + end + gap


def all_heard(case) -> list[Element]:
    """Every element of the galley that is read aloud."""

    def walk(element: Element):
        if element.get("aria-hidden") != "true" and element.tag != "nav" and element.style not in UNPRINTED:
            yield element
            for child in element.elements:
                yield from walk(child)

    return [e for top in shipped(*case).body for e in walk(top)]


def test_the_briefs_contain_every_kind_of_tag_and_an_extract():
    assert len(BRIEFS) >= 3
    assert len(THEMES) >= 2
    kinds = Counter(tag.kind for brief in BRIEFS for tag in tree(brief, THEMES[0]).walk())
    for kind in ("H1", "H2", "H3", "L", "Table", "TH", "TD", "Figure", "Note", "Reference", "Link", "BlockQuote"):
        assert kinds[kind] >= 2, kind
    hidden = [
        e for brief in BRIEFS for top in shipped(brief, THEMES[0]).body for e in top.walk() if e.get("aria-hidden")
    ]
    assert hidden, "no brief has an extract"


def test_the_tags_follow_the_order_of_the_galley(case):
    galley = shipped(*case)
    marking = galley.running.words("running-marking")
    wanted = split(" ".join((marking, *map(heard, galley.body))).casefold())
    assert len(wanted) > 150
    assert differences(wanted, split(tree(*case).text.casefold())) == []


def test_headings_begin_with_the_title_and_no_level_is_skipped(case):
    levels = [int(tag.kind[1]) for tag in tree(*case).walk() if re.fullmatch(r"H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    wanted = [int(e.tag[1]) for e in all_heard(case) if e.tag in {"h1", "h2", "h3", "h4"}]
    assert levels == wanted


def test_notes_are_tagged_and_citations_refer_to_them(case):
    listed = [e for e in all_heard(case) if e.tag == "li" and e.get("id").startswith("source-")]
    notes = elements(case, "Note")
    assert [note.attributes["ID"] for note in notes] == [e.get("id") for e in listed]
    calls = [e for e in all_heard(case) if e.style == "note-call"]
    references = elements(case, "Reference")
    assert [reference.text for reference in references] == [e.text.strip() for e in calls]
    # A call says which source it leads to, in the words of the note.
    told = {note.attributes["ID"]: note.text for note in notes}
    for reference, call in zip(references, calls, strict=True):
        (link,) = reference.children
        target = call.find("a").get("href").removeprefix("#")
        assert "".join(link.links[0].split()) == "".join(told[target].split())


def test_every_link_has_a_description(case):
    links = elements(case, "Link")
    anchors = {e.get("id") for e in all_heard(case)}
    for link in links:
        assert link.links, link.text
        assert all(words and words not in anchors for words in link.links), link


def test_a_link_with_emphasised_words_is_one_link():
    """What stands inside a link has no link of its own, which would have no tag."""
    words = "See [the *first* and **second** treaty](https://example.org/) of it."
    text = f"title: Links\nissued: 2016-10-05\nkey_points: '- One.'\nsummary: {words}\n"
    with pdfplumber.open(BytesIO(write_pdf(set_brief(text)).data)) as pdf:
        (link,) = pdf.pages[0].annots
        (first,), (last,) = pdf.pages[0].search("the"), pdf.pages[0].search("treaty")
    assert link["x0"] <= first["x0"] + 0.5
    assert link["x1"] >= last["x1"] - 0.5


def test_the_id_tree_lists_every_id_in_order(case):
    named = [tag.attributes["ID"] for tag in tree(*case).walk() if "ID" in tag.attributes]
    assert len(set(named)) == len(named) > 0
    with pdfplumber.open(BytesIO(made(*case))) as pdf:
        names = resolve1(resolve1(resolve1(pdf.doc.catalog["StructTreeRoot"])["IDTree"])["Names"])
        listed = [resolve1(name) for name in names[::2]]
        assert listed == sorted(listed)
        assert {decode_text(name) for name in listed} == set(named)
        assert all(decode_text(resolve1(e)["ID"]) == decode_text(n) for n, e in zip(listed, names[1::2], strict=True))


def test_header_cells_have_a_scope_and_cells_name_their_headers(case):
    wanted = [e for e in all_heard(case) if e.tag == "th"]
    heads = elements(case, "TH")
    assert [head.attributes["Scope"] for head in heads] == [
        "Row" if e.get("scope") == "row" else "Column" for e in wanted
    ]
    names = {head.attributes["ID"] for head in heads}
    cells = elements(case, "TD")
    assert len(cells) == len([e for e in all_heard(case) if e.tag == "td"])
    for cell in cells:
        assert cell.attributes["Headers"]
        assert set(cell.attributes["Headers"]) <= names


def test_lists_declare_their_numbering(case):
    wanted = [
        {"ul": "Disc", "ol": "Decimal", "dl": None}[e.tag] for e in all_heard(case) if e.tag in {"ul", "ol", "dl"}
    ]
    assert Counter(tag.attributes.get("ListNumbering") for tag in elements(case, "L")) == Counter(wanted)


def test_each_tag_contains_only_allowed_children(case):
    for tag in tree(*case).walk():
        if tag.kind in HOLDS:
            assert {child.kind for child in tag.children} <= HOLDS[tag.kind], tag
        if tag.kind == "LI":
            kinds = [child.kind for child in tag.children]
            assert kinds in (["Lbl", "LBody"], ["LBody"], ["Lbl"]), kinds
        if tag.kind in {"Div", "NonStruct", "Sect", "L", "LI", "Note"}:
            assert tag.children or tag.words, f"an empty {tag.kind}"


def test_each_tag_names_the_tag_that_it_is_in(case):
    def walk(reference):
        kids = resolve1(resolve1(reference)["K"])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, PDFObjRef) and "S" in resolve1(kid):
                yield resolve1(kid)["P"].objid == reference.objid
                yield from walk(kid)

    with pdfplumber.open(BytesIO(made(*case))) as pdf:
        named = list(walk(pdf.doc.catalog["StructTreeRoot"]))
    assert len(named) > 50
    assert all(named)


def test_foreign_words_have_their_language(case):
    """Words on two lines are two tags."""
    wanted = [(e.get("lang"), word) for e in all_heard(case) if e.get("lang") for word in split(heard(e))]
    tags = [tag for tag in tree(*case).walk() if "Lang" in tag.attributes]
    assert [(tag.attributes["Lang"], word) for tag in tags for word in split(tag.text)] == wanted


def test_pictures_and_drawings_have_alternative_text_and_a_bounding_box(case):
    shown = [e for e in all_heard(case) if e.tag in {"img", "svg"}]
    figures = elements(case, "Figure")
    assert len(figures) == len(shown)
    for figure, e in zip(figures, shown, strict=True):
        assert figure.attributes["Alt"].startswith(e.get("alt") or e.get("aria-label"))
    with pdfplumber.open(BytesIO(made(*case))) as pdf:
        width, height = pdf.pages[0].width, pdf.pages[0].height
    for figure in figures:
        left, bottom, right, top = figure.attributes["BBox"]
        assert 0 < left < right < width
        assert 0 < bottom < top < height


def test_headers_and_footers_are_artifacts_and_not_read(case):
    running = shipped(*case).running
    read = tree(*case).text
    marking, draft = running.words("running-marking"), running.words("running-draft")
    draft = draft.replace("\u00a0", " ")  # a no-break space is read as a space
    assert read.count(draft) == (1 if draft and draft in heard_all(case) else 0)
    with pdfplumber.open(BytesIO(made(*case))) as pdf:
        for page in pdf.pages:
            is_first = page.page_number == 1  # its header is the marking, which is text
            drawn = b"".join(resolve1(part).get_data() for part in contents(page))
            kinds = set(re.findall(rb"/Artifact\s*<<\s*/Type\s*/Pagination\s*/Subtype\s*/(\w+)\s*>>", drawn))
            assert kinds - {b"Watermark"} == ({b"Footer"} if is_first else {b"Header", b"Footer"})
            unread = "".join(char["text"] for char in page.chars if char["tag"] == "Artifact")
            assert unread.count(marking) == (1 if is_first else 2)
            assert is_first or draft in unread


def heard_all(case) -> str:
    return " ".join("".join(heard(element) for element in shipped(*case).body).split())


def contents(page) -> list:
    parts = resolve1(page.page_obj.attrs["Contents"])
    return parts if isinstance(parts, list) else [parts]


def test_the_marking_is_read_first_and_the_masthead_says_draft(case):
    galley = shipped(*case)
    (masthead,) = (element for element in galley.body if element.style == "masthead")
    first = next(tag for tag in tree(*case).walk() if tag.words or tag.kind in {"P", "Figure"})
    assert (first.kind, first.text) == ("P", galley.running.words("running-marking"))
    before_title = tree(*case).text.partition(elements(case, "H1")[0].text)[0]
    assert split(before_title) == split(f"{first.text} {heard(masthead)}")
    assert galley.labels["draft"] in before_title


def test_key_figures_are_the_first_list(case):
    strips = [element for element in all_heard(case) if element.style == "key-figures"]
    wanted = [[split(heard(p)) for p in item.elements] for strip in strips for item in strip.elements]
    items = elements(case, "L")[0].children if strips else []
    assert [[split(p.text) for p in item.children[-1].children] for item in items] == wanted


def test_a_map_is_a_figure_whose_labels_are_its_text(case):
    """Its alternative text is read once, and is in no other tag."""
    maps = [
        e for e in all_heard(case) if e.tag == "figure" and {"map", "locator"}.intersection(e.classes) and e.find("svg")
    ]
    for figure in maps:
        drawing = figure.find("svg")
        assert drawing is not None
        (tag,) = [t for t in elements(case, "Figure") if t.attributes["Alt"] == drawing.get("aria-label")]
        assert drawing.get("aria-label") not in tree(*case).text
        labels = [e.text for e in drawing.walk() if e.tag == "text"]
        assert labels
        assert sorted("".join(tag.words.split())) == sorted("".join("".join(labels).split()))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_word_can_be_extracted(case, paper):
    """A reader that knows nothing of tags finds every word of the galley; extracts are words of it too."""
    data = made(*case, paper)
    calls = re.compile(r"\d+(?=\x00)")
    wanted = Counter(words(calls.sub("", " ".join(heard(element, call="\x00") for element in shipped(*case).body))))
    assert len(wanted) > 100
    # A word that was broken at the end of a line is whole again; an address may be broken anywhere.
    text = re.sub(
        r"[-‐\u00ad]\n(?:\d+\n)?", "", extract_text(BytesIO(data))
    )  # or the number of a raised call is between
    whole = "".join(text.split())
    missing = wanted - Counter(words(text))
    assert [word for word in missing if word not in whole] == []
    assert sum(missing.values()) < sum(wanted.values()) / 50


def words(text: str) -> list[str]:
    """Words and numbers apart: a reader sets the number of a note beside its word, or on a line of its own."""
    found = re.findall(r"[^\W\d_]+|\d+", text)
    # Words from right to left are drawn letter by letter, and are whole in the tags alone.
    return [word for word in found if bidirectional(word[0]) not in {"R", "AL"}]


ITEMS = """title: Talks
issued: 2016-09-15
sections:
  - title: Plan
    body: |
      - Fish first

        1. quota
        2. season

           - spring

           in the north

        Then the ships

      - Oil
        - price

        Then gas

        > and coal

      - Roads
"""


@pytest.mark.parametrize(("fill", "pages"), [(0, 1), (24, 2)])
def test_an_item_is_read_in_order_with_the_lists_and_paragraphs_in_it(fill, pages):
    brief = ITEMS.replace("      - Fish", "".join(f"      Line {n}.\n\n" for n in range(fill)) + "      - Fish")
    data = write_pdf(set_brief(brief)).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert [page for page, text in enumerate(texts, 1) if "Fish" in text] == [1]
    assert [page for page, text in enumerate(texts, 1) if "Roads" in text] == [pages]
    root = read_tags(data)
    said = "Fish first quota season spring in the north Then the ships Oil price Then gas and coal Roads"
    assert said in root.text
    (outer,) = (tag for tag in root.walk() if tag.kind == "L" and len(tag.children) == 3)
    for item in outer.walk():
        if item.kind == "LI":
            assert [child.kind for child in item.children] == ["Lbl", "LBody"]
        if item.kind == "L":
            assert {child.kind for child in item.children} == {"LI"}
    assert len([tag for tag in outer.walk() if tag.kind == "L"]) == 4
