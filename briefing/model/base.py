"""What all parts of a brief share: frozen, no unknown keys, a short form where one value is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from .typed import choices


class Audience(StrEnum):
    """Who may read a part: ``internal`` stays in the house, ``all`` goes into the handout too."""

    INTERNAL = "internal"
    ALL = "all"

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        told = {"internal": "Stays in the house: no handout holds it.", "all": "Everybody may read it."}
        return {"title": "Who may read it", "type": "string", **choices(told)}


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that fits the form of a part but not its sense: where in the part, what, and what to do."""

    path: tuple[str | int, ...]
    code: str
    message: str
    help: str = ""


class Part(BaseModel):
    """A part of a brief.

    ``short`` names the field that a bare value stands for: ``Capital: Astana`` is a fact's value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False, defer_build=True)

    short: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any) -> Any:
        """Put a bare value into the field that the short form stands for."""
        if cls.short and not isinstance(data, Mapping | BaseModel):
            return {cls.short: data}
        return data

    def slips(self) -> tuple[Slip, ...]:
        """What is wrong with the part as a whole; nothing, as a rule."""
        return ()

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        found = self.slips()
        if found:
            raise PydanticCustomError("part_slips", "this part makes no sense", {"slips": found})
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full = handler(schema)
        if not cls.short:
            return full
        resolved = handler.resolve_ref_schema(full)
        return {"anyOf": [resolved["properties"][cls.short], full]}
