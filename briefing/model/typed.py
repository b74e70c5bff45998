"""How a kind of value becomes a field of the model, and what an editor is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

JsonSchema = dict[str, Any]


class Typed:
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


@dataclass(frozen=True, eq=False)  # by itself: pydantic hashes it
class Choices:
    """Tells what each word of a ``Literal`` means, in the order in which an editor offers them."""

    told: Mapping[str, str]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"title": "One of these words", **handler(schema), **choices(self.told)}


def choices(told: Mapping[str, str]) -> JsonSchema:
    """The words that a key takes, each with what it means."""
    return {"enum": list(told), "enumDescriptions": list(told.values())}
