"""No-break spaces where a line must not end: dates, numbers with units, references to pages, initials.

A space that was typed becomes U+00A0, in all formats; nothing else of the text changes. The names of months, units,
currencies and large numbers are those of the language (CLDR), so a rule covers every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Literal

from briefing.cldr import babel_locale

from .tree import Element, Node
from .validate import INLINE

if TYPE_CHECKING:
    import babel

#: Units of CLDR whose names and signs stay with their number.
_UNITS = (
    "length-kilometer", "length-meter", "length-centimeter", "length-millimeter", "length-mile", "length-foot",
    "length-nautical-mile", "area-square-kilometer", "area-square-meter", "area-hectare", "area-square-mile",
    "area-acre", "volume-liter", "volume-hectoliter", "volume-cubic-meter", "volume-cubic-kilometer", "volume-barrel",
    "mass-kilogram", "mass-gram", "mass-tonne", "mass-pound", "temperature-celsius", "temperature-fahrenheit",
    "power-watt", "power-kilowatt", "power-megawatt", "power-gigawatt", "energy-kilowatt-hour", "energy-joule",
    "energy-calorie", "speed-kilometer-per-hour", "speed-knot", "electric-volt", "electric-ampere",
    "frequency-hertz", "frequency-megahertz", "digital-megabyte", "digital-gigabyte", "duration-second",
    "duration-minute", "duration-hour", "duration-day", "duration-week", "duration-month", "duration-year",
    "pressure-bar", "concentr-percent", "concentr-permille", "angle-degree",
)  # fmt: skip
#: Signs of units, large numbers and times of day that texts have in every language or beside those of CLDR.
_SIGNS = (
    "% ‰ ° °C °F µm nm mm cm dm km km² km2 km³ m² m2 m³ m3 m g mg kg t kt Mt Gt ha l hl ml s h min kW MW "
    "GW TW kWh MWh GWh TWh kV bar Hz kHz MHz GHz kB MB GB TB bn mn tn Mio Mrd Mia Tsd mln mld mrd млн "
    "млрд трлн тыс км м кг т га a.m p.m am pm Uhr ч г гг р рр ж € $ £ ¥ ₽ ₸ ₹ ₴ ₺ ₪ ₩ kr Kč zł Ft lei"
)
_PER_CENT = ("per cent", "pour cent", "por ciento", "por cento", "per cento", "percent", "Prozent")
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "RUB", "KZT", "UAH", "TRY", "INR", "NOK", "SEK", "DKK", "PLN")
#: Amounts whose plural forms cover those of all languages, and sizes of numbers.
_AMOUNTS, _SIZES = (1, 2, 5, 1.5), (10**3, 10**6, 10**9, 10**12)
_FORMS: tuple[Literal["short", "long"], ...] = ("short", "long")
#: What stands before a number: signs, and abbreviations of parts of a text, with or without a full stop.
_BEFORE = (
    "§ §§ ¶ № Nº N° nº n° p pp S Nr no No nos Nos Art art Arts arts Abs Abb Tab Fig fig Figs figs Kap Bd "
    "vol Vol vols ch chap chaps sec Sec s ss para paras par cl Ziff pt Pt núm pág págs str стр с ст гл "
    "рис табл т п пп ص عمود עמ׳ עמ' ca c approx"
)
_SIGN_BEFORE = "US$ C$ A$ R$ kr Rs EUR USD GBP CHF NOK SEK DKK JPY CNY RUB KZT $ € £ ¥ ₽ ₸ ₹ ₴ ₺ ₪ ₩"
#: So near to a word, in characters, a number may belong to it. The names of other languages take long to load.
_NEAR = 24
#: The longest unit, in characters: beside a longer word a line may end.
_LONGEST_UNIT = 14
_DIGIT = r"[\d½¼¾⅓⅔]"
_DIGITS = re.compile(_DIGIT)
_DAY = r"(?<![\d.,:/-])(?:[12]?\d|3[01])"
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĢĪİĶŁĻŃŇŅŐŘŚŞŠŤŪŮŰŹŻŽΑ-ΩЀ-ЯҐӘҒҚҢӨҰҮҺԱ-Ֆ]"
#: Parts of a text that are counted with letters: the letter after one is not an initial.
_LETTERED = (
    "Annex Appendix Part Section Group Option Plan Anlage Anhang Teil Annexe Partie Groupe Anexo Parte Grupo Allegato "
    "Bijlage Deel Ek Bölüm Додаток Частина Приложение Часть Załącznik Część Příloha Bilaga Vedlegg Bilag Liite"
)
#: Rules for all languages. In each, the spaces that a match has become no-break spaces.
_RULES = (
    r"(?<![\w.,])\d{1,3}(?: \d{3})+(?![\w])",  # digits in groups
    rf"(?<!\w)(?:{'|'.join(_LETTERED.split())}) {_CAPITAL}\.",
    rf"(?<!\w)(?<!\w\. )(?:{_CAPITAL}\. )+(?={_CAPITAL})",  # initials
    r"(?<!\w)[^\W\d_]\. (?=[^\W\d_]{1,2}\.)",  # abbreviations such as "z. B."
    r"(?<!\w)(?:Dr|Prof|Mr|Mrs|Ms|Mme|Mlle|St|Hr|Fr)\.? (?=[^\W\d_])",
    r"« | »",
)
_FRENCH = r"(?<=\S) (?=[;:!?](?:\s|$|[»)]))"
#: Stands for a note call, a picture or a line break, beside which no rule applies.
_OTHER = "\ufffc"
_HELD = INLINE - {"code", "br"}


def with_no_breaks(element: Element, language: str) -> Element:
    """A copy of an element, in a text of this language, with no-break spaces in all its lines of text."""
    if element.tag in {"svg", "pre", "code"}:
        return element
    language = element.get("lang") or language
    children: list[Node] = []
    line: list[Node] = []
    for child in (*element.children, None):
        if isinstance(child, str) or (child is not None and child.tag in INLINE):
            line.append(child)
            continue
        children += _bound(line, language)
        line = []
        children += [with_no_breaks(child, language)] if child is not None else []
    return element.with_children(tuple(children))


def _bound(line: list[Node], language: str) -> list[Node]:
    """The nodes of a line of text with their spaces bound."""
    text = "".join(map(_text, line))
    if " " not in text or text.isspace():
        return line
    places = _places(text, tuple(_languages(line, text, language).items()))
    if not places:
        return line
    letters = iter(["\u00a0" if at in places else letter for at, letter in enumerate(text)])
    return [_rebuilt(node, letters) for node in line]


@lru_cache(maxsize=4096)  # the preview sets a brief again after each save, and most texts are the same
def _places(text: str, languages: tuple[tuple[str, bool], ...]) -> frozenset[int]:
    """The places of the spaces that the rules of these languages, with or without those for numbers, bind."""
    return frozenset(
        match.start() + at
        for tag, numbers in languages
        for match in _pattern(tag, numbers=numbers).finditer(text)
        for at, letter in enumerate(match[0])
        if letter == " "
    )


def _languages(line: list[Node], text: str, language: str) -> dict[str, bool]:
    """The languages of a line, each with whether it has a number in it, or near a passage of another language."""
    found, at = {language: _DIGITS.search(text) is not None}, 0
    for node in line:
        start, at = at, at + len(_text(node))
        for tag in [e.get("lang") for e in node.walk()] if isinstance(node, Element) else ():
            if tag:
                near = _DIGITS.search(text, max(start - _NEAR, 0), at + _NEAR) is not None
                found[tag] = found.get(tag, False) or near
    return found


def _text(node: Node) -> str:
    if isinstance(node, str):
        return node
    return "".join(map(_text, node.children)) if node.tag in _HELD and node.tag != "sup" else _OTHER


def _rebuilt(node: Node, letters: Iterator[str]) -> Node:
    """The node with the next letters, as many as it has."""
    if isinstance(node, str):
        return "".join(islice(letters, len(node)))
    if node.tag not in _HELD or node.tag == "sup":
        next(letters)
        return node
    return node.having(*[_rebuilt(child, letters) for child in node.children])


@lru_cache(maxsize=32)
def _pattern(tag: str, *, numbers: bool) -> re.Pattern[str]:
    """The rules of a language as one pattern, for a text with or without ``numbers``."""
    language = tag.partition("-")[0]
    general = [*_RULES, *([_FRENCH] if language == "fr" else [])]
    if not numbers:
        return re.compile("|".join(general))
    months = _any(_months(tag))
    scales, units = _any(_scales(tag)), _any([*_units(tag), *_SIGNS.split(), *_PER_CENT])
    after = rf"(?<={_DIGIT}) (?:{scales}\.? )?(?:{units}|{scales})(?!\w)|(?<={_DIGIT}) {scales}(?!\w)"
    before = rf"(?<!\w)(?:{_any(_SIGN_BEFORE.split())} (?=\d)|{_any(_BEFORE.split())}\.? (?=\d|[IVXLC]+(?!\w)))"
    dates = (
        rf"{_DAY}(?:\.º|\.|er|[ºª]|-?[a-zа-я]{{1,3}})? (?:(?:de|di|da|dhen) |d’|ב)?{months}(?!\w)",
        rf"(?<!\w){months} (?=(?:[12]?\d|3[01])(?![\d.]))",
        r"\d{1,2}월 (?=\d)",
    )
    rules = [*dates, after, before, *general]
    return re.compile("|".join(f"(?:{rule})" for rule in rules))


def _any(words: Iterable[str]) -> str:
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, found))})"


def _months(tag: str) -> Iterator[str]:
    locale = babel_locale(tag)
    for names in (
        locale.months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ):
        for name in map(str, names.values()):
            if not name[:1].isdigit():
                yield from (name, name.removesuffix("."), name[:1].upper() + name[1:])


def _scales(tag: str) -> Iterator[str]:
    from babel.numbers import format_compact_decimal

    locale = babel_locale(tag)
    for size, amount, form in product(_SIZES, _AMOUNTS, _FORMS):
        yield _after_number(format_compact_decimal(size * amount, format_type=form, fraction_digits=1, locale=locale))


def _units(tag: str) -> Iterator[str]:
    from babel.numbers import get_currency_name
    from babel.units import UnknownUnitError, format_unit

    locale = babel_locale(tag)
    for amount in _amounts(locale):
        for code in _CURRENCIES:
            name = get_currency_name(code, count=amount, locale=locale).split()
            yield from (code, name[0], name[-1])  # "dollars", of "US dollars" or "dollars américains"
        for unit in _UNITS:
            for length in _FORMS:
                try:
                    yield _after_number(format_unit(amount, unit, length, locale=locale))
                except UnknownUnitError:
                    continue


def _amounts(locale: babel.Locale) -> list[float]:
    """An amount for each plural form of the language."""
    return list({locale.plural_form(amount): amount for amount in reversed(_AMOUNTS)}.values())


def _after_number(text: str) -> str:
    """The name after a formatted number, if it is short; its spaces are plain."""
    match = re.fullmatch(r"[\d.,٫٬]+\s*(\D+)", text)
    name = re.sub(r"\s+", " ", match[1]).strip().removesuffix(".") if match else ""
    return (
        name if len(name) <= _LONGEST_UNIT and (len(name) > 2 or not name.isascii() or name in _SIGNS.split()) else ""
    )
