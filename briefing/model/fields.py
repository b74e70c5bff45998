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

from .typed import InvalidValue, JsonSchema, Typed

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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
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


class InlineMarkdown(_Text):
    """Inline Markdown: emphasis, links, citations, references, foreign text."""

    json_schema: ClassVar[JsonSchema] = {"title": "Text with Markdown in it", **TEXT}


class Markdown(_Text):
    """Markdown with paragraphs, lists and sub-headings."""

    json_schema: ClassVar[JsonSchema] = {"title": "Markdown", **TEXT}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        return cls(text)


class MarkdownList(_Text):
    """A Markdown list, or inline Markdown for a list of one. A YAML list of lines is accepted as well."""

    json_schema: ClassVar[JsonSchema] = {
        "title": "A list in Markdown",
        "if": {"type": ["object", "null"]},
        "then": {"type": "string", "errorMessage": "Write a list here: each item on a line that begins with '- '."},
        "items": TEXT,
        "minItems": 1,
    }

    @classmethod
    def take(cls, value: object) -> Self:
        """The Markdown of a text or of a list of texts. Raises Refused for any other value."""
        if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
            return cls("\n".join("- " + item.strip().replace("\n", "\n  ") for item in value))
        if isinstance(value, list | tuple):
            invalid = next((index for index, item in enumerate(value) if not isinstance(item, str)), 0)
            raise InvalidValue("item-expected", "each item of this list must be text", (invalid,))
        return super().take(value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        return cls(text)


class Identifier(str, Typed):
    """The id of a part: lower-case letters, digits, hyphens and underscores, starting with a letter."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {
        "title": "A name to refer to",
        "type": "string",
        "pattern": "^[a-z][a-z0-9_-]{0,39}$",
        "patternErrorMessage": "Write a small letter, then small letters, digits or hyphens, 40 at most.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", text.strip()):
            subject = f"'{text.strip()[:60]}' cannot be an id"
            rule = "use a small letter, then small letters, digits or hyphens (40 at most)"
            raise InvalidValue("identifier", f"{subject}: {rule}")
        return cls(text.strip())


class SourceKey(str, Typed):
    """The key of an entry under ``sources``."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {
        "title": "The key of a source",
        "type": ["string", "integer"],
        "minimum": 0,
        "pattern": "^[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}$",
        "patternErrorMessage": "Write the key of a source: letters, digits and hyphens, 60 at most.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}", text.strip()):
            subject = f"'{text.strip()[:60]}' cannot be the key of a source"
            raise InvalidValue("source-key", f"{subject}: use letters, digits and hyphens")
        return cls(text.strip())


class Country(str, Typed):
    """An ISO 3166-1 alpha-2 code in capitals."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {
        "title": "A country",
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "patternErrorMessage": "Write the code of a country, two capitals, as in KZ or NO.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        if not re.fullmatch(r"[A-Z]{2}", text.strip()):
            subject = f"'{text.strip()[:40]}' is not a country code"
            raise InvalidValue("country", f"{subject}: two capital letters, as in KZ or NO (ISO 3166)")
        return cls(text.strip())


class Language(str, Typed):
    """A BCP 47 tag such as ``en-GB``, ``ru``, ``kk`` or ``zh-Hant-TW``."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {
        "title": "A language",
        "type": "string",
        "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$",
        "patternErrorMessage": "Write the tag of a language, as in en-GB, ru or kk.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        match = re.fullmatch(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?", text.strip())
        if match is None:
            raise InvalidValue(
                "language", f"'{text.strip()[:40]}' is not a language: write a tag such as en-GB, ru or kk"
            )
        language, script, region = match.groups()
        parts = [language.lower(), script.title() if script else "", region.upper() if region else ""]
        return cls("-".join(p for p in parts if p))


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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip(), re.ASCII)
        if match is None:
            raise InvalidValue("date-form", f"'{text.strip()[:40]}' is not a date: write 2016, 2016-10 or 2016-10-01")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year < 1000 or (month is not None and not 1 <= month <= 12):
            raise InvalidValue("no-such-date", f"there is no {text.strip()} in the calendar")
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise InvalidValue("no-such-date", f"there is no {text.strip()} in the calendar")
        return cls(year, month, day)

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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}):(\d{2}))?", text.strip(), re.ASCII)
        if match is None:
            raise InvalidValue(
                "moment-form", f"'{text.strip()[:40]}' is not a date and time: write 2016-10-12 10:30 or 2016-10-12"
            )
        day = Day.parse(match[1])
        if match[2] is None:
            return cls(day)
        hour, minute = int(match[2]), int(match[3])
        if hour > 23 or minute > 59:
            raise InvalidValue("no-such-time", f"there is no time {f'{match[2]}:{match[3]}'}")
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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text.strip(), re.ASCII):
            return cls(PartialDate.parse(text))
        return cls(None, text.strip())

    def __str__(self) -> str:
        return self.words if self.date is None else str(self.date)
