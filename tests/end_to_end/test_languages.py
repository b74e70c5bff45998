"""Each language has its own dates, capitals, spaces, hyphens and order of signs, in all three formats."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree, html

from briefing.doctor.places import labels
from briefing.galley.locale import UNREVIEWED, locale_for
from briefing.pipeline import Job, build
from briefing.theme.load import load_theme
from tests.support.project import ROOT
from tests.support.read_outputs import W

RULES = {"formats": ("html", "pdf", "docx")}


class Built(NamedTuple):
    """The finished files: the HTML page, the words of the PDF, and the parts of the Word file."""

    page: str
    pdf: bytes
    parts: dict[str, str]
    codes: tuple[str, ...]

    @property
    def html(self) -> str:
        """The words of the page."""
        return " ".join("".join(html.document_fromstring(self.page).find("body").itertext()).split(" "))

    @property
    def words(self) -> str:
        """The words of the PDF, as poppler reads them."""
        return pdf_words(self.pdf)

    @property
    def word(self) -> str:
        """The words of the Word file: body, notes, headers and footers. An optional hyphen is U+00AD."""
        return "\n".join(map(word_text, self.parts.values()))


def pdf_words(data: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode("utf-8")


def word_text(part: str) -> str:
    out = []
    for element in etree.fromstring(part.encode()).iter(f"{W}p", f"{W}t", f"{W}softHyphen", f"{W}noBreakHyphen"):
        kind = element.tag.removeprefix(W)
        out.append({"p": "\n", "t": element.text or "", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}[kind])
    return "".join(out)


def built(folder: Path, text: str, *, theme: str | None = None) -> Built:
    (folder / "brief.yaml").write_text(text, "utf-8")
    outcome = build(Job(str(folder / "brief.yaml"), str(folder / "output"), ("html", "pdf", "docx"), theme=theme))
    codes = tuple(diagnostic.code for diagnostic in outcome.diagnostics)
    output = folder / "output"
    with zipfile.ZipFile(io.BytesIO((output / "brief.docx").read_bytes())) as packed:
        wanted = re.compile(r"word/(document|footnotes|header\d|footer\d|settings)\.xml")
        parts = {n: packed.read(n).decode() for n in sorted(packed.namelist()) if wanted.fullmatch(n)}
    page = (output / "brief.html").read_text("utf-8")
    return Built(page, (output / "brief.pdf").read_bytes(), parts, codes)


def plain(text: str) -> str:
    """The text with ordinary spaces only."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


# Dates


@pytest.mark.parametrize(
    ("language", "first", "eleventh"),
    [
        ("fr", "1er octobre 2016", "11 octobre 2016"),
        ("fr-CA", "1er octobre 2016", "11 octobre 2016"),
        ("it", "1º ottobre 2016", "11 ottobre 2016"),
        ("pt", "1º de outubro de 2016", "11 de outubro de 2016"),
        ("pt-PT", "1 de outubro de 2016", "11 de outubro de 2016"),
        ("es", "1 de octubre de 2016", "11 de octubre de 2016"),
        ("de", "1. Oktober 2016", "11. Oktober 2016"),
        ("nl", "1 oktober 2016", "11 oktober 2016"),
        ("en-GB", "1 October 2016", "11 October 2016"),
    ],
)
def test_the_first_of_a_month_is_written_as_the_language_writes_it(tmp_path, language, first, eleventh):
    done = built(
        tmp_path,
        f"""\
title: Oslo
language: {language}
issued: 2016-10-01
as_of: 2016-10-11
meetings:
  - title: Bodø
    when: 2016-10-01 11:01
    points_to_make: Bodø [@a].
sections:
  - title: Oslo
    body:
      - timeline:
          - 2016-10-01: Bergen
      - table:
          caption: Tromsø
          columns: [Hamar, {{title: Narvik, format: date}}]
          rows:
            - - Moss
              - 2016-10-01
            - - Voss
              - 2016-10-11
sources:
  a: {{title: Vadsø, date: 2016-10-01}}
""",
    )
    for text in map(plain, (done.html, done.words, done.word)):
        # The masthead, the line of times, the table, the source and, in words, the meeting.
        assert text.count(first) >= 4
        assert text.count(eleventh) >= 2
        assert "11:01" in text
        if not first.startswith(("1 ", "1. ")):
            assert not re.search(r"\b1 " + " ".join(first.split()[1:]), text)


@pytest.mark.parametrize(
    ("language", "comma"),
    [("ar", "، "), ("fa-IR", "، "), ("ur", "، "), ("ja", "、"), ("zh-Hans", "，"), ("he", ", "), ("en-GB", ", ")],
)
def test_lists_that_the_program_joins_have_the_comma_of_the_language(tmp_path, language, comma):
    done = built(
        tmp_path,
        f"""\
title: A
language: {language}
sections:
  - title: B
    body:
      - "[@a]"
      - people:
          - {{name: Q, role: R, pronounced: S}}
      - pull_quote: {{text: T, by: U, role: V, source: a}}
sources:
  a: {{author: K, title: L, publisher: M, url: "https://example.org/"}}
""",
    )
    for text in (done.html, done.word):
        assert f"K{comma}L{comma}M{comma}https" in text
        assert f"U{comma}V" in text
        assert f"R{comma}" in text


# Capitals

CAPITALS = [
    ("tr", "gizli bilgi: ırmak", "GİZLİ BİLGİ: IRMAK"),
    ("az-Latn", "rəsmi sirr", "RƏSMİ SİRR"),
    ("el", "υπηρεσιακή ή άυλη μαΐου ρολόι ευφυΐα", "ΥΠΗΡΕΣΙΑΚΗ Ή ΑΫΛΗ ΜΑΪΟΥ ΡΟΛΟΪ ΕΥΦΥΪΑ"),
    ("lt", "slaptai i\u0307\u0301 žiną", "SLAPTAI Í ŽINĄ"),
    ("nl", "vrijgegeven ĳs", "VRIJGEGEVEN ĲS"),
    ("de", "großer fluß", "GROSSER FLUSS"),
    ("fr", "diffusion restreinte à l’été, œuvre", "DIFFUSION RESTREINTE À L’ÉTÉ, ŒUVRE"),
    ("en-GB", "official", "OFFICIAL"),
]


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize(("language", "typed", "printed"), CAPITALS)
def test_capitals_follow_the_rules_of_the_language(tmp_path, language, typed, printed, theme):
    done = built(
        tmp_path,
        f"""\
title: Oslo
language: {language}
marking: "{typed}"
series: "{typed}"
sections:
  - title: Oslo
    body: Bergen.
""",
        theme=theme,
    )
    assert "missing-glyph" not in done.codes
    # The marking above and below the page of the PDF.
    assert plain(done.words).count(printed) >= 2
    # A browser writes capitals by the language of the page; the margins of its pages have no language.
    assert f'<html lang="{language}"' in done.page
    assert f'@top-center{{content:"{"".join(f"{chr(92)}{ord(c):06x}" for c in printed)}"' in done.page
    # Word writes each small letter as its own capital, without regard to the language; what differs is typed.
    simple = "".join(c.upper() if len(c.upper()) == 1 else c for c in typed)
    head = "".join(text for name, text in done.parts.items() if name.startswith("word/header"))
    assert (typed if simple == printed else printed) in head


def test_capitals_keep_to_the_language_of_words_inside(tmp_path):
    (tmp_path / "briefing.yaml").write_text("", "utf-8")
    theme = tmp_path / "templates" / "own"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text(
        "extends: standard\nstyles: {title: {capitals: true}, heading-2: {capitals: true}}", "utf-8"
    )
    text = "title: Fin\nlanguage: fr\nsections:\n  - title: Texte\n    body: '# Une fin [dizi]{lang=tr} **fin**'\n"
    done = built(tmp_path, text, theme="own")
    assert "UNE FIN DİZİ FIN" in plain(done.words)
    assert "DİZİ" in done.word
    assert "missing-glyph" not in done.codes


# Soft hyphens

SHY = "\u00ad"


def test_a_soft_hyphen_is_words_optional_hyphen_everywhere(tmp_path):
    text = """\
title: Do-nau
language: de
marking: Ge-heim
reference: Ak-te
summary: "*Zu-sam-men* und [Wo-che]{lang=de-AT}, [Sei-te](https://example.org/)."
key_points: "- Do-nau"
fact_box: {facts: {Haupt-stadt: Os-lo}}
sections:
  - title: La-ge
    body:
      - "Do-nau [@a] und -am Rand-"
      - table: {caption: Ta-fel, columns: [Kopf-zeile], rows: [[Zel-le]]}
      - timeline: [{when: "im Früh-jahr", text: Be-such}]
      - pull_quote: {text: Zi-tat, by: Spre-cher, source: a}
sources: {a: Quel-le}
""".replace("de-AT", "de_AT")
    done = built(
        tmp_path,
        text.replace("-", SHY)
        .replace(f"\n  {SHY} ", "\n  - ")
        .replace(f"      {SHY} ", "      - ")
        .replace(f'"{SHY} Do', '"- Do')
        .replace("de_AT", "de-AT"),
    )
    every = "".join(done.parts.values())
    assert not [part for part in re.findall(r"<w:t\b[^>]*>([^<]*)</w:t>", every) if SHY in part]
    for typed in [
        "Do-nau",
        "Ge-heim",
        "Ak-te",
        "Zu-sam-men",
        "Wo-che",
        "Sei-te",
        "Haupt-stadt",
        "Os-lo",
        "La-ge",
        "Ta-fel",
        "Kopf-zeile",
        "Zel-le",
        "Früh-jahr",
        "Be-such",
        "Zi-tat",
        "Spre-cher",
        "Quel-le",
    ]:
        assert typed.replace("-", SHY) in done.word
    assert every.count("<w:softHyphen/>") == done.word.count(SHY)
    for words in (done.html, done.words):
        assert "Donau" in words.replace(SHY, "")


def test_a_label_of_a_chart_and_the_title_of_the_file_have_no_soft_hyphen(tmp_path):
    chart = f"chart: {{type: bar, caption: Ver{SHY}gleich, alt: Text, data: {{Do{SHY}nau: 1, Main: 2}}}}"
    done = built(tmp_path, f"title: Do{SHY}nau\nlanguage: de\nsections:\n  - title: Lage\n    body:\n      - {chart}\n")
    assert "<title>Donau</title>" in done.page
    drawn = re.search("<svg.*?</svg>", done.page, re.DOTALL)[0]
    assert "Donau" in drawn
    assert SHY not in drawn


# No-break spaces

NBSP = "\u00a0"
#: By language: texts with "_" where a line must not end.
KEPT = {
    "en-GB": [
        "on 20_January 2010", "the 13_June 2016", "on the 1st of May", "October_5, 2016", "up 3_per_cent", "US$_4_billion",
        "4.5_million_tonnes", "120_km of line", "a 5_% share", "−3_°C at night", "see p._4 and pp._5–6", "under §_3",
        "Art._5 of it", "by J._R._R._Tolkien", "Dr_Weber came", "NOK_300_million", "12_000_km2", "£_3_bn", "300_kroner",
        "for 24_hours", "at 10_a.m. there", "**3**_per_cent", "US$_*4*_billion", "In 2016 the", "had 40 members",
    ],
    "de": ["am 3._Oktober 2016", "um 5_Mrd._Euro", "4_Milliarden_Euro", "rund 3_Prozent", "§§_3 und 4", "Nr._7", "S._12", "z._B. heute", "u._a. so", "12_Uhr mittags", "9_°C"],
    "fr": ["le 1er_octobre 2016", "le 20_janvier", "3_pour_cent", "4_milliards d’euros", "120_km", "À quoi_? Non_!", "M._Dupont", "«_Oui_»", "n°_5"],
    "es": ["el 5_de_octubre de 2016", "3_por_ciento", "4_millones", "pág._4"],
    "ru": ["20_января 2010_г.", "5_млрд_рублей", "стр._4", "А._С._Пушкин", "3_%"],
    "nl": ["op 5_oktober", "3_miljard_euro"],
    "it": ["il 5_ottobre", "3_miliardi"],
    "pt": ["em 5_de_outubro", "3_milhões"],
    "ko": ["10월_5일"],
    "ar": ["20_يناير 2010", "5_كم"],
    "he": ["5_באוקטובר", "3_ק״מ"],
    "tr": ["5_Ekim 2016", "3_milyar"],
    "kk": ["5_қазан"],
}  # fmt: skip


@pytest.mark.parametrize("language", KEPT)
def test_no_line_ends_inside_a_date_an_amount_or_a_name(tmp_path, language):
    texts = [text.replace("_", " ") for text in KEPT[language]]
    rows = "".join(f"            - ['{text}']\n" for text in texts)
    entries = "".join(f"          - {{when: '{text}', text: '{text}'}}\n" for text in texts)
    done = built(
        tmp_path,
        f"""\
title: "{texts[0].replace("*", "")}"
language: {language}
summary: "{texts[-1]}"
sections:
  - title: A
    body:
      - |
        {" ǂ ".join(texts)}
      - table:
          caption: B
          columns: [C]
          rows:
{rows}      - timeline:
{entries}      - pull_quote: {{text: "{texts[0]}", by: D}}
""",
    )
    for typed in KEPT[language]:
        wanted = typed.replace("*", "").replace("_", NBSP)
        for words in (done.html, done.word):
            assert words.count(wanted) >= 3, wanted
        # What is searched for and copied is as typed.
        assert language in {"ar", "he"} or wanted.replace(NBSP, " ") in " ".join(done.words.split())


def test_a_line_of_the_pdf_ends_before_what_is_kept_together(tmp_path):
    sentence = "On 20 January 2010 he spoke of 3 per cent, US$ 4 billion and 120 km, see p. 4. "
    bodies = "".join(f"      - '{'x' * (n % 30)} {sentence * 3}'\n" for n in range(60))
    done = built(tmp_path, f"title: A\nlanguage: en-GB\nsections:\n  - title: B\n    body:\n{bodies}")
    ends = re.findall(r"(\S+)\n", pdf_words(done.pdf, "-layout"))
    assert len(ends) > 200
    assert not {"20", "3", "per", "US$", "4", "120", "p."} & set(ends)


def test_code_keeps_its_spaces(tmp_path):
    done = built(tmp_path, "title: A\nlanguage: en-GB\nsections:\n  - title: B\n    body: Type `5 km` or 5 km.\n")
    assert "5 km or 5\u00a0km" in done.html
    assert "5 km" in done.word


# Hyphenation

LONG_WORDS = {
    "de": "Energieversorgungsunternehmen Gewerkschaftsdachverbände Wasserstoffinfrastrukturförderrichtlinie Donaudampfschifffahrtsgesellschaft",
    "nl": "Arbeidsongeschiktheidsverzekering aansprakelijkheidswaardevaststellingsveranderingen",
    "nb": "Menneskerettighetsorganisasjoner arbeidsmarkedsdirektoratet",
    "ru": "Электроэнергетический сельскохозяйственный достопримечательность",
    "fr": "anticonstitutionnellement internationalisation",
    "en-GB": "internationalisation counterrevolutionaries",
}


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("language", LONG_WORDS)
def test_words_are_hyphenated_by_the_patterns_of_their_language(tmp_path, language, theme):
    import pyphen

    words = LONG_WORDS[language].split()
    text = " ".join(f"{'ab ' * (n % 7)}{word}" for n, word in enumerate(words * 12))
    facts = "".join(f"    '{n} {word}': {word}\n" for n, word in enumerate(words))
    done = built(
        tmp_path,
        f"""\
title: A
language: {language}
fact_box:
  facts:
{facts}sections:
  - title: B
    body:
      - "{text}"
      - table: {{caption: C, columns: [D, E, F, G, H], rows: [[{", ".join((words * 5)[:5])}]]}}
      - pull_quote: {{text: "{words[0]}", by: K}}
""",
        theme=theme,
    )
    dictionary = pyphen.Pyphen(lang=pyphen.language_fallback(language), left=3, right=3)
    ends = re.findall(r"(\S+)\u00ad", pdf_words(done.pdf, "-layout"))
    assert ends
    allowed = {start for word in words for start, _ in dictionary.iterate(word)}
    middles = {start[len(other) :] for start in allowed for other in allowed if start.startswith(other)}
    assert {re.sub(r"^\W+", "", end) for end in ends} <= allowed | middles
    # Nothing is cut in another way: what is no whole word is a part between two hyphens.
    for word in words:
        assert word in done.html
    assert "hyphens: auto" in done.page
    assert "hyphenate-limit-chars: 10 3 3" in done.page
    assert "<w:autoHyphenation/>" in done.parts["word/settings.xml"]


def test_headings_and_scripts_without_a_hyphen_are_not_hyphenated(tmp_path):
    title = "Zusammenarbeit und Nachbarschaftsbeziehungen bei Energieversorgungsunternehmen"
    done = built(
        tmp_path,
        f"title: {title}\nlanguage: de\nsections:\n  - title: {title}\n    body: '[ประเทศไทยและกัมพูชา]{{lang=th}}'\n",
    )
    assert SHY not in pdf_words(done.pdf)


# Right to left

HEBREW = """\
title: "סחר עם Norway (2016) היום"
language: he
series: תקציר
issued: 2016-09-15
reference: CB 14/2016 (rev. 2)
contact: "+47 22 24 36 00"
marking: מוגבל
summary: "הסחר ירד ב-3.5% ל-US$ 4 מיליארד, ראו [@a]. NATO (2016) ו-**EFTA**."
fact_box: {facts: {שינוי: "-3.5%", בירה: Oslo (2016), שטח: "1,234.5 km² (2016)", תוצר: $5.2 bn}}
sections:
  - title: סחר
    body:
      - "השינוי היה −3.5 בשנת 2014–2016, טל׳ 22 24 36 00 ב-5 באוקטובר 2016, 3, 4."
      - table: {caption: יצוא, columns: [פריט, {title: שינוי, format: number}], rows: [[דגים, -3.5], ["Oil (crude)", 4]]}
      - chart: {type: bar, caption: יצוא, alt: מילים, data: {"דגים (2016)": -3.5, נפט: 4}}
      - chart: {type: column, caption: יצוא, alt: מילים, data: {"א": 3, "ב": 4}}
sources:
  a: "Statistics Norway (2016), https://www.ssb.no/en/"
"""
#: What stands in the other direction as a whole: a sign or a bracket would change its side.
ISOLATED = ["Norway (2016)", "CB 14/2016 (rev. 2)", "1,234.5 km² (2016)", "$5.2 bn", "+47 22 24 36 00", "3.5%", "US$ 4", "NATO (2016)", "EFTA", "Oslo (2016)", "−3.5", "22 24 36 00", "Oil (crude)", "Statistics Norway (2016)", "https://www.ssb.no/en/", "-3.5%"]  # fmt: skip


def test_text_of_the_other_direction_is_isolated(tmp_path):
    done = built(tmp_path, HEBREW)
    document = html.document_fromstring(done.page)
    isolated = [plain("".join(e.itertext())) for e in document.iter("bdi")]
    assert all(e.get("dir") == "ltr" for e in document.iter("bdi"))
    runs = [run for part in done.parts.values() for run in etree.fromstring(part.encode()).iter(f"{W}r")]
    runs = [run for run in runs if run.find(f"{W}rPr/{W}rtl") is None]
    left_to_right = [plain("".join(text.text or "" for text in run.iter(f"{W}t"))) for run in runs]
    for text in ISOLATED:
        assert text in isolated
        assert text in left_to_right
    assert not [text for text in (*isolated, *left_to_right) if re.search("[\u0590-\u05ff]", text)]
    # Dates, ranges and enumerations keep the order of the text around them.
    assert not [text for text in isolated if "באוקטובר" in text or text in {"2016", "3, 4", "2014–2016"}]


def test_signs_are_drawn_on_the_left_of_a_number_in_a_text_from_right_to_left(tmp_path):
    import pdfplumber

    done = built(tmp_path, HEBREW)
    with pdfplumber.open(io.BytesIO(done.pdf)) as pdf:
        chars = [char for page in pdf.pages for char in page.chars]
    lines: dict[int, list] = {}
    for char in chars:
        lines.setdefault(round(char["bottom"]), []).append(char)
    drawn = ["".join(c["text"] for c in sorted(line, key=lambda c: c["x0"])) for line in lines.values()]
    drawn = [re.sub(r"\s", "", line.replace("\u00a0", "")) for line in drawn]
    for wanted in (
        "−3.5",
        "-3.5%",
        "+4722243600",
        "22243600",
        "US$4",
        "Oslo(2016)",
        "CB14/2016(rev.2)",
        "km²(2016)",
        "$5.2bn",
        "Norway(2016)",
    ):
        assert any(wanted in line for line in drawn), wanted


def test_charts_in_a_text_from_right_to_left_are_mirrored_in_word_too(tmp_path):
    done = built(tmp_path, HEBREW)
    assert 'unicode-bidi="plaintext">דגים (2016)<' in done.page
    with zipfile.ZipFile(tmp_path / "output" / "brief.docx") as packed:
        bar, column = (packed.read(f"word/charts/chart{n}.xml").decode() for n in (1, 2))
    directions = [re.findall(r'<c:orientation val="(\w+)"', chart) for chart in (bar, column)]
    assert directions == [["maxMin", "maxMin"], ["maxMin", "minMax"]]
    assert [re.findall(r'<c:axPos val="(\w)"', chart) for chart in (bar, column)] == [["r", "t"], ["b", "r"]]


def test_right_to_left_words_are_isolated_in_a_text_from_left_to_right(tmp_path):
    text = (
        "title: A\nlanguage: en-GB\nsections:\n  - title: B\n    body: The party חירות (1948) 3 won; see العربية 5.\n"
    )
    done = built(tmp_path, text)
    assert '<bdi dir="rtl">חירות</bdi> (1948) 3' in done.page
    assert '<bdi dir="rtl">العربية</bdi> 5' in done.page


# Labels


@pytest.mark.parametrize(
    ("language", "sources"),
    [("pt-BR", "Fontes"), ("it", "Fonti"), ("nl-BE", "Bronnen"), ("tr", "Kaynaklar"), ("uk", "Джерела"), ("ja", "出典"), ("zh", "资料来源"), ("zh-CN", "资料来源"), ("zh-Hans", "资料来源"), ("he", "מקורות"), ("zh-TW", ""), ("zh-Hant", ""), ("fi", "")],
)  # fmt: skip
def test_the_program_has_labels_in_these_languages(language, sources):
    found, own = locale_for(language, load_theme("standard").labels)
    assert (found.label("sources"), own) == (sources or "Sources", bool(sources))


def test_doctor_says_which_labels_no_native_reader_has_reviewed(tmp_path):
    (_, note) = labels(tmp_path)
    assert note.state == "note"
    assert note.message.endswith("he, it, ja, nl, pt, tr, uk, zh-Hans")
    for tag in UNREVIEWED:
        assert "Not reviewed" in (ROOT / "templates" / "standard" / "labels" / f"{tag}.yaml").read_text("utf-8")


# Scripts without italics or spaces


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "東京"), ("zh-Hans", "北京"), ("ko", "서울"), ("he", "ירושלים"), ("ar", "القاهرة")]
)
def test_emphasis_is_bold_where_the_script_has_no_italics(tmp_path, language, words):
    body = f"- '*{words}*'\n      - '*Oslo [{words}]{{lang={language}}}*'\n"
    own = built(tmp_path, f"title: A\nlanguage: {language}\nsections:\n  - title: B\n    body:\n      {body}")
    assert "<em>" not in own.page
    assert f"<strong>{words}</strong>" in own.page
    assert 'w:val="Strong"' in own.parts["word/document.xml"]
    assert 'w:val="Emphasis"' not in own.parts["word/document.xml"]


def test_lines_of_japanese_never_begin_with_closing_punctuation(tmp_path):
    text = "政府は、経済の見通しを示した。それは「重要」である、" * 6
    titles = "".join(f"  - title: {'東' * n}{text[:60]}\n    body: {'西' * n}{text}\n" for n in range(12))
    done = built(tmp_path, f"title: {text[:70]}\nlanguage: ja\nsections:\n{titles}")
    lines = [line for line in pdf_words(done.pdf).splitlines() if line]
    assert len(lines) > 40
    assert not [line for line in lines if line[0] in "、。」）"]
    assert not [line for line in lines if line[-1] in "「（"]
