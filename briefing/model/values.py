"""Validators of fields, made from the annotations of the model.

A validator turns the raw value of a field, as a content file has it, into a value of the model. It records an issue
for every mistake, with its path.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

from .audience import Visibility
from .base import Model
from .data_path import DataPath
from .typed import InvalidValue, JsonSchema, Typed, is_blank

M = TypeVar("M", bound=Model)

#: Checks a text of a type before it is parsed, and returns its issues.
TextCheck = Callable[[type[Typed], str], Sequence[Any]]

_INVALID: Any = object()
_value_types: dict[type[Model], Mapping[str, ValueType]] = {}
AUDIENCE = "Who may read it"
_AUDIENCE_MEANINGS = {"internal": "Only for the internal edition: not in a handout.", "all": "Everybody may read it."}


@dataclass(frozen=True, slots=True)
class RawIssue:
    """One mistake in a raw value: its path, its code, a message, and further data for the message.

    ``details`` are the issues of a text or of a part, or the valid choices. ``raw`` is the invalid value. ``key`` is
    true if the key of a mapping is invalid, not its value.
    """

    path: DataPath
    code: str
    message: str = ""
    details: tuple[Any, ...] = ()
    raw: Any = None
    key: bool = False


@dataclass(slots=True)
class Validation:
    """The state of one validation: the check for texts, and the issues found."""

    check: TextCheck | None
    issues: list[RawIssue] = field(default_factory=list)

    def report(self, path: DataPath, code: str, message: str = "", details: Iterable[Any] = (), raw: Any = None) -> Any:
        """Record an issue; returns a marker for an invalid value."""
        self.issues.append(RawIssue(path, code, message, tuple(details), raw))
        return _INVALID


class ValueType(Protocol):
    """The validator of a field."""

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The value for the raw value. If that is invalid, records issues and returns ``_INVALID``."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a type such as a text, a date or a number."""

    kind: type[Typed]

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The parsed value; its texts are checked as they were typed."""
        if validation.check is not None:
            is_list = isinstance(raw, list | tuple)
            for index, text in enumerate(raw if is_list else (raw,)):
                if isinstance(text, str) and (found := validation.check(self.kind, text)):
                    return validation.report((*path, index) if is_list else path, "text-issues", details=found)
        try:
            return self.kind.take(raw)
        except InvalidValue as error:
            return validation.report((*path, *error.item), error.code, error.message)


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: annotations hash their metadata
class ChoiceValue:
    """One of a few words, each with its meaning, in the order in which an editor offers them."""

    meanings: Mapping[str, str]
    convert: Callable[[str], Any] = str
    title: str = "One of these words"

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The converted word."""
        if isinstance(raw, str) and raw in self.meanings:
            return self.convert(raw)
        return validation.report(path, "not-a-choice", details=self.meanings, raw=raw)


@dataclass(frozen=True, slots=True)
class ConstantValue:
    """A constant word: the kind of a block, which the reader has added."""

    word: str

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The word."""
        return raw if raw == self.word else validation.report(path, "not-a-choice", details=[self.word], raw=raw)


@dataclass(frozen=True, slots=True)
class OptionalValue:
    """A value, or none."""

    inner: ValueType

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """None for no value, else the inner value."""
        return None if raw is None else self.inner.validate(raw, path, validation)


@dataclass(frozen=True, slots=True)
class ListValue:
    """A list of values of one type."""

    item: ValueType
    min_items: int = 0

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """A tuple of values; records an issue for every invalid item."""
        if not isinstance(raw, list | tuple):
            return validation.report(path, "list-expected")
        if len(raw) < self.min_items:
            return validation.report(path, "nothing-in-it")
        values = tuple(self.item.validate(item, (*path, index), validation) for index, item in enumerate(raw))
        return _INVALID if _INVALID in values else values


@dataclass(frozen=True, slots=True)
class MappingValue:
    """A mapping of the writer's own keys to values of one type."""

    key: FieldValue
    item: ValueType
    min_items: int = 0

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """A mapping; records an issue for every invalid key and value."""
        if not isinstance(raw, Mapping):
            return validation.report(path, "keys-expected")
        if len(raw) < self.min_items:
            return validation.report(path, "nothing-in-it")
        values = {}
        for name, item in raw.items():
            before = len(validation.issues)
            if is_blank(name):
                validation.report((*path, name), "empty-item", "a name is missing before this colon")
            key = self.key.validate(name, (*path, name), validation)
            validation.issues[before:] = [replace(issue, key=True) for issue in validation.issues[before:]]
            values[key] = self.item.validate(item, (*path, name), validation)
        return _INVALID if _INVALID in values or any(value is _INVALID for value in values.values()) else values


@dataclass(frozen=True, slots=True)
class ModelValue:
    """A complete part of a brief, with its keys."""

    model: type[Model]

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The part. Records issues about its keys or, if they are valid, about the part as a whole."""
        raw = self.model.in_full(raw)
        if not isinstance(raw, Mapping):
            return validation.report(path, "keys-expected")
        before = len(validation.issues)
        values = {}
        value_types = value_types_of(self.model)
        for name, own in self.model.fields.items():
            if own.key in raw:
                values[name] = value_types[name].validate(raw[own.key], (*path, own.key), validation)
            elif own.required:
                validation.report((*path, own.key), "missing-key")
        known = {own.key for own in self.model.fields.values()}
        for key in raw:
            if key not in known:
                validation.report((*path, key), "unknown-key")
        if len(validation.issues) > before:
            return _INVALID
        part = self.model(**values)
        issues = part.issues()
        return validation.report(path, "model-issues", details=issues) if issues else part


@dataclass(frozen=True, slots=True)
class BlockValue:
    """One of several blocks, distinguished by ``kind``."""

    kinds: Mapping[str, ModelValue]

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The block of its kind; the reader has added ``kind``, and only valid ones."""
        kind = raw["kind"]
        return self.kinds[kind].validate(raw, (*path, kind), validation)


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: annotations hash their metadata
class SchemaValue:
    """Metadata of an annotation: a function that converts the raw value first, and the JSON Schema."""

    convert: Callable[[Any], Any]
    json_schema: JsonSchema
    inner: ValueType | None = None

    def validate(self, raw: Any, path: DataPath, validation: Validation) -> Any:
        """The converted value, validated by ``inner`` if there is one."""
        try:
            value = self.convert(raw)
        except InvalidValue as error:
            return validation.report(path, error.code, error.message)
        return value if self.inner is None else self.inner.validate(value, path, validation)


def as_list(value: object) -> object:
    """A list for a field that takes one text or several."""
    return [value] if isinstance(value, str) else value


def value_types_of(model: type[Model]) -> Mapping[str, ValueType]:
    """The validators of the fields of a part, by name; they are made once."""
    if model not in _value_types:
        _value_types[model] = {name: value_type_of(own.annotation, own.min_items) for name, own in model.fields.items()}
    return _value_types[model]


def value_type_of(annotation: Any, min_items: int = 0) -> ValueType:  # noqa: C901 - one case for each kind of annotation
    """The validator of an annotation. Raises TypeError for a type that a content file cannot have."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        kind, *metadata = arguments
        for item in metadata:
            if isinstance(item, ChoiceValue):
                return item
            if isinstance(item, SchemaValue):
                return item if kind in {bool, int} else replace(item, inner=value_type_of(kind, min_items))
    if origin in {Union, types.UnionType}:
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) == 1:
            return OptionalValue(value_type_of(inner[0], min_items))
        return BlockValue({model.fields["kind"].default: ModelValue(model) for model in inner})
    if origin is tuple:
        return ListValue(value_type_of(arguments[0]), min_items)
    if origin is dict:
        return MappingValue(FieldValue(arguments[0]), value_type_of(arguments[1]), min_items)
    if origin is Literal:
        return ConstantValue(arguments[0])
    if annotation is Visibility:
        return ChoiceValue(_AUDIENCE_MEANINGS, Visibility, AUDIENCE)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return ModelValue(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Typed):
        return FieldValue(annotation)
    raise TypeError(f"no validator for {annotation!r}")


def validate(model: type[M], raw: Any, check: TextCheck | None = None) -> tuple[M | None, tuple[RawIssue, ...]]:
    """Validate the raw value of a part; returns the part, or None, and all issues in the order of the part's fields.

    ``raw`` is plain data: mappings, lists and texts. ``check`` is called for each text before it is parsed.
    """
    validation = Validation(check)
    value = ModelValue(model).validate(raw, (), validation)
    return (None if validation.issues else value), tuple(validation.issues)
