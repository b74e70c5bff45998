"""Two briefs for the tests of scripts: one in English with names in many scripts, one in Arabic."""

from __future__ import annotations

from functools import cache

from briefing.galley import Galley
from briefing.writers.pdf import write_pdf
from tests.support.sample_galley import set_brief

#: A name in each script, by its language tag.
NAMES = {
    "ar": "القاهرة",
    "fa": "جمهوری اسلامی ایران",
    "ur": "اسلام آباد",
    "he": "ירושלים",
    "hi": "नई दिल्ली",
    "th": "กรุงเทพมหานคร",
    "ka": "თბილისი",
    "hy": "Երևան",
    "am": "አዲስ አበባ",
    "bn": "ঢাকা",
    "ta": "சென்னை",
    "km": "ភ្នំពេញ",
    "my": "နေပြည်တော်",
    "lo": "ວຽງຈັນ",
    "zh": "北京",
    "zh-Hant": "臺北",
    "ja": "東京の会議",
    "ko": "서울",
}
RIGHT_TO_LEFT = {"ar", "fa", "ur", "he"}


def said(language: str) -> str:
    """The name in a language, as Markdown with that language."""
    return f"[{NAMES[language]}]{{lang={language}}}"


ENGLISH = f"""
title: Names from elsewhere
summary: A name in Arabic is {said("ar")}, and one in Japanese {said("ja")}.
issued: 2016-10-05
key_points: |
  - In Hebrew {said("he")}, in Korean {said("ko")}.
fact_box:
  facts:
    In Hindi: "{said("hi")} and {said("th")}"
sections:
  - title: Places and how they are written
    body:
      - |
        {" ".join(f"One of the places is called {said(language)} by the people who live there." for language in NAMES)}
      - chart:
          type: bar
          caption: Guests from {said("ar")}
          unit: per cent
          data:
            القاهرة: 12.5
            ירושלים: 9.0
            AVATAR: 4
      - table:
          caption: Cities in {said("zh")}
          columns: [City, Name]
          rows:
            - [Cairo, "{said("ar")}"]
            - [Beijing, "{said("zh")}"]
      - pull_quote:
          text: "They call it {said("fa")} at home."
          by: A. N. Example
          source: x
sources:
  x: A source from {said("ka")}
"""
ARABIC = """
title: "كازاخستان: اتجاهات متعددة"
summary: تتاجر كازاخستان مع الاتحاد الأوروبي (EU) وروسيا والصين منذ عام 2010.
language: ar
country: KZ
issued: 2016-10-05
marking: OFFICIAL
key_points: |
  - أربعة شركاء وطريقة واحدة.
fact_box:
  facts:
    العاصمة: أستانا
sections:
  - title: رئاسة منظمة الأمن والتعاون
    body: |
      استضافت العاصمة القمة الأولى للمنظمة منذ عام 1999، وحضرها رؤساء 38 دولة، [Astana Summit]{lang=en}، وأصدروا إعلانا مشتركا.
"""


@cache
def galley_of(text: str) -> Galley:
    """The galley of a brief; it is cached."""
    return set_brief(text)


@cache
def pdf_of(text: str) -> bytes:
    """The PDF of a brief, which must have no diagnostics."""
    made = write_pdf(galley_of(text))
    assert [d for d in made.diagnostics if d.code != "missing-label"] == []
    return made.data
