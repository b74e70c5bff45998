"""The kinds of text and value that a content file holds.

A scalar arrives as the string that was typed; the field decides what it is. The three kinds of text are subclasses of
``str``, so that a value keeps its kind on its way: :class:`Words` are plain, :class:`Line` is inline Markdown,
:class:`Prose` is Markdown with paragraphs, lists and sub-headings, :class:`Bullets` is a Markdown list.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

JsonSchema = dict[str, Any]


class _Typed:
    """Shared plumbing: a class with ``parse(text)`` and ``json_schema`` becomes a pydantic field type."""

    json_schema: ClassVar[JsonSchema] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        raise NotImplementedError

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("text_expected", "this must be text, not a list or a mapping")
        return cls.parse(value)

    @classmethod
    def _checked(cls, value: object, info: ValidationInfo) -> Self:
        """Let the reader look at the text as it was typed: it may hand in ``check``, which tells what is wrong."""
        check = (info.context or {}).get("check")
        if check is not None:
            listed = isinstance(value, list | tuple)
            for index, text in enumerate(value if isinstance(value, list | tuple) else [value]):
                found = check(cls, text) if isinstance(text, str) else ()
                if found:
                    item = (index,) if listed else ()
                    raise PydanticCustomError(
                        "text_problems", "this text cannot be set", {"problems": found, "item": item}
                    )
        return cls._validate(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls._checked, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(cls.json_schema)


class _Text(str, _Typed):
    """Text; what looks like a number is text too, and the schema says so.

    Else an editor would redden what the build accepts.
    """

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {"type": ["string", "number", "boolean"]}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        return cls(text.strip())


class Words(_Text):
    """Plain text."""


class Address(_Text):
    """The address of a web page."""

    json_schema: ClassVar[JsonSchema] = {"type": "string", "pattern": "^https?://"}


class Line(_Text):
    """Inline Markdown: emphasis, links, citations, references, foreign text."""


class Prose(_Text):
    """Markdown with paragraphs, lists and sub-headings."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        return cls(text)


class Bullets(_Text):
    """A Markdown list, or inline Markdown for a list of one. A YAML list of lines is taken as well."""

    json_schema: ClassVar[JsonSchema] = {
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        ]
    }

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
            return cls("\n".join("- " + item.strip().replace("\n", "\n  ") for item in value))
        if isinstance(value, list | tuple):
            wrong = next((index for index, item in enumerate(value) if not isinstance(item, str)), 0)
            raise PydanticCustomError("item_expected", "each item of this list must be text", {"item": (wrong,)})
        return super()._validate(value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        return cls(text)


class Identifier(str, _Typed):
    """A name to refer to: small letters, digits and hyphens, a letter first."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", text.strip()):
            raise PydanticCustomError(
                "identifier",
                "'{text}' cannot be an id: use a small letter, then small letters, digits or hyphens (40 at most)",
                {"text": text.strip()[:60]},
            )
        return cls(text.strip())


class SourceKey(str, _Typed):
    """The key of an entry under ``sources``."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_:.-]*$"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}", text.strip()):
            raise PydanticCustomError(
                "source_key",
                "'{text}' cannot be the key of a source: use letters, digits and hyphens",
                {"text": text.strip()[:60]},
            )
        return cls(text.strip())


class Country(str, _Typed):
    """An ISO 3166 alpha-2 code in capitals."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {"type": "string", "pattern": "^[A-Z]{2}$"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        if not re.fullmatch(r"[A-Z]{2}", text.strip()):
            raise PydanticCustomError(
                "country",
                "'{text}' is not a country code: two capital letters, as in KZ or NO (ISO 3166)",
                {"text": text.strip()[:40]},
            )
        return cls(text.strip())


class Language(str, _Typed):
    """A BCP 47 tag such as ``en-GB``, ``ru``, ``kk`` or ``zh-Hant-TW``."""

    __slots__ = ()
    json_schema: ClassVar[JsonSchema] = {
        "type": "string",
        "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        match = re.fullmatch(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?", text.strip())
        if match is None:
            raise PydanticCustomError(
                "language",
                "'{text}' is not a language: write a tag such as en-GB, ru or kk",
                {"text": text.strip()[:40]},
            )
        language, script, region = match.groups()
        parts = [language.lower(), script.title() if script else "", region.upper() if region else ""]
        return cls("-".join(p for p in parts if p))


@dataclass(frozen=True, slots=True)
class PartialDate(_Typed):
    """A year, a month or a day: 2016, 2016-10, 2016-10-01. A year is a year, never a time stamp."""

    year: int
    month: int | None = None
    day: int | None = None

    json_schema: ClassVar[JsonSchema] = {
        "anyOf": [
            {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ]
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip(), re.ASCII)
        if match is None:
            raise PydanticCustomError(
                "date_form",
                "'{text}' is not a date: write 2016, 2016-10 or 2016-10-01",
                {"text": text.strip()[:40]},
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year < 1000 or (month is not None and not 1 <= month <= 12):
            raise PydanticCustomError("no_such_date", "there is no {text} in the calendar", {"text": text.strip()})
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise PydanticCustomError("no_such_date", "there is no {text} in the calendar", {"text": text.strip()})
        return cls(year, month, day)

    @property
    def first_day(self) -> dt.date:
        """The first day of the stretch of time that is meant."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the stretch of time that is meant."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class Day(PartialDate):
    """A whole date: 2016-10-01."""

    json_schema: ClassVar[JsonSchema] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            raise PydanticCustomError(
                "day_form", "'{text}' is not a date: write year, month and day, as in 2016-10-01", {"text": text[:40]}
            )
        return super().parse(text)


@dataclass(frozen=True, slots=True)
class Moment(_Typed):
    """A date, with or without a time of day: 2016-10-12 or 2016-10-12 10:30."""

    day: Day
    hour: int | None = None
    minute: int | None = None

    json_schema: ClassVar[JsonSchema] = {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{1,2}:[0-9]{2})?$",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}):(\d{2}))?", text.strip(), re.ASCII)
        if match is None:
            raise PydanticCustomError(
                "moment_form",
                "'{text}' is not a date and time: write 2016-10-12 10:30 or 2016-10-12",
                {"text": text.strip()[:40]},
            )
        day = Day.parse(match[1])
        if match[2] is None:
            return cls(day)
        hour, minute = int(match[2]), int(match[3])
        if hour > 23 or minute > 59:
            raise PydanticCustomError("no_such_time", "there is no time {text}", {"text": f"{match[2]}:{match[3]}"})
        return cls(day, hour, minute)

    def __str__(self) -> str:
        return str(self.day) if self.hour is None else f"{self.day} {self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Period(_Typed):
    """A date, or words such as "2017 to 2018"."""

    date: PartialDate | None
    words: str = ""

    json_schema: ClassVar[JsonSchema] = {"type": ["string", "integer"]}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text.strip(), re.ASCII):
            return cls(PartialDate.parse(text))
        return cls(None, text.strip())

    def __str__(self) -> str:
        return self.words if self.date is None else str(self.date)


@dataclass(frozen=True, slots=True)
class Number(_Typed):
    """A finite number with the digits that were typed: 1.10 keeps its nought.

    A point for decimals, nothing between thousands.
    """

    value: Decimal

    json_schema: ClassVar[JsonSchema] = {"type": "number"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises PydanticCustomError with a sentence for the desk officer."""
        plain = text.strip().replace("\u2212", "-")
        if not re.fullmatch(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", plain, re.ASCII):
            raise PydanticCustomError(
                "number_form",
                "'{text}' is not a number: digits, with a point for decimals and nothing between thousands",
                {"text": text.strip()[:40]},
            )
        return cls(Decimal(plain))

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return str(self.value)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in {"true", "yes"}:
        return True
    if isinstance(value, str) and value.strip().lower() in {"false", "no"}:
        return False
    raise PydanticCustomError("flag", "write true or false here")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 999:
        return value
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}", value.strip(), re.ASCII):
        return int(value)
    raise PydanticCustomError("count", "write a whole number from 1 to 999 here")


Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"enum": [True, False, "yes", "no"]})]
"""true or false, as typed; yes and no are understood."""

Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999})]
"""A whole number from 1 to 999."""
