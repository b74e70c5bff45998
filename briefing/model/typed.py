"""The kinds of value that are typed as text: what each takes, and what an editor is told about it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

__all__ = ["JsonSchema", "Refused", "Typed"]

JsonSchema = dict[str, Any]


class Refused(ValueError):  # noqa: N818 - it is an answer, and its caller makes a diagnostic of it
    """What was typed is not a value of the kind that is wanted.

    ``code`` names the mistake, ``message`` is a sentence for the desk officer, and ``item`` says which item of a list
    is meant.
    """

    def __init__(self, code: str, message: str, item: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.message, self.item = code, message, item


class Typed:
    """A kind of value with ``parse(text)`` and ``json_schema``."""

    json_schema: ClassVar[JsonSchema] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value from what was typed. Raises Refused with a sentence for the desk officer."""
        raise NotImplementedError

    @classmethod
    def take(cls, value: object) -> Self:
        """The value of what stands in the file: text, as a rule. Raises Refused for what is none."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise Refused("text-expected", "this must be text, not a list or a mapping")
        return cls.parse(value)
