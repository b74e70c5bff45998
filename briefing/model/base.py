"""What all parts of a brief share: frozen, described field by field, a short form where one value is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform

__all__ = ["Audience", "Field", "Part", "Slip", "field"]


class Audience(StrEnum):
    """Who may read a part: ``internal`` stays in the house, ``all`` goes into the handout too."""

    INTERNAL = "internal"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that fits the form of a part but not its sense: where in the part, what, and what to do."""

    path: tuple[str | int, ...]
    code: str
    message: str
    help: str = ""


_NEEDED: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a part, as a content file may give it.

    ``key`` is how it is typed, ``annotation`` what it takes (``forms.py`` makes a form of it), and ``least`` how many
    items a list or a mapping must have.
    """

    description: str
    examples: tuple[Any, ...]
    default: Any = _NEEDED
    key: str = ""
    least: int = 0
    annotation: Any = None

    @property
    def needed(self) -> bool:
        """Whether the part is incomplete without it."""
        return self.default is _NEEDED


def field(
    description: str, *, examples: list[Any], default: Any = _NEEDED, key: str = "", least: int = 0
) -> Any:  # the annotation beside it says what it is
    """A field with what an editor tells the writer about it; without a ``default`` the part needs it."""
    return Field(description, tuple(examples), default, key, least)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Part:
    """A part of a brief: its fields are the annotated names of its class, and no value of them can be changed.

    ``short`` names the field that a bare value stands for: ``Capital: Astana`` is a fact's value. ``examples`` are
    whole parts, as one would type them. ``given`` are the fields that somebody has set. What stands in a content file
    is looked at in ``forms.py``; whoever makes a part in the program hands over values of the right types.
    """

    fields: ClassVar[Mapping[str, Field]] = {}
    short: ClassVar[str] = ""
    examples: ClassVar[tuple[Any, ...]] = ()

    #: Each part has its own; it is no field.
    given: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        own = {}
        for name, annotation in cls.__annotations__.items():
            if not str(annotation).startswith(("ClassVar", "typing.ClassVar")):
                value = cls.__dict__.get(name, _NEEDED)
                about = value if isinstance(value, Field) else Field("", (), value)
                own[name] = replace(about, key=about.key or name, annotation=annotation)
        cls.fields = {**cls.fields, **own}

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.fields.keys()
        missing = [name for name, about in self.fields.items() if about.needed and name not in values]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {sorted(unknown)}, missing {missing}")
        own = {name: values.get(name, about.default) for name, about in self.fields.items()}
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
        """The same part with other values."""
        return type(self)(**{**{name: getattr(self, name) for name in self.given}, **values})

    @classmethod
    def in_full(cls, typed: Any) -> Any:
        """What was typed, with a bare value put into the field that the short form stands for."""
        if cls.short and not isinstance(typed, Mapping | Part):
            return {cls.short: typed}
        return typed

    def slips(self) -> tuple[Slip, ...]:
        """What is wrong with the part as a whole; nothing, as a rule."""
        return ()
