"""The base class of values that are parsed from text, with their JSON Schema."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

JsonSchema = dict[str, Any]


#: Characters that print nothing, besides white space: soft hyphen, fillers, joiners, marks of direction, Braille blank.
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0]*"
)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is printed: it is empty, or has only blanks and invisible characters."""
    return _INVISIBLE.fullmatch(text) is not None


class InvalidValue(ValueError):  # noqa: N818 - its caller turns it into a diagnostic
    """A value that its type does not accept.

    ``code`` names the mistake, and ``message`` is a sentence for the desk officer. ``item`` is the index of the invalid
    item of a list, if any.
    """

    def __init__(self, code: str, message: str, item: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.message, self.item = code, message, item


class Typed:
    """A type of value with ``parse(text)`` and ``json_schema``."""

    json_schema: ClassVar[JsonSchema] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a text in a content file. Raises InvalidValue."""
        raise NotImplementedError

    @classmethod
    def take(cls, raw: object) -> Self:
        """The value of a raw value, which must be text by default. Raises InvalidValue."""
        if isinstance(raw, cls):
            return raw
        if not isinstance(raw, str):
            raise InvalidValue("text-expected", "this must be text, not a list or a mapping")
        return cls.parse(raw)


class PatternText(str, Typed):
    """Text that must match ``pattern`` completely, without the white space around it.

    ``code`` and ``refusal`` are those of the issue. ``shown`` is the number of characters that its message repeats.
    """

    __slots__ = ()
    pattern: ClassVar[str]
    code: ClassVar[str]
    refusal: ClassVar[str]
    shown: ClassVar[int] = 60

    @classmethod
    def parse(cls, text: str) -> Self:
        """The text without white space around it. Raises InvalidValue."""
        plain = text.strip()
        if not re.fullmatch(cls.pattern, plain):
            raise InvalidValue(cls.code, f"'{plain[: cls.shown]}' {cls.refusal}")
        return cls(plain)
