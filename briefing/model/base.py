"""What all parts of a brief share: frozen, no unknown keys, a short form where one value is enough."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Audience(StrEnum):
    """Who may read a part: ``internal`` stays in the house, ``all`` goes into the handout too."""

    INTERNAL = "internal"
    ALL = "all"


class Part(BaseModel):
    """A part of a brief.

    ``short`` names the field that a bare value stands for: ``Capital: Astana`` is a fact's value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)

    short: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any) -> Any:
        """Put a bare value into the field that the short form stands for."""
        if cls.short and not isinstance(data, Mapping | BaseModel):
            return {cls.short: data}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full = handler(schema)
        if not cls.short:
            return full
        resolved = handler.resolve_ref_schema(full)
        return {"anyOf": [resolved["properties"][cls.short], full]}
