"""The base class of all parts of a brief, and the description of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem of a part whose fields are all valid: its path in the part, a code, a message, and advice."""

    path: tuple[str | int, ...]
    code: str
    message: str
    help: str = ""


_REQUIRED: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """The description of a field of a part.

    ``key`` is its name in a content file. ``annotation`` is its type, from which ``values.py`` makes a validator.
    ``min_items`` is the smallest number of items of a list or a mapping.
    """

    description: str
    examples: tuple[Any, ...]
    default: Any = _REQUIRED
    key: str = ""
    min_items: int = 0
    annotation: Any = None

    @property
    def required(self) -> bool:
        """Whether the field is required."""
        return self.default is _REQUIRED


def field(
    description: str, *, examples: list[Any], default: Any = _REQUIRED, key: str = "", min_items: int = 0
) -> Any:  # the annotation of the field gives its type
    """A field with the description and examples that editors show. Without a ``default`` it is required."""
    return Field(description, tuple(examples), default, key, min_items)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Model:
    """An immutable part of a brief: its fields are the annotated names of its class.

    ``short`` names the field that takes a single value: in ``Capital: Astana`` it is the value of a fact. ``examples``
    are complete parts as typed in a content file. ``given`` are the names of the fields that were set explicitly.
    ``values.py`` validates content files; a part that is created in code needs values of the right types.
    """

    fields: ClassVar[Mapping[str, Field]] = {}
    short: ClassVar[str] = ""
    examples: ClassVar[tuple[Any, ...]] = ()

    #: Set for each instance; not a field.
    given: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        own = {}
        for name, annotation in cls.__annotations__.items():
            if not str(annotation).startswith(("ClassVar", "typing.ClassVar")):
                value = cls.__dict__.get(name, _REQUIRED)
                own_field = value if isinstance(value, Field) else Field("", (), value)
                own[name] = replace(own_field, key=own_field.key or name, annotation=annotation)
        inherited = {name: known for base in cls.__bases__ for name, known in getattr(base, "fields", {}).items()}
        cls.fields = {**inherited, **own}

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.fields.keys()
        missing = [name for name, known in self.fields.items() if known.required and name not in values]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {sorted(unknown)}, missing {missing}")
        own = {name: values.get(name, known.default) for name, known in self.fields.items()}
        self.__dict__.update(own, given=frozenset(values))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in self.fields)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.fields))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"

    def replace(self, **values: Any) -> Self:
        """A copy of the part with other values of some fields."""
        return type(self)(**{**{name: getattr(self, name) for name in self.given}, **values})

    @classmethod
    def in_full(cls, raw: Any) -> Any:
        """The raw value of a part in full: a single value becomes a mapping with the field that ``short`` names."""
        if cls.short and not isinstance(raw, Mapping):
            return {cls.short: raw}
        return raw

    def issues(self) -> tuple[Issue, ...]:
        """The problems of the part as a whole; classes override this to check several fields together."""
        return ()
