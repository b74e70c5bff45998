"""What a field takes: a form, made of its annotation, that turns what was typed into a value or tells why it cannot.

Everything that is wrong is told, each thing once and where it stands: no form stops at the first mistake. A form also
says what an editor is told of it, as JSON Schema, so that the two cannot differ.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

from .base import Audience, Part
from .typed import JsonSchema, Refused, Typed

__all__ = ["Blocks", "Choices", "Complaint", "Form", "Listed", "Mapped", "Optional", "Read", "Whole", "fit", "forms_of"]

Path = tuple[str | int, ...]
P = TypeVar("P", bound=Part)

#: Looks at a text of a kind before it is read, and tells what is wrong with it.
Check = Callable[[type[Typed], str], Sequence[Any]]

_WRONG: Any = object()
_FORMS: dict[type[Part], Mapping[str, Form]] = {}
AUDIENCE = "Who may read it"
_WHO = {"internal": "Stays in the house: no handout holds it.", "all": "Everybody may read it."}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that does not fit: where, its code, a sentence, and what else is to be told of it.

    ``told`` are the problems of a text, the slips of a part, or the words that could stand there; ``typed`` is what
    stands there; ``key`` is true where the key of a mapping is meant, not its value.
    """

    path: Path
    code: str
    message: str = ""
    told: tuple[Any, ...] = ()
    typed: Any = None
    key: bool = False


@dataclass(slots=True)
class Fitting:
    """One look at a whole part: how texts are checked, and the complaints so far."""

    check: Check | None
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, path: Path, code: str, message: str = "", told: Iterable[Any] = (), typed: Any = None) -> Any:
        """Note a complaint; the answer stands for the value that is missing."""
        self.complaints.append(Complaint(path, code, message, tuple(told), typed))
        return _WRONG


class Form(Protocol):
    """What a field takes."""

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """The value of what was typed; or none, and a complaint or several."""

    def schema(self) -> JsonSchema:
        """What an editor is told about it. A part is named by a reference."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a date, a number: whatever its kind makes of what was typed."""

    kind: type[Typed]

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """Texts are looked at as they were typed, before they are read."""
        if fitting.check is not None:
            listed = isinstance(typed, list | tuple)
            for index, text in enumerate(typed if listed else (typed,)):
                if isinstance(text, str) and (found := fitting.check(self.kind, text)):
                    return fitting.complain((*path, index) if listed else path, "text-problems", told=found)
        try:
            return self.kind.take(typed)
        except Refused as refused:
            return fitting.complain((*path, *refused.item), refused.code, refused.message)

    def schema(self) -> JsonSchema:
        """As its kind tells it."""
        return dict(self.kind.json_schema)


@dataclass(frozen=True, slots=True, eq=False)  # by itself: an annotation is hashed with its notes
class Choices:
    """One of a few words: each with what it means, in the order in which an editor offers them."""

    told: Mapping[str, str]
    value: Callable[[str], Any] = str
    title: str = "One of these words"

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """The word itself, as a rule."""
        if isinstance(typed, str) and typed in self.told:
            return self.value(typed)
        return fitting.complain(path, "not-a-choice", told=self.told, typed=typed)

    def schema(self) -> JsonSchema:
        """The words, and what each means."""
        words, meant = list(self.told), list(self.told.values())
        return {"title": self.title, "type": "string", "enum": words, "enumDescriptions": meant}


@dataclass(frozen=True, slots=True)
class Constant:
    """One word that is always the same, as the kind of a block."""

    word: str

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """The word itself."""
        return (
            self.word if typed == self.word else fitting.complain(path, "not-a-choice", told=[self.word], typed=typed)
        )

    def schema(self) -> JsonSchema:
        """The word."""
        return {"const": self.word, "type": "string"}


@dataclass(frozen=True, slots=True)
class Optional:
    """A value, or none."""

    form: Form

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """Nothing, where nothing stands."""
        return None if typed is None else self.form.fit(typed, path, fitting)

    def schema(self) -> JsonSchema:
        """One of the two."""
        return {"anyOf": [self.form.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values of one form."""

    form: Form
    least: int = 0

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """A tuple, with every item that is wrong told."""
        if not isinstance(typed, list | tuple):
            return fitting.complain(path, "list-expected")
        if len(typed) < self.least:
            return fitting.complain(path, "nothing-in-it")
        values = tuple(self.form.fit(item, (*path, index), fitting) for index, item in enumerate(typed))
        return _WRONG if _WRONG in values else values

    def schema(self) -> JsonSchema:
        """A list."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.form.schema(), **least}


@dataclass(frozen=True, slots=True)
class Mapped:
    """Values of one form, each under a name of the writer's own."""

    keys: Value
    form: Form
    least: int = 0

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """A mapping, with every key and every value that is wrong told."""
        if not isinstance(typed, Mapping):
            return fitting.complain(path, "keys-expected")
        if len(typed) < self.least:
            return fitting.complain(path, "nothing-in-it")
        values = {}
        for name, item in typed.items():
            before = len(fitting.complaints)
            key = self.keys.fit(name, (*path, name), fitting)
            fitting.complaints[before:] = [replace(told, key=True) for told in fitting.complaints[before:]]
            values[key] = self.form.fit(item, (*path, name), fitting)
        return _WRONG if _WRONG in values or any(value is _WRONG for value in values.values()) else values

    def schema(self) -> JsonSchema:
        """A mapping; the pattern of its keys, where they have one."""
        least = {"minProperties": self.least} if self.least else {}
        if pattern := self.keys.kind.json_schema.get("pattern"):
            return {"type": "object", "patternProperties": {pattern: self.form.schema()}, **least}
        return {"type": "object", "additionalProperties": self.form.schema(), **least}


@dataclass(frozen=True, slots=True)
class Whole:
    """A part of a brief, with its keys."""

    part: type[Part]

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """The part; or what is wrong with its keys, and where those are right, with the whole."""
        typed = self.part.in_full(typed)
        if isinstance(typed, self.part):
            return typed
        if not isinstance(typed, Mapping):
            return fitting.complain(path, "keys-expected")
        before = len(fitting.complaints)
        values = {}
        forms = forms_of(self.part)
        for name, about in self.part.fields.items():
            if about.key in typed:
                values[name] = forms[name].fit(typed[about.key], (*path, about.key), fitting)
            elif about.needed:
                fitting.complain((*path, about.key), "missing-key")
        known = {about.key for about in self.part.fields.values()}
        for key in typed:
            if key not in known:
                fitting.complain((*path, key), "unknown-key")
        if len(fitting.complaints) > before:
            return _WRONG
        part = self.part(**values)
        slips = part.slips()
        return fitting.complain(path, "part-slips", told=slips) if slips else part

    def schema(self) -> JsonSchema:
        """A reference to the part."""
        return {"$ref": f"#/$defs/{self.part.__name__}"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """One of several parts, told apart by their ``kind``."""

    kinds: Mapping[str, Whole]

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """The reader has told the kinds apart, and knows no other."""
        kind = typed.kind if isinstance(typed, Part) else typed["kind"]  # type: ignore[attr-defined]
        return self.kinds[kind].fit(typed, (*path, kind), fitting)

    def schema(self) -> JsonSchema:
        """Any of them."""
        return {"oneOf": [form.schema() for form in self.kinds.values()]}


@dataclass(frozen=True, slots=True, eq=False)  # by itself: an annotation is hashed with its notes
class Read:
    """A note on an annotation: how what was typed becomes what the annotation takes, and what an editor is told."""

    read: Callable[[Any], Any]
    told: JsonSchema
    form: Form | None = None

    def fit(self, typed: Any, path: Path, fitting: Fitting) -> Any:
        """What was read is the value, unless it has a form of its own."""
        try:
            value = self.read(typed)
        except Refused as refused:
            return fitting.complain(path, refused.code, refused.message)
        return value if self.form is None else self.form.fit(value, path, fitting)

    def schema(self) -> JsonSchema:
        """As the note tells it."""
        return dict(self.told)


def forms_of(part: type[Part]) -> Mapping[str, Form]:
    """The form of each field of a part; they are made once."""
    if part not in _FORMS:
        _FORMS[part] = {name: form_of(about.annotation, about.least) for name, about in part.fields.items()}
    return _FORMS[part]


def form_of(annotation: Any, least: int = 0) -> Form:  # noqa: C901 - one case for each kind of annotation
    """The form of an annotation. Raises TypeError for one that no content file can fill."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        kind, *notes = arguments
        for note in notes:
            if isinstance(note, Choices):
                return note
            if isinstance(note, Read):
                return note if kind in {bool, int} else Read(note.read, note.told, form_of(kind, least))
    if origin in {Union, types.UnionType}:
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) == 1:
            return Optional(form_of(inner[0], least))
        return Blocks({part.fields["kind"].default: Whole(part) for part in inner})
    if origin is tuple:
        return Listed(form_of(arguments[0]), least)
    if origin is dict:
        return Mapped(Value(arguments[0]), form_of(arguments[1]), least)
    if origin is Literal:
        return Constant(arguments[0])
    if annotation is Audience:
        return Choices(_WHO, Audience, AUDIENCE)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Whole(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Typed):
        return Value(annotation)
    raise TypeError(f"no form for {annotation!r}")


def fit(part: type[P], typed: Any, check: Check | None = None) -> tuple[P | None, tuple[Complaint, ...]]:
    """The part that was typed, or none and all that is wrong, in the order of the part's fields.

    ``typed`` is plain data: mappings, lists and texts. ``check`` looks at each text before it is read.
    """
    fitting = Fitting(check)
    value = Whole(part).fit(typed, (), fitting)
    return (None if fitting.complaints else value), tuple(fitting.complaints)
