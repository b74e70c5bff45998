"""The types of text and value in a content file.

A scalar is read as the string that was typed; the type of its field decides how it is parsed. Texts are subclasses of
``str``, so that a value keeps its type: :class:`PlainText` is plain text, :class:`InlineMarkdown` inline Markdown,
:class:`Markdown` Markdown with paragraphs, lists and sub-headings, and :class:`MarkdownList` a Markdown list.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar, Self

from .typed import InvalidValue, JsonSchema, PatternText, Typed

#: The schema of text: anything but a list, a mapping or null. It is written with "if" because editors offer ``true``,
#: ``false`` and ``null`` wherever a schema lists the types of a value.
TEXT: JsonSchema = {
    "if": {"type": ["array", "object", "null"]},
    "then": {
        "type": "string",
        "errorMessage": "Write text here. Text that begins with [ or { or holds a colon needs quotation marks.",
    },
}
_MONTH_DAY = "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_WHOLE_DAY = "[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


class _Text(str, Typed):
    """Text, in any YAML type.

    The schema accepts numbers and booleans too, because the build reads them as text.
    """

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = TEXT

    @classmethod
    def parse(cls, text: str) -> Self:
        """The text without white space around it."""
        return cls(text.strip())


class PlainText(_Text):
    """Plain text."""

    json_schema: ClassVar[JsonSchema] = {"title": "Plain text", **TEXT}


class Address(_Text):
    """The address of a web page."""

    json_schema: ClassVar[JsonSchema] = {
        "title": "An address on the web",
        "type": "string",
        "pattern": "^\\s*[Hh][Tt][Tt][Pp][Ss]?://",
        "patternErrorMessage": "Write an address that begins with https:// or http://.",
    }


class MarkdownText(_Text):
    """Text in Markdown of any kind."""


class InlineMarkdown(MarkdownText):
    """Inline Markdown: emphasis, links, citations, references, foreign text."""

    json_schema: ClassVar[JsonSchema] = {"title": "Text with Markdown in it", **TEXT}


class Markdown(MarkdownText):
    """Markdown with paragraphs, lists and sub-headings."""

    json_schema: ClassVar[JsonSchema] = {"title": "Markdown", **TEXT}

    @classmethod
    def parse(cls, text: str) -> Self:
        """The text as typed: spaces at its start may be Markdown."""
        return cls(text)


class MarkdownList(MarkdownText):
    """A Markdown list, or inline Markdown for a list of one. A YAML list of lines is accepted as well."""

    json_schema: ClassVar[JsonSchema] = {
        "title": "A list in Markdown",
        "if": {"type": ["object", "null"]},
        "then": {"type": "string", "errorMessage": "Write a list here: each item on a line that begins with '- '."},
        "items": TEXT,
        "minItems": 1,
    }

    @classmethod
    def take(cls, raw: object) -> Self:
        """The Markdown of a text or of a list of texts. Raises InvalidValue."""
        if not isinstance(raw, list | tuple):
            return super().take(raw)
        invalid = [index for index, item in enumerate(raw) if not isinstance(item, str)]
        if invalid or not raw:
            raise InvalidValue("item-expected", "each item of this list must be text", (*invalid, 0)[:1])
        return cls("\n".join("- " + item.strip().replace("\n", "\n  ") for item in raw))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The text as typed: spaces at its start may be Markdown."""
        return cls(text)


class Identifier(PatternText):
    """The id of a part: lower-case letters, digits, hyphens and underscores, starting with a letter."""

    __slots__ = ()
    pattern = "[a-z][a-z0-9_-]{0,39}"
    code = "identifier"
    refusal = "cannot be an id: use a small letter, then small letters, digits or hyphens (40 at most)"
    json_schema: ClassVar[JsonSchema] = {
        "title": "A name to refer to",
        "type": "string",
        "pattern": f"^{pattern}$",
        "patternErrorMessage": "Write a small letter, then small letters, digits or hyphens, 40 at most.",
    }


class SourceKey(PatternText):
    """The key of an entry under ``sources``."""

    __slots__ = ()
    pattern = "[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}"
    code = "source-key"
    refusal = "cannot be the key of a source: use letters, digits and hyphens"
    json_schema: ClassVar[JsonSchema] = {
        "title": "The key of a source",
        "type": ["string", "integer"],
        "minimum": 0,
        "pattern": f"^{pattern}$",
        "patternErrorMessage": "Write the key of a source: letters, digits and hyphens, 60 at most.",
    }


#: The codes of ISO 3166-1, of Kosovo (XK) and of the European Union (EU).
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ "
    "FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ "
    "IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH "
    "MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL "
    "PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD "
    "TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
)


class Country(PatternText):
    """An ISO 3166-1 alpha-2 code in capitals, XK or EU."""

    __slots__ = ()
    pattern = "[A-Z]{2}"
    code = "country"
    refusal = "is not a country code: two capital letters, as in KZ or NO (ISO 3166)"
    shown = 40
    json_schema: ClassVar[JsonSchema] = {
        "title": "A country",
        "type": "string",
        "pattern": f"^{pattern}$",
        "patternErrorMessage": "Write the code of a country, two capitals, as in KZ or NO.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code. Raises InvalidValue for one that no country has."""
        code = super().parse(text)
        if f"{code} " not in _COUNTRIES:
            raise InvalidValue(cls.code, f"'{code}' {cls.refusal}")
        return code


class Language(PatternText):
    """A BCP 47 tag such as ``en-GB``, ``ru``, ``kk`` or ``zh-Hant-TW``."""

    __slots__ = ()
    pattern = "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    code = "language"
    refusal = "is not a language: write a tag such as en-GB, ru or kk"
    shown = 40
    json_schema: ClassVar[JsonSchema] = {
        "title": "A language",
        "type": "string",
        "pattern": f"^{pattern}$",
        "patternErrorMessage": "Write the tag of a language, as in en-GB, ru or kk.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The tag with the letters of each part in the usual case. Raises InvalidValue."""
        language, *others = super().parse(text).split("-")
        return cls("-".join([language.lower(), *(o.title() if len(o) == 4 else o.upper() for o in others)]))


@dataclass(frozen=True, slots=True)
class PartialDate(Typed):
    """A year, a month or a day: 2016, 2016-10, 2016-10-01."""

    year: int
    month: int | None = None
    day: int | None = None

    json_schema: ClassVar[JsonSchema] = {
        "title": "A day, a month or a year",
        "type": ["string", "integer"],
        "pattern": f"^[1-9][0-9]{{3}}{_MONTH_DAY}$",
        "patternErrorMessage": "Write a date as 2016-10-01, 2016-10 or 2016.",
        "minimum": 1000,
        "maximum": 9999,
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip(), re.ASCII)
        if match is None:
            raise InvalidValue("date-form", f"'{text.strip()[:40]}' is not a date: write 2016, 2016-10 or 2016-10-01")
        parts = [int(part) for part in match.groups() if part]
        try:
            first_day = dt.date(*(*parts, 1, 1)[:3])
        except ValueError:
            first_day = dt.date.min
        if first_day.year < 1000:
            raise InvalidValue("no-such-date", f"there is no {text.strip()} in the calendar")
        return cls(*parts)

    @property
    def first_day(self) -> dt.date:
        """The first day of the year, month or day."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the year, month or day."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class Day(PartialDate):
    """A date with year, month and day: 2016-10-01."""

    json_schema: ClassVar[JsonSchema] = {
        "title": "A day",
        "type": "string",
        "pattern": f"^{_WHOLE_DAY}$",
        "patternErrorMessage": "Write year, month and day, as in 2016-10-01.",
        "errorMessage": "Write year, month and day, as in 2016-10-01.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            raise InvalidValue("day-form", f"'{text[:40]}' is not a date: write year, month and day, as in 2016-10-01")
        return super().parse(text)


@dataclass(frozen=True, slots=True)
class Moment(Typed):
    """A date, with or without a time of day: 2016-10-12 or 2016-10-12 10:30."""

    day: Day
    hour: int | None = None
    minute: int | None = None

    json_schema: ClassVar[JsonSchema] = {
        "title": "A day and a time",
        "type": "string",
        "pattern": f"^{_WHOLE_DAY}([ T]+([01]?[0-9]|2[0-3]):[0-5][0-9])?$",
        "patternErrorMessage": "Write 2016-10-12 10:30, or 2016-10-12 alone.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}):(\d{2}))?", text.strip(), re.ASCII)
        if match is None:
            message = f"'{text.strip()[:40]}' is not a date and time: write 2016-10-12 10:30 or 2016-10-12"
            raise InvalidValue("moment-form", message)
        day = Day.parse(match[1])
        if match[2] is None:
            return cls(day)
        hour, minute = int(match[2]), int(match[3])
        if hour > 23 or minute > 59:
            raise InvalidValue("no-such-time", f"there is no time {match[2]}:{match[3]}")
        return cls(day, hour, minute)

    def __str__(self) -> str:
        return str(self.day) if self.hour is None else f"{self.day} {self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Period(Typed):
    """A date, or words such as "2017 to 2018"."""

    date: PartialDate | None
    words: str = ""

    json_schema: ClassVar[JsonSchema] = {
        "title": "A date, or words",
        **TEXT,
        "pattern": f"^([1-9][0-9]{{3}}{_MONTH_DAY}$|(?![0-9]{{4}}(-[0-9]{{2}}){{0,2}}$))",
        "patternErrorMessage": "There is no such day in the calendar.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text.strip(), re.ASCII):
            return cls(PartialDate.parse(text))
        return cls(None, text.strip())

    def __str__(self) -> str:
        return self.words if self.date is None else str(self.date)


@dataclass(frozen=True, slots=True)
class Position(Typed):
    """A place on the globe: latitude and longitude in degrees, north and east positive."""

    latitude: float
    longitude: float

    json_schema: ClassVar[JsonSchema] = {
        "title": "Latitude and longitude",
        "type": "string",
        "pattern": "^\\s*[-+\u2212]?[0-9]{1,2}([.][0-9]+)?\\s*,\\s*[-+\u2212]?[0-9]{1,3}([.][0-9]+)?\\s*$",
        "patternErrorMessage": "Write latitude and longitude in degrees, as in 49.99, 36.23.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        number = r"([-+]?\d{1,3}(?:\.\d{1,8})?)"
        match = re.fullmatch(rf"{number}\s*,\s*{number}", text.strip().replace("\u2212", "-"), re.ASCII)
        rule = "write latitude and longitude in degrees, as in 49.99, 36.23; south and west have a minus"
        if match is None:
            raise InvalidValue("position", f"'{text.strip()[:40]}' is not a position: {rule}")
        latitude, longitude = map(float, match.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise InvalidValue("position", f"there is no place at '{text.strip()[:40]}': {rule}")
        return cls(latitude, longitude)

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
