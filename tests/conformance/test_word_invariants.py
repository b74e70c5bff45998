"""Each finding of word_invariants can occur: a clean file has none, and each inserted fault is reported."""

import zipfile

import pytest

from tests.conformance.word_invariants import findings

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

BODY = """
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Kazakhstan</w:t></w:r></w:p>
<w:sdt><w:sdtPr><w:tag w:val="summary"/><w:id w:val="1"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t xml:space="preserve">Many </w:t>
</w:r><w:bookmarkStart w:id="0" w:name="osce"/><w:r><w:t>vectors</w:t></w:r><w:bookmarkEnd w:id="0"/>
<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF osce </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vectors</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:hyperlink w:anchor="osce"><w:r><w:t>above</w:t></w:r></w:hyperlink></w:p>
<w:tbl><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>CIS</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Flag" descr="The flag"/></wp:inline></w:drawing></w:r></w:p>
"""

CLEAN = {
    "word/document.xml": f"<w:document {NAMES}><w:body>{BODY}</w:body></w:document>",
    "word/footnotes.xml": f'<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>Remarks, 2010</w:t></w:r></w:p></w:footnote></w:footnotes>',
    "word/styles.xml": f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="Title"/></w:styles>',
    "word/settings.xml": f"<w:settings {NAMES}/>",
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/styles" '
    f'Target="styles.xml"/><Relationship Id="r2" Type="{OFFICE}/hyperlink" Target="https://example.org" '
    'TargetMode="External"/></Relationships>',
}

FAULTS = {
    "a cell without a paragraph": ("<w:tcPr/><w:p><w:r><w:t>CIS</w:t></w:r></w:p>", "<w:tcPr/>", "does not end with a paragraph"),
    "a space that vanishes": (' xml:space="preserve"', "", "'Many ' will vanish"),
    "a tab in the text": ("<w:t>CIS</w:t>", "<w:t>C&#9;IS</w:t>", "is shown as a space"),
    "a field never closed": ('<w:fldChar w:fldCharType="end"/>', "", "1 field(s) never closed"),
    "a field never begun": ('<w:fldChar w:fldCharType="begin"/>', "", "a field ends that never began"),
    "a bookmark never closed": ('<w:bookmarkEnd w:id="0"/>', "", "without a partner: ['0']"),
    "a bookmark twice": (
        "<w:tbl>",
        '<w:p><w:bookmarkStart w:id="7" w:name="osce"/><w:bookmarkEnd w:id="7"/></w:p><w:tbl>',
        "bookmark 'osce' stands 2 times",
    ),
    "a bookmark name too long": ('w:name="osce"', f'w:name="{"o" * 41}"', "over 40 characters"),
    "a field that refers to nothing": (" REF osce ", " PAGEREF asean ", "not there: 'asean'"),
    "a link to nothing": ('w:anchor="osce"', 'w:anchor="asean"', "not there: 'asean'"),
    "a control tag too long": ('<w:tag w:val="summary"/>', f'<w:tag w:val="{"s" * 65}"/>', "tag over 64 characters"),
    "a control id twice": ("<w:tbl>", '<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr></w:sdt><w:tbl>', "control id 1 stands 2 times"),
    "a drawing without alt text": (' descr="The flag"', "", "no alternative text"),
    "a drawing id twice": ("<w:tbl>", '<w:p><w:r><wp:docPr id="1" descr="Map"/></w:r></w:p><w:tbl>', "drawing id 1 stands 2 times"),
    "a note never written": ('<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="2"/>', "2 is called but not written"),
    "a note never called": ('<w:footnoteReference w:id="1"/>', "", "1 is written but never called"),
    "a note called twice": ("<w:tbl>", '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:tbl>', "is called 2 times"),
    "an unknown style": ('w:styleId="Title"', 'w:styleId="Subtitle"', "paragraph style 'Title' is not defined"),
    "an unknown list": ("<w:tbl>", '<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:p><w:tbl>', "list 3 is not defined"),
    "a missing part": ('Target="styles.xml"', 'Target="theme.xml"', "not there: 'theme.xml'"),
    "a link that runs something": ('Target="https://example.org"', 'Target="javascript:alert(1)"', "leads outside: 'javascript"),
    "a picture from outside": (f'"{OFFICE}/hyperlink"', f'"{OFFICE}/image"', "leads outside: 'https"),
    "fields to be updated": (f"<w:settings {NAMES}/>", f"<w:settings {NAMES}><w:updateFields/></w:settings>", "ask its reader"),
    "a field marked as stale": ('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"', "ask its reader"),
}  # fmt: skip


def package(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_a_clean_file_has_no_findings(tmp_path):
    assert findings(package(tmp_path / "clean.docx", CLEAN)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_reported(fault, tmp_path):
    old, new, words = FAULTS[fault]
    changed = {name: text.replace(old, new, 1) for name, text in CLEAN.items()}
    assert sum(changed[name] != CLEAN[name] for name in CLEAN) == 1, "the fault went into no part, or into several"
    found = findings(package(tmp_path / "faulty.docx", changed))
    assert [finding for finding in found if words in finding], found


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_duplicate_part_is_reported(tmp_path):
    path = package(tmp_path / "twice.docx", CLEAN)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/settings.xml", CLEAN["word/settings.xml"])
    assert findings(path) == ["the package holds word/settings.xml twice"]
