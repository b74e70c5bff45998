"""Bytes of a content file -> the brief they say, or every problem of the file in one pass.

The nodes become plain data, pydantic checks them against the model, and each of its complaints is turned into one sentence of
our own at the place where the mistake stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from briefing.diagnostics import Diagnostic, Span
from briefing.model import Brief, Bullets, Line, Project, Prose, Settings, Words

from .body import Normaliser
from .decode import decode
from .draft import Places
from .messages import Complaints
from .problems import Kind, problems
from .source import Pairs, compose

__all__ = ["Reading", "lay_under", "read", "read_project"]

M = TypeVar("M", bound=BaseModel)

_KINDS: dict[type, Kind] = {Words: "words", Line: "line", Prose: "prose", Bullets: "bullets"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the brief with the project's defaults under it, and all that is wrong, sorted by place."""

    brief: Brief | None
    project: Project
    places: Places
    diagnostics: tuple[Diagnostic, ...]
    project_places: Places | None = None


def read(content: bytes, file: str, *, project: bytes | None = None, project_file: str = "") -> Reading:
    """Read one content file, and the defaults of its project."""
    defaults, project_places, project_problems = read_project(project, project_file)
    brief, places, found = _read_model(content, file, Brief)
    if brief is not None and not brief.sections and brief.key_points is None:
        found.append(_nothing_to_set(places))
        brief = None
    if brief is not None:
        brief = lay_under(brief, defaults)
    diagnostics = tuple(sorted((*project_problems, *found), key=lambda d: d.order))
    return Reading(brief, defaults, places, diagnostics, project_places)


def read_project(content: bytes | None, file: str) -> tuple[Project, Places | None, tuple[Diagnostic, ...]]:
    """Read a project's defaults; a project without a file has none."""
    if content is None:
        return Project(), None, ()
    project, places, found = _read_model(content, file, Project)
    return project or Project(), places, tuple(found)


def lay_under(brief: Brief, project: Project) -> Brief:
    """Put the project's settings where the brief has none of its own; the checks that both silence are joined."""
    update: dict[str, Any] = {}
    for name in Settings.model_fields:
        if name in {"layout", "checks"}:
            continue
        if getattr(brief, name) is None:
            update[name] = getattr(project, name)
    layout = {name: getattr(project.layout, name) for name in project.layout.model_fields_set - brief.layout.model_fields_set}
    update["layout"] = brief.layout.model_copy(update=layout)
    ignore = dict.fromkeys((*brief.checks.ignore, *project.checks.ignore))
    update["checks"] = brief.checks.model_copy(update={"ignore": tuple(ignore)})
    return brief.model_copy(update=update)


def _read_model(content: bytes, file: str, model: type[M]) -> tuple[M | None, Places, list[Diagnostic]]:
    text, refused = decode(content, file)
    if refused is not None:
        return None, Places(file, "", None), [refused]
    root, found = compose(text, file)
    places = Places(file, text, root)
    if root is None:
        if not found:
            found.append(Diagnostic("empty", f"{file} is empty", file=file, help=_start(model)))
        return None, places, found
    if not isinstance(root, Pairs):
        what = "a list" if not hasattr(root, "text") else "a single value"
        if getattr(root, "absent", False):
            found.append(Diagnostic("empty", f"{file} is empty", file=file, help=_start(model)))
            return None, places, found
        found.append(places.diagnostic("not-a-mapping", f"this file is {what}, but a brief is made of keys and values", (), help=_start(model)))
        return None, places, found
    normaliser = Normaliser(places)
    data = normaliser.data(root)
    found.extend(normaliser.diagnostics)
    try:
        brief = model.model_validate(data, context={"check": _check})
    except ValidationError as error:
        found.extend(Complaints(places, model).diagnostics(error))
        return None, places, found
    return brief, places, found


def _check(text: Words | Line | Prose | Bullets) -> tuple[object, ...]:
    """What is wrong with a text: handed into the model, which knows the kind of each."""
    return problems(text, _KINDS[type(text)])


def _start(model: type[BaseModel]) -> str:
    return "begin with title: and a list of sections:" if model is Brief else "write keys such as series: and marking:"


def _nothing_to_set(places: Places) -> Diagnostic:
    span = places.key_span(("title",)) or Span(places.file, 1, 1, 1, 2)
    return Diagnostic(
        "nothing-to-set", "this brief has neither sections nor key points", span=span, excerpt=places.excerpt(span),
        help="add sections: with a title and a body, or key_points: with a list", file=places.file,
    )
