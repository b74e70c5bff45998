"""Forms: validators of fields, made from the annotations of the model.

A form turns the data of a content file into a value, or reports every mistake in it with its path. It also returns the
JSON Schema of the field, so that validation and schema come from one source.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

from .audience import Visibility
from .base import Model
from .data_path import DataPath
from .typed import InvalidValue, JsonSchema, Typed

P = TypeVar("P", bound=Model)

#: Checks a text of a type before it is parsed, and returns its problems.
Check = Callable[[type[Typed], str], Sequence[Any]]

_INVALID: Any = object()
_value_types: dict[type[Model], Mapping[str, ValueType]] = {}
AUDIENCE = "Who may read it"
_AUDIENCE_MEANINGS = {"internal": "Stays in the house: no handout holds it.", "all": "Everybody may read it."}


@dataclass(frozen=True, slots=True)
class RawIssue:
    """One validation error: its path, its code, a message, and further data for the message.

    ``told`` are the problems of a text, the issues of a part, or the valid choices. ``typed`` is the invalid value.
    ``key`` is true if the key of a mapping is invalid, not its value.
    """

    path: DataPath
    code: str
    message: str = ""
    told: tuple[Any, ...] = ()
    typed: Any = None
    key: bool = False


@dataclass(slots=True)
class Validation:
    """The state of one validation: the check for texts, and the issues found."""

    check: Check | None
    issues: list[RawIssue] = field(default_factory=list)

    def report(self, path: DataPath, code: str, message: str = "", told: Iterable[Any] = (), typed: Any = None) -> Any:
        """Record an issue; returns a marker for an invalid value."""
        self.issues.append(RawIssue(path, code, message, tuple(told), typed))
        return _INVALID


class ValueType(Protocol):
    """The validator of a field."""

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The value of the data. If it is invalid, records issues and returns ``_INVALID``."""

    def schema(self) -> JsonSchema:
        """The JSON Schema of the field, with references to parts."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a type such as a text, a date or a number."""

    kind: type[Typed]

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """Check the texts as they were typed, then parse the value."""
        if validation.check is not None:
            listed = isinstance(typed, list | tuple)
            for index, text in enumerate(typed if listed else (typed,)):
                if isinstance(text, str) and (found := validation.check(self.kind, text)):
                    return validation.report((*path, index) if listed else path, "text-problems", told=found)
        try:
            return self.kind.take(typed)
        except InvalidValue as refused:
            return validation.report((*path, *refused.item), refused.code, refused.message)

    def schema(self) -> JsonSchema:
        """The schema of its type."""
        return dict(self.kind.json_schema)


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: annotations hash their metadata
class ChoiceValue:
    """One of a few words, each with its meaning (``told``), in the order in which an editor offers them."""

    told: Mapping[str, str]
    value: Callable[[str], Any] = str
    title: str = "One of these words"

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The word, converted by ``value``."""
        if isinstance(typed, str) and typed in self.told:
            return self.value(typed)
        return validation.report(path, "not-a-choice", told=self.told, typed=typed)

    def schema(self) -> JsonSchema:
        """The words and their meanings."""
        words, meanings = list(self.told), list(self.told.values())
        return {"title": self.title, "type": "string", "enum": words, "enumDescriptions": meanings}


@dataclass(frozen=True, slots=True)
class ConstantValue:
    """A constant word, such as the kind of a block."""

    word: str

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The word."""
        return (
            self.word if typed == self.word else validation.report(path, "not-a-choice", told=[self.word], typed=typed)
        )

    def schema(self) -> JsonSchema:
        """The word."""
        return {"const": self.word, "type": "string"}


@dataclass(frozen=True, slots=True)
class OptionalValue:
    """A value, or none."""

    form: ValueType

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """None for no value, else the value of the inner form."""
        return None if typed is None else self.form.validate(typed, path, validation)

    def schema(self) -> JsonSchema:
        """The inner schema, or null."""
        return {"anyOf": [self.form.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class ListValue:
    """A list of values of one form."""

    form: ValueType
    least: int = 0

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """A tuple of values; records an issue for every invalid item."""
        if not isinstance(typed, list | tuple):
            return validation.report(path, "list-expected")
        if len(typed) < self.least:
            return validation.report(path, "nothing-in-it")
        values = tuple(self.form.validate(item, (*path, index), validation) for index, item in enumerate(typed))
        return _INVALID if _INVALID in values else values

    def schema(self) -> JsonSchema:
        """The schema of a list."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.form.schema(), **least}


@dataclass(frozen=True, slots=True)
class MappingValue:
    """A mapping of the writer's own keys to values of one form."""

    keys: FieldValue
    form: ValueType
    least: int = 0

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """A mapping; records an issue for every invalid key and value."""
        if not isinstance(typed, Mapping):
            return validation.report(path, "keys-expected")
        if len(typed) < self.least:
            return validation.report(path, "nothing-in-it")
        values = {}
        for name, item in typed.items():
            before = len(validation.issues)
            key = self.keys.validate(name, (*path, name), validation)
            validation.issues[before:] = [replace(found, key=True) for found in validation.issues[before:]]
            values[key] = self.form.validate(item, (*path, name), validation)
        return _INVALID if _INVALID in values or any(value is _INVALID for value in values.values()) else values

    def schema(self) -> JsonSchema:
        """The schema of a mapping, with the pattern of its keys if there is one."""
        least = {"minProperties": self.least} if self.least else {}
        if pattern := self.keys.kind.json_schema.get("pattern"):
            return {"type": "object", "patternProperties": {pattern: self.form.schema()}, **least}
        return {"type": "object", "additionalProperties": self.form.schema(), **least}


@dataclass(frozen=True, slots=True)
class ModelValue:
    """A complete part of a brief, with its keys."""

    part: type[Model]

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The part. Records issues about its keys or, if they are valid, about the part as a whole."""
        typed = self.part.in_full(typed)
        if isinstance(typed, self.part):
            return typed
        if not isinstance(typed, Mapping):
            return validation.report(path, "keys-expected")
        before = len(validation.issues)
        values = {}
        forms = value_types_of(self.part)
        for name, own in self.part.fields.items():
            if own.key in typed:
                values[name] = forms[name].validate(typed[own.key], (*path, own.key), validation)
            elif own.needed:
                validation.report((*path, own.key), "missing-key")
        known = {own.key for own in self.part.fields.values()}
        for key in typed:
            if key not in known:
                validation.report((*path, key), "unknown-key")
        if len(validation.issues) > before:
            return _INVALID
        part = self.part(**values)
        issues = part.issues()
        return validation.report(path, "part-slips", told=issues) if issues else part

    def schema(self) -> JsonSchema:
        """A reference to the part."""
        return {"$ref": f"#/$defs/{self.part.__name__}"}


@dataclass(frozen=True, slots=True)
class BlockValue:
    """One of several parts, distinguished by ``kind``."""

    kinds: Mapping[str, ModelValue]

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The block of its kind; the reader has added ``kind``, and only valid ones."""
        kind = typed.kind if isinstance(typed, Model) else typed["kind"]  # type: ignore[attr-defined]
        return self.kinds[kind].validate(typed, (*path, kind), validation)

    def schema(self) -> JsonSchema:
        """The schemas of all kinds."""
        return {"oneOf": [form.schema() for form in self.kinds.values()]}


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: annotations hash their metadata
class SchemaValue:
    """Metadata of an annotation: a function that converts the data first, and the schema (``told``)."""

    read: Callable[[Any], Any]
    told: JsonSchema
    form: ValueType | None = None

    def validate(self, typed: Any, path: DataPath, validation: Validation) -> Any:
        """The converted data, validated by ``form`` if there is one."""
        try:
            value = self.read(typed)
        except InvalidValue as refused:
            return validation.report(path, refused.code, refused.message)
        return value if self.form is None else self.form.validate(value, path, validation)

    def schema(self) -> JsonSchema:
        """The schema from the annotation."""
        return dict(self.told)


def value_types_of(part: type[Model]) -> Mapping[str, ValueType]:
    """The forms of the fields of a part, by name; they are made once."""
    if part not in _value_types:
        _value_types[part] = {name: value_type_of(own.annotation, own.least) for name, own in part.fields.items()}
    return _value_types[part]


def value_type_of(annotation: Any, least: int = 0) -> ValueType:  # noqa: C901 - one case for each kind of annotation
    """The form of an annotation. Raises TypeError for a type that a content file cannot have."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        kind, *metadata = arguments
        for item in metadata:
            if isinstance(item, ChoiceValue):
                return item
            if isinstance(item, SchemaValue):
                return item if kind in {bool, int} else SchemaValue(item.read, item.told, value_type_of(kind, least))
    if origin in {Union, types.UnionType}:
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) == 1:
            return OptionalValue(value_type_of(inner[0], least))
        return BlockValue({part.fields["kind"].default: ModelValue(part) for part in inner})
    if origin is tuple:
        return ListValue(value_type_of(arguments[0]), least)
    if origin is dict:
        return MappingValue(FieldValue(arguments[0]), value_type_of(arguments[1]), least)
    if origin is Literal:
        return ConstantValue(arguments[0])
    if annotation is Visibility:
        return ChoiceValue(_AUDIENCE_MEANINGS, Visibility, AUDIENCE)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return ModelValue(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Typed):
        return FieldValue(annotation)
    raise TypeError(f"no form for {annotation!r}")


def validate(part: type[P], typed: Any, check: Check | None = None) -> tuple[P | None, tuple[RawIssue, ...]]:
    """Validate the data of a part; returns the part, or None, and all issues in the order of the part's fields.

    ``typed`` is plain data: mappings, lists and texts. ``check`` is called for each text before it is parsed.
    """
    validation = Validation(check)
    value = ModelValue(part).validate(typed, (), validation)
    return (None if validation.issues else value), tuple(validation.issues)
