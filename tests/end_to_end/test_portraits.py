"""The sample as stored text: a change in the galley, the Word styles or the pages shows as a diff.

`pytest tests/end_to_end/test_portraits.py --update-refs` draws them anew; review the diff before you keep it.
"""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest

from briefing.edition.resolve import resolve
from briefing.galley import to_markup
from briefing.galley.set import set_galley
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from briefing.writers import find_writer
from briefing.writers.docx.ooxml.elements import name
from tests.support.read_tags import portrait
from tests.support.read_word import Opened, W, printed


@pytest.fixture(scope="module")
def galley(root):
    edition = resolve(load_draft(root / "content" / "kazakhstan.yaml"), "internal")
    return set_galley(edition, load_theme(edition.theme))


def galley_portrait(galley):
    """The galley's elements, one to a line, without the drawings."""
    return "".join(to_markup(element) + "\n" for element in galley.body).replace("><", ">\n<")


def word_portrait(galley):
    """Each paragraph as `style | text`, in reading order, tables and content controls among them; notes at the end."""
    opened = Opened(find_writer("docx")(galley).data)
    marks = {name("w:tab"): "\t", name("w:br"): " / "}

    def lines(story):
        for paragraph in story.iter(name("w:p")):
            style = "Normal" if paragraph.find("w:pPr/w:pStyle", W) is None else opened.name_of(paragraph)
            text = "".join(marks.get(part.tag, part.text or "") for part in printed(paragraph))
            yield f"{style} | {text}".rstrip()

    stories = [opened.body, opened.xml("word/footnotes.xml")]
    return "\n".join(line for story in stories for line in lines(story)) + "\n"


def page_portrait(galley):
    """The words of each page as they stand on it, from top to bottom."""
    with pdfplumber.open(BytesIO(find_writer("pdf")(galley).data)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    return "".join(f"--- page {number} of {len(pages)}\n{text}\n" for number, text in enumerate(pages, 1))


def tag_portrait(galley):
    """The tags of the pages, as a screen reader walks them: kind, attributes, where a link leads, the first words."""
    return portrait(find_writer("pdf")(galley).data)


@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("galley.xml", galley_portrait),
        ("docx.txt", word_portrait),
        ("pdf.txt", page_portrait),
        ("tags.txt", tag_portrait),
    ],
)
def test_the_sample_matches_its_stored_reference_files(galley, root, update_refs, name, draw):
    file = root / "tests" / "refs" / f"kazakhstan.{name}"
    drawn = draw(galley)
    assert len(drawn) > 1000
    if update_refs:
        file.parent.mkdir(exist_ok=True)
        file.write_text(drawn, "utf-8", newline="\n")
    assert drawn == file.read_text("utf-8")
