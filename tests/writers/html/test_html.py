"""The HTML writer: one self-contained, accessible file that sends no requests."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from briefing.galley import Element, parse_markup
from briefing.writers.html import write_html
from tests.support.project import ROOT
from tests.support.sample_galley import norway


@pytest.fixture(scope="module")
def page() -> str:
    return write_html(norway()).data.decode("utf-8")


def parsed(page: str):
    return html.document_fromstring(page)


def test_the_page_is_one_small_file(page):
    assert page.startswith('<!doctype html>\n<html lang="en-GB" dir="ltr">')
    assert len(page.encode("utf-8")) < 250_000


def test_the_page_loads_nothing(page):
    root = parsed(page)
    loaded = root.xpath("//@src | //link/@href | //@srcset | //@data | //@poster | //script")
    assert loaded
    assert [address for address in loaded if not address.startswith("data:")] == []
    addresses = re.findall(r"url\(([^)]*)\)", page)
    assert addresses
    assert [address[:40] for address in addresses if not address.startswith("data:font/woff;base64,")] == []
    assert "@import" not in page


def test_the_content_security_policy_allows_only_embedded_resources(page):
    (policy,) = parsed(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for kind in ("script", "object", "frame", "connect", "media"):
        assert f"{kind}-src 'none'" in policy
    assert "font-src data:;" in policy


def test_external_pictures_in_a_galley_are_left_out():
    hostile = parse_markup(
        '<p>A picture: <img src="https://example.com/spy.png" alt="x" width="1" height="1"/> and '
        '<img src="file:///etc/passwd" alt="y" width="1" height="1"/></p>'
    )
    galley = replace(norway(), body=(*norway().body, *(e for e in hostile if isinstance(e, Element))))
    page = write_html(galley).data.decode("utf-8")
    assert "example.com/spy" not in page
    assert "etc/passwd" not in page


def test_a_stylesheet_cannot_close_its_style_element():
    theme = replace(norway().theme, screen_css="p { color: red } </style><script>alert(1)</script>")
    root = parsed(write_html(replace(norway(), theme=theme)).data.decode("utf-8"))
    assert len(root.xpath("//style")) == 1
    assert root.xpath("//script") == []


def test_title_and_metadata_come_from_the_brief(page):
    root = parsed(page)
    assert root.xpath("//title/text()") == ["Norway: the sea decides"]
    meta = {m.get("name"): m.get("content") for m in root.xpath("//meta[@name]")}
    assert meta["author"] == "Nordic Desk"
    assert meta["dcterms.issued"] == "2016-09-15"
    assert "width=device-width" in meta["viewport"]


def test_the_marking_is_at_the_top_and_at_the_bottom(page):
    (body,) = parsed(page).xpath("//body")
    parts = [child for child in body if child.tag != "a"]
    assert [part.tag for part in parts] == ["header", "main", "footer"]
    assert parts[0].text_content().strip() == parts[2].text_content().strip() == "OFFICIAL-SENSITIVE"


def test_the_page_has_a_skip_link_and_focusable_wide_tables(page):
    root = parsed(page)
    (skip,) = root.xpath("//a[@class='skip']")
    assert root.get_element_by_id(skip.get("href")[1:]).tag == "main"
    assert skip.text_content()
    (region,) = root.xpath("//div[@role='region'][table]")
    assert region.get("tabindex") == "0"
    assert "Memberships" in region.get("aria-label")


def test_every_internal_link_has_a_target_and_notes_link_back(page):
    root = parsed(page)
    links = root.xpath("//a[starts-with(@href, '#')]/@href")
    assert len(links) > 10
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [link for link in links if link[1:] not in ids] == []
    notes = root.xpath("//section[@class='notes']//li")
    assert len(notes) == 3
    assert all(note.xpath(".//a[@class='backlink']/@href")[0][1:] in ids for note in notes)


def test_the_handout_has_no_field_paths_and_no_internal_text(page):
    assert "data-path=" in page
    handout = write_html(norway("handout")).data.decode("utf-8")
    assert "UNCLASSIFIED" in handout
    for secret in ("data-path", "OFFICIAL-SENSITIVE", "quota", "Breakfast", "value the work"):
        assert secret not in handout, secret


def fonts(page: str) -> list[tuple[str, TTFont]]:
    rules = re.findall(r'@font-face\{font-family:"([^"]+)";[^}]*?base64,([^)]+)\)', page)
    return [(family, TTFont(BytesIO(base64.b64decode(data)))) for family, data in rules]


def test_the_fonts_are_subset_to_the_letters_used(page):
    found = fonts(page)
    assert {family for family, _ in found} >= {"Source Serif 4", "Source Sans 3", "Source Serif 4 24pt"}
    assert all(font.flavor == "woff" for _, font in found)
    (title,) = [font for family, font in found if family == "Source Serif 4 24pt"]
    letters = {chr(code) for code in title.getBestCmap()}
    assert set("The sea decides") <= letters
    assert not letters & set("zZqQжЖ")
    text = set().union(*({chr(code) for code in font.getBestCmap()} for _, font in found))
    assert set("Баренцево море") <= text


def test_an_unused_font_is_not_embedded(page):
    assert any("font-style:italic" in rule for rule in re.findall(r"@font-face\{[^}]*\}", page))
    plain = tuple(e for e in norway().body if e.tag in {"header", "h1"})
    without = write_html(replace(norway(), body=plain)).data.decode("utf-8")
    assert not any("font-style:italic" in rule for rule in re.findall(r"@font-face\{[^}]*\}", without))


ELSEWHERE = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.support.sample_galley import norway
from briefing.writers.html import write_html
sys.stdout.buffer.write(write_html(norway()).data)
"""


def test_the_same_galley_gives_the_same_bytes_in_another_environment(tmp_path):
    wanted = write_html(norway()).data
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            ELSEWHERE,
            str(ROOT),
        ],
        cwd=tmp_path,
        env={**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout == wanted


def test_a_right_to_left_brief_has_the_direction_rtl():
    galley = replace(norway(), language="ar", direction="rtl")
    assert '<html lang="ar" dir="rtl">' in write_html(galley).data.decode("utf-8")
