"""Which characters and which links are accepted, for all formats."""

import pytest

from briefing.markup.links import link_refusal
from briefing.parser.characters import bad_characters, clean

PASS = [
    "https://www.osce.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG", "https://қазақстан.қаз/", "https://[::1]:8000/x",
    "mailto:desk@example.org", "mailto:desk@example.org?subject=x", "tel:+7-7172-720000", "#osce", "#a-1_b",
]  # fmt: skip
REFUSED = {
    "javascript:alert(1)": "script", "JaVaScRiPt:alert(1)": "script", "vbscript:x": "begins with", "data:text/html,x": "data itself",
    "file:///etc/passwd": "file", "FILE://server/x": "file", "C:/Users/x.docx": "file", "c:\\x": "file", "\\\\server\\share": "network",
    "//server/share": "network", "\\/server": "network", "/\\server": "network", "ftp://example.org": "begins with", "page.html": "full address",
    "/etc/passwd": "full address", "../x": "full address", "www.osce.org": "full address", "": "empty", " ": "empty", "#": "id", "#Über": "id",
    "http:": "name of the site", "https:///x": "name of the site", "https://?x": "name of the site", "mailto:": "e-mail", "mailto:desk": "e-mail",
    "tel:": "telephone", "tel:javascript:x/": "telephone", "java\nscript:x": "space", "https://a b": "space", "https://a\x00b": "space",
    "about:blank": "begins with", "blob:x": "begins with", "smb://x": "begins with", "ms-word:ofe|u|https://x": "begins with",
    "javascript&colon;alert(1)": "full address", "https:example.org": "name of the site", 'https://a"b': "space",
}  # fmt: skip


@pytest.mark.parametrize("address", PASS)
def test_safe_links_are_accepted(address):
    assert link_refusal(address) == ""


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_unsafe_links_are_refused_with_a_reason(address, reason):
    assert reason in link_refusal(address)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "NUL"), ("\x07", "bell"), ("\x0b", "line tabulation"), ("\x0c", "form feed"), ("\x1b", "escape"), ("\x7f", "delete"),
        ("\x85", "next line"), ("\x9f", "U+009F"), ("\ud800", "surrogate"), ("\udfff", "lone surrogate"), ("\ufffe", "no character"),
        ("\uffff", "no character"), ("\ufdd0", "no character"), ("\U0001ffff", "no character"), ("\U0010fffe", "no character"),
        ("\u2028", "line separator"), ("\u2029", "paragraph separator"),
    ],
)  # fmt: skip
def test_forbidden_characters_are_named_and_replaced(character, name):
    (bad,) = bad_characters(f"ab{character}c")
    assert bad.offset == 2
    assert name in bad.name
    assert clean(f"ab{character}c") == "ab\ufffdc"


def test_ordinary_characters_are_accepted():
    assert bad_characters("Tab\tline\r\n nbsp\xa0 soft\xad – “” Қазақстан 中文 🇰🇿 שלום e\u0301 \u200d \ufeff") == ()
