"""The base class of values that are parsed from text, with their JSON Schema."""

from __future__ import annotations

from typing import Any, ClassVar, Self

JsonSchema = dict[str, Any]


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
        """Parse the text of a content file. Raises Refused with a message for the desk officer."""
        raise NotImplementedError

    @classmethod
    def take(cls, value: object) -> Self:
        """The value for the data of a field, which must be text by default. Raises Refused for anything else."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise InvalidValue("text-expected", "this must be text, not a list or a mapping")
        return cls.parse(value)
