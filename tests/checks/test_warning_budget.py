"""Clean prose from elsewhere gives few warnings, and each of them once for a brief."""

from pathlib import Path
from statistics import median

import pytest

from briefing.diagnostics import Diagnostic
from briefing.pipeline import Job, check

#: Texts as factbooks, ministries and encyclopedias write them, without sources or dates for the facts.
PROSE = {
    ("en-GB", "Kenya"): """\
Trade centered on the coast from the 8th century. British rule began in 1895 and lasted until 12 December
1963. President Jomo KENYATTA led the country until his death in 1978, when Vice President Daniel arap MOI
took power. Section 2A of the constitution, which made the country a one-party state, was repealed in 1991.
The 2007 vote led to violence that killed about 1,133 people; a 2010 constitution created 47 counties. GDP per
head (PPP) was $5,700 in 2023; inflation stood at 7.7%. The port of Mombasa handled 35.98 million tonnes. The
SGR links it with Nairobi (472 km). Members: AfDB, AU, COMESA, EAC, FAO, G-77, IBRD, ICAO, ICC, IFAD, IFC,
ILO, IMF, IOM, UN.
""",
    ("en-GB", "Minister opens trade forum"): """\
OSLO, 3 May 2024 – Foreign Minister Anna Berg today opened the ninth trade forum. "We need each other more
than ever," she said. "Our companies want rules that last." The two sides signed three agreements: on
fisheries, on customs and on digital services. Ms Berg met Dr. P. J. Okoth, the head of the delegation, at
10.30 a.m. The package is worth NOK 1.2bn (about €105m). “This is a good day for both countries,” Mr Okoth
added. For further information contact press@example.org or call +47 22 24 36 00. Notes to editors: the forum
was founded in 2006 and meets every two years.
""",
    ("de", "Außenministerin reist nach Oslo"): """\
Berlin, 3. Mai 2024. Die Bundesministerin des Auswärtigen reist heute nach Oslo. Vor ihrem Abflug erklärte
sie: „Norwegen ist seit dem Angriff auf die Ukraine unser wichtigster Gaslieferant. Wir wollen diese
Partnerschaft ausbauen.“ Geplant sind Gespräche mit Ministerpräsident Jonas Gahr Støre und mit Vertretern der
Wirtschaft, u. a. zum Thema Wasserstoff. Ein MoU über CO₂-Speicherung soll unterzeichnet werden. Deutschland
bezog 2023 rund 43 Prozent seines Gases aus Norwegen, d. h. mehr als doppelt so viel wie 2021. Die Delegation
reist am 4. Mai weiter nach Tromsø, wo sie das Norwegische Polarinstitut besucht. Rückfragen: Tel. +49 30
5000-2056.
""",
    ("fr", "Le Sénégal"): """\
Le Sénégal, en forme longue la république du Sénégal, est un État d’Afrique de l’Ouest. Sa superficie est de
196 722 km² et sa population dépasse 18 millions d’habitants. Le pays accède à l’indépendance le 4 avril 1960
; Léopold Sédar Senghor en est le premier président. Élu le 24 mars 2024 avec 54,28 % des voix, Bassirou
Diomaye Faye lui succède à la cinquième place. Le Sénégal est membre de la CEDEAO, de l’UEMOA, de l’UA et de
l’OIF. L’arachide, la pêche et les phosphates ont longtemps dominé l’économie ; le pétrole du champ de
Sangomar est exploité depuis juin 2024. La monnaie est le franc CFA (1 € = 655,957 F CFA).
""",
    ("es", "Visita oficial a Bogotá"): """\
Madrid, 3 de mayo de 2024. El ministro de Asuntos Exteriores, Unión Europea y Cooperación viaja hoy a Bogotá.
«España apoya la paz en Colombia», afirmó antes de salir. Se firmarán tres acuerdos: sobre doble imposición,
sobre movilidad y sobre turismo. El comercio bilateral alcanzó 2.380 millones de euros en 2023, un 7,5 % más
que el año anterior. La AECID destinará 12 M€ a proyectos en el Pacífico. El Sr. Albares se reunirá con la
Sra. Sarabia a las 16.30 h y visitará el Centro de Memoria. «Nos unen la lengua, la historia y el futuro»,
añadió.
""",
    ("ru", "Казахстан"): """\
Республика Казахстан расположена в центре Евразии. Площадь — 2 724,9 тыс. кв. км, население — 20 млн чел.
(2024 г.). Столица — г. Астана. Независимость провозглашена 16 декабря 1991 г. Президент — К.-Ж. К. Токаев (с
2019 г.). Страна входит в ООН, ОБСЕ, СНГ, ЕАЭС, ОДКБ, ШОС и ОТГ. ВВП по итогам 2023 г. составил 261,4 млрд
долл. США, рост — 5,1 %. Основные статьи экспорта: нефть, уран, медь, зерно. По запасам урана республика
занимает второе место в мире. Протяжённость границы с Россией — 7 598,8 км. Государственный язык — казахский;
русский официально употребляется в органах власти.
""",
    ("ar", "زيارة الوزير"): """\
القاهرة، 3 مايو 2024. استقبل وزير الخارجية اليوم نظيره النرويجي. وقال الوزير: «نقدّر دعم النرويج للشعب
الفلسطيني». وبحث الجانبان وقف إطلاق النار، وإدخال المساعدات، ودور وكالة الأونروا. وأعلن الضيف تقديم 25 مليون
دولار إضافية. وأضاف: «لا بديل عن حل الدولتين». واتفق الطرفان على عقد ثلاثة اجتماعات: في القاهرة، وأوسلو،
ونيويورك. وسيزور الوفد معبر رفح يوم الأحد عند الساعة 10:30 صباحًا. يبلغ حجم التبادل التجاري 210 ملايين يورو
(2023).
""",
}
#: Facts in the short form, as they are typed first.
FACTS = {
    "en-GB": """\
    Capital: Nairobi
    Area: 580,367 km²
    Population: 58.2 million
    President: William Ruto
    GDP per head: $5,700 (PPP)
    Growth: 5.6%
    Currency: Kenyan shilling (KES)
    Independence: 12 December 1963
""",
    "de": """\
    Hauptstadt: Oslo
    Fläche: 385.207 km²
    Einwohner: 5,5 Mio.
    König: Harald V.
    Ministerpräsident: Jonas Gahr Støre
    BIP pro Kopf: 106.000 US-Dollar
    Währung: Norwegische Krone
    Nationalfeiertag: 17. Mai
""",
    "fr": """\
    Capitale: Dakar
    Superficie: 196 722 km²
    Population: 18 millions
    Président: Bassirou Diomaye Faye
    PIB par habitant: 1 750 $
    Monnaie: franc CFA
    Fête nationale: 4 avril
""",
    "es": """\
    Capital: Montevideo
    Superficie: 176 215 km²
    Población: 3,4 millones
    Presidente: Yamandú Orsi
    PIB per cápita: 22 565 dólares
    Moneda: peso uruguayo
""",
    "ru": """\
    Столица: Астана
    Площадь: 2 724,9 тыс. км²
    Население: 20 млн
    Президент: К.-Ж. Токаев
    ВВП: 261,4 млрд долл.
    Рост: 5,1 %
    Валюта: тенге
""",
    "ar": """\
    العاصمة: عمّان
    المساحة: 89 ألف كم²
    السكان: 11.5 مليون
    الملك: عبد الله الثاني
    العملة: الدينار الأردني
    النمو: 2.6٪
""",
}


def warnings(folder: Path, language: str, title: str) -> list[Diagnostic]:
    """The warnings of a brief with a prose text as its section, and with facts."""
    body = "".join(f"      {line}\n" for line in PROSE[language, title].splitlines())
    content = folder / "content" / "brief.yaml"
    content.parent.mkdir()
    content.write_text(
        f"title: {title}\nlanguage: {language}\nissued: 2024-12-02\nfact_box:\n  facts:\n{FACTS[language]}"
        f"sections:\n  - title: {title}\n    body: |\n{body}",
        "utf-8",
    )
    return list(check(Job(str(content), str(folder / "output"), (), project=str(folder))).diagnostics)


def test_clean_prose_gives_a_median_of_at_most_two_warnings(tmp_path):
    counts = []
    for number, (language, title) in enumerate(PROSE):
        folder = tmp_path / str(number)
        folder.mkdir()
        counts.append(len(warnings(folder, language, title)))
    assert median(counts) <= 2
    assert 0 < max(counts) <= 4


@pytest.mark.parametrize(("language", "title"), PROSE)
def test_no_warning_is_given_twice(tmp_path, language, title):
    codes = [warning.code for warning in warnings(tmp_path, language, title)]
    assert len(codes) == len(set(codes))


def test_one_warning_names_all_facts_or_all_lines(tmp_path):
    kenya, forum = (tmp_path / name for name in ("kenya", "forum"))
    kenya.mkdir()
    forum.mkdir()
    facts = next(w for w in warnings(kenya, "en-GB", "Kenya") if w.code == "unsourced-fact")
    assert "'Area', 'Population', 'President'" in facts.message
    quoted = next(w for w in warnings(forum, "en-GB", "Minister opens trade forum") if "quoted" in w.message)
    assert "the same in lines" in quoted.message


def test_names_in_capitals_and_places_before_a_date_are_no_abbreviations(tmp_path):
    found = warnings(tmp_path, "en-GB", "Minister opens trade forum")
    assert not [w for w in found if "OSLO" in w.message]
    (tmp_path / "kenya").mkdir()
    assert not [w for w in warnings(tmp_path / "kenya", "en-GB", "Kenya") if "MOI" in w.message]
