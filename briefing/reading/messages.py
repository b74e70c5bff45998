"""pydantic's complaints -> our own sentences, each at the place of the mistake."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from briefing.diagnostics import Diagnostic
from briefing.model import BLOCKS

from .body import did_you_mean, listed
from .draft import Path, Places
from .problems import Problem

__all__ = ["Complaints"]

_TAGS = frozenset({*BLOCKS, "paragraphs"})


class Complaints:
    """Speaks for pydantic, in plain words."""

    def __init__(self, places: Places, model: type[BaseModel]) -> None:
        self.places = places
        self.model = model

    def diagnostics(self, error: ValidationError) -> list[Diagnostic]:
        """One diagnostic for each mistake."""
        found: list[Diagnostic] = []
        for item in error.errors(include_url=False):
            found.extend(self._one(item))
        return found

    def _one(self, item: Any) -> list[Diagnostic]:
        path: Path = tuple(item["loc"])
        kind, context = item["type"], item.get("ctx", {})
        if path and path[-1] == "[key]":
            return [self.places.diagnostic(kind.replace("_", "-"), item["msg"], path[:-1], key=True)]
        match kind:
            case "text_problems":
                return [self._text(problem, (*path, *context.get("item", ()))) for problem in context["problems"]]
            case "missing":
                return [self._missing(path)]
            case "extra_forbidden":
                return [self._unknown(path)]
        return [self.places.diagnostic(kind.replace("_", "-"), item["msg"], path)]

    def _text(self, problem: Problem, path: Path) -> Diagnostic:
        return self.places.diagnostic(problem.code, problem.message, path, fragment=problem.fragment, offset=problem.offset, help=problem.help)

    def _missing(self, path: Path) -> Diagnostic:
        return self.places.diagnostic("missing-key", f"'{path[-1]}' is missing here", path[:-1], key=True, help=f"add '{path[-1]}:'")

    def _unknown(self, path: Path) -> Diagnostic:
        known = _keys(_model_at(self.model, path[:-1]))
        return self.places.diagnostic("unknown-key", f"there is no key '{path[-1]}' here", path, key=True,
                                      label=did_you_mean(str(path[-1]), known), help="keys are " + listed(known) if known else "")


def _keys(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items() if name != "kind"]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that a path of pydantic's leads to."""
    from typing import get_args

    current: Any = model
    for step in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = next((f for n, f in current.model_fields.items() if step in {n, f.alias}), None)
            current = field.annotation if field is not None else None
        elif isinstance(step, str) and step in _TAGS:
            current = BLOCKS.get(step)
            continue
        else:
            current = current
        current = _inner(current, get_args)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _inner(annotation: Any, get_args: Any) -> Any:
    """The model inside a list, a mapping or an optional."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = [a for a in (_inner(arg, get_args) for arg in get_args(annotation)) if a is not None]
    classes = [m for m in models if isinstance(m, type)]
    return classes[0] if classes else None
