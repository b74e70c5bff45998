"""Flag and maps of a brief, drawn from the codes of countries, in HTML, PDF and Word."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree, html

from briefing.diagnostics import ContentError, Diagnostic
from briefing.edition.resolve import resolve
from briefing.galley import Element, Galley
from briefing.galley.set import set_galley
from briefing.pipeline import Job, build, check
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from tests.support.read_outputs import WP, W
from tests.support.read_tags import read_tags

BOTH = "country_pictures: flag and map\n"
HEAD = 'title: "Norway: the sea decides"\ncountry: NO\nlanguage: en-GB\n'
SECTIONS = """\
sections:
  - title: The north
    body:
      - The fleet sails from [[harbours]].
      - map:
          id: harbours
          of: [NO, SE]
          also: FI
          caption: Harbours of the north
          wide: true
          names: {RU: Russian Federation}
          marks:
            - {name: Bergen, at: "60.39, 5.32"}
      - map: UA
"""
PLAIN = "sections:\n  - {title: The north, body: The fleet sails.}\n"
OWN_FLAG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path fill="#123456" d="M0 0H{}V20H0z"/></svg>'
NOTE = "Boundaries shown do not imply endorsement."
SQUARE = [[[5, 58], [12, 58], [12, 64], [5, 64], [5, 58]]]


def desk(folder: Path, content: str, project: str = BOTH, files: dict[str, str] | None = None) -> Path:
    """A project with one brief; the path of its content file."""
    for name, text in {"briefing.yaml": project, "content/norway.yaml": content, **(files or {})}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "content" / "norway.yaml"


def galley_of(
    folder: Path, content: str, project: str = BOTH, files: dict[str, str] | None = None, audience: str = "internal"
) -> Galley:
    """The galley of a brief: the tree that all formats print."""
    edition = resolve(load_draft(desk(folder, content, project, files)), audience)
    return set_galley(edition, load_theme(edition.theme, [folder / "templates"]))


def pictures(galley: Galley) -> list[str]:
    """The alternative texts of the pictures and maps, in order."""
    found = [e for top in galley.body if isinstance(top, Element) for e in top.walk() if e.tag in {"img", "svg"}]
    return [element.get("alt") or element.get("aria-label") for element in found]


def text_of(galley: Galley) -> str:
    return " ".join(" ".join(top.text if isinstance(top, Element) else top for top in galley.body).split())


def problems(folder: Path, content: str, project: str = BOTH, files: dict[str, str] | None = None) -> list[Diagnostic]:
    job = Job(str(desk(folder, content, project, files)), "", (), "internal", project=str(folder))
    return list(check(job).diagnostics)


@dataclass
class Built:
    """The three files of a brief, and what the build said."""

    page: Any
    pdf: bytes
    word: zipfile.ZipFile
    bytes: tuple[bytes, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def html_alts(self) -> list[str]:
        figures = self.page.xpath("//main//*[self::img or local-name()='svg'][@alt or @aria-label]")
        return [figure.get("alt") or figure.get("aria-label") for figure in figures]

    @property
    def pdf_alts(self) -> list[str]:
        return [tag.attributes["Alt"] for tag in read_tags(self.pdf).walk() if "Alt" in tag.attributes]

    @property
    def pdf_text(self) -> str:
        pages = pypdfium2.PdfDocument(self.pdf)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())

    @property
    def word_alts(self) -> list[str]:
        return [drawing.get("descr") for drawing in self._document.iter(f"{WP}docPr")]

    @property
    def word_text(self) -> str:
        return " ".join("".join(text.text or "" for text in p.iter(f"{W}t")) for p in self._document.iter(f"{W}p"))

    @property
    def _document(self) -> Any:
        return etree.fromstring(self.word.read("word/document.xml"))


def built(folder: Path, content: str, project: str = BOTH, theme: str = "standard", **files: str) -> Built:
    source = desk(folder, content, project, files)
    outcome = build(Job(str(source), str(folder / "out"), project=str(folder), theme=theme))
    assert outcome.exit_code == 0, outcome.diagnostics
    data = tuple((folder / "out" / f"norway.{end}").read_bytes() for end in ("html", "pdf", "docx"))
    page = html.document_fromstring(data[0].decode())
    return Built(page, data[1], zipfile.ZipFile(io.BytesIO(data[2])), data, outcome.diagnostics)


@pytest.fixture(scope="module", params=["standard", "chancery"])
def norway(request, tmp_path_factory) -> Built:
    return built(tmp_path_factory.mktemp("norway"), HEAD + SECTIONS, theme=request.param)


def test_flag_and_maps_have_the_same_alternative_texts_in_every_format(norway):
    flag, locator, harbours, ukraine = norway.html_alts
    assert flag == "Flag of Norway"
    assert locator.startswith("Map of Norway: Oslo; ")
    assert {"Russia", "Finland"} <= set(locator.partition("; ")[2].split(", "))
    assert harbours.startswith("Map of Norway, Sweden: Oslo, Stockholm, Bergen; Russian Federation, ")
    assert ukraine.startswith("Map of Ukraine: Kyiv; ")
    assert norway.pdf_alts == norway.html_alts
    assert norway.word_alts == norway.html_alts


def test_the_masthead_has_the_flag_and_the_map_once(norway):
    (masthead,) = norway.page.xpath("//header[contains(@class, 'masthead')]")
    assert len(masthead.xpath(".//img[@class='flag']")) == 1
    assert len(masthead.xpath(".//figure[@class='locator']/*[local-name()='svg']")) == 1
    assert not norway.page.xpath("//aside")


def test_names_on_maps_are_text_of_the_pdf(norway):
    for name in ("Oslo", "Finland", "Stockholm", "Bergen", "Russian Federation", "Kyiv", "Poland"):
        assert name in norway.pdf_text


def test_each_map_has_the_note_on_boundaries_and_the_block_its_number(norway):
    in_html = " ".join(norway.page.text_content().split())
    for text in (in_html, norway.pdf_text, norway.word_text.replace("\u00a0", " ")):
        assert text.count(NOTE) == 3
        assert "Figure 1" in text
        assert "Harbours of the north" in text


def test_word_shows_flag_and_maps_as_sharp_pictures(norway):
    pixels = [name for name in norway.word.namelist() if name.startswith("word/media/") and name.endswith(".png")]
    assert len(pixels) == 4


def test_maps_have_colours_for_a_dark_screen(norway):
    style = "".join(norway.page.xpath("//style/text()"))
    dark = style[style.index("prefers-color-scheme: dark") :]
    for name in ("map-sea", "map-land", "map-own", "map-also", "map-border", "map-name", "map-on-own"):
        assert norway.page.xpath(f"//main//*[contains(@class, '{name}')]"), name
        assert f".{name}{{" in dark.replace(" {", "{"), name


def test_a_build_gives_the_same_bytes_twice(tmp_path):
    content = HEAD + PLAIN
    assert built(tmp_path / "first", content).bytes == built(tmp_path / "second", content).bytes


@pytest.mark.parametrize(
    ("project", "brief", "shown"),
    [
        ("country_pictures: flag\n", "", ["Flag"]),
        ("country_pictures: none\n", "", []),
        ("series: Country brief\n", "", []),
        ("series: Country brief\n", BOTH, ["Flag", "Map"]),
        (BOTH, "country_pictures: none\n", []),
        (BOTH, "fact_box: {picture: none, facts: {Area: large}}\n", ["Map"]),
        (BOTH, "fact_box: {map: none, facts: {Area: large}}\n", ["Flag"]),
        (BOTH, "fact_box: {map: {show: region}, facts: {Area: large}}\n", ["Flag", "Map"]),
    ],
)
def test_the_project_or_the_brief_decides_which_pictures_there_are(tmp_path, project, brief, shown):
    assert [alt.split()[0] for alt in pictures(galley_of(tmp_path, HEAD + brief + PLAIN, project))] == shown


def test_a_file_of_the_brief_takes_the_place_of_what_would_be_drawn(tmp_path):
    box = "fact_box: {picture: f.svg, alt: My flag, map: f.svg, map_alt: My map, facts: {Area: large}}\n"
    galley = galley_of(tmp_path, HEAD + box + PLAIN, files={"content/f.svg": OWN_FLAG.format(30)})
    assert pictures(galley) == ["My flag", "My map"]


def test_the_map_of_the_fact_box_shows_the_region(tmp_path):
    box = "fact_box:\n  facts: {Area: large}\n  map: {show: region}\n"
    galley = galley_of(tmp_path, HEAD + box + PLAIN)
    _, region = pictures(galley)
    (aside,) = [top for top in galley.body if isinstance(top, Element) and top.style == "fact-box"]
    assert aside.find("svg") is not None
    assert "Oslo" not in region
    assert {"Spain", "Poland"} & set(region.partition(": ")[2].split(", "))


def test_a_flag_of_the_project_or_the_theme_takes_the_place_of_the_programs(tmp_path):
    theme = {
        "templates/ministry/theme.yaml": "extends: standard\n",
        "templates/ministry/flags/NO.svg": OWN_FLAG.format(9),
    }
    content = f"{HEAD}layout: {{theme: ministry}}\n{PLAIN}"
    assert galley_of(tmp_path, content, files=theme).pictures["flags/NO.svg"].data == OWN_FLAG.format(9).encode()
    both = {**theme, "flags/NO.svg": OWN_FLAG.format(12)}
    assert galley_of(tmp_path, content, files=both).pictures["flags/NO.svg"].data == OWN_FLAG.format(12).encode()


def test_a_broken_flag_of_the_project_is_an_error_at_the_country(tmp_path):
    (found,) = problems(tmp_path, HEAD + PLAIN, files={"flags/NO.svg": "<svg><broken"})
    assert found.severity.value == "error"
    assert "flags/NO.svg" in found.message
    assert (found.span.line, found.span.column) == (2, 10)


@pytest.mark.parametrize("code", ["ZZ", "UK"])
def test_an_unknown_code_is_an_error_at_its_place(tmp_path, code):
    (found,) = problems(tmp_path, HEAD.replace("NO", code) + PLAIN)
    assert (found.code, found.span.line, found.span.column) == ("country", 2, 10)


BLOCK = "sections:\n  - title: The north\n    body:\n      - map:\n          "


@pytest.mark.parametrize(
    ("block", "begins", "has", "lacks"),
    [
        ("of: SE", "Map of Sweden: Stockholm; ", "Norway", "Oslo"),
        ("caption: x", "Map of Norway: Oslo; ", "Finland", "Stockholm"),
        ("capital: none", "Map of Norway: ", "Finland", "Oslo"),
        ("capital: Kristiania", "Map of Norway: Kristiania; ", "Finland", "Oslo"),
        ("names: {NO: Noreg, FI: Suomi}", "Map of Noreg: Oslo; ", "Suomi", "Finland"),
        ("alt: The long coast", "The long coast", "The long coast", "Oslo"),
    ],
)
def test_a_map_says_what_it_shows(tmp_path, block, begins, has, lacks):
    (alt,) = pictures(galley_of(tmp_path, f"{HEAD}{BLOCK}{block}\n", "language: en\n"))
    assert alt.startswith(begins)
    assert has in alt
    assert lacks not in alt


def test_outlines_of_ones_own_are_drawn(tmp_path):
    feature = {"type": "Feature", "properties": {"iso": "NO"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    content = f"{HEAD}{BLOCK}data: own.geojson\n"
    own = galley_of(tmp_path, content, "", {"content/own.geojson": json.dumps(feature)})
    usual = galley_of(tmp_path, f"{HEAD}{BLOCK}caption: x\n", "")
    shapes = [
        next(e for top in g.body for e in top.walk() if e.tag == "path" and e.style == "map-own").get("d")
        for g in (own, usual)
    ]
    assert len(shapes[0]) < 100 < len(shapes[1])
    feature["geometry"] = {"type": "Polygon", "coordinates": [SQUARE[0][:-1]]}
    (found,) = problems(tmp_path, content, "", {"content/own.geojson": json.dumps(feature)})
    assert found.code == "map-data"


@pytest.mark.parametrize(
    ("language", "label", "names", "mark"),
    [
        ("ru", "Столица", ["Норвегия", "Осло", "Исландия"], ";"),
        ("de", "Hauptstadt", ["Norwegen", "Oslo", "Vereinigtes Königreich"], ";"),
        ("ar", "العاصمة", ["النرويج", "أوسلو", "فنلندا"], "؛"),
    ],
)
def test_names_are_in_the_language_of_the_brief_and_the_fact_names_the_capital(tmp_path, language, label, names, mark):
    content = f"title: Y\ncountry: NO\nlanguage: {language}\n{PLAIN}"
    flag, alt = pictures(galley_of(tmp_path, content))
    assert names[0] in flag
    assert all(name in alt for name in names)
    assert f"{names[1]}{mark} " in alt
    _, alt = pictures(galley_of(tmp_path, f"{content}fact_box:\n  facts:\n    {label}: '*Xanadu*'\n"))
    assert "Xanadu" in alt
    assert names[1] not in alt


def test_the_organisation_decides_names_capitals_outlines_and_the_note(tmp_path):
    feature = {"type": "Feature", "properties": {"iso": "NO"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    project = (
        f"{BOTH}maps:\n  names: {{DK: Danmark}}\n  capitals: {{NO: Christiania}}\n  note: Not official.\n"
        "  data: maps/ours.geojson\n"
    )
    galley = galley_of(tmp_path, HEAD + PLAIN, project, {"maps/ours.geojson": json.dumps(feature)})
    alt = pictures(galley)[1]
    assert alt.startswith("Map of Norway: Christiania; ")
    assert "Danmark" in alt
    assert "Denmark" not in alt
    assert "Not official." in text_of(galley)
    assert NOTE not in text_of(galley)
    shape = next(e for top in galley.body for e in top.walk() if e.tag == "path" and e.style == "map-own")
    assert len(shape.get("d")) < 100
    none = galley_of(tmp_path / "none", HEAD + PLAIN, f"{BOTH}maps: {{capitals: {{NO: none}}}}\n")
    assert "Oslo" not in pictures(none)[1]


SERBIA = 'title: "Serbia: a road south"\ncountry: RS\nlanguage: en-GB\n'


def dashes(galley: Galley) -> int:
    return sum(bool(e.get("stroke-dasharray")) for top in galley.body for e in top.walk() if e.tag == "path")


def test_the_organisation_decides_which_lines_are_dashed(tmp_path):
    assert dashes(galley_of(tmp_path, SERBIA + PLAIN)) == 1
    assert dashes(galley_of(tmp_path, SERBIA + PLAIN, f"{BOTH}maps: {{dashed: {{kosovo: false}}}}\n")) == 0


def test_an_unknown_disputed_line_is_an_error_in_the_projects_file(tmp_path):
    (found,) = problems(tmp_path, SERBIA + PLAIN, f"{BOTH}maps:\n  dashed:\n    kashmer: true\n")
    assert found.code == "map-dashed"
    assert "kashmir" in f"{found.label} {found.help}"
    assert Path(found.span.file).name == "briefing.yaml"
    assert (found.span.line, found.span.column) == (4, 5)


def test_a_handout_has_no_map_with_a_dashed_line_unless_that_is_allowed(tmp_path):
    galley = galley_of(tmp_path, SERBIA + PLAIN, audience="handout")
    assert pictures(galley) == ["Flag of Serbia"]
    assert NOTE not in text_of(galley)
    (note,) = galley.diagnostics
    assert (note.code, note.severity.value, note.span.line) == ("map-left-out", "note", 2)
    allowed = galley_of(tmp_path, SERBIA + PLAIN, f"{BOTH}maps: {{handout: true}}\n", audience="handout")
    assert len(pictures(allowed)) == 2
    assert not allowed.diagnostics
    assert len(pictures(galley_of(tmp_path, HEAD + PLAIN, audience="handout"))) == 2


@pytest.mark.parametrize(("code", "name"), [("BV", "Bouvet Island"), ("EU", "European Union")])
def test_a_country_without_outline_has_a_flag_a_sentence_and_a_note(tmp_path, code, name):
    galley = galley_of(tmp_path, f"title: Far away\ncountry: {code}\nlanguage: en-GB\n{BLOCK}caption: The map\n")
    assert pictures(galley) == [f"Flag of {name}"]
    assert "No map is available." in text_of(galley)
    assert NOTE not in text_of(galley)
    assert [(d.code, d.severity.value) for d in galley.diagnostics] == [("no-map", "note")] * 2
    assert all(name in d.message for d in galley.diagnostics)


def test_a_name_without_room_gives_a_warning_at_the_map(tmp_path):
    long = "A harbour of which the name is longer than the sea is wide, and which no map could ever show"
    galley = galley_of(tmp_path, f'{HEAD}{BLOCK}marks: [{{name: "{long}", at: "60.39, 5.32"}}]\n', "")
    (warning,) = galley.diagnostics
    assert (warning.code, warning.severity.value, warning.span.line) == ("map-name", "warning", 7)
    assert long in warning.message
    assert long not in text_of(galley)


def test_a_map_without_a_country_is_an_error(tmp_path):
    with pytest.raises(ContentError) as refused:
        galley_of(tmp_path, f"title: Seas\nlanguage: en\n{BLOCK}caption: The map\n")
    assert [d.code for d in refused.value.diagnostics] == ["map-country"]


def test_a_cached_build_notices_a_new_flag_of_the_project(run_briefing, tmp_path):
    desk(tmp_path, HEAD + PLAIN)
    command = ("build", "--format", "html")
    first = run_briefing(*command, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "nothing has changed" in (again := run_briefing(*command, cwd=tmp_path)).stdout + again.stderr
    desk(tmp_path, HEAD + PLAIN, files={"flags/NO.svg": OWN_FLAG.format(30)})
    before = (tmp_path / "output" / "norway.html").read_bytes()
    third = run_briefing(*command, cwd=tmp_path)
    assert "nothing has changed" not in third.stdout + third.stderr
    assert (tmp_path / "output" / "norway.html").read_bytes() != before


def test_a_map_without_a_caption_keeps_the_call_of_its_source(tmp_path):
    galley = galley_of(
        tmp_path, f"title: Norway\ncountry: NO\nlanguage: en-GB\nsources:\n  atlas: An atlas\n{BLOCK}source: atlas\n"
    )
    assert [e.get("data-note") for e in galley.walk() if e.tag == "a" and e.get("data-note")] == ["atlas"]
